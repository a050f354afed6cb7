"""What is said of a server that is away."""

from graph.outage import Outage


def test_of_two_who_wait_one_is_told_and_the_next_outage_again() -> None:
    told: list[str] = []
    outage = Outage(lambda: told.append("away"))
    outage.begin()
    outage.begin()
    outage.end()
    outage.begin()
    assert told == ["away"]
    outage.end()
    outage.end()
    outage.begin()
    assert told == ["away", "away"]
