"""What the benches of loading and of the explorer are told on the command line."""

import argparse
from collections.abc import Collection, Sequence

from graph import Engine

ENGINES: tuple[Engine, ...] = ("arcadedb", "neo4j")


def parser(name: str, sets: Collection[str], usual: str, runs: str) -> argparse.ArgumentParser:
    """The options of `python -m bench.NAME`; `usual` and `runs` say what is measured unless told, and what runs are."""
    made = argparse.ArgumentParser(
        prog=f"python -m bench.{name}", description="Every line is a row of a Markdown table."
    )
    made.add_argument("--engine", action="append", choices=ENGINES, help="one engine; both unless told")
    made.add_argument("--set", action="append", choices=sets, help=f"one set; {usual} unless told")
    made.add_argument("--runs", type=int, default=1, help=runs)
    made.add_argument("--million", action="store_true", help="a million generated terms too")
    return made


def parse(made: argparse.ArgumentParser, usual: Sequence[str]) -> argparse.Namespace:
    """The options as told, each engine and set once."""
    options = made.parse_args()
    options.engine = list(dict.fromkeys(options.engine or ENGINES))
    options.set = list(dict.fromkeys([*(options.set or usual), *(["million"] if options.million else [])]))
    return options
