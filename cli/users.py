"""The commands `conceptmap user …`: who may log in to the explorer."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli import ending
from cli.arguments import OutputFormat
from cli.terminal import say, say_error
from graph.settings import read_settings
from loader import printing

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name to log in with.", show_default=False)]

app = typer.Typer(help="Who may log in to the explorer: the users of CONCEPTMAP_USERS_FILE.", no_args_is_help=True)


@app.command(epilog="Example: `CONCEPTMAP_USERS_FILE=users conceptmap user add ada`")
def add(name: Name) -> None:
    """Add a user, or give one another password, which ends his sessions. Asked for, or read from standard input."""
    path, password = _file(), _password()
    with _told():
        from explorer.login import users

        new = users.put(path, name, password)
    say(f"{name} may log in now." if new else f"{name} has another password now; sessions with the old one have ended.")


@app.command(epilog="Example: `conceptmap user remove ada`")
def remove(name: Name) -> None:
    """Take a user out, which ends his sessions."""
    path = _file()
    with _told():
        from explorer.login import users

        users.remove(path, name)
    say(f"{name} may no longer log in.")


@app.command("list", epilog="Example: `conceptmap user list --format json`")
def list_(output: OutputFormat = printing.Output.TABLE) -> None:
    """List the names of those who may log in."""
    from explorer.login import users

    names = sorted(users.read(_file()))
    printing.table(("name",), [[name] for name in names], output)


def _file() -> Path:
    path = read_settings().users_file
    if path is None:
        raise typer.BadParameter("Say which file holds the users, in CONCEPTMAP_USERS_FILE.")
    return path


def _password() -> str:
    if sys.stdin is None:
        raise typer.BadParameter("Standard input is closed: type the password, or send it there.")
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt="Again", err=True))
    try:
        return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise typer.BadParameter("The password on standard input is no UTF-8.") from error


@contextmanager
def _told() -> Iterator[None]:
    from explorer.login.users import UserError

    try:
        yield
    except UserError as error:
        say_error(error)
        raise typer.Exit(ending.INPUT_PROBLEM) from error
