"""The front door: the command line, one function a command, each a call into a room.

What the words of the command line stand for, what goes to the terminal and how a command ends is `cli`'s business.
"""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cli import arguments, ending, jobs, users
from cli.arguments import Columns, Every, Files, InputFormat, Language, NoLogin, OutputFormat, Port, Strict, Wait
from cli.terminal import progress, say, say_error, watcher
from graph.settings import read_settings
from loader import printing
from loader.export.request import DEFAULT_BASE, ExportFormat
from loader.reporting import PlanStyle, Style, problem_lines

DATA = Path(__file__).resolve().parent / "data"

app = typer.Typer(
    name="conceptmap",
    cls=ending.Commands,
    help="Terms and their relations in a graph database, and as a map in the browser.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def options(debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks.")] = False) -> None:
    """Terms and their relations in a graph database, and as a map in the browser."""


@app.command(epilog="Example: `conceptmap demo --no-open --port 8123`")
def demo(
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    port: Port = None,
    no_login: NoLogin = False,
) -> None:
    """Start a server, load the term sets that ship with conceptmap into an empty database, open the explorer."""
    settings = read_settings()
    arguments.check_open(settings, no_login)
    jobs.import_ahead("graph.connection", "explorer.app")
    with jobs.opened(settings) as graph:
        from loader.run import is_fresh

        if is_fresh(graph, [path.stem for path in DATA.glob("*.yaml")]):
            say("Loading the term sets that ship with conceptmap …")
            jobs.load(graph, [str(DATA)])
        jobs.serve(graph, settings, port, open_, no_login)


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
        return print(arguments.explained(explain))
    if not files:
        raise typer.BadParameter("Name a file, a folder, or - for standard input.")
    from loader.checking import check_files

    hints = arguments.hints(columns, language)
    with progress() as shown:
        sets, problems = check_files(files, input_format, strict, hints, shown.phase)
    for line in problem_lines(problems, style, every):
        print(line, file=sys.stderr if style is Style.TEXT else sys.stdout)
    if any(problem.is_error for problem in problems):
        raise typer.Exit(ending.INPUT_PROBLEM)
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
    hints = arguments.hints(columns, language)
    if watch and (dry_run or "-" in files):
        raise typer.BadParameter("--watch loads files that are saved again: neither --dry-run nor - goes with it.")
    with jobs.opened(read_settings()) as graph:
        from loader.report import Options

        options = Options(input_format, hints, keep, prune, allow_undefined, dry_run, strict, wait)
        if watch:
            jobs.follow(graph, files, replace(options, rank=False), style, every)
        else:
            jobs.load(graph, files, options, style, every)


@app.command(epilog="Example: `conceptmap unload my-terms`")
def unload(
    set_id: Annotated[str, typer.Argument(metavar="SET", help="Id of the set, as `conceptmap sets` lists it.")],
    wait: Wait = 60.0,
) -> None:
    """Take a term set away; what other sets say of its terms stays."""
    from loader import run

    with jobs.opened(read_settings()) as graph, watcher() as told:
        report = jobs.or_exit(lambda: run.unload(graph, set_id, wait, told))
    print(printing.unloaded(report))


@app.command(epilog="Example: `conceptmap sets --format json`")
def sets(output: OutputFormat = printing.Output.TABLE) -> None:
    """List the loaded term sets."""
    from graph import schema

    with jobs.opened(read_settings()) as graph:
        rows = graph.read("load/sets") if schema.is_installed(graph) else []
    columns = ("id", "title", "version", "size", "priority", "state", "loaded_at")
    if output is printing.Output.TABLE:
        rows = [row | {"loaded_at": printing.minute(row["loaded_at"])} for row in rows]
    printing.table(columns, [[row[key] for key in columns] for row in rows], output, unbroken=["id"])


@app.command(epilog="Example: `conceptmap status`")
def status(
    output: OutputFormat = printing.Output.TABLE,
) -> None:
    """Tell which server answers, what it holds, and who is writing."""
    from graph import schema

    with jobs.opened(read_settings()) as graph:
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


@app.command(
    epilog='Examples: `conceptmap query "MATCH (t:Term) RETURN t.name LIMIT 5" --format csv`, '
    "`conceptmap query two-hops-away -p term=embeddings`"
)
def query(
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="[STATEMENT|NAME]",
            help="A Cypher statement that reads, - for standard input, or the name of a query of the library.",
        ),
    ] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="File that holds the statement.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="A parameter, name=value; the value may be JSON.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Rows at the most.", min=1, max=10_000_000)] = 1000,
    timeout: Annotated[
        float | None, typer.Option(help="Seconds that it may take; else what CONCEPTMAP_QUERY_TIMEOUT says.", min=0.1)
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the queries of the library.")] = False,
    output: OutputFormat = printing.Output.TABLE,
) -> None:
    """Ask the graph in Cypher, or with a query of the library; only reading is allowed."""
    from cli import question

    settings = read_settings()
    if list_:
        return question.list_library(settings.library, output)
    asked = question.question(text, file, param or (), settings.library)
    with jobs.opened(settings) as graph:
        result = jobs.ask(graph, asked.text, asked.parameters, limit, timeout)
    from graph.values import spoken

    printing.table(result.columns, result.rows, output, told=spoken)
    for cut in result.cuts:
        say(cut.sentence + (" Say --limit for more." if cut.what == "rows" else ""))
    return None


@app.command(epilog="Examples: `conceptmap export my-terms -o terms.html`, `conceptmap export --term rag --depth 2`")
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
    wish = arguments.export_request(set_ids or [], term, depth, format_, output, base)
    with jobs.opened(read_settings()) as graph:
        from loader.export.job import export as write
        from loader.export.model import ExportError

        try:
            with progress(in_the_way=wish.output is None and sys.stdout.isatty()) as shown:
                told = write(graph, wish, shown.phase, {ExportFormat.HTML: jobs.page})
        except ExportError as error:
            say_error(error)
            raise typer.Exit(ending.INPUT_PROBLEM) from error
    for line in told:
        say(line)


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

    with progress() as shown:
        corpus = jobs.corpus(files, input_format, arguments.hints(columns, language), shown.phase)
    if set_id is not None and set_id not in corpus.sets:
        known = ", ".join(sorted(corpus.sets)) or "none"
        say_error(f"There is no set {set_id!r}: name one of these: {known}.")
        raise typer.Exit(ending.INPUT_PROBLEM)
    with progress() as shown:
        shown.phase("Looking for missing links")
        found = find(corpus.texts, corpus.related, set_id, least, limit)
    printing.links(found.rows, style)
    if rest := printing.links_left_out(found, least):
        say(rest)


@app.command(epilog="Example: `conceptmap explore --open`")
def explore(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Port = None,
    open_: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = False,
    no_login: NoLogin = False,
) -> None:
    """Serve the concept map in the browser; at an address that others can reach, to those who log in."""
    settings = read_settings(CONCEPTMAP_HOST=host)
    arguments.check_open(settings, no_login)
    jobs.import_ahead("graph.connection", "explorer.app")
    with jobs.opened(settings) as graph:
        jobs.serve(graph, settings, port, open_, no_login)


app.add_typer(users.app, name="user")


def main() -> NoReturn:
    """Run the command line and end the process."""
    ending.run(app)


if __name__ == "__main__":
    main()
