"""A cluster for the driver to speak to, without a database: servers that speak Bolt 5.3, know who leads and who follows,
answer every statement with no rows, and remember what they were asked.
"""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

MAGIC = b"\x60\x60\xb0\x17"
BOLT_5_3 = b"\x00\x00\x03\x05"
SUCCESS, FAILURE, IGNORED = 0x70, 0x7F, 0x7E
GOODBYE, RESET, RUN, BEGIN, COMMIT, PULL, ROUTE = 0x02, 0x0F, 0x10, 0x11, 0x12, 0x3F, 0x66
NUMBERS = {0xC8: ">b", 0xC9: ">h", 0xCA: ">i", 0xCB: ">q", 0xC1: ">d"}
CONSTANTS = {0xC0: None, 0xC2: False, 0xC3: True}
SIZES = {0: ">B", 1: ">H", 2: ">I"}
HELLO = {"server": "Neo4j/5.26.0", "connection_id": "bolt-1", "hints": {}}


@dataclass(frozen=True)
class Asked:
    """A transaction as a server saw it: "r" or "w", after which bookmarks, with what text."""

    mode: str
    bookmarks: tuple[str, ...]
    text: str


@dataclass
class Server:
    """One of the cluster. `refuses`: the code with which it answers each BEGIN."""

    cluster: "Cluster"
    listening: socket.socket
    asked: list[Asked] = field(default_factory=list)
    refuses: str = ""

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.listening.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._speak, args=(connection,), daemon=True).start()

    def _speak(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as stream:
            if stream.read(20)[:4] == MAGIC:
                stream.write(BOLT_5_3)
                stream.flush()
                self._converse(stream)

    def _converse(self, stream: Any) -> None:
        begun: dict[str, Any] = {}
        failed = False
        while message := _received(stream):
            kind, fields = unpack(message)
            told: tuple[int, dict[str, Any]] = (SUCCESS, {})
            if kind == GOODBYE:
                return
            if kind == RESET:
                failed = False
            elif failed:
                told = (IGNORED, {})
            elif kind == BEGIN:
                begun = fields[0]
                if self.refuses:
                    told = (FAILURE, {"code": self.refuses, "message": "as the test wants it"})
                    failed = True
            else:
                told = (SUCCESS, self._answer(kind, fields, begun))
            _send(stream, told)

    def _answer(self, kind: int, fields: list[Any], begun: dict[str, Any]) -> dict[str, Any]:
        if kind == ROUTE:
            return {"rt": self.cluster.table()}
        if kind == RUN:
            extra = fields[2] or begun
            self.asked.append(Asked(extra.get("mode", "w"), tuple(extra.get("bookmarks", ())), fields[0]))
            self.cluster.asked.append(self.asked[-1])
            return {"fields": [], "qid": 0}
        if kind == PULL:
            return {"has_more": False}
        if kind == COMMIT:
            return {"bookmark": self.cluster.next_bookmark()}
        return HELLO


class Cluster:
    """A leader and followers. Whoever `leads` is named for writing, `readers` for reading; `asked` is what all were."""

    def __init__(self, size: int) -> None:
        self.servers = [Server(self, socket.create_server(("127.0.0.1", 0))) for _ in range(size)]
        self.leads: Server | None = self.servers[0]
        self.readers = [server.address for server in self.servers[1:]]
        self.asked: list[Asked] = []
        self._bookmark = 0
        self._lock = threading.Lock()

    @property
    def uri(self) -> str:
        return f"neo4j://{self.servers[0].address}"

    def table(self) -> dict[str, Any]:
        writers = [self.leads.address] if self.leads else []
        roles = {"ROUTE": [server.address for server in self.servers], "READ": self.readers, "WRITE": writers}
        return {"ttl": 0, "db": "neo4j", "servers": [{"role": r, "addresses": a} for r, a in roles.items()]}

    def next_bookmark(self) -> str:
        with self._lock:
            self._bookmark += 1
            return f"bookmark-{self._bookmark}"


@contextmanager
def cluster(size: int) -> Iterator[Cluster]:
    """A cluster that listens on the loopback interface."""
    made = Cluster(size)
    for server in made.servers:
        threading.Thread(target=server.serve, daemon=True).start()
    try:
        yield made
    finally:
        for server in made.servers:
            server.listening.close()


def _received(stream: Any) -> bytes:
    message = b""
    while head := stream.read(2):
        (size,) = struct.unpack(">H", head)
        if size == 0 and message:
            return message
        message += stream.read(size)
    return b""


def _send(stream: Any, told: tuple[int, dict[str, Any]]) -> None:
    kind, content = told
    message = bytes([0xB1, kind]) + pack(content)
    stream.write(struct.pack(">H", len(message)) + message + b"\0\0")
    stream.flush()


def pack(value: Any) -> bytes:
    """What these servers say, as PackStream: little of it is needed."""
    if value is None or isinstance(value, bool):
        return {None: b"\xc0", False: b"\xc2", True: b"\xc3"}[value]
    if isinstance(value, int):
        return b"\xcb" + struct.pack(">q", value)
    if isinstance(value, str):
        return b"\xd1" + struct.pack(">H", len(value.encode())) + value.encode()
    if isinstance(value, list):
        return b"\xd5" + struct.pack(">H", len(value)) + b"".join(map(pack, value))
    pairs = b"".join(pack(key) + pack(item) for key, item in value.items())
    return b"\xd9" + struct.pack(">H", len(value)) + pairs


def unpack(message: bytes) -> tuple[int, list[Any]]:
    """A message's signature and fields."""
    reader = _Reader(message[2:])
    return message[1], [reader.value() for _ in range(message[0] & 0x0F)]


class _Reader:
    """PackStream, as far as a driver sends it to us."""

    def __init__(self, rest: bytes) -> None:
        self.rest = rest

    def value(self) -> Any:
        mark = self._number(">B")
        if mark in CONSTANTS:
            return CONSTANTS[mark]
        if mark in NUMBERS:
            return self._number(NUMBERS[mark])
        if mark < 0x80 or mark >= 0xF0:
            return mark if mark < 0x80 else mark - 0x100
        if mark < 0xB0:
            kind, size = mark & 0xF0, mark & 0x0F
        else:
            kind, size = {0xD0: 0x80, 0xD4: 0x90, 0xD8: 0xA0}[mark & 0xFC], self._number(SIZES[mark & 0x03])
        if kind == 0x80:
            return self._taken(size).decode()
        if kind == 0x90:
            return [self.value() for _ in range(size)]
        return {self.value(): self.value() for _ in range(size)}

    def _number(self, form: str) -> Any:
        return struct.unpack(form, self._taken(struct.calcsize(form)))[0]

    def _taken(self, size: int) -> bytes:
        taken, self.rest = self.rest[:size], self.rest[size:]
        return taken
