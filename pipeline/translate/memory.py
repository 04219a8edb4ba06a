"""What has been translated already: a repeated sentence costs once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Protocol

from pipeline.translate.candidate import Candidate


class Memory(Protocol):
    """A store of translations. A persistent one keeps to the same two methods and is asked in the same places."""

    def get(self, key: Hashable) -> Candidate | None:
        """The translation of what `key` stands for: source with marks, model, settings."""

    def put(self, key: Hashable, candidate: Candidate) -> None:
        """Remember a translation."""


class Recent:
    """The last `size` translations, in this process. A hit changes nothing but the time it takes."""

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Candidate] = OrderedDict()

    def get(self, key: Hashable) -> Candidate | None:
        """The translation under `key`, if it is still there."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, candidate: Candidate) -> None:
        """Remember, and forget the one that was longest not asked for where there are too many."""
        self._kept[key] = candidate
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)
