"""The front door: the command line, one function a command, each a call into a room.

Errors become one plain sentence here and nowhere else; `--debug` shows the traceback. Exit codes: 0 done, 1 the
input has problems, 2 wrong usage, 3 no server or it refused the credentials.
"""

import gc
import importlib
import logging
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from graph.errors import GraphError, QueryFailed, QueryTimeout, ReadOnlyRefused, SettingsWrong
from graph.settings import Settings, read_settings
from loader import printing
from loader.export.request import DEFAULT_BASE, ENDINGS, ExportFormat, Request, format_of, is_base
from loader.formats import Format, Hints
from loader.reporting import PlanStyle, Style, problem_lines, report_json

DATA = Path(__file__).resolve().parent / "data"
INPUT_PROBLEM, WRONG_USAGE, NO_SERVER, INTERRUPTED = 1, 2, 3, 130

app = typer.Typer(
    name="conceptmap",
    help="Terms and their relations in a graph database, and as a map in the browser.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Files = Annotated[
    list[str], typer.Argument(help="Term sets: files, folders, or - for standard input.", show_default=False)
]
InputFormat = Annotated[Format | None, typer.Option("--from", help="Format of the input; else by the file's ending.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="COLUMN=KEY", help="What a table's column is, such as 'Begriff=name'; repeatable."),
]
Language = Annotated[str, typer.Option(help="The language to take where a file speaks several, such as en.")]
Strict = Annotated[bool, typer.Option("--strict", help="Take warnings for errors.")]
Every = Annotated[bool, typer.Option("--all", help="Print every problem, also where there are hundreds.")]
Wait = Annotated[float, typer.Option(help="Seconds to wait for another writer.", min=0)]
Port = Annotated[
    int | None, typer.Option(help="Port of the explorer; the next free one when it is taken.", min=0, max=65535)
]
OutputFormat = Annotated[printing.Output, typer.Option("--format", help="How to print.")]


@app.callback()
def options(debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False) -> None:
    """Terms and their relations in a graph database, and as a map in the browser."""


@app.command(epilog="Example: `conceptmap demo --no-open --port 8123`")
def demo(
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    port: Port = None,
) -> None:
    """Start a server, load the term sets that ship with conceptmap into an empty database, open the explorer."""
    settings = read_settings()
    _import_ahead("graph.connection", "explorer")
    with _graph(settings) as graph:
        from loader.run import is_fresh

        if is_fresh(graph, [path.stem for path in DATA.glob("*.yaml")]):
            err.print("Loading the term sets that ship with conceptmap …")
            _load(graph, [str(DATA)], {})
        _serve(graph, settings, settings.host, port, open_)


@app.command(epilog="Example: `conceptmap check my-terms.yaml`")
def check(
    files: Annotated[
        list[str] | None, typer.Argument(help="Term sets: files, folders, or - for standard input.")
    ] = None,
    input_format: InputFormat = None,
    columns: Columns = None,
    language: Language = "",
    explain: Annotated[str | None, typer.Option(metavar="CODE", help="Tell what a problem's code means.")] = None,
    style: Annotated[Style, typer.Option("--format", help="How to print problems.")] = Style.TEXT,
    strict: Strict = False,
    every: Every = False,
) -> None:
    """Say every problem of term sets at once, without a server."""
    if explain is not None:
        return _explain(explain)
    if not files:
        raise typer.BadParameter("Name a file, a folder, or - for standard input.")
    from loader.checking import check_files

    sets, problems = check_files(files, input_format, strict, _hints(columns, language))
    for line in problem_lines(problems, style, every):
        print(line, file=sys.stderr if style is Style.TEXT else sys.stdout)
    if any(problem.is_error for problem in problems):
        raise typer.Exit(INPUT_PROBLEM)
    if style is Style.TEXT:
        print(printing.checked(sets, problems))
    return None


@app.command(epilog="Examples: `conceptmap load my-terms.yaml`, `conceptmap load --dry-run folder/`")
def load(
    files: Files,
    input_format: InputFormat = None,
    columns: Columns = None,
    language: Language = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, change nothing.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep terms that are gone from the file.")] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Yes, remove that many terms.")] = False,
    allow_undefined: Annotated[
        bool, typer.Option("--allow-undefined", help="Relations may name terms that nobody defines.")
    ] = False,
    wait: Wait = 60.0,
    watch: Annotated[bool, typer.Option("--watch", help="Load again whenever a file is saved, until Ctrl-C.")] = False,
    strict: Strict = False,
    every: Every = False,
    style: Annotated[PlanStyle, typer.Option("--format", help="How to print the report.")] = PlanStyle.TEXT,
) -> None:
    """Check term sets and bring the graph to what they say; nothing is written when one has a problem."""
    hints = _hints(columns, language)
    if watch and (dry_run or "-" in files):
        raise typer.BadParameter("--watch loads files that are saved again: neither --dry-run nor - goes with it.")
    with _graph(read_settings()) as graph:
        given: dict[str, Any] = {
            "format": input_format,
            "hints": hints,
            "dry_run": dry_run,
            "keep": keep,
            "prune": prune,
        }
        given |= {"strict": strict, "allow_undefined": allow_undefined, "wait": wait}
        if watch:
            _follow(files, lambda: _load(graph, files, given, style, every))
        else:
            _load(graph, files, given, style, every)


