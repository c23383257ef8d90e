"""What agencies and regions have by themselves, as it lies in the store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from gongkai.analysis.tallies import Tally
from gongkai.data.dataset import Dataset
from gongkai.data.reports import Report
from gongkai.exports import csv_tables
from gongkai.html import addresses
from gongkai.html.artifacts import Artifact, Sort

from .paging import PAGES, TABLE, TALLIES, Finished, RegionItem
from .search.entries import Entry
from .shelf import Shelf


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

    def finished(self) -> Iterator[Finished]:
        """Yield the pages of reports, agencies and regions."""
        load = self.shelf.once
        for key in self.pages.values():
            yield from load(key, PAGES)
        for item in self.regions:
            if item.code:
                yield from load(item.key, PAGES)
                for _, key in item.years:
                    yield from load(key, PAGES)

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
        return self.shelf.store.get(key, name) or b""

    def _table(self, year: int, reports: Sequence[Report]) -> bytes:
        forms = csv_tables.forms_of(self.dataset, reports)
        first = csv_tables.written([csv_tables.heading(forms)]).encode("utf-8-sig")
        lines = (self._part(self.pages[report.agency], f"{year}/table") for report in reports)
        return b"".join((first, *lines))

    def entries(self, report: Report) -> list[Entry]:
        """What is searched of a report."""
        found: list[Entry] = self.shelf.once(self.pages[report.agency], f"{report.year}/search")
        return found
