"""Words on the map: names that can be read at first sight, and nothing that lies on anything else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import CY, Map, Site
from tests.e2e.test_filters import other_page

pytestmark = pytest.mark.browser
Open = Callable[..., Map]
SMALLEST = f"() => Math.min(...{CY}.nodes().map(node => node.numericStyle('font-size') * {CY}.zoom()))"


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
@pytest.mark.parametrize(("query", "least"), [("", 40), ("?focus=wheel", 58), ("?focus=ontology&depth=2", 55)])
def test_all_names_can_be_read_at_first_sight(
    page: Page, open_page: Open, query: str, least: int, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    map_ = open_page(query)
    assert least <= len(map_.settled(least)) <= 60
    assert page.evaluate(SMALLEST) > 9.5


# Pairs of words on relations that lie on one another: the corners of both, and a line that parts them or not.
WORDS = f"""() => {{
  const pen = document.createElement("canvas").getContext("2d");
  const boxes = {CY}.edges(".told").map((edge) => {{
    const [from, to, at] = [edge.source().position(), edge.target().position(), edge.midpoint()];
    const turn = Math.atan2(to.y - from.y, to.x - from.x);
    pen.font = `12px ${{edge.style("font-family")}}`;
    const [w, h] = [pen.measureText(edge.data("label")).width / 2, 7];
    const [x, y] = [at.x + edge.numericStyle("text-margin-x"), at.y + edge.numericStyle("text-margin-y")];
    const corner = ([i, j]) =>
      [x + i * Math.cos(turn) - j * Math.sin(turn), y + i * Math.sin(turn) + j * Math.cos(turn)];
    return [[-w, -h], [w, -h], [w, h], [-w, h]].map(corner);
  }});
  const parts = (box, a, b) => [[0, 1], [1, 2]].some(([i, j]) => {{
    const across = ([x, y]) => x * (box[j][1] - box[i][1]) - y * (box[j][0] - box[i][0]);
    const [here, there] = [a.map(across), b.map(across)];
    return Math.max(...here) < Math.min(...there) || Math.max(...there) < Math.min(...here);
  }});
  const pairs = boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => !parts(a, a, b) && !parts(b, a, b)));
  return [boxes.length, pairs.length];
}}"""


@pytest.mark.parametrize(
    "query",
    ["?term=machine-learning&open=machine-learning", "?focus=knowledge-graph&term=knowledge-graph", "?path=bert,rdf"],
)
def test_words_on_relations_do_not_lie_on_one_another(page: Page, open_page: Open, query: str) -> None:
    open_page(query).settled()
    page.wait_for_function(f"() => {CY}.edges('.told').nonempty()")
    told, crowded = page.evaluate(WORDS)
    assert told >= 3
    assert crowded == 0


def test_on_a_phone_a_path_and_a_reading_order_begin_at_the_top_below_the_toolbar(browser: Browser, site: Site) -> None:
    for query, first in (("?path=fine-tuning,ontology", "fine-tuning"), ("?reading=ontology", "graph")):
        with other_page(browser, f"{site.url}/{query}", 390, 844, has_touch=True, is_mobile=True) as page:
            toolbar = page.locator("#toolbar").bounding_box()
            assert toolbar
            top = page.evaluate(f"() => Math.min(...{CY}.nodes().map(node => node.renderedBoundingBox().y1))")
            left = page.evaluate(f"() => Math.min(...{CY}.nodes().map(node => node.renderedBoundingBox().x1))")
            right = page.evaluate(f"() => Math.max(...{CY}.nodes().map(node => node.renderedBoundingBox().x2))")
            map_top = page.locator("#map-box").bounding_box()["y"]
            assert top + map_top >= toolbar["y"] + toolbar["height"]
            assert left >= 0
            assert right <= 390
            assert Map(page).place(first)[1] < 844 / 2


LAYOUTS = ("organic", "concentric", "hierarchical", "circle", "grid")


# Pairs of the nodes whose labels lie on one another.
BOXES = """(nodes) => {
  const boxes = nodes.map(node => [node.id(), node.boundingBox({ includeNodes: false, includeEdges: false })]);
  const meet = (a, b) => a.x1 < b.x2 - 1 && b.x1 < a.x2 - 1 && a.y1 < b.y2 - 1 && b.y1 < a.y2 - 1;
  return boxes.flatMap(([id, box], at) =>
    boxes.slice(at + 1).filter(([, other]) => meet(box, other)).map(([other]) => [id, other]));
}"""


def overlaps(page: Page) -> list[list[str]]:
    """Pairs of terms whose labels lie on one another, written as large as on the map."""
    found: list[list[str]] = page.evaluate(f"() => conceptmap.far.plain({CY}, () => ({BOXES})({CY}.nodes()))")
    return found


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("query", "least"), [("?", 40), ("?focus=wheel", 58), ("?focus=large-language-model", 20)])
def test_no_label_lies_on_another(page: Page, open_page: Open, query: str, least: int, layout: str) -> None:
    map_ = open_page(f"{query}&layout={layout}")
    assert least <= len(map_.settled(least)) <= 60
    assert overlaps(page) == []


BODIES = f"""() => {{
  const boxes = {CY}.nodes().map(node => node.boundingBox({{ includeLabels: false, includeOverlays: false }}));
  const meet = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;
  return boxes.flatMap((box, at) => boxes.slice(at + 1).filter(other => meet(box, other))).length;
}}"""


def test_a_map_of_as_many_terms_as_there_may_be_is_wide_and_high_and_nobody_lies_on_anybody(
    page: Page, open_page: Open, site: Site, tmp_path: Path
) -> None:
    branches = [f"B{number}" for number in range(13)]
    leaves = [f"{{name: {one} L{number}, related: [{one}]}}" for one in branches for number in range(22)]
    terms = [f"{{name: Forest, related: [{', '.join(branches)}]}}", *(f"{{name: {one}}}" for one in branches), *leaves]
    file = tmp_path / "forest.yaml"
    file.write_text(f"set: forest\ndefinitions: optional\nterms: [{', '.join(terms)}]", encoding="utf-8")
    site.command("load", str(file))
    try:
        open_page("?focus=forest&depth=2").settled(300)
        assert page.evaluate(BODIES) == 0
        box = page.evaluate(f"() => {CY}.nodes().boundingBox()")
        assert 0.5 < box["w"] / box["h"] < 2.5
        read_from_afar(page, open_page)
    finally:
        site.command("unload", "forest", "--wait", "5")


LETTERS = f"""() => Object.fromEntries(
  {CY}.nodes(".far").map(node => [node.id(), node.numericStyle("font-size") * {CY}.zoom()])
)"""


# Letters are as large as the present zoom wants them.
WRITTEN = f"""() => {{
  const letters = {CY}.nodes(".far").map(node => node.numericStyle("font-size") * {CY}.zoom());
  return letters.length > 0 && Math.min(...letters) > 11.9 && Math.max(...letters) < 16;
}}"""


def read_from_afar(page: Page, open_page: Open) -> None:
    """Where all letters are small, names can be read: of the selected term and its neighbours, else of what matters."""
    map_ = open_page("?focus=forest&depth=2&term=b3")
    map_.settled(300)
    before = map_.positions()
    page.evaluate(f"() => {CY}.zoom({{level: 0.3, renderedPosition: {{x: 700, y: 400}}}})")
    page.wait_for_function(WRITTEN)
    letters = page.evaluate(LETTERS)
    assert "b3" in letters
    assert 1 < len(letters) < 24
    assert all(term == "forest" or term.startswith("b3") for term in letters)
    assert page.evaluate(f"() => ({BOXES})({CY}.nodes('.far'))") == []
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => {CY}.nodes('.far').some(node => !/^(b3|forest)/.test(node.id()))")
    letters = page.evaluate(LETTERS)
    assert "forest" in letters
    assert len([term for term in letters if "-" not in term]) > 4
    assert min(letters.values()) >= 11.9
    assert page.evaluate(f"() => ({BOXES})({CY}.nodes('.far'))") == []
    page.evaluate(f"() => {CY}.zoom({{level: 1, renderedPosition: {{x: 700, y: 400}}}})")
    page.wait_for_function(f"() => {CY}.nodes('.far').empty()")
    assert page.evaluate(f"() => {CY}.getElementById('b3').numericStyle('font-size')") < 19
    assert map_.positions() == before


def test_a_map_that_was_arranged_before_is_the_same_in_another_tab_and_is_not_calculated_again(
    context: BrowserContext, site: Site
) -> None:
    first = opened(context, site)
    again = opened(context, site)
    assert again.positions() == first.positions()
    # What is kept is believed: had this one been calculated, it would lie where the others do.
    moved = """() => {
      const kept = JSON.parse(localStorage.getItem('conceptmap-known'));
      localStorage.setItem('conceptmap-known', JSON.stringify(kept.map(([mark, numbers]) => [mark, numbers.map(n => n + 50)])));
    }"""
    first.page.evaluate(moved)
    shifted = {term: (round(x + 50, 2), round(y + 50, 2)) for term, (x, y) in first.positions().items()}
    assert opened(context, site).positions() == shifted
    first.page.evaluate("() => localStorage.setItem('conceptmap-known', '[[')")
    assert opened(context, site).positions() == first.positions()


def opened(context: BrowserContext, site: Site) -> Map:
    """The start in a tab of its own, with a session of its own."""
    page = context.new_page()
    page.goto(site.url)
    map_ = Map(page)
    map_.settled()
    return map_
