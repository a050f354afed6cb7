"""The words of the command line: options that several commands share, and what words stand for.

Whoever writes them wrongly gets typer's `BadParameter`, one sentence and exit code 2.
"""

import ipaddress
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from graph.errors import SettingsWrong
from graph.settings import Settings
from loader import printing
from loader.export.request import DEFAULT_BASE, ENDINGS, ExportFormat, Request, format_of, is_base
from loader.formats import Format, Hints

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


NoLogin = Annotated[
    bool, typer.Option("--no-login", help="Let in everybody who can reach an address that is not loopback.")
]


def check_open(settings: Settings, no_login: bool) -> None:
    """Whoever can reach an address that others reach must log in, unless that is not wanted. Raises SettingsWrong."""
    if settings.asks_login and no_login and settings.login_port is None:
        raise SettingsWrong(
            "A login is set up (CONCEPTMAP_USERS_FILE or CONCEPTMAP_TRUSTED_USER_HEADER), and --no-login says that "
            "none is wanted: leave one of them out, or set CONCEPTMAP_LOGIN_PORT for those who log in."
        )
    if not (settings.asks_login or no_login or is_loopback(settings.host)):
        raise SettingsWrong(
            f"Everybody who can reach {settings.host or 'this machine'} could read the map: set CONCEPTMAP_USERS_FILE "
            "(`conceptmap user add` makes it) or CONCEPTMAP_TRUSTED_USER_HEADER, or say --no-login."
        )


def is_loopback(host: str) -> bool:
    """Can only this machine reach the address?"""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def hints(columns: Sequence[str] | None, language: str) -> Hints:
    """What is said of the files beyond what they say themselves."""
    if not columns:
        return Hints(language=language)
    from loader.csv_columns import KEYS

    mapped: dict[str, str] = {}
    for one in columns:
        title, equals, key = one.rpartition("=")
        if not equals or not title.strip() or key.strip() not in ("", *KEYS):
            raise typer.BadParameter(
                f"{one!r} is not COLUMN=KEY: use one of {', '.join(KEYS)}, or none to leave it out."
            )
        mapped[title] = key.strip()
    return Hints(mapped, language)


def export_request(
    set_ids: Sequence[str], term: str, depth: int, format_: ExportFormat | None, output: str, base: str
) -> Request:
    """What an export is asked for."""
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


def explained(code: str) -> str:
    """What a problem's code means."""
    from loader.checks import codes, explain

    text = explain(code)
    if text is None:
        raise typer.BadParameter(f"{code!r} is no code; these are: {', '.join(codes())}.")
    return text
