"""Markdown of a term's explanation as Dash components, built from an allow-list.

Explanations come from files of anyone. No HTML is ever made here: markdown-it parses, and each token that
is known becomes a component; raw HTML, images and links to anything but http, https and mailto become their
text. Mentions of other terms become links to them, formulas in dollars become MathML.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from explorer import html
from explorer.mathml import Math, formula

Children = list[Any]
Tag = Callable[..., Any]
BLOCKS: dict[str, Tag] = {
    "paragraph_open": html.P,
    "bullet_list_open": html.Ul,
    "ordered_list_open": html.Ol,
    "list_item_open": html.Li,
    "blockquote_open": html.Blockquote,
    "table_open": html.Table,
    "thead_open": html.Thead,
    "tbody_open": html.Tbody,
    "tr_open": html.Tr,
    "th_open": html.Th,
    "td_open": html.Td,
}
INLINE: dict[str, Tag] = {"strong_open": html.Strong, "em_open": html.Em, "s_open": html.S}
SAFE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
MOST_NAMES = 400
DEEPEST = 20
Mention = Callable[[str, str], Any]


def render(text: str, linker: "Linker") -> Children:
    """`text` as components."""
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # "$5 and $10" are amounts: no space within the dollars, no digit beside them.
    parser.use(
        dollarmath_plugin,
        allow_labels=False,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    return _blocks(iter(parser.parse(text)), linker)


def linkable(own: Iterable[str], neighbours: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The names that a term's texts link, for a `Linker`: those of its neighbours, (name, id) by importance, but not
    its own. Of neighbours with one name the first is meant.
    """
    names = dict.fromkeys((name.lower() for name in own), "")
    for name, term in neighbours:
        names.setdefault(name.lower(), term)
    return names


class Linker:
    """Finds names of terms in running text; each term is linked once, where it is mentioned first.

    `names` maps a lower-case name to a term's id, or to "" for words that stay words, such as the names of
    the term itself; of very many the first are known. `mention(id, words)` makes a link.
    """

    def __init__(self, names: Mapping[str, str], mention: Mention) -> None:
        kept = list(names.items())[:MOST_NAMES]
        self._names = dict(sorted(kept, key=lambda pair: -len(pair[0])))
        self._mention = mention
        self._done: set[str] = set()
        parts = "|".join(re.escape(name) for name in self._names)
        # Word boundaries by hand: \b knows nothing of names such as "C++".
        self._pattern = re.compile(rf"(?<!\w)(?:{parts})s?(?!\w)", re.IGNORECASE) if parts else None

    def __call__(self, text: str) -> Children:
        if self._pattern is None:
            return [text]
        pieces: Children = []
        at = 0
        for match in self._pattern.finditer(text):
            term = self._term(match[0])
            if not term or term in self._done:
                continue
            self._done.add(term)
            pieces += [text[at : match.start()], self._mention(term, match[0])]
            at = match.end()
        return [piece for piece in [*pieces, text[at:]] if piece != ""]

    def _term(self, words: str) -> str:
        key = words.lower()
        return self._names[key] if key in self._names else self._names.get(key.removesuffix("s"), "")


def _blocks(tokens: Iterator[Token], linker: Linker) -> Children:
    """Components up to the token that closes the block we are in."""
    made: Children = []
    for token in tokens:
        if token.nesting == -1:
            break
        if token.type == "inline":
            made += _inline(iter(token.children or []), linker)
        elif token.type == "heading_open":
            # The term's name is the page's h2, its sections are h3: what an author calls a heading comes below.
            made.append(html.H4(_blocks(tokens, linker)))
        elif token.nesting == 1:
            made += _nested(token, _blocks(tokens, linker))
        elif token.type in ("fence", "code_block"):
            made.append(html.Pre(html.Code(token.content), tabIndex=0))
        elif token.type == "hr":
            made.append(html.Hr())
        elif token.type == "math_block":
            made.append(_paragraph([_formula(token.content, block=True)]))
        elif token.content:
            made.append(html.P(token.content))
    return made


def _nested(token: Token, children: Children) -> Children:
    tag = BLOCKS.get(token.type)
    if tag is None or (token.type == "paragraph_open" and token.hidden):
        return children
    return [_paragraph(children) if tag is html.P else tag(children)]


def _paragraph(children: Children) -> Any:
    """A paragraph; the keyboard comes to one with a formula in a line of its own, which may be wider than the page."""
    wide = any(isinstance(child, Math) and child.attributes.get("display") == "block" for child in children)
    return html.P(children, tabIndex=0) if wide else html.P(children)


def _inline(tokens: Iterator[Token], linker: Linker, linked: bool = False, depth: int = 0) -> Children:
    if depth == DEEPEST:  # the parser limits blocks in blocks, but not emphasis in emphasis
        return _flat(tokens, linker, linked)
    made: Children = []
    for token in tokens:
        if token.nesting == -1:
            break
        if token.type == "link_open":
            made.append(_link(str(token.attrGet("href") or ""), _inline(tokens, linker, True, depth + 1)))
        elif token.nesting == 1:
            children = _inline(tokens, linker, linked, depth + 1)
            made += [INLINE[token.type](children)] if token.type in INLINE else children
        else:
            made += _leaf(token, linker, linked)
    return made


def _flat(tokens: Iterator[Token], linker: Linker, linked: bool) -> Children:
    """The text up to the token that closes the element we are in, without the elements in it."""
    made: Children = []
    inside = 1
    for token in tokens:
        inside += token.nesting
        if not inside:
            break
        if not token.nesting:
            made += _leaf(token, linker, linked)
    return made


def _leaf(token: Token, linker: Linker, linked: bool) -> Children:
    match token.type:
        case "text":
            return [token.content] if linked else linker(token.content)
        case "code_inline":
            return [html.Code(token.content)]
        case "math_inline" | "math_inline_double":
            return [_formula(token.content, block=token.type == "math_inline_double")]
        case "softbreak":
            return [" "]
        case "hardbreak":
            return [html.Br()]
    return [token.content] if token.content else []


def _formula(latex: str, block: bool) -> Any:
    """The formula, or its text as it was written."""
    mark = "$$" if block else "$"
    return formula(latex, block) or html.Code(f"{mark}{latex.strip()}{mark}")


def _link(href: str, children: Children) -> Any:
    if not SAFE.match(href):
        return html.Span(children)
    return html.A(children, href=href, target="_blank", rel="noopener noreferrer nofollow", className="outside")
