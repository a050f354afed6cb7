"""Where an export goes: standard output, a file that is there whole or not at all, or a folder with a file a set."""

import os
import secrets
import shutil
import sys
from pathlib import Path

from loader.export.model import ExportError


def put(text: str, path: Path | None, make_folder: bool = False) -> None:
    """Write to a file, or to standard output where there is none. Raises ExportError."""
    if path is None:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        _replace(text.encode("utf-8"), path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ExportError(f"{path} cannot be written ({reason}): check its folder, rights and space.") from error


def _replace(content: bytes, path: Path) -> None:
    """Under another name in the same folder first, so that the final name never holds half a file."""
    if path.exists() and not path.is_file():
        path.write_bytes(content)  # a pipe or a device, which has no half
        return
    target = path.resolve()
    passing = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with passing.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, passing)
        os.replace(passing, target)  # noqa: PTH105
    finally:
        passing.unlink(missing_ok=True)
