"""The search index: names, aliases and definitions in the process, so that a keystroke needs no server. Pure.

The order of the hits: exact name, exact alias, prefix of a name, prefix of an alias, words in a name, what comes
near ("did you mean"), text of a definition; among alike, the most important first.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from rapidfuzz import fuzz, process

EXACT, ALIAS, PREFIX, ALIAS_PREFIX, WORD, FUZZY, TEXT = range(7)
LAST_LETTER = "\U0010ffff"
FUZZY_FROM = 3
FUZZY_CUT = 72.0
MOST_CANDIDATES = 200
# Thai to Khmer, kana, Han; and Hangul, whose compounds have no spaces: the first letter of a syllable (see `fold`).
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u115f\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
)
LATER_WORD = re.compile(rf"(?<=[ \-/(_.])(?=[^ \-/(_.])|(?={UNSPACED.pattern})")
BREAKS = re.compile(r"[\s\-/(),:;]+")


@dataclass(frozen=True)
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


class Index:
    """Names and aliases in sorted order, so that a prefix is a slice; definitions as one long text."""

    def __init__(self, terms: Iterable[Known]) -> None:
        # The most important first: a term's place is its rank wherever two match alike.
        self.terms = sorted(terms, key=lambda term: (-term.importance, term.id))
        self._names = _Sorted((fold(term.name), place, "") for place, term in enumerate(self.terms))
        self._aliases = _Sorted(
            (fold(alias), place, alias) for place, term in enumerate(self.terms) for alias in term.aliases
        )
        self._words = _Sorted(
            (rest, place, alias)
            for place, term in enumerate(self.terms)
            for alias in ("", *term.aliases)
            for rest in _later_words(fold(alias or term.name))
        )
        self._fuzzy = _Fuzzy([*self._names.rows, *self._aliases.rows])
        self._vocabulary = _Vocabulary([*self._names.rows, *self._aliases.rows])
        self._text = _Text([fold(term.definition) for term in self.terms])

    def __len__(self) -> int:
        return len(self.terms)

    def find(self, words: str, limit: int = 8) -> list[Hit]:
        """At most `limit` hits, the best first; each term once, by its best match."""
        key = fold(words)
        return list(islice(self._hits(key, limit), limit)) if key else []

    def nearest(self, words: str, limit: int = 5) -> list[Hit]:
        """Terms whose names come nearest, however far: for "did you mean"."""
        hits = self._fuzzy.find(fold(words.replace("-", " ")), limit, cut=45.0)
        return list(_once(((place, FUZZY, alias) for place, alias in hits), self.terms, set()))

    def _hits(self, key: str, limit: int) -> Iterator[Hit]:
        seen: set[int] = set()
        stages: tuple[tuple[int, Callable[[], Iterable[tuple[int, str]]]], ...] = (
            (EXACT, lambda: self._names.equal(key, limit)),
            (ALIAS, lambda: self._aliases.equal(key, limit)),
            (PREFIX, lambda: self._names.beginning(key, limit + len(seen))),
            (ALIAS_PREFIX, lambda: self._aliases.beginning(key, limit + len(seen))),
            (WORD, lambda: self._words.beginning(key, limit + len(seen))),
            (WORD, lambda: self._all_words(key)),
            (FUZZY, lambda: self._fuzzy.find(key, limit + len(seen))),
            (FUZZY, lambda: self._all_words(self._vocabulary.correct(key) if len(seen) < limit else "")),
            (TEXT, lambda: self._text.find(key, limit + len(seen))),
        )
        for rank, matches in stages:
            yield from _once(((place, rank, alias) for place, alias in matches()), self.terms, seen)

    def _all_words(self, key: str) -> list[tuple[int, str]]:
        """Names in which every word of `key` begins a word, in any order."""
        words = sorted(key.split(), key=len, reverse=True)
        if not words:
            return []
        rows = (
            *self._names.beginning(words[0], MOST_CANDIDATES),
            *self._aliases.beginning(words[0], MOST_CANDIDATES),
            *self._words.beginning(words[0], MOST_CANDIDATES),
        )
        patterns = [_beginning(word) for word in words[1:]]
        return sorted(
            (place, alias)
            for place, alias in rows
            if all(pattern.search(fold(alias or self.terms[place].name)) for pattern in patterns)
        )


def _once(matches: Iterable[tuple[int, int, str]], terms: list[Known], seen: set[int]) -> Iterator[Hit]:
    for place, rank, alias in matches:
        if place not in seen:
            seen.add(place)
            yield Hit(terms[place].id, rank, alias)


def _later_words(name: str) -> Iterator[str]:
    """What follows each space, hyphen, slash or bracket, or begins with a letter of a script without spaces: a word
    in the name is a prefix of one of these.
    """
    for found in LATER_WORD.finditer(name, 1):
        yield name[found.start() :]


def _beginning(word: str) -> re.Pattern[str]:
    """Where `word` begins a word; in scripts without spaces, anywhere."""
    return re.compile(re.escape(word) if UNSPACED.match(word) else rf"(?<!\w){re.escape(word)}")


class _Sorted:
    """Strings with the place of their term, sorted; the best places of a slice without sorting it."""

    def __init__(self, rows: Iterable[tuple[str, int, str]]) -> None:
        self.rows = sorted(row for row in rows if row[0])
        self._keys = [row[0] for row in self.rows]
        self._places = np.fromiter((row[1] for row in self.rows), dtype=np.int64, count=len(self.rows))

    def equal(self, key: str, limit: int) -> list[tuple[int, str]]:
        return self._best(bisect_left(self._keys, key), bisect_right(self._keys, key), limit)

    def beginning(self, key: str, limit: int) -> list[tuple[int, str]]:
        return self._best(bisect_left(self._keys, key), bisect_left(self._keys, key + LAST_LETTER), limit)

    def _best(self, start: int, end: int, limit: int) -> list[tuple[int, str]]:
        # A term may stand in the slice several times (two aliases): take some more than are wanted.
        wanted = 4 * limit
        places = self._places[start:end]
        some = np.argpartition(places, wanted)[:wanted] if len(places) > wanted else np.arange(len(places))
        chosen = some[np.argsort(places[some], kind="stable")]
        return [(self.rows[start + int(at)][1], self.rows[start + int(at)][2]) for at in chosen]


class _Fuzzy:
    """Strings by length, with the set of their letters as bits.

    One that differs too much in length or letters cannot be alike; two numpy operations leave some
    thousand of 200,000 to compare in earnest.
    """

    def __init__(self, rows: list[tuple[str, int, str]]) -> None:
        self._rows = sorted(rows, key=lambda row: len(row[0]))
        self._lengths = np.fromiter((len(row[0]) for row in self._rows), np.int64, len(self._rows))
        self._letters = np.fromiter((_letters(row[0]) for row in self._rows), np.uint64, len(self._rows))

    def find(self, key: str, limit: int, cut: float = FUZZY_CUT) -> list[tuple[int, str]]:
        if len(key) < FUZZY_FROM:
            return []
        candidates = self._candidates(key, cut / 100)
        strings = [self._rows[at][0] for at in candidates]
        found = process.extract(key, strings, scorer=fuzz.ratio, limit=2 * limit, score_cutoff=cut)
        ranked = sorted((-score, self._rows[candidates[at]][1], candidates[at]) for _, score, at in found)
        return [self._rows[at][1:] for _, _, at in ranked][:limit]

    def nearest(self, key: str) -> str:
        """The string that comes nearest, "" if none is near."""
        candidates = self._candidates(key, FUZZY_CUT / 100)
        strings = [self._rows[at][0] for at in candidates]
        found = process.extractOne(key, strings, scorer=fuzz.ratio, score_cutoff=FUZZY_CUT)
        return found[0] if found else ""

    def _candidates(self, key: str, share: float) -> list[int]:
        """Ratio >= share means at most (1 - share) * (both lengths) letters put in or taken out."""
        size = len(key)
        start = np.searchsorted(self._lengths, int(size * share / (2 - share)))
        end = np.searchsorted(self._lengths, int(size * (2 - share) / share) + 1, side="right")
        differing = np.bitwise_count(self._letters[start:end] ^ np.uint64(_letters(key)))
        allowed = (1 - share) * (self._lengths[start:end] + size)
        chosen: list[int] = (np.flatnonzero(differing <= allowed) + start).tolist()
        return chosen


def _letters(text: str) -> int:
    """Which letters occur, as 64 bits; letters that share a bit only make the filter a little wider."""
    bits = 0
    for sign in set(text):
        bits |= 1 << (ord(sign) % 64)
    return bits


class _Text:
    """All definitions as one string: the search of a substring in some megabytes takes milliseconds."""

    def __init__(self, texts: list[str]) -> None:
        self._all = "\n".join(texts)
        starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
        self._starts: list[int] = starts.tolist()

    def find(self, key: str, limit: int) -> list[tuple[int, str]]:
        """Definitions in which every word of `key` begins a word, the most important terms first."""
        words = sorted(key.split(), key=len, reverse=True)
        if not words or len(words[0]) < FUZZY_FROM:
            return []
        patterns = [_beginning(word) for word in words]
        found: list[tuple[int, str]] = []
        at = self._all.find(words[0])
        while at >= 0 and len(found) < limit:
            place = bisect_right(self._starts, at) - 1
            text = self._all[self._starts[place] : self._starts[place + 1]]
            if all(pattern.search(text) for pattern in patterns):
                found.append((place, ""))
            at = self._all.find(words[0], self._starts[place + 1])
        return found


class _Vocabulary:
    """The words of names and aliases: what a word was meant to be when no name has it."""

    def __init__(self, rows: Iterable[tuple[str, int, str]]) -> None:
        best: dict[str, int] = {}
        for text, place, _ in rows:
            for word in filter(None, BREAKS.split(text)):
                best[word] = min(place, best.get(word, place))
        self._known = best
        self._fuzzy = _Fuzzy([(word, place, "") for word, place in best.items()])

    def correct(self, key: str) -> str:
        """`key` with each word that is unknown replaced by the known one that comes nearest; "" if none does."""
        words = [word if word in self._known else self._fuzzy.nearest(word) for word in BREAKS.split(key) if word]
        corrected = " ".join(words)
        return corrected if all(words) and corrected != key else ""


def why(hit: Hit) -> str:
    """Why a term is among the suggestions when its name does not say so."""
    if hit.alias:
        return f"alias: {hit.alias}"
    return {FUZZY: "did you mean", TEXT: "in the definition"}.get(hit.rank, "")
