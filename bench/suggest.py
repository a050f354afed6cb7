"""How good `conceptmap suggest` is, and how long it takes: `python -m bench.suggest [TERMS]`.

Of the relations in the shipped sets whose texts mention the other term, a fifth is taken away (fixed seed). Recall:
how many of those come back. Precision: what share of the suggestions are relations that the authors wrote. As only a
fifth is taken away, most suggestions are links that the authors left out on purpose or by mistake; so precision is
measured with all relations taken away too. Then TERMS generated terms (117,659 unless told) are timed.
"""

import random
import resource
import sys
import time
from collections.abc import Collection
from pathlib import Path

from loader.corpus import Corpus, of_files
from loader.suggest import NOISE, Pair, Suggestion, Text, suggest

DATA = Path(__file__).parent.parent / "data"
SETS = ("ai.yaml", "knowledge-graphs.yaml")
SEED = 11
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


def main(terms: int) -> None:
    """Print the figures, each with what it means."""
    corpus, _ = of_files([str(DATA / name) for name in SETS], None)
    assert corpus is not None
    mentioned = sorted(_pairs(_everything(corpus.texts, ())) & corpus.related, key=sorted)
    away = frozenset(random.Random(SEED).sample(mentioned, len(mentioned) // 5))
    print(
        f"{len(corpus.texts)} terms, {len(corpus.related)} related pairs, {len(mentioned)} of them mentioned in a text"
    )
    print(f"{len(away)} of these taken away:")
    _figures(corpus, away)
    print(f"all {len(corpus.related)} taken away:")
    _figures(corpus, corpus.related)
    _timed(terms)


def _figures(corpus: Corpus, away: Collection[Pair]) -> None:
    rows = _everything(corpus.texts, corpus.related.difference(away))
    print("  cut at  suggestions  come back  recall  precision")
    for least in sorted({0.0, 0.2, NOISE, 0.4, 0.5}):
        kept = [row for row in rows if row.score >= least]
        back = len(_pairs(kept) & frozenset(away))
        mark = " (the default)" if least == NOISE else ""
        figures = f"{len(kept):11}  {back:9}  {back / len(away):6.0%}  {back / max(len(kept), 1):9.0%}"
        print(f"  {least:6.2f}  {figures}{mark}")


def _everything(texts: Collection[Text], related: Collection[Pair]) -> Collection[Suggestion]:
    return suggest(texts, related, least=0, limit=sys.maxsize).rows


def _pairs(rows: Collection[Suggestion]) -> frozenset[Pair]:
    return frozenset(frozenset((row.id, row.to)) for row in rows)


def _timed(number: int) -> None:
    texts = _generated(number)
    started = time.monotonic()
    answer = suggest(texts, ())
    seconds = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    characters = sum(len(text.definition) + len(text.explanation) for text in texts)
    print(f"{number:,} generated terms, {characters / 1e6:.0f} million characters: {seconds:.1f} s", end=", ")
    print(f"{answer.found:,} suggestions, {peak:,} MB at the most")


def _generated(number: int) -> list[Text]:
    """Terms of one to three made-up words, every other with an alias; their texts are sentences with a term in each."""
    dice = random.Random(SEED)
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(number // 3)]
    names = [" ".join(dice.choices(words, k=dice.choice((1, 2, 2, 3)))).title() for _ in range(number)]
    texts = []
    for index, name in enumerate(names):
        word, other = dice.choice(words), dice.choice(names)
        definition = f"A {word} that is made of {other} and serves the {dice.choice(words)}."
        explanation = f"**{name}** was found in `{word}`. It needs {dice.choice(names).lower()}s in use."
        texts.append(Text(f"t{index}", name, (f"{name} {word}",) if index % 2 else (), definition, explanation))
    return texts


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 117_659)
