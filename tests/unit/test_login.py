"""The login without a browser or a database: users, sessions, proxies, attempts, and what is answered to whom."""

import os
import re
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cli.arguments import check_open
from explorer import create_app
from explorer.login import gate, users
from explorer.login.attempts import Attempts
from explorer.login.page import local
from explorer.login.proxies import Proxies
from explorer.login.sessions import Sessions, read_key
from graph.errors import SettingsWrong
from graph.settings import Settings, read_settings
from tests.memory import MemoryGraph, wheel

PASSWORD = "correct horse battery"
Make = Callable[..., FlaskClient]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "METHOD", "scrypt:1024:8:1")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "users"
    users.put(path, "ada", PASSWORD)
    return path


@pytest.fixture
def make(tmp_path: Path, file: Path) -> Make:
    def make(graph: MemoryGraph | None = None, **settings: str) -> FlaskClient:
        given = {"CONCEPTMAP_USERS_FILE": str(file), "CONCEPTMAP_HOME": str(tmp_path)} | settings
        app = create_app(graph or wheel(3), read_settings(**given))  # type: ignore[arg-type]
        client: FlaskClient = app.server.test_client()
        return client

    return make


@pytest.fixture
def client(make: Make) -> Iterator[FlaskClient]:
    return make()


def log_in(client: FlaskClient, name: str = "ada", password: str = PASSWORD, **more: Any) -> TestResponse:
    next_ = more.pop("next", "/")
    return client.post("/login", data={"name": name, "password": password, "next": next_}, **more)


# ------------------------------------------------------------------ users


def test_a_users_file_is_private_and_holds_no_password(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    text = file.read_text(encoding="utf-8")
    assert text.startswith("ada:scrypt:")
    assert PASSWORD not in text


def test_a_user_is_added_changed_and_taken_out(file: Path) -> None:
    assert users.put(file, "Žofie Ж", PASSWORD) is True
    assert users.put(file, "ada", "another password") is False
    known = users.Users(file)
    assert (bool(known.check("ada", "another password")), known.check("ada", PASSWORD)) == (True, "")
    assert known.check("Z\u030cofie Ж", PASSWORD), "the same name in another form of the same letters"
    users.remove(file, "ada")
    assert known.check("ada", "another password") == ""
    assert list(known.all()) == ["Žofie Ж"]
    with pytest.raises(users.UserError, match="no user 'ada'"):
        users.remove(file, "ada")


def test_who_may_read_the_file_stays_as_it_was(file: Path) -> None:
    file.chmod(0o640)
    users.put(file, "bob", PASSWORD)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_whose_file_it_is_stays_as_it_was(file: Path) -> None:
    os.chown(file, 12345, 12345)
    users.put(file, "bob", PASSWORD)
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 12345)
    assert sorted(one.name for one in file.parent.iterdir()) == ["users", "users.lock"]


def test_users_that_are_added_at_once_are_all_there(tmp_path: Path) -> None:
    path = tmp_path / "many"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: users.put(path, f"user{number}", PASSWORD), range(16)))
    assert len(users.read(path)) == 16


@pytest.mark.parametrize("name", ["", " ada", "a:b", "a,b", "#a", "a\nb", "x" * 101, "a\0b", "\u202eada"])
def test_a_name_that_cannot_be(tmp_path: Path, name: str) -> None:
    with pytest.raises(users.UserError, match="cannot be a user's name"):
        users.put(tmp_path / "users", name, PASSWORD)
    assert not (tmp_path / "users").exists()


@pytest.mark.parametrize("password", ["", "short", "x" * 1001])
def test_a_password_that_cannot_be(tmp_path: Path, password: str) -> None:
    with pytest.raises(users.UserError, match="10 to 1000 characters"):
        users.put(tmp_path / "users", "ada", password)


def test_a_line_that_is_no_user_is_told_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text("# people\nada:secret\n", encoding="utf-8")
    with pytest.raises(SettingsWrong, match="Line 2 of the users file"):
        users.read(path)


def test_a_file_that_goes_or_breaks_lets_nobody_in(file: Path) -> None:
    known = users.Users(file)
    assert known.check("ada", PASSWORD)
    kept = file.read_text(encoding="utf-8")
    file.write_text("broken", encoding="utf-8")
    assert known.check("ada", PASSWORD) == ""
    file.unlink()
    assert known.check("ada", PASSWORD) == ""
    file.write_text(kept, encoding="utf-8")
    assert known.check("ada", PASSWORD)


@pytest.mark.parametrize("text", [None, "", "# nobody\n"])
def test_an_explorer_without_a_user_does_not_start(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "users"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsWrong, match="conceptmap user add"):
        create_app(wheel(1), read_settings(CONCEPTMAP_USERS_FILE=str(path)))  # type: ignore[arg-type]


# ------------------------------------------------------------------ sessions


def test_a_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "home" / "session.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_key(path), range(16)))
    assert len(keys) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys == {read_key(path)}


def test_a_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("0123", encoding="utf-8")
    with pytest.raises(SettingsWrong, match="shorter than 32"):
        read_key(tmp_path / "key")


