"""Where the names of registered agencies and regions stand in a text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.regions import lineage
from gongkai.forms.kinds import GOVERNMENT, TOWNSHIP
from gongkai.source.halfwidth import fold

_KEY = 3
"""Names are found by their first letters; shorter ones are too common to look for."""


class Owner(NamedTuple):
    """Whose name it is: an agency by its slug, or a region by its code."""

    id: str
    is_region: bool


class Mention(NamedTuple):
    """A name in a text, and whose it is."""

    start: int
    end: int
    name: str
    owner: Owner


class Names:
    """The full, short and former names of all agencies, and the names of all regions."""

    def __init__(self, dataset: Dataset) -> None:
        """Index the names of a dataset."""
        self._dataset = dataset
        self._index: dict[str, list[tuple[str, Owner]]] = {}
        self._near: dict[tuple[str, bool], frozenset[Owner]] = {}
        for region in dataset.regions.values():
            self._add(region.name, Owner(region.code, is_region=True))
        for agency in dataset.agencies.values():
            former = (item.name for item in agency.former_names)
            for name in (agency.name, agency.short_name, *former):
                self._add(name, Owner(agency.slug, is_region=False))
        for found in self._index.values():
            found.sort(key=lambda item: -len(item[0]))
        letters = ("".join(sorted(set(column))) for column in zip(*self._index, strict=True))
        classes = "".join(f"[{re.escape(column)}]" for column in letters)
        self._likely = re.compile(f"(?={classes})" if classes else "(?!)")

    def _add(self, name: str, owner: Owner) -> None:
        name = fold(name)
        if len(name) >= _KEY:
            self._index.setdefault(name[:_KEY], []).append((name, owner))

    def mentions(self, text: str) -> Iterator[Mention]:
        """The names in a folded text, the longest at each place, none within another."""
        end = 0
        for match in self._likely.finditer(text):
            at = match.start()
            if at < end:
                continue
            for name, owner in self._index.get(text[at : at + _KEY], ()):
                if text.startswith(name, at):
                    end = at + len(name)
                    yield Mention(at, end, name, owner)
                    break

    def near(self, agency: Agency) -> frozenset[Owner]:
        """Whose names an agency may well use: of what is above it, below it, or its own to lead.

        That is its region with those above it and their governments, the regions below with their
        governments and townships; for a government, every agency of its region and below.
        """
        key = (agency.region, agency.kind == GOVERNMENT)
        if key not in self._near:
            self._near[key] = frozenset(self._find_near(*key))
        return self._near[key]

    def _find_near(self, code: str, is_government: bool) -> Iterator[Owner]:  # noqa: FBT001
        data = self._dataset
        above = {region.code for region in lineage(data.regions, code)}
        below = {
            region.code
            for region in data.regions.values()
            if any(upper.code == code for upper in lineage(data.regions, region.parent))
        }
        for region in above | below:
            yield Owner(region, is_region=True)
        for agency in data.agencies.values():
            leads = agency.kind == GOVERNMENT and agency.region in above
            is_led = agency.region in below and agency.kind in (GOVERNMENT, TOWNSHIP)
            is_own = is_government and agency.region in below | {code}
            is_township = agency.kind == TOWNSHIP and agency.region == code
            if leads or is_led or is_own or is_township:
                yield Owner(agency.slug, is_region=False)
