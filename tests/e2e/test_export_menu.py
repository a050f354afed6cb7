"""The export menu in the header: by keyboard, in both themes, and each file that it saves, opened and read."""

import json
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Map, Site, environment, explorer, in_both_themes, title
from tests.e2e.test_explorer import Open, violations

pytestmark = pytest.mark.browser
FORMATS = {
    "png": "PNG, a picture",
    "svg": "SVG, a drawing",
    "json": "JSON of Cytoscape",
    "graphml": "GraphML, a graph",
    "csv": "CSV, a table",
    "html": "HTML, a page that works offline",
}
SOME_HIDDEN = "?focus=retrieval-augmented-generation&without=embeddings&hide=Models"
HOSTILE = "Hostile <b>Term</b>"
NOTED = """
set: noted
terms:
  - {name: One, definition: The first., related: [{to: Two, kind: uses, note: Why.}]}
  - {name: Two, definition: The second.}
"""


def save(page: Page, format_: str, folder: Path) -> Path:
    """The file that the menu's item saves."""
    with page.expect_download() as download:
        page.locator("#export-button").click()
        page.get_by_role("menuitem", name=FORMATS[format_]).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == f".{format_}"
    return path


def names_on(page: Page) -> set[str]:
    """The names of the terms on the map."""
    names: list[str] = page.evaluate("() => window.conceptmap.cy.nodes().map((node) => node.data('label'))")
    assert names
    return set(names)


def check(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "conceptmap", "check", str(path)]
    return subprocess.run(command, env=environment(path.parent), capture_output=True, text=True, timeout=60)


def graph_of(path: Path) -> tuple[dict[str, str], int]:
    """Names by id, and how many relations, of a GraphML file."""
    space = "{http://graphml.graphdrawing.org/xmlns}"
    graph = ET.parse(path).getroot().find(f"{space}graph")
    assert graph is not None
    names = {
        node.attrib["id"]: next(str(data.text) for data in node if data.get("key") == "name")
        for node in graph.iter(f"{space}node")
    }
    return names, len(list(graph.iter(f"{space}edge")))


def test_the_menu_works_by_keyboard_alone(page: Page, open_page: Open) -> None:
    open_page()
    button, items = page.locator("#export-button"), page.get_by_role("menuitem")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu", name="Export the map")).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert [item.strip() for item in items.all_inner_texts()] == list(FORMATS.values())
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    expect(items.nth(4)).to_be_focused()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "conceptmap.csv"
    expect(button).to_be_focused()


def test_the_open_menu_and_its_note_are_accessible(page: Page, site: Site) -> None:
    page.goto(site.url)
    Map(page).settled(40)
    page.locator("#export-button").click()
    expect(page.get_by_role("menu")).to_be_visible()
    assert in_both_themes(page, violations) == []
    page.keyboard.press("Escape")
    page.evaluate("() => { window.conceptmap.cy.elements().remove(); }")
    page.locator("#export-button").click()
    page.get_by_role("menuitem", name="CSV").click()
    expect(page.locator("#export-note")).to_contain_text("Nothing is on the map to export.")
    assert in_both_themes(page, violations) == []


def test_a_picture_is_a_png_of_the_whole_map(page: Page, open_page: Open, tmp_path: Path) -> None:
    open_page(SOME_HIDDEN)
    content = save(page, "png", tmp_path).read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert min(width, height) > 300
    assert len(content) > 10_000


def test_a_drawing_is_xml_with_the_names_that_are_seen(page: Page, open_page: Open, tmp_path: Path) -> None:
    open_page(SOME_HIDDEN)
    root = ET.parse(save(page, "svg", tmp_path)).getroot()
    text = " ".join("".join(root.itertext()).split())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Retrieval" in text
    assert "Embeddings" not in text
    drawn = "".join(text.split())
    assert [name for name in names_on(page) if "".join(name.split()) not in drawn] == []


def test_json_is_cytoscapes_own(page: Page, open_page: Open, tmp_path: Path) -> None:
    open_page(SOME_HIDDEN)
    path = save(page, "json", tmp_path)
    elements = json.loads(path.read_text(encoding="utf-8"))["elements"]
    assert {node["data"]["label"] for node in elements["nodes"]} == names_on(page)
    ids = {node["data"]["id"] for node in elements["nodes"]}
    assert elements["edges"]
    assert {edge["data"][end] for edge in elements["edges"] for end in ("source", "target")} <= ids
    page.evaluate("(elements) => { window.conceptmap.cy.json({ elements }); }", elements)
    assert page.evaluate("() => window.conceptmap.cy.nodes().length") == len(ids)


