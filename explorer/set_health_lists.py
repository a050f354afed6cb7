"""The lists behind the numbers of the health page: terms, the most important first, and missing links. Pure."""

from collections.abc import Sequence
from typing import Any

from explorer import html, messages
from explorer.elements import tints
from explorer.legend import UNSORTED
from explorer.queries import Brief, Library
from explorer.set_health import DEGREES, Health, span
from explorer.set_health_page import ALL_SETS, Children, Names, community_name, head, title_of
from explorer.set_health_read import Link, Links
from explorer.style import OTHER
from explorer.view import EVERY_SET
from explorer.widgets import action, icon, swatch

MOST_LISTED = 200
MOST_TEXTS = 10_000
TITLES = {
    "terms": "Terms",
    "related": "Terms with a relation",
    "aliased": "Terms with an alias",
    "referred": "Terms only referred to",
    "elsewhere": "Related terms that only other sets define",
    "unexplained": "Terms without a definition",
    "orphans": "Terms without a relation",
    "differing": "Terms that sets define differently",
}


def listed(health: Health, part: str) -> list[str]:
    """The terms that the list of a part shows; those that its title names are the first of them."""
    places = health.behind(part)
    return [] if places is None else [health.ids[place] for place in places[:MOST_LISTED].tolist()]


def terms(health: Health, library: Library, set_id: str, part: str, names: Names) -> Children:
    """The terms behind a number."""
    places = health.behind(part)
    if places is None:
        return [head(library, set_id), _back(library, set_id), html.P(messages.HEALTH_NO_PART)]
    title = f"{_title(health, library, part, names)}: {len(places):,}"
    shown = places[:MOST_LISTED].tolist()
    groups = health.islands(shown) if part.startswith("islands:") else [shown]
    tint = tints(library)
    lists = [
        html.Ul(
            [html.Li(_line(names[health.ids[place]], tint)) for place in group if health.ids[place] in names],
            className="hits",
        )
        for group in groups
    ]
    rest = len(places) - len(shown)
    more = [html.P(messages.HEALTH_REST.format(rest=f"{rest:,}"), className="quiet")] if rest else []
    nothing = [] if shown else [html.P(messages.HEALTH_NOTHING, className="quiet")]
    return [head(library, set_id), _back(library, set_id), html.H3(title), *nothing, *lists, *more]


def links(found: Links, library: Library, set_id: str) -> Children:
    """Missing links, the surest first, each with the sentence that mentions the other term."""
    rows = [html.Li(_link(one)) for one in found.rows]
    rest = found.found - len(rows)
    return [
        head(library, set_id),
        _back(library, set_id),
        html.H3(f"Missing links: {found.found:,}"),
        html.P("A text mentions another term, and there is no relation between the two.", className="quiet"),
        html.Ul(rows, className="links") if rows else html.P(messages.HEALTH_NOTHING, className="quiet"),
        html.P(f"And {rest:,} more, less sure.", className="quiet") if rest > 0 else None,
    ]


def too_many_texts(library: Library, set_id: str) -> Children:
    """Looking for missing links in so many texts takes longer than a page may."""
    command = "conceptmap suggest" + ("" if set_id == EVERY_SET else f" --set {set_id}")
    return [
        head(library, set_id),
        _back(library, set_id),
        html.H3("Missing links"),
        html.P(messages.HEALTH_TOO_LARGE.format(most=MOST_TEXTS)),
        html.Pre(html.Code(command), className="command", tabIndex=0),
    ]


def _back(library: Library, set_id: str) -> html.P:
    name = ALL_SETS.lower() if set_id == EVERY_SET else title_of(library, set_id)
    return html.P(action("part", [icon("back"), f"All numbers of {name}"], className="button small"))


def _title(health: Health, library: Library, part: str, names: Names) -> str:
    name, _, value = part.partition(":")
    if name == "kind":
        return f"Terms with a relation “{library.kind(value).label}”"
    if name == "category":
        return f"Terms in the category “{value}”" if value else UNSORTED
    if name == "degree":
        return f"Terms with {span(DEGREES.index(int(value)))} neighbour{'s' * (value != '1')}"
    if name == "islands":
        return f"Terms in islands of {messages.count(int(value), 'term')}"
    if name == "community":
        one = next((one for one in health.of_communities() if one.number == int(value)), None)
        return f"Terms around {community_name(one, names)}" if one else "Terms of a community"
    return TITLES[name]


def _line(term: Brief, tint: dict[str, int]) -> html.Button:
    words = html.Span(
        [html.Span(term.name, className="term-name"), html.Span(term.definition, className="first-words")]
    )
    return action("select", [swatch(tint.get(term.category, OTHER)), words], of=term.id, className="line")


def _link(one: Link) -> Sequence[Any]:
    return [
        action("select", one.name, of=one.id, className="link"),
        " mentions ",
        action("select", one.to_name, of=one.to, className="link"),
        html.P(one.sentence, className="quiet"),
    ]