def test_a_cookie_is_read_by_who_has_the_key_and_by_nobody_else() -> None:
    one, other = Sessions("k" * 32, 1), Sessions("o" * 32, 1)
    cookie = one.cookie("ada", "m")
    assert Sessions("k" * 32, 1).read(cookie) == ("ada", "m")
    assert other.read(cookie) == one.read(cookie[:-2]) == one.read("x") == ("", "")
    assert one.name(False) != other.name(False)


def test_a_cookie_ages() -> None:
    assert Sessions("k" * 32, -1 / 3600).read(Sessions("k" * 32, 1).cookie("ada", "m")) == ("", "")


# ------------------------------------------------------------------ attempts


def test_attempts_are_few_in_a_span() -> None:
    now = [0.0]
    tries = Attempts(2, 60, clock=lambda: now[0])
    assert [tries.take("a"), tries.take("a"), tries.take("a"), tries.take("b")] == [0, 0, 60, 0]
    now[0] = 59.5
    assert tries.take("a") == 1
    now[0] = 60.0
    assert tries.take("a") == 0
    tries.forget("b")
    assert [tries.take("b"), tries.take("b"), tries.take("b")] == [0, 0, 60]


# ------------------------------------------------------------------ what is answered


def test_a_page_leads_to_the_login_and_back(client: FlaskClient) -> None:
    away = client.get("/?term=s0001&q=a%26b")
    assert (away.status_code, away.headers["Location"]) == (303, "/login?next=%2F%3Fterm%3Ds0001%26q%3Da%2526b")
    page = client.get(away.headers["Location"])
    assert 'name="next" value="/?term=s0001&amp;q=a%26b"' in page.text
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    back = log_in(client, next="/?term=s0001&q=a%26b")
    assert (back.status_code, back.headers["Location"]) == (303, "/?term=s0001&q=a%26b")
    assert client.get("/_dash-layout").status_code == 200


@pytest.mark.parametrize("path", ["/_dash-layout", "/_dash-dependencies", "/_suggest?q=a", "/_export?format=csv", "/x"])
def test_nothing_is_answered_without_a_login(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (401, 303)
    assert answer.headers["X-Session"] == "ended"
    assert "s0001" not in answer.text
    assert client.post("/_dash-update-component", json={}).status_code == 401


def test_a_path_that_pretends_to_be_open_is_not(client: FlaskClient) -> None:
    for path in ("/assets/../_dash-layout", "/healthz/../_dash-layout", "/login/../_dash-layout", "/assets%2f..%2f"):
        answer = client.get(path)
        assert answer.status_code in (303, 308, 401, 404), path
        assert "props" not in answer.text


def test_whoever_is_not_logged_in_learns_only_whether_it_is_ready(make: Make) -> None:
    graph = wheel(2)
    client = make(graph)
    assert client.get("/healthz").json == {"alive": True}
    assert client.get("/readyz").json == {"ready": True}
    graph.away = True
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"ready": False})
    log_in(client)
    assert "bolt://" in client.get("/readyz").json["message"]  # type: ignore[index]


def test_a_session_is_a_cookie_that_scripts_and_other_sites_cannot_use(client: FlaskClient) -> None:
    cookie = log_in(client).headers["Set-Cookie"]
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"):
        assert part in cookie
    assert "Secure" not in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize("change", ["remove", "password", "key"])
def test_a_session_ends_for_a_user_who_goes_or_a_password_or_key_that_changes(
    make: Make, file: Path, tmp_path: Path, change: str
) -> None:
    client = make()
    log_in(client)
    assert client.get("/_dash-layout").status_code == 200
    cookies = client._cookies
    if change == "remove":
        users.remove(file, "ada")
    elif change == "password":
        users.put(file, "ada", "another password")
    else:
        (tmp_path / "session.key").unlink()
        client = make()
        client._cookies = cookies
    assert client.get("/_dash-layout").status_code == 401


def test_replicas_that_share_a_key_share_sessions(make: Make) -> None:
    one, other = make(), make()
    log_in(one)
    other._cookies = one._cookies
    assert other.get("/_dash-layout").status_code == 200


def test_logging_out_takes_the_cookie(client: FlaskClient) -> None:
    log_in(client)
    gone = client.post("/logout")
    assert (gone.status_code, gone.headers["Location"]) == (303, "/login")
    assert client.get("/_dash-layout").status_code == 401
    assert client.get("/logout").status_code in (303, 405), "a link or a picture logs nobody out"


def test_another_site_can_neither_log_in_nor_out(client: FlaskClient) -> None:
    elsewhere = {"Origin": "https://evil.example"}
    assert log_in(client, headers=elsewhere).status_code == 403
    assert "Set-Cookie" not in log_in(client, headers=elsewhere).headers
    log_in(client)
    assert client.post("/logout", headers=elsewhere).status_code == 403
    assert client.get("/_dash-layout").status_code == 200


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong"), ("nobody", PASSWORD), ("", ""), ("a\0", "x" * 5000)])
def test_a_wrong_login_is_one_sentence_that_does_not_say_which(client: FlaskClient, name: str, password: str) -> None:
    answer = log_in(client, name, password)
    assert answer.status_code == 403
    assert "Name or password is wrong." in answer.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_was_typed_is_text(client: FlaskClient) -> None:
    answer = log_in(client, '"><script>x</script>', "wrong", next='/?q="><script>y</script>')
    assert "<script>x" not in answer.text
    assert "<script>y" not in answer.text


