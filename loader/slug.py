"""Ids from names: a slug that keeps the letters of every script and spells out symbols.

Names such as C, C++, C#, `(c)` and `.login` stand side by side in real glossaries; what still meets
in one slug is told apart by a short hash of the name, the same whatever the order of the file.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

SPELLED = {
    "+": "plus",
    "#": "sharp",
    "&": "and",
    "@": "at",
    "%": "percent",
    "*": "star",
    "=": "equals",
    "<": "less",
    ">": "greater",
    "$": "dollar",
    "~": "tilde",
    "^": "caret",
    "|": "pipe",
    "\\": "backslash",
}
SPELLED_AT_START = {".": "dot", "/": "slash", ":": "colon", "-": "dash", "_": "underscore", "!": "bang"}
VALID = re.compile(r"[^\s/?#&=%+\"'<>\\]+")
MOST = 160
PLAIN = re.compile(r"[A-Za-z0-9]+(?:[ -]+[A-Za-z0-9]+)*")


def slug(name: str) -> str:
    """The id that a name spells: "C++" gives "c-plus-plus", ".login" gives "dot-login".

    A name without letter or digit is spelled by the Unicode names of its characters. Never empty for a
    name that is not; at most 160 characters, a longer one ending in a hash.
    """
    if PLAIN.fullmatch(name):
        return _shortened(re.sub("[ -]+", "-", name.lower()), name)
    return _spelled(unicodedata.normalize("NFC", name).strip(), name)


def _spelled(text: str, name: str) -> str:
    if not any(_stays(char) for char in text):
        words = "-".join(unicodedata.name(char, f"u{ord(char):x}") for char in text if not char.isspace())
        return _shortened(words.lower().replace(" ", "-"), name)
    if text[0] in SPELLED_AT_START:
        text = f"{SPELLED_AT_START[text[0]]}-{text[1:]}"
    spelled = "".join(char if _stays(char) else f"-{SPELLED.get(char, '')}-" for char in text.lower())
    spelled = unicodedata.normalize("NFC", spelled)
    return _shortened(re.sub("-+", "-", spelled).strip("-"), name)


def with_hash(base: str, name: str) -> str:
    """A slug told apart from another name's by six hexadecimal digits of its own name."""
    digits = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{base[: MOST - 7]}-{digits}"


def is_id(text: str) -> bool:
    """Whether an author may give this as an id: it can stand in a link as it is."""
    return bool(VALID.fullmatch(text)) and len(text) <= MOST


def assign(names: Iterable[str], taken: frozenset[str] = frozenset()) -> dict[str, str]:
    """An id for each different name of a set, whatever their order.

    Where several names meet in one slug, the name that the slug spells keeps it (letter by letter before in upper
    case, else the least by code point), and the others get the slug and a hash. `taken` are ids given by the author.
    """
    meeting: dict[str, list[str]] = defaultdict(list)
    for name in set(names):
        meeting[slug(name)].append(name)
    ids: dict[str, str] = {}
    for base, group in meeting.items():
        keeper = None if base in taken else min(group, key=lambda name: (name != base, not _spells(base, name), name))
        for name in group:
            ids[name] = base if name == keeper else with_hash(base, name)
    return ids


def _stays(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def _spells(base: str, name: str) -> bool:
    return re.sub(r"[\s_-]+", "-", name.lower()) == base


def _shortened(text: str, name: str) -> str:
    return text if len(text) <= MOST else with_hash(text, name)
