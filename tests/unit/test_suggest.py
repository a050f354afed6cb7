"""Missing links: what counts as a mention, which pairs are suggested, in what order, and as what YAML."""

import random
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from loader.mentions import Finder, Name
from loader.patch import patch
from loader.suggest import Suggestion, Text, suggest
from loader.visible import visible


def found(text: str, *names: str, plurals: bool = True) -> list[str]:
    finder = Finder(Name(name, name, plurals=plurals) for name in names)
    return [mention.id for mention in finder.find(text)]


def rows(*texts: Text, related: tuple[tuple[str, str], ...] = (), **given: object) -> list[Suggestion]:
    pairs = frozenset(frozenset(pair) for pair in related)
    return list(suggest(texts, pairs, **given).rows)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "times"),
    [
        ("A graph database.", "Graph", 1),
        ("A paragraph, graphite, a subgraph.", "Graph", 0),
        ("Graph", "Graph", 1),
        ("fine-tuning, fine tuning, Fine‑Tuning", "Fine-Tuning", 3),
        ("a foundation\nmodel", "Foundation Model", 1),
        ("a foundation. Model and foundation, model", "Foundation Model", 0),
        ("one foundation\n\nmodel two", "Foundation Model", 0),
        ("the model's size", "Model", 1),
        ("STRASSE, straße", "Straße", 2),
        ("written in C++ and C#", "C", 0),
        ("written in C++ and C#", "C++", 1),
        ("the A* search, a search", "A* Search", 1),
        ("use Node.js here", "Node.js", 1),
        ("a net and .NET", ".NET", 1),
        ("verbose, or --verbose", "--verbose", 1),
        ("हिन्दी भाषा", "हिन्दी", 1),
        ("हिन्दी भाषा", "हिन", 0),
        ("&, + and …", "+", 0),
    ],
)
def test_a_name_begins_and_ends_with_a_word(text: str, name: str, times: int) -> None:
    assert found(text, name) == [name] * times


@pytest.mark.parametrize(
    ("text", "name", "times"),
    [
        ("It sits. IT sits.", "IT", 1),
        ("a rag and RAG, many RAGs", "RAG", 2),
        ("in R, not r", "R", 1),
        ("R&D, R-2, -R, /R, Mr.R", "R", 0),
        ("(R) or R.", "R", 2),
        ("ISO 27001 and iso 27001", "ISO 27001", 2),
        ("go, Go, Go's and GO", "Go", 2),
    ],
)
def test_acronyms_and_very_short_names_keep_their_case(text: str, name: str, times: int) -> None:
    assert found(text, name) == [name] * times


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("neural networks", "Neural Network"),
        ("many processes", "Process"),
        ("ontologies", "Ontology"),
        ("arrays", "Array"),
        ("an embedding", "Embeddings"),
        ("a taxonomy", "Taxonomies"),
    ],
)
def test_english_plurals_count(text: str, name: str) -> None:
    assert found(text, name) == [name]
    assert found(text, name, plurals=False) == []


def test_what_only_looks_like_a_plural_does_not_count() -> None:
    assert found("new, a physic, a clas", "News", "Physics", "Class") == []


def test_the_longest_name_wins() -> None:
    names = ("Model", "Language Model", "Large Language Model", "Language")
    assert found("a Large Language Model, a language model, a model", *names) == [
        "Large Language Model",
        "Language Model",
        "Model",
    ]
    assert found("a large language", *names) == ["Language"]


def test_names_win_over_aliases_and_what_may_mean_several_terms_is_no_mention() -> None:
    def meant(text: str, *names: Name) -> list[str]:
        return [mention.id for mention in Finder(names).find(text)]

    assert meant("the Mercury", Name("Mercury", "planet"), Name("Mercury", "metal", is_alias=True)) == ["planet"]
    assert meant("the Mercury", Name("Mercury", "planet"), Name("Mercury", "metal")) == []
    assert meant("LOGIN or login", Name("LOGIN", "form"), Name("login", "command")) == ["form", "command"]
    assert meant("embeddings", Name("Embedding", "one"), Name("Embeddings", "many")) == ["many"]


@pytest.mark.parametrize(
    ("text", "name", "times"),
    [
        ("使用知识图谱的系统", "知识图谱", 1),
        ("グラフデータベースです", "データベース", 1),
        ("ปัญญาประดิษฐ์คืออะไร", "ปัญญา", 1),
        ("인공지능은 넓다", "인공지능", 1),
        ("用GPU训练", "GPU", 1),
        ("大人", "人", 0),
    ],
)
def test_scripts_without_spaces_need_none(text: str, name: str, times: int) -> None:
    assert found(text, name) == [name] * times


@pytest.mark.parametrize(
    "text",
    [
        "see [this](/graph)",
        "`Graph`",
        "```\nGraph\n```",
        "    Graph",
        "https://example.org/Graph",
        "www.example.org/graph",
        "<https://example.org/graph>",
        "graph@example.org",
        "<a title='Graph'>this</a>",
        "![Graph](picture.png)",
        "see [this][1]\n\n[1]: /graph 'Graph'",
    ],
)
def test_code_and_addresses_do_not_count(text: str) -> None:
    assert found(visible(text), "Graph") == []


