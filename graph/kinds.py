"""The kinds of a relation: how each reads from either side, and which of them have no direction.

Built-in kinds are here because both the loader (which writes them) and the explorer (which tells a
relation as a sentence) need them; kinds that a term set declares are added to them by `all_kinds`.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of relation. `inverse` is the id that an author may write for the other direction, or ""."""

    id: str
    label: str
    inverse_label: str
    inverse: str = ""
    symmetric: bool = False


BUILT_IN: dict[str, Kind] = {
    kind.id: kind
    for kind in (
        Kind("related", "is related to", "is related to", symmetric=True),
        Kind("broader", "is narrower than", "is broader than", inverse="narrower"),
        Kind("part-of", "is part of", "has part", inverse="has-part"),
        Kind("uses", "uses", "is used by", inverse="used-by"),
        Kind("requires", "requires", "is required by", inverse="required-by"),
        Kind("contrasts-with", "contrasts with", "contrasts with", symmetric=True),
        Kind("example-of", "is an example of", "has example", inverse="has-example"),
    )
}


def inverses(kinds: dict[str, Kind]) -> dict[str, Kind]:
    """The kinds by the id of their inverse."""
    return {kind.inverse: kind for kind in kinds.values() if kind.inverse}


def to_json(kinds: Iterable[Kind]) -> str:
    """Declared kinds as the JSON text that a TermSet keeps."""
    rows = {k.id: [k.label, k.inverse_label, k.inverse, k.symmetric] for k in kinds}
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)


def from_json(text: str | None) -> dict[str, Kind]:
    """The kinds of a TermSet's JSON text."""
    rows: dict[str, list[Any]] = json.loads(text) if text else {}
    return {key: Kind(key, row[0], row[1], row[2], row[3]) for key, row in rows.items()}


def all_kinds(declared: Iterable[str | None]) -> dict[str, Kind]:
    """Built-in kinds and those of the given sets, which come by rank: the first to declare a kind labels it."""
    kinds = dict(BUILT_IN)
    for text in declared:
        for key, kind in from_json(text).items():
            kinds.setdefault(key, kind)
    return kinds
