"""Some at a time, each in a thread of its own."""

from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def side_by_side(
    items: Iterable[Item],
    work: Callable[[Item], Result],
    most: int,
    meanwhile: Callable[[], object] = lambda: None,
    every: float = 10.0,
) -> Iterator[Result]:
    """What the work makes of each item, as it comes; `most` are under way at once. Where none ends for `every` seconds
    `meanwhile` is called.

    When one of them raises, or an item cannot be made, no other begins, and it is raised once those under way have
    ended. Ctrl-C is heard while they work: they are left to themselves then, and keep no process from ending.
    """
    source = iter(items)
    end = object()
    ended: SimpleQueue[tuple[list[Result], BaseException | None]] = SimpleQueue()
    failed: list[BaseException] = []
    under_way = 0

    def run(item: Item) -> None:
        try:
            ended.put(([work(item)], None))
        except BaseException as error:  # noqa: BLE001 - raised by whoever waits
            ended.put(([], error))

    try:
        while True:
            while under_way < most and not failed and (item := next(source, end)) is not end:
                Thread(target=run, args=(item,), name="side by side", daemon=True).start()
                under_way += 1
            if not under_way:
                break
            try:
                results, error = ended.get(timeout=every)
            except Empty:
                meanwhile()
                continue
            under_way -= 1
            failed += [error] if error else []
            yield from results
    except Exception:
        while under_way:
            ended.get()
            under_way -= 1
        raise
    if failed:
        try:
            raise failed[0]
        finally:
            failed.clear()  # its traceback holds this frame, and the rows with it
