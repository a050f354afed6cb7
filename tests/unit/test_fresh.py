"""Terms that the graph does not hold are written straight from their entries, as if they were derived with all others."""

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from graph.kinds import BUILT_IN
from loader.derive import Said, derive
from loader.entries import MAIN, MENTION, Entries, Entry
from loader.fresh import Relations, bearing, repeated, survey, term_rows
from loader.model import Header, Position, ResolvedSet
from loader.plan import Shown, difference, plan_set

IDS = "abcde"
TO_B = {"kind": "related", "to": "b"}
ROWS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["related", "uses", "broader"]), "to": st.sampled_from([*IDS, "z"])},
    optional={"note": st.sampled_from(["one", "two"]), "inverse": st.just(True)},
)


def entry(key: str, rows: list[dict[str, Any]], role: str) -> Entry:
    said = {(row["kind"], row["to"], row.get("inverse")): {**row, "name": row["to"].upper()} for row in rows}
    relations = [row for row in said.values() if row["to"] != key]  # also a symmetric kind in both directions
    return Entry(
        key, role, {"name": key.upper(), "aliases": [key * 2], **({"relations": relations} if relations else {})}
    )


@given(
    st.dictionaries(st.sampled_from(IDS), st.tuples(st.lists(ROWS), st.sampled_from([MAIN, MENTION])), min_size=1),
    st.sets(st.sampled_from(IDS)),
)
@example({"a": ([TO_B, {**TO_B, "inverse": True, "note": "one"}], MAIN), "b": ([], MAIN)}, set())
def test_the_rows_are_those_of_the_derivation(said: dict[str, Any], present: set[str]) -> None:
    entries = [entry(key, rows, role) for key, (rows, role) in said.items()]
    plan = plan_set(ResolvedSet(Header("s"), Entries(entries), Position("f")), None)
    everything = [Said("s", 100, one) for one in entries]
    whole = difference([*IDS, "z"], derive(everything, BUILT_IN), Shown({}, {}, {}))

    fresh = survey(plan, present)
    ends = {row["to"] for one in entries for row in one.body.get("relations", ())}
    assert fresh.outside <= ends - set(said)
    others = {key for key in said if key in present} | (ends - set(said))
    relations = Relations(plan, fresh, others, BUILT_IN)
    near = [one for one in everything if one.entry.id in present] + list(bearing(plan, fresh, others, ()))
    rest = difference(others, derive(near, BUILT_IN), Shown({}, {}, {}))

    terms = [{"id": row["id"], "properties": row["properties"]} for row in term_rows(plan, fresh)]
    assert sorted([*terms, *rest.put_terms], key=lambda row: row["id"]) == list(whole.put_terms)
    rows = [*relations.rows(repeated(relations.hashes())), *rest.add_relations]
    assert sorted(rows, key=lambda row: (row["start"], row["kind"], row["end"])) == list(whole.add_relations)
