"""Errors for programs, as RFC 9457 has them: `application/problem+json`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from flask import Response

MIMETYPE = "application/problem+json"
ROOT = "/api/"


def is_below(path: str) -> bool:
    """Is this an address of the API?"""
    return path.startswith(ROOT) or path == ROOT.rstrip("/")


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The answer that tells of an error: `detail` is its sentence, `more` are members of its own."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    response = Response(orjson.dumps(body), status, content_type=MIMETYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers.update(headers or {})
    return response


class Refusal(Exception):
    """An error on purpose: status, sentence, headers, and members of its own."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}
        self.more = more

    def answer(self) -> Response:
        """The problem that it is."""
        return problem(self.status, str(self), self.headers, **self.more)
