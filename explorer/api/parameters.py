"""What the API may be asked, as pydantic models: they check a query string, and describe it.

Whatever they do not name is refused: a parameter that is spelt wrongly shall not be overlooked.
"""

import re
from typing import Annotated, Any, Literal, TypeVar, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from werkzeug.datastructures import MultiDict

from explorer.panel import MOST_HITS
from explorer.search import LONGEST_WORDS
from explorer.view import MAX_DEPTH
from graph.limits import ROWS

LONGEST_ID = 500
LONGEST_LIST = 4000
MOST_NAMES = 50
PAGE, LARGEST_PAGE, FARTHEST = 50, 100, 1_000_000
WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)


def _whole(text: object) -> object:
    """Python reads "1_0", " 1" and "1.0" as numbers too."""
    if isinstance(text, str) and not WHOLE.fullmatch(text):
        raise ValueError("a whole number is wanted")
    return text


Whole = Annotated[int, BeforeValidator(_whole)]
Id = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]
Name = Annotated[str, Field(max_length=LONGEST_ID)]
Names = Annotated[list[Name], Field(max_length=MOST_NAMES)]
Ids = Annotated[str, Field(max_length=LONGEST_LIST)]


class Wrong(Exception):
    """A query string that is not as described: what is wrong with each parameter."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(" ".join(f"{one['parameter']}: {one['detail']}." for one in errors))
        self.errors = errors


class Asked(BaseModel):
    """What is asked. The names of its fields are those of the parameters."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Paged(Asked):
    """A page of a list."""

    limit: Whole = Field(default=PAGE, ge=1, le=LARGEST_PAGE, description="How many on a page.")
    offset: Whole = Field(default=0, ge=0, le=FARTHEST, description="How many to pass over.")
    revision: str | None = Field(
        default=None,
        pattern="^[0-9a-f]{16}$",
        description="Of the first page; where the data have changed since, the answer is 409.",
    )


class Search(Paged):
    """Words to look for."""

    q: str = Field(
        min_length=1,
        max_length=LONGEST_WORDS,
        description="Name, alias, beginning, or words of a text.",
        examples=["vector"],
    )
    limit: Whole = Field(default=20, ge=1, le=MOST_HITS, description="How many on a page.")


class OfTerm(Asked):
    """A term."""

    id: Id = Field(description="Id of the term; a former one is followed.", examples=["embeddings"])


class NeighboursOf(Paged, OfTerm):
    """A page of a term's neighbours."""


class Between(Asked):
    """Two terms."""

    start: Id = Field(alias="from", description="Id of the term at one end.", examples=["embeddings"])
    end: Id = Field(alias="to", description="Id of the term at the other.", examples=["knowledge-graph"])
    without: Names = Field(default_factory=list, alias="hide-kind", description="Kinds of relations that do not count.")


class OfQuery(Asked):
    """A query of the library, and its parameters."""

    name: Id = Field(description="Name of the query.", examples=["most-connected"])
    parameters: str = Field(
        default="{}",
        max_length=LONGEST_LIST,
        description="Values of its parameters as a JSON object; the others have their defaults.",
        examples=['{"limit": 3}'],
    )
    limit: Whole = Field(default=ROWS, ge=1, le=ROWS, description="Rows at the most.")


class Export(Asked):
    """A map, by the parameters of its address, and a format."""

    format: Literal["json", "csv", "graphml", "html"] = Field(default="json", description="How to write it.")
    term: Name = Field(default="", description="The selected term.")
    focus: Name = Field(default="", description="The map is this term's neighbourhood.")
    depth: Whole = Field(default=1, ge=1, le=MAX_DEPTH, description="How many hops around the focus.")
    path: str = Field(
        default="", max_length=2 * LONGEST_ID, pattern="^([^,]+,[^,]+)?$", description="The map is a path: two ids."
    )
    reading: Name = Field(default="", description="The map is what to read before this term.")
    open: Ids = Field(default="", description="Terms whose neighbours were brought in: rag,llm~2.")
    without: Ids = Field(default="", description="Terms that were taken off.")
    hide: Names = Field(default_factory=list, description="Categories that are hidden, - for none.")
    hide_set: Names = Field(default_factory=list, alias="hide-set", description="Sets that are hidden.")
    hide_kind: Names = Field(default_factory=list, alias="hide-kind", description="Kinds that are hidden.")
    layout: Name = Field(default="", description="Taken from the page's address; files have no layout.")


Model = TypeVar("Model", bound=Asked)


def read(model: type[Model], given: MultiDict[str, str]) -> Model:
    """The query string as this model has it. Raises Wrong."""
    lists = {field.alias or name for name, field in model.model_fields.items() if get_origin(field.annotation) is list}
    twice = [name for name in given if len(given.getlist(name)) > 1 and name not in lists]
    if twice:
        raise Wrong([{"parameter": name, "detail": "It may be given once"} for name in twice])
    values: dict[str, Any] = {name: given.getlist(name) if name in lists else given[name] for name in given}
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise Wrong([_told(one["loc"], one["msg"]) for one in error.errors(include_url=False)]) from error


def _told(place: tuple[int | str, ...], message: str) -> dict[str, str]:
    return {"parameter": str(place[0]) if place else "", "detail": message.removeprefix("Value error, ")}
