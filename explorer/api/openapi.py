"""The description of the API, OpenAPI 3.1, made of the operations, their parameters and their answers. Pure."""

from typing import Any

from pydantic import TypeAdapter

from explorer.api.operations import OPERATIONS, Operation
from explorer.api.parameters import Asked, Export, OfQuery
from explorer.api.problems import MIMETYPE
from explorer.exports import TYPES

REF = "#/components/schemas/{model}"
JSON = "application/json"
Document = dict[str, Any]
ERRORS = {
    304: "Nothing has changed since the answer that If-None-Match names.",
    400: "A parameter is not as described.",
    401: "A login is asked for.",
    403: "Another site's page asks, and is not allowed to.",
    404: "There is no such term or query, or no term on the map.",
    405: "Another method than GET, HEAD and OPTIONS.",
    406: "The Accept header leaves the answer's type out.",
    409: "The data have changed since the first page.",
    414: "The query string is too long.",
    421: "The explorer is not served under this host name.",
    422: "The parameters do not fit the query, or it cannot be answered.",
    429: "Too many requests, or too many logins that failed; see Retry-After.",
    500: "A defect; the server's log has the details.",
    503: "The database, or the search index, is not there yet; or too much is asked at once.",
}


def document() -> Document:
    """The whole description."""
    _, defs = TypeAdapter.json_schemas(
        [(one.name, "serialization", TypeAdapter(one.answer)) for one in OPERATIONS], ref_template=REF
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "conceptmap",
            "version": "1",
            "summary": "The terms of a concept map and how they hang together, read-only.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {one.path: {"get": _operation(one)} for one in OPERATIONS},
        "components": {
            "schemas": {**defs["$defs"], "Problem": _problem()},
            "parameters": {"IfNoneMatch": _if_none_match()},
            "securitySchemes": {"basic": {"type": "http", "scheme": "basic"}},
        },
        # A login only where the explorer asks for one.
        "security": [{}, {"basic": []}],
    }


def _operation(one: Operation) -> Document:
    left_out = set() if one.names else {404}
    left_out |= set() if one.paged else {409}
    left_out |= set() if one.asked is OfQuery else {422}
    return {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [*_parameters(one.asked), {"$ref": "#/components/parameters/IfNoneMatch"}],
        "responses": {
            "200": {
                "description": (one.answer.__doc__ or "").strip(),
                "headers": {"ETag": {"schema": {"type": "string"}, "description": "Of the revision of the data."}},
                "content": _content(one),
            },
            **{str(status): _error(status, text) for status, text in ERRORS.items() if status not in left_out},
        },
    }


def _content(one: Operation) -> Document:
    schema = {"$ref": REF.format(model=one.answer.__name__)}
    files = TYPES if one.asked is Export else {}
    return {JSON: {"schema": schema}, **{type_.partition(";")[0]: {} for type_ in files.values()}}


def _parameters(asked: type[Asked]) -> list[Document]:
    schema = asked.model_json_schema()
    wanted = schema.get("required", ())
    return [_parameter(name, dict(one), name in wanted) for name, one in schema["properties"].items()]


def _parameter(name: str, schema: Document, required: bool) -> Document:
    told = schema.pop("description", "")
    schema.pop("title", None)
    if "anyOf" in schema:  # a parameter is there or not, never null
        schema = next(one for one in schema["anyOf"] if one != {"type": "null"})
    if schema.get("default") in ("", None):
        schema.pop("default", None)
    return {"name": name, "in": "query", "required": required, "description": told, "schema": schema}


def _error(status: int, text: str) -> Document:
    if status == 304:
        return {"description": text}
    return {"description": text, "content": {MIMETYPE: {"schema": {"$ref": REF.format(model="Problem")}}}}


def _problem() -> Document:
    texts = {name: {"type": "string"} for name in ("type", "title", "detail")}
    return {
        "type": "object",
        "description": "An error, as RFC 9457 has it.",
        "properties": {
            **texts,
            "status": {"type": "integer"},
            "errors": {"type": "array", "items": _texts("parameter", "detail"), "description": "Of 400."},
            "nearest": {"type": "array", "items": _texts("id", "name"), "description": "Of 404: perhaps meant."},
            "revision": {"type": "string", "description": "Of 409: the present one."},
        },
        "required": [*texts, "status"],
    }


def _texts(*names: str) -> Document:
    return {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": list(names)}


def _if_none_match() -> Document:
    return {
        "name": "If-None-Match",
        "in": "header",
        "required": False,
        "description": "The ETag of an answer that is kept.",
        "schema": {"type": "string"},
    }
