"""Files made of other files: bytes flipped, lines and words moved, pieces of another seed, and what breaks parsers."""

import codecs
import random
import re
from collections.abc import Callable

from loader.formats import Format
from tests.fuzz.seeds import seeds

MOST_BYTES = 200_000
HOW_MANY = (1, 1, 1, 2, 2, 3, 5, 8)
TOKEN = re.compile(rb"\w+|\s+|[^\w\s]")
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "latin-1", "utf-7", "cp037")
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
LINE_ENDS = ("\r\n", "\r", "\n\r", "\x85", "\u2028", "\x0b", "\x0c", "\x1c", "\n\n")
# Bytes that are no UTF-8: halves of surrogate pairs, too long a form, too high a number, cut letters.
BAD_BYTES = (b"\0", b"\xff", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xc0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82", b"\x80")
ODD = (
    "\0", "\x01", "\x1b[31m", "\x7f", "\u00ad", "\u0085", "\u2028", "\u200b", "\u200d", "\u202e", "\ufeff", "\ufffe", "\ufffd", "é", "e\u0301",
    "ß", "İ", "ǅ", "ﬁ", "量", "🧠", "\U0010ffff", " ", "\t", "\n", "\r", '"', "'", "`", "\\", ";", ",", ":", "|", "#", "-", "%", "&", "@", "~",
    "<", ">", "(", ")", "[", "]", "{", "}", "“", "”", "null", "true", "No", "NaN", "1e999", "-0", "0x1F", "9" * 400, "-" + "9" * 30, "1" * 5000,
    "\\ud800", "\\udc00", "\\u0000", "\\x00", "\\U00110000", "\\ud83e\\udde0", "&#0;", "&#xD800;", "&#x10FFFF;", "&amp;", "%00", "%ED%A0%80", "+2AA-",
    "name", "id", "definition", "related", "aliases", "formerly", "kind", "broader", "uses", "narrower", "a" * 400, "../../etc/passwd", "²", "٣",
)  # fmt: skip
WORDS: dict[Format, tuple[str, ...]] = {
    Format.YAML: (
        "set: ", "terms:\n", "kinds:\n", "priority: ", "role: mention", "to: ", "note: ", "symmetric: yes", "inverse-kind: ", "- ", "? ", "<<: ",
        "&a ", "*a", "&a [*a]", "*a , *a", "!!binary ", "!!python/object/apply:os.system ", "!<tag:yaml.org,2002:null> ", "! ", "---\n", "...\n",
        "%YAML 1.1\n---\n", "%TAG ! !\n---\n", "|2-\n", ">+\n", "|\n", "'", '"\\', "\n\t", "\n ", "{", "}", "[", "]", ": ", " #", "=", "~", "{? }",
    ),
    Format.PAGE: ("Related Terms\n", "related  terms:", "## ", "\n\n", "(", ")", " (a) (b)", "()", "# ", "    "),
    Format.JSONL: (
        "{}", "[]", '{"set": "s"}\n', '"related": [', '{"to": "C", "kind": "uses"}', '"kinds": {"k": {}}', '"role": "mention"', '"', "\\", "\\u",
        "null", "NaN", "-Infinity", "1E400", "tru", '"":', '{"":{}}', "[[", "]]", "/*", "//", "\n", ",,",
    ),
    Format.CSV: (
        "sep=;\n", "sep=,\r\n", "sep=\t\n", 'sep="\n', '"', '""', '"""', ",", ";", "\t", "|", "\\;", "name,definition\n", "Term;Description\n", "\r", ",,,,,,", "=1+1",
    ),
    Format.TURTLE: (
        "@prefix x: <y> .", "@prefix : <#> .", "@base <> .", "PREFIX a: <b>", "@keywords a .", "skos:prefLabel", "skos:broader", "skos:memberList",
        "rdf:rest", "rdf:first", "( )", "[ ]", "[", "]", "(", ")", "_:b1", "_:", "<>", "<", "<a b>", "<http://[x>", "<\\u0020>", "\"\"\"", "'''", "^^",
        "^^xsd:date", "^^xsd:gYear", '"1"^^xsd:integer', '"x"^^xsd:integer', '"P1Y"^^xsd:duration', '"<a>"^^rdf:XMLLiteral', '"<a"^^rdf:HTML',
        '"{"^^rdf:JSON', "@en", "@en-", "@12", "a ", " . ", " ; ", " , ", "=>", "{", "}", "true", "1.e5", ".5", "+", "is ", " of ", "!", "^", "?x",
        "skos:inScheme 1 .", "skos:Concept", "skos:Collection", "skos:ConceptScheme",
    ),
    Format.RDFXML: (
        "<skos:Concept>", "</skos:Concept>", "<rdf:li/>", "<rdf:_1/>", "<rdf:RDF>", "<rdf:Bag>", "<!--", "-->", "<![CDATA[", "]]>", "<?pi ?>", "<!DOCTYPE a>",
        '<!DOCTYPE a [<!ENTITY b "c">]>', '<!ENTITY a "&a;">', '<!ENTITY a SYSTEM "file:///etc/passwd">', "&ex;", "&b;", "%p;", 'rdf:about="', 'rdf:ID="1"',
        'rdf:nodeID="a b"', 'rdf:parseType="Collection"', 'rdf:parseType="Literal"', 'rdf:parseType="Resource"', 'rdf:datatype="x"', 'rdf:datatype="http://www.w3.org/2001/XMLSchema#date"',
        'rdf:aboutEach="x"', 'rdf:bagID="x"', 'xml:lang="-"', 'xml:lang="x y"', 'xml:base="http://[x"', 'xmlns="a"', 'xmlns:a=""', 'encoding="utf-16"', 'encoding="windows-31j"',
        'encoding="iso-8859-99"', 'encoding="utf-7"', 'version="1.1"', "<a:b/>", "<b/>", "/>", "</", '"', "'",
    ),
    Format.JSONLD: (
        '"@context": ', '"@id": ', '"@type": ', '"@graph": ', '"@list": ', '"@set": ', '"@value": ', '"@language": ', '"@reverse": ', '"@index": ', '"@container": ',
        '"@vocab": ', '"@base": ', '"@version": 1.1', '"@nest": ', '"@included": ', '"@json"', '"@none"', '"@import": "x"', '"@protected": true', '"@propagate": false',
        '"@prefix": 1', '"@direction": "rtl"', '"@annotation": ', '"": ', '"skos:": ', '"@foo": ', '"_:b": ', "{}", "[]", "[[]]", "null", "1e400", '"skos:prefLabel": ', '{"@id": 1}',
        '{"@list": [{"@list": []}]}', '{"@value": {}}', '{"@value": null}', '"http://[x"',
    ),
    Format.NTRIPLES: (
        '"x"@en .', '"x"^^<http://www.w3.org/2001/XMLSchema#date> .', '"x"^^<y> .', "_:b1 ", "_:", " .\n", "<>", "<x>", "<http://[x>", "<\\u0020>", "<a b>", "\\", '"', "@", "^^", "#",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l1 .", "_:l1 ", "<http://www.w3.org/2004/02/skos/core#broader>", "<http://www.w3.org/2004/02/skos/core#Collection>",
    ),
}  # fmt: skip
NESTS: dict[Format, tuple[tuple[str, str], ...]] = {
    Format.YAML: (("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", ""), ("{? ", "}"), ("&a [", "]")),
    Format.PAGE: (("(", ")"), ("# ", "")),
    Format.JSONL: (("[", "]"), ('{"a":', "}"), ('{"related":[', "]}")),
    Format.CSV: (('"', '"'),),
    Format.TURTLE: (("[ skos:narrower ", " ]"), ("( ", " )"), ("{", "}"), ("<", ">")),
    Format.RDFXML: (("<a>", "</a>"), ("<skos:narrower><skos:Concept>", "</skos:Concept></skos:narrower>")),
    Format.JSONLD: (("[", "]"), ('{"a":', "}"), ('{"@list":[', "]}"), ('{"@graph":[', "]}"), ('{"@context":', "}")),
    Format.NTRIPLES: (("<", ">"), ('"', '"')),
}
Mutation = Callable[[random.Random, Format, bytes], bytes]


def mutated(format_: Format, seed: int, iteration: int) -> bytes:
    """The file of one iteration: the same for the same three, on every machine."""
    dice = random.Random(f"{seed} {format_} {iteration}")
    data = dice.choice(seeds(format_))
    for _ in range(dice.choice(HOW_MANY)):
        data = dice.choice(MUTATIONS)(dice, format_, data)[:MOST_BYTES]
    return dice.choice(LAST)(dice, format_, data)[:MOST_BYTES] if dice.random() < 0.15 else data


def _flip(dice: random.Random, _: Format, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 4, 20)) if data else 0):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def _random_bytes(dice: random.Random, _: Format, data: bytes) -> bytes:
    return _inserted(dice, data, dice.randbytes(dice.choice((1, 2, 8))))


