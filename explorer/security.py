"""Who may ask, and what a browser may do with the answer: host names, origins, headers.

An explorer on a laptop is reachable by every page the reader has open. A host check stops DNS rebinding, an
origin check stops other sites' requests, and the Content-Security-Policy leaves a script that came in with
data nothing to run and nowhere to send.
"""

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Response, request

from explorer import messages
from explorer.api.problems import is_below, problem
from graph.settings import Settings, listed

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
ANY_ADDRESS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  -- names to recognise, nothing is bound here
OK = 200
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
TRUSTED_SITES = frozenset({"same-origin", "none"})


def served_names(settings: Settings) -> frozenset[str]:
    """The host names under which this explorer answers."""
    listed = {name.strip().lower().rstrip(".") for name in settings.allowed_hosts.split(",") if name.strip()}
    return LOOPBACK | listed | ({settings.host.lower()} - ANY_ADDRESS)


def host_allowed(host: str, names: Collection[str], any_address: bool) -> bool:
    """Is the Host header one of ours? `any_address`: listening everywhere, plain addresses are fine too:
    a rebinding attack needs a name.
    """
    name = hostname(host)
    if name in names or "*" in names:
        return True
    return any_address and (_is_address(name) or name == socket.gethostname().lower())


def hostname(host: str) -> str:
    """The name in a Host header, without port and brackets; "" when it is none."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin_allowed(origin: str | None, site: str | None, host: str) -> bool:
    """May this request change something or ask for data? Browsers say where it comes from."""
    if site is not None and site not in TRUSTED_SITES:
        return False
    try:
        return origin is None or urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def asks_api(origin: str | None, site: str | None, mode: str | None, host: str, origins: Collection[str]) -> bool:
    """May this request ask the API? Pages of other sites may where their origin is named; a link may be followed."""
    if origin is not None:
        return origin in origins or origin_allowed(origin, None, host)
    return site in (None, *TRUSTED_SITES) or mode == "navigate"


def policy(script_hashes: Collection[str], forms: str = "'none'") -> str:
    """The Content-Security-Policy; `forms` says where forms may be sent."""
    hashes = " ".join(f"'{digest.strip(chr(39))}'" for digest in script_hashes)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {hashes}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            f"form-action {forms}",
            "frame-ancestors 'none'",
        )
    )


def caching(path: str, fingerprinted: bool, status: int, mimetype: str | None) -> str | None:
    """How long a browser may keep an answer; None leaves it as it is (Dash sees to its own components)."""
    if path.startswith(("/assets/", "/lazy/")) and fingerprinted and status == OK:
        return "public, max-age=31536000, immutable"
    return "no-cache" if mimetype == "text/html" else None


def refused(status: int, sentence: str) -> Response:
    """Why a request is not answered: a sentence for people, a problem for programs."""
    if is_below(request.path):
        return problem(status, sentence)
    return Response(sentence, status, mimetype="text/plain")


def protect(app: Dash, settings: Settings) -> None:
    """Put the checks before every request and the headers on every answer. Call after all callbacks."""
    server: Flask = app.server
    names, any_address = served_names(settings), settings.host in ANY_ADDRESS
    origins = frozenset(listed(settings.api_origins))
    headers = {
        "Content-Security-Policy": policy(app.csp_hashes()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }

    def check() -> Response | None:
        if not host_allowed(request.host, names, any_address):
            return refused(421, messages.HOST_REFUSED.format(host=hostname(request.host), port=settings.port))
        if is_below(request.path) and not asks_api(
            request.headers.get("Origin"),
            request.headers.get("Sec-Fetch-Site"),
            request.headers.get("Sec-Fetch-Mode"),
            request.host,
            origins,
        ):
            return refused(403, messages.ORIGIN_REFUSED)
        safe = request.method in SAFE_METHODS and not request.path.startswith("/_")
        if not safe and not origin_allowed(
            request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site"), request.host
        ):
            return refused(403, messages.ORIGIN_REFUSED)
        return None

    def add_headers(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if "no-store" in response.headers.get("Cache-Control", ""):
            return response
        if kept := caching(request.path, "m" in request.args, response.status_code, response.mimetype):
            response.headers["Cache-Control"] = kept
        return response

    server.before_request(check)
    server.after_request(add_headers)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
