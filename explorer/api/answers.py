"""What the API answers, as dataclasses: their fields are the JSON, and the schemas of the description are made of them.

They are apart from the explorer's own dataclasses, which may change without programs noticing.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from pydantic import Field

from explorer import queries
from explorer.mapfile import MapFile, MapTerm
from explorer.search import Suggestion
from graph import library
from graph.kinds import Kind

Next = Annotated[str | None, Field(description="Where the next page is, a path of this server; null on the last.")]
Revision = Annotated[str, Field(description="Changes when the data do; all pages of a list are of one revision.")]
Total = Annotated[int, Field(description="How many there are on all pages.")]


@dataclass(frozen=True)
class Term:
    """A term in short."""

    id: str
    name: str
    definition: str
    category: str
    defined: Annotated[bool, Field(description="False: no set defines it, others only refer to it.")]


@dataclass(frozen=True)
class Hit:
    """A term that was found, and why where its name does not say so."""

    term: Term
    why: str


@dataclass(frozen=True)
class Hits:
    """What a search found, the best first."""

    items: list[Hit]
    total: Total
    more: Annotated[bool, Field(description="There are more hits than a search gives.")]
    nearest: Annotated[list[Hit], Field(description="Where nothing was found: terms whose names come near.")]
    next: Next
    revision: Revision


@dataclass(frozen=True)
class Entry:
    """What one set says of a term."""

    set: str
    title: str
    definition: str


@dataclass(frozen=True)
class TermDetail:
    """All that the panel tells of a term."""

    id: str
    name: str
    definition: str
    category: str
    defined: bool
    explanation: Annotated[str, Field(description="Markdown.")]
    aliases: list[str]
    entries: Annotated[list[Entry], Field(description="What each set says, by rank.")]
    neighbours: Annotated[int, Field(description="How many terms are related to it.")]
    page: Annotated[str, Field(description="Where the map shows it, a path of this server.")]
    revision: Revision


@dataclass(frozen=True)
class Neighbour:
    """A relation of a term: to whom, and how it reads from that term on."""

    term: Term
    kind: str
    words: str
    forward: Annotated[bool, Field(description="The relation starts at the term that was asked for.")]
    note: str


@dataclass(frozen=True)
class Neighbours:
    """The relations of a term, those to the most important terms first."""

    id: str
    items: list[Neighbour]
    total: Total
    next: Next
    revision: Revision


@dataclass(frozen=True)
class Relation:
    """A relation between two terms, and the sets that tell it."""

    source: str
    kind: str
    target: str
    note: str
    sets: list[str]


@dataclass(frozen=True)
class Way:
    """One of the shortest ways: the ids of its terms, and the sentence that tells it."""

    terms: list[str]
    sentence: str


@dataclass(frozen=True)
class Paths:
    """The shortest ways between two terms."""

    start: str
    end: str
    summary: Annotated[str, Field(description="The answer in words.")]
    ways: list[Way]
    more: Annotated[bool, Field(description="There are more ways that are as short.")]
    terms: list[Term]
    relations: list[Relation]
    blocked: Annotated[bool, Field(description="Only kinds that were left out would lead on.")]
    stopped: Annotated[bool, Field(description="The search was given up before all was seen.")]
    revision: Revision


@dataclass(frozen=True)
class TermSet:
    """A set that is loaded."""

    id: str
    title: str
    size: int
    version: str
    license: str
    source: str
    loading: bool


@dataclass(frozen=True)
class Sets:
    """The loaded sets by rank."""

    items: list[TermSet]
    total: Total
    terms: Annotated[int, Field(description="How many terms are defined in all.")]
    next: Next
    revision: Revision


@dataclass(frozen=True)
class MappedTerm:
    """A term of a map with all its texts."""

    id: str
    name: str
    definition: str
    explanation: str
    category: str
    aliases: list[str]
    importance: float
    community: int | None
    degree: int
    defined: bool
    sets: list[str]


@dataclass(frozen=True)
class MappedKind:
    """A kind of relation, and how it reads from either side."""

    id: str
    label: str
    inverse_label: str
    symmetric: bool


@dataclass(frozen=True)
class Map:
    """What a map shows."""

    name: str
    title: str
    terms: list[MappedTerm]
    relations: list[Relation]
    kinds: list[MappedKind]
    sets: list[TermSet]
    revision: Revision


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query."""

    name: str
    type: str
    required: bool
    default: Any
    help: str


@dataclass(frozen=True)
class LibraryQuery:
    """A query of the library, and what it answers."""

    name: str
    title: str
    description: str
    parameters: list[Parameter]
    text: Annotated[str, Field(description="Cypher.")]


@dataclass(frozen=True)
class LibraryQueries:
    """The library by name."""

    items: list[LibraryQuery]
    total: Total
    next: Next
    revision: Revision


@dataclass(frozen=True)
class Rows:
    """What a query answered. Whole numbers beyond 2 to the 53rd are texts; nodes, relationships, paths are objects."""

    name: str
    columns: list[str]
    rows: list[list[Any]]
    truncated: Annotated[bool, Field(description="There are more rows.")]
    cuts: Annotated[list[str], Field(description="Which limits were reached, in words.")]
    revision: Revision


def library_query(one: library.LibraryQuery) -> LibraryQuery:
    given = [Parameter(each.name, each.type, each.is_required, each.default, each.help) for each in one.parameters]
    return LibraryQuery(one.name, one.title, one.description, given, one.text)


def term(one: queries.Brief | queries.Node) -> Term:
    return Term(one.id, one.name, one.definition, one.category, one.defined)


def hits(found: Iterable[Suggestion]) -> list[Hit]:
    return [Hit(term(one.term), one.why) for one in found]


def relation(one: queries.Relation) -> Relation:
    return Relation(one.source, one.kind, one.target, one.note, sorted(one.sets))


def term_set(one: queries.TermSet) -> TermSet:
    return TermSet(**asdict(one))


def map_of(file: MapFile, revision: str) -> Map:
    return Map(
        name=file.name,
        title=file.title,
        terms=[_mapped(one) for one in file.terms],
        relations=[relation(one) for one in file.relations],
        kinds=[_kind(one) for one in file.kinds],
        sets=[term_set(one) for one in file.sets],
        revision=revision,
    )


def _mapped(one: MapTerm) -> MappedTerm:
    node = one.node
    return MappedTerm(
        id=node.id,
        name=node.name,
        definition=node.definition,
        explanation=one.explanation,
        category=node.category,
        aliases=list(one.aliases),
        importance=node.importance,
        community=one.community,
        degree=node.degree,
        defined=node.defined,
        sets=list(one.sets),
    )


def _kind(one: Kind) -> MappedKind:
    return MappedKind(one.id, one.label, one.inverse_label, one.symmetric)
