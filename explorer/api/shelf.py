"""The operations about the library of queries: what it holds, and the answer of one of them."""

import json
from typing import Any

from explorer import messages
from explorer.api import answers, parameters
from explorer.api.answers import LibraryQueries, Rows
from explorer.api.desk import Desk
from explorer.api.problems import ROOT, Refusal
from graph.errors import LibraryWrong, QueryFailed, QueryTimeout, ReadOnlyRefused, TooManyQueries, UnknownQuery
from graph.library import LibraryQuery, bind
from graph.limits import Limits


def library(desk: Desk, asked: parameters.Paged) -> LibraryQueries:
    """The queries by name."""
    desk.same(asked)
    items, onward = desk.page(ROOT + "library", asked, desk.library.queries)
    return LibraryQueries(
        items=[answers.library_query(one) for one in items],
        total=len(desk.library.queries),
        next=onward,
        revision=desk.revision,
    )


def query(desk: Desk, asked: parameters.OfQuery) -> Rows:
    """What a query of the library answers, as `conceptmap query NAME` does."""
    wanted, given = _wanted(desk, asked)
    try:
        found = desk.scenes.graph.query(wanted.text, given, Limits(rows=asked.limit))
    except TooManyQueries as error:
        raise Refusal(503, str(error), {"Retry-After": "5"}) from error
    except (QueryFailed, QueryTimeout, ReadOnlyRefused) as error:
        raise Refusal(422, str(error)) from error
    return Rows(
        name=wanted.name,
        columns=list(found.columns),
        rows=[list(row) for row in found.rows],
        truncated=found.truncated,
        cuts=[cut.sentence for cut in found.cuts],
        revision=desk.revision,
    )


def _wanted(desk: Desk, asked: parameters.OfQuery) -> tuple[LibraryQuery, dict[str, Any]]:
    try:
        wanted = desk.library.find(asked.name)
        given = json.loads(asked.parameters)
        if not isinstance(given, dict):
            raise Refusal(422, messages.API_PARAMETERS)
        return wanted, bind(wanted, given)
    except UnknownQuery as error:
        raise Refusal(404, str(error)) from error
    except LibraryWrong as error:
        raise Refusal(422, str(error)) from error
    except (ValueError, RecursionError) as error:
        raise Refusal(422, messages.API_PARAMETERS) from error
