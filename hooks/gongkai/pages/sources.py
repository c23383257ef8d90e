"""The page 数据来源: by what way each agency's reports came here, from where, and what to know."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from gongkai.data.agencies import Agency
from gongkai.data.regions import Region
from gongkai.data.reports import Report, Source
from gongkai.html import addresses
from gongkai.html.site import Site
from gongkai.html.templating import render

WAYS = {
    Source.FILED: "机关直接填报",
    Source.TRANSCRIBED: "按原件全文转录",
    Source.FIGURES_ONLY: "只收录统计表，正文看原件",
}


class Said(NamedTuple):
    """Words, and the years of the reports that they are said of."""

    words: str
    years: tuple[int, ...]


class Origin(NamedTuple):
    """Where an agency's reports come from."""

    agency: Agency
    ways: tuple[Said, ...]
    hosts: tuple[Said, ...]
    """The sites of the originals."""
    notes: tuple[Said, ...]
    """What is to be known of how they were transcribed."""


def sources(site: Site) -> Markup:
    """Where the reports come from, by region and agency."""
    return render(
        "sources.html.j2",
        link=site.addresses.linker(addresses.SOURCES),
        to=addresses,
        groups=list(_by_region(site)),
    )


def _by_region(site: Site) -> Iterator[tuple[Region, list[Origin]]]:
    dataset = site.portal.dataset
    origins = [
        _origin(agency, dataset.by_agency[agency.slug])
        for agency in dataset.agencies.values()
        if dataset.by_agency[agency.slug]
    ]
    for region in dataset.regions.values():
        if found := [origin for origin in origins if origin.agency.region == region.code]:
            yield region, found


def _origin(agency: Agency, reports: Iterable[Report]) -> Origin:
    told = sorted(reports, key=lambda report: report.year)
    return Origin(
        agency,
        _said((WAYS[report.source], report.year) for report in told),
        _said((_host(report), report.year) for report in told if report.original_url),
        _said((note, report.year) for report in told for note in report.transcription_notes),
    )


def _host(report: Report) -> str:
    return urlsplit(report.original_url).hostname or ""


def _said(pairs: Iterable[tuple[str, int]]) -> tuple[Said, ...]:
    years: dict[str, list[int]] = {}
    for words, year in pairs:
        years.setdefault(words, []).append(year)
    return tuple(Said(words, tuple(found)) for words, found in years.items())
