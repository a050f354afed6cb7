"""What a load would do: only what differs, and with a brake."""

import re

from graph.kinds import BUILT_IN
from graph.statements import statement
from loader.derive import Said, derive
from loader.entries import MAIN, Entries, Entry
from loader.model import Header, Position, ResolvedSet, header_properties
from loader.plan import TERM_PROPERTIES, Shown, StoredSet, difference, plan_set


def resolved(names: list[str], header: Header | None = None) -> ResolvedSet:
    entries = [Entry(name, MAIN, {"name": name, "definition": name}) for name in names]
    return ResolvedSet(header or Header("s"), Entries(entries), Position("f"))


def stored(one: ResolvedSet, ready: bool = True) -> StoredSet:
    checksums = {key: entry.checksum for key, entry in one.entries.items()}
    return StoredSet("s", header_properties(one.header), ready, checksums)


def test_the_same_file_again_is_no_change() -> None:
    one = resolved(["a", "b"])
    plan = plan_set(one, stored(one))
    assert plan.is_empty
    assert plan.unchanged == 2
    assert plan.touched == ()


def test_added_changed_and_removed() -> None:
    before = stored(resolved(["a", "b", "c"]))
    after = resolved(["b", "c", "d"])
    after.entries.put(Entry("c", MAIN, {"name": "c", "definition": "new words"}))
    plan = plan_set(after, before)
    assert (plan.added, plan.changed, plan.removed, plan.unchanged) == (("d",), ("c",), ("a",), 1)
    assert plan.touched == ("a", "c", "d")
    assert plan_set(after, before, keep=True).removed == ()
    assert plan_set(after, before, keep=True).kept == ("a",)


def test_a_new_priority_touches_every_term() -> None:
    before = stored(resolved(["a", "b"]))
    assert plan_set(resolved(["a", "b"], Header("s", priority=1)), before).touched == ("a", "b")


def test_an_unfinished_load_is_done_anew() -> None:
    one = resolved(["a", "b"])
    plan = plan_set(one, stored(one, ready=False))
    assert not plan.is_empty
    assert plan.touched == ("a", "b")


def test_the_brake_holds_a_truncated_file() -> None:
    full = resolved([f"t{number}" for number in range(100)])
    assert plan_set(resolved([f"t{number}" for number in range(79)]), stored(full)).brakes
    assert not plan_set(resolved([f"t{number}" for number in range(80)]), stored(full)).brakes
    large = resolved([f"t{number}" for number in range(1000)])
    assert not plan_set(resolved([f"t{number}" for number in range(905)]), stored(large)).brakes


def test_only_what_differs_is_written() -> None:
    body = {"name": "a", "definition": "d", "relations": [{"kind": "uses", "to": "b", "name": "b"}]}
    derived = derive([Said("s", 1, Entry("a", MAIN, body)), Said("s", 1, Entry("b", MAIN, {"name": "b"}))], BUILT_IN)
    shown = Shown(derived.terms, derived.relations, {})
    nothing = difference(["a", "b"], derived, shown)
    assert not any(vars(nothing).values())
    fresh = difference(["a", "b"], derived, Shown({}, {}, {}))
    assert [row["id"] for row in fresh.put_terms] == ["a", "b"]
    assert fresh.add_relations == ({"start": "a", "kind": "uses", "end": "b", "note": None, "sets": ["s"]},)
    gone = difference(["a", "b"], derive([], BUILT_IN), shown)
    assert gone.drop_terms == ("a", "b")
    assert gone.drop_relations == ({"start": "a", "kind": "uses", "end": "b"},)


def test_new_terms_are_created_with_every_property() -> None:
    text = statement("load/create_terms").text
    assert set(re.findall(r"(\w+): p\.(\w+)", text)) == {(key, key) for key in TERM_PROPERTIES}
