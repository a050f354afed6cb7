"""A path in the panel and in the text twin: each way as a sentence, the kinds it may take, why there is none. Pure."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from explorer import html, messages
from explorer.elements import shorten
from explorer.panel import term_line
from explorer.paths import ISLAND_COUNTED, MOST_SEEN, Way
from explorer.queries import Library, Node
from explorer.routes import Route
from explorer.search import Suggestion
from explorer.widgets import action, attrs, icon

Children = list[Any]
Nearest = Callable[[str], Sequence[Suggestion]]


def panel(route: Route, library: Library, tints: dict[str, int], nearest: Nearest) -> Children:
    """What the panel tells of a path."""
    if route.unknown:
        return _unknown(route, tints, nearest)
    buttons = [
        action("swap-path", [icon("swap"), "Swap ends"], className="button"),
        action("overview", [icon("close"), "Close path"], className="button"),
    ]
    return [
        html.H2("Path from {} to {}".format(*names(route))),
        html.Div(buttons, className="buttons"),
        *told(route, library),
        *_choices(route),
        *kinds_filter(_kinds_used(route), route.hidden, library),
    ]


def names(route: Route) -> tuple[str, str]:
    """What both ends are called; an unknown one by the id that was asked for."""
    known = {node.id: node.name for node in route.nodes}
    start, end = route.ends
    return known.get(start, start), known.get(end, end)


def told(route: Route, library: Library) -> Children:
    """How many ways there are, and each as a sentence; or that there is none."""
    if route.unknown:
        return [html.P(messages.NO_TERM.format(term=end)) for end in route.unknown]
    made: Children = [html.Div(html.Span(_answer(route)), className="shown")]
    if not route.found.ways:
        return made + [html.P(text) for text in _islands(route)]
    if len(route.found.ways[0]) == 1:
        return made
    nodes = {node.id: node for node in route.nodes}
    lines = [html.Li(sentence(way, nodes, words_between(route, library))) for way in route.found.ways]
    listed = html.Ol if len(lines) > 1 else html.Ul
    return [*made, listed(lines, className="way-sentences")]


def summary(route: Route) -> str:
    """How many ways there are, or why there is none, in words."""
    return " ".join((_answer(route), *_islands(route)))


def _answer(route: Route) -> str:
    ways = route.found.ways
    if not ways:
        return _no_way(route)
    if len(ways[0]) == 1:
        return messages.PATH_SAME
    hops = messages.count(len(ways[0]) - 1, "hop")
    if route.found.more:
        return messages.PATH_FIRST_WAYS.format(ways=len(ways), hops=hops)
    return messages.PATH_WAYS.format(ways=messages.count(len(ways), "shortest path"), hops=hops)


def words_between(route: Route, library: Library) -> Callable[[str, str], str]:
    """How one term of the path relates to the next, in words: "is used by and requires"."""
    rank = {kind.id: place for place, kind in enumerate(library.kinds)}
    found: dict[tuple[str, str], dict[str, None]] = {}
    for relation in sorted(route.relations, key=lambda r: rank.get(r.kind, len(rank))):
        kind = library.kind(relation.kind)
        found.setdefault((relation.source, relation.target), {})[kind.label] = None
        found.setdefault((relation.target, relation.source), {})[kind.inverse_label] = None
    return lambda one, other: joined(found.get((one, other), ()))


def joined(words: Iterable[str]) -> str:
    """ "a, b and c"."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def sentence(way: Way, nodes: dict[str, Node], words: Callable[[str, str], str]) -> Children:
    """ "A is used by B, which uses C." with each term a button."""
    made: Children = [_term(nodes[way[0]])]
    for place, (one, other) in enumerate(pairwise(way)):
        made += [f"{', which' if place else ''} {words(one, other)} ", _term(nodes[other])]
    return [*made, "."]


def _term(node: Node) -> html.Button:
    tip = attrs(data_tip=shorten(node.definition)) if node.definition else {}
    return action("select", node.name, of=node.id, className="link", **tip)


def plain(children: Any) -> str:
    """The words of some components."""
    if isinstance(children, list):
        return "".join(map(plain, children))
    if hasattr(children, "children"):
        return plain(children.children)
    return "" if children is None else str(children)


def _no_way(route: Route) -> str:
    start, end = names(route)
    if route.found.stopped:
        return messages.PATH_STOPPED.format(seen=MOST_SEEN)
    text = messages.PATH_BLOCKED if route.blocked else messages.PATH_NONE
    return text.format(start=start, end=end)


def _islands(route: Route) -> list[str]:
    """How far each end reaches, where nothing leads from one to the other."""
    if route.found.ways or route.blocked or route.found.stopped:
        return []
    start, end = names(route)
    first, second = (_island(size) for size in route.found.islands)
    return [messages.PATH_ISLANDS.format(start=start, first=first, end=end, second=second)]


def _island(size: int) -> str:
    """How many other terms an end reaches."""
    if size > ISLAND_COUNTED:
        return f"more than {ISLAND_COUNTED:,} other terms"
    return messages.count(size - 1, "other term") if size > 1 else "no other term"


def _choices(route: Route) -> Children:
    """What may be done where nothing is found."""
    if not route.blocked:
        return []
    return [html.Div(action("all-kinds", "Show all kinds", className="button"), className="buttons")]


def _kinds_used(route: Route) -> list[str]:
    return [relation.kind for relation in route.relations]


def kinds_filter(used: Iterable[str], hidden: Sequence[str], library: Library) -> Children:
    """A button a kind of relation, pressed while it counts; each leaves its kind out or takes it in."""
    present = set(used) | set(hidden)
    order = [kind.id for kind in library.kinds if kind.id in present]
    order += sorted(present - set(order))
    if not order:
        return []
    buttons = [
        action(
            "toggle-kind",
            library.kind(kind).label,
            of=kind,
            className="kind-choice",
            **attrs(aria_pressed=str(kind not in hidden).lower()),
        )
        for kind in order
    ]
    note = html.P(messages.KINDS_LEFT_OUT, className="quiet") if hidden else None
    group = html.Div(buttons, className="kind-choices", role="group", **attrs(aria_label="Relations that count"))
    return [html.Section([html.H3("Relations that count"), group, note])]


def _unknown(route: Route, tints: dict[str, int], nearest: Nearest) -> Children:
    made: Children = [html.H2("Unknown term")]
    for end in route.unknown:
        act = "path-from" if end == route.ends[0] else "path-to"
        made += [html.P(messages.NO_TERM.format(term=end)), *suggestions(nearest(end), tints, act)]
    return [*made, action("overview", "Back to the overview", className="button")]


def suggestions(nearest: Sequence[Suggestion], tints: dict[str, int], act: str) -> Children:
    """Terms that may have been meant; each does `act`."""
    if not nearest:
        return []
    lines = [html.Li(term_line(one.term, tints, one.why, act)) for one in nearest]
    return [html.P(messages.NEAREST), html.Ul(lines, className="hits")]
