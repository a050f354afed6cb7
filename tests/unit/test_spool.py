"""Bytes that are put and read in turns come back as they were, in memory and in a file."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loader import spool
from loader.spool import Spool


@given(first=st.binary(max_size=40), steps=st.lists(st.tuples(st.booleans(), st.binary(max_size=12)), max_size=30))
@pytest.mark.parametrize("most", [0, 20, 1_000])
def test_what_was_put_is_read_in_any_order(most: int, first: bytes, steps: list[tuple[bool, bytes]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "MOST_IN_MEMORY", most)
        kept, wanted = Spool(first), first
        for look, data in steps:
            kept.put(data)
            wanted += data
            assert kept.size == len(wanted)
            if look:
                middle = len(wanted) // 2
                assert kept.read(middle, len(wanted)) == wanted[middle:]
                assert kept.read(0, middle) == wanted[:middle]
        assert kept.read(0, kept.size) == wanted


def test_many_bytes_do_not_stay_in_memory() -> None:
    tracemalloc.start()
    try:
        kept, part = Spool(), b"0123456789" * 100_000
        while kept.size <= 2 * spool.MOST_IN_MEMORY:
            kept.put(part)
        assert tracemalloc.get_traced_memory()[0] < spool.MOST_IN_MEMORY / 4
    finally:
        tracemalloc.stop()
    assert kept.read(kept.size - 4, kept.size) == b"6789"
