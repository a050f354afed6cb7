"""The terms and relations among which missing links are looked for: of files, or of the loaded graph."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.kinds import all_kinds, to_json
from loader.checking import Phase, judged, resolve_files
from loader.derive import Said, derive
from loader.formats import NO_HINTS, Hints
from loader.model import Problem, ResolvedSet
from loader.suggest import Pair, Text

if TYPE_CHECKING:
    # Only a name for the types: files need no server, and must not import its driver.
    from graph.connection import Graph

ENGLISH = ("", "en")


@dataclass(frozen=True)
class Corpus:
    """Terms with their texts, and the pairs of terms that are related."""

    texts: tuple[Text, ...]
    related: frozenset[Pair]

    @property
    def sets(self) -> frozenset[str]:
        return frozenset(set_id for text in self.texts for set_id in text.sets)


def of_files(
    paths: Sequence[str], format_: str | None, hints: Hints = NO_HINTS, phase: Phase = lambda text: None
) -> tuple[Corpus | None, list[Problem]]:
    """The terms of files, as they would be shown if nothing else were loaded; None where the files have errors."""
    _, resolved, problems = resolve_files(paths, format_, hints, phase)
    found = judged(problems, strict=False)
    return None if any(problem.is_error for problem in found) else of_sets(resolved), found


def of_sets(sets: Sequence[ResolvedSet]) -> Corpus:
    """The terms of resolved sets."""
    ranked = sorted(sets, key=lambda one: (one.header.priority, one.header.id))
    said = [Said(one.header.id, one.header.priority, entry) for one in ranked for entry in one.entries.values()]
    derived = derive(said, all_kinds(to_json(one.header.kinds) for one in ranked))
    languages = {one.header.id: one.header.language for one in ranked}
    by_term: dict[str, list[str]] = {}
    for one in said:
        by_term.setdefault(one.entry.id, []).append(one.set_id)
    rows = ({"id": key, "sets": by_term.get(key, ()), **row} for key, row in derived.terms.items() if row["defined"])
    return _corpus(rows, ((start, end) for start, _, end in derived.relations), languages)


def of_graph(graph: "Graph") -> Corpus:
    """The defined terms of the loaded graph."""
    languages = {row["id"]: row["language"] or "" for row in graph.read_all("load/sets")}
    related = ((row["start"], row["end"]) for row in graph.read_all("load/all_relations"))
    return _corpus(graph.read_all("load/all_texts"), related, languages)


def _corpus(
    rows: Iterable[Mapping[str, Any]], related: Iterable[tuple[str, str]], languages: Mapping[str, str]
) -> Corpus:
    return Corpus(tuple(_text(row, languages) for row in rows), frozenset(frozenset(pair) for pair in related))


def _text(row: Mapping[str, Any], languages: Mapping[str, str]) -> Text:
    return Text(
        id=row["id"],
        name=row["name"],
        aliases=tuple(row["aliases"] or ()),
        definition=row["definition"] or "",
        explanation=row["explanation"] or "",
        sets=tuple(sorted(row["sets"])),
        plurals=any(languages.get(set_id, "").lower().split("-")[0] in ENGLISH for set_id in row["sets"]),
    )
