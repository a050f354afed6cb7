"""Finds the names of terms in texts: word by word, the longest name first.

Names and texts are cut into words by one rule, and each word is written between two marks. A name that is found in a
text so written begins and ends where a word does, and one pass over the text finds all names (Aho-Corasick), however
many there are and whatever the text is.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, MatchKind

FEW_LETTERS = 2
# Scripts whose words are not apart (Thai to Khmer, kana, ideographs), and Hangul, whose particles hang on the noun.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
SIGN = re.compile(f"[{UNSPACED}]")
# What ties a very short name to its neighbours: the C of C-3PO, of R&C or of /c is not the language C.
TIED_BEFORE = re.compile(r"(?:\w[-‐‑&'’/.@]|[-/.#@$\\])\Z")
TIED_AFTER = re.compile(r"(?!['’]s\b)[-‐‑&'’/.@]\w|[+#*(]")
SIBILANTS = ("s", "x", "z", "ch", "sh")
NO_PLURALS = ("ss", "us", "is", "ics")
SHORTEST_PLURAL = 6


@dataclass(frozen=True)
class Name:
    """A name or an alias of a term; `plurals` where its English singular and plural count too."""

    text: str
    id: str
    is_alias: bool = False
    plurals: bool = True


@dataclass(frozen=True)
class Mention:
    """A place in a text where a term is named, and how many words name it there."""

    id: str
    start: int
    end: int
    words: float


@dataclass(frozen=True)
class Word:
    """A word of a text in lower case, with its place."""

    text: str
    start: int
    end: int


class Finder:
    """Finds all of the given names in texts."""

    def __init__(self, names: Iterable[Name]) -> None:
        found: dict[str, set[tuple[bool, Name]]] = defaultdict(set)
        for name in names:
            for is_form, pattern in _patterns(name):
                found[pattern].add((is_form, name))
        patterns = sorted(found)
        self._names = [found[pattern] for pattern in patterns]
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[Mention]:
        """Every mention, from left to right; a name that may mean several terms is none."""
        words = words_of(text)
        written = [_marked([word.text]) for word in words]
        places = {place: index for index, place in enumerate(accumulate(map(len, written), initial=0))}
        for pattern, start, end in self._automaton.find_matches_as_indexes("".join(written)):
            found = words[places[start] : places[end]]
            first, last = found[0].start, found[-1].end
            term_id = _meant(self._names[pattern], text, first, last)
            if term_id is not None:
                yield Mention(term_id, first, last, _length(found))


def words_of(text: str) -> list[Word]:
    """The words of a text and the signs between them; single hyphens inside a word part it as spaces do."""
    return [Word(one[0].casefold(), one.start(), one.end()) for one in _word().finditer(text)]


@cache
def _word() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x20000) if unicodedata.category(chr(code))[0] == "M")
    # ASCII first, and without a way back: most letters are that, and the look ahead costs time.
    letter = f"(?:[A-Za-z0-9]++|(?![{UNSPACED}])[^\\W_]|[{marks}\u200c\u200d])"
    sign = f"[{UNSPACED}][{marks}]*"
    other = r"[^\s\x00-\x1f\ud800-\udfff‐‑-]|(?<!\w)[‐‑-]|[‐‑-](?!\w)"
    return re.compile(f"{letter}+(?:_+{letter}+)*[+#*]*|{sign}|\n\\s*\n|{other}")


def _marked(words: Iterable[str]) -> str:
    return "".join(f"\x02{word}\x03" for word in words)


def _patterns(name: Name) -> Iterator[tuple[bool, str]]:
    """How the name is looked for: as it is (False), and in other forms of its last word (True)."""
    words = [word.text for word in words_of(name.text)]
    if _says_something(name.text):
        yield False, _marked(words)
        for form in _forms(words[-1], name):
            yield True, _marked([*words[:-1], form])


def _says_something(name: str) -> bool:
    """Whether a name can be looked for: it has a letter or digit, and is no single sign of a script without spaces."""
    return any(sign.isalnum() for sign in name) and not (SIGN.match(name) and len(words_of(name)) == 1)


def _forms(word: str, name: Name) -> Iterator[str]:
    """Singular and plural of an English word, as far as simple rules tell them."""
    if not name.plurals or len(name.text) <= FEW_LETTERS or not (word.isascii() and word.isalpha()):
        return
    if _is_acronym(name.text):
        yield f"{word}s"
        return
    if word[-1] == "y" and word[-2:-1] not in tuple("aeiou"):
        yield f"{word[:-1]}ies"
    else:
        yield f"{word}es" if word.endswith(SIBILANTS) else f"{word}s"
    if len(word) >= SHORTEST_PLURAL and word[-1] == "s" and not word.endswith(NO_PLURALS):
        yield _singular(word)


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith("es") and word[:-2].endswith(SIBILANTS) else word[:-1]


def _meant(names: Iterable[tuple[bool, Name]], text: str, start: int, end: int) -> str | None:
    """The one term that these words name: its own form wins over another, its own case too, a name over an alias."""
    ranked: dict[tuple[bool, bool, bool], set[str]] = defaultdict(set)
    for is_form, name in names:
        if _fits(name.text, text, start, end):
            ranked[is_form, text[start:end] != name.text, name.is_alias].add(name.id)
    ids = ranked[min(ranked)] if ranked else set()
    return ids.pop() if len(ids) == 1 else None


def _fits(name: str, text: str, start: int, end: int) -> bool:
    """Whether the text spells it as it must: acronyms and very short names in upper and lower case as they are."""
    if len(name) <= FEW_LETTERS and not SIGN.search(name):
        tied = TIED_BEFORE.search(text[max(start - 2, 0) : start]) or TIED_AFTER.match(text, end)
        return text[start:end] == name and not tied
    return not _is_acronym(name) or text[start:end] in (name, f"{name}s")


def _is_acronym(name: str) -> bool:
    return name.isupper() and not any(sign.isspace() for sign in name)


def _length(words: Sequence[Word]) -> float:
    """How many words; two signs of a script without spaces count as one."""
    return sum(0.5 if SIGN.match(word.text) else 1.0 for word in words if word.text[0].isalnum())
