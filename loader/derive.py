"""What the map shows, from what each set said: one pure function over the entries of all sets.

The result depends only on which entries there are, never on the order in which they were loaded.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.kinds import Kind
from loader.entries import MAIN, Entry

TEXTS = ("name", "definition", "explanation", "category")
RelationKey = tuple[str, str, str]


@dataclass(frozen=True)
class Said:
    """One set's entry for one term, with what ranks it."""

    set_id: str
    priority: int
    entry: Entry

    @property
    def rank(self) -> tuple[bool, int, str]:
        """Lower comes first: a main entry before a mention, then the set's priority, then its id."""
        return (self.entry.role != MAIN, self.priority, self.set_id)


@dataclass(frozen=True)
class Former:
    """A former id: the terms that claim it, sorted, and the one it leads to; None while it is a term's own id."""

    terms: tuple[str, ...]
    now: str | None


@dataclass(frozen=True)
class Derived:
    """The graph's terms and relations: properties by id, and by (from, kind, to)."""

    terms: dict[str, dict[str, Any]]
    relations: dict[RelationKey, dict[str, Any]]
    former: dict[str, Former]


def derive(said: Iterable[Said], kinds: Mapping[str, Kind]) -> Derived:
    """Terms, relations and former ids from entries.

    Terms that are only named by a relation come with `defined: false` and their name alone.
    """
    ranked = sorted(said, key=lambda one: (one.rank, one.entry.id))
    by_term: dict[str, list[Said]] = defaultdict(list)
    relations: dict[RelationKey, dict[str, Any]] = {}
    named: dict[str, list[str]] = defaultdict(list)
    claims: dict[str, list[str]] = defaultdict(list)
    for one in ranked:
        by_term[one.entry.id].append(one)
        for row in one.entry.body.get("relations", ()):
            _add_relation(relations, relation_key(one.entry.id, row, kinds), one.set_id, row.get("note"))
            named[row["to"]].append(row["name"])
        for old in one.entry.body.get("former", ()):
            claims[old].append(one.entry.id)
    terms = {term_id: term_properties(entries) for term_id, entries in by_term.items()}
    for term_id, written in named.items():
        if term_id not in terms:
            terms[term_id] = undefined(term_id, written)
    for row in relations.values():
        row["sets"] = sorted(row["sets"])
    former = {old: Former(tuple(sorted(set(ids))), None if old in by_term else ids[0]) for old, ids in claims.items()}
    return Derived(terms, relations, former)


def relation_key(term_id: str, row: Mapping[str, Any], kinds: Mapping[str, Kind]) -> RelationKey:
    """Identity of a relation: (from, kind, to), stored the forward way round, a symmetric one from the smaller id."""
    start, end = (row["to"], term_id) if row.get("inverse") else (term_id, row["to"])
    kind = kinds.get(row["kind"])
    if kind is not None and kind.symmetric and start > end:
        start, end = end, start
    return start, row["kind"], end


def undefined(term_id: str, written: Iterable[str]) -> dict[str, Any]:
    """A term that no set defines; its name is as a relation wrote it, a real name rather than the id."""
    name = min(written, key=lambda text: (text == term_id, text), default=term_id)
    return _properties({"name": name}, [], defined=False)


def _add_relation(relations: dict[RelationKey, dict[str, Any]], key: RelationKey, set_id: str, note: Any) -> None:
    row = relations.setdefault(key, {"sets": set(), "note": None})
    row["sets"].add(set_id)
    if row["note"] is None and note:
        row["note"] = note


def term_properties(entries: Sequence[Said]) -> dict[str, Any]:
    """The properties of a term from its entries by rank: each text from the first that has one, aliases of all."""
    texts = {key: next((one.entry.body[key] for one in entries if one.entry.body.get(key)), None) for key in TEXTS}
    aliases: dict[str, None] = {}
    for one in entries:
        aliases.update(dict.fromkeys([one.entry.body["name"], *one.entry.body.get("aliases", ())]))
    aliases.pop(str(texts["name"]), None)
    return _properties(texts, list(aliases), defined=True)


def _properties(texts: Mapping[str, Any], aliases: list[str], defined: bool) -> dict[str, Any]:
    return {
        "name": texts["name"],
        "key": str(texts["name"]).lower(),
        "definition": texts.get("definition"),
        "explanation": texts.get("explanation"),
        "category": texts.get("category"),
        "aliases": aliases,
        "aliases_text": "\n".join(aliases) or None,
        "defined": defined,
    }
