"""The search index as bytes and arrays: what it finds is what plain Python finds, here and in another process."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from explorer.index import EXACT, PREFIX, TEXT, WORD, Hit, Index, Known, fold
from explorer.strings import Sorted, Strings, places

ODD = st.text(alphabet="aBé -/ß中학\u0301\U0001f600\ud800", max_size=6)
TERMS = st.lists(
    st.builds(Known, id=st.uuids().map(str), name=ODD, aliases=st.lists(ODD, max_size=2).map(tuple), definition=ODD),
    max_size=12,
    unique_by=lambda term: term.id,
)


@given(st.lists(ODD))
def test_strings_come_out_as_they_went_in(texts: list[str]) -> None:
    strings = Strings.of(texts)
    assert [strings[at] for at in range(len(strings))] == texts
    assert strings.some(places(range(len(texts))).astype("int64")) == texts
    ends = [(at, sum(len(strings.raw(before)) for before in range(at))) for at in range(len(texts)) if texts[at]]
    assert [strings.holding(start) for _, start in ends] == [at for at, _ in ends]


@given(st.lists(ODD, max_size=12), ODD)
def test_a_beginning_is_a_slice_in_the_order_of_letters(texts: list[str], key: str) -> None:
    strings = Strings.of(texts)
    every = Sorted.of(strings, ((at, 0) for at in range(len(texts))), places(range(len(texts))))
    assert [strings[at] for at in every.which.tolist()] == sorted(texts)
    begin = {at for at, text in enumerate(texts) if text.startswith(key)}
    assert {at for _, at in every.beginning(key, len(texts) or 1)} == begin
    assert {at for _, at in every.equal(key, len(texts) or 1)} == {at for at in begin if texts[at] == key}


@given(TERMS, ODD)
def test_a_term_is_found_by_its_name_its_beginning_and_a_word(terms: list[Known], words: str) -> None:
    index = Index.of(terms)
    hits = {hit.id: hit.rank for hit in index.find(words, limit=100)}
    key = fold(words)
    named = {term.id for term in terms if key and fold(term.name) == key}
    begun = {term.id for term in terms if key and fold(term.name).startswith(key)}
    assert {term for term, rank in hits.items() if rank == EXACT} == named
    assert begun <= set(hits)
    assert all(term in begun for term, rank in hits.items() if rank == PREFIX)
    assert len(hits) == len(index.find(words, limit=100))
    assert all(rank in range(EXACT, TEXT + 1) for rank in hits.values())


@given(TERMS, st.lists(ODD, max_size=4))
def test_an_index_that_was_sent_finds_the_same(terms: list[Known], asked: list[str]) -> None:
    index = Index.of(terms)
    sent: Index = pickle.loads(pickle.dumps(index))
    assert len(sent) == len(terms)
    for words in (*asked, *(term.name for term in terms)):
        assert sent.find(words) == index.find(words)
        assert sent.nearest(words) == index.nearest(words)


def test_a_word_across_two_definitions_is_in_none() -> None:
    index = Index.of([Known("a", "A", (), "the sour", 2.0), Known("b", "B", (), "dough rises", 1.0)])
    assert [hit.id for hit in index.find("sourdough") if hit.rank == TEXT] == []
    assert [hit.id for hit in index.find("dough") if hit.rank == TEXT] == ["b"]


def test_a_later_word_begins_after_letters_of_several_bytes() -> None:
    index = Index.of([Known("x", "Größe Übermaß", (), "", 1.0), Known("y", "β 机器学习", (), "", 0.5)])
    assert index.find("übermaß")[0] == Hit("x", WORD)
    assert index.find("学习")[0] == Hit("y", WORD)
