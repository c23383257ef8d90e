"""One annual report, read through its statutory format."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gongkai.forms.axes import Leaf
from gongkai.forms.formats import Format, Section, Table, figure_address
from gongkai.source.dates import day_of
from gongkai.source.problems import Location
from gongkai.source.subjects import ReportKey

from .agencies import Agency
from .answers import Answer
from .figures import Figure, Number, Row


class Source(StrEnum):
    """How a report came into the portal (`收录方式`)."""

    FILED = "机关填报"
    """The agency files it here; it is first published by the portal."""
    TRANSCRIBED = "全文转录"
    """Copied whole from a report that is published elsewhere."""
    FIGURES_ONLY = "仅统计数据"
    """Only the statutory tables were copied; the text stands at the original's address."""


class Prose(NamedTuple):
    """The plain text of a section and its place in the file."""

    text: str
    line: int
    """The file's line on which it begins."""
    column: int = 1
    """The column at which its lines begin."""
    is_folded: bool = False
    """Whether the file breaks its lines elsewhere; then only where it begins is known."""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs: every line that is not blank."""
        return tuple(line.strip() for line in self.text.splitlines() if line.strip())

    def place(self, path: str, start: int, end: int) -> Location:
        """Return the place of a stretch of the text, of its first line if it has several."""
        if self.is_folded:
            return Location(path, self.line, self.column)
        begin = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", start, end)
        column = self.column + start - begin
        length = (end if stop < 0 else stop) - start
        return Location(path, self.line + self.text.count("\n", 0, start), column, column + length)


class Channel(NamedTuple):
    """One line of `主动公开渠道`: how many items were disclosed of what and where."""

    content: str
    channel: str
    number: int
    parts: tuple[tuple[str, int], ...]
    line: int


class Channels(NamedTuple):
    """The counts of proactive disclosure that section one tells in prose, as data."""

    total: int
    items: tuple[Channel, ...]
    line: int


class Correction(NamedTuple):
    """What was changed after publication (`更正`)."""

    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """An agency's annual report for one year, as its file states it."""

    agency: str
    """The agency's slug."""
    year: int
    path: str
    edition: Format
    sections: tuple[Section, ...]
    """The sections in order; one that follows another format is taken from there."""
    section_editions: Mapping[str, Format]
    """The format of each section that does not follow `edition`, by section id."""
    source: Source
    title: str
    """As printed; empty where the statutory title is meant."""
    published: str
    """`YYYY-MM-DD` or `YYYY-MM-DD HH:MM`; empty where it is not known."""
    original_url: str
    prose: Mapping[str, Prose]
    figures: Mapping[str, Mapping[str, Row]]
    """Rows of cells by section id and row path."""
    channels: Channels | None
    answers: tuple[Answer, ...]
    corrections: tuple[Correction, ...]
    transcription_notes: tuple[str, ...]
    places: Mapping[str, Location]
    """Where the keys stand that the file has beside its sections, by key."""

    @property
    def key(self) -> ReportKey:
        """Its identity."""
        return ReportKey(self.agency, self.year)

    @property
    def is_historical(self) -> bool:
        """Whether it was published before it came here, so that it can no longer be mended."""
        return self.source is not Source.FILED

    @property
    def day(self) -> date | None:
        """The day on which it was published; None where that is not known."""
        return day_of(self.published)

    def section(self, section_id: str) -> Section | None:
        """Return the section with an id, if its format has one."""
        return next((item for item in self.sections if item.id == section_id), None)

    def edition_of(self, section: Section) -> Format:
        """Return the format that one of its sections follows."""
        return self.section_editions.get(section.id, self.edition)

    def figure(self, section_id: str, row: str, column: str) -> Figure | None:
        """Return a figure by its paths, or None where the report's format has no such cell."""
        section = self.section(section_id)
        if section is None or row not in section.rows:
            return None
        table = section.rows[row][0]
        stated = self.figures.get(section_id, {}).get(row)
        index = table.columns.index.get(column)
        if stated is None or index is None:
            return None
        return Figure(stated.cell(index), self.location(stated, index))

    def address(self, section_id: str, row: str, column: str) -> str:
        """Return the address of a figure on the report's page; a missing row has one cell."""
        section = self.section(section_id)
        stated = self.figures.get(section_id, {}).get(row)
        if section is not None and stated is not None and not stated.is_printed:
            column = section.rows[row][0].columns.paths[0]
        return figure_address(section_id, row, column)

    def location(self, row: Row, index: int) -> Location:
        """Return the place of the cell at an index of a row."""
        if not row.is_printed:
            return Location(self.path, row.line, row.columns[0])
        column = row.columns[index]
        return Location(self.path, row.line, column, column + len(row.cells[index].text))

    def table_rows(self) -> Iterator[tuple[Section, Table, Leaf, Row]]:
        """Yield every row that the file states, in printed order."""
        for section in self.sections:
            stated = self.figures.get(section.id, {})
            for path, (table, leaf) in section.rows.items():
                if path in stated:
                    yield section, table, leaf, stated[path]


def last_change(reports: Collection[Report]) -> str:
    """Return the newest day of publication or correction; empty where none is known."""
    days = (item.published[:10] for item in reports)
    corrected = (correction.date for item in reports for correction in item.corrections)
    return max((*days, *corrected), default="")


def title_of(report: Report, agency: Agency) -> str:
    """Return the title as printed, or else the statutory one."""
    return report.title or report.edition.title_of(agency.name_in(report.year), report.year)


def numbers_of(report: Report) -> dict[str, dict[str, tuple[Number | None, ...]]]:
    """Return the numbers of every row by section id and row path; None where none is stated.

    A row that the original lacks has no numbers at all.
    """
    return {
        section: {path: row.numbers for path, row in rows.items()}
        for section, rows in report.figures.items()
    }
