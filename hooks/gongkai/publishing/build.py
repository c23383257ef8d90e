"""A portal from its folder: agencies by themselves, then what needs several of them.

Each step asks the store for what is known already, has the rest made by the workers, and keeps it
there. So a second build makes only what changed, and the order of work never matters.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from gongkai.analysis.coverage import Entry, Ledger, ledger
from gongkai.analysis.portal import Portal, portal_of
from gongkai.analysis.series import Form
from gongkai.analysis.tallies import Tallies, Tally
from gongkai.checks.fingerprints import nearest
from gongkai.checks.run import gather
from gongkai.data.dataset import Dataset, join, read_ground
from gongkai.data.findings import Findings
from gongkai.data.regions import lineage
from gongkai.data.reports import last_change
from gongkai.exports import csv_tables

from . import checking, keys, paging, reading
from .checking import JUDGEMENT, OTHERS, CheckItem, CheckTask, Nearest, Others
from .paging import READINGS, SETTING, PageItem, PageTask, RegionItem, RegionTask, Setting, Settings
from .published import Published
from .reading import HEAD, PRINTS, Desk, Head, ReadTask
from .shelf import Shelf, adopt
from .store import Store, digest
from .workers import Workers, grouped

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""

_GROUP = 16
"""So many agencies are one task."""
_FEWEST = 6
"""So many tasks are worth starting processes."""


def in_silence(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Build:
    """A portal being built."""

    root: Path
    """The data folder."""
    store: Store
    workers: Workers
    today: date
    progress: Progress = in_silence

    @cached_property
    def shelf(self) -> Shelf:
        """What is known, read against what is common to all agencies."""
        shelf = Shelf(self.store, read_ground(self.root))
        adopt(shelf, self._ground)
        return shelf

    @cached_property
    def _ground(self) -> str:
        return keys.ground(self.root)

    @cached_property
    def _desk(self) -> Desk:
        return Desk(str(self.store.folder), self._ground)

    @cached_property
    def readings(self) -> Mapping[str, str]:
        """The key of each agency's folder, as it was read."""
        found: dict[str, str] = {}
        slugs = self.shelf.ground.slugs
        for slug in slugs:
            key = reading.reading_key(self._ground, slug, keys.contents(self.root, slug))
            found[slug] = key if self.store.has(key) else ""
        missing = [slug for slug in slugs if not found[slug]]
        groups = grouped(missing, _GROUP)
        tasks = [ReadTask(self._desk, str(self.root), group) for group in groups]
        for done in self._work("读取", reading.read, tasks):
            found.update(done)
        return found

    @cached_property
    def heads(self) -> Mapping[str, Head]:
        """What each agency's folder says, without what is long in its reports."""
        return {slug: self.shelf.once(key, HEAD) for slug, key in self.readings.items()}

    @cached_property
    def dataset(self) -> Dataset:
        """All that is written; what is long in reports is loaded when asked for."""
        return join(self.shelf.ground, [head.folder for head in self.heads.values()])

    @cached_property
    def findings(self) -> Findings:
        """All that is wrong with it."""
        others = Others(self.dataset.agencies, self.today)
        key = digest("others", self._agencies, self._ground, str(self.today))
        self._put(OTHERS, others, key)
        items = [self._check_item(slug) for slug in self.readings]
        missing = [item for item in items if not self.store.has(item.key)]
        tasks = [CheckTask(self._desk, key, group) for group in grouped(missing, _GROUP)]
        for _ in self._work("核对", checking.check, tasks):
            continue
        judgements = (self.shelf.once(item.key, JUDGEMENT) for item in items)
        return gather(self.dataset, self.today, judgements)

    @cached_property
    def judgements(self) -> Mapping[str, str]:
        """The key of what was found in each agency."""
        return {slug: self._check_item(slug).key for slug in self.readings}

    def _check_item(self, slug: str) -> CheckItem:
        nearest_ones = self._nearest.get(slug, ())
        own = self.readings[slug]
        dates = (report.published[:10] for report in self.heads[slug].folder.reports)
        future = "".join("f" if day > self.today.isoformat() else "p" for day in dates)
        others = (f"{item.year}/{item.key}" for item in nearest_ones)
        key = digest("check", self._names_key, own, future, *others)
        return CheckItem(slug, key, own, nearest_ones)

    @cached_property
    def _names_key(self) -> str:
        return digest(*self._names())

    def _names(self) -> Iterator[str]:
        """What the checks of one agency may know of all others."""
        for agency in self.dataset.agencies.values():
            former = (str(item) for item in agency.former_names)
            yield from (agency.slug, agency.name, agency.short_name, agency.kind, agency.region)
            yield from former
            yield "|"

    @cached_property
    def _nearest(self) -> Mapping[str, tuple[Nearest, ...]]:
        """For each agency, the reports of others whose texts are most like those of its own."""
        key = digest("nearest", *self.readings.values())
        if not self.store.has(key):
            self._put("nearest", self._find_nearest(), key)
        found: Mapping[str, tuple[Nearest, ...]] = self.shelf.once(key, "nearest")
        return found

    def _find_nearest(self) -> dict[str, tuple[Nearest, ...]]:
        by_year: dict[int, dict[str, frozenset[int]]] = {}
        for slug, key in self.readings.items():
            for year, prints in self.shelf.once(key, PRINTS).items():
                by_year.setdefault(year, {})[slug] = prints
        found: dict[str, list[Nearest]] = {}
        for year, prints in sorted(by_year.items()):
            for slug, other in nearest(prints).items():
                found.setdefault(slug, []).append(Nearest(year, self.readings[other]))
        return {slug: tuple(others) for slug, others in found.items()}

    @cached_property
    def ledger(self) -> Ledger:
        """What became of each agency's report in each year."""
        return ledger(self.dataset, self.today)

    def portal(self, tallies: Mapping[tuple[str, int], Tally]) -> Portal:
        """Return all facts; of sums, only tallies are known already."""
        portal = portal_of(self.dataset, self.findings, self.ledger)
        return replace(portal, tallies=Tallies(portal.roll_ups, tallies))

    def publish(self, settings: Settings) -> Published:
        """Make all that agencies and regions have by themselves."""
        forms = {
            year: tuple(csv_tables.forms_of(self.dataset, reports))
            for year, reports in self.dataset.by_year.items()
        }
        is_dated = any(last_change((report,)) for report in self.dataset.reports)
        years = self.ledger.years
        setting = Setting(self.dataset.agencies, self.today, years, forms, is_dated, settings)
        common = digest(repr(settings), f"{is_dated} {years}", self._names_key)
        key = digest("setting", common, self._agencies, _named(forms), str(self.today))
        self._put(SETTING, setting, key)
        pages = self._agency_pages(key, common, forms)
        regions = self._region_pages(key, common)
        return Published(self.shelf, self.dataset, pages, regions)

    @cached_property
    def _agencies(self) -> str:
        return digest(*(head.agency_digest for head in self.heads.values()))

    def _agency_pages(
        self, setting: str, common: str, forms: Mapping[int, Sequence[Form]]
    ) -> dict[str, str]:
        years = {year: _named({year: found}) for year, found in forms.items()}
        items = []
        for slug, judgement in self.judgements.items():
            entries = (self.ledger.entries[slug, year] for year in self.ledger.years)
            stated = map(_told, entries)
            tables = (years[report.year] for report in self.heads[slug].folder.reports)
            key = digest("pages", common, judgement, *stated, "|", *tables)
            items.append(PageItem(slug, key, self.readings[slug], judgement))
        missing = [item for item in items if not self.store.has(item.key)]
        tasks = [PageTask(self._desk, setting, group) for group in grouped(missing, _GROUP)]
        for _ in self._work("生成报告页面", paging.publish, tasks):
            continue
        return {item.slug: item.key for item in items}

    def _region_pages(self, setting: str, common: str) -> list[RegionItem]:
        readings = self._put(
            READINGS, dict(self.readings), digest("readings", *self.readings.values())
        )
        items = list(self._region_items(common))
        missing = [self._missing(item) for item in items]
        tasks = [
            RegionTask(self._desk, setting, readings, item)
            for item in missing
            if item.key or item.years
        ]
        for _ in self._work("生成地区页面", paging.publish_region, tasks):
            continue
        return items

    def _missing(self, item: RegionItem) -> RegionItem:
        years = tuple(year for year in item.years if not self.store.has(year[1]))
        return item._replace(key="" if self.store.has(item.key) else item.key, years=years)

    def _region_items(self, common: str) -> Iterator[RegionItem]:
        """Yield what pages there are of regions; a page follows from all agencies in the region."""
        within: dict[str, list[str]] = {"": []}
        for slug, agency in self.dataset.agencies.items():
            above = lineage(self.dataset.regions, agency.region)
            for code in ("", *(region.code for region in above)):
                within.setdefault(code, []).append(slug)
        years = self.dataset.years
        for code, slugs in within.items():
            seed = digest("region", common, self._ground, code)
            of_years = {year: [f"{seed} {year}"] for year in years}
            whole = [seed]
            for slug in slugs:
                head = self.heads[slug]
                whole.append(f"{slug} {head.agency_digest}")
                for year in self.ledger.years:
                    told = _told(self.ledger.entries[slug, year])
                    stated = f"{slug} {told} {head.digests.get(year)}"
                    whole.append(stated)
                    if year in of_years:
                        of_years[year].append(f"{stated} {head.agency_digest}")
            reported = {year for slug in slugs for year in self.heads[slug].digests}
            keyed = tuple(
                (year, digest(*parts))
                for year, parts in of_years.items()
                if year in reported or code == ""
            )
            yield RegionItem(code, tuple(slugs), digest(*whole) if code else "", keyed)

    def _work(
        self, step: str, function: Callable[[Item], Result], tasks: Sequence[Item]
    ) -> Iterator[Result]:
        for done, result in enumerate(self.workers.map(function, tasks, fewest=_FEWEST), 1):
            self.progress(step, done, len(tasks))
            yield result

    def _put(self, part: str, value: object, key: str) -> str:
        if not self.store.has(key):
            self.store.put(key, {part: self.shelf.dumps(value)})
        return key


def _told(entry: Entry) -> str:
    """Tell all that the ledger says of an agency in a year, beside what its report says."""
    return f"{entry.state} {entry.is_required} {entry.days_late} {entry.deadline}"


def _named(forms: Mapping[int, Sequence[Form]]) -> str:
    """Tell which forms the tables of years have columns for."""
    named = (f"{year}:{form.section.form}" for year, found in forms.items() for form in found)
    return " ".join(named)