def _bad_bytes(dice: random.Random, _: Format, data: bytes) -> bytes:
    return _inserted(dice, data, dice.choice(BAD_BYTES))


def _cut(dice: random.Random, _: Format, data: bytes) -> bytes:
    at = _place(dice, data)
    return dice.choice((data[:at], data[at:]))


def _left_out(dice: random.Random, _: Format, data: bytes) -> bytes:
    start, end = _range(dice, data)
    return data[:start] + data[end:]


def _repeated(dice: random.Random, _: Format, data: bytes) -> bytes:
    start, end = _range(dice, data)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 50, 2000)) + data[end:]


def _odd_text(dice: random.Random, _: Format, data: bytes) -> bytes:
    return _inserted(dice, data, dice.choice(ODD).encode())


def _word_of_the_format(dice: random.Random, format_: Format, data: bytes) -> bytes:
    return _inserted(dice, data, dice.choice(WORDS[format_]).encode())


def _token_replaced(dice: random.Random, format_: Format, data: bytes) -> bytes:
    tokens = TOKEN.findall(data)
    if tokens:
        others = (dice.choice(tokens), dice.choice(ODD).encode(), dice.choice(WORDS[format_]).encode(), b"")
        tokens[dice.randrange(len(tokens))] = dice.choice(others)
    return b"".join(tokens)


