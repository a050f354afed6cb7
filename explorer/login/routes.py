"""Puts the gate before the app: the page to log in, the way out, and what whoever is not logged in is answered."""

from urllib.parse import urlencode

from dash import Dash
from flask import Flask, Response, g, has_request_context, jsonify, redirect, request
from werkzeug.wrappers import Response as Answer

from explorer import messages
from explorer.api.problems import is_below, problem
from explorer.frame import ROUTES
from explorer.login.gate import Gate
from explorer.login.page import POLICY, closed, local, page
from explorer.page import Guest

# What is answered without a login: the login itself, whether we are well, and the product's own files.
OPEN = frozenset({"login", "logout", "healthz", "readyz", "_dash_assets.static", *ROUTES})
LOOKING = frozenset({"GET", "HEAD"})
EVERYBODY = "everybody"
SESSION, ENDED = "X-Session", "ended"
PASSWORD_WANTED = {"WWW-Authenticate": 'Basic realm="conceptmap", charset="UTF-8"'}


def protect(app: Dash, gate: Gate) -> None:
    """Put the gate before every request. Call after `security.protect`, whose checks come first."""
    server: Flask = app.server
    door = Door(gate)
    server.before_request(door.check)
    server.after_request(door.tell)
    server.add_url_rule("/login", "login", door.login, methods=["GET", "POST"])
    server.add_url_rule("/logout", "logout", door.logout, methods=["POST"])


class Door:
    """The routes of a gate."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def check(self) -> Answer | None:
        """Before a request: who asks, and why he is not answered."""
        if not self._gate.asks(request):
            g.user = EVERYBODY
            return None
        g.user, g.wait = self._gate.who(request)
        preflight = request.method == "OPTIONS" and is_below(request.path)  # it never carries a login
        return None if g.user or request.endpoint in OPEN or preflight else _refused(g.wait)

    def tell(self, response: Response) -> Response:
        """After it: what is kept by nobody else, and whether the session has ended."""
        if request.endpoint in OPEN - {"readyz"}:
            return response
        response.vary.add("Cookie")
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if not g.get("user"):
            response.headers[SESSION] = ENDED
        return response

    def login(self) -> Answer:
        """The page to log in, and what it sends."""
        onward = local(request.values.get("next", "/"))
        if g.user:
            return redirect(onward, 303)
        if self._gate.users is None:
            return _page(closed(messages.LOGIN_BY_PROXY), 403)
        if request.method != "POST":
            return _page(page(onward), 200)
        name = request.form.get("name", "").strip()
        tried = self._gate.login(name, request.form.get("password", ""), request)
        if tried.wait:
            return _page(page(onward, name, _wait(tried.wait)), 429, {"Retry-After": str(tried.wait)})
        if not tried.user:
            return _page(page(onward, name, messages.LOGIN_WRONG), 403)
        return self._let_in(tried.cookie, onward)

    def logout(self) -> Answer:
        """The way out."""
        response = redirect("/login", 303)
        https = self._gate.proxies.https(request)
        response.delete_cookie(self._gate.sessions.name(https), secure=https, httponly=True, samesite="Lax")
        return response

    def _let_in(self, cookie: str, onward: str) -> Answer:
        response = redirect(onward, 303)
        https, sessions = self._gate.proxies.https(request), self._gate.sessions
        response.set_cookie(
            sessions.name(https), cookie, max_age=sessions.seconds, secure=https, httponly=True, samesite="Lax"
        )
        response.headers["Cache-Control"] = "no-store"
        return response


def known() -> bool:
    """Is whoever asks logged in? Also where no login is asked for."""
    return bool(g.get("user", EVERYBODY))


def guest(gate: Gate) -> Guest | None:
    """Who has logged in to ask for the page; None where nobody has to."""
    asked = has_request_context()  # Dash looks at the page before the first request too
    if asked and not gate.asks(request):
        return None
    return Guest(g.get("user", "") if asked else "", may_leave=gate.users is not None)


def _refused(wait: int) -> Answer:
    if is_below(request.path):
        if wait:
            return problem(429, _wait(wait), {"Retry-After": str(wait)})
        return problem(401, messages.LOGIN_API, PASSWORD_WANTED)
    if request.method in LOOKING and not request.path.startswith("/_"):
        asked = request.full_path if request.query_string else request.path
        return redirect(f"/login?{urlencode({'next': asked})}", 303)
    response = jsonify({"message": messages.SESSION_ENDED})
    response.headers["Cache-Control"] = "no-store"
    response.status_code = 401
    return response


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return messages.LOGIN_WAIT.format(time=messages.count(minutes, "minute"))


def _page(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    response = Response(text, status, headers, mimetype="text/html")
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
    return response
