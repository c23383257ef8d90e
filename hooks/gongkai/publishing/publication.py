"""A checked build → all that is published of it: pages, tables, what is searched, and facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from gongkai.analysis.coverage import LedgerEntry
from gongkai.analysis.examples import Example, examples
from gongkai.analysis.portal import portal_of
from gongkai.analysis.series import SectionForm
from gongkai.analysis.tallies import Tallies
from gongkai.data.reports import last_change
from gongkai.exports import csv_tables
from gongkai.html.artifacts import Artifact, Sort
from gongkai.html.site import Site

from . import paging
from .build import GROUP, Build
from .paging import (
    EXAMPLES,
    READINGS,
    SETTING,
    PageItem,
    PageTask,
    RegionItem,
    RegionTask,
    Setting,
    Settings,
)
from .published import Published
from .search import files as search
from .store import digest
from .workers import grouped

_NEWEST = 1
"""Of so many years, the newest, pages show the sums of all regions together."""
_FEWEST_REGIONS = 200
"""So many regions are worth starting processes."""


@dataclass(frozen=True)
class Publication:
    """A build as it is published."""

    build: Build
    settings: Settings

    def made(self) -> "Publication":
        """Have everything made that is kept in the store; return the publication itself."""
        _ = self.published, self.site
        return self

    def search(self) -> Iterator[Artifact]:
        """Yield the search index, which follows from all reports together."""
        build, pages = self.build, self.published.pages.values()
        key = digest("search", build.ground, build.agencies_key, self._common, *pages)
        if not build.store.has(key):
            spread = partial(build.work, "编制搜索索引")
            made = search.artifacts(self.site, self.published.texts(), spread=spread)
            build.store.put_one_by_one(key, ((item.path, item.make()) for item in made))
        for path in build.store.names(key):
            yield Artifact(path, Sort.SEARCH, partial(build.shelf.content, key, path), key.encode())

    @cached_property
    def site(self) -> Site:
        """What pages are made from; of sums, only those of overviews are known already."""
        build = self.build
        portal = portal_of(build.dataset, build.findings, build.ledger)
        tallies = Tallies(portal.roll_ups, self.published.tallies())
        return self.settings.site(replace(portal, tallies=tallies, known_examples=self._examples))

    @cached_property
    def published(self) -> Published:
        """All that agencies and regions have by themselves."""
        pages = self._agency_pages()
        return Published(self.build.shelf, self.build.dataset, pages, self._region_pages())

    @cached_property
    def _forms(self) -> Mapping[int, tuple[SectionForm, ...]]:
        dataset = self.build.dataset
        return {
            year: tuple(csv_tables.forms_of(dataset, reports))
            for year, reports in dataset.by_year.items()
        }

    @cached_property
    def _setting(self) -> Setting:
        build = self.build
        is_dated = any(last_change((report,)) for report in build.dataset.reports)
        known = (build.dataset.agencies, build.today, build.ledger.years, self._forms)
        return Setting(*known, is_dated, self.settings)

    @cached_property
    def _common(self) -> str:
        """The digest of what all pages follow from."""
        told = f"{self._setting.is_dated} {self._setting.years} {self.settings}"
        return digest(self.build.names_key, told)

    @cached_property
    def _setting_key(self) -> str:
        build, forms = self.build, _named(self._forms)
        key = digest("setting", self._common, build.agencies_key, forms, str(build.today))
        return build.put(SETTING, self._setting, key)

    def _agency_pages(self) -> dict[str, str]:
        """Make the pages of agencies and reports; return the key of each agency's."""
        items = [self._page_item(slug) for slug in self.build.readings]
        missing = [item for item in items if not self.build.store.has(item.key)]
        groups = grouped(missing, GROUP)
        tasks = [PageTask(self.build.desk, self._setting_key, group) for group in groups]
        for _ in self.build.work("生成报告页面", paging.publish, tasks):
            continue
        return {item.slug: item.key for item in items}

    def _page_item(self, slug: str) -> PageItem:
        build = self.build
        judgement, years = build.judgements[slug], build.ledger.years
        told = (_told(build.ledger.entry(slug, year)) for year in years)
        reports = build.heads[slug].folder.reports
        tables = (_named({item.year: self._forms[item.year]}) for item in reports)
        key = digest("pages", self._common, judgement, *told, "|", *tables)
        return PageItem(slug, key, build.readings[slug], judgement)

    def _region_pages(self) -> list[RegionItem]:
        """Make the pages of regions; return what there is of each."""
        build = self.build
        key = digest("readings", *build.readings.values())
        readings = build.put(READINGS, dict(build.readings), key)
        items = list(self._region_items())
        tasks = [
            RegionTask(build.desk, self._setting_key, readings, missing)
            for missing in map(self._missing, items)
            if missing.key or missing.years
        ]
        for _ in build.work("生成地区页面", paging.publish_region, tasks, _FEWEST_REGIONS):
            continue
        return items

    def _missing(self, item: RegionItem) -> RegionItem:
        """Leave of what there is of a region what the store does not have."""
        has = self.build.store.has
        years = tuple(year for year in item.years if not has(year.key))
        return item._replace(key="" if has(item.key) else item.key, years=years)

    def _region_items(self) -> Iterator[RegionItem]:
        """Yield what there is of each region; it follows from all agencies in it and below."""
        for code, agencies in self.build.ledger.regions.all_agencies.items():
            yield self._region_item(code, [agency.slug for agency in agencies])

    def _region_item(self, code: str, slugs: Sequence[str]) -> RegionItem:
        heads, ledger = self.build.heads, self.build.ledger
        reported = {year for slug in slugs for year in heads[slug].digests}
        seed = digest("region", self._common, self.build.ground, code, str(sorted(reported)))
        told = {year: [seed, str(year)] for year in ledger.years}
        for slug in slugs:
            head = heads[slug]
            for year, found in told.items():
                entry = _told(ledger.entry(slug, year))
                found.append(f"{slug} {head.agency_digest} {entry} {head.digests.get(year)}")
        keys = {year: digest(*found) for year, found in told.items()}
        years = tuple(
            paging.YearItem(year, keys[year])
            for year in self.build.dataset.years[: None if code else _NEWEST]
            if year in reported
        )
        return RegionItem(
            code, tuple(slugs), digest("whole", *keys.values()) if code else "", years
        )

    @cached_property
    def _examples(self) -> Mapping[str, Example]:
        """The figures that show what rows and columns are about, with short reports."""
        build = self.build
        key = digest("examples", build.ground, *build.judgements.values())
        if not build.store.has(key):
            doubtful = build.findings.doubtful
            build.put(EXAMPLES, examples(build.dataset.reports, doubtful), key)
        found: Mapping[str, Example] = build.shelf.once(key, EXAMPLES)
        return found


def _told(entry: LedgerEntry) -> str:
    """Tell all that the ledger says of an agency in a year, beside what its report says."""
    return f"{entry.status} {entry.is_required} {entry.days_late} {entry.deadline}"


def _named(forms: Mapping[int, Sequence[SectionForm]]) -> str:
    """Tell which forms the tables of years have columns for."""
    named = (f"{year}:{form.section.form}" for year, found in forms.items() for form in found)
    return " ".join(named)
