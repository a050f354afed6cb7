"""A graph in memory that answers what the explorer asks: to be large, odd or away on command, without a server."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from graph.errors import ServerUnreachable

Row = dict[str, Any]
TEXTS = {"definition": "", "category": None, "importance": 0.0, "defined": True, "aliases": [], "explanation": ""}


class MemoryGraph:
    """Terms as rows with an id, relations as (source, kind, target). `away`: every question fails as in an outage;
    `broken`: the question of that name raises `error`, by default one that no one expects.
    """

    def __init__(
        self,
        terms: Iterable[Row],
        relations: Iterable[tuple[str, str, str]] = (),
        former: dict[str, str] | None = None,
        graph_id: str = "one",
    ) -> None:
        self.terms = {row["id"]: {"name": row["id"]} | TEXTS | row for row in terms}
        self.relations = list(relations)
        self.former = former or {}
        self.graph_id = graph_id
        self.revision = 1
        self.away = False
        self.broken = ""
        self.error: Exception = ValueError("a defect")
        self.asked: Counter[str] = Counter()

    def read(self, name: str, /, **given: Any) -> list[Row]:
        self.asked[name] += 1
        if self.away:
            raise ServerUnreachable("No database answers at bolt://x: start the server there.")
        if name == self.broken:
            raise self.error
        answers: dict[str, Callable[..., list[Row]]] = {
            "explore/revision": lambda: [{"graph_id": self.graph_id, "revision": self.revision}],
            "explore/sets": self._sets,
            "explore/categories": self._categories,
            "explore/start": list,
            "explore/overview": self._overview,
            "explore/neighbours": lambda ids: [{"id": one, "neighbours": self._near(one)} for one in ids],
            "explore/step": lambda ids: [{"id": one} for one in self._order({n for i in ids for n in self._near(i)})],
            "explore/reach": lambda ids, hidden: [
                {"id": one} for one in {n for i in ids for n in self._near(i, hidden)}
            ],
            "explore/onward": lambda ids, hidden: [
                {"id": one, "neighbour": near, "importance": self.terms[near]["importance"]}
                for one in ids
                for near in self._near(one, hidden)
            ],
            "explore/scene": lambda ids, among: [self._on_map(one, among) for one in ids if one in self.terms],
            "explore/term": lambda **given: [self._term(given["id"])],
            "explore/former": lambda ids: [{"id": one, "now": self.former[one]} for one in ids if one in self.former],
            "explore/briefs": lambda ids: [self.terms[one] for one in ids if one in self.terms],
            "explore/texts": lambda ids: [self._texts(one) for one in ids if one in self.terms],
            "explore/names": lambda: list(self.terms.values()),
        }
        return answers[name](**given)

    read_all = read

    def fold(self, name: str, /, make: Callable[[Iterable[Row]], Any], **given: Any) -> Any:
        return make(iter(self.read(name, **given)))

    def _order(self, ids: Iterable[str]) -> list[str]:
        return sorted(ids, key=lambda one: (-self.terms[one]["importance"], one))

    def _near(self, term: str, hidden: Iterable[str] = ()) -> list[str]:
        told = [one for one in self.relations if term in (one[0], one[2]) and one[1] not in hidden]
        return self._order({b if a == term else a for a, _, b in told})

    def _sets(self) -> list[Row]:
        one = {"id": "s", "title": "S", "version": "1", "license": "", "priority": 100, "kinds": None, "state": "ready"}
        return [one | {"size": len(self.terms)}] if self.terms else []

    def _categories(self) -> list[Row]:
        counts = Counter(row["category"] or "" for row in self.terms.values() if row["defined"])
        return [{"category": category, "terms": terms} for category, terms in counts.most_common()]

    def _overview(self, limit: int) -> list[Row]:
        defined = self._order(one for one, row in self.terms.items() if row["defined"])[:limit]
        return [{"id": one, "importance": self.terms[one]["importance"]} for one in defined]

    def _on_map(self, term: str, among: dict[str, bool]) -> Row:
        told = {"note": None, "sets": ["s"]}
        ends = [(b if a == term else a, kind, a == term) for a, kind, b in self.relations if term in (a, b)]
        relations = [
            told | {"other": other, "kind": kind, "leaves": leaves}
            for other, kind, leaves in ends
            if other in among and (leaves or not among[other])
        ]
        sets = {"sets": ["s"], "told_by": []} | self.terms[term]
        return sets | {"degree": len(self._near(term)), "relations": relations}

    def _texts(self, term: str) -> Row:
        row = self.terms[term]
        told = [{"set": one, "role": "main"} for one in row.get("sets", ["s"])] if row["defined"] else []
        return {"community": 1, "entries": told} | {key: row[key] for key in ("id", "explanation", "aliases")}

    def _term(self, term: str) -> Row:
        if term not in self.terms:
            return {"id": None, "now": self.former.get(term)}
        mine = [(b if a == term else a, kind, a == term) for a, kind, b in self.relations if term in (a, b)]
        order = {one: place for place, one in enumerate(self._near(term))}
        neighbours = [
            self.terms[one] | {"kind": kind, "note": None, "forward": forward}
            for one, kind, forward in sorted(mine, key=lambda row: order[row[0]])
        ]
        return {"entries": []} | self.terms[term] | {"now": None, "neighbours": neighbours}


def wheel(spokes: int, **more: Any) -> MemoryGraph:
    """A hub with so many neighbours."""
    names = [f"s{number:04}" for number in range(spokes)]
    terms = [{"id": "hub", "name": "Hub", "importance": 9.0, "category": "Hubs", "definition": "The middle."}]
    terms += [{"id": name, "importance": 1.0, "category": "Spokes", "definition": "A spoke."} for name in names]
    return MemoryGraph(terms, [("hub", "related", name) for name in names], **more)
