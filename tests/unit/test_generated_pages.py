"""Pages that are written by a program are as it would write them now."""

from docs import library, security
from graph.library import TYPES, read_library


def test_the_page_of_the_library() -> None:
    assert library.PAGE.read_text(encoding="utf-8") == library.page(), "run `python -m docs.library`"


def test_the_page_on_security() -> None:
    assert security.PAGE.read_text(encoding="utf-8") == security.page(), "run `python -m docs.security`"


def test_the_guide_names_every_type_of_a_parameter() -> None:
    guide = library.PAGE.with_name("cypher.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in guide for name in TYPES)
    assert len(read_library().queries) >= 20
