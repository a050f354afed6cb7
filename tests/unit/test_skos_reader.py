"""SKOS vocabularies to sets: which words are taken, what is told, and that a file can neither fetch nor explode."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph

from loader.checking import check_files
from loader.formats import Format, Hints
from loader.model import Problem, WrittenSet, WrittenTerm
from loader.skos_reader import read_skos

ROOT = Path(__file__).parent.parent.parent
PREFIXES = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <http://example.org/animals/> .
"""
ANIMALS = f"""{PREFIXES}
<http://example.org/animals> a skos:ConceptScheme ; dct:title "Animals"@en, "Tiere"@de ; dct:language "en" ;
    dct:license <http://example.org/licence> ; skos:hasTopConcept ex:Animal .

ex:Animal a skos:Concept ; skos:inScheme <http://example.org/animals> ; skos:topConceptOf <http://example.org/animals> ;
    skos:prefLabel "Animal"@en, "Tier"@de ; skos:definition "A living thing that moves."@en ; skos:notation "A1" .

ex:Dog a skos:Concept ; skos:prefLabel "Dog"@en, "Hund"@de ; skos:altLabel "Hound"@en, "Köter"@de ;
    skos:hiddenLabel "Dgo"@en ; skos:broader ex:Animal ; skos:related ex:Cat ; skos:scopeNote "Any breed."@en ;
    skos:note "Barks."@en ; skos:example "Fido"@en ; skos:exactMatch <http://example.com/dog> .

ex:Cat skos:prefLabel "Katze"@de ; skos:definition "Schnurrt."@de .

ex:pets a skos:Collection ; skos:prefLabel "Pets"@en ; skos:member ex:Dog, ex:Cat .
"""
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#"'


def read(text: str, format_: Format = Format.TURTLE, language: str = "") -> tuple[WrittenSet, list[Problem]]:
    """The set of a text that can be read, and the warnings."""
    written, problems = read_skos(text, "f.ttl", "f", format_, Hints(language=language))
    assert written is not None, problems
    assert not any(problem.is_error for problem in problems)
    return written, problems


def terms(text: str, language: str = "") -> dict[str, WrittenTerm]:
    """The terms of a Turtle text, without its prefixes, by id."""
    return {term.id: term for term in read(PREFIXES + text, language=language)[0].terms}


def refused(text: str, format_: Format) -> Problem:
    """The one problem of a text that cannot be read."""
    written, problems = read_skos(text, "f", "f", format_)
    assert written is None
    (problem,) = problems
    return problem


def test_concepts_are_terms() -> None:
    written, problems = read(ANIMALS)
    header = written.header
    assert (header.id, header.title, header.language) == ("f", "Animals", "en")
    assert (header.source, header.license) == ("http://example.org/animals", "http://example.org/licence")
    animal, dog, cat = written.terms
    assert (animal.id, animal.name, animal.definition) == ("Animal", "Animal", "A living thing that moves.")
    assert (dog.name, dog.definition, dog.explanation) == ("Dog", "Any breed.", "Barks.\n\nExample: Fido")
    assert [one.text for one in dog.aliases] == ["Hound", "Dgo"]
    assert [(one.to, one.kind) for one in dog.relations] == [("Animal", "broader"), ("Katze", "related")]
    assert (dog.category, cat.category, animal.category) == ("Pets", "Pets", "")
    assert (cat.name, cat.definition) == ("Katze", "Schnurrt.")
    assert [(term.position.line, term.position.column) for term in written.terms] == [(8, 1), (11, 1), (15, 1)]
    assert [(one.code, one.position.line) for one in problems] == [("other-language", 15), ("left-out", 1)]
    assert problems[0].message.startswith("“Katze” (de, http://example.org/animals/Cat) is without a label in en:")
    assert problems[1].message.startswith("Not read: words in de (5), skos:exactMatch (1), skos:notation (1).")