def test_too_many_attempts_wait_and_the_right_one_too(client: FlaskClient) -> None:
    for _ in range(gate.TRIES_OF_ADDRESS):
        assert log_in(client, "ada", "wrong").status_code == 403
    answer = log_in(client)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= gate.SPAN
    assert "Too many attempts failed: try again in 5 minutes." in answer.text
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert log_in(client, environ_overrides=elsewhere).status_code == 303, "somebody else is not kept waiting"


def test_one_name_is_not_guessed_from_many_addresses(client: FlaskClient) -> None:
    answers = [
        log_in(client, "ada", "wrong", environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"}).status_code
        for number in range(gate.TRIES_OF_NAME + 1)
    ]
    assert answers == [403] * gate.TRIES_OF_NAME + [429]


def test_who_logs_in_rightly_is_never_kept_waiting(client: FlaskClient) -> None:
    for _ in range(3):
        for _ in range(gate.TRIES_OF_ADDRESS - 1):
            log_in(client, "ada", "wrong")
        assert log_in(client).status_code == 303
        client.post("/logout")


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example", "/a\\b", "javascript:x", "", "/a\nb", "x"]
)
def test_nobody_is_led_elsewhere(address: str) -> None:
    assert local(address) == "/"
    assert local("/?term=a") == "/?term=a"


# ------------------------------------------------------------------ programs


def test_a_program_logs_in_by_http_basic_below_api_alone(client: FlaskClient) -> None:
    assert client.get("/api/none").status_code == 401
    assert client.get("/api/none").headers["WWW-Authenticate"].startswith("Basic ")
    assert client.get("/api/none").mimetype == "application/problem+json"
    assert client.get("/api/none", auth=("ada", PASSWORD)).status_code != 401
    assert client.get("/_dash-layout", auth=("ada", PASSWORD)).status_code == 401


def test_a_page_of_a_named_site_asks_with_a_password(make: Make) -> None:
    client, wiki = make(CONCEPTMAP_API_ORIGINS="https://wiki.example"), {"Origin": "https://wiki.example"}
    asked = wiki | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    assert client.options("/api/sets", headers=asked).status_code == 200, "browsers ask this without a password"
    refused = client.get("/api/sets", headers=wiki)
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, wiki["Origin"])
    assert client.get("/api/sets", headers=wiki, auth=("ada", PASSWORD)).status_code == 200
    log_in(client)
    assert client.get("/_dash-layout", headers=wiki).status_code == 403


def test_wrong_passwords_of_programs_count(client: FlaskClient) -> None:
    answers = [client.get("/api/none", auth=("ada", "wrong")) for _ in range(gate.TRIES_OF_ADDRESS + 1)]
    assert [one.status_code for one in answers] == [401] * gate.TRIES_OF_ADDRESS + [429]
    assert answers[-1].json["title"] == "Too Many Requests"  # type: ignore[index]


def test_a_right_password_is_hashed_once_in_a_while(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    check = users.check_password_hash

    def counted(hash_: str, password: str) -> bool:
        hashed.append(password)
        return check(hash_, password)

    monkeypatch.setattr(users, "check_password_hash", counted)
    assert 401 not in [client.get("/api/none", auth=("ada", PASSWORD)).status_code for _ in range(5)]
    assert len(hashed) == 1


def test_a_password_that_was_right_is_wrong_once_it_has_changed(client: FlaskClient, file: Path) -> None:
    assert client.get("/api/none", auth=("ada", PASSWORD)).status_code != 401
    users.put(file, "ada", "another password")
    assert client.get("/api/none", auth=("ada", PASSWORD)).status_code == 401


# ------------------------------------------------------------------ proxies

BEHIND = {
    "CONCEPTMAP_TRUSTED_USER_HEADER": "X-Remote-User",
    "CONCEPTMAP_TRUSTED_PROXIES": "10.0.0.0/24, 2001:db8::1",
}


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


# ------------------------------------------------------------------ the start


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


def test_without_a_login_nothing_of_it_is_there() -> None:
    client = create_app(wheel(1), Settings()).server.test_client()  # type: ignore[arg-type]
    assert "session-ended" not in client.get("/_dash-layout").text
    assert "X-Session" not in client.get("/readyz").headers
    assert "revision" in client.get("/readyz").json  # type: ignore[operator]


def test_of_an_endless_name_only_the_beginning_is_counted(client: FlaskClient) -> None:
    answers = [
        log_in(client, "x" * 10_000 + str(number), "wrong", environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"})
        for number in range(gate.TRIES_OF_NAME + 1)
    ]
    assert answers[-1].status_code == 429
