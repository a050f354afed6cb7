"""Writes docs/library.md, the queries of the library, from their files: `python -m docs.library`."""

import json
from pathlib import Path

from graph.library import LibraryQuery, Parameter, read_library

PAGE = Path(__file__).with_name("library.md")
HEAD = """# The library

Queries that answer questions about a glossary: `conceptmap query NAME`, with `--param` for what shall differ from the
default. `conceptmap query --list` lists them, with those of your own folder (`CONCEPTMAP_LIBRARY`); how to write one
is told in [Cypher](cypher.md#queries-of-your-own). Each is run on both engines by a test that knows the answer.
"""


def page() -> str:
    """The page as it should be."""
    queries = read_library().queries
    contents = "".join(f"- [{query.title}](#{query.name}): `{query.name}`\n" for query in queries)
    return "\n".join([HEAD, contents, *(_section(query) for query in queries)])


def _section(query: LibraryQuery) -> str:
    parameters = "".join(_row(one) for one in query.parameters)
    table = f"| parameter | type | default | what it is |\n|---|---|---|---|\n{parameters}\n" if parameters else ""
    description = query.description[:1].upper() + query.description[1:]
    return f"## {query.name}\n\n**{query.title}.** {description}.\n\n{table}```cypher\n{_statement(query)}\n```\n"


def _row(one: Parameter) -> str:
    default = json.dumps(one.default, ensure_ascii=False)
    return f"| `{one.name}` | {one.type} | `{default}` | {one.help} |\n"


def _statement(query: LibraryQuery) -> str:
    return "\n".join(line for line in query.text.splitlines() if not line.startswith("//"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
