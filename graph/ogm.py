"""Terms and term sets as py2neo classes, for the notebooks that still use py2neo: `pip install conceptmap[py2neo]`.

py2neo is at the end of its life, so nothing else here depends on it. These classes are for reading what the loader
wrote; loading goes through `conceptmap load`, which keeps what each set said.
"""

from collections.abc import Iterator
from dataclasses import dataclass

try:
    from py2neo import Graph
    from py2neo.ogm import Model, Property, RelatedFrom, RelatedTo
except ImportError as error:
    raise ImportError("graph.ogm needs py2neo: install it with `pip install conceptmap[py2neo]`.") from error

from graph.connection import Graph as Connection
from graph.kinds import BUILT_IN


@dataclass(frozen=True)
class Relation:
    """A relation as seen from one of its terms: `label` reads from that term to `term` ("is used by")."""

    kind: str
    label: str
    term: "Term"
    note: str | None


class Term(Model):  # type: ignore[misc]
    """A term; `related_to` and `related_from` are its relations' other ends, `defined_by` the sets that define it."""

    __primarykey__ = "id"

    id = Property()
    name = Property()
    definition = Property()
    explanation = Property()
    category = Property()
    aliases = Property()
    defined = Property()
    importance = Property()
    community = Property()

    related_to = RelatedTo("Term", "RELATED_TO")
    related_from = RelatedFrom("Term", "RELATED_TO")
    defined_by = RelatedFrom("TermSet", "DEFINES")

    def relations(self) -> Iterator[Relation]:
        """All relations of the term, each told from its side; built-in kinds have words, others their id."""
        for ends, forward in ((self.related_to, True), (self.related_from, False)):
            for term in ends:
                kind = ends.get(term, "kind")
                known = BUILT_IN.get(kind)
                label = kind if known is None else known.label if forward else known.inverse_label
                yield Relation(kind, label, term, ends.get(term, "note"))


class TermSet(Model):  # type: ignore[misc]
    """A loaded term set and the terms it defines."""

    __primarykey__ = "id"

    id = Property()
    title = Property()
    version = Property()
    language = Property()
    priority = Property()
    source = Property()
    license = Property()
    size = Property()
    state = Property()

    terms = RelatedTo("Term", "DEFINES")


def connect(connection: Connection) -> Graph:
    """A py2neo Graph on the server that a connection of ours is open to, with its reading account."""
    return Graph(connection.accounts.uri, auth=connection.accounts.reader, name=connection.accounts.database)


__all__ = ["Relation", "Term", "TermSet", "connect"]
