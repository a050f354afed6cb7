"""Characters that nobody sees: they make two names look alike that are not, or turn the order of a line about."""

import unicodedata
from collections.abc import Iterator

from loader.model import Position, Problem
from loader.seen import NOWHERE

MOST = 100


def hidden_characters(text: str, file: str) -> Iterator[Problem]:
    """A warning for each of the first hundred in a file's text."""
    for number, match in enumerate(NOWHERE.finditer(text)):
        if number == MOST:
            return
        start = text.rfind("\n", 0, match.start()) + 1
        place = Position(file, text.count("\n", 0, match.start()) + 1, match.start() - start + 1)
        sign = match[0]
        name = unicodedata.name(sign, "a control character").lower()
        message = f"U+{ord(sign):04X} ({name}) cannot be seen, and is left out of names: remove it."
        yield Problem(place, "hidden-character", message, "warning")
