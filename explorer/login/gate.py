"""Who asks: by the word of a proxy, by a session, or, below `/api/`, by name and password."""

import logging
import secrets
import unicodedata
from dataclasses import dataclass

from flask import Request

from explorer.api.problems import is_below
from explorer.login.attempts import Attempts
from explorer.login.basic import Lately
from explorer.login.proxies import Proxies
from explorer.login.sessions import Sessions, key_file, read_key
from explorer.login.users import LONGEST_NAME, Users, mark
from graph.settings import Settings

log = logging.getLogger(__name__)
SPAN = 300.0
TRIES_OF_ADDRESS, TRIES_OF_NAME = 10, 30


@dataclass(frozen=True)
class Tried:
    """What came of a login: the cookie, or the seconds to `wait` before another attempt, or neither: it was wrong."""

    user: str = ""
    cookie: str = ""
    wait: int = 0


class Gate:
    """Knows users and sessions. One for the whole app. Raises SettingsWrong when a file is not as it should be.

    Whoever comes by the `open_port` need not log in: it is not meant for those who come from elsewhere.
    """

    def __init__(self, settings: Settings, open_port: int | None = None) -> None:
        self._open_port = "" if open_port is None else str(open_port)
        self.proxies = Proxies.of(settings)
        nobody_yet = settings.login_port is not None
        self.users = Users(settings.users_file, nobody_yet) if settings.users_file else None
        # Where a proxy logs people in nobody has a session, and no key is needed.
        key = read_key(key_file(settings)) if self.users else secrets.token_hex(32)
        self.sessions = Sessions(key, settings.session_hours)
        self._addresses = Attempts(TRIES_OF_ADDRESS, SPAN)
        self._names = Attempts(TRIES_OF_NAME, SPAN)
        self._lately = Lately()

    def asks(self, request: Request) -> bool:
        """Must whoever sends this request be logged in? By the port that it came to, not by what it says of itself."""
        return not self._open_port or request.environ["SERVER_PORT"] != self._open_port

    def who(self, request: Request) -> tuple[str, int]:
        """The user who asks, "" when that is nobody; and the seconds to wait where too many attempts failed."""
        if user := self.proxies.user(request) or self._of_session(request):
            return user, 0
        given = request.authorization
        if given is None or given.type != "basic" or not is_below(request.path):
            return "", 0
        tried = self.login(given.username or "", given.password or "", request)
        return tried.user, tried.wait

    def login(self, name: str, password: str, request: Request) -> Tried:
        """Try a name and a password. Attempts that fail count, for the address and for the name."""
        if self.users is None:
            return Tried()
        name = unicodedata.normalize("NFC", name)
        with self._lately.turn(name, password):
            return self._tried(self.users, name, password, self.proxies.client(request))

    def _tried(self, users: Users, name: str, password: str, client: str) -> Tried:
        lately = self._lately.known(name, password)
        if lately and lately == users.all().get(name):
            return Tried(name, self.sessions.cookie(name, mark(lately)))
        counted = name[: LONGEST_NAME + 1]  # so that it takes little memory
        if wait := self._addresses.take(client) or self._names.take(counted):
            return Tried(wait=wait)
        hash_ = users.check(counted, password)
        if not hash_:
            log.warning("A login as %r from %s failed", counted, client)
            return Tried()
        self._addresses.forget(client)
        self._names.forget(counted)
        self._lately.note(name, password, hash_)
        return Tried(name, self.sessions.cookie(name, mark(hash_)))

    def _of_session(self, request: Request) -> str:
        if self.users is None:
            return ""
        cookie = request.cookies.get(self.sessions.name(self.proxies.https(request)), "")
        user, told = self.sessions.read(cookie) if cookie else ("", "")
        hash_ = self.users.all().get(user, "")
        return user if hash_ and mark(hash_) == told else ""
