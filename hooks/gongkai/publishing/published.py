"""What agencies and regions have by themselves, as it lies in the store."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from gongkai.analysis.tallies import Tally
from gongkai.data.dataset import Dataset
from gongkai.data.reports import Report
from gongkai.exports import csv_tables
from gongkai.html import addresses
from gongkai.html.artifacts import Artifact, Sort

from .paging import TABLE, TALLIES, Finished, RegionItem, page_part
from .search.catalogue import in_order
from .search.texts import ReportText
from .shelf import Shelf


class Kept(NamedTuple):
    """A page that is made when it is asked for, or has been."""

    name: str
    key: str
    """A digest of all that it follows from; empty where that is not known."""
    make: Callable[[], Finished]


@dataclass(frozen=True)
class Published:
    """All that agencies and regions have by themselves, in the store."""

    shelf: Shelf
    dataset: Dataset
    pages: Mapping[str, str]
    """The key of each agency's pages."""
    regions: Sequence[RegionItem]

    def tallies(self) -> dict[tuple[str, int], Tally]:
        """The tallies of all regions and years."""
        return {
            (item.code, year): self.shelf.once(key, TALLIES)
            for item in self.regions
            for year, key in item.years
        }

    def finished(self) -> Iterator[Kept]:
        """Yield the pages of reports, agencies and regions."""
        for slug, reports in self.dataset.by_agency.items():
            names = [*(addresses.report(slug, report.year) for report in reports)]
            yield from self._kept(self.pages[slug], (*names, addresses.agency(slug)))
        for item in self.regions:
            if item.code:
                yield from self._kept(item.key, (addresses.region(item.code),))
                for year, key in item.years:
                    yield from self._kept(key, (addresses.region_year(item.code, year),))

    def _kept(self, key: str, names: Iterable[str]) -> Iterator[Kept]:
        return (Kept(name, key, partial(self._page, key, name)) for name in names)

    def _page(self, key: str, name: str) -> Finished:
        """Read all pages of an entry at once, because mostly all are asked for."""
        self.shelf.prime(key)
        found: Finished = self.shelf.once(key, page_part(name))
        return found

    def tables(self) -> Iterator[Artifact]:
        """Yield the figures of every agency and every year."""
        dataset = self.dataset
        for slug, key in self.pages.items():
            if dataset.by_agency[slug]:
                path = addresses.figures(addresses.agency(slug))
                yield Artifact(path, Sort.TABLE, partial(self._part, key, TABLE), key.encode())
        for year, reports in dataset.by_year.items():
            path = addresses.figures(addresses.year(year))
            yield Artifact(path, Sort.TABLE, partial(self._table, year, reports))

    def _part(self, key: str, name: str) -> bytes:
        return self.shelf.content(key, name)

    def _table(self, year: int, reports: Sequence[Report]) -> bytes:
        forms = csv_tables.forms_of(self.dataset, reports)
        first = csv_tables.written([csv_tables.heading(forms)]).encode("utf-8-sig")
        lines = (self._part(self.pages[report.agency], f"{year}/table") for report in reports)
        return b"".join((first, *lines))

    def texts(self) -> Iterator[ReportText]:
        """Yield what is searched of each report, in the order of the index."""
        for report in in_order(self.dataset.reports):
            yield self.shelf.once(self.pages[report.agency], f"{report.year}/search")
