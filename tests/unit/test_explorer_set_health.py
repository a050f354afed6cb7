"""The health of a small set, number by number, and the page that tells it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from explorer import set_health_lists, set_health_page, set_health_read
from explorer.queries import Brief, Library, TermSet
from explorer.scenes import Scenes
from explorer.set_health import Community, Count, Health, Island, Relations, Terms, differ, health
from explorer.set_health_charts import Bar, columns, lines, plain
from explorer.set_health_read import Failed, Healths, Links, read
from explorer.set_health_screen import HealthScreens
from explorer.view import EVERY_SET
from graph.errors import ServerUnreachable
from graph.kinds import BUILT_IN

Row = dict[str, Any]


def node(term: str) -> int:
    """The number of a term's node."""
    return int.from_bytes(term.encode())


def terms(category: str, *rows: tuple[str, float, int, bool, int], defined: bool = True) -> Row:
    """A category in columns: id, importance, community, has a definition, number of aliases."""
    ids, importance, communities, explained, aliases = (list(column) for column in zip(*rows, strict=True))
    return {
        "defined": defined, "category": category, "ids": ids, "importance": importance, "communities": communities,
        "explained": explained, "aliases": aliases, "nodes": [node(term) for term in ids],
    }  # fmt: skip


TERMS = [
    terms("X", ("e", 0.5, 1, True, 0), ("b", 2.0, 0, True, 0), ("a", 3.0, 0, True, 2)),
    terms("Y", ("c", 1.0, 1, False, 1)),
    terms("", ("d", 0.5, 2, True, 0)),
]
RELATIONS = [
    ("a", "uses", "b"),
    ("a", "related", "b"),
    ("b", "uses", "c"),
    ("d", "related", "x"),
    ("a", "broader", "y"),
]
OTHERS = [
    {"node": node("x"), "id": "x", "importance": 0.0, "defined": False},
    {"node": node("y"), "id": "y", "importance": 9.0, "defined": True},
]
EVERY = [terms("", ("y", 9.0, 3, True, 0)), terms("", ("x", 0.0, -1, False, 0), defined=False)]
SHARED = [
    {
        "id": "a",
        "entries": [
            {"set": "s", "entry": '{"name": "A", "definition": "One.", "category": "X", "aliases": ["A1", "A2"]}'},
            {"set": "t", "entry": '{"name": "A", "definition": "Another."}'},
        ],
    },
    {"id": "b", "entries": [{"set": "s", "entry": '{"name": "B"}'}, {"set": "t", "entry": '{"definition": "B."}'}]},
    {
        "id": "y",
        "entries": [{"set": "t", "entry": '{"definition": "1"}'}, {"set": "u", "entry": '{"definition": "2"}'}],
    },
]
LIBRARY = Library(
    revision="g-1",
    sets=(TermSet("s", "Set S", 5, "2026-11", "CC0"), TermSet("t", "<b>T</b>", 9)),
    categories=(("X", 3), ("Y", 1), ("", 1)),
    kinds=tuple(BUILT_IN.values()),
    most_important=9.0,
)


