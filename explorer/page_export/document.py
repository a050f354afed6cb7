"""The page as one file that a browser opens offline: template, style, scripts and data put together. Pure.

Its Content-Security-Policy lets the two scripts and the style of this file run, by their hashes, and nothing else: no
request goes out. Texts are data in a block that no browser runs, and `dom.js` sets them as text.
"""

import base64
import hashlib
import html
import json
from functools import cache
from pathlib import Path
from string import Template
from urllib.parse import quote

from explorer.page_export.book import Book, payload

HERE = Path(__file__).parent
ASSETS = HERE.parent / "assets"
# In the order in which they use each other.
SCRIPTS = (
    ASSETS / "place.js",
    ASSETS / "room.js",
    ASSETS / "words.js",
    *(HERE / name for name in ("find.js", "book.js", "dom.js", "map.js", "panel.js", "search.js", "page.js")),
)
STYLES = (ASSETS / "conceptmap.css", ASSETS / "filters.css", HERE / "page.css")


def document(book: Book) -> str:
    """The page of a book."""
    fixed = _fixed()
    data = json.dumps(payload(book), ensure_ascii=False, separators=(",", ":"))
    # What could end the block, or begin a comment in it, begins with this sign.
    escaped = data.replace("<", "\\u003c")
    return Template(fixed["template"]).substitute(fixed, title=html.escape(book.title), data=escaped)


@cache
def _fixed() -> dict[str, str]:
    """What is the same on every page."""
    cytoscape = (HERE / "cytoscape.min.js").read_text(encoding="utf-8")
    script = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    style = "\n".join(path.read_text(encoding="utf-8") for path in STYLES)
    return {
        "template": (HERE / "template.html").read_text(encoding="utf-8"),
        "cytoscape": cytoscape,
        "script": script,
        "style": style,
        "policy": policy((cytoscape, script), style),
        "icon": "data:image/svg+xml," + quote((ASSETS / "icon.svg").read_text(encoding="utf-8")),
    }


def policy(scripts: tuple[str, ...], style: str) -> str:
    """The Content-Security-Policy of a page with these scripts and this style."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode()}'"
