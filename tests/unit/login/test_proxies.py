"""Proxies that are believed and others that are not; and when an explorer starts without a login."""

import re
from pathlib import Path

import pytest

from cli.arguments import check_open
from explorer.app import create_app
from explorer.login import gate
from explorer.login.proxies import Proxies
from graph.errors import SettingsWrong
from graph.settings import Settings, read_settings
from tests.memory import wheel
from tests.unit.login import BEHIND, Make, log_in


@pytest.mark.parametrize("address", ["10.0.0.7", "2001:db8::1", "::ffff:10.0.0.7"])
def test_a_proxy_says_who_it_is(make: Make, address: str) -> None:
    client = make(**BEHIND)
    answer = client.get("/_dash-layout", headers={"X-Remote-User": "ada"}, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("address", "user"),
    [("10.0.1.7", "ada"), ("127.0.0.1", "ada"), ("10.0.0.7", ""), ("10.0.0.7", "ada, bob"), ("10.0.0.7", "a\tb")],
)
def test_a_header_of_anybody_else_or_without_one_user_is_not_believed(make: Make, address: str, user: str) -> None:
    client = make(**BEHIND)
    answer = client.get("/_dash-layout", headers={"X-Remote-User": user}, environ_overrides={"REMOTE_ADDR": address})
    assert answer.status_code == 401


def test_without_users_the_way_in_is_the_proxy_alone(tmp_path: Path) -> None:
    app = create_app(wheel(1), read_settings(CONCEPTMAP_HOME=str(tmp_path), **BEHIND))  # type: ignore[arg-type]
    client = app.server.test_client()
    page = client.get("/login")
    assert page.status_code == 403
    assert "<form" not in page.text
    assert "at which your organisation logs you in" in page.text
    assert log_in(client).status_code == 403
    assert not list(tmp_path.iterdir()), "no key is made that nobody needs"


def test_over_https_the_cookie_stays_on_https(make: Make) -> None:
    client = make(**BEHIND)
    told = {"X-Forwarded-Proto": "https"}
    secure = log_in(client, headers=told, environ_overrides={"REMOTE_ADDR": "10.0.0.7"}).headers["Set-Cookie"]
    assert "Secure" in secure
    assert secure.startswith("__Host-conceptmap-")
    plain = log_in(make(**BEHIND), headers=told).headers["Set-Cookie"]
    assert "Secure" not in plain, "said by anybody"


def test_a_proxy_tells_whose_attempts_they_are(make: Make) -> None:
    client = make(**BEHIND)

    def attempt(forwarded: str) -> int:
        return log_in(
            client, "x", "wrong", headers={"X-Forwarded-For": forwarded}, environ_overrides={"REMOTE_ADDR": "10.0.0.7"}
        ).status_code

    assert [attempt(f"1.2.3.{number}, 198.51.100.4, 10.0.0.9") for number in range(gate.TRIES_OF_ADDRESS + 1)][
        -1
    ] == 429
    assert attempt("198.51.100.5") == 403


def test_a_header_without_proxies_is_refused_at_the_start() -> None:
    with pytest.raises(SettingsWrong, match="name them in CONCEPTMAP_TRUSTED_PROXIES"):
        read_settings(CONCEPTMAP_TRUSTED_USER_HEADER="X-Remote-User")
    with pytest.raises(SettingsWrong, match="CONCEPTMAP_TRUSTED_PROXIES is wrong"):
        read_settings(CONCEPTMAP_TRUSTED_PROXIES="proxy.example")
    with pytest.raises(SettingsWrong, match="CONCEPTMAP_API_ORIGINS is wrong"):
        read_settings(CONCEPTMAP_API_ORIGINS="*")


def test_of_an_ipv6_address_the_network_counts() -> None:
    class Asked:
        remote_addr = "2001:db8:1:2:3::4"

    assert Proxies().client(Asked()) == "2001:db8:1:2::/64"  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "LOCALHOST"])
def test_on_loopback_no_login_is_needed(host: str) -> None:
    check_open(read_settings(CONCEPTMAP_HOST=host), no_login=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "map.example.org", "localhost.example.org"])
def test_elsewhere_the_explorer_wants_a_login_or_a_word(host: str, file: Path) -> None:
    settings = read_settings(CONCEPTMAP_HOST=host)
    with pytest.raises(SettingsWrong, match=re.escape(f"who can reach {host} could read the map")):
        check_open(settings, no_login=False)
    check_open(settings, no_login=True)
    check_open(read_settings(CONCEPTMAP_HOST=host, CONCEPTMAP_USERS_FILE=str(file)), no_login=False)
    check_open(read_settings(CONCEPTMAP_HOST=host, **BEHIND), no_login=False)


def test_a_login_and_no_login_contradict_each_other(file: Path) -> None:
    with pytest.raises(SettingsWrong, match="leave one of them out"):
        check_open(read_settings(CONCEPTMAP_USERS_FILE=str(file)), no_login=True)
    check_open(read_settings(CONCEPTMAP_USERS_FILE=str(file), CONCEPTMAP_LOGIN_PORT=8051), no_login=True)


def test_a_port_for_those_who_log_in_needs_users() -> None:
    with pytest.raises(SettingsWrong, match="CONCEPTMAP_LOGIN_PORT is a port for those who log in: set CONCEPTMAP_U"):
        read_settings(CONCEPTMAP_LOGIN_PORT=8051)


def test_without_a_login_nothing_of_it_is_there() -> None:
    client = create_app(wheel(1), Settings()).server.test_client()  # type: ignore[arg-type]
    assert "session-ended" not in client.get("/_dash-layout").text
    assert "X-Session" not in client.get("/readyz").headers
    assert "revision" in client.get("/readyz").json  # type: ignore[operator]
