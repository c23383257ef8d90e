"""Small tables of key figures: reports in lines, a few statutory figures in columns."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongkai import addresses
from gongkai.agencies import Agency
from gongkai.formats import KeyFigure
from gongkai.reports import Report

from .page import Site


class KeyCell(NamedTuple):
    """A figure in an overview, linked to its place in the report; no link where there is none."""

    text: str
    href: str


class Line(NamedTuple):
    """A report in an overview, or an agency without one."""

    agency: Agency
    report: Report | None
    cells: tuple[KeyCell, ...]


def columns(reports: Iterable[Report]) -> tuple[KeyFigure, ...]:
    """The key figures to show: those of the newest format among the reports."""
    editions = {report.edition.id: report.edition for report in reports}
    newest = max(editions.values(), key=lambda edition: edition.first_year, default=None)
    return newest.key_figures if newest else ()


def line(
    site: Site,
    origin: str,
    agency: Agency,
    report: Report | None,
    shown: tuple[KeyFigure, ...],
) -> Line:
    """Make a line of an overview."""
    if report is None:
        return Line(agency, None, ())
    return Line(agency, report, tuple(_cells(site, origin, report, shown)))


def _cells(
    site: Site, origin: str, report: Report, shown: tuple[KeyFigure, ...]
) -> Iterator[KeyCell]:
    link = site.addresses.linker(origin)
    target = addresses.report(report.agency, report.year)
    for item in shown:
        figure = report.figure(item.section, item.row, item.column)
        if figure is None:
            yield KeyCell("", "")
        else:
            address = report.address(item.section, item.row, item.column)
            yield KeyCell(figure.cell.text, link(target, address))
