"""What a check of any file must end in: a report that can be printed, with places that are in the file.

A file without errors is also taken as far as a load takes it before a server is asked.
"""

import io
import re
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.kinds import all_kinds, to_json
from loader.checking import judged, resolve_files
from loader.decoding import decode
from loader.derive import Said, derive
from loader.formats import ENDINGS, Format
from loader.model import Position, Problem, ResolvedSet, WrittenSet
from loader.reporting import Style, problem_lines
from loader.slug import is_id
from loader.sources import GUESSES
from tests.fuzz.mutations import mutated

ENDING = {format_: ending for ending, format_ in reversed(ENDINGS.items())}
# What counts as the end of a line: to editors, to JSON Lines, to YAML, to Python.
LINES: tuple[Callable[[str], list[str]], ...] = (
    re.compile(r"\r\n|\n|\r").split,
    lambda text: text.split("\n"),
    re.compile(r"\r\n|[\n\r\x85\u2028\u2029]").split,
    lambda text: [*text.splitlines(), ""],
)
ANY = ("utf-8-sig", "utf-16", "utf-32", "latin-1")
# None of these may happen while a file is read: nothing is fetched, nothing is run.
FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "urllib.Request", "subprocess.Popen", "os.system", "os.exec")
RDF = (Format.TURTLE, Format.RDFXML, Format.JSONLD, Format.NTRIPLES)
Checked = tuple[list[WrittenSet], list[ResolvedSet], list[Problem]]


@dataclass(frozen=True)
class Case:
    """One mutated file."""

    format: Format
    seed: int
    iteration: int

    def __str__(self) -> str:
        return f"{self.format}, seed {self.seed}, iteration {self.iteration}"

    @property
    def name(self) -> str:
        """The name of the file."""
        return f"{self.format}-{self.seed}-{self.iteration}{ENDING[self.format]}"

    @property
    def raw(self) -> bytes:
        return mutated(self.format, self.seed, self.iteration)


def examine(case: Case) -> str | None:
    """Check the file of a case as `conceptmap check` does; what is wrong with how that went, or None."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / case.name
        path.write_bytes(case.raw)
        return verdict(path, case.format)


def verdict(path: Path, format_: Format) -> str | None:
    """What is wrong with how the loader takes a file, or None. What it raises is raised."""
    forbidden, screen = _watch(), io.StringIO()
    forbidden.clear()
    with redirect_stdout(screen), redirect_stderr(screen):
        found = _checked(path, format_)
        again = _checked(path, format_) if format_ in RDF else found
    if forbidden:
        return f"While the file was read there was {forbidden[0]}."
    if screen.getvalue():
        return f"Besides the report is printed: {screen.getvalue()}"
    if _said(again) != _said(found):
        return "The same file is read as something else the second time."
    return next(_complaints(path, format_, found), None)


def _checked(path: Path, format_: Format) -> Checked:
    """What `loader.checking.check_files` does, with the resolved sets besides."""
    sets, resolved, problems = resolve_files([str(path)], format_)
    return sets, resolved, judged(problems, strict=False)


def _said(found: Checked) -> object:
    _, resolved, problems = found
    return [one.checksum for one in resolved], problems


def _complaints(path: Path, format_: Format, found: Checked) -> Iterator[str]:
    sets, resolved, problems = found
    errors = [problem for problem in problems if problem.is_error]
    if not sets and not errors:
        yield "There is neither a set nor an error."
    yield from _unprintable(problems)
    parted = [split(text) for text in _texts(path.read_bytes(), path, format_) for split in LINES]
    yield from (f"No place in the file: {one}" for one in problems if not _is_within(one.position, path, parted))
    if not errors:
        yield from _unloadable(resolved)


def _unprintable(problems: Sequence[Problem]) -> Iterator[str]:
    for style in Style:
        "\n".join(problem_lines(problems, style, every=True)).encode()
    for problem in problems:
        line = str(problem)
        if len(line.splitlines()) != 1 or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in line):
            yield f"No line that a terminal can show: {line!r}"


def _texts(raw: bytes, path: Path, format_: Format) -> list[str]:
    """The text of the file; of one that is no text in its encoding, what it may be with all that can be saved."""
    text, _ = decode(raw, str(path), GUESSES.get(format_, ""), declares=format_ is Format.RDFXML)
    return [raw.decode(encoding, "replace") for encoding in ANY] if text is None else [text]


def _is_within(place: Position, path: Path, parted: Sequence[Sequence[str]]) -> bool:
    return place.file == str(path) and any(
        1 <= place.line <= len(lines) and 1 <= place.column <= len(lines[place.line - 1]) + 1 for lines in parted
    )


def _unloadable(sets: Sequence[ResolvedSet]) -> Iterator[str]:
    for one in sets:
        for key, entry in one.entries.items():
            if not is_id(key):
                yield f"The term {key!r} has an id that cannot stand in a link."
            if any("\0" in text for text in _texts_of(entry.body)):
                yield f"The term {key!r} has a NUL character."
            entry.json.encode()
        said = [Said(one.header.id, one.header.priority, entry) for entry in one.entries.values()]
        derive(said, all_kinds([to_json(one.header.kinds)]))
        one.checksum.encode()


def _texts_of(value: Any) -> Iterator[str]:
    """Every text in the body of an entry."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in (*value, *value.values()) for text in _texts_of(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts_of(part))


_happened: list[str] = []
_watches: list[Any] = []


def _watch() -> list[str]:
    """What happened that is forbidden, from now on; a hook cannot be taken back, so there is one a process."""

    def hook(event: str, _: tuple[Any, ...]) -> None:
        if event in FORBIDDEN:
            _happened.append(event)

    if not _watches:
        _watches.append(hook)
        sys.addaudithook(hook)
    return _happened
