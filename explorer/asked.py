"""What the explorer asks the graph for what it shows: the statement's name, its text and the parameters that ran. Pure.

`queries.py`, `search.py` and `set_health_read.py` ask by these, so that who is shown the Cypher of a panel, a map, a
path, a hit or a number sees what ran. The functions that begin with `for_` tell all statements behind one thing on the
screen.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from explorer.view import EVERY_SET
from graph.statements import statement


@dataclass(frozen=True)
class Asked:
    """A statement of `cypher/` and the parameters that it ran with."""

    name: str
    parameters: dict[str, Any]

    @property
    def title(self) -> str:
        """What the statement is called."""
        return statement(self.name).title

    @property
    def answers(self) -> str:
        """What it answers, in a sentence."""
        return statement(self.name).answers

    @property
    def text(self) -> str:
        """The statement with its head, as it stands in its file."""
        return statement(self.name).text


def term(key: str) -> Asked:
    """A term with its texts and neighbours."""
    return Asked("explore/term", {"id": key})


def scene(fresh: Sequence[str], ids: Iterable[str]) -> Asked:
    """The terms of a map that are not known yet, and the relations among all of the map."""
    new = frozenset(fresh)
    return Asked("explore/scene", {"ids": list(fresh), "among": {key: key in new for key in ids}})


def neighbours(ids: Sequence[str]) -> Asked:
    """The neighbours of some terms, the most important first."""
    return Asked("explore/neighbours", {"ids": list(ids)})


def reach(ids: Collection[str], hidden: Sequence[str]) -> Asked:
    """A step of the search for a path."""
    return Asked("explore/reach", {"ids": list(ids), "hidden": list(hidden)})


def onward(ids: Collection[str], hidden: Sequence[str]) -> Asked:
    """The relations by which the ways of a path are put together."""
    return Asked("explore/onward", {"ids": list(ids), "hidden": list(hidden)})


def foundations(ids: Collection[str], kinds: Sequence[str]) -> Asked:
    """What some terms build on."""
    return Asked("explore/foundations", {"ids": list(ids), "kinds": list(kinds)})


def briefs(ids: Sequence[str]) -> Asked:
    """Some terms in a line each, as the hits of a search are shown."""
    return Asked("explore/briefs", {"ids": list(ids)})


def names() -> Asked:
    """All that the search looks through."""
    return Asked("explore/names", {})


def sets() -> Asked:
    """The loaded sets."""
    return Asked("explore/sets", {})


def categories() -> Asked:
    """The categories and how many terms each has."""
    return Asked("explore/categories", {})


def overview(limit: int) -> Asked:
    """The most important terms."""
    return Asked("explore/overview", {"limit": limit})


def health_terms(set_id: str) -> Asked:
    """What is counted of the terms of a set, or of all."""
    return _health("explore/health_terms", set_id)


def health_relations(set_id: str) -> Asked:
    """What is counted of the relations of a set, or of all."""
    return _health("explore/health_relations", set_id)


def health_shared(set_ids: Sequence[str]) -> Asked:
    """What these sets and others say of the terms that they share."""
    return Asked("explore/health_shared", {"sets": list(set_ids)})


def _health(name: str, set_id: str) -> Asked:
    return Asked(name, {}) if set_id == EVERY_SET else Asked(f"{name}_of_set", {"set": set_id})


def for_term(key: str) -> tuple[Asked, ...]:
    """Behind the panel of a term."""
    return (term(key),)


def for_map(ids: Sequence[str]) -> tuple[Asked, ...]:
    """Behind a map of these terms: the terms with their relations, and the neighbours that a click brings in."""
    return (scene(ids, ids), neighbours(ids))


def for_path(start: str, end: str, on_the_way: Sequence[str], hidden: Sequence[str]) -> tuple[Asked, ...]:
    """Behind a path: the first step from both ends, how the ways are put together, and what is drawn of them."""
    ends = tuple(dict.fromkeys((start, end)))
    drawn = tuple(dict.fromkeys((*ends, *on_the_way)))
    return (reach((start,), hidden), reach((end,), hidden), onward(drawn, hidden), scene(drawn, drawn))


def for_hits(ids: Sequence[str]) -> tuple[Asked, ...]:
    """Behind the hits of a search: what is looked through, and the hits themselves."""
    return (names(), briefs(ids))


def for_health(set_id: str) -> tuple[Asked, ...]:
    """Behind the numbers of a set's health, or of all sets'."""
    return (health_terms(set_id), health_relations(set_id))
