"""What the reader looks at, as a recipe: which map, which term, what was opened, what is hidden.

A `View` and the query string of the page's address are the same thing in two forms; this module turns
one into the other. It is pure, and never raises: an address is typed by people, so what it does not
understand it leaves out. `assets/view.js` is its twin in the browser; both are held to
`tests/js/views.json`.
"""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote

LAYOUTS = ("organic", "concentric", "hierarchical", "circle", "grid")
NO_CATEGORY = "-"
MAX_DEPTH = 3
MAX_OPENED = 400
MAX_HIDDEN = 400


@dataclass(frozen=True)
class Opened:
    """A term whose neighbours were brought in, `batches` times twelve of them."""

    term: str
    batches: int = 1


@dataclass(frozen=True)
class View:
    """One state of the screen. The map is the overview unless `focus` names a term; then it is that term's
    neighbourhood up to `depth` hops. `opened` comes in the order of the clicks, which decides who is on it.
    """

    term: str = ""
    focus: str = ""
    depth: int = 1
    opened: tuple[Opened, ...] = ()
    hidden: tuple[str, ...] = ()
    words: str = ""
    layout: str = LAYOUTS[0]

    @property
    def hidden_categories(self) -> frozenset[str]:
        """The categories that are hidden, "" among them for terms without one."""
        return frozenset("" if name == NO_CATEGORY else name for name in self.hidden)

    def renamed(self, old: str, new: str) -> "View":
        """The view with a former id replaced by the one it became."""
        return replace(
            self,
            term=new if self.term == old else self.term,
            focus=new if self.focus == old else self.focus,
            opened=tuple(replace(o, term=new) if o.term == old else o for o in self.opened),
        )


def parse(search: str | None) -> View:
    """The view of a query string such as "?term=rag&open=rag,llm~2"."""
    found: dict[str, list[str]] = {}
    for key, value in parse_qsl((search or "").removeprefix("?"), errors="replace", max_num_fields=None):
        found.setdefault(key, []).append(value)

    def last(key: str) -> str:
        return found[key][-1] if key in found else ""

    layout = last("layout")
    focus = last("focus")
    return View(
        term=last("term"),
        focus=focus,
        depth=_number(last("depth"), MAX_DEPTH) if focus else 1,
        opened=_parse_opened(last("open")),
        hidden=tuple(sorted(set(found.get("hide", ())))[:MAX_HIDDEN]),
        words=last("q"),
        layout=layout if layout in LAYOUTS else LAYOUTS[0],
    )


def address(view: View) -> str:
    """The query string of a view, "" for the plain overview. `parse(address(view)) == view`."""
    pairs: list[tuple[str, str]] = []
    if view.term:
        pairs.append(("term", view.term))
    if view.focus:
        pairs.append(("focus", view.focus))
    if view.focus and view.depth != 1:
        pairs.append(("depth", str(view.depth)))
    if view.opened:
        pairs.append(("open", ",".join(_opened_text(opened) for opened in view.opened)))
    pairs += [("hide", category) for category in view.hidden]
    if view.words:
        pairs.append(("q", view.words))
    if view.layout != LAYOUTS[0]:
        pairs.append(("layout", view.layout))
    return "?" + "&".join(f"{key}={quote(value, safe=',~')}" for key, value in pairs) if pairs else ""


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
