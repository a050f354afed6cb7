"""What is answered to whom: the page to log in, sessions, and programs below `/api/`."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from explorer.login import gate, users
from explorer.login.page import local
from tests.memory import wheel
from tests.unit.login import PASSWORD, Make, log_in


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


def test_of_an_endless_name_only_the_beginning_is_counted(client: FlaskClient) -> None:
    answers = [
        log_in(client, "x" * 10_000 + str(number), "wrong", environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"})
        for number in range(gate.TRIES_OF_NAME + 1)
    ]
    assert answers[-1].status_code == 429


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


def test_a_name_in_another_form_of_unicode_stays_logged_in(client: FlaskClient, file: Path) -> None:
    users.put(file, "Jos\u00e9", PASSWORD)
    assert log_in(client, "Jose\u0301").status_code == 303
    assert client.get("/").status_code == 200


def test_a_program_may_ask_much_at_once_with_the_right_password(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    check = users.Users.check

    def slow(self: users.Users, name: str, password: str) -> str:
        looked.append(name)
        time.sleep(0.2)
        return check(self, name, password)

    monkeypatch.setattr(users.Users, "check", slow)
    app = make().application
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda _: app.test_client().get("/api/sets", auth=("ada", PASSWORD)), range(30)))
    told = {one.status_code for one in answers}
    assert told <= {200, 503}, "the API itself may have too much to do, but nobody is refused"
    assert looked == ["ada"]
