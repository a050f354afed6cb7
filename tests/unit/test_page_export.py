"""The page that stands alone: what is in its file, and that nothing in it can run or ask."""

import base64
import hashlib
import json
import re
from typing import Any

import pytest

from cli.page import write_page
from explorer.page_export import Book, PageTerm, document
from explorer.page_export.book import MOST_ON_MAP, payload
from explorer.page_export.layout import places
from explorer.queries import Relation
from graph.kinds import BUILT_IN
from loader.export.model import Exported, Rank
from loader.model import Header
from tests.unit.test_export_formats import ALPHA, BETA, GAMMA, SET, exported

HOSTILE = "</script><script>alert(1)</script><!-- <b> \u2028 $data ${title}"


def book(*terms: PageTerm, relations: tuple[Relation, ...] = (), title: str = "T") -> Book:
    return Book(title, terms, relations, tuple(BUILT_IN.values()))


def data_of(text: str) -> dict[str, Any]:
    """The data block of a page."""
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    read: dict[str, Any] = json.loads(found)
    return read


def test_hostile_texts_stay_data() -> None:
    term = PageTerm("x", HOSTILE, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), (HOSTILE,))
    text = document(book(term, title=HOSTILE))
    assert len(re.findall("<script", text)) == 3
    assert "<title>&lt;/script&gt;" in text
    assert data_of(text)["terms"][0][:2] == ["x", HOSTILE]


def test_the_policy_lets_this_files_own_scripts_run_and_nothing_else() -> None:
    text = document(book(PageTerm("x", "X")))
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy.startswith("default-src 'none'; ")
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    (style,) = re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
    assert len(scripts) == 2
    for part in (*scripts, style):
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"""(?:src|href)=["'](?!data:|#)""", re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL))


def test_an_empty_page_is_below_a_megabyte() -> None:
    assert len(document(book()).encode()) < 1_000_000


def test_the_same_terms_make_the_same_file() -> None:
    terms = [PageTerm(f"t{number}", f"T{number}", importance=number % 3) for number in range(30)]
    relations = tuple(Relation(f"t{number}", "uses", f"t{number // 2}") for number in range(1, 30))
    one = document(book(*terms, relations=relations))
    assert document(book(*reversed(terms), relations=relations[::-1])) == one


def test_of_many_terms_the_most_important_are_on_the_map_and_all_in_the_file() -> None:
    terms = [PageTerm(f"t{number:04}", "T", importance=float(number)) for number in range(MOST_ON_MAP + 50)]
    made = payload(book(*terms))
    assert (len(made["terms"]), len(made["places"])) == (MOST_ON_MAP + 50, 2 * MOST_ON_MAP)
    assert made["terms"][0][0] == f"t{MOST_ON_MAP + 49:04}"


@pytest.mark.parametrize(("number", "pairs"), [(0, []), (1, []), (2, []), (3, [(0, 0), (1, 2)]), (40, [(0, 1)])])
def test_every_term_of_the_map_has_a_place_of_its_own(number: int, pairs: list[tuple[int, int]]) -> None:
    found = places(number, pairs)
    assert len(set(zip(found[::2], found[1::2], strict=True))) == number


def test_markdown_comes_as_structure_with_mentions_and_without_what_is_not_allowed() -> None:
    text = "Uses **Beta** and [this](https://example.org), not [that](javascript:alert(1)).\n\n<img src=x>"
    made = payload(
        book(
            PageTerm("alpha", "Alpha", "Beta's sibling.", text, importance=2),
            PageTerm("beta", "Beta", importance=1),
            relations=(Relation("alpha", "uses", "beta"),),
        )
    )
    _, _, definition, explanation, *_ = made["terms"][0]
    assert definition == [[1, "Beta"], "'s sibling."]
    assert explanation[0] == [
        "p",
        [
            "Uses ", ["strong", ["Beta"]], " and ", ["a", ["this"], "https://example.org"], ", not [that](javascript:alert(1)).",
        ],
    ]  # fmt: skip
    assert explanation[1] == ["p", ["<img src=x>"]]


def test_sets_are_one_page_with_their_sources() -> None:
    other = exported(ALPHA, header=Header("other", title="Another", priority=5))
    both = Exported((*SET.sets, *other.sets), ranks={"gamma": Rank(0.5, 1), "alpha": Rank(0.1, 1)})
    written = write_page(both)
    made = data_of(written.text)
    assert [row[0] for row in made["terms"]] == ["gamma", "alpha", "beta"]
    assert made["terms"][1][6] == ["Another", SET.sets[0].header.title]
    assert {row[1] for row in made["relations"]} == {"related", "broader", "uses", "regulates"}
    assert [row[:2] for row in made["sets"]] == [[SET.sets[0].header.title, 3], ["Another", 1]]
    assert written.dropped == ("2 former ids",)


def test_a_term_that_no_exported_set_defines_is_pale() -> None:
    made = data_of(write_page(exported(ALPHA, GAMMA)).text)
    assert {row[0]: row[9] for row in made["terms"]} == {"alpha": 1, "gamma": 1, BETA.id: 0}
