"""The page that tells of the health of a set, and what else may stand in its place. Pure.

Each number is a button to the list of the terms behind it (`set_health_lists.py`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from explorer import html, messages
from explorer.elements import tints
from explorer.legend import UNSORTED
from explorer.queries import Brief, Library, TermSet
from explorer.set_health import Community, Count, Health
from explorer.set_health_charts import Bar, columns, lines
from explorer.set_health_read import Failed
from explorer.style import OTHER
from explorer.view import EVERY_SET
from explorer.widgets import action, attrs, icon, icon_button, term_button

Children = list[Any]
Names = Mapping[str, Brief]
MOST_IMPORTANT = 20
MOST_ROWS = 24
ALL_SETS = "All sets"
LINKS = "links"


def title_of(library: Library, set_id: str) -> str:
    """What a set is called; EVERY_SET is all of them."""
    if set_id == EVERY_SET:
        return ALL_SETS
    return next((one.title for one in library.sets if one.id == set_id), set_id)


def wanted(health: Health) -> list[str]:
    """The terms that the page calls by name."""
    first = [health.ids[place] for place in health.important[:MOST_IMPORTANT].tolist()]
    return first + [term for one in health.of_communities()[:MOST_ROWS] for term in one.first]


def page(health: Health, library: Library, set_id: str, names: Names, finds_links: bool) -> Children:
    """The numbers of a set."""
    one = next((one for one in library.sets if one.id == set_id), None)
    return [
        head(library, set_id),
        _about(library, one),
        _section("Size", _figures(_sizes(health))),
        _section("To mend", _figures(_to_mend(health)), _look_for_links() if finds_links else None),
        _section("Kinds of relation", _kinds(health, library)),
        _section("Neighbours of a term", *_degrees(health)),
        _section("Categories", *_categories(health)),
        _section("Islands", *_islands(health)),
        _section("Most important terms", _most_important(health, library, names)),
        _section("Communities", *_communities(health, names)),
    ]


def head(library: Library, set_id: str, heading: str = "") -> html.Header:
    """The heading, the choice of a set, and the way back to the map."""
    options = [(EVERY_SET, ALL_SETS), *((one.id, one.title) for one in library.sets)]
    known = any(value == set_id for value, _ in options)
    missing = [] if known else [html.Option(set_id, value=set_id, selected=True)]
    return html.Header(
        [
            html.H2(heading or f"Health: {title_of(library, set_id)}", tabIndex=-1),
            html.Label(
                [
                    html.Span("Set"),
                    html.Select(
                        [*missing, *(html.Option(name, value=key, selected=key == set_id) for key, name in options)],
                        key=set_id,
                        **attrs(data_choose="health"),
                    ),
                ],
                className="choice",
            ),
            action("cypher", [icon("console"), "Show the Cypher"], className="button small") if library.sets else None,
            icon_button("health", "close", "Back to the map (Esc)"),
        ]
    )


def counting(library: Library, set_id: str, sentence: str = messages.HEALTH_COUNTING) -> Children:
    """Until the numbers are there; the page asks again by itself."""
    text = sentence.format(title=title_of(library, set_id))
    return [head(library, set_id), html.P(text, className="counting", role="status")]


def failed(library: Library, set_id: str, why: Failed) -> Children:
    """The numbers could not be read."""
    again = action("refresh", "Try again", className="button")
    return [head(library, set_id), html.H3(messages.HEALTH_FAILED), html.P(why.sentence), again]


def empty() -> Children:
    """Nothing is loaded."""
    return [
        head(Library(), EVERY_SET),
        html.P(messages.EMPTY_TEXT),
        html.Pre(html.Code(messages.EMPTY_COMMAND), className="command", tabIndex=0),
    ]


def unknown(library: Library, set_id: str) -> Children:
    """The address names a set that is not there."""
    links = [html.Li(action("health", one.title, of=one.id, className="link")) for one in library.sets]
    heading = messages.HEALTH_UNKNOWN.format(set=set_id)
    return [head(library, set_id, heading), html.P(messages.HEALTH_NO_SET), html.Ul(links, className="sets")]


def _section(title: str, *children: Any) -> html.Section:
    return html.Section([html.H3(title), *children])


def _about(library: Library, one: TermSet | None) -> html.Div:
    facts = [f"version {one.version}"] * bool(one.version) + [one.license] * bool(one.license) if one else []
    if one is None:
        facts = [messages.count(len(library.sets), "set")]
    loading = one.loading if one else any(each.loading for each in library.sets)
    return html.Div(
        [
            html.P(" · ".join(facts), className="facts") if facts else None,
            html.P(messages.HEALTH_SCOPE if one else messages.HEALTH_SCOPE_ALL, className="quiet"),
            html.P(messages.HEALTH_LOADING, className="remark") if loading else None,
            None if library.ranked else html.P(messages.HEALTH_UNRANKED, className="remark"),
        ]
    )


def _sizes(health: Health) -> list[Count]:
    return [
        Count("terms", "terms", health.terms),
        Count("related", "relations", health.relations),
        Count("aliased", "aliases", health.all_aliases),
        Count("referred", "terms only referred to", len(health.referred)),
        Count("elsewhere", "related terms that only other sets define", len(health.elsewhere)),
    ]


def _to_mend(health: Health) -> list[Count]:
    return [
        Count("unexplained", "terms without a definition", len(health.unexplained)),
        Count("orphans", "terms without a relation", len(health.orphans)),
        Count("differing", "terms that sets define differently", len(health.differing)),
    ]


def _figures(counts: Sequence[Count]) -> html.Ul:
    return html.Ul([html.Li(_figure(count)) for count in counts], className="figures")


def _figure(count: Count) -> html.Button | html.Div:
    text: Children = [html.Strong(f"{count.number:,}"), " ", html.Span(count.name)]
    return (
        action("part", text, of=count.part, className="figure") if count.number else html.Div(text, className="figure")
    )


def _look_for_links() -> html.P:
    return html.P(action("part", "Look for missing links", of=LINKS, className="button"))


def _kinds(health: Health, library: Library) -> Any:
    counts = [Count(one.part, library.kind(one.name).label, one.number) for one in health.of_kinds()]
    return _table("Kind", "Relations", counts) if counts else html.P(messages.HEALTH_NOTHING, className="quiet")


def _degrees(health: Health) -> Children:
    counts = health.of_degrees()
    bars = [Bar(count.name, count.number) for count in counts]
    return [
        html.P(f"{health.mean_degree:.1f} neighbours on average.", className="quiet"),
        _pictured(
            columns("Terms by their number of neighbours", bars),
            _table("Neighbours", "Terms", [count for count in counts if count.number]),
        ),
    ]


def _categories(health: Health) -> Children:
    counts = [Count(one.part, one.name or UNSORTED, one.number) for one in health.of_categories()]
    bars = [Bar(count.name, count.number) for count in counts]
    return [_pictured(lines("Terms by category", bars), _table("Category", "Terms", counts))]


def _pictured(picture: html.Div, table: Any) -> html.Div:
    return html.Div([picture, table], className="pictured")


def _islands(health: Health) -> Children:
    sizes = health.of_islands()
    if not sizes:
        return [html.P(messages.HEALTH_NO_ISLANDS, className="quiet")]
    number = sum(one.number for one in sizes)
    counts = [Count(f"islands:{one.size}", messages.count(one.size, "term"), one.number) for one in sizes]
    said = "All related terms hang together." if number == 1 else f"{number:,} islands that no relation joins."
    return [html.P(said, className="quiet"), _table("Size of island", "Islands", counts)]


def _most_important(health: Health, library: Library, names: Names) -> html.Ol:
    tint = tints(library)
    ids = (health.ids[place] for place in health.important[:MOST_IMPORTANT].tolist())
    terms = [names[term] for term in ids if term in names]
    return html.Ol(
        [html.Li(term_button(term, tint.get(term.category, OTHER))) for term in terms], className="important"
    )


def _communities(health: Health, names: Names) -> Children:
    found = health.of_communities()
    if not found:
        return [html.P(messages.HEALTH_NOTHING, className="quiet")]
    counts = [Count(f"community:{one.number}", community_name(one, names), one.size) for one in found[:MOST_ROWS]]
    return [_table("Community", "Terms", counts, more=len(found) - len(counts))]


def community_name(one: Community, names: Names) -> str:
    """A community is called by its three most important terms."""
    return ", ".join(names[term].name for term in one.first if term in names)


def _table(what: str, number: str, counts: Sequence[Count], more: int = 0) -> Any:
    shown = counts[:MOST_ROWS]
    rest = len(counts) - len(shown) + more
    rows = [
        html.Tr(
            [
                html.Th(count.name, scope="row"),
                html.Td(
                    action(
                        "part",
                        f"{count.number:,}",
                        of=count.part,
                        className="link",
                        **attrs(aria_label=f"{count.number:,}: {count.name}"),
                    )
                ),
            ]
        )
        for count in shown
    ]
    return html.Div(
        [
            html.Table(
                [
                    html.Thead(html.Tr([html.Th(what, scope="col"), html.Th(number, scope="col")])),
                    html.Tbody(rows),
                ],
                className="counts",
            ),
            html.P(messages.HEALTH_MORE_ROWS.format(rest=f"{rest:,}"), className="quiet") if rest else None,
        ]
    )
