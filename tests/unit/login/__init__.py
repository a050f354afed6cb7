"""The login without a browser or a database."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "correct horse battery"
BEHIND = {
    "CONCEPTMAP_TRUSTED_USER_HEADER": "X-Remote-User",
    "CONCEPTMAP_TRUSTED_PROXIES": "10.0.0.0/24, 2001:db8::1",
}
Make = Callable[..., FlaskClient]


def log_in(client: FlaskClient, name: str = "ada", password: str = PASSWORD, **more: Any) -> TestResponse:
    next_ = more.pop("next", "/")
    return client.post("/login", data={"name": name, "password": password, "next": next_}, **more)
