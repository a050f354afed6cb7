"""What a dry run tells is what the load does, whatever was loaded before; few examples here, many by `make test-long`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.connection import Graph
from graph.kinds import all_kinds
from loader import plan, run
from loader.derive import Said, derive
from loader.entries import Entry
from loader.plan import TERM_PROPERTIES
from loader.report import BrakeError, Options, Report
from loader.transactions import Written
from tests.conftest import wipe
from tests.integration.snapshot import snapshot

NAMES = ("Alpha", "Beta", "C++", "Größe", "量子", "Zeta")
ELSEWHERE = "Nowhere Defined"
KINDS = ("related", "uses", "used-by", "broader", "contrasts-with")
DECLARED = ("near", "near-of")
FORMER = ("aleph", "bet", "beta", "zeta")
TEXTS = ("", "One.", "Two\nlines: “x”.")
Snapshot = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """Files to load, by the id of their set, and how; or a set to take away."""

    load: Mapping[str, str]
    options: Options = field(default_factory=Options)
    unload: str = ""


def draw_set(draw: st.DrawFn, set_id: str) -> str:
    """A set with some of the names; its aliases are no names, so that what a relation means depends on no other set."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True))
    near = {"label": "is near", "inverse": draw(st.sampled_from(["is near", "has near it"])), "inverse-kind": "near-of"}
    near["symmetric"] = draw(st.sampled_from(["no", "no", "no", "yes"]))
    declares = draw(st.booleans())
    kinds = (*KINDS, *DECLARED) if declares else KINDS
    written = {
        "set": set_id,
        "title": draw(st.sampled_from(["T", "U"])),
        "priority": draw(st.sampled_from([1, 5])),
        "kinds": {"near": near} if declares else {},
        "terms": [draw_term(draw, set_id, name, kinds) for name in names],
    }
    return yaml.safe_dump(written, allow_unicode=True)


def draw_term(draw: st.DrawFn, set_id: str, name: str, kinds: Sequence[str]) -> dict[str, Any]:
    others = st.sampled_from([one for one in (*NAMES, ELSEWHERE) if one != name])
    notes = st.sampled_from(["", "why", "because"])
    relations = st.fixed_dictionaries({"to": others, "kind": st.sampled_from(kinds), "note": notes})
    return {
        "name": name,
        "definition": draw(st.sampled_from(TEXTS[1:])) + draw(st.sampled_from(["", set_id])),
        "explanation": draw(st.sampled_from(TEXTS)),
        "category": draw(st.sampled_from(["", "Greek"])),
        "aliases": draw(st.lists(st.sampled_from([f"{name} too", "shared"]), unique=True)),
        "related": draw(st.lists(relations, max_size=3)),
        "formerly": draw(st.lists(st.sampled_from([one for one in FORMER if one != name.lower()]), max_size=2)),
        "role": draw(st.sampled_from(["main", "main", "mention"])),
    }


@st.composite
def walks(draw: st.DrawFn) -> list[Step]:
    """Loads of one set or two, new ones, changed ones and the same again, and unloads."""
    steps = []
    written: dict[str, str] = {}
    for _ in range(draw(st.integers(2, 6))):
        ids = draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=2, unique=True))
        if draw(st.integers(0, 4)) == 4:
            steps.append(Step({}, unload=ids[0]))
            continue
        again = draw(st.integers(0, 3)) == 3
        texts = {key: written[key] if again and key in written else draw_set(draw, key) for key in ids}
        written |= texts
        keep, prune, undefined = draw(st.booleans()), draw(st.booleans()), draw(st.integers(0, 5)) < 5
        steps.append(Step(texts, Options(keep=keep, prune=prune, allow_undefined=undefined)))
    return steps


