"""Some at a time, each in a thread of its own."""

from collections.abc import Callable, Iterable, Iterator
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(items: Iterable[Item], work: Callable[[Item], Result], most: int) -> Iterator[Result]:
    """What the work makes of each item, as it comes; `most` are under way at once.

    When one of them raises, no other begins, and it is raised once those under way have ended. Ctrl-C is heard while
    they work: they are left to themselves then, and keep no process from ending.
    """
    source = iter(items)
    end = object()
    ended: SimpleQueue[tuple[list[Result], BaseException | None]] = SimpleQueue()
    under_way = 0
    failed: BaseException | None = None

    def run(item: Item) -> None:
        try:
            ended.put(([work(item)], None))
        except BaseException as error:  # noqa: BLE001 - raised by whoever waits
            ended.put(([], error))

    while True:
        while under_way < most and failed is None and (item := next(source, end)) is not end:
            Thread(target=run, args=(item,), name="side by side", daemon=True).start()
            under_way += 1
        if not under_way:
            break
        results, error = ended.get()
        under_way -= 1
        failed = failed or error
        yield from results
    if failed is not None:
        raise failed
