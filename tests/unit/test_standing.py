"""What stands when a load is stopped: counted from what was written, compared with what the graph holds."""

from loader.standing import Tally, sentence, standings

READY, LOADING = {"id": "a", "state": "ready", "checksum": "new"}, {"id": "a", "state": "loading", "checksum": ""}
OLD = READY | {"checksum": "old"}


def told(*rows: dict[str, str], done: int = 0, ranked: bool = False, **wanted: str | None) -> str:
    tally = Tally()
    if done:
        tally.advance("a", done, 12_000)
    return sentence(standings(wanted, tally, rows), ranked)


def test_what_stands_is_one_sentence() -> None:
    assert told() == "Stopped: nothing was written."
    assert told(a="new") == "Stopped: nothing was written."
    assert told(OLD, a="new") == "Stopped: nothing was written."
    assert told(READY, a="new", ranked=True) == "Stopped: all is written."
    assert "only the importance of the terms is not up to date" in told(READY, a="new")
    assert told(LOADING, done=5_000, a="new") == (
        "Stopped: 5,000 of 12,000 rows of the set 'a' are written; the graph is whole, run the same command again, "
        "it goes on where this one stopped."
    )
    assert "the set 'a' is written, nothing of the set 'b' is written; the graph is whole" in told(
        READY, a="new", b="x"
    )


def test_a_server_that_does_not_tell_leaves_what_it_confirmed() -> None:
    tally = Tally()
    assert "nothing is known to be written, for the server" in sentence(standings({"a": "new"}, tally, None), False)
    tally.advance("a", 5_000, 12_000)
    assert "at least 5,000 of 12,000 rows" in sentence(standings({"a": "new"}, tally, None), False)


def test_a_set_that_was_to_go_is_done_when_it_is_gone() -> None:
    assert sentence(standings({"a": None}, Tally(), []), True, "taken away") == "Stopped: all is taken away."
    assert sentence(standings({"a": None}, Tally(), [READY]), True, "taken away") == "Stopped: nothing was taken away."


def test_rows_never_go_back_when_what_is_left_is_planned_anew() -> None:
    seen: list[tuple[int, int]] = []
    tally = Tally(lambda _set_id, done, total: seen.append((done, total)))
    for done in (0, 10, 20):
        tally.advance("a", done, 50)
    tally.plan_anew()
    for done in (0, 10, 30):
        tally.advance("a", done, 30)
    assert seen == [(0, 50), (10, 50), (20, 50), (20, 50), (30, 50), (50, 50)]
    tally.plan_anew()  # a commit that was not confirmed has been written all the same
    tally.advance("b", 0, 20)
    tally.plan_anew()
    tally.advance("b", 0, 10)
    assert seen[-2:] == [(0, 20), (10, 20)]