@app.command(epilog="Example: `conceptmap unload my-terms`")
def unload(
    set_id: Annotated[str, typer.Argument(metavar="SET", help="Id of the set, as `conceptmap sets` lists it.")],
    wait: Wait = 60.0,
) -> None:
    """Take a term set away; what other sets say of its terms stays."""
    from loader import run

    with _graph(read_settings()) as graph, _watcher() as watcher:
        report = _or_exit(lambda: run.unload(graph, set_id, wait, watcher))
    print(printing.unloaded(report))


@app.command(epilog="Example: `conceptmap sets --format json`")
def sets(output: OutputFormat = printing.Output.TABLE) -> None:
    """List the loaded term sets."""
    from graph import schema

    with _graph(read_settings()) as graph:
        rows = graph.read("load/sets") if schema.is_installed(graph) else []
    columns = ("id", "title", "version", "size", "priority", "state", "loaded_at")
    if output is printing.Output.TABLE:
        rows = [row | {"loaded_at": printing.minute(row["loaded_at"])} for row in rows]
    printing.table(columns, [[row[key] for key in columns] for row in rows], output)


@app.command(epilog="Example: `conceptmap status`")
def status(
    output: OutputFormat = printing.Output.TABLE,
) -> None:
    """Tell which server answers, what it holds, and who is writing."""
    from graph import schema

    with _graph(read_settings()) as graph:
        rows = {"server": graph.where, "engine": graph.engine, "version": graph.agent}
        installed = schema.is_installed(graph)
        rows |= {"schema": str(schema.SCHEMA_VERSION) if installed else "not installed yet: load a term set"}
        if installed:
            counts, state = graph.read("load/counts")[0], graph.read("load/state")[0]
            rows |= {key: str(counts[key]) for key in ("terms", "undefined", "relations")}
            rows |= {"sets": str(len(graph.read("load/sets"))), "revision": str(state["revision"])}
            rows |= {"writing": str(state["writer"] or "nobody")}
        if graph.accounts.bundled:
            rows |= {"data": str(graph.settings.home)}
    printing.table(("what", "value"), [[key, value] for key, value in rows.items()], output)


