"""What the reader looks at, as a recipe: which map, which term, what was opened, what is hidden, which page over it.

A `View` and the query string of the page's address are the same thing in two forms; this module turns
one into the other. It is pure, and never raises: an address is typed by people, so what it does not
understand it leaves out. `assets/view.js` is its twin in the browser; both are held to
`tests/js/views.json`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote

LAYOUTS = ("organic", "concentric", "hierarchical", "circle", "grid")
NO_CATEGORY = "-"
MAX_DEPTH = 3
MAX_OPENED = 400
MAX_HIDDEN = 400
MAX_GIVEN = 50
EVERY_SET = "*"


@dataclass(frozen=True)
class Opened:
    """A term whose neighbours were brought in, `batches` times twelve of them."""

    term: str
    batches: int = 1


@dataclass(frozen=True)
class View:
    """One state of the screen.

    The map begins with its base: the terms on the shortest ways between both ends of `path`, if there is one; else what
    to read before `reading`; else the neighbourhood of `focus` up to `depth` hops; else the overview. `opened` comes in
    the order of the clicks, which decides who is on the map. `hidden` are categories; `without` are terms that were
    taken off one by one, `added` those that were brought in so. `health` is the set (or EVERY_SET) whose health page
    lies over the map, and `part` the part of that page whose terms are listed. `cypher` is the statement in the
    console, `given` its parameters: names with texts, as they stand in the fields.
    """

    term: str = ""
    focus: str = ""
    depth: int = 1
    path: tuple[str, ...] = ()
    reading: str = ""
    opened: tuple[Opened, ...] = ()
    without: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    hidden_sets: tuple[str, ...] = ()
    hidden_kinds: tuple[str, ...] = ()
    health: str = ""
    part: str = ""
    words: str = ""
    layout: str = LAYOUTS[0]
    cypher: str = ""
    given: tuple[tuple[str, str], ...] = ()

    @property
    def hidden_categories(self) -> frozenset[str]:
        """The categories that are hidden, "" among them for terms without one."""
        return frozenset("" if name == NO_CATEGORY else name for name in self.hidden)

    def renamed(self, old: str, new: str) -> "View":
        """The view with a former id replaced by the one it became."""

        def now(term: str) -> str:
            return new if term == old else term

        return replace(
            self,
            term=now(self.term),
            focus=now(self.focus),
            path=tuple(now(end) for end in self.path),
            reading=now(self.reading),
            opened=tuple(replace(o, term=now(o.term)) for o in self.opened),
            without=tuple(now(term) for term in self.without),
            added=tuple(now(term) for term in self.added),
        )


def parse(search: str | None) -> View:
    """The view of a query string such as "?term=rag&open=rag,llm~2"."""
    found: dict[str, list[str]] = {}
    for key, value in parse_qsl((search or "").removeprefix("?"), errors="replace", max_num_fields=None):
        found.setdefault(key, []).append(value)

    def last(key: str) -> str:
        return found[key][-1] if key in found else ""

    def names(key: str) -> tuple[str, ...]:
        return tuple(sorted(set(found.get(key, ())))[:MAX_HIDDEN])

    layout = last("layout")
    focus = last("focus")
    path = _parse_terms(last("path"))
    health = last("health")
    cypher = last("cypher")
    return View(
        term=last("term"),
        focus=focus,
        depth=_number(last("depth"), MAX_DEPTH) if focus else 1,
        path=path if len(path) == 2 else (),
        reading=last("reading"),
        opened=_parse_opened(last("open")),
        without=tuple(dict.fromkeys(_parse_terms(last("without")))),
        added=tuple(dict.fromkeys(_parse_terms(last("with")))),
        hidden=names("hide"),
        hidden_sets=names("hide-set"),
        hidden_kinds=names("hide-kind"),
        health=health,
        part=last("part") if health else "",
        words=last("q"),
        layout=layout if layout in LAYOUTS else LAYOUTS[0],
        cypher=cypher,
        given=_parse_given(found.get("param", ())) if cypher else (),
    )


def address(view: View) -> str:
    """The query string of a view, "" for the plain overview. `parse(address(view)) == view`."""
    given = (
        ("term", view.term),
        ("focus", view.focus),
        ("depth", str(view.depth) if view.focus and view.depth != 1 else ""),
        ("path", ",".join(map(_escape, view.path))),
        ("reading", view.reading),
        ("open", ",".join(_opened_text(opened) for opened in view.opened)),
        ("without", ",".join(map(_escape, view.without))),
        ("with", ",".join(map(_escape, view.added))),
        *(("hide", category) for category in view.hidden),
        *(("hide-set", name) for name in view.hidden_sets),
        *(("hide-kind", kind) for kind in view.hidden_kinds),
        ("health", view.health),
        ("part", view.part if view.health else ""),
        ("q", view.words),
        ("layout", view.layout if view.layout != LAYOUTS[0] else ""),
        ("cypher", view.cypher),
        *(("param", f"{name}:{text}") for name, text in view.given if view.cypher),
    )
    pairs = [(key, value) for key, value in given if value]
    return "?" + "&".join(f"{key}={quote(value, safe=',~')}" for key, value in pairs) if pairs else ""


def _parse_terms(text: str) -> tuple[str, ...]:
    return tuple(_unescape(part) for part in text.split(",")[:MAX_HIDDEN] if part)


def _parse_given(pairs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The last text of each parameter, in the order in which the names are met."""
    parted = (pair.partition(":") for pair in pairs)
    return tuple({name: text for name, colon, text in parted if name and colon}.items())[:MAX_GIVEN]


def _parse_opened(text: str) -> tuple[Opened, ...]:
    opened: list[Opened] = []
    for part in text.split(",")[:MAX_OPENED]:
        term, mark, batches = part.partition("~")
        if term:
            opened.append(Opened(_unescape(term), _number(batches, 99) if mark else 1))
    return tuple(opened)


def _opened_text(opened: Opened) -> str:
    return _escape(opened.term) + (f"~{opened.batches}" if opened.batches > 1 else "")


def _number(text: str, most: int) -> int:
    """A whole number from 1 to `most`; 1 when the text is none."""
    return min(max(int(text), 1), most) if text.isascii() and text.isdigit() and len(text) < 4 else 1


def _escape(term: str) -> str:
    return term.replace("%", "%25").replace(",", "%2C").replace("~", "%7E")


def _unescape(term: str) -> str:
    return term.replace("%7E", "~").replace("%2C", ",").replace("%25", "%")
