"""What is small enough to be known whole: agencies, regions, years, terms, titles of reports."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from gongkai.agencies import Agency
from gongkai.axes import Heading
from gongkai.formats import Format, of_year
from gongkai.pages.page import Site
from gongkai.pages.report import title_of
from gongkai.reports import Report

from .numbers import ascending

Record = dict[str, object]


def catalogue(site: Site) -> Record:
    """Return what suggestions are made from, and what names are searched in."""
    dataset = site.dataset
    return {
        "suffix": site.addresses.address("a").removeprefix("a"),
        "regions": {
            code: [region.name, region.parent]
            for code, region in dataset.regions.items()
            if site.atlas.has(region)
        },
        "agencies": [_agency(agency) for agency in dataset.agencies.values()],
        "years": dataset.years,
        "terms": list(_terms(dataset.formats)),
    }


def _agency(agency: Agency) -> list[object]:
    former = [item.name for item in agency.former_names]
    return [agency.slug, agency.name, agency.kind, agency.region, agency.short_name, *former]


def in_order(site: Site) -> list[Report]:
    """Return all reports in the order of the index, which is that of results: newest year first."""
    return sorted(site.dataset.reports, key=lambda report: -report.year)


def reports(site: Site, ordered: Sequence[Report]) -> Record:
    """Return which agencies have reports in which year, and the titles that are not the usual."""
    dataset = site.dataset
    position = {slug: number for number, slug in enumerate(dataset.agencies)}
    editions = {year: of_year(dataset.formats, year) for year in dataset.years}
    usual = {year: edition.report_title for year, edition in editions.items() if edition}
    unusual = {}
    for number, report in enumerate(ordered):
        agency = dataset.agencies[report.agency]
        title, edition = title_of(report, agency), editions[report.year]
        if edition is None or title != edition.title_of(agency.name, report.year):
            unusual[number] = title
    agencies = {
        year: ascending(position[report.agency] for report in found)
        for year, found in groupby(ordered, key=lambda report: report.year)
    }
    return {"agencies": agencies, "usual": usual, "unusual": unusual}


def _terms(formats: Mapping[str, Format]) -> Iterator[tuple[str, str, str]]:
    """Words of the form with their meaning and basis, if they have but one."""
    found: dict[str, set[tuple[str, str]]] = {}
    for edition in sorted(formats.values(), key=lambda edition: edition.first_year, reverse=True):
        own: dict[str, set[tuple[str, str]]] = {}
        for word, meaning in _words(edition):
            own.setdefault(word, set()).add(meaning)
        found = {**own, **found}
    for word, meanings in found.items():
        if len(meanings) == 1:
            yield (word, *meanings.pop())


def _words(edition: Format) -> Iterator[tuple[str, tuple[str, str]]]:
    for section in edition.sections:
        yield section.key, (section.meaning, section.basis)
        for table in section.tables:
            for axis in (table.rows, table.columns):
                yield from _meanings(axis.headings)


def _meanings(headings: tuple[Heading, ...]) -> Iterator[tuple[str, tuple[str, str]]]:
    for heading in headings:
        if heading.id and heading.meaning:
            yield heading.key, (heading.meaning, heading.basis)
        yield from _meanings(heading.children)