@pytest.mark.parametrize(
    ("ending", "parser"), [("rdf", "xml"), ("xml", "pretty-xml"), ("jsonld", "json-ld"), ("nt", "nt"), ("owl", "xml")]
)
def test_every_syntax_says_the_same_and_where(ending: str, parser: str, tmp_path: Path) -> None:
    path = tmp_path / f"f.{ending}"
    Graph().parse(data=ANIMALS, format="turtle").serialize(path, format=parser, encoding="utf-8")
    (written,), problems = check_files([str(path)])
    expected = {(term.id, term.name, term.definition, term.explanation) for term in read(ANIMALS)[0].terms}
    assert {(term.id, term.name, term.definition, term.explanation) for term in written.terms} == expected
    assert {one.code for one in problems} == {"other-language", "left-out"}
    lines = path.read_text(encoding="utf-8").splitlines()
    for term in written.terms:
        assert any(term.id in line for line in lines[term.position.line - 1 : term.position.line + 1])


def test_the_language_is_the_wanted_the_declared_or_the_most_frequent() -> None:
    assert {term.name for term in read(ANIMALS, language="DE")[0].terms} == {"Tier", "Hund", "Katze"}
    assert read(ANIMALS.replace('dct:language "en" ;', ""))[0].header.language == "de"
    assert (
        read(ANIMALS.replace('dct:language "en"', "dct:language <http://example.org/iso/en>"))[0].header.language
        == "en"
    )
    assert read(ANIMALS.replace('dct:language "en"', 'dct:language "fr"'))[0].header.language == "de"


def test_of_languages_with_as_many_labels_the_one_with_more_texts_is_read() -> None:
    text = 'ex:a skos:prefLabel "A"@en, "Ah"@de ; skos:altLabel "AA"@en .'
    assert read(PREFIXES + text)[0].header.language == "en"


def test_a_variant_of_the_language_and_words_without_one_are_taken() -> None:
    found = terms(
        'ex:a skos:prefLabel "Colour"@en-GB ; skos:altLabel "Hue", "Farbe"@de ; skos:definition "d" .'
        'ex:b skos:prefLabel "B"@en, "Bee"@en-US, "Plain" ; skos:definition "d"@en-AU .'
    )
    assert (found["a"].name, found["a"].definition, found["b"].definition) == ("Colour", "d", "d")
    assert [one.text for one in found["a"].aliases] == ["Hue"]
    assert (found["b"].name, [one.text for one in found["b"].aliases]) == ("B", ["Bee", "Plain"])


def test_a_definition_in_another_language_is_better_than_none() -> None:
    assert terms('ex:a skos:prefLabel "A"@en ; skos:definition "auf Deutsch"@de .')["a"].definition == "auf Deutsch"


def test_a_missing_definition_is_one_warning(tmp_path: Path) -> None:
    path = tmp_path / "f.ttl"
    path.write_text(PREFIXES + 'ex:a skos:prefLabel "A" .\nex:b skos:prefLabel "B" .\n', encoding="utf-8")
    sets, problems = check_files([str(path)])
    assert [one.definition for one in sets[0].terms] == ["", ""]
    problem = next(one for one in problems if one.code != "isolated-term")
    expected = "“A” has no definition (2 in all): a click on the map tells little."
    assert str(problem) == f"{path}:4:1: missing-definition warning: {expected}"


def test_labels_and_notes_may_be_things_of_their_own() -> None:
    found = terms(
        "@prefix xl: <http://www.w3.org/2008/05/skos-xl#> . @prefix r: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
        'ex:a a skos:Concept ; xl:prefLabel [ xl:literalForm "A"@en ] ; xl:altLabel [ xl:literalForm "AA"@en ] ;'
        'skos:definition [ r:value "d"@en ; dct:created "2001" ] .'
    )
    assert (found["a"].name, found["a"].definition, found["a"].aliases[0].text) == ("A", "d", "AA")


def test_a_concept_without_a_label_is_called_by_its_address() -> None:
    written, problems = read(PREFIXES + 'ex:Wal a skos:Concept ; skos:definition "d" .')
    assert written.terms[0].name == "Wal"
    assert [(one.code, one.severity) for one in problems] == [("missing-name", "warning")]
    assert "http://example.org/animals/Wal" in problems[0].message


