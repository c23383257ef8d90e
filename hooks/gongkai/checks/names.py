"""Where the names of registered agencies and regions stand in a text."""

import re
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.regions import RegionTree, lineage
from gongkai.forms.kinds import GOVERNMENT, KINDS, TOWNSHIP
from gongkai.source.halfwidth import halfwidth

_KEY = 3
"""Names are found by their first letters; shorter ones are too common to look for."""


class Owner(NamedTuple):
    """Whose name it is: an agency by its slug, or a region by its code."""

    id: str
    is_region: bool


class NameInText(NamedTuple):
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
        self._tree = RegionTree(dataset.regions)
        self._agencies: dict[str, list[Agency]] = {}
        for region in dataset.regions.values():
            self._add(region.name, Owner(region.code, is_region=True))
        for agency in dataset.agencies.values():
            self._agencies.setdefault(agency.region, []).append(agency)
            former = (item.name for item in agency.former_names)
            for name in (agency.name, agency.short_name, *former):
                self._add(name, Owner(agency.slug, is_region=False))
        for found in self._index.values():
            found.sort(key=lambda item: -len(item[0]))
        letters = ("".join(sorted(set(column))) for column in zip(*self._index, strict=True))
        classes = "".join(f"[{re.escape(column)}]" for column in letters)
        self._likely = re.compile(f"(?={classes})" if classes else "(?!)")

    def _add(self, name: str, owner: Owner) -> None:
        name = halfwidth(name)
        if len(name) >= _KEY:
            self._index.setdefault(name[:_KEY], []).append((name, owner))

    def found_in(self, text: str) -> Iterator[NameInText]:
        """The names in a half-width text, the longest at each place, none within another."""
        end = 0
        for match in self._likely.finditer(text):
            at = match.start()
            if at < end:
                continue
            for name, owner in self._index.get(text[at : at + _KEY], ()):
                if text.startswith(name, at):
                    end = at + len(name)
                    yield NameInText(at, end, name, owner)
                    break

    def near(self, agency: Agency) -> frozenset[Owner]:
        """Whose names an agency may well use: of what is above it, below it, or its own to lead.

        That is its region with those above it and their governments, the regions below with their
        governments and townships; for a government, every agency of its region and below.
        """
        is_government = agency.kind == GOVERNMENT
        key = (agency.region, is_government)
        if key not in self._near:
            above = {region.code for region in lineage(self._dataset.regions, agency.region)}
            below = self._tree.below(agency.region)
            agencies = {
                *self._of_kinds(above, (GOVERNMENT,)),
                *self._of_kinds({agency.region}, KINDS if is_government else (TOWNSHIP,)),
                *self._of_kinds(below, KINDS if is_government else (GOVERNMENT, TOWNSHIP)),
            }
            regions = (Owner(code, is_region=True) for code in above | below)
            self._near[key] = frozenset((*regions, *agencies))
        return self._near[key]

    def _of_kinds(self, codes: Iterable[str], kinds: Container[str]) -> Iterator[Owner]:
        """The agencies of some kinds that lie in regions themselves."""
        for code in codes:
            for agency in self._agencies.get(code, ()):
                if agency.kind in kinds:
                    yield Owner(agency.slug, is_region=False)
