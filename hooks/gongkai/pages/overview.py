"""Small tables of key figures: reports in lines, a few statutory figures in columns."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gongkai.analysis.coverage import LedgerEntry
from gongkai.data.agencies import Agency
from gongkai.data.reports import Report
from gongkai.forms.formats import Format, KeyFigure, newest_first
from gongkai.html import addresses
from gongkai.html.site import Site


class KeyCell(NamedTuple):
    """A figure in an overview, linked to its place in the report; no link where there is none."""

    text: str
    href: str


class OverviewLine(NamedTuple):
    """A report in an overview, or an agency without one."""

    agency: Agency
    entry: LedgerEntry
    """What the ledger says of the agency in that year."""
    cells: tuple[KeyCell, ...]

    @property
    def report(self) -> Report | None:
        """The report, if there is one."""
        return self.entry.report


def newest_edition(reports: Iterable[Report]) -> Format | None:
    """The newest format among reports."""
    return next(iter(newest_first({report.edition for report in reports})), None)


def columns(reports: Iterable[Report]) -> tuple[KeyFigure, ...]:
    """The key figures to show: those of the newest format among the reports."""
    newest = newest_edition(reports)
    return newest.key_figures if newest else ()


def line(site: Site, origin: str, entry: LedgerEntry, shown: tuple[KeyFigure, ...]) -> OverviewLine:
    """Make a line of an overview."""
    cells = _cells(site, origin, entry.report, shown) if entry.report else ()
    return OverviewLine(entry.agency, entry, tuple(cells))


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
