"""The routes below `/api/`: from a request to an operation, and from its answer, or what went wrong, to a response."""

import logging
import threading
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from urllib.parse import quote

import orjson
from dash import Dash
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from explorer import messages
from explorer.api import cors, parameters
from explorer.api.desk import Desk
from explorer.api.openapi import JSON, document
from explorer.api.operations import OPERATIONS, File, Operation
from explorer.api.problems import ROOT, Refusal, is_below, problem
from explorer.exports import LEFT_OUT, TYPES, Writer
from explorer.login.attempts import Attempts
from explorer.login.proxies import Proxies
from explorer.screen import Screens
from graph.errors import GraphError, QueryFailed
from graph.library import read_library
from graph.settings import Settings, listed

log = logging.getLogger(__name__)
LONGEST_QUERY = 8_000
# Few beside the threads that answer: whoever reads the map shall not wait for programs.
AT_ONCE = 4
A_MINUTE = 60.0
MOST_IN_A_MINUTE = 600
LATER = {"Retry-After": "5"}


def register(app: Dash, screens: Screens, settings: Settings, writers: Mapping[str, Writer]) -> None:
    """Add the routes. `writers` write what a map shows, by format."""
    server: Flask = app.server
    api = Api(Desk(screens, writers), settings)
    for one in OPERATIONS:
        server.add_url_rule(one.path, f"api_{one.name}", lambda one=one: api.answer(one))
    server.add_url_rule(f"{ROOT}openapi.json", "api_openapi", api.description)
    for rule in (ROOT.rstrip("/"), ROOT, f"{ROOT}<path:rest>"):
        server.add_url_rule(rule, "api_unknown", _unknown)
    server.register_error_handler(HTTPException, _of_http)
    server.after_request(api.add_headers)


class Api:
    """Answers operations. One for the whole app."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk = replace(desk, library=read_library(settings.library))
        for sentence in self._desk.library.problems:
            log.warning("%s", sentence)
        self._proxies = Proxies.of(settings)
        self._origins = frozenset(listed(settings.api_origins))
        self._rate = Attempts(MOST_IN_A_MINUTE, A_MINUTE)
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def answer(self, one: Operation) -> Response:
        """The response to an operation."""
        try:
            self._limit()
            if not self._free.acquire(blocking=False):
                raise Refusal(503, messages.API_BUSY, {"Retry-After": "1"})
            try:
                return self._answered(one)
            finally:
                self._free.release()
        except Refusal as refusal:
            return refusal.answer()
        except parameters.Wrong as error:
            return problem(400, messages.API_WRONG.format(errors=error), errors=error.errors)
        except GraphError as error:
            if isinstance(error, QueryFailed):
                log.error("The graph refused what a program asked", exc_info=error)
                return problem(500, messages.DEFECT)
            return problem(503, str(error), LATER)
        except Exception:
            log.exception("A question of a program failed")
            return problem(500, messages.DEFECT)

    def description(self) -> Response:
        """The description of all this."""
        return Response(self._document, content_type=JSON, headers={"Cache-Control": "no-cache"})

    @cached_property
    def _document(self) -> bytes:
        return orjson.dumps(document())

    def add_headers(self, response: Response) -> Response:
        """After each request: what other sites' pages may read."""
        if is_below(request.path):
            cors.add_headers(request, response, self._origins)
        return response

    def _limit(self) -> None:
        if len(request.query_string) > LONGEST_QUERY:
            raise Refusal(414, messages.API_LONG.format(most=LONGEST_QUERY))
        if wait := self._rate.take(self._proxies.client(request)):
            text = messages.API_RATE.format(most=MOST_IN_A_MINUTE, seconds=wait)
            raise Refusal(429, text, {"Retry-After": str(wait)})

    def _answered(self, one: Operation) -> Response:
        asked = parameters.read(one.asked, request.args)
        type_ = TYPES.get(getattr(asked, "format", ""), JSON)
        _check_accepted(type_.partition(";")[0])
        desk = self._desk.look(one.finds)
        kept = request.if_none_match
        if not kept.star_tag and kept.contains_weak(desk.revision):
            response = Response(status=304)
        else:
            response = _response(one.run(desk, asked), type_)
        response.set_etag(desk.revision, weak=True)
        response.headers["Cache-Control"] = "private, no-cache"
        response.vary.add("Accept")
        return response


def _unknown(**_: str) -> Response:
    return problem(404, messages.API_UNKNOWN)


def _response(made: object, type_: str) -> Response:
    if not isinstance(made, File):
        response = Response(orjson.dumps(made), content_type=type_)
        if onward := getattr(made, "next", None):
            response.headers["Link"] = f'<{onward}>; rel="next"'
        return response
    response = Response(made.written.text, content_type=type_)
    response.headers.set("Content-Disposition", "attachment", filename=f"{made.name}.{made.format}")
    if made.written.left_out:
        response.headers[LEFT_OUT] = quote("; ".join(made.written.left_out), safe=" ;,:'()")
    return response


def _check_accepted(type_: str) -> None:
    accepted = request.accept_mimetypes
    if accepted and not accepted.best_match([type_]):
        raise Refusal(406, messages.API_TYPE.format(type=type_))


def _of_http(error: HTTPException) -> Response | HTTPException:
    """What Flask itself refuses, below `/api/` as a problem."""
    if not is_below(request.path):
        return error
    status = error.code or 500
    if isinstance(error, MethodNotAllowed):
        return problem(status, messages.API_METHOD, {"Allow": ", ".join(sorted(error.valid_methods or ()))})
    return problem(status, error.description or messages.API_UNKNOWN)
