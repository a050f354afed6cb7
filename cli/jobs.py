"""What several commands do, or what is more than one call into a room: open the graph, load, follow files, serve."""

import gc
import importlib
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from cli.ending import INPUT_PROBLEM
from cli.terminal import Phase, err, say, say_error, watcher
from graph.errors import GraphError
from graph.settings import Settings, read_settings
from loader import printing
from loader.formats import Hints
from loader.reporting import PlanStyle, Style, problem_lines, report_json
from loader.standing import RANKED_LATER, Stopped
from loader.uncollected import uncollected

if TYPE_CHECKING:
    # Only names for the types: a command that needs no server must not import its driver.
    import socket

    from graph.connection import Graph
    from graph.limits import QueryResult
    from loader.corpus import Corpus
    from loader.export.model import Exported, Text
    from loader.report import Options
    from loader.suggest import Suggestion

MOST_LINKS = 200
BYTES_OF_ANSWER = 100_000_000
BYTES_OF_CELL = 1_000_000


def import_ahead(*modules: str) -> None:
    """Import what is needed soon while the server starts: both take seconds, on different cores."""
    gc.disable()  # It would look through the modules' objects again and again, and none of them ever goes.
    threading.Thread(target=lambda: [importlib.import_module(name) for name in modules], daemon=True).start()


@contextmanager
def opened(settings: Settings) -> "Iterator[Graph]":
    """The graph of the settings; what takes long is told on stderr."""
    from graph import server

    try:
        # First the server: it starts while the driver is imported.
        lease = None if settings.neo4j_uri else server.acquire(settings.home, settings.engine, notify=say)

        with uncollected():
            from graph.connection import Graph
    except KeyboardInterrupt as error:
        raise Stopped("Stopped before the server was ready: nothing was done.") from error
    with Graph.open(settings, say, lease) as graph:
        yield graph


def load(
    graph: "Graph",
    files: Sequence[str],
    options: "Options | None" = None,
    style: PlanStyle = PlanStyle.TEXT,
    every: bool = False,
) -> bool:
    """Load files and tell what was done, or what is wrong with them; whether anything was written."""
    from loader import run
    from loader.report import Options

    options = options or Options()
    with watcher() as told:
        report = or_exit(lambda: run.load(graph, files, options, told))
    if style is PlanStyle.JSON:
        print(report_json(report, options.dry_run))
    else:
        for line in problem_lines(report.problems, Style.TEXT, every):
            print(line, file=sys.stderr)
    if report.errors:
        err.print("Nothing was loaded.")
        raise typer.Exit(INPUT_PROBLEM)
    if style is PlanStyle.TEXT:
        print(printing.loaded(report, options.dry_run))
    for brake in report.brakes:
        say_error(brake)
    if report.brakes:
        raise typer.Exit(INPUT_PROBLEM)
    return any(one.written for one in report.sets)


def follow(graph: "Graph", files: Sequence[str], options: "Options", style: PlanStyle, every: bool) -> None:
    """Load now and after each change, and rank when the author pauses.

    What went wrong is told, and the graph stays as it was till it is right.
    """
    from loader.formats import ENDINGS
    from loader.watch import Happened, followed

    for path in files:
        if not Path(path).exists():
            raise typer.BadParameter(f"There is no {path}: name a file or a folder.")
    behind = False
    try:
        for happened in followed(files, list(ENDINGS)):
            if happened is Happened.SAVED:
                behind |= _attempt(lambda: load(graph, files, options, style, every))
                say(f"Watching {', '.join(files)} (Ctrl-C ends it)")
            else:
                behind = behind and not _attempt(lambda: _rank(graph, options.wait))
    except Stopped:
        raise
    except KeyboardInterrupt as error:
        raise Stopped(RANKED_LATER if behind else "Stopped watching.") from error


def _attempt(job: Callable[[], bool]) -> bool:
    """What the job answers; false when it failed, which is told."""
    try:
        return job()
    except typer.Exit:
        return False  # told already
    except GraphError as error:
        say_error(error)
        return False


def _rank(graph: "Graph", wait: float) -> bool:
    from loader import run

    with watcher() as told:
        failure = run.rank(graph, wait, told)
    if failure:
        say_error(printing.ranking_line(failure))
    return not failure