def test_ids_are_the_ends_of_addresses_where_they_can_be(tmp_path: Path) -> None:
    path = tmp_path / "f.ttl"
    path.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://a/x#One> skos:prefLabel "1", "I" ; skos:definition "d" .\n'
        '<http://a/Caf%C3%A9> skos:prefLabel "Coffee house" ; skos:definition "d" .\n'
        '<http://a/two%20words> skos:prefLabel "Two words" ; skos:definition "d" .\n'
        '<http://a/same> skos:prefLabel "Left" ; skos:definition "d" ; skos:related <http://b/same> .\n'
        '<http://b/same> skos:prefLabel "Right" ; skos:definition "d" .\n'
        '<http://a/java> skos:prefLabel "Twin" ; skos:definition "d" .\n'
        '<http://a/island> skos:prefLabel "java" ; skos:definition "d" .\n'
        '<http://a/other> skos:prefLabel "Twin" ; skos:definition "d" ; skos:broader <http://a/java> .\n'
        '[] skos:prefLabel "No address" ; skos:definition "d" .\n',
        encoding="utf-8",
    )
    (written,), problems = check_files([str(path)])
    assert {one.code for one in problems} == {"isolated-term", "repeated-definition"}
    ids = [term.id for term in written.terms if term.name != "Twin"]
    assert sorted(ids) == ["Café", "One", "island", "left", "no-address", "right", "two-words"]
    twins = {term.id: term for term in written.terms if term.name == "Twin"}
    assert [one.to for one in twins["other"].relations] == [next(one for one in twins if one != "other")]


def test_a_relation_out_of_the_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "f.ttl"
    path.write_text(PREFIXES + 'ex:a skos:prefLabel "A" ; skos:definition "d" ; skos:broader ex:b .', encoding="utf-8")
    assert [one.code for one in check_files([str(path)])[1]] == ["unknown-term"]


def test_an_ordered_collection_is_a_category() -> None:
    found = terms(
        'ex:a skos:prefLabel "A" . ex:b skos:prefLabel "B" .'
        'ex:c a skos:OrderedCollection ; skos:prefLabel "C" ; skos:memberList (ex:a ex:b) .'
    )
    assert (found["a"].category, found["b"].category) == ("C", "C")


@pytest.mark.parametrize(
    ("text", "format_", "code", "line"),
    [
        ("", Format.TURTLE, "no-terms", 1),
        ("", Format.NTRIPLES, "no-terms", 1),
        ("", Format.RDFXML, "syntax", 1),
        ("", Format.JSONLD, "syntax", 1),
        ("{}", Format.JSONLD, "no-terms", 1),
        ("[1, null]", Format.JSONLD, "no-terms", 1),
        (PREFIXES, Format.TURTLE, "no-terms", 1),
        (PREFIXES + "\nex:a ex:b\n", Format.TURTLE, "syntax", 5),
        (PREFIXES + "ex:a ex:b", Format.TURTLE, "syntax", 4),
        (PREFIXES + '\nex:a skos:prefLabel "A ;\n ex:b ex:c .', Format.TURTLE, "syntax", 5),
        (PREFIXES + '\nex:a <http://a/\\ud800> "A" .', Format.TURTLE, "syntax", 5),
        ("terms:\n- name: A\n", Format.TURTLE, "syntax", 1),
        ("<a>\n<b></a>", Format.RDFXML, "syntax", 2),
        ("<a/>", Format.RDFXML, "no-terms", 1),
        (f"<rdf:RDF {RDF}>\n<rdf:li/></rdf:RDF>", Format.RDFXML, "syntax", 2),
        ('{"@id":\n "a",}', Format.JSONLD, "syntax", 2),
        ('{"@context": 5}', Format.JSONLD, "unsafe-reference", 1),
        ('{"@context": {"a": {"@id": 4}}, "a": "b"}', Format.JSONLD, "syntax", 1),
        (PREFIXES + '\nex:a skos:prefLabel "\\u0000" .', Format.TURTLE, "syntax", 5),
        (PREFIXES + '\nex:a skos:prefLabel "\\ud800" .', Format.TURTLE, "syntax", 5),
        (PREFIXES + "\0", Format.TURTLE, "syntax", 4),
        ('{"a": "\\ud800"}', Format.JSONLD, "syntax", 1),
        (PREFIXES + "ex:a ex:b " + "[ ex:c " * 10_000, Format.TURTLE, "syntax", 1),
        (PREFIXES + "ex:a ex:b " + "(" * 10_000, Format.TURTLE, "syntax", 1),
        ("[" * 100_000, Format.JSONLD, "syntax", 1),
        (f"<rdf:RDF {RDF}>" + "<a>" * 10_000, Format.RDFXML, "syntax", 1),
    ],
)
def test_what_cannot_be_read_is_one_problem(text: str, format_: Format, code: str, line: int) -> None:
    problem = refused(text, format_)
    assert (problem.code, problem.position.line) == (code, line)