class Fake:
    """A graph that answers what the health page asks; `away` fails."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.away = False
        self.held = threading.Event()
        self.held.set()

    def rows(self, name: str, given: Row) -> Iterable[Row]:
        self.asked.append(name)
        self.held.wait(20)
        if self.away:
            raise ServerUnreachable("No database answers at bolt://x: start the server there.")
        kinds = {kind: [(a, b) for a, other, b in RELATIONS if other == kind] for _, kind, _ in RELATIONS}
        relations = [
            {"kind": kind, "starts": [node(a) for a, _ in pairs], "ends": [node(b) for _, b in pairs]}
            for kind, pairs in kinds.items()
        ]
        answers: dict[str, Callable[[], list[Row]]] = {
            "explore/health_terms": lambda: [*TERMS, *EVERY],
            "explore/health_terms_of_set": lambda: TERMS,
            "explore/health_relations": lambda: relations,
            "explore/health_relations_of_set": lambda: relations,
            "explore/health_others": lambda: [row for row in OTHERS if row["node"] in given["nodes"]],
            "explore/health_shared": lambda: SHARED,
            "explore/briefs": lambda: [{"id": key, "name": key.upper(), "definition": "", "category": "X"} for key in given["ids"]],
        }  # fmt: skip
        return answers[name]()

    def fold(self, name: str, make: Callable[[Iterator[Row]], Any], **given: Any) -> Any:
        return make(iter(self.rows(name, given)))

    def read(self, name: str, /, **given: Any) -> list[Row]:
        return list(self.rows(name, given))


@pytest.fixture
def fake() -> Fake:
    return Fake()


@pytest.fixture
def of_s(fake: Fake) -> Health:
    return read(fake, LIBRARY, "s")  # type: ignore[arg-type]


def behind(of: Health, part: str) -> list[str]:
    places = of.behind(part)
    assert places is not None
    return [of.ids[place] for place in places]


def test_a_set_is_counted_by_what_it_says_itself(of_s: Health) -> None:
    assert (of_s.terms, of_s.relations, of_s.all_aliases) == (5, 5, 3)
    assert behind(of_s, "terms") == ["a", "b", "c", "d", "e"]
    assert behind(of_s, "related") == ["a", "b", "c", "d"]
    assert behind(of_s, "aliased") == ["a", "c"]
    assert behind(of_s, "referred") == ["x"]
    assert behind(of_s, "elsewhere") == ["y"]
    assert behind(of_s, "orphans") == ["e"]


def test_a_definition_that_only_another_set_has_is_missing_in_this_one(of_s: Health) -> None:
    assert behind(of_s, "unexplained") == ["b", "c"]


def test_terms_that_sets_define_differently_are_found(of_s: Health, fake: Fake) -> None:
    assert behind(of_s, "differing") == ["a"]
    assert behind(read(fake, LIBRARY, EVERY_SET), "differing") == ["y", "a"]  # type: ignore[arg-type]


def test_two_relations_to_one_neighbour_make_one_neighbour(of_s: Health) -> None:
    assert [(one.name, one.number) for one in of_s.of_degrees()] == [("0", 1), ("1", 2), ("2", 2)]
    assert of_s.mean_degree == 1.2
    assert behind(of_s, "degree:2") == ["a", "b"]


def test_kinds_and_categories_have_their_counts(of_s: Health) -> None:
    assert of_s.of_kinds() == [
        Count("kind:related", "related", 2),
        Count("kind:uses", "uses", 2),
        Count("kind:broader", "broader", 1),
    ]
    assert behind(of_s, "kind:uses") == ["a", "b", "c"]
    # What this set says of b has no category: another set's would be the other's number.
    assert [(one.name, one.number) for one in of_s.of_categories()] == [("", 2), ("X", 2), ("Y", 1)]
    assert behind(of_s, "category:") == ["b", "d"]


def test_islands_are_terms_that_relations_join(of_s: Health) -> None:
    assert of_s.of_islands() == [Island(4, 1), Island(2, 1)]
    assert behind(of_s, "islands:4") == ["y", "a", "b", "c"]
    assert behind(of_s, "islands:2") == ["d", "x"]


def test_communities_are_called_by_their_most_important_terms(of_s: Health) -> None:
    assert of_s.of_communities() == [Community(0, 2, ("a", "b")), Community(1, 2, ("c", "e"))]
    assert behind(of_s, "community:1") == ["c", "e"]
    names = {key: Brief(key, key.upper()) for key in "abce"}
    assert set_health_page.community_name(of_s.of_communities()[0], names) == "A, B"


def test_all_sets_together_have_terms_only_referred_to_but_none_of_others(fake: Fake) -> None:
    every = read(fake, LIBRARY, EVERY_SET)  # type: ignore[arg-type]
    assert every.terms == 6
    assert behind(every, "referred") == ["x"]
    assert behind(every, "elsewhere") == []
    assert "explore/health_others" not in fake.asked


@pytest.mark.parametrize(
    "part",
    ["nix", "kind:nix", "category:nix", "degree:7", "degree:x", "islands:3", "community:9", "islands:", "islands:-1",
     "community:²", "degree:" + "9" * 40, ":"],
)  # fmt: skip
def test_a_list_that_is_not_there_is_none(of_s: Health, part: str) -> None:
    assert of_s.behind(part) is None


def test_an_empty_set_has_a_page_too() -> None:
    nothing = health(Terms.of([]), Relations.of(())([]), ())
    assert (nothing.terms, nothing.mean_degree, nothing.of_degrees(), nothing.of_islands()) == (0, 0.0, [], [])
    assert (nothing.of_kinds(), nothing.of_categories(), nothing.of_communities()) == ([], [], [])
    assert "No two terms are related" in str(set_health_page.page(nothing, LIBRARY, "s", {}, False))


def test_words_differ_only_where_two_sets_have_words() -> None:
    assert differ({"s": {"definition": "1"}, "t": {"definition": "2"}}, None)
    assert not differ({"s": {"definition": "1"}, "t": {"definition": "1"}}, None)
    assert not differ({"s": {"definition": "1"}, "t": {}}, None)
    assert not differ({"s": {}, "t": {"definition": "1"}, "u": {"definition": "2"}}, "s")


def test_one_set_alone_shares_no_terms_and_nothing_is_asked(fake: Fake) -> None:
    read(fake, Library(sets=LIBRARY.sets[:1], revision="1"), "s")  # type: ignore[arg-type]
    assert "explore/health_shared" not in fake.asked


def buttons(part: Any) -> list[tuple[str, str]]:
    """What the buttons of components do, and about what."""
    found: list[tuple[str, str]] = []
    if isinstance(part, list | tuple):
        return [one for child in part for one in buttons(child)]
    found += buttons(getattr(part, "children", None)) if part is not None and not isinstance(part, str) else []
    given = getattr(part, "given", {})
    return [*found, *([(given["data-act"], given.get("data-of", ""))] if "data-act" in given else [])]


def test_every_number_of_the_page_leads_to_a_list(of_s: Health) -> None:
    names = {key: Brief(key, key.upper()) for key in of_s.ids}
    made = set_health_page.page(of_s, LIBRARY, "s", names, True)
    assert "related terms that only other sets define" in str(made)
    parts = [of for act, of in buttons(made) if act == "part" and of != set_health_page.LINKS]
    assert len(parts) > 15
    for part in parts:
        found = of_s.behind(part)
        assert found is not None, part
        assert len(found), part
        listed = set_health_lists.terms(of_s, LIBRARY, "s", part, names)
        selected = [of for act, of in buttons(listed) if act == "select"]
        assert sorted(selected) == sorted(of_s.ids[place] for place in found), part


def test_a_long_list_is_cut_and_says_so() -> None:
    many = Terms.of([terms("", *((f"t{number:04}", 1.0, 0, True, 0) for number in range(1234)))])
    of = health(many, Relations.of(many.nodes)([]), ())
    names = {key: Brief(key, key) for key in set_health_lists.listed(of, "terms")}
    made = set_health_lists.terms(of, LIBRARY, "s", "terms", names)
    assert len([1 for act, _ in buttons(made) if act == "select"]) == 200
    assert "And 1,034 more" in str(made)


def test_charts_take_no_name_for_tags() -> None:
    assert plain("<b>x</b> & y") == "&lt;b&gt;x&lt;/b&gt; &amp; y"
    assert len(plain("x" * 99)) == 26
    assert "&lt;i&gt;" in str(columns("Title", [Bar("<i>", 1)]))
    assert str(lines("Title", [Bar("name", 7) for _ in range(40)])).count("'name'") == 12


@dataclass(frozen=True)
class Found:
    id: str = "a"
    name: str = "A"
    to: str = "b"
    to_name: str = "B"
    sentence: str = "A has a B."


def screens(fake: Fake, monkeypatch: pytest.MonkeyPatch, library: Library = LIBRARY, find: Any = None) -> HealthScreens:
    scenes = Scenes(fake)  # type: ignore[arg-type]
    monkeypatch.setattr(scenes, "library", lambda: library)
    return HealthScreens(scenes, Healths(fake, find))  # type: ignore[arg-type]


def test_the_page_tells_the_set(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    page = screens(fake, monkeypatch).page("s", "")
    text = str(page.children)
    assert not page.waiting
    assert "Health: Set S" in text
    assert "version 2026-11 · CC0" in text
    assert "Look for missing links" not in text


def test_what_takes_its_time_is_told_and_blocks_nobody(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_health_read, "PATIENCE", 0.01)
    fake.held.clear()
    made = screens(fake, monkeypatch)
    first = made.page("s", "")
    other = made.page("t", "")
    assert (first.waiting, other.waiting) == (True, True)
    assert "being counted" in str(first.children)
    assert fake.asked == ["explore/health_terms_of_set"]  # one set at a time
    fake.held.set()
    for thread in threading.enumerate():
        if thread.name == "set-health":
            thread.join(20)
    assert not made.page("s", "").waiting


def test_numbers_are_counted_once(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    made = screens(fake, monkeypatch)
    made.page("s", "")
    made.page("s", "orphans")
    assert fake.asked.count("explore/health_terms_of_set") == 1


def test_a_database_that_is_away_is_told_and_asked_again(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    made = screens(fake, monkeypatch)
    fake.away = True
    assert "No database answers" in str(made.page("s", "").children)
    fake.away = False
    assert "Health: Set S" in str(made.page("s", "").children)
    assert "No database answers" not in str(made.page("s", "").children)


def test_a_defect_is_a_sentence(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Health:
        raise ValueError("a defect")

    monkeypatch.setattr(set_health_read, "read", broken)
    assert "Something went wrong in the explorer" in str(screens(fake, monkeypatch).page("s", "").children)


def test_an_unknown_set_and_an_empty_database_are_told(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    made = screens(fake, monkeypatch).page("nix", "")
    assert "H2('There is no set “nix” here'" in str(made.children)
    assert ("health", "s") in buttons(made.children)
    assert "conceptmap load FILE" in str(screens(fake, monkeypatch, Library()).page("*", "").children)
    assert fake.asked == []


def test_a_set_that_is_loading_says_so(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    loading = Library("1", (TermSet("s", "S", 5, loading=True),), (("", 5),))
    text = str(screens(fake, monkeypatch, loading).page("s", "").children)
    assert "being loaded" in text
    assert "are being computed" in text


def test_missing_links_are_looked_for_when_asked(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str | None] = []

    def find(_: Any, set_id: str | None) -> tuple[list[Found], int]:
        asked.append(set_id)
        return [Found()], 3

    made = screens(fake, monkeypatch, find=find)
    assert "Look for missing links" in str(made.page("s", "").children)
    assert asked == []
    links = made.page("s", "links").children
    made.page("*", "links")
    assert asked == ["s", None]
    assert [one for one in buttons(links) if one[0] == "select"] == [("select", "a"), ("select", "b")]
    assert "A has a B." in str(links)
    assert "And 2 more" in str(links)


def test_very_many_texts_are_left_to_the_terminal(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    many = Library("1", LIBRARY.sets, (("", 10_001),), most_important=1.0)
    made = screens(fake, monkeypatch, many, find=lambda *_: ([], 0)).page("s", "links")
    assert "conceptmap suggest --set s" in str(made.children)


def test_no_links_is_a_failure_only_when_it_is_one(fake: Fake) -> None:
    assert Healths(fake).links(LIBRARY, "s") == Links((), 0)  # type: ignore[arg-type]

    def away(*_: Any) -> Any:
        raise ServerUnreachable("Away.")

    assert Healths(fake, away).links(LIBRARY, "s") == Failed("Away.")  # type: ignore[arg-type]
