"""The parameters of a query as the console's fields give them: a text and a type each. Pure."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.errors import LibraryWrong
from graph.library import TYPES, LibraryQuery, Parameter, from_texts

ANY = "any"
MOST = 50


@dataclass(frozen=True)
class Field:
    """A field of the console: a parameter's name, its type (a key of `graph.library.TYPES`, or ANY), what it holds."""

    name: str
    type: str
    text: str


def values(fields: Iterable[Field]) -> dict[str, Any]:
    """The parameters to run a statement with. Raises LibraryWrong when a text is not of its type."""
    found = tuple(fields)
    typed = tuple(one for one in found if one.type in TYPES)
    query = LibraryQuery(
        "This query", "", "", tuple(Parameter(one.name, one.type, None, True, "") for one in typed), ""
    )
    given = from_texts(query, {one.name: one.text for one in typed})
    return given | {one.name: _any(one) for one in found if one.type not in TYPES}


def shown(value: Any) -> str:
    """A value as a field of type ANY holds it, so that it is read as the same value again."""
    if isinstance(value, str) and not _is_json(value):
        return value
    return json.dumps(value, ensure_ascii=False)


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=_refuse)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _any(field: Field) -> Any:
    """What is JSON is what it says, everything else is a text."""
    try:
        return json.loads(field.text, parse_constant=_refuse)
    except RecursionError as error:
        raise LibraryWrong(f"The parameter {field.name} is nested too deeply: make it flatter.") from error
    except ValueError:
        return field.text


def _refuse(name: str) -> Any:
    raise ValueError(name)
