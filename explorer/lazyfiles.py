"""The files that the page loads only when they are needed: the console's editor and its table.

They are built by `explorer/editor` (see docs/decisions/0019-the-editor-is-built.md), and kept by browsers until they
change: the fingerprint in their address is that of their content.
"""

import hashlib
from functools import cache
from pathlib import Path

from dash import Dash
from flask import Response

FOLDER = Path(__file__).parent / "lazy"
NAMES = ("editor.js", "cypher.js", "grid.js")


def register(app: Dash) -> None:
    """Add the route of these files."""

    def lazy(name: str) -> Response:
        if name not in NAMES:
            return Response(status=404)
        return Response(_read(name), mimetype="text/javascript")

    app.server.add_url_rule("/lazy/<path:name>", "lazy", lazy)


def addresses() -> dict[str, str]:
    """The address of each file by its stem."""
    return {name.partition(".")[0]: f"/lazy/{name}?m={_fingerprint(name)}" for name in NAMES}


@cache
def _read(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256(_read(name)).hexdigest()[:16]
