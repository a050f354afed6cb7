"""Everything that a load of one set wrote but its ranking, as rows that other ways of loading then write."""

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
TERM_KEYS = ("id", "name", "key", "definition", "explanation", "category", "aliases", "aliases_text", "defined")


@dataclass(frozen=True)
class Rows:
    """A set's header, its terms, what it says of each, and their relations."""

    header: Row
    terms: list[Row]
    entries: list[Row]
    relations: list[Row]

    def save(self, target: Path) -> None:
        with target.open("wb") as file:
            pickle.dump(self, file)

    def sample(self, most: int) -> "Rows":
        """Some relations with the terms at their ends and these terms' entries, so many rows in all."""
        ends: dict[str, None] = {}
        relations: list[Row] = []
        for row in self.relations:
            if 2 * len(ends) + len(relations) >= most:
                break
            relations.append(row)
            ends |= dict.fromkeys((row["start"], row["end"]))
        terms = [row for row in self.terms if row["id"] in ends]
        return Rows(self.header, terms, [row for row in self.entries if row["id"] in ends], relations)


def saved(source: str) -> Rows:
    """The rows of a file."""
    with Path(source).open("rb") as file:
        found: Rows = pickle.load(file)
    return found
