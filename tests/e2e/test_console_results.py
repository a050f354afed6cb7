"""What a query gave: as a table, as a map, as JSON, as files; what is told of its limits."""

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Map
from tests.e2e.test_console import console, run

pytestmark = pytest.mark.browser
Open = Callable[..., Map]
EVERYTHING = """MATCH way = (a:Term {id: 'fine-tuning'})-[r:RELATED_TO]->(b:Term {id: 'foundation-model'})
RETURN a AS node, r AS relation, way, 9007199254740993 AS big, -1.5 AS number, null AS nothing, '' AS empty,
  'null' AS word, [1, null, 'a, b'] AS list, {a: {b: true}} AS map, date('2026-01-02') AS day,
  duration('P1DT2H') AS span, point({x: 1, y: 2}) AS point, 0.0 / 0.0 AS nan, 2.0 AS whole, [1.0, 1] AS both"""
HOSTILE = "RETURN '<img src=x onerror=\"window.hacked = 1\">' AS `<b>name</b>`, '=1+1' AS formula"


def cells(page: Page, row: int = 0) -> list[str]:
    found = page.locator(f"#console .ag-row[row-index='{row}'] .ag-cell")
    expect(found.first).to_be_visible()
    script = "cells => cells.sort((a, b) => a.getAttribute('aria-colindex') - b.getAttribute('aria-colindex')).map(c => c.textContent)"
    texts: list[str] = found.evaluate_all(script)
    return texts


