"""Suggestions as YAML that an author can paste into a term set: each relation below the sentence it comes from."""

from collections.abc import Iterable, Iterator, Sequence

import yaml

from loader.slug import slug
from loader.suggest import Suggestion


def patch(rows: Iterable[Suggestion]) -> str:
    """Terms with their new `related:` items, by set; terms in the order of their surest suggestion."""
    by_set: dict[str, dict[str, list[Suggestion]]] = {}
    for row in rows:
        by_set.setdefault(row.set, {}).setdefault(row.id, []).append(row)
    lines = []
    for set_id, terms in by_set.items():
        lines += [f"# Set {set_id}:", *(line for term in terms.values() for line in _term(term))]
    return "\n".join(lines)


def _term(rows: Sequence[Suggestion]) -> Iterator[str]:
    first = rows[0]
    yield f"  - name: {_scalar(first.name)}"
    if first.id != slug(first.name):
        yield f"    id: {_scalar(first.id)}"
    yield "    related:"
    for row in rows:
        yield f"      # {row.score:.2f} “{row.sentence}”"
        yield f"      - {_scalar(row.related)}"


def _scalar(text: str) -> str:
    """A text on one line, in quotes where YAML would read something else."""
    return yaml.safe_dump([text], allow_unicode=True, width=float("inf")).removeprefix("- ").rstrip("\n")