def document(declarations: str, text: str) -> str:
    """RDF/XML with declarations of its own."""
    label = f"<skos:Concept rdf:about='http://a/b'><skos:prefLabel>{text}</skos:prefLabel></skos:Concept>"
    return f"<?xml version='1.0'?>\n<!DOCTYPE rdf:RDF {declarations}>\n<rdf:RDF {RDF}>{label}</rdf:RDF>"


def test_an_address_that_is_none_is_told_as_it_is() -> None:
    text = document("", "A").replace("</skos:prefLabel>", "</skos:prefLabel><x xmlns='http://a/]]&gt;'>1</x>")
    assert "<http://a/]]>x> (1)" in read(text, Format.RDFXML)[1][0].message


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declarations",
    [
        f'[<!ENTITY l0 "ha">{LAUGHS}]',
        f'[<!ENTITY l9 "{"a" * 100_000}">]',
        '[<!ENTITY l9 SYSTEM "file:///etc/hostname">]',
        '[<!ENTITY l9 PUBLIC "p" "http://127.0.0.1:1/x">]',
        '[<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]',
        '[<!ENTITY l9 "&#38;amp;">]',
        f'[<!ATTLIST skos:Concept skos:note CDATA "{"a" * 100_000}">]',
    ],
)
def test_entities_that_fetch_or_inflate_are_refused(declarations: str) -> None:
    problem = refused(document(declarations, "&l9;" * 1000), Format.RDFXML)
    assert (problem.code, problem.position.line) == ("unsafe-reference", 2)


def test_entities_that_abbreviate_are_read() -> None:
    written, _ = read(document('[<!ENTITY ex "http://example.org/">]', "&ex;a"), Format.RDFXML)
    assert written.terms[0].name == "http://example.org/a"


REMOTE = "http://127.0.0.1:1/context.jsonld"


@pytest.mark.parametrize(
    "context",
    [
        REMOTE,
        "local.jsonld",
        [{"a": "http://a/"}, REMOTE],
        {"@import": REMOTE},
        {"a": {"@id": "http://a/", "@context": REMOTE}},
    ],
)
def test_contexts_elsewhere_are_refused(context: object) -> None:
    for value in ({"@context": context}, {"@graph": [{"http://a/b": {"@context": context}}]}):
        assert refused(json.dumps(value), Format.JSONLD).code == "unsafe-reference"


LONG = "http://a/" + "a" * 2_000


@pytest.mark.parametrize(
    ("text", "format_"),
    [
        (f"@prefix a: <{LONG}> .\n" + "a:b a:c a:d .\n" * 1000, Format.TURTLE),
        (f"<x xmlns = '{LONG}'>" + "<y/>" * 1000 + "</x>", Format.RDFXML),
        (json.dumps({"@context": {"a": {"@id": LONG}}, "a": ["b"] * 1000}), Format.JSONLD),
        (json.dumps({"@context": [{"@vocab": LONG}], "a": ["b"] * 1000}), Format.JSONLD),
    ],
)
def test_an_address_without_end_is_refused(text: str, format_: Format) -> None:
    assert refused(text, format_).code == "unsafe-reference"


