"""What changes on the map changes in place: what stays is neither drawn anew nor moved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import CY, Map, Site, title

pytestmark = pytest.mark.browser
Open = Callable[..., Map]
# In braces, for what a script gives back is copied, and a collection holds all of cytoscape.
MARKED = f"() => {{ {CY}.elements().forEach((one) => one.scratch('before', true)); }}"
KEPT = f"() => {CY}.elements().filter((one) => one.scratch('before')).map((one) => one.id())"
IDS = f"() => {CY}.elements().map((one) => one.id())"


def test_who_stays_on_the_map_is_not_drawn_anew(page: Page, open_page: Open) -> None:
    map_ = open_page()
    before = map_.settled(40)
    page.evaluate(MARKED)
    there = page.evaluate(IDS)
    map_.click("foundation-model")
    title(page, "Foundation Model")
    map_.settled(len(before) + 1)
    assert sorted(page.evaluate(KEPT)) == sorted(there)
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("What is loaded")
    page.wait_for_function(f"count => {CY}.nodes().length === count", arg=len(before))
    assert sorted(page.evaluate(KEPT)) == sorted(page.evaluate(IDS)) == sorted(there)


def test_a_term_of_another_name_gets_it_where_it_stands(
    page: Page, open_page: Open, site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "late.yaml"

    def load(name: str) -> None:
        terms = f"[{{id: late, name: {name}, definition: New., related: [Other]}}, {{name: Other, definition: Old.}}]"
        file.write_text(f"set: late\nterms: {terms}", encoding="utf-8")
        site.command("load", str(file))

    load("Latecomer")
    try:
        before = open_page("?focus=late").settled(2)
        page.evaluate(MARKED)
        load("Early Bird")
        page.locator("#offer button").click()
        title(page, "Early Bird")
        page.wait_for_function(f"() => {CY}.$id('late').data('label') === 'Early Bird'")
        assert set(page.evaluate(KEPT)) == set(page.evaluate(IDS))
        assert page.evaluate(f"() => {CY}.$id('late').position()") == dict(zip("xy", before["late"], strict=True))
    finally:
        site.command("unload", "late", "--wait", "5")


ON_LINE = f"""() => {CY}.edges('.told').map((edge) => {{
  const [from, to] = [edge.source().position(), edge.target().position()];
  const along = Math.hypot(to.x - from.x, to.y - from.y);
  return Math.abs(edge.data('wordsX') * (to.y - from.y) - edge.data('wordsY') * (to.x - from.x)) / along;
}})"""


def test_words_on_relations_stay_on_their_line_when_a_term_is_dragged(page: Page, open_page: Open) -> None:
    map_ = open_page("?focus=knowledge-graph&term=knowledge-graph")
    map_.settled(10)
    page.wait_for_function(
        f"() => {CY}.edges('.told').some((edge) => Math.hypot(edge.data('wordsX'), edge.data('wordsY')) > 8)"
    )
    x, y = map_.place("knowledge-graph")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=3)
    page.mouse.move(x + 170, y + 60, steps=3)
    page.mouse.up()
    page.wait_for_timeout(300)
    apart = page.evaluate(ON_LINE)
    assert apart
    assert max(apart) < 1
