"""The secrets that the first start of a stack makes, and the question whether an explorer is healthy."""

import http.server
import stat
import threading
from pathlib import Path

import pytest

from deploy import healthy, init


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_secrets_and_the_second_keeps_them(tmp_path: Path) -> None:
    init.make(tmp_path, None)
    first = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert first.keys() == {"neo4j-password", "neo4j-auth", "session.key"}
    assert len(first["neo4j-password"].strip()) >= 24
    assert first["neo4j-auth"] == "neo4j/" + first["neo4j-password"]
    assert {name: mode(tmp_path / name) for name in first} == {
        "neo4j-password": 0o400,
        "neo4j-auth": 0o440,
        "session.key": 0o400,
    }
    assert init.make(tmp_path, None) == ["The secrets are there."]
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == first


def test_one_that_was_ended_half_way_is_mended(tmp_path: Path) -> None:
    init.make(tmp_path, None)
    (tmp_path / "neo4j-auth").unlink()
    (tmp_path / "session.draft").write_text("half", "utf-8")
    (tmp_path / "session.key").unlink()
    assert init.make(tmp_path, None) == ["Sessions have a new key."]
    password = (tmp_path / "neo4j-password").read_text("utf-8")
    assert (tmp_path / "neo4j-auth").read_text("utf-8") == "neo4j/" + password


def test_a_given_password_is_taken(tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.write_text("my own password\n", "utf-8")
    folder = tmp_path / "secrets"
    folder.mkdir()
    assert "The database's password is the given one." in init.make(folder, given)
    assert (folder / "neo4j-auth").read_text("utf-8") == "neo4j/my own password\n"
    assert init.make(folder, given) == ["The secrets are there."]


def test_another_password_later_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = tmp_path / "given"
    given.write_text("my own password\n", "utf-8")
    folder = tmp_path / "secrets"
    folder.mkdir()
    init.make(folder, None)
    assert init.main(str(folder), str(given), str(tmp_path / "users")) == 1
    assert "take that variable away" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["short", "with/slash-in-it", "two\nlines of text"])
def test_a_password_that_neo4j_does_not_take(tmp_path: Path, text: str) -> None:
    given = tmp_path / "given"
    given.write_text(text, "utf-8")
    with pytest.raises(init.Refused, match="none that Neo4j takes"):
        init.make(tmp_path, given)


def test_the_file_of_users_is_there_and_its_owners_alone(tmp_path: Path) -> None:
    users = tmp_path / "users"
    (tmp_path / "secrets").mkdir()
    assert init.main(str(tmp_path / "secrets"), "/dev/null", str(users)) == 0
    assert mode(users) == 0o600
    users.write_text("ada:hash\n", "utf-8")
    init.main(str(tmp_path / "secrets"), "/dev/null", str(users))
    assert users.read_text("utf-8") == "ada:hash\n"


@pytest.mark.parametrize("answer", [200, 503])
def test_healthy_is_what_readyz_says(answer: int) -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(answer)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        assert healthy.status(server.server_port) == answer
    assert asked == ["/readyz"]
    assert healthy.status(server.server_port) == 0
