"""A Neo4j of a test's own, from the bundled jars, with settings that the bundled server has no use for (such as TLS)."""

import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import neo4j

from graph.errors import GraphError
from graph.server import java
from graph.server.neo4j_community import Neo4jCommunity
from graph.server.state import LOOPBACK, Credentials, Paths, Ports, tail
from tests import provide

PATIENCE = 120.0
PASSWORD = "a-test-password"


@contextmanager
def neo4j_apart(folder: Path, port: int | None = None, settings: Mapping[str, object] | None = None) -> Iterator[int]:
    """Run one with its data in `folder` and these settings; gives its port for Bolt on the loopback interface."""
    paths = Paths(folder, "neo4j")
    paths.create()
    ports = Ports(port or java.free_port())
    try:
        Neo4jCommunity().provide(paths, print)
        launch = Neo4jCommunity().prepare(paths, Credentials(PASSWORD, PASSWORD), ports, None)
    except GraphError as error:
        raise provide.Missing(f"no Neo4j of a test's own: {error}") from error
    conf = paths.folder / "conf" / "neo4j.conf"
    written = dict(line.split("=", 1) for line in conf.read_text(encoding="utf-8").splitlines())
    lines = {**written, **(settings or {})}
    conf.write_text("".join(f"{name}={value}\n" for name, value in lines.items()), encoding="utf-8")
    process = java.start(launch, paths)
    try:
        _wait(process, ports.bolt, paths)
        yield ports.bolt
    finally:
        java.stop(process)


def _wait(process: "subprocess.Popen[bytes]", port: int, paths: Paths) -> None:
    """Until it answers, with TLS or without."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        for scheme in ("bolt", "bolt+ssc"):
            try:
                with neo4j.GraphDatabase.driver(
                    f"{scheme}://{LOOPBACK}:{port}", auth=("neo4j", PASSWORD), connection_timeout=2.0
                ) as driver:
                    with driver.session(database="neo4j") as session:
                        session.run("RETURN 1").consume()
                    return
            except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError, OSError):
                time.sleep(0.2)
    raise AssertionError(f"this Neo4j does not answer: {tail(paths.server_log)}")


def certificate(folder: Path, *names: str) -> Path:
    """Make a key and a certificate signed with itself for these names, as `private.key` and `public.crt`."""
    folder.mkdir(parents=True)
    openssl = shutil.which("openssl")
    if openssl is None:
        raise provide.Missing("no openssl: TLS to the database is not tested")
    options = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=a test"]
    options += ["-keyout", str(folder / "private.key"), "-out", str(folder / "public.crt")]
    options += ["-addext", "subjectAltName=" + ",".join(names)]
    subprocess.run([openssl, "req", "-x509", *options], check=True, capture_output=True)
    return folder / "public.crt"


def tls(folder: Path) -> dict[str, object]:
    """Neo4j's settings for Bolt over TLS alone, with what `certificate` made there."""
    return {
        "server.bolt.tls_level": "REQUIRED",
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": folder,
        "dbms.ssl.policy.bolt.private_key": "private.key",
        "dbms.ssl.policy.bolt.public_certificate": "public.crt",
        "dbms.ssl.policy.bolt.client_auth": "NONE",
    }