def test_graphml_has_the_terms_and_relations_that_are_seen(page: Page, open_page: Open, tmp_path: Path) -> None:
    open_page(SOME_HIDDEN)
    path = save(page, "graphml", tmp_path)
    assert path.name == "conceptmap-retrieval-augmented-generation.graphml"
    names, relations = graph_of(path)
    assert set(names.values()) == names_on(page)
    assert "embeddings" not in names
    assert relations == page.evaluate("() => window.conceptmap.cy.edges().length")


def test_a_table_of_the_map_can_be_checked_and_loaded(page: Page, open_page: Open, tmp_path: Path) -> None:
    open_page(SOME_HIDDEN)
    path = save(page, "csv", tmp_path)
    rows = path.read_text(encoding="utf-8")
    assert "\nEmbeddings," not in rows
    done = check(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(names_on(page))} terms" in done.stdout


def test_a_page_of_the_map_opens_offline(page: Page, open_page: Open, browser: Browser, tmp_path: Path) -> None:
    open_page(SOME_HIDDEN)
    path, names = save(page, "html", tmp_path), names_on(page)
    context = browser.new_context(offline=True)
    try:
        alone = context.new_page()
        said: list[str] = []
        alone.on("console", lambda message: said.append(message.text))
        alone.on("pageerror", lambda error: said.append(str(error)))
        alone.goto(path.as_uri())
        expect(alone.locator("#count")).to_have_text(f"{len(names)} of {len(names)} shown")
        alone.keyboard.press("/")
        alone.keyboard.type("retrieval-augmented")
        alone.get_by_role("option").first.click()
        title(alone, "Retrieval-Augmented Generation")
        first = alone.locator("#panel .neighbours a").first
        name = first.inner_text().strip()
        first.click()
        title(alone, name)
        assert name in names
        assert said == []
    finally:
        context.close()


def test_names_of_anyone_are_text_in_every_file(page: Page, open_page: Open, browser: Browser, tmp_path: Path) -> None:
    open_page("?focus=hostile-less-b-greater-term-less-b-greater")
    assert HOSTILE in graph_of(save(page, "graphml", tmp_path))[0].values()
    assert check(save(page, "csv", tmp_path)).returncode == 0
    assert "<b>" not in save(page, "svg", tmp_path).read_text(encoding="utf-8")
    alone = browser.new_page()
    try:
        alone.goto(save(page, "html", tmp_path).as_uri())
        expect(alone.locator("#count")).to_contain_text("shown")
        alone.keyboard.press("t")
        expect(alone.locator("#list")).to_contain_text(HOSTILE)
        assert alone.evaluate("window.hacked") is None
    finally:
        alone.close()


def test_what_is_left_out_is_told_and_so_is_an_explorer_that_has_gone(page: Page, tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text(NOTED, encoding="utf-8")
    with explorer(tmp_path / "home") as site:
        site.command("load", str(tmp_path / "s.yaml"))
        page.goto(site.url)
        Map(page).settled(2)
        save(page, "csv", tmp_path)
        note = page.locator("#export-note")
        expect(note).to_have_text("Exported: conceptmap.csv. Not in this format: 1 note.Close")
        assert violations(page) == []
        note.get_by_role("button").click()
        expect(note).to_be_hidden()
        site.process.terminate()
        site.process.wait(30)
        page.locator("#export-button").click()
        page.get_by_role("menuitem", name="GraphML").click()
        expect(note).to_contain_text("Nothing was exported. The explorer does not answer: start it again")
        assert save(page, "png", tmp_path).stat().st_size > 1000
        expect(note).to_be_hidden()


def test_a_slow_explorer_shows_that_the_export_is_being_made(page: Page, open_page: Open, tmp_path: Path) -> None:
    open_page()
    held: list[Any] = []
    page.route("**/_export*", lambda route: held.append(route))
    page.locator("#export-button").click()
    page.get_by_role("menuitem", name="CSV").click()
    expect(page.locator("#export-button")).to_have_attribute("aria-busy", "true")
    expect(page.locator("#live")).to_have_text("The export is being made …")
    held[0].fulfill(status=503, content_type="text/plain", body="No database answers: start the server.")
    expect(page.locator("#export-note")).to_contain_text("Nothing was exported. No database answers: start the server.")
    expect(page.locator("#export-button")).not_to_have_attribute("aria-busy", "true")
    page.unroute("**/_export*")
    assert graph_of(save(page, "graphml", tmp_path))[1] > 0
    expect(page.locator("#export-note")).to_be_hidden()
