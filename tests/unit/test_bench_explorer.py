"""The table of `python -m bench.explorer`: what is held against which limit."""

import pytest

from bench.explorer import click_lines, frame_line, key_lines, percentile, reading_lines, start_lines
from bench.load import Line
from bench.page import Clicks, Start, spread
from bench.reading import Reads

STEADY = [10.0] * 100


def _reads(**other: list[float] | list[str]) -> Reads:
    times = {"neighbourhood": STEADY, "bare": [5.0] * 100, "click": STEADY, "suggestions": STEADY}
    return Reads(**(times | {"one": ["explore/term"], "all": ["explore/term", "explore/scene"]} | other))  # type: ignore[arg-type]


def _line(what: str, lines: list[Line]) -> Line:
    (found,) = (line for line in lines if what in line.what)
    return found


def test_a_percentile_is_a_figure_that_was_measured_and_that_the_share_does_not_exceed() -> None:
    times = [float(number) for number in range(100, 0, -1)]
    assert (percentile(times, 0.5), percentile(times, 0.95), percentile(times, 1)) == (50, 95, 100)
    assert percentile([3.0], 0.95) == 3
    assert percentile([1.0, 9.0], 0.5) == 1


def test_a_click_is_held_against_its_limits_by_the_slowest_but_five_of_a_hundred() -> None:
    slow = [50.0] * 95 + [1000.0] * 5
    lines = list(click_lines(Clicks(slow, slow, slow, STEADY, 64), 60, STEADY))
    assert [line.kept for line in lines] == [True, True, True]
    assert (lines[0].figure, lines[0].ratio) == ("50 ms (half in 50)", "5.00 × bare queries")
    assert "64 terms on the map" in lines[0].what
    slower = [50.0] * 94 + [1000.0] * 6
    assert [line.kept for line in click_lines(Clicks(slower, slower, slower, STEADY, 64), 60, STEADY)] == [False] * 3


def test_a_large_map_has_more_time_to_come_to_rest() -> None:
    clicks = Clicks(STEADY, STEADY, [600.0] * 30, STEADY, 300)
    assert _line("stands still", list(click_lines(clicks, 300, STEADY))).kept is True
    assert _line("stands still", list(click_lines(clicks, 60, STEADY))).kept is False


def test_letters_typed_without_a_pause_have_the_same_limit_as_one() -> None:
    single, burst = key_lines([80.0] * 9, [81.0] * 9, STEADY)
    assert (single.kept, burst.kept) == (True, False)


def test_of_several_starts_the_median_counts() -> None:
    cold = [Start(2_400, 1_500_000), Start(2_500, 1_600_000), Start(9_000, 9_000_000)]
    warm = [Start(999, 59_000), Start(1_001, 61_000), Start(1_002, 60_001)]
    lines = list(start_lines(cold, warm))
    assert [line.kept for line in lines] == [True, True, False, False]
    assert (lines[0].figure, lines[1].figure) == ("2,500 ms", "1,600 KB")


def test_a_neighbourhood_may_grow_by_half_beside_ten_thousand_terms() -> None:
    assert _line("half of all", list(reading_lines(_reads(), 7.0))).kept is True
    assert _line("half of all", list(reading_lines(_reads(), 6.0))).kept is False
    assert not [line for line in reading_lines(_reads(), None) if "half of all" in line.what]


def test_a_neighbourhood_is_one_round_trip() -> None:
    assert _line("neighbours: round trips", list(reading_lines(_reads(), None))).kept is True
    twice = _reads(one=["explore/term", "explore/neighbours"])
    assert _line("neighbours: round trips", list(reading_lines(twice, None))).kept is False


@pytest.mark.parametrize(("frames", "kept"), [(50.0, True), (49.4, False)])
def test_frames_are_held_against_their_limit_and_told_beside_the_bare_page(frames: float, kept: bool) -> None:
    line = frame_line(frames, 25.0, 2)
    assert (line.kept, "bare cytoscape.js" in line.ratio) == (kept, True)


def test_what_is_clicked_is_spread_over_all_there_is() -> None:
    every = [str(number) for number in range(100)]
    assert spread(every, 4) == ["0", "25", "50", "75"]
    assert spread(every[:3], 30) == every[:3]
    assert spread([], 30) == []