@pytest.mark.parametrize(
    "text",
    ["a **Graph**", "[the Graph](/x)", "# Graph", "- Graph", "_Graph_", "|a|\n|-|\n|Graph|", "5 < Graph", "Gra*ph*"],
)
def test_words_in_markdown_count(text: str) -> None:
    assert found(visible(text), "Graph") == ["Graph"]


def test_what_is_left_out_parts_a_phrase() -> None:
    assert found(visible("foundation `x` model"), "Foundation Model") == []


def test_a_pair_is_suggested_once_and_never_when_it_is_related() -> None:
    a = Text("a", "Alpha", definition="Before the Beta. Then Beta again, and Alpha.")
    b = Text("b", "Beta", definition="After Alpha.")
    assert [(row.id, row.to, row.sentence) for row in rows(a, b)] == [("b", "a", "After Alpha.")]
    assert rows(a, b, related=(("a", "b"),)) == rows(a, b, related=(("b", "a"),)) == []


def test_definition_and_explanation_are_both_read_and_do_not_run_into_one() -> None:
    a = Text("a", "Alpha", definition="A first", explanation="Beta. Here is *Gamma Ray*, e.g. one. The end.")
    others = Text("fb", "First Beta"), Text("g", "Gamma Ray", definition="d")
    assert [(row.to, row.sentence) for row in rows(a, *others)] == [("g", "Here is Gamma Ray, e.g. one.")]


def test_more_words_and_fewer_texts_are_surer() -> None:
    texts = [Text(f"t{n}", f"Number{n}", definition="It has a model and a token.") for n in range(50)]
    texts += [Text("m", "Model"), Text("t", "Token"), Text("p", "Property Graph"), Text("v", "Vertex")]
    texts += [Text("x", "Xylophone", definition="A vertex in a property graph, a model.")]
    answer = suggest(texts, ())
    assert [(row.to, row.score) for row in answer.rows] == [("p", 0.67), ("v", 0.5)]
    assert (answer.found, answer.noise) == (2, 101)
    assert len(suggest(texts, (), least=0, limit=7).rows) == 7


def test_one_set_is_looked_at_with_the_terms_of_all() -> None:
    a = Text("a", "Alpha", definition="A Beta.", sets=("greek",))
    b = Text("b", "Beta", definition="A Gamma.", sets=("other",))
    c = Text("c", "Gamma", sets=("greek", "other"))
    assert [(row.id, row.to, row.set) for row in rows(a, b, c, only_set="greek")] == [("a", "b", "greek")]


def test_a_relation_writes_the_name_unless_it_may_mean_another() -> None:
    a = Text("a", "Alpha", definition="A red beta and a Big Gamma.")
    b, c = Text("b", "Red Beta"), Text("c-2", "Big Gamma", aliases=("Gamma",))
    d = Text("d", "Delta", aliases=("big gamma",))
    assert sorted(row.related for row in rows(a, b, c, d)) == ["Red Beta", "c-2"]


def test_the_order_of_the_terms_does_not_matter() -> None:
    texts = [Text(f"t{n}", f"Name{n}", definition=f"Name{(n * 7) % 40}, Name{(n * 3) % 40}") for n in range(40)]
    expected = suggest(texts, ())
    for seed in range(5):
        random.Random(seed).shuffle(texts)
        assert suggest(texts, ()) == expected


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.text(min_size=1, max_size=12), max_size=4))
def test_any_text_can_be_read_and_the_patch_is_yaml(definition: str, explanation: str, names: list[str]) -> None:
    texts = [Text(str(n), name, (), definition, f"{name} {explanation}", ("s",)) for n, name in enumerate(names)]
    yaml.safe_load(patch(suggest(texts, (), least=0).rows))


@pytest.mark.parametrize(
    "text", ["a" * 10**4, "a " * 10**4, "\n " * 10**4, "[" * 10**4, "a_" * 10**4, "<" * 10**4, "x." * 10**4]
)
def test_no_text_takes_long(text: str) -> None:
    names = [Text(f"n{n}", "a " * n + "b") for n in range(1, 50)]
    started = time.monotonic()
    suggest([Text("t", "Text", definition=f"{text} b", explanation=text), *names], ())
    assert time.monotonic() - started < 10


def test_a_patch_can_be_pasted() -> None:
    def row(name: str, related: str, sentence: str, set_id: str = "s", term_id: str = "a") -> Suggestion:
        return Suggestion(set_id, term_id, name, "to", related, related, 0.5, sentence)

    assert patch([row("A", "B", "A: b."), row("A: x", "No", "y", "z"), row("A", "C # c", "Cs.")]) == (
        "# Set s:\n  - name: A\n    related:\n      # 0.50 “A: b.”\n      - B\n      # 0.50 “Cs.”\n      - 'C # c'\n"
        "# Set z:\n  - name: 'A: x'\n    id: a\n    related:\n      # 0.50 “y”\n      - 'No'"
    )
    assert patch([]) == ""


def test_a_sentence_is_one_line_without_what_nobody_sees_and_not_endless() -> None:
    text = "w " * 400 + "\x1b[31m the\x85 Beta \u2028\u202e! " + "w " * 400
    (row,) = rows(Text("a", "Alpha", definition=text), Text("b", "Beta"))
    assert row.sentence.startswith("… w")
    assert "[31m the Beta !" in row.sentence
    assert len(row.sentence) < 520
    assert not set(row.sentence) & set("\x1b\x85\u2028\u202e\n")
