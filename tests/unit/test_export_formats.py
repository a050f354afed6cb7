"""Tables, vocabularies and graphs: what they hold of a set, what they tell that they drop, and who can read them."""

import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.kinds import BUILT_IN, Kind
from loader.csv_reader import read_csv
from loader.entries import MAIN, MENTION, Entry
from loader.export import files
from loader.export.csv_writer import write_csv
from loader.export.graphml_writer import write_graphml
from loader.export.model import Exported, ExportError, Rank
from loader.export.neighbourhood import neighbourhood
from loader.export.request import DEFAULT_BASE, ExportFormat, format_of, is_base
from loader.export.skos_writer import write_skos
from loader.export.yaml_writer import write_yaml
from loader.formats import Format, Hints
from loader.model import Header, Position, ResolvedSet, WrittenSet, one_line, tidy
from loader.resolve import resolve_all
from loader.skos_reader import read_skos

REGULATES = Kind("regulates", "regulates", "is regulated by")
HEADER = Header("s", "The set", "1", "en", 100, "a book", "CC0", (REGULATES,))


def entry(key: str, relations: list[dict[str, object]] | None = None, role: str = MAIN, **body: object) -> Entry:
    given = {"name": key.title(), "definition": f"What {key} is.", **body, "relations": relations or []}
    return Entry(key, role, {text: value for text, value in given.items() if value})


def exported(*entries: Entry, header: Header = HEADER) -> Exported:
    return Exported((ResolvedSet(header, {one.id: one for one in entries}, Position("f")),))


def to(key: str, kind: str = "related", **more: object) -> dict[str, object]:
    return {"kind": kind, "to": key, "name": key.title(), **more}


ALPHA = entry(
    "alpha",
    [to("beta", note="why"), to("beta", "broader", inverse=True), to("gamma", "uses"), to("gamma", "regulates")],
    aliases=["A;1", 'say "x"', "back\\;slash", "plain"],
    explanation="At length;\n\nin lines.",
    category="Greek",
    former=["aleph"],
)
BETA = entry("beta", role=MENTION, category="Greek")
GAMMA = entry("gamma", explanation="Alone.", definition="")
SET = exported(ALPHA, BETA, GAMMA)


def entries_of(written: WrittenSet | None) -> dict[str, Entry]:
    assert written is not None
    (resolved,), problems = resolve_all([written], lambda: (), False)
    assert not [one for one in problems if one.is_error]
    return resolved.entries


def test_a_table_holds_what_a_table_can_and_tells_the_rest() -> None:
    text = write_csv(SET)
    assert text.text.splitlines()[0] == "name,definition,explanation,category,aliases,formerly,related,uses,narrower"
    assert text.dropped == (
        "the set's title, version, language, source, license, kinds",
        "1 mention role",
        "1 note",
        "1 regulates relation",
    )
    written, problems = read_csv(text.text, "s.csv", "s")
    assert problems == []
    body = entries_of(written)["alpha"].body
    assert {key: body[key] for key in body if key != "relations"} == {
        key: ALPHA.body[key] for key in ALPHA.body if key != "relations"
    }
    assert {(row["kind"], row["to"], row.get("inverse", False)) for row in body["relations"]} == {
        ("related", "beta", False),
        ("broader", "beta", True),
        ("uses", "gamma", False),
    }


ITEMS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from(' ;,"\\|'), max_size=8
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ITEMS.map(one_line).filter(bool), max_size=4, unique=True), ITEMS.map(one_line).filter(bool))
def test_items_of_lists_are_read_from_tables_as_they_were(aliases: list[str], name: str) -> None:
    one = Entry("x", MAIN, {"name": name, "definition": "d", "aliases": [text for text in aliases if text != name]})
    written, problems = read_csv(write_csv(exported(one)).text, "s.csv", "s", Hints())
    assert problems == []
    assert written is not None
    assert (written.terms[0].name, [alias.text for alias in written.terms[0].aliases]) == (name, one.body["aliases"])


def test_a_vocabulary_is_read_as_the_same_terms() -> None:
    text = write_skos(SET, DEFAULT_BASE)
    assert text.dropped == (
        "the kind regulates of 1 relation, written as skos:related",
        "the kind uses of 1 relation, written as skos:related",
        "1 declared kind",
        "1 note",
        "1 former id",
        "1 mention role",
    )
    assert "<https://example.org/terms/alpha> a skos:Concept" in text.text
    written, problems = read_skos(text.text, "s.ttl", "s", Format.TURTLE)
    assert problems == []
    assert written is not None
    head = written.header
    assert (head.title, head.version, head.language, head.source, head.license) == (
        "The set",
        "1",
        "en",
        "a book",
        "CC0",
    )
    back = entries_of(written)
    for one in (ALPHA, BETA, GAMMA):
        for key in ("name", "definition", "explanation", "category"):
            assert back[one.id].body.get(key) == one.body.get(key)
        assert sorted(back[one.id].body.get("aliases", ())) == sorted(one.body.get("aliases", ()))
    assert {(row["kind"], row["to"], row.get("inverse", False)) for row in back["alpha"].body["relations"]} == {
        ("related", "beta", False),
        ("broader", "beta", True),
        ("related", "gamma", False),
    }


