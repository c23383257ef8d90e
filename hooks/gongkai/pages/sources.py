"""Where reports come from: of one agency, for its page; of all together, for the page 数据来源."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

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

    ways: tuple[Said, ...]
    hosts: tuple[Said, ...]
    """The sites of the originals."""
    notes: tuple[Said, ...]
    """What is to be known of how they were transcribed."""


def sources(site: Site) -> Markup:
    """Count the reports by the way they came here, and say what is to be known of regions."""
    dataset, territory = site.portal.dataset, site.portal.territory
    ways = Counter(report.source for report in dataset.reports)
    return render(
        "sources.html.j2",
        link=site.addresses.linker(addresses.SOURCES),
        to=addresses,
        ways=[(words, ways[way]) for way, words in WAYS.items() if ways[way]],
        regions=[item for item in dataset.regions.values() if item.note and territory.has(item)],
    )


def origin_of(reports: Iterable[Report]) -> Origin:
    """Tell where an agency's reports come from, the oldest first."""
    told = sorted(reports, key=lambda report: report.year)
    return Origin(
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