def or_exit(job: Callable[[], Any]) -> Any:
    """The result of a job of the loader; what it refuses is told."""
    from loader.report import BrakeError, UnknownSetError

    try:
        return job()
    except (BrakeError, UnknownSetError) as error:
        say_error(error)
        raise typer.Exit(INPUT_PROBLEM) from error


def ask(graph: "Graph", text: str, parameters: dict[str, Any], rows: int, seconds: float | None) -> "QueryResult":
    """The answer to a person's own statement. What goes to a file or a program may hold more than a screen takes."""
    from graph.limits import Limits

    return graph.query(text, parameters, Limits(rows, BYTES_OF_ANSWER, BYTES_OF_CELL, seconds))


def corpus(files: Sequence[str] | None, input_format: str | None, hints: Hints, phase: Phase) -> "Corpus":
    """The texts among which links are looked for: of files where there are any, else of the loaded graph."""
    return _corpus_of_files(files, input_format, hints, phase) if files else _corpus_of_graph(phase)


def _corpus_of_files(files: Sequence[str], input_format: str | None, hints: Hints, phase: Phase) -> "Corpus":
    from loader import corpus

    found, problems = corpus.of_files(files, input_format, hints, phase)
    if found is None:
        for line in problem_lines([problem for problem in problems if problem.is_error], Style.TEXT, False):
            print(line, file=sys.stderr)
        raise typer.Exit(INPUT_PROBLEM)
    return found


def _corpus_of_graph(phase: Phase) -> "Corpus":
    from graph import schema
    from loader import corpus

    with opened(read_settings()) as graph:
        phase("Reading the graph")
        return corpus.of_graph(graph) if schema.is_installed(graph) else corpus.Corpus((), frozenset())


def page(exported: "Exported", _: object) -> "Text":
    """An export as HTML. Only who wants one waits for the explorer's modules."""
    from cli.page import write_page

    return write_page(exported)


def missing_links(graph: "Graph", set_id: str | None) -> "tuple[Sequence[Suggestion], int]":
    """The surest missing links in the texts of a set, or of all, and how many there are: for the health page."""
    from loader import corpus
    from loader.suggest import suggest

    read = corpus.of_graph(graph)
    found = suggest(read.texts, read.related, set_id, limit=MOST_LINKS)
    return found.rows, found.found


def serve(graph: "Graph", settings: Settings, port: int | None, open_: bool, no_login: bool) -> None:
    """Serve the concept map until it is ended from outside. `no_login`: nobody logs in at the first port."""
    from explorer.app import create_app
    from explorer.serve import free_door, listen, only_door

    host, second = settings.host, settings.login_port
    wanted = settings.port if port is None else port
    doors = [_door(free_door, host, wanted, "--host or --port")]
    if second is not None:
        doors.append(_door(only_door, host, second, "CONCEPTMAP_LOGIN_PORT"))
    free = doors[0].getsockname()[1]
    if wanted not in (0, free):
        err.print(f"Port {wanted} is taken, using {free}.")
    named = f"http://{f'[{host}]' if ':' in host else host}"
    address = f"{named}:{free}"
    # Not before the explorer is there whole: it may be on its way in another thread (`import_ahead`), and who asks
    # for a part of it first gets half of it.
    from cli.mapfile import write_graphml, write_table

    writers = {"graphml": write_graphml, "csv": write_table}
    app = create_app(graph, settings, missing_links, writers, open_port=free if no_login else None)
    web = listen(app, doors, behind_proxy=bool(settings.trusted_proxies))
    gc.freeze()
    gc.enable()
    login = "" if second is None else f" Those who log in come by {named}:{second}"
    print(f"The map is at {address} (Ctrl-C ends it){login}", flush=True)
    if open_:
        threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
    web.run()
    graph.leave()


def _door(found: "Callable[[str, int], socket.socket]", host: str, port: int, remedy: str) -> "socket.socket":
    try:
        return found(host, port)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"Cannot listen on {host}, port {port} ({reason}): say another {remedy}."
        raise typer.BadParameter(message) from error
