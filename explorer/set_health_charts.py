"""The bar charts of the health page, drawn by Plotly. Pure.

Their colours come from `assets/set_health.css`, so that they follow the theme; the table beside each has its numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc

from explorer import html
from explorer.style import FONT
from explorer.widgets import attrs

MOST_BARS = 12
LONGEST_NAME = 26
BAR = 26
TALL = 240


@dataclass(frozen=True)
class Bar:
    """A bar and what it stands for."""

    name: str
    number: int


def columns(title: str, bars: Sequence[Bar]) -> html.Div:
    """Bars that stand side by side."""
    data = {"type": "bar", "x": list(range(len(bars))), "y": [bar.number for bar in bars], **_numbers(bars)}
    layout = {"xaxis": _names(bars), "yaxis": {"visible": False}, "margin": _margin(top=24)}
    return _chart(title, data, layout, TALL)


def lines(title: str, bars: Sequence[Bar]) -> html.Div:
    """Bars that lie one below the other, the first ones only."""
    shown = bars[:MOST_BARS]
    data = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(shown))),
        "x": [bar.number for bar in shown],
        **_numbers(shown),
    }
    layout = {
        "yaxis": {**_names(shown), "autorange": "reversed"},
        "xaxis": {"visible": False},
        "margin": _margin(right=44),
    }
    return _chart(title, data, layout, BAR * len(shown) + 24)


def plain(text: str) -> str:
    """A text that Plotly shows as it is: it would take tags and entities for its own."""
    short = text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _chart(title: str, data: dict[str, Any], layout: dict[str, Any], height: int) -> html.Div:
    given = {
        **layout,
        "font": {"family": FONT, "size": 13},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "bargap": 0.25,
        "showlegend": False,
    }
    graph = dcc.Graph(
        figure={"data": [data], "layout": given},
        config={"staticPlot": True, "displayModeBar": False},
        responsive=True,
        style={"height": f"{height}px"},
    )
    label = f"Bar chart: {title.lower()}. The table has its numbers."
    return html.Div(graph, className="picture", role="img", **attrs(aria_label=label))


def _numbers(bars: Sequence[Bar]) -> dict[str, Any]:
    return {"text": [f"{bar.number:,}" for bar in bars], "textposition": "outside", "cliponaxis": False}


def _names(bars: Sequence[Bar]) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(range(len(bars))),
        "ticktext": [plain(bar.name) for bar in bars],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _margin(top: int = 4, right: int = 8) -> dict[str, int]:
    return {"l": 8, "r": right, "t": top, "b": 8}