def _everywhere_replaced(dice: random.Random, format_: Format, data: bytes) -> bytes:
    tokens = TOKEN.findall(data)
    new = dice.choice((dice.choice(ODD).encode(), dice.choice(WORDS[format_]).encode(), b""))
    return data.replace(dice.choice(tokens), new) if tokens else new


def _tokens_swapped(dice: random.Random, _: Format, data: bytes) -> bytes:
    return b"".join(_swapped(dice, TOKEN.findall(data)))


def _lines_swapped(dice: random.Random, _: Format, data: bytes) -> bytes:
    return b"".join(_swapped(dice, data.splitlines(keepends=True)))


def _line_repeated(dice: random.Random, _: Format, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        at = dice.randrange(len(lines))
        lines[at:at] = [dice.choice(lines)] * dice.choice((1, 1, 3, 1000))
    return b"".join(lines)


def _line_left_out(dice: random.Random, _: Format, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def _indented(dice: random.Random, _: Format, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    if lines:
        at = dice.randrange(len(lines))
        lines[at] = dice.choice((b" ", b"  ", b"\t", b"        ")) + lines[at].lstrip()
    return b"".join(lines)


def _nested(dice: random.Random, format_: Format, data: bytes) -> bytes:
    opening, closing = dice.choice(NESTS[format_])
    depth = dice.choice((2, 30, 45, 250, 3000))
    start, end = _range(dice, data)
    inner = dice.choice((b"", data[start:end]))
    closed = closing.encode() * (depth - dice.choice((0, 0, 1, depth)))
    return data[:start] + opening.encode() * depth + inner + closed + data[end:]


def _exploding(dice: random.Random, _: Format, data: bytes) -> bytes:
    """Anchors and entities, each many times the one before; to other formats a text like any other."""
    levels = range(1, dice.choice((4, 9, 30)))
    yaml = "a0: &a0 [x]\n" + "".join(f"a{one}: &a{one} [{', '.join([f'*a{one - 1}'] * 9)}]\n" for one in levels)
    named = yaml + "terms: [*a3]\n"
    entities = "".join(f'<!ENTITY e{one} "{f"&e{one - 1};" * 9}">' for one in levels)
    xml = f'<!DOCTYPE a [<!ENTITY e0 "x">{entities}]>'
    return _inserted(dice, data, dice.choice((yaml, named, xml, "&e3;")).encode())


def _crossed(dice: random.Random, format_: Format, data: bytes) -> bytes:
    other = dice.choice(seeds(format_))
    if dice.random() < 0.5:
        ours, theirs = data.splitlines(keepends=True), other.splitlines(keepends=True)
        return b"".join(ours[: _place(dice, ours)] + theirs[_place(dice, theirs) :])
    start, end = _range(dice, other)
    return _inserted(dice, data, other[start:end])


def _of_another_format(dice: random.Random, _: Format, data: bytes) -> bytes:
    other = dice.choice(seeds(dice.choice(list(Format))))
    start, end = _range(dice, other)
    return dice.choice((other, _inserted(dice, data, other[start:end])))


def _other_line_ends(dice: random.Random, _: Format, data: bytes) -> bytes:
    return data.replace(b"\n", dice.choice(LINE_ENDS).encode())


def _marked(dice: random.Random, _: Format, data: bytes) -> bytes:
    return dice.choice(MARKS) + data


def _encoded(dice: random.Random, _: Format, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(dice.choice(ENCODINGS), "replace")


def _encoded_and_broken(dice: random.Random, format_: Format, data: bytes) -> bytes:
    found = _encoded(dice, format_, data)
    return dice.choice((_flip, _bad_bytes, _cut, _left_out))(dice, format_, found)


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _random_bytes, _bad_bytes, _cut, _left_out, _repeated, _odd_text, _odd_text, _word_of_the_format, _word_of_the_format,
    _token_replaced, _token_replaced, _everywhere_replaced, _tokens_swapped, _lines_swapped, _line_repeated, _line_left_out,
    _indented, _nested, _exploding, _crossed, _crossed, _of_another_format, _other_line_ends,
)  # fmt: skip
LAST: tuple[Mutation, ...] = (_marked, _encoded, _encoded, _encoded_and_broken)


def _place(dice: random.Random, data: bytes | list[bytes]) -> int:
    return dice.randint(0, len(data))


def _range(dice: random.Random, data: bytes) -> tuple[int, int]:
    start = _place(dice, data)
    return start, min(len(data), start + dice.choice((0, 1, 3, 10, 40, 200)))


def _inserted(dice: random.Random, data: bytes, more: bytes) -> bytes:
    """With more at a place, or instead of what stands there."""
    start, end = _range(dice, data)
    return data[:start] + more + data[dice.choice((start, start, end)) :]


def _swapped(dice: random.Random, parts: list[bytes]) -> list[bytes]:
    if parts:
        one, other = dice.randrange(len(parts)), dice.randrange(len(parts))
        parts[one], parts[other] = parts[other], parts[one]
    return parts
