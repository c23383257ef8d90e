"""What is small enough to be known whole: agencies, regions, years, terms, titles of reports."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol, TypeVar

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.reports import Report, title_of
from gongkai.forms.formats import Format, glossary_anchor, newest_first, of_year
from gongkai.html import addresses
from gongkai.html.site import Site

from .numbers import ascending

Record = dict[str, object]


def catalogue(site: Site) -> Record:
    """Return what suggestions are made from, and what names are searched in."""
    dataset = site.portal.dataset
    return {
        "suffix": site.addresses.address("a").removeprefix("a"),
        "regions": {
            code: [region.name, region.parent]
            for code, region in dataset.regions.items()
            if site.portal.territory.has(region)
        },
        "agencies": [_agency(agency) for agency in dataset.agencies.values()],
        "years": dataset.years,
        "glossary": site.addresses.address(addresses.GLOSSARY),
        "terms": list(_terms(dataset.formats)),
    }


def _agency(agency: Agency) -> list[object]:
    former = [item.name for item in agency.former_names]
    return [agency.slug, agency.name, agency.kind, agency.region, agency.short_name, *former]


class Titled(NamedTuple):
    """What is known of a report without its contents."""

    agency: str
    year: int
    title: str


class _OfYear(Protocol):
    @property
    def year(self) -> int: ...


R = TypeVar("R", bound=_OfYear)


def titled(dataset: Dataset, report: Report) -> Titled:
    """Return what is known of a report without its contents."""
    title = title_of(report, dataset.agencies[report.agency])
    return Titled(report.agency, report.year, title)


def in_order(reports: Iterable[R]) -> list[R]:
    """Return reports in the order of the index, which is that of results: newest year first."""
    return sorted(reports, key=lambda report: -report.year)


def reports(dataset: Dataset, ordered: Sequence[Titled]) -> Record:
    """Return which agencies have reports in which year, and the titles that are not the usual."""
    index_of = {slug: index for index, slug in enumerate(dataset.agencies)}
    editions = {year: of_year(dataset.formats, year) for year in dataset.years}
    usual = {year: edition.report_title for year, edition in editions.items() if edition}
    unusual = {}
    for index, report in enumerate(ordered):
        name, edition = dataset.agencies[report.agency].name, editions[report.year]
        if edition is None or report.title != edition.title_of(name, report.year):
            unusual[index] = report.title
    agencies = {
        year: ascending(index_of[report.agency] for report in found)
        for year, found in groupby(ordered, key=lambda report: report.year)
    }
    return {"agencies": agencies, "usual": usual, "unusual": unusual}


class _Meaning(NamedTuple):
    """What a word of the form means, by which provision."""

    text: str
    basis: str


def _terms(formats: Mapping[str, Format]) -> Iterator[tuple[str, str, str, str]]:
    """Words of the form that mean one thing, with meaning, basis and place in the glossary."""
    found: dict[str, dict[_Meaning, str]] = {}
    for edition in newest_first(formats.values()):
        own: dict[str, dict[_Meaning, str]] = {}
        for word, meaning, anchor in _words(edition):
            own.setdefault(word, {}).setdefault(meaning, anchor)
        found = {**own, **found}
    for word, meanings in found.items():
        if len(meanings) == 1:
            ((meaning, anchor),) = meanings.items()
            yield (word, *meaning, anchor)


def _words(edition: Format) -> Iterator[tuple[str, _Meaning, str]]:
    for section in edition.sections:
        yield section.key, _Meaning(section.meaning, section.basis), section.id
        for table in section.tables:
            for axis in (table.rows, table.columns):
                for path, heading, *_ in axis.walk():
                    if heading.id and heading.meaning:
                        anchor = glossary_anchor(section.id, path)
                        yield heading.key, _Meaning(heading.meaning, heading.basis), anchor
