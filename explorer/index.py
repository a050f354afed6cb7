"""The search index: names, aliases and definitions in the process, so that a keystroke needs no server. Pure.

The order of the hits: exact name, exact alias, prefix of a name, prefix of an alias, words in a name, what comes
near ("did you mean"), text of a definition; among alike, the most important first.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from explorer.strings import FUZZY_FROM, Fuzzy, Numbers, Sorted, Strings, Texts, as_bytes, numbers, places

EXACT, ALIAS, PREFIX, ALIAS_PREFIX, WORD, FUZZY, TEXT = range(7)
MOST_CANDIDATES = 200
# Thai to Khmer, kana, Han; and Hangul, whose compounds have no spaces: the first letter of a syllable (see `fold`).
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u115f\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
LATER_WORD = re.compile(rf"(?<=[ \-/(_.])(?=[^ \-/(_.])|(?={UNSPACED.pattern})")
BREAKS = re.compile(r"[\s\-/(),:;]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of a term."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    definition: str = ""
    importance: float = 0.0


@dataclass(frozen=True)
class Hit:
    """A term that matched: how (one of the ranks above), and by which alias if not by its name."""

    id: str
    rank: int
    alias: str = ""


def fold(text: str) -> str:
    """Lower case without accents, spaces in single: how names are compared. Signs stay: C++ is not C."""
    return " ".join((text.lower() if text.isascii() else _unaccented(text)).split())


def _unaccented(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@dataclass(frozen=True)
class Index:
    """Names and aliases in order, so that a prefix is a slice; definitions as one long text.

    A term's place is its rank: 0 is the most important. A spelling is a name or an alias: the names come first, in the
    order of the places, then the aliases.
    """

    ids: Strings
    aliases: Strings
    spellings: Strings
    names: Sorted
    other_names: Sorted
    words: Sorted
    near: Fuzzy
    vocabulary: "Vocabulary"
    texts: Strings

    @classmethod
    def of(cls, terms: Iterable[Known]) -> "Index":
        """The index of these terms, in whatever order they come; none of them is kept meanwhile."""
        read = _Columns.of(terms)
        order = read.order()
        size = len(order)
        owner = np.argsort(order)[read.owners]  # of each alias
        aliases = read.aliases.ordered(np.argsort(owner, kind="stable"))
        owners = np.concatenate((np.arange(size), np.sort(owner))).astype(np.int32)
        spellings = Strings.of(map(fold, chain(read.names.ordered(order), aliases)))
        full = [at for at in range(len(spellings)) if spellings.raw(at)]
        names = Sorted.of(spellings, ((at, 0) for at in full if at < size), owners)
        other_names = Sorted.of(spellings, ((at, 0) for at in full if at >= size), owners)
        every = np.concatenate((names.which, other_names.which)).astype(np.int64)
        return cls(
            ids=read.ids.ordered(order),
            aliases=aliases,
            spellings=spellings,
            names=names,
            other_names=other_names,
            words=Sorted.of(spellings, _later_words(spellings), owners),
            near=Fuzzy.of(spellings, every, owners),
            vocabulary=Vocabulary.of(spellings, every, owners),
            texts=read.texts.ordered(order),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def prepare(self) -> None:
        """Make now what the first search would have to wait for, and what is not sent from process to process."""
        self.near.prepare()
        self.vocabulary.near.prepare()

    def find(self, words: str, limit: int = 8) -> list[Hit]:
        """At most `limit` hits, the best first; each term once, by its best match."""
        key = fold(words)
        return list(islice(self._hits(key, limit), limit)) if key else []

    def nearest(self, words: str, limit: int = 5) -> list[Hit]:
        """Terms whose names come nearest, however far: for "did you mean"."""
        return list(self._once(self.near.find(fold(words.replace("-", " ")), limit, cut=45.0), FUZZY, set()))

    def _hits(self, key: str, limit: int) -> Iterator[Hit]:
        seen: set[int] = set()
        stages: tuple[tuple[int, Callable[[], Iterable[tuple[int, int]]]], ...] = (
            (EXACT, lambda: self.names.equal(key, limit)),
            (ALIAS, lambda: self.other_names.equal(key, limit)),
            (PREFIX, lambda: self.names.beginning(key, limit + len(seen))),
            (ALIAS_PREFIX, lambda: self.other_names.beginning(key, limit + len(seen))),
            (WORD, lambda: self.words.beginning(key, limit + len(seen))),
            (WORD, lambda: self._all_words(key)),
            (FUZZY, lambda: self.near.find(key, limit + len(seen))),
            (FUZZY, lambda: self._all_words(self.vocabulary.correct(key) if len(seen) < limit else "")),
            (TEXT, lambda: self._texts_with(key, limit + len(seen))),
        )
        for rank, matches in stages:
            yield from self._once(matches(), rank, seen)

    def _once(self, matches: Iterable[tuple[int, int]], rank: int, seen: set[int]) -> Iterator[Hit]:
        for place, spelling in matches:
            if place not in seen:
                seen.add(place)
                yield Hit(self.ids[place], rank, self._alias(spelling))

    def _alias(self, spelling: int) -> str:
        return self.aliases[spelling - len(self)] if spelling >= len(self) else ""

    def _all_words(self, key: str) -> list[tuple[int, int]]:
        """Names in which every word of `key` begins a word, in any order."""
        words = sorted(key.split(), key=len, reverse=True)
        if not words:
            return []
        rows = (
            *self.names.beginning(words[0], MOST_CANDIDATES),
            *self.other_names.beginning(words[0], MOST_CANDIDATES),
            *self.words.beginning(words[0], MOST_CANDIDATES),
        )
        patterns = [_beginning(word) for word in words[1:]]
        return sorted(row for row in rows if all(pattern.search(self.spellings[row[1]]) for pattern in patterns))

    def _texts_with(self, key: str, limit: int) -> list[tuple[int, int]]:
        """Definitions in which every word of `key` begins a word, the most important terms first.

        The search of a substring in some megabytes takes milliseconds. One that lies across two definitions is none.
        """
        words = sorted(key.split(), key=len, reverse=True)
        if not words or len(words[0]) < FUZZY_FROM:
            return []
        longest, patterns = as_bytes(words[0]), [_beginning(word) for word in words]
        found: list[tuple[int, int]] = []
        at = self.texts.data.find(longest)
        while at >= 0 and len(found) < limit:
            place = self.texts.holding(at)
            text = self.texts[place]
            if all(pattern.search(text) for pattern in patterns):
                found.append((place, place))
            at = self.texts.data.find(longest, self.texts.starts[place + 1])
        return found


@dataclass(frozen=True)
class _Columns:
    """Terms as they come: `owners` are of each alias the number of its term, `texts` the definitions, folded."""

    ids: Strings
    names: Strings
    texts: Strings
    aliases: Strings
    owners: NDArray[np.int64]
    importance: NDArray[np.float64]

    @classmethod
    def of(cls, terms: Iterable[Known]) -> "_Columns":
        ids, names, texts, aliases = Texts(), Texts(), Texts(), Texts()
        owners, importance = array("q"), array("d")
        for number, term in enumerate(terms):
            ids.add(term.id)
            names.add(term.name)
            texts.add(fold(term.definition))
            importance.append(term.importance)
            for alias in term.aliases:
                aliases.add(alias)
                owners.append(number)
        of_aliases, by_number = np.frombuffer(owners, np.int64), np.frombuffer(importance, np.float64)
        return cls(ids.strings(), names.strings(), texts.strings(), aliases.strings(), of_aliases, by_number)

    def order(self) -> Numbers:
        """The numbers of the terms, the most important first; of those that are as important, by their ids."""
        by_id = np.array(sorted(range(len(self.ids)), key=self.ids.raw), dtype=np.int64)
        return by_id[np.argsort(-self.importance[by_id], kind="stable")]


def _later_words(spellings: Strings) -> Iterator[tuple[int, int]]:
    """Where in each string a word begins, as bytes: what follows each space, hyphen, slash or bracket, or begins with a
    letter of a script without spaces. A word in the name is a prefix of what begins there.
    """
    for at in range(len(spellings)):
        name = spellings[at]
        for found in LATER_WORD.finditer(name, 1):
            yield at, found.start() if name.isascii() else len(as_bytes(name[: found.start()]))


def _beginning(word: str) -> re.Pattern[str]:
    """Where `word` begins a word; in scripts without spaces, anywhere."""
    return re.compile(re.escape(word) if UNSPACED.match(word) else rf"(?<!\w){re.escape(word)}")


@dataclass(frozen=True)
class Vocabulary:
    """The words of names and aliases, in order: what a word was meant to be when no name has it."""

    known: Strings
    near: Fuzzy

    @classmethod
    def of(cls, spellings: Strings, which: Numbers, owners: NDArray[np.int32]) -> "Vocabulary":
        """Of those spellings; a word belongs to the most important term that has it."""
        best: dict[str, int] = {}
        for at, place in zip(which.tolist(), owners[which].tolist(), strict=True):
            for word in filter(None, BREAKS.split(spellings[at])):
                best[word] = min(place, best.get(word, place))
        words = sorted(best)
        known = Strings.of(words)
        return cls(known, Fuzzy.of(known, numbers(len(words)), places([best[word] for word in words])))

    def correct(self, key: str) -> str:
        """`key` with each word that is unknown replaced by the known one that comes nearest; "" if none does."""
        words = [word if self._knows(word) else self.near.nearest(word) for word in BREAKS.split(key) if word]
        corrected = " ".join(words)
        return corrected if all(words) and corrected != key else ""

    def _knows(self, word: str) -> bool:
        wanted = as_bytes(word)
        at = bisect_left(range(len(self.known)), wanted, key=self.known.raw)
        return at < len(self.known) and self.known.raw(at) == wanted


def why(hit: Hit) -> str:
    """Why a term is among the suggestions when its name does not say so."""
    if hit.alias:
        return f"alias: {hit.alias}"
    return {FUZZY: "did you mean", TEXT: "in the definition"}.get(hit.rank, "")
