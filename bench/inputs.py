"""Big term sets to measure with: WordNet 3.0 as it comes with Debian, and generated ones; both as JSON Lines."""

import json
import random
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

INSTALLED = Path("/usr/share/wordnet")
FILES = ("noun", "verb", "adj", "adv")
# Pointers of WordNet whose other direction is among them too are taken once: a set says a relation from one side.
KINDS = {
    "@": "broader",
    "@i": "example-of",
    "#m": "part-of",
    "#s": "part-of",
    "#p": "part-of",
    "*": "requires",
    ">": "requires",
    "!": "contrasts-with",
    "&": "related",
    "^": "related",
    "$": "related",
    "=": "related",
    "+": "related",
    "\\": "related",
    ";c": "related",
    ";r": "related",
    ";u": "related",
}
WORDS = [
    f"{first}{last}" for first in ("al", "ber", "cor", "dun", "el", "fa") for last in ("ma", "ne", "to", "ri", "us")
]


def wordnet(target: Path) -> tuple[int, int]:
    """Write WordNet as a term set; gives the numbers of terms and relations. Debian's package is fetched if need be."""
    if INSTALLED.is_dir():
        return _write(target, "wordnet", _synsets(INSTALLED))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["apt-get", "download", "wordnet-base"], cwd=folder, check=True, capture_output=True)
        (package,) = Path(folder).glob("*.deb")
        subprocess.run(["dpkg-deb", "-x", package.name, "."], cwd=folder, check=True)
        return _write(target, "wordnet", _synsets(Path(folder) / "usr/share/wordnet"))


def generated(target: Path, terms: int) -> tuple[int, int]:
    """Write a set of that many terms, each with a definition of a dozen words and two relations to earlier terms."""
    return _write(target, f"generated-{terms}", _invented(terms))


def _invented(terms: int) -> Iterator[dict[str, Any]]:
    dice = random.Random(1)
    for number in range(terms):
        ends = sorted({dice.randrange(number) for _ in range(2)}) if number else []
        yield {
            "name": f"Term {number}",
            "definition": f"What is {' '.join(dice.choices(WORDS, k=12))} in case {number}.",
            "category": f"Part {number % 20}",
            "related": [
                {"to": f"Term {end}", "kind": dice.choice(("uses", "broader", "related"))} for end in sorted(ends)
            ],
        }


def _synsets(folder: Path) -> Iterator[dict[str, Any]]:
    seen: set[tuple[str, ...]] = set()
    for part in FILES:
        for line in (folder / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if not line.startswith("  "):
                yield _synset(line, seen)


def _synset(line: str, seen: set[tuple[str, ...]]) -> dict[str, Any]:
    """A line of a data file: offset, file, type, words in hexadecimal number, pointers in decimal, and the gloss."""
    head, _, gloss = line.partition(" | ")
    fields = head.split()
    own, count = _key(fields[0], fields[2]), int(fields[3], 16)
    words = [word.partition("(")[0].replace("_", " ") for word in fields[4 : 4 + 2 * count : 2]]
    at = 5 + 2 * count
    related = []
    for start in range(at, at + 4 * int(fields[at - 1]), 4):
        symbol, offset, part, _ = fields[start : start + 4]
        kind, other = KINDS.get(symbol), _key(offset, part)
        ends = (own, other) if kind in ("related", "contrasts-with") and own > other else (other, own)
        if kind is not None and other != own and (kind, *ends) not in seen:
            seen.add((kind, *ends))
            related.append({"to": other, "kind": kind})
    definition, _, examples = gloss.strip().partition('; "')
    return {
        "id": own,
        "name": words[0],
        "definition": definition,
        "explanation": f'"{examples}' if examples else "",
        "aliases": [word for word in dict.fromkeys(words) if word != words[0]],
        "related": related,
    }


def _key(offset: str, part: str) -> str:
    return f"{'a' if part == 's' else part}{offset}"


def _write(target: Path, set_id: str, terms: Iterable[dict[str, Any]]) -> tuple[int, int]:
    count = relations = 0
    with target.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"set": set_id, "definitions": "optional"}) + "\n")
        for term in terms:
            file.write(json.dumps({key: value for key, value in term.items() if value}, ensure_ascii=False) + "\n")
            count, relations = count + 1, relations + len(term["related"])
    return count, relations


def yaml_text(target: Path, megabytes: float) -> None:
    """Write a set as YAML in the way that authors write it, so many MB long."""
    dice = random.Random(1)
    with target.open("w", encoding="utf-8") as file:
        file.write("set: generated\ntitle: Generated\nterms:\n")
        number = 0
        while file.tell() < megabytes * 1_000_000:
            file.write(_yaml_term(dice, number))
            number += 1


def _yaml_term(dice: random.Random, number: int) -> str:
    lines = [f"  - name: Term {number}", f"    definition: What is {' '.join(dice.choices(WORDS, k=12))}."]
    lines += ["    explanation: |", *(f"      {' '.join(dice.choices(WORDS, k=12))}." for _ in range(3))]
    lines += [f"    category: Part {number % 20}", f"    aliases: [Word {number}, Sign {number}]"]
    if number:
        lines += ["    related:", f"      - Term {dice.randrange(number)}"]
        lines += [f"      - {{to: Term {number - 1}, kind: uses, note: {' '.join(dice.choices(WORDS, k=4))}}}"]
    return "\n".join(lines) + "\n"
