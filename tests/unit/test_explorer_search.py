"""The search index: the order of its hits, and what people type."""

import pytest

from explorer.index import ALIAS, ALIAS_PREFIX, EXACT, FUZZY, PREFIX, TEXT, WORD, Hit, Index, Known, fold, why

INDEX = Index.of(
    [
        Known("rag", "Retrieval-Augmented Generation", ("RAG",), "Answers from passages.", 5.0),
        Known("ragtime", "Ragtime", (), "A kind of music.", 1.0),
        Known("rag-doll", "Doll", ("Rag Doll",), "", 0.5),
        Known("generation", "Generation", (), "What comes out.", 2.0),
        Known("vector-database", "Vector Database", ("Vector Store",), "Holds embeddings for retrieval.", 3.0),
        Known("c", "C", (), "A language.", 0.2),
        Known("c-plus-plus", "C++", ("CPP",), "A language with classes.", 0.4),
        Known("and", "AND", (), "A gate.", 0.1),
        Known("tcp-ip", "TCP/IP", (), "Protocols.", 0.3),
        Known("cafe", "Café", (), "", 0.1),
        Known("ml", "机器学习", (), "", 0.1),
        Known("learn", "学习率", (), "用于机器训练", 0.1),
        Known("kg", "지식그래프", (), "", 0.1),
        Known("net", "โครงข่ายประสาท", (), "", 0.1),
        Known("deep", "ディープラーニング", (), "", 0.1),
    ]
)


def ids(words: str) -> list[str]:
    return [hit.id for hit in INDEX.find(words)]


def test_the_order_alias_prefix_alias_prefix_word_text() -> None:
    assert INDEX.find("rag")[:3] == [
        Hit("rag", ALIAS, "RAG"),
        Hit("ragtime", PREFIX),
        Hit("rag-doll", ALIAS_PREFIX, "Rag Doll"),
    ]
    assert INDEX.find("generation")[:2] == [Hit("generation", EXACT), Hit("rag", WORD)]
    assert Hit("vector-database", TEXT) in INDEX.find("retrieval")


@pytest.mark.parametrize(
    ("words", "found"),
    [("习", "ml"), ("学习", "ml"), ("그래프", "kg"), ("ประสาท", "net"), ("ラーニング", "deep"), ("机器训练", "learn")],
)
def test_scripts_without_spaces_are_found_from_any_letter(words: str, found: str) -> None:
    assert found in ids(words)


def test_one_letter_finds_the_most_important_first() -> None:
    assert ids("r")[:2] == ["rag", "ragtime"]


def test_words_in_any_order() -> None:
    assert ids("database vect") == ["vector-database"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("C++", "c-plus-plus"), ("c", "c"), ("AND", "and"), ("tcp/ip", "tcp-ip"), ("cafe", "cafe"), ("机器", "ml")],
)
def test_signs_and_scripts_are_just_text(words: str, found: str) -> None:
    assert ids(words)[0] == found


@pytest.mark.parametrize("words", ["Vectr Database", "vector databse", "retreival generation", "Genration"])
def test_a_slip_of_the_finger_is_forgiven(words: str) -> None:
    hits = INDEX.find(words)
    assert hits[0].rank == FUZZY
    assert hits[0].id in {"vector-database", "rag", "generation"}


@pytest.mark.parametrize("words", ["", "   ", '"', "*", "zzzzqq", "\x00"])
def test_nothing_is_no_error(words: str) -> None:
    assert ids(words) == []


def test_a_term_stands_once() -> None:
    assert len(ids("e")) == len(set(ids("e")))
    assert ids("vector").count("vector-database") == 1


def test_the_definition_counts_from_the_beginning_of_a_word() -> None:
    assert "vector-database" in ids("embed")
    assert "vector-database" not in ids("bedding")


def test_nearest_names_for_an_id_that_is_not_there() -> None:
    assert INDEX.nearest("vector-databank")[0].id == "vector-database"


def test_why() -> None:
    assert [why(Hit("x", ALIAS, "RAG")), why(Hit("x", EXACT)), why(Hit("x", TEXT))] == [
        "alias: RAG",
        "",
        "in the definition",
    ]


def test_fold_keeps_signs_and_drops_accents() -> None:
    assert fold("  Éclair   C++ ") == "eclair c++"


def test_an_empty_index_answers() -> None:
    empty = Index.of(())
    assert empty.find("anything") == []
    assert empty.nearest("anything") == []
