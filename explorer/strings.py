"""Many strings in few bytes, and ways to look among them: in order, nearly alike, a text within. Pure.

A million names as Python's own strings, in tuples, take some hundred megabytes; here they are one text in UTF-8, whose
bytes have the order of the letters, and arrays of numbers. So they also pass from one process to another as they are.
Only what is compared letter by letter is kept as Python's strings beside (`Fuzzy.texts`), made where it is searched.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

LAST_LETTER = "\U0010ffff".encode()
FUZZY_FROM = 3
FUZZY_CUT = 72.0
Numbers = NDArray[np.int64]


def as_bytes(text: str) -> bytes:
    """UTF-8; half a pair of surrogates, which only a hostile text has, is no error."""
    return text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Strings:
    """Strings one after the other; the string `at` begins at the byte `starts[at]`, and the last number is the end."""

    data: bytes
    starts: Numbers

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Strings":
        made = Texts()
        for text in texts:
            made.add(text)
        return made.strings()

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[str]:
        return (self[at] for at in range(len(self)))

    def __getitem__(self, at: int) -> str:
        return str(self.raw(at), "utf-8", "surrogatepass")

    def raw(self, at: int, offset: int = 0) -> bytes:
        """The bytes of the string `at`, without the first `offset` ones."""
        return self.data[self.starts[at] + offset : self.starts[at + 1]]

    def some(self, which: Numbers) -> list[str]:
        """Several at once."""
        ends = zip(self.starts[which].tolist(), self.starts[which + 1].tolist(), strict=True)
        return [str(self.data[start:end], "utf-8", "surrogatepass") for start, end in ends]

    def ordered(self, order: Numbers) -> "Strings":
        """The same ones in another order."""
        return Strings.of(self[at] for at in order)

    def holding(self, at: int) -> int:
        """Which string has the byte `at` of the whole."""
        return int(np.searchsorted(self.starts, at, side="right")) - 1


class Texts:
    """Strings that come one by one."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._starts = array("q", [0])

    def add(self, text: str) -> None:
        self._data += as_bytes(text)
        self._starts.append(len(self._data))

    def strings(self) -> Strings:
        """Those that came; afterwards none comes any more."""
        return Strings(bytes(self._data), np.frombuffer(self._starts, dtype=np.int64))


@dataclass(frozen=True)
class Sorted:
    """Some of the strings, each from an offset in bytes on, in order, so that a beginning is a slice.

    `places` are those of the terms that they belong to; of a slice the best places are had without sorting it.
    """

    strings: Strings
    which: NDArray[np.int32]
    offsets: NDArray[np.int32]
    places: NDArray[np.int32]

    @classmethod
    def of(cls, strings: Strings, rows: Iterable[tuple[int, int]], owners: NDArray[np.int32]) -> "Sorted":
        """`rows`: which string and its offset; `owners`: of each string the place of its term."""
        which, offsets = array("i"), array("i")
        for at, offset in rows:
            which.append(at)
            offsets.append(offset)
        data, starts = strings.data, strings.starts.tolist()
        keys = [data[starts[at] + offset : starts[at + 1]] for at, offset in zip(which, offsets, strict=True)]
        order = np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
        which_sorted = np.frombuffer(which, dtype=np.int32)[order]
        return cls(strings, which_sorted, np.frombuffer(offsets, dtype=np.int32)[order], owners[which_sorted])

    def equal(self, key: str, limit: int) -> list[tuple[int, int]]:
        """Place and string of those that are the key, the best places first; `beginning`: that begin with it."""
        wanted = as_bytes(key)
        whole = range(len(self.which))
        return self._best(bisect_left(whole, wanted, key=self._key), bisect_right(whole, wanted, key=self._key), limit)

    def beginning(self, key: str, limit: int) -> list[tuple[int, int]]:
        wanted = as_bytes(key)
        whole = range(len(self.which))
        end = bisect_left(whole, wanted + LAST_LETTER, key=self._key)
        return self._best(bisect_left(whole, wanted, key=self._key), end, limit)

    def _key(self, row: int) -> bytes:
        return self.strings.raw(self.which[row], self.offsets[row])

    def _best(self, start: int, end: int, limit: int) -> list[tuple[int, int]]:
        # A term may stand in the slice several times (two aliases): take some more than are wanted.
        wanted = 4 * limit
        places = self.places[start:end]
        some = np.argpartition(places, wanted)[:wanted] if len(places) > wanted else np.arange(len(places))
        chosen = some[np.argsort(places[some], kind="stable")]
        return list(zip(places[chosen].tolist(), self.which[start:end][chosen].tolist(), strict=True))


