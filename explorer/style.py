"""How the map looks: the stylesheets of cytoscape for light and dark, and the palette of categories.

Colours are told apart by people who see few of them, and each stands 3:1 against its background; shapes go
with them, so that colour is never alone. `assets/conceptmap.css` has the same colours for the
legend; a test holds the two together.
"""

from dataclasses import dataclass
from typing import Any

from graph.kinds import Kind

# A category's tint is one of eight colours in one of three rounds; each round shifts the shapes.
COLOURS = 8
SHAPES = ("ellipse", "round-rectangle", "round-diamond", "round-hexagon")
OTHER = 3 * COLOURS
LINES = {
    "related": ("solid", "none"),
    "broader": ("solid", "triangle"),
    "part-of": ("solid", "diamond"),
    "uses": ("solid", "vee"),
    "requires": ("dashed", "triangle"),
    "contrasts-with": ("dotted", "none"),
    "example-of": ("dashed", "vee"),
}
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif'


@dataclass(frozen=True)
class Theme:
    """The colours of one theme."""

    colours: tuple[str, ...]
    ground: str
    text: str
    edge: str
    edge_near: str
    accent: str


LIGHT = Theme(
    colours=(
        "#3f6fd8", "#c2620c", "#14866a", "#b0449c", "#7a6a00", "#0f86a6", "#c8433f", "#7459c8", "#737b89",
    ),
    ground="#fbfbfa",
    text="#22262e",
    edge="#b9bec8",
    edge_near="#6d7686",
    accent="#4353d6",
)  # fmt: skip
DARK = Theme(
    colours=(
        "#7fa6ff", "#f0a35a", "#55cda3", "#ea90d2", "#dcc75c", "#5cc8e4", "#ff8d83", "#b8a0ff", "#98a1b0",
    ),
    ground="#14161b",
    text="#e7e9ee",
    edge="#434956",
    edge_near="#939cad",
    accent="#9aa6ff",
)  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK}


def look(tint: int) -> tuple[int, int]:
    """Colour and shape of a tint, as places in `Theme.colours` and `SHAPES`; OTHER is grey and round."""
    if tint >= OTHER:
        return COLOURS, 0
    return tint % COLOURS, (tint + tint // COLOURS) % len(SHAPES)


def line_of(kind: Kind) -> tuple[str, str]:
    """Line and arrow of a kind; symmetric kinds have no arrow."""
    return LINES.get(kind.id, ("solid", "none" if kind.symmetric else "triangle-backcurve"))


def stylesheet(theme: Theme) -> list[dict[str, Any]]:
    """The stylesheet of the map. Classes are set by `assets/map.js`: they say what the reader looks at."""
    return [*_nodes(theme), *_edges(theme), *_attention(theme)]


def _nodes(theme: Theme) -> list[dict[str, Any]]:
    base = {
        "width": "data(size)",
        "height": "data(size)",
        "background-color": theme.colours[COLOURS],
        "border-width": 0,
        "label": "data(label)",
        "color": theme.text,
        "font-family": FONT,
        "font-size": "data(font)",
        "font-weight": 500,
        "text-wrap": "wrap",
        "text-max-width": "132px",
        "text-valign": "bottom",
        "text-margin-y": 5,
        "line-height": 1.15,
        "text-outline-color": theme.ground,
        "text-outline-width": 2.5,
        "text-outline-opacity": 0.95,
        "min-zoomed-font-size": 8,
        "overlay-opacity": 0,
        "z-index": 10,
    }
    tinted = [
        {
            "selector": f"node[tint = {tint}]",
            "style": {"background-color": theme.colours[look(tint)[0]], "shape": SHAPES[look(tint)[1]]},
        }
        for tint in range(OTHER + 1)
    ]
    pale = {
        "background-opacity": 0.25,
        "border-width": 1.5,
        "border-style": "dashed",
        "border-color": theme.edge_near,
    }
    return [
        {"selector": "node", "style": base},
        *tinted,
        {"selector": "node[pale = 1]", "style": pale},
    ]


def _edges(theme: Theme) -> list[dict[str, Any]]:
    base = {
        "width": 1.2,
        "curve-style": "bezier",
        "line-color": theme.edge,
        "line-style": "data(line)",
        "target-arrow-shape": "data(arrow)",
        "target-arrow-color": theme.edge,
        "arrow-scale": 0.8,
        "target-distance-from-node": 2,
        "overlay-opacity": 0,
        "z-index": 1,
    }
    told = {
        "label": "data(label)",
        "font-family": FONT,
        "font-size": 12,
        "color": theme.text,
        "text-background-color": theme.ground,
        "text-background-opacity": 0.92,
        "text-background-padding": "2px",
        "text-background-shape": "roundrectangle",
        "text-rotation": "autorotate",
        "min-zoomed-font-size": 7,
        "z-index": 12,
    }
    return [
        {"selector": "edge", "style": base},
        {"selector": "edge.told, edge.told-now", "style": told},
        {"selector": "edge.told", "style": {"text-margin-x": "data(wordsX)", "text-margin-y": "data(wordsY)"}},
    ]


def _attention(theme: Theme) -> list[dict[str, Any]]:
    """Later rules win: what steps back, what is near, what is selected, what is pointed at."""
    near_edge = {"line-color": theme.edge_near, "target-arrow-color": theme.edge_near, "width": 1.8, "z-index": 5}
    return [
        {"selector": "node.aside", "style": {"opacity": 0.5}},
        {"selector": "edge.aside", "style": {"opacity": 0.35}},
        {
            "selector": "edge.online",
            "style": {"line-color": theme.accent, "target-arrow-color": theme.accent, "width": 2.2, "z-index": 6},
        },
        {"selector": "node.faded", "style": {"opacity": 0.28}},
        {"selector": "edge.faded", "style": {"opacity": 0.16}},
        {"selector": "edge.near", "style": near_edge},
        {
            "selector": "node.selected",
            "style": {
                "border-width": 3,
                "border-style": "solid",
                "border-color": theme.ground,
                "outline-width": 3,
                "outline-color": theme.accent,
                "font-weight": 700,
                "min-zoomed-font-size": 0,
                "z-index": 20,
            },
        },
        {"selector": "node.mute", "style": {"text-opacity": 0, "text-outline-opacity": 0}},
        {"selector": "edge.mute", "style": {"text-opacity": 0, "text-background-opacity": 0}},
        {
            # Sizes that assets/far.js works out.
            "selector": "node.far",
            "style": {
                "font-size": "data(farFont)",
                "text-max-width": "data(farWidth)",
                "text-outline-width": "data(farOutline)",
                "text-margin-y": "data(farBelow)",
                "min-zoomed-font-size": 0,
                "z-index": 15,
            },
        },
        {"selector": "node.selected.far", "style": {"z-index": 20}},
        {
            "selector": "node.badged",
            "style": {
                "background-image": "data(badge)",
                "background-clip": "none",
                "background-image-containment": "over",
                "background-width": "data(badgeWidth)",
                "background-height": "18px",
                "background-position-x": "100%",
                "background-position-y": "0%",
                "background-offset-x": "18px",
                "background-offset-y": "-8px",
                "bounds-expansion": 20,
            },
        },
        {
            "selector": "node.pointed",
            "style": {"outline-width": 2, "outline-color": theme.accent, "outline-opacity": 0.6, "z-index": 21},
        },
        {
            "selector": "edge.pointed",
            "style": {
                "line-color": theme.accent,
                "target-arrow-color": theme.accent,
                "width": 2.2,
                "opacity": 1,
                "z-index": 6,
            },
        },
    ]
