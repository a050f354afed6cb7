"""Which pages of other sites may ask the API: none, unless their origin is named in CONCEPTMAP_API_ORIGINS."""

from collections.abc import Collection

from flask import Request, Response

ALLOWED = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "Authorization, If-None-Match",
    "Access-Control-Max-Age": "600",
}
READABLE = "Content-Disposition, ETag, Link, Retry-After, X-Left-Out"


def add_headers(request: Request, response: Response, origins: Collection[str]) -> None:
    """Tell the browser what it may hand to a page of another site. Cookies are never among it."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if origin not in origins:
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = READABLE
    if request.method == "OPTIONS":
        response.headers.update(ALLOWED)
