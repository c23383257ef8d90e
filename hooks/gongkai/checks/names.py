"""Where the names of registered agencies and regions stand in a text."""

from collections.abc import Iterator
from typing import NamedTuple

from gongkai.agencies import Agency, Region
from gongkai.dataset import Dataset
from gongkai.passages import fold

_KEY = 3
"""Names are found by their first letters; shorter ones are too common to look for."""


class Mention(NamedTuple):
    """A name in a text, and whose it is."""

    start: int
    end: int
    name: str
    owner: Agency | Region


class Names:
    """The full and former names of all agencies, and the names of all regions."""

    def __init__(self, dataset: Dataset) -> None:
        """Index the names of a dataset."""
        self._index: dict[str, list[tuple[str, Agency | Region]]] = {}
        for region in dataset.regions.values():
            self._add(region.name, region)
        for agency in dataset.agencies.values():
            for name in (agency.name, *(former.name for former in agency.former_names)):
                self._add(name, agency)
        for found in self._index.values():
            found.sort(key=lambda item: -len(item[0]))

    def _add(self, name: str, owner: Agency | Region) -> None:
        name = fold(name)
        if len(name) >= _KEY:
            self._index.setdefault(name[:_KEY], []).append((name, owner))

    def mentions(self, text: str) -> Iterator[Mention]:
        """The names in a folded text, the longest at each place, none within another."""
        at, end = 0, len(text) - _KEY
        while at <= end:
            found = self._index.get(text[at : at + _KEY], ())
            name, owner = next((item for item in found if text.startswith(item[0], at)), ("", None))
            if owner is not None:
                yield Mention(at, at + len(name), name, owner)
            at += len(name) or 1