@app.command(epilog='Example: `conceptmap query "MATCH (t:Term) RETURN t.name LIMIT 5" --format csv`')
def query(
    text: Annotated[str | None, typer.Argument(help="A Cypher statement that reads; - for standard input.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="File that holds the statement.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A parameter, name=value; the value may be JSON.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Rows at the most.", min=1)] = 1000,
    output: OutputFormat = printing.Output.TABLE,
) -> None:
    """Ask the graph in Cypher; only reading is allowed."""
    statement = _statement(text, file)
    parameters = dict(_parameter(one) for one in param or ())
    with _graph(read_settings()) as graph:
        result = graph.query(statement, parameters, limit)
    printing.table(result.columns, result.rows, output)
    if result.truncated:
        err.print(f"The first {limit} rows; say --limit for more.")


@app.command(epilog="Examples: `conceptmap export my-terms`, `conceptmap export --term rag --depth 2 -o rag.graphml`")
def export(
    set_ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SET]…", help="Ids of sets, as `conceptmap sets` lists them; all when none is named."),
    ] = None,
    term: Annotated[str, typer.Option(metavar="ID", help="Instead of sets, the terms around this one.")] = "",
    depth: Annotated[int, typer.Option(help="How many hops around the term.", min=1, max=3)] = 1,
    format_: Annotated[
        ExportFormat | None, typer.Option("--format", help="How to write; else by the ending of the file, else YAML.")
    ] = None,
    output: Annotated[
        str, typer.Option("--output", "-o", help="A file, or a folder (FOLDER/) for a file each; else standard output.")
    ] = "-",
    base: Annotated[str, typer.Option(help="How the addresses of SKOS concepts begin.")] = DEFAULT_BASE,
) -> None:
    """Write what sets say, or a part of the map, to a file that others and we can read."""
    wish = _request(set_ids or [], term, depth, format_, output, base)
    with _graph(read_settings()) as graph:
        from loader.export.job import export as write
        from loader.export.model import ExportError

        try:
            told = write(graph, wish)
        except ExportError as error:
            err.print(f"[red]Error:[/red] {printing.escaped(str(error))}")
            raise typer.Exit(INPUT_PROBLEM) from error
    for line in told:
        err.print(printing.escaped(line))


@app.command(epilog="Examples: `conceptmap suggest`, `conceptmap suggest my-terms.yaml --format table`")
def suggest(
    files: Annotated[
        list[str] | None, typer.Argument(help="Term sets to look at, without a server; else the loaded graph.")
    ] = None,
    input_format: InputFormat = None,
    columns: Columns = None,
    language: Language = "",
    set_id: Annotated[str | None, typer.Option("--set", metavar="ID", help="Only the texts of this set.")] = None,
    limit: Annotated[int, typer.Option(help="Links at the most, the surest first.", min=1)] = 100,
    least: Annotated[float, typer.Option("--min-score", help="Leave out what is less sure.", min=0, max=1)] = 0.3,
    style: Annotated[printing.LinkStyle, typer.Option("--format", help="How to print.")] = printing.LinkStyle.YAML,
) -> None:
    """Find missing links: terms that another term's text mentions without a relation, as YAML to paste."""
    from loader.suggest import suggest as find

    corpus = _corpus_of_files(files, input_format, _hints(columns, language)) if files else _corpus_of_graph()
    if set_id is not None and set_id not in corpus.sets:
        known = ", ".join(sorted(corpus.sets)) or "none"
        err.print(f"[red]Error:[/red] {printing.escaped(f'There is no set {set_id!r}: name one of these: {known}.')}")
        raise typer.Exit(INPUT_PROBLEM)
    found = find(corpus.texts, corpus.related, set_id, least, limit)
    printing.links(found.rows, style)
    if rest := printing.links_left_out(found, least):
        err.print(rest)


@app.command(epilog="Example: `conceptmap explore --open`")
def explore(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Port = None,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = False,
) -> None:
    """Serve the concept map in the browser."""
    settings = read_settings(CONCEPTMAP_HOST=host)
    _import_ahead("graph.connection", "explorer")
    with _graph(settings) as graph:
        _serve(graph, settings, settings.host, port, open_)


