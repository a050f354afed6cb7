"""A set as the keys and values of the file format, which YAML and JSON Lines write each in its way.

Reading them again gives the same entries: a relation is called as its author did, an id is given where the name alone
would not lead to it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graph.kinds import Kind
from loader.entries import MAIN, Entry
from loader.export.model import kinds_of, sorted_entries
from loader.model import Header, ResolvedSet
from loader.resolve import Named, Names
from loader.slug import slug

DEFAULT_PRIORITY = Header("").priority


def plain_header(one: ResolvedSet) -> dict[str, Any]:
    """The header's keys."""
    header = one.header
    texts = {key: getattr(header, key) for key in ("title", "version", "language")}
    priority = {} if header.priority == DEFAULT_PRIORITY else {"priority": header.priority}
    more = {"source": header.source, "license": header.license}
    kinds = {kind.id: _kind(kind) for kind in sorted(header.kinds, key=lambda kind: kind.id)}
    lacking = any(not entry.body.get("definition") for entry in one.entries.values())
    definitions = "optional" if lacking else ""
    rows = {"set": header.id, **texts, **priority, **more, "definitions": definitions, "kinds": kinds}
    return {key: value for key, value in rows.items() if value not in ("", {})}


def plain_terms(one: ResolvedSet, elsewhere: Callable[[], Names]) -> Iterator[dict[str, Any]]:
    """The keys of each term, by id."""
    callings = Callings(one, elsewhere)
    kinds = kinds_of(one.header)
    names = Counter(entry.body["name"] for entry in one.entries.values())
    for entry in sorted_entries(one):
        body = entry.body
        relations = [_relation(row, kinds, callings) for row in body.get("relations", ())]
        rows = {
            "name": body["name"],
            "id": given_id(entry, names),
            "definition": body.get("definition"),
            "explanation": body.get("explanation"),
            "category": body.get("category"),
            "aliases": body.get("aliases"),
            "related": relations,
            "formerly": body.get("former"),
            "role": "" if entry.role == MAIN else entry.role,
        }
        yield {key: value for key, value in rows.items() if value}


def given_id(entry: Entry, names: Mapping[str, int]) -> str:
    """The id where it must be written: it is not the name's slug, or other terms of the set have the same name."""
    name = entry.body["name"]
    return "" if slug(name) == entry.id and names[name] == 1 else entry.id


class Callings:
    """How the terms of a set call the targets of their relations."""

    def __init__(self, one: ResolvedSet, elsewhere: Callable[[], Names]) -> None:
        self.entries, self.elsewhere = one.entries, elsewhere
        self.own = Names.of(
            Named(entry.id, entry.body["name"], tuple(entry.body.get("aliases", ()))) for entry in one.entries.values()
        )

    def call(self, row: Mapping[str, Any]) -> str:
        """What the author wrote, unless it means another term by now; then the id, or else another of its names."""
        to, written = str(row["to"]), str(row["name"])
        target = self.entries[to].body if to in self.entries else {}
        others = (to, *filter(None, (target.get("name"),)), *target.get("aliases", ()))
        if self._find(written) in ([to], []):
            return written
        return next((text for text in others if self._find(text) == [to]), written)

    def _find(self, text: str) -> list[str]:
        return self.own.find(text) or self.elsewhere().find(text)


def _relation(row: Mapping[str, Any], kinds: Mapping[str, Kind], callings: Callings) -> Any:
    to, kind = callings.call(row), kinds[row["kind"]]
    word = kind.inverse if row.get("inverse") else kind.id
    if word == "related" and not row.get("note"):
        return to
    note = {"note": row["note"]} if row.get("note") else {}
    return {"to": to, "kind": word, **note}


def _kind(kind: Kind) -> dict[str, Any]:
    inverse = {} if kind.symmetric and kind.inverse_label == kind.label else {"inverse": kind.inverse_label}
    inverse_kind = {"inverse-kind": kind.inverse} if kind.inverse else {}
    return {"label": kind.label, **inverse, **inverse_kind, **({"symmetric": True} if kind.symmetric else {})}
