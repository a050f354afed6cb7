"""Words on the map: all names can be read when it is seen first."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import CY, Map

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
