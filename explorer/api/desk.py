"""What the operations work with: the screens of the explorer, and of which revision what they read is."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import urlencode

from explorer import messages
from explorer.api.parameters import Paged
from explorer.api.problems import Refusal
from explorer.exports import Writer
from explorer.scenes import Scenes
from explorer.screen import Screens
from explorer.search import Finder
from graph.library import Library

# Another number, and what programs have kept is asked for anew: for a change of what answers look like.
EDITION = "1"
Item = TypeVar("Item")


@dataclass(frozen=True)
class Desk:
    """Screens, the writers of formats by name, and the library of queries; `revision` is that of what is read."""

    screens: Screens
    writers: Mapping[str, Writer]
    library: Library = field(default_factory=lambda: Library(()))
    revision: str = ""

    @cached_property
    def _shelf(self) -> str:
        return hashlib.sha256(repr(self.library).encode()).hexdigest()

    @property
    def scenes(self) -> Scenes:
        return self.screens.scenes

    @property
    def finder(self) -> Finder:
        return self.screens.finder

    def look(self, finds: bool) -> "Desk":
        """The desk at the present revision; `finds`: of the search index too, which follows a moment later.

        Raises GraphError; Refusal while the index is not there yet.
        """
        self.finder.renew(self.scenes.look())
        library = self.scenes.library()
        if finds and not self.finder.ready:
            raise Refusal(503, messages.INDEXING, {"Retry-After": "1"})
        parts = [EDITION, library.revision, library.ranked, self.finder.revision if finds else "", self._shelf]
        token = hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]
        return replace(self, revision=token)

    def same(self, asked: Paged) -> None:
        """Raises Refusal when a page is of another revision than the first one."""
        if asked.revision not in (None, self.revision):
            raise Refusal(409, messages.API_CHANGED, revision=self.revision)

    def page(self, path: str, asked: Paged, items: Sequence[Item]) -> tuple[Sequence[Item], str | None]:
        """The items of a page, and where the next one is."""
        end = asked.offset + asked.limit
        if end >= len(items):
            return items[asked.offset :], None
        onward: dict[str, Any] = asked.model_dump(by_alias=True, exclude_defaults=True)
        onward |= {"offset": end, "revision": self.revision}
        return items[asked.offset : end], f"{path}?{urlencode(onward, doseq=True)}"
