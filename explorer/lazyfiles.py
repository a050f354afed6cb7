"""The files that come from npm: the map's layouts, with what Dash's components need; and, loaded when they are needed,
the console's editor and table.

They are built by `explorer/editor` (see docs/decisions/0019-the-editor-is-built.md), and kept by browsers until they
change: the fingerprint in their address is that of their content.
"""

import hashlib
from functools import cache
from pathlib import Path

from dash import Dash
from flask import Response, request

FOLDER = Path(__file__).parent / "lazy"
LAYOUTS = "layouts.js"
OF_CONSOLE = ("editor.js", "cypher.js", "grid.js")
NAMES = (LAYOUTS, *OF_CONSOLE)


def register(app: Dash, has_console: bool) -> None:
    """Add the route of these files."""
    names = NAMES if has_console else (LAYOUTS,)

    def lazy(name: str) -> Response:
        if name not in names:
            return Response(status=404)
        return marked(Response(_read(name), mimetype="text/javascript"), _fingerprint(name))

    app.server.add_url_rule("/lazy/<path:name>", "lazy", lazy)


def marked(answer: Response, fingerprint: str) -> Response:
    """A page of another version gets the file of this one, and must not keep it under its own mark."""
    if request.args.get("m") != fingerprint:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def addresses() -> dict[str, str]:
    """The address of each file of the console by its stem."""
    return {name.partition(".")[0]: address(name) for name in OF_CONSOLE}


def address(name: str) -> str:
    """The address of a file, another one after each change of it."""
    return f"/lazy/{name}?m={_fingerprint(name)}"


@cache
def _read(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256(_read(name)).hexdigest()[:16]
