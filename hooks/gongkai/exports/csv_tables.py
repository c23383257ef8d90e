"""All figures as CSV (RFC 4180): an agency's by year, and a year's by report.

Headings are the short statutory names. Cells say what the page says: the number as printed, or the
word for why there is none. A cell is empty where the report does not follow that form of the
section. The byte order mark tells Excel that the text is UTF-8.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from io import StringIO
from itertools import chain
from typing import NamedTuple

from gongkai.analysis.portal import Portal
from gongkai.analysis.series import SectionForm
from gongkai.data.dataset import Dataset
from gongkai.data.figures import NO_ROW_CELL
from gongkai.data.reports import Report, title_of
from gongkai.forms.axes import Leaf
from gongkai.forms.formats import Section, figure_address
from gongkai.html import addresses
from gongkai.html.artifacts import Artifact, Sort

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; docs/assets/portal.js has the same."""
_FIGURE = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[%一-龥]*")
"""No formula, whatever its sign, so it stays as it was published."""


def artifacts(portal: Portal) -> Iterator[Artifact]:
    """Yield the tables of every agency and every year."""
    dataset = portal.dataset
    for slug in _reporting(dataset):
        yield _artifact(addresses.agency(slug), partial(by_year, dataset, slug))
    for year in dataset.by_year:
        yield _artifact(addresses.year(year), partial(by_report, dataset, year))


def _artifact(name: str, lines: Callable[[], Iterable[Sequence[str]]]) -> Artifact:
    path = addresses.figures(name)
    return Artifact(path, Sort.TABLE, lambda: written(lines()).encode("utf-8-sig"))


def _reporting(dataset: Dataset) -> Iterator[str]:
    return (slug for slug, reports in dataset.by_agency.items() if reports)


def by_year(dataset: Dataset, slug: str) -> Iterator[Sequence[str]]:
    """An agency's figures: a line for each cell of each form, a column for each year."""
    reports = dataset.by_agency[slug]
    yield ["表样", "部分", "行", "列", "单位", "标识", *(f"{report.year}年" for report in reports)]
    for form in forms_of(dataset, reports):
        columns = (_texts(report, form.section) for report in reports)
        for name, *texts in zip(_figure_names(form.section), *columns, strict=True):
            yield form.edition.id, *name, *texts


def by_report(dataset: Dataset, year: int) -> Iterator[Sequence[str]]:
    """The figures of a year: a line for each report, a column for each cell of each form."""
    reports = dataset.by_year[year]
    forms = forms_of(dataset, reports)
    yield heading(forms)
    for report in reports:
        yield _line(dataset, report, forms)


def heading(forms: Sequence[SectionForm]) -> list[str]:
    """The first line of a year's table."""
    common = [
        "地区代码",
        "地区",
        "机关",
        "机关标识",
        "年度",
        "标题",
        "发布日期",
        "表样",
        "原件网址",
    ]
    return [*common, *chain.from_iterable(map(_headings, forms))]


def line(dataset: Dataset, report: Report, forms: Sequence[SectionForm]) -> str:
    """The line of a report in its year's table, as text."""
    return written([_line(dataset, report, forms)])


def _line(dataset: Dataset, report: Report, forms: Sequence[SectionForm]) -> list[str]:
    figures = chain.from_iterable(_texts(report, form.section) for form in forms)
    return [*_about(dataset, report), *figures]


def _about(dataset: Dataset, report: Report) -> list[str]:
    agency = dataset.agencies[report.agency]
    said = [
        agency.region,
        dataset.region_of(agency).name,
        agency.name_in(report.year),
        agency.slug,
        str(report.year),
        title_of(report, agency),
        report.published,
        report.edition.id,
        report.original_url,
    ]
    return [_inert(text) for text in said]


def forms_of(dataset: Dataset, reports: Iterable[Report]) -> list[SectionForm]:
    """Every form of a section with figures that the reports have: the newest edition's first.

    A form that a later edition takes over is that of the edition which brought it.
    """
    used = dict.fromkeys(section for report in reports for section in report.sections)
    forms = (
        SectionForm(section, dataset.formats[section.brought_by])
        for section in used
        if section.tables
    )
    return sorted(forms, key=_newest_first)


def _newest_first(form: SectionForm) -> tuple[int, int]:
    return -form.edition.first_year, form.edition.sections.index(form.section)


def written(lines: Iterable[Sequence[str]]) -> str:
    """The text of a CSV file."""
    stream = StringIO()
    csv.writer(stream).writerows(lines)
    return stream.getvalue()


def _texts(report: Report, section: Section) -> list[str]:
    """The cells of a form as the report's page prints them, in order."""
    rows = report.figures.get(section.id, {}) if section in report.sections else {}
    texts: list[str] = []
    for path, (table, _) in section.rows.items():
        width = len(table.columns.leaves)
        row = rows.get(path)
        if row is None:
            texts += [""] * width
        else:
            texts += [cell.text for cell in row.cells] or [NO_ROW_CELL.text] * width
    return texts


class FigureName(NamedTuple):
    """Where a cell stands, in words."""

    section: str
    row: str
    column: str
    unit: str
    address: str


@lru_cache(maxsize=256)
def _figure_names(section: Section) -> tuple[FigureName, ...]:
    return tuple(
        FigureName(
            section.key,
            _keys(leaf),
            _keys(column),
            table.unit(leaf, column),
            figure_address(section.id, leaf.path, column.path),
        )
        for table, leaf in section.rows.values()
        for column in table.columns.leaves
    )


def _headings(form: SectionForm) -> Iterator[str]:
    for name in _figure_names(form.section):
        yield "/".join(filter(None, (*name[:3], form.edition.id)))


def _keys(leaf: Leaf) -> str:
    """The short statutory names that lead to a leaf: those that staff write."""
    return "·".join(leaf.keys)


def _inert(text: str) -> str:
    """Staff text that no spreadsheet takes for a formula."""
    is_active = text.startswith(_ACTIVE) and not _FIGURE.fullmatch(text)
    return f"'{text}" if is_active else text
