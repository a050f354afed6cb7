"""The page's frame: what a browser is told to load, and in which order. Nothing is read from the graph here.

Forty small scripts of our own would be forty requests at each start: the page has them as one, and its styles too.
"""

import hashlib
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dash import Dash
from flask import Response

from explorer import lazyfiles
from explorer.style import THEMES, stylesheet

ASSETS = Path(__file__).parent / "assets"
# In the head: theme.js, so that the page is never painted in the other theme first; first.js, so that the server
# answers while the browser reads the other scripts.
HEAD = ("theme.js", "first.js")
INDEX = """<!DOCTYPE html>
<html lang="en">
  <head>
    {%metas%}
    <title>{%title%}</title>
    <link rel="icon" type="image/svg+xml" href="/assets/icon.svg?m={icon}">
    <script src="/assets/theme.js?m={theme}"></script>
    <script src="/assets/first.js?m={first}"></script>
    <link rel="stylesheet" href="{styles}">
    <link rel="preload" as="fetch" crossorigin="anonymous" href="/_dash-layout">
    <link rel="preload" as="fetch" crossorigin="anonymous" href="/_dash-dependencies">
  </head>
  <body>
    {%app_entry%}
    {%config%}
    {%scripts%}
    <script src="{scripts}"></script>
    <script src="{layouts}"></script>
    {%renderer%}
  </body>
</html>"""
# What Dash would have every page load and this one has no use for: the table's component, and a polyfill for browsers
# that understand none of our scripts anyway; it takes its time at each start and makes parseInt and others slower.
# What Dash's components need of it comes with the layouts.
UNUSED = re.compile(r'<script src="[^"]*/(?:deps/polyfill|dash_table/)[^"]*"></script>\n?')
ALL = {"styles": ("css", "text/css"), "scripts": ("js", "text/javascript")}
ROUTES = tuple(f"all_{part}" for part in ALL)


class Frame(Dash):
    """Dash with a page of its own."""

    def interpolate_index(self, *, scripts: str = "", **parts: Any) -> Any:  # type: ignore[override]
        """The page's text; `scripts` and `parts` are what Dash has made for it."""
        return super().interpolate_index(scripts=UNUSED.sub("", scripts), **parts)  # type: ignore[no-untyped-call]


def index() -> str:
    """The frame of the page; a file's time or fingerprint in its address lets browsers keep it until it changes."""
    text = INDEX
    for name in ("icon.svg", *HEAD):
        text = text.replace(f"{{{name.partition('.')[0]}}}", str(int((ASSETS / name).stat().st_mtime)))
    for part, (suffix, _) in ALL.items():
        text = text.replace(f"{{{part}}}", f"/assets/all.{suffix}?m={_fingerprint(suffix)}")
    return text.replace("{layouts}", lazyfiles.address(lazyfiles.LAYOUTS))


def register(app: Dash) -> None:
    """Add the routes of our own scripts and styles, each as one file."""
    for route, (suffix, kind) in zip(ROUTES, ALL.values(), strict=True):

        def answer(suffix: str = suffix, kind: str = kind) -> Response:
            return lazyfiles.marked(Response(_joined(suffix), mimetype=kind), _fingerprint(suffix))

        app.server.add_url_rule(f"/assets/all.{suffix}", route, answer)


@cache
def _fingerprint(suffix: str) -> str:
    """Of the content, and of all else that an arrangement of the map follows from: `known.js` goes by it."""
    others = (lazyfiles.address(lazyfiles.LAYOUTS), version("dash-cytoscape"), *map(stylesheet, THEMES.values()))
    return hashlib.sha256(_joined(suffix) + repr(others).encode()).hexdigest()[:16]


@cache
def _joined(suffix: str) -> bytes:
    """All assets of a kind one after the other, but for those in the head."""
    files = sorted(file for file in ASSETS.glob(f"*.{suffix}") if file.name not in HEAD)
    return b"\n".join(file.read_bytes() for file in files)
