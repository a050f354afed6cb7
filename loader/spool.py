"""Bytes that are put one after the other and read anywhere: in memory while they are few, else in a temporary file."""

import os
from tempfile import TemporaryFile
from typing import IO

MOST_IN_MEMORY = 16_000_000


class Spool:
    """The bytes that were put; they are gone with it. For one thread at a time."""

    def __init__(self, data: bytes = b"") -> None:
        self.size = 0
        self._memory = bytearray()
        self._file: IO[bytes] | None = None
        self._at_end = True
        self.put(data)

    def put(self, data: bytes) -> None:
        """Add the bytes after those that are there."""
        self.size += len(data)
        if self._file is None and self.size <= MOST_IN_MEMORY:
            self._memory += data
            return
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as the spool
            self._file.write(self._memory)
            self._memory.clear()
        if not self._at_end:
            self._file.seek(0, os.SEEK_END)
            self._at_end = True
        self._file.write(data)

    def read(self, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`; quick when they follow those that were read before."""
        if self._file is None:
            return bytes(self._memory[start:end])
        self._at_end = False
        self._file.seek(start)
        return self._file.read(end - start)