@settings(
    max_examples=settings.default.max_examples // 25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(walk=walks(), order=st.permutations("abc"))
def test_a_load_does_what_its_dry_run_tells(
    shared_graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, walk: list[Step], order: list[str]
) -> None:
    monkeypatch.setattr(plan, "BRAKE_COUNT", 2)  # a removal of three terms is a large one here
    wipe(shared_graph)
    walked = Walk(shared_graph, tmp_path)
    for step in walk:
        walked.take(step)
    if not walked.kept:
        wipe(shared_graph)
        anew = Walk(shared_graph, tmp_path)
        for key in sorted(walked.wanted, key=order.index):
            anew.take(Step({key: walked.wanted[key]}, Options(allow_undefined=True)))
        assert anew.now == walked.now


class Walk:
    """A graph, how it is now, and the files that are in it; `kept`: and terms that some file no longer has."""

    def __init__(self, graph: Graph, folder: Path) -> None:
        self.graph, self.folder = graph, folder
        self.now = snapshot(graph)
        self.wanted: dict[str, str] = {}
        self.kept = False

    def take(self, step: Step) -> None:
        if step.unload:
            self._unload(step.unload)
        elif self._load(step):
            self.wanted |= step.load
            self.kept |= step.options.keep
        assert set(self.wanted) == set(self.now["sets"])
        check_derived(self.now)

    def _load(self, step: Step) -> bool:
        """Load after a dry run; whether nothing stood against it."""
        paths = []
        for key, text in step.load.items():
            (self.folder / f"{key}.yaml").write_text(text, encoding="utf-8")
            paths.append(str(self.folder / f"{key}.yaml"))
        before = self.now
        dry = run.load(self.graph, paths, replace(step.options, dry_run=True))
        assert snapshot(self.graph) == before
        if dry.brakes and not dry.errors:
            with pytest.raises(BrakeError) as brake:
                run.load(self.graph, paths, step.options)
            assert str(brake.value) in map(str, dry.brakes)
            assert snapshot(self.graph) == before
            return False
        report = run.load(self.graph, paths, step.options)
        self.now = snapshot(self.graph)
        if report.known_warnings is not None:
            assert all(one.plan.is_empty for one in dry.sets)
            assert (report.known_warnings, self.now) == (len(dry.problems), before)
            return True
        assert report.problems == dry.problems
        if report.errors:
            assert self.now == before
            return False
        assert [one.plan for one in report.sets] == [one.plan for one in dry.sets]
        check_effect(report, before, self.now)
        check_counters([one.written for one in report.sets], before, self.now)
        return True

    def _unload(self, set_id: str) -> None:
        before = self.now
        if set_id in before["sets"]:
            report = run.unload(self.graph, set_id)
            self.now = snapshot(self.graph)
            assert set(report.plan.removed) == entries_of(before, set_id).keys()
            check_counters([report.written], before, self.now)
            assert {key: row for key, row in before["sets"].items() if key != set_id} == self.now["sets"]
            del self.wanted[set_id]


def check_effect(report: Report, before: Snapshot, after: Snapshot) -> None:
    """The plan of each set tells how what it says of its terms differs afterwards."""
    planned = {one.plan.header.id: one.plan for one in report.sets}
    for set_id in {*before["sets"], *after["sets"]}:
        old, new = entries_of(before, set_id), entries_of(after, set_id)
        same = {key for key in old.keys() & new.keys() if old[key] == new[key]}
        if set_id not in planned:
            assert (old, before["sets"][set_id]) == (new, after["sets"][set_id])
            continue
        made = planned[set_id]
        assert set(made.added) == new.keys() - old.keys()
        assert set(made.removed) == old.keys() - new.keys()
        assert set(made.changed) == (old.keys() & new.keys()) - same
        assert set(made.kept) == same - made.entries.keys()
        assert made.unchanged == len(same & made.entries.keys())
        assert (made.size_before, made.size) == (len(old), len(new))
        assert made.header_changed == (header_of(before, set_id) != header_of(after, set_id))
        assert (after["sets"][set_id]["size"], after["sets"][set_id]["checksum"]) == (made.size, made.checksum)
    assert [one.written is None for one in report.sets] == [one.plan.is_empty for one in report.sets]
    if all(one.plan.is_empty for one in report.sets):
        assert after == before


def check_counters(made: Sequence[Written | None], before: Snapshot, after: Snapshot) -> None:
    """What the server counted is what came and went; of two sets, the second may take back what the first brought."""
    moved = {
        key for one in (before, after) for key in one["former"] if before["former"].get(key) != after["former"].get(key)
    }
    for what, things in (("nodes", nodes), ("relationships", relationships)):
        old, new = things(before, moved), things(after, moved)
        created, deleted = (
            sum(one.counters.get(f"{what}_{how}", 0) for one in made if one) for how in ("created", "deleted")
        )
        assert created - deleted == len(new) - len(old)
        if len(made) == 1:
            assert (created, deleted) == (len(new - old), len(old - new))


def nodes(one: Snapshot, moved: set[str]) -> set[Any]:
    """Every node of a graph; a former id that leads elsewhere is made anew."""
    former = ((key, str(row) if key in moved else "") for key, row in one["former"].items())
    return {*(("term", key) for key in one["terms"]), *(("set", key) for key in one["sets"]), *former}


def relationships(one: Snapshot, moved: set[str]) -> set[Any]:
    leading = ((key, str(row) if key in moved else "") for key, row in one["former"].items() if row[0])
    return {*one["relations"], *(("entry", *key) for key in one["entries"]), *leading}


def check_derived(now: Snapshot) -> None:
    """The terms, relations and former ids of the graph follow from what all sets say."""
    said = [
        Said(set_id, now["sets"][set_id]["priority"], Entry(key, row["role"], json.loads(row["entry"])))
        for (set_id, key), row in now["entries"].items()
    ]
    ranked = sorted(now["sets"].items(), key=lambda row: (row[1]["priority"], row[0]))
    wanted = derive(said, all_kinds(row["kinds"] for _, row in ranked))
    assert shown(now["terms"]) == shown(wanted.terms)
    assert {key: (row.get("note"), row["sets"]) for key, row in now["relations"].items()} == {
        key: (row["note"], row["sets"]) for key, row in wanted.relations.items()
    }
    assert now["former"] == {old: (row.now, list(row.terms)) for old, row in wanted.former.items()}


def shown(terms: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What is told of each term, without importance and community."""
    return {key: {name: row.get(name) or None for name in TERM_PROPERTIES} for key, row in terms.items()}


def entries_of(one: Snapshot, set_id: str) -> dict[str, Any]:
    return {term: row for (owner, term), row in one["entries"].items() if owner == set_id}


def header_of(one: Snapshot, set_id: str) -> dict[str, Any] | None:
    """What a set says of itself, without what follows from its entries."""
    row = one["sets"].get(set_id)
    return row and {key: value for key, value in row.items() if key not in ("checksum", "size", "state")}