def main() -> NoReturn:
    """Run the command line; every error that a person can act upon is one sentence."""
    debug = "--debug" in sys.argv
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # The driver tells of every attempt it repeats; whether it failed in the end is told by our own sentence.
    logging.getLogger("neo4j").setLevel(logging.INFO if debug else logging.CRITICAL)
    # It tells of every value that is no date or number, which nobody here reads.
    logging.getLogger("rdflib").setLevel(logging.INFO if debug else logging.CRITICAL)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _terminate)
    try:
        app(standalone_mode=True)
    except SystemExit as ending:
        _end(ending)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except (QueryFailed, QueryTimeout, ReadOnlyRefused) as error:
        _fail(error, INPUT_PROBLEM, debug)
    except SettingsWrong as error:
        _fail(error, WRONG_USAGE, debug)
    except GraphError as error:
        _fail(error, NO_SERVER, debug)
    sys.exit(0)


def _end(ending: SystemExit) -> NoReturn:
    """Exit as Typer does, but a reader of our output that has seen enough (`| head`) is no failure."""
    if isinstance(ending.__context__, BrokenPipeError):
        sys.exit(0)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes once more at its end
    sys.exit(ending.code)


def _fail(error: Exception, code: int, debug: bool) -> NoReturn:
    if debug:
        err.print_exception()
    err.print(f"[red]Error:[/red] {printing.escaped(str(error))}")
    sys.exit(code)