@dataclass(frozen=True)
class Fuzzy:
    """Some of the strings by length, with the set of their letters as bits.

    One that differs too much in length or letters cannot be alike; two numpy operations leave some
    thousand of 200,000 to compare in earnest.
    """

    strings: Strings
    which: Numbers
    lengths: Numbers
    letters: NDArray[np.uint64]
    places: NDArray[np.int32]

    @classmethod
    def of(cls, strings: Strings, which: Numbers, owners: NDArray[np.int32]) -> "Fuzzy":
        texts = strings.some(which)
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        letters = np.fromiter(map(_letters, texts), np.uint64, len(texts))
        order = np.lexsort((owners[which], lengths))  # of several that are as near the most important is found first
        return cls(strings, which[order], lengths[order], letters[order], owners[which[order]])

    def find(self, key: str, limit: int, cut: float = FUZZY_CUT) -> list[tuple[int, int]]:
        """Place and string of those that are like the key, the most alike first."""
        if len(key) < FUZZY_FROM:
            return []
        candidates = self._candidates(key, cut / 100)
        texts = [self.texts[at] for at in candidates]
        found = process.extract(key, texts, scorer=fuzz.ratio, limit=2 * limit, score_cutoff=cut)
        ranked = sorted((-score, int(self.places[candidates[at]]), candidates[at]) for _, score, at in found)
        return [(place, int(self.which[at])) for _, place, at in ranked][:limit]

    def nearest(self, key: str) -> str:
        """The string that comes nearest, "" if none is near."""
        texts = [self.texts[at] for at in self._candidates(key, FUZZY_CUT / 100)]
        found = process.extractOne(key, texts, scorer=fuzz.ratio, score_cutoff=FUZZY_CUT)
        return found[0] if found else ""

    def prepare(self) -> None:
        """Make the strings that searches compare."""
        _ = self.texts

    @cached_property
    def texts(self) -> list[str]:
        """The strings as such, made once: to make those that a search compares takes longer than to compare them."""
        return self.strings.some(self.which)

    def _candidates(self, key: str, share: float) -> list[int]:
        """Ratio >= share means at most (1 - share) * (both lengths) letters put in or taken out."""
        size = len(key)
        start = np.searchsorted(self.lengths, int(size * share / (2 - share)))
        end = np.searchsorted(self.lengths, int(size * (2 - share) / share) + 1, side="right")
        differing = np.bitwise_count(self.letters[start:end] ^ np.uint64(_letters(key)))
        allowed = (1 - share) * (self.lengths[start:end] + size)
        chosen: list[int] = (np.flatnonzero(differing <= allowed) + start).tolist()
        return chosen


def _letters(text: str) -> int:
    """Which letters occur, as 64 bits; letters that share a bit only make the filter a little wider."""
    bits = 0
    for sign in set(text):
        bits |= 1 << (ord(sign) % 64)
    return bits


def numbers(count: int) -> Numbers:
    """0, 1, … for all of that many strings."""
    return np.arange(count, dtype=np.int64)


def places(given: Sequence[int]) -> NDArray[np.int32]:
    """Places of terms, or other numbers below two thousand million."""
    return np.array(given, dtype=np.int32)
