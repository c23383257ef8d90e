"""One report read through the real formats, without the rest of the portal."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from gongkai.checks.run import check
from gongkai.data.agencies import Agency
from gongkai.data.dataset import load
from gongkai.data.figures import Figure
from gongkai.data.report_reader import read_report
from gongkai.data.reports import Report
from gongkai.source.fields import Reading
from gongkai.source.nodes import UnreadableError
from gongkai.source.problems import Problem
from gongkai.source.reading import read
from portal_data import DATA
from today import TODAY

PORTAL = load(DATA)
AGENCY = next(iter(PORTAL.agencies.values()))


class Read(NamedTuple):
    """A report with the problems of its form and figures."""

    report: Report | None
    problems: tuple[Problem, ...]


class Place(NamedTuple):
    """A figure of a report by its paths."""

    section: str
    row: str
    column: str


def read_text(text: str, year: int, agency: Agency = AGENCY) -> Read:
    """Read and check the text of a report file."""
    reading = Reading(f"data/agencies/{agency.slug}/{year}.yaml")
    try:
        node = read(reading.path, text.encode())
    except UnreadableError as error:
        return Read(None, error.problems)
    report = read_report(reading, node, agency.slug, year, PORTAL.formats)
    reports = (report,) if report else ()
    dataset = replace(
        PORTAL,
        agencies={agency.slug: agency},
        reports=reports,
        report_files=1,
        problems=tuple(reading.problems),
    )
    return Read(report, check(dataset, TODAY).problems)


def figures(report: Report) -> Iterator[tuple[Place, Figure]]:
    """Every figure of a report with its place in the form."""
    for section, table, leaf, _ in report.table_rows():
        for column in table.columns.paths:
            figure = report.figure(section.id, leaf.path, column)
            if figure is not None:
                yield Place(section.id, leaf.path, column), figure


def with_number(text: str, figure: Figure, number: int | Decimal) -> str:
    """The text of a report with the number of one figure changed, its unit kept."""
    lines = text.split("\n")
    where = figure.location
    line = lines[where.line - 1]
    lines[where.line - 1] = (
        f"{line[: where.column - 1]}{number}{figure.cell.unit}{line[where.end_column - 1 :]}"
    )
    return "\n".join(lines)
