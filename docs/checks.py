"""Writes docs/checks.md, the table of all checks, from the code: `python -m docs.checks`."""

from pathlib import Path

from loader.checks import codes, explain

PAGE = Path(__file__).with_name("checks.md")
HEAD = """# Checks

What `conceptmap check` and `conceptmap load` look for; `conceptmap check --explain CODE` tells the same. An error stops
the load, a warning does not, unless `--strict` is said.

| code | what it means |
|---|---|
"""


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(f"| `{code}` | {_cell(explain(code) or '')} |\n" for code in codes())


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
