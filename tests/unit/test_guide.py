"""The documentation holds together: links lead somewhere, pictures are there, and the guide knows the keys."""

import re
from pathlib import Path

import pytest

from explorer.dialogs import KEYS

ROOT = Path(__file__).parent.parent.parent
GUIDE = ROOT / "docs" / "exploring.md"
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r'\]\(([^)\s]+)\)|\b(?:src|srcset)="([^"]+)"')
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def links(page: Path) -> list[str]:
    """What a page refers to within the repository."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    found = [markdown or html for markdown, html in LINK.findall(text)]
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """The headings of a page, as GitHub makes addresses of them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_and_picture_of_a_page_is_there(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_guide_is_linked_from_the_readme() -> None:
    assert "docs/exploring.md" in links(ROOT / "README.md")


def test_each_picture_of_the_guide_is_there_for_both_themes() -> None:
    pictures = {link for link in links(GUIDE) if link.startswith("pictures/")}
    assert len(pictures) > 10
    themes = ("-light.png", "-dark.png")
    assert {re.sub("-(light|dark).png$", "", one) + theme for one in pictures for theme in themes} == pictures


def test_no_picture_is_kept_that_no_page_shows() -> None:
    shown = {(page.parent / link).resolve() for page in PAGES for link in links(page)}
    for picture in (ROOT / "docs" / "pictures").glob("*.png"):
        pair = {
            picture.with_name(re.sub("-(light|dark).png$", f"-{theme}.png", picture.name))
            for theme in ("light", "dark")
        }
        assert pair & shown, f"{picture.name} is on no page"


def test_the_guide_tells_every_key_as_the_explorer_does() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("| key | does |\n|---|---|\n")[2].partition("\n\n")[0]
    assert table.splitlines() == [f"| {' '.join(f'`{key}`' for key in keys.split())} | {what} |" for keys, what in KEYS]
