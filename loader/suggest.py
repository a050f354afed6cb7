"""Missing links: terms that a text mentions without there being a relation between the two.

Pure: terms and relations come as data, suggestions go back, the surest first. A suggestion is the surer the more words
name the term and the fewer texts do so.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from loader.mentions import Finder, Mention, Name
from loader.seen import seen
from loader.visible import PARAGRAPH, visible

NOISE = 0.3
FEW_TEXTS = 100
LONGEST_SENTENCE = 240
# A full stop before a small letter ends an abbreviation; ideographic ones always end a sentence.
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?![a-z])|(?<=[。！？])|\n\s*\n")

Pair = frozenset[str]


@dataclass(frozen=True)
class Text:
    """A defined term as it is shown, and the sets that define it; `plurals` where its names are English."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    definition: str = ""
    explanation: str = ""
    sets: tuple[str, ...] = ()
    plurals: bool = True


@dataclass(frozen=True)
class Suggestion:
    """The term whose text mentions another, that other one, the sentence, and how sure it is, from 0 to 1.

    `related` is what a relation to the other one can write: its name where that means no other term, else its id.
    """

    set: str
    id: str
    name: str
    to: str
    to_name: str
    related: str
    score: float
    sentence: str


@dataclass(frozen=True)
class Suggestions:
    """The surest suggestions, how many there are in all, and how many more were left out as noise."""

    rows: tuple[Suggestion, ...]
    found: int
    noise: int


@dataclass(frozen=True)
class _Found:
    """The first mention of a term in the text of another."""

    id: str
    mention: Mention
    score: float = 0


def suggest(
    texts: Iterable[Text],
    related: Collection[Pair],
    only_set: str | None = None,
    least: float = NOISE,
    limit: int = 100,
) -> Suggestions:
    """A suggestion for each pair that is not related, the surest first.

    `only_set` looks at the texts of that set alone; a score below `least` is noise.
    """
    terms = {text.id: text for text in sorted(texts, key=lambda text: text.id)}
    plain = {text.id: _plain(text) for text in terms.values()}
    finder = Finder(name for text in terms.values() for name in _names(text))
    found = [one for text in terms.values() for one in _first_mentions(text, plain[text.id], finder)]
    texts_with = Counter(one.mention.id for one in found)
    wanted = [one for one in found if only_set is None or only_set in terms[one.id].sets]
    scored = [_scored(one, texts_with, len(terms)) for one in _one_a_pair(wanted, related)]
    sure = sorted((one for one in scored if one.score >= least), key=lambda one: (-one.score, one.id, one.mention.id))
    meanings = Counter(key for text in terms.values() for key in {name.text.casefold() for name in _names(text)})
    rows = tuple(_suggestion(one, terms, plain[one.id], only_set, meanings) for one in sure[:limit])
    return Suggestions(rows, len(sure), len(scored) - len(sure))


def _plain(text: Text) -> str:
    return PARAGRAPH.join(visible(part) for part in (text.definition, text.explanation) if part)


def _names(text: Text) -> Iterator[Name]:
    yield Name(text.name, text.id, plurals=text.plurals)
    for alias in text.aliases:
        yield Name(alias, text.id, is_alias=True, plurals=text.plurals)


def _first_mentions(text: Text, plain: str, finder: Finder) -> Iterator[_Found]:
    met = {text.id}
    for mention in finder.find(plain):
        if mention.id not in met:
            met.add(mention.id)
            yield _Found(text.id, mention)


def _one_a_pair(found: Iterable[_Found], related: Collection[Pair]) -> list[_Found]:
    """Where two terms mention each other, the mention that comes first in its text."""
    chosen: dict[Pair, _Found] = {}
    for one in sorted(found, key=lambda one: (one.mention.start, one.id)):
        pair = frozenset((one.id, one.mention.id))
        if pair not in related:
            chosen.setdefault(pair, one)
    return list(chosen.values())


def _scored(one: _Found, texts_with: Mapping[str, int], texts: int) -> _Found:
    """A half for one word, two thirds for two …; the less the more texts have it, down to 0 when all do."""
    rarity = 1 - math.log(texts_with[one.mention.id]) / math.log(max(texts, FEW_TEXTS))
    return replace(one, score=round(one.mention.words / (one.mention.words + 1) * rarity, 2))


def _suggestion(
    one: _Found, terms: Mapping[str, Text], plain: str, only_set: str | None, meanings: Mapping[str, int]
) -> Suggestion:
    text, to = terms[one.id], terms[one.mention.id]
    return Suggestion(
        set=only_set or next(iter(text.sets), ""),
        id=text.id,
        name=text.name,
        to=to.id,
        to_name=to.name,
        related=to.name if meanings[to.name.casefold()] == 1 else to.id,
        score=one.score,
        sentence=sentence(plain, one.mention),
    )


def sentence(text: str, mention: Mention) -> str:
    """The sentence of a mention on one line; of a very long one, what is around the mention."""
    start, end = max(0, mention.start - LONGEST_SENTENCE), mention.end + LONGEST_SENTENCE
    before = [match.end() for match in SENTENCE_END.finditer(text, start, mention.start)]
    after = SENTENCE_END.search(text, mention.end, end)
    first, last = before[-1] if before else start, after.start() if after else min(end, len(text))
    cut = ("… " if first == start > 0 else ""), (" …" if not after and last < len(text) else "")
    return seen(" ".join(f"{cut[0]}{text[first:last]}{cut[1]}".split())).replace("\ufffc", "…")