def _terminate(_number: int, _frame: object) -> None:
    """End in good order at the first signal, at once at the second: the server goes by itself when we have."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: os._exit(INTERRUPTED))
    raise KeyboardInterrupt


def _import_ahead(*modules: str) -> None:
    """Import what is needed soon while the server starts: both take seconds, on different cores."""
    gc.disable()  # It would look through the modules' objects again and again, and none of them ever goes.
    threading.Thread(target=lambda: [importlib.import_module(name) for name in modules], daemon=True).start()


@contextmanager
def _graph(settings: Settings) -> Iterator[Any]:
    """The graph of the settings; what takes long is told on stderr."""
    from graph import server

    def notify(text: str) -> None:
        err.print(printing.escaped(text))

    # First the server: it starts while the driver is imported.
    lease = None if settings.neo4j_uri else server.acquire(settings.home, settings.engine, notify=notify)

    from graph.connection import Graph

    with Graph.open(settings, notify, lease) as graph:
        yield graph


def _load(
    graph: Any, files: Sequence[str], given: dict[str, Any], style: PlanStyle = PlanStyle.TEXT, every: bool = False
) -> None:
    from loader import run

    options = run.Options(**given)
    with _watcher() as watcher:
        report = _or_exit(lambda: run.load(graph, files, options, watcher))
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
        err.print(f"[red]Error:[/red] {printing.escaped(str(brake))}")
    if report.brakes:
        raise typer.Exit(INPUT_PROBLEM)


def _follow(files: Sequence[str], job: Callable[[], None]) -> None:
    """Do the job now and after each change; what went wrong is told, and the graph stays as it was till it is right."""
    from loader.formats import ENDINGS
    from loader.watch import saved

    def attempt() -> None:
        try:
            job()
        except typer.Exit:
            pass  # told already
        except GraphError as error:
            err.print(f"[red]Error:[/red] {printing.escaped(str(error))}")
        err.print(f"Watching {printing.escaped(', '.join(files))} (Ctrl-C ends it)")

    for path in files:
        if not Path(path).exists():
            raise typer.BadParameter(f"There is no {path}: name a file or a folder.")
    for _ in saved(files, list(ENDINGS)):
        attempt()


def _hints(columns: Sequence[str] | None, language: str) -> Hints:
    from loader.csv_columns import KEYS

    mapped: dict[str, str] = {}
    for one in columns or ():
        title, equals, key = one.rpartition("=")
        if not equals or not title.strip() or key.strip() not in ("", *KEYS):
            raise typer.BadParameter(
                f"{one!r} is not COLUMN=KEY: use one of {', '.join(KEYS)}, or none to leave it out."
            )
        mapped[title] = key.strip()
    return Hints(mapped, language)


def _request(
    set_ids: Sequence[str], term: str, depth: int, format_: ExportFormat | None, output: str, base: str
) -> Request:
    """What an export is asked for, or wrong usage."""
    if term and set_ids:
        raise typer.BadParameter("Name sets, or --term with an id, not both.")
    if not is_base(base):
        raise typer.BadParameter(f"--base {base!r} is no beginning of an address: write one such as {DEFAULT_BASE}.")
    path = None if output == "-" else Path(output)
    to_folder = path is not None and (output.endswith(("/", os.sep)) or path.is_dir())
    chosen = format_ or format_of(path, to_folder)
    if chosen is None:
        endings = ", ".join(ENDINGS)
        raise typer.BadParameter(f"The ending of {output!r} is none of {endings}: rename the file, or say --format.")
    return Request(tuple(set_ids), term, depth, chosen, path, to_folder, base)


def _or_exit(job: Callable[[], Any]) -> Any:
    from loader import run

    try:
        return job()
    except (run.BrakeError, run.UnknownSetError) as error:
        err.print(f"[red]Error:[/red] {printing.escaped(str(error))}")
        raise typer.Exit(INPUT_PROBLEM) from error


@contextmanager
def _watcher() -> Iterator[Any]:
    """A progress bar on stderr, silent when that is no terminal."""
    from loader.run import Watcher

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} rows"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True, disable=not err.is_terminal) as bar:
        tasks: dict[str, Any] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=total)
            bar.update(tasks[what], completed=done, total=total)

        yield Watcher(lambda text: err.print(printing.escaped(text)), progress)


def _corpus_of_files(files: Sequence[str], input_format: str | None, hints: Hints) -> Any:
    from loader import corpus

    found, problems = corpus.of_files(files, input_format, hints)
    if found is None:
        for line in problem_lines([problem for problem in problems if problem.is_error], Style.TEXT, False):
            print(line, file=sys.stderr)
        raise typer.Exit(INPUT_PROBLEM)
    return found


def _corpus_of_graph() -> Any:
    from graph import schema
    from loader import corpus

    with _graph(read_settings()) as graph:
        return corpus.of_graph(graph) if schema.is_installed(graph) else corpus.Corpus((), frozenset())


def _explain(code: str) -> None:
    from loader.checks import codes, explain

    text = explain(code)
    if text is None:
        raise typer.BadParameter(f"{code!r} is no code; these are: {', '.join(codes())}.")
    print(text)


def _serve(graph: Any, settings: Settings, host: str, port: int | None, open_: bool) -> None:
    from explorer import create_app
    from explorer.serve import free_door, listen

    wanted = settings.port if port is None else port
    try:
        door = free_door(host, wanted)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"Cannot listen on {host}, port {wanted} ({reason}): say another --host or --port."
        raise typer.BadParameter(message) from error
    free = door.getsockname()[1]
    if wanted not in (0, free):
        err.print(f"Port {wanted} is taken, using {free}.")
    address = f"http://{f'[{host}]' if ':' in host else host}:{free}"
    web = listen(create_app(graph, settings), door)
    gc.freeze()
    gc.enable()
    print(f"The map is at {address} (Ctrl-C ends it)", flush=True)
    if open_:
        threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
    web.run()
    graph.leave()


def _statement(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise typer.BadParameter("Give a statement, or --file with one, not both.")
    if text not in (None, "-"):
        return str(text)
    try:
        raw = file.read_bytes() if file is not None else _stdin()
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file or 'Standard input'} cannot be read: {error}.") from error


def _stdin() -> bytes:
    if sys.stdin is None:
        raise typer.BadParameter("Standard input is closed: give the statement as an argument.")
    return sys.stdin.buffer.read()


def _parameter(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is no parameter: write name=value.")
    try:
        return name, printing.json_or_text(value)
    except (ValueError, RecursionError) as error:
        raise typer.BadParameter(f"The value of {name} cannot be read: {error}.") from error


if __name__ == "__main__":
    main()