WORDS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from(" \n\"'\\<>"), max_size=20
)


@settings(max_examples=60, deadline=None)
@given(
    WORDS.map(one_line).filter(bool),
    WORDS.map(tidy).filter(bool),
    st.sampled_from(["c++", "é|{}", "量子", "a.b", "x^`"]),
)
def test_words_are_read_from_vocabularies_as_they_were(name: str, definition: str, key: str) -> None:
    one = Entry(key, MAIN, {"name": name, "definition": definition})
    written, _ = read_skos(write_skos(exported(one), DEFAULT_BASE).text, "s.ttl", "s", Format.TURTLE)
    assert written is not None
    (term,) = written.terms
    assert (term.name, term.definition) == (name, definition)
    assert term.id == key or key == "c++"


def test_several_sets_are_one_vocabulary_with_one_preferred_label_a_language() -> None:
    others = [
        Header("t", language="en", priority=1),
        Header("u", language="de"),
        Header("v", language="not a language"),
    ]
    sets = (*SET.sets, *(exported(entry("alpha", name=f"In {one.id}"), header=one).sets[0] for one in others))
    text = write_skos(Exported(sets), "https://h/x#").text
    assert 'skos:prefLabel "In v",\n        "In u"@de,\n        "In t"@en' in text
    assert '"Alpha"@en' in text
    assert "<https://h/x#set/t>" in text


def test_a_graph_has_terms_relations_and_ranks(tmp_path: Path) -> None:
    path = tmp_path / "g.graphml"
    text = write_graphml(Exported(SET.sets, ranks={"alpha": Rank(0.25, 3)}))
    path.write_text(text.text, encoding="utf-8")
    (read,) = rustworkx.read_graphml(str(path))
    nodes = {node["id"]: node for node in read.nodes()}
    assert (nodes["alpha"]["name"], nodes["alpha"]["importance"], nodes["alpha"]["community"]) == ("Alpha", 0.25, 3)
    edges = {(read[start]["id"], row["kind"], read[end]["id"]): row for start, end, row in read.weighted_edge_list()}
    assert set(edges) == {
        ("alpha", "related", "beta"),
        ("beta", "broader", "alpha"),
        ("alpha", "uses", "gamma"),
        ("alpha", "regulates", "gamma"),
    }
    assert (edges["alpha", "related", "beta"]["note"], edges["alpha", "related", "beta"]["sets"]) == ("why", "s")
    assert text.dropped == ("1 former id", "what the sets say of themselves")


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    text = write_graphml(exported(entry("a", definition="x\x01 <&> \ufffe y 😀"))).text
    assert [one.text for one in ET.fromstring(text).iter() if one.get("key") == "definition"] == ["x <&>  y 😀"]


def test_yaml_is_written_as_a_person_would() -> None:
    assert write_yaml(SET).text == (Path(__file__).parent.parent / "data" / "exported.yaml").read_text(encoding="utf-8")


def test_a_relation_is_called_by_its_id_where_its_name_means_another_term_by_now() -> None:
    one = exported(entry("alpha", [{"kind": "related", "to": "beta", "name": "Gamma"}]), BETA, GAMMA)
    assert "- beta" in write_yaml(one).text


def test_a_neighbourhood_leaves_out_what_nobody_defines() -> None:
    texts = {"definition": "d", "explanation": None, "category": None, "aliases": [], "defined": True}
    terms = {key: {"name": key.upper(), **texts} for key in "ab"} | {"c": {"name": "C", **texts, "defined": False}}
    rows = [
        {"start": "a", "kind": "regulates", "end": "b", "note": None},
        {"start": "a", "kind": "uses", "end": "c", "note": "n"},
    ]
    one = neighbourhood("a", terms, rows, BUILT_IN | {"regulates": REGULATES})
    assert (one.header.id, one.header.kinds, sorted(one.entries)) == ("neighbourhood-of-a", (REGULATES,), ["a", "b"])
    assert one.entries["a"].body["relations"] == [{"kind": "regulates", "to": "b", "name": "B"}]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.yaml"
    files.put("one", path)
    path.chmod(0o640)
    files.put("two", path)
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777) == ("two", 0o640)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match=r"x\.yaml cannot be written \(no space left on device\)"):
        files.put("three", path)
    assert [(one.name, one.read_text(encoding="utf-8")) for one in tmp_path.iterdir()] == [("x.yaml", "two")]
    with pytest.raises(ExportError, match="cannot be written"):
        files.put("four", tmp_path / "none" / "x.yaml")


def test_the_format_follows_the_ending() -> None:
    assert format_of(Path("a.TTL"), False) is ExportFormat.SKOS
    assert format_of(Path("a.b"), False) is None
    assert format_of(None, False) is format_of(Path("a.b"), True) is ExportFormat.YAML
    assert [is_base(text) for text in (DEFAULT_BASE, "urn:x#", "terms/", "https://h", "https://h/<x>/")] == [
        True,
        True,
        False,
        False,
        False,
    ]
