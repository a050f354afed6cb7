"""What is odd in a vocabulary: things without an address, signs that nobody can show, what rdflib would say itself."""

from pathlib import Path

import pytest

from loader.checking import resolve_files
from loader.formats import Format
from loader.rdf_text import Refused, parse_rdf

PREFIXES = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix ex: <http://example.org/> .\n"
XML = """<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://www.w3.org/2004/02/skos/core#">
<s:Concept><s:prefLabel>A</s:prefLabel></s:Concept> <s:Concept><s:prefLabel>A</s:prefLabel></s:Concept>
<s:Concept><s:related r:nodeID="n"/></s:Concept> <s:OrderedCollection r:nodeID="n"/> </r:RDF>"""
JSON = """{"@context": {"s": "http://www.w3.org/2004/02/skos/core#"}, "@graph": [
{"@type": "s:Concept", "s:prefLabel": "A"}, {"@type": "s:Concept", "s:prefLabel": "A"},
{"@type": "s:Concept", "s:related": {"s:notation": 1}}]}"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.ttl", PREFIXES + '[] skos:prefLabel "A" . [] skos:prefLabel "A" . _:x a skos:Concept ; skos:related _:y .'),
        ("f.rdf", XML),
        ("f.jsonld", JSON),
    ],
)
def test_what_has_no_address_is_called_the_same_each_time(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    _, (once,), problems = resolve_files([str(path)])
    for _ in range(3):
        _, (again,), same = resolve_files([str(path)])
        assert (again.checksum, same) == (once.checksum, problems)
    assert len(once.entries) == 3
    assert "_:b" in "".join(problem.message for problem in problems if problem.code == "unknown-term")


def test_rdflib_writes_nothing_of_its_own(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "f.ttl"
    says = 'ex:a skos:prefLabel "A" ; skos:notation "1"^^<http://www.w3.org/2001/XMLSchema#date> ; skos:note <a|b> .'
    path.write_text(PREFIXES + says, encoding="utf-8")
    _, sets, _ = resolve_files([str(path)])
    assert list(sets[0].entries) == ["a"]
    assert caplog.records == []
    assert capsys.readouterr() == ("", "")


def test_a_number_that_is_no_character_has_its_place() -> None:
    with pytest.raises(Refused) as refused:
        parse_rdf(PREFIXES + 'ex:a skos:prefLabel "A" ;\n skos:note <x\\U00110000> .', "f", Format.TURTLE)
    place = refused.value.problem.position
    assert (place.line, place.column) == (4, 16)
    assert "Invalid unicode code point" in refused.value.problem.message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("f.ttl", PREFIXES + '<http://example.org/a> a skos:Concept ; <http://example.org/p\x1b\n> "x" .'),
        ("f.ttl", PREFIXES + "<http://example.org/\x1b> a skos:Concept ."),
        ("f.ttl", PREFIXES + "\x1b:a a skos:Concept ."),
        ("f.jsonld", '{"@context": "http://example.org/\u2028c"}'),
    ],
)
def test_no_message_breaks_a_line_or_reaches_the_terminal(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    problems = resolve_files([str(path)])[2]
    assert any(problem.code in ("left-out", "missing-name", "syntax", "unsafe-reference") for problem in problems)
    for problem in problems:
        assert problem.message.isprintable()


@pytest.mark.parametrize("text", ["\t0", '"x"', "null"])
def test_a_single_value_is_no_json_ld(text: str) -> None:
    with pytest.raises(Refused, match="JSON-LD is an object"):
        parse_rdf(text, "f", Format.JSONLD)


def test_the_first_thing_that_no_database_keeps_is_told(tmp_path: Path) -> None:
    path = tmp_path / "f.ttl"
    path.write_text(PREFIXES + "".join(f'ex:a{n} skos:note "\\ud800" .\n' for n in range(9)), encoding="utf-8")
    (problem,) = resolve_files([str(path)])[2]
    assert problem.position.line == 3
