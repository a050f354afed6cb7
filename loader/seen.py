"""Which characters of a text are seen: the rest makes names differ that look alike, or turns a line about."""

import re

# Control characters, soft hyphens, zero-width spaces and word joiners, marks and overrides of direction. The joiners
# U+200C and U+200D stay: Persian, the scripts of India and emoji need them.
_NOWHERE = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb"
NOWHERE = re.compile(f"[{_NOWHERE}]")
# Marks of direction are right in a text of two directions, and hide in a name.
NOT_IN_NAMES = re.compile(f"[{_NOWHERE}\u200e\u200f\u2066-\u2069]")


def seen(name: str) -> str:
    """A name without what nobody sees."""
    return NOT_IN_NAMES.sub("", name)