def test_concepts_in_a_graph_of_their_own_are_read() -> None:
    concept = {"@id": "http://a/b", "http://www.w3.org/2004/02/skos/core#prefLabel": "A"}
    assert read(json.dumps({"@id": "http://a/g", "@graph": [concept]}), Format.JSONLD)[0].terms[0].name == "A"


def test_a_context_in_the_file_is_read() -> None:
    context = {"skos": "http://www.w3.org/2004/02/skos/core#", "name": "skos:prefLabel", "id": "@id"}
    written, _ = read(json.dumps({"@context": [None, context], "id": "http://a/b", "name": "A"}), Format.JSONLD)
    assert (written.terms[0].id, written.terms[0].name) == ("b", "A")


WATCHED = """
import sys
seen = []
def watch(event, given):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.")) or (event == "open" and "secret" in str(given[0])):
        seen.append(event)
sys.addaudithook(watch)
{job}
print(seen)
"""


def watched(job: str, *arguments: str) -> str:
    """What a job asked of the network, or of the file called secret, in a process of its own."""
    command = [sys.executable, "-c", WATCHED.format(job=job), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=True).stdout.strip()


def test_nothing_is_ever_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s", encoding="utf-8")
    secret = (tmp_path / "secret").as_uri()
    concept = 'ex:a skos:prefLabel "A" .'
    files = {
        "a.jsonld": json.dumps({"@context": REMOTE, "@id": "a"}),
        "b.jsonld": json.dumps({"@context": {"@import": secret}, "@id": "a"}),
        "c.rdf": document(f'SYSTEM "{REMOTE}"', "&x;"),
        "d.rdf": document(f'[<!ENTITY x SYSTEM "{secret}">]', "&x;"),
        "e.rdf": document(f'SYSTEM "{secret}" [<!ENTITY % x SYSTEM "{REMOTE}"> %x;]', "a"),
        "f.ttl": f"{PREFIXES}<> <http://www.w3.org/2002/07/owl#imports> <{REMOTE}>, <{secret}> . {concept}",
        "g.ttl": f"{PREFIXES}@base <{REMOTE}> . <> skos:inScheme <x> . {concept}",
        "h.nt": f'<{REMOTE}> <http://www.w3.org/2004/02/skos/core#prefLabel> "A" .',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    job = "from loader.checking import check_files; check_files(sys.argv[1:])"
    assert watched(job, *(str(tmp_path / name) for name in files)) == "[]"


def test_the_watch_would_see_it() -> None:
    job = f"import rdflib\ntry: rdflib.Graph().parse(data='{{\"@context\": \"{REMOTE}\"}}', format='json-ld')\nexcept OSError: pass"
    assert "socket.connect" in watched(job)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("iso-8859-1", "latin-1"), ("windows-1252", "cp1252"), ("UTF-16", "utf-16"), ("utf-8", "utf-8")],
)
def test_xml_says_its_encoding(declared: str, encoding: str, tmp_path: Path) -> None:
    text = document("", "Köln").replace("'1.0'", f"'1.0' encoding='{declared}'")
    (tmp_path / "f.rdf").write_bytes(text.encode(encoding))
    (written,), _ = check_files([str(tmp_path / "f.rdf")])
    assert written.terms[0].name == "Köln"


@pytest.mark.parametrize("declared", ["utf-99", "iso-8859-99"])
def test_an_unknown_encoding_is_a_problem(declared: str, tmp_path: Path) -> None:
    text = document("", "A").replace("'1.0'", f"'1.0' encoding='{declared}'")
    (tmp_path / "f.rdf").write_text(text, encoding="utf-8")
    assert [one.code for one in check_files([str(tmp_path / "f.rdf")])[1]] == ["unreadable"]


def test_rdflib_is_imported_only_for_such_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("terms: [{name: A, definition: a}]", encoding="utf-8")
    job = "from loader.checking import check_files; check_files(sys.argv[1:]); print('rdflib' in sys.modules)"
    assert watched(job, str(tmp_path / "a.yaml")).startswith("False")
