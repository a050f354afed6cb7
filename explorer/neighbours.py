"""A term's neighbours in the panel: how many of them are on the map, and who they are by how they relate. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from explorer import html, messages
from explorer.queries import Detail, Library, Neighbour
from explorer.scenes import BATCH
from explorer.style import OTHER
from explorer.widgets import action, term_button

Children = list[Any]
MOST_LINES = 100


@dataclass(frozen=True)
class OnMap:
    """The map as far as the panel tells of it: who is seen, whom the filter hides, and whether more have room;
    `trail`: it is one of a path or a reading order.
    """

    seen: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    full: bool = False
    focus: str = ""
    trail: bool = False


def section(detail: Detail, library: Library, on_map: OnMap, tints: dict[str, int]) -> html.Section:
    """The neighbours of a term."""
    return html.Section(_content(detail, library, on_map, tints), className="neighbours")


def _content(detail: Detail, library: Library, on_map: OnMap, tints: dict[str, int]) -> Children:
    heading = html.H3("Related terms")
    if not detail.neighbours:
        return [heading, html.P(messages.NO_NEIGHBOURS, className="quiet")]
    made: Children = [heading, html.Div(_shown(detail, on_map), className="shown")]
    for label, group in grouped(detail.neighbours, library):
        lines = [html.Li(_line(near, tints, near.term.id in on_map.seen)) for near in group[:MOST_LINES]]
        if len(group) > MOST_LINES:
            lines.append(html.Li(_rest(detail.term.id, len(group) - MOST_LINES, on_map)))
        made += [html.H4(label), html.Ul(lines, className="terms")]
    return made


def _shown(detail: Detail, on_map: OnMap) -> Children:
    near = frozenset(detail.neighbour_ids)
    seen, hidden = len(near & on_map.seen), len(near & on_map.hidden)
    if seen == len(near):
        return [messages.ALL_SHOWN.format(total=seen) if seen > 1 else messages.ONE_SHOWN]
    text = messages.SOME_SHOWN.format(shown=seen, total=len(near))
    text += messages.SOME_HIDDEN.format(hidden=hidden) if hidden else ""
    waiting = len(near) - seen - hidden
    full = bool(waiting) and on_map.full
    made: Children = [html.Span(f"{text}. {messages.MAP_FULL}" if full else text)]
    if full:
        made += _focus(detail.term.id, on_map)
    elif waiting:
        made.append(action("more", f"Show {min(waiting, BATCH)} more", of=detail.term.id, className="button small"))
    if hidden:
        made.append(unhide(on_map.trail))
    return made


def unhide(trail: bool = False) -> html.Button:
    """The button that ends the filter; on a path or a reading order the kinds that are left out stay out."""
    return action("show-hidden-terms" if trail else "unhide", "Show all", className="button small")


def _rest(term: str, number: int, on_map: OnMap) -> html.Span:
    return html.Span([f"and {number:,} more ", *_focus(term, on_map)], className="quiet")


def _focus(term: str, on_map: OnMap) -> Children:
    return [action("focus", "Focus", of=term, className="button small")] if on_map.focus != term else []


def _line(near: Neighbour, tints: dict[str, int], seen: bool) -> html.Button:
    return term_button(near.term, tints.get(near.term.category, OTHER), seen, near.note)


def words(near: Neighbour, library: Library) -> str:
    """How a term relates to this neighbour, as the sentence goes on from its name."""
    kind = library.kind(near.kind)
    return kind.label if near.forward or kind.symmetric else kind.inverse_label


def grouped(neighbours: Sequence[Neighbour], library: Library) -> list[tuple[str, list[Neighbour]]]:
    """Neighbours by how they relate, in words as the sentence goes on from the term's name; the largest groups
    of a direction stay together in the order in which kinds are declared.
    """
    groups: dict[str, list[Neighbour]] = {}
    for near in neighbours:
        groups.setdefault(words(near, library), []).append(near)
    order = [label for kind in library.kinds for label in (kind.label, kind.inverse_label)]
    rank = {label: place for place, label in reversed(list(enumerate(order)))}
    plain = library.kind("related").label
    # What says more goes first: "is related to" is last.
    return sorted(groups.items(), key=lambda pair: (pair[0] == plain, rank.get(pair[0], len(order))))