def downloaded(page: Page, kind: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Download as {kind}").click()
    assert re.fullmatch(rf"query-[\d-]+\.{kind.lower()}", download.value.suggested_filename)
    return Path(download.value.path()).read_bytes().decode("utf-8")


def test_every_value_is_told_in_all_three(page: Page, open_page: Open) -> None:
    page.set_viewport_size({"width": 3000, "height": 900})
    open_page()
    console(page)
    run(page, EVERYTHING)
    shown = cells(page)
    assert shown[:3] == ["(Fine-Tuning)", "[uses]", "(Fine-Tuning)-[uses]->(Foundation Model)"]
    assert shown[3:9] == ["9007199254740993", "-1.5", "null", "", "null", '[1, null, "a, b"]']
    assert shown[9:12] == ["{a: {b: true}}", "2026-01-02", "P1DT2H"]
    assert shown[12:] == ["{srid: 7203, coordinates: [1.0, 2.0]}", "NaN", "2.0", "[1.0, 1]"]
    # Nothing at all looks otherwise than the word.
    assert page.locator("#console .ag-cell.null").all_text_contents() == ["null"]
    page.get_by_role("button", name="JSON", exact=True).click()
    (row,) = json.loads(page.locator("#console-json").text_content() or "")
    assert row == json.loads(downloaded(page, "JSON"))[0]
    assert row["node"]["properties"]["name"] == "Fine-Tuning"
    assert (row["big"], row["nothing"], row["word"], row["empty"]) == ("9007199254740993", None, "null", "")
    assert '"whole": 2.0' in (page.locator("#console-json").text_content() or "")
    (names, values) = csv.reader(io.StringIO(downloaded(page, "CSV")))
    assert dict(zip(names, values, strict=True))["way"] == "(Fine-Tuning)-[uses]->(Foundation Model)"
    page.get_by_role("button", name="Map", exact=True).click()
    expect(page.locator("#console-map summary")).to_have_text("2 nodes, 1 relationship")


def test_hostile_texts_are_texts(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    run(page, HOSTILE)
    assert cells(page) == ['<img src=x onerror="window.hacked = 1">', "=1+1"]
    expect(page.locator("#console .ag-header")).to_contain_text("<b>name</b>")
    page.locator("#console .ag-cell").first.hover()
    page.wait_for_timeout(800)
    page.get_by_role("button", name="JSON", exact=True).click()
    expect(page.locator("#console-json")).to_contain_text("<img src=x")
    assert page.evaluate("window.hacked") is None


def test_the_table_sorts_filters_and_copies(page: Page, open_page: Open) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page()
    console(page)
    run(page, "UNWIND [3.0, 10, null, 1] AS n RETURN n, 'row ' + toString(n) AS text")
    header = page.locator("#console .ag-header-cell").first
    header.locator(".ag-header-cell-label").click()
    assert [cells(page, row)[0] for row in range(4)] == ["1", "3.0", "10", "null"]
    header.locator(".ag-header-cell-menu-button, .ag-header-cell-filter-button").first.click()
    page.locator(".ag-filter input[type=number]").first.fill("3")
    expect(page.locator("#console .ag-row")).to_have_count(1)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("#flash")).to_have_text("1 row copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "n\ttext\n3.0\trow 3.0"
    assert downloaded(page, "CSV") == "n,text\r\n3.0,row 3.0\r\n"


def test_limits_are_told(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    run(page, "UNWIND range(1, 5000) AS n RETURN n")
    status = page.locator("#console-status")
    expect(status).to_have_text(re.compile(r"^1,000 rows in .* The first 1,000 rows; there are more\.$"))
    run(page, "MATCH (t:Term) WITH collect(t.definition) AS all RETURN all + all + all + all + all + all AS long")
    expect(status).to_contain_text("1 row in")
    expect(status).to_contain_text("One cell holds more than 100,000 bytes")
    run(page, "RETURN 1 AS n LIMIT 0")
    expect(status).to_have_text(re.compile(r"^No rows in "))
    expect(page.locator("#console .ag-row")).to_have_count(0)


def test_a_map_is_drawn_and_its_terms_come_onto_the_main_one(page: Page, open_page: Open) -> None:
    map_ = open_page()
    before = map_.settled(40)
    console(page)
    run(page, "MATCH (t:Term) WHERE t.id STARTS WITH 'spoke-0' RETURN t")
    expect(page.locator("#console .ag-row").first).to_be_visible()
    page.get_by_role("button", name="Map", exact=True).click()
    expect(page.locator("#console-map canvas").first).to_be_visible()
    expect(page.locator("#console-map summary")).to_have_text("10 nodes, 0 relationships")
    page.get_by_role("button", name="Add to the map").click()
    expect(page.locator("#flash")).to_have_text("10 terms added to the map.")
    expect(page).to_have_url(re.compile(r"with=spoke-00,spoke-01"))
    after = map_.settled(50)
    assert set(after) - set(before) == {f"spoke-{number:02}" for number in range(10)}
    assert {term: after[term] for term in before} == before
    page.get_by_role("button", name="Add to the map").click()
    expect(page.locator("#flash")).to_have_text("All of these terms are on the map already.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile("^Undo: added 10 terms")).click()
    page.wait_for_timeout(500)
    assert set(map_.settled(40)) == set(before)


def test_a_term_of_the_result_is_selected_by_its_name(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    run(page, "MATCH (t:Term {id: 'embeddings'}), (s:TermSet {id: 'ai'}) RETURN t, s")
    page.get_by_role("button", name="Map", exact=True).click()
    page.locator("#console-map summary").click()
    expect(page.locator("#console-map li")).to_have_text(["Embeddings", re.compile(r"^\(")])
    page.locator("#console-map").get_by_role("button", name="Embeddings").click()
    expect(page.locator("#panel h2")).to_have_text("Embeddings")


def test_without_nodes_there_is_no_map(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    run(page, "MATCH (t:Term) RETURN t LIMIT 1")
    page.get_by_role("button", name="Map", exact=True).click()
    run(page, "RETURN 1 AS one")
    expect(page.get_by_role("button", name="Map", exact=True)).to_be_hidden()
    assert cells(page) == ["1"]


def test_the_small_map_follows_the_theme(page: Page, open_page: Open) -> None:
    open_page()
    console(page)
    run(page, "MATCH (t:Term) RETURN t LIMIT 3")
    page.get_by_role("button", name="Map", exact=True).click()
    script: Any = (
        "() => { const cy = document.querySelector('.small-map')._cyreg.cy; return cy.nodes()[0].style('color'); }"
    )
    light = page.evaluate(script)
    page.locator("#theme-button").click()
    page.wait_for_function(f"light => ({script})() !== light", arg=light)
