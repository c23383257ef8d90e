"""Whether pages of others print the figures, headers and paragraphs of the YAML: some are parsed.

Without this, a faster generator might only be one that prints less.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path

from gongkai.data.dataset import Dataset, load
from gongkai.data.reports import Report
from workshop import Project

_SAMPLE = 7
_CELL = re.compile(r'<td(?: class="zero")? id="([^"]+)" headers="([^"]+)"[^>]*>([^<]*)</td>')
_LINE = re.compile(
    r'<tr><th scope="row"><a href="/reports/([^/]+)/(\d+)/">[^<]*</a></th>(.*?)</tr>'
)
_KEY = re.compile(r'#([^"]+)">([^<]*)</a>')
_WORDS = re.compile(r"<(p|h3)>([^<]*)</\1>")


class DisagreementError(Exception):
    """A page does not say what the YAML says."""


def demand_agreement(built: Project, source: Project) -> int:
    """Compare some pages of a site with the data; return the number of figures compared.

    Raises:
        DisagreementError: a page lacks something, or says something else.
    """
    dataset = load(source.folder / "data")
    reports = dataset.reports[:: max(1, len(dataset.reports) // _SAMPLE)]
    count = 0
    for report in reports:
        page = _page(built, f"reports/{report.agency}/{report.year}")
        count += _compare(built, report, page)
        code = dataset.agencies[report.agency].region
        for name in (f"agencies/{report.agency}", f"regions/{code}/{report.year}"):
            count += _compare_overview(built, dataset, name)
    _demand(built, len(dataset.reports), len(list(built.site.glob("reports/*/*/index.html"))), "")
    return count


def _page(built: Project, name: str) -> str:
    path: Path = built.site / name / "index.html"
    return path.read_text("utf-8")


def _compare(built: Project, report: Report, page: str) -> int:
    printed = {address: text for address, _, text in _CELL.findall(page)}
    stated = dict(_figures(report))
    _demand(built, set(stated), set(printed), report.path)
    for address, text in stated.items():
        _demand(built, _number(text), _number(unescape(printed[address])), address)
    ids = set(re.findall(r'<th [^>]*id="([^"]+)"', page))
    named = {name for _, names, _ in _CELL.findall(page) for name in names.split()}
    _demand(built, set(), named - ids, report.path)
    words = [unescape(text) for _, text in _WORDS.findall(page)]
    _demand(built, _paragraphs(report), words, report.path)
    return len(stated)


def _figures(report: Report) -> Iterator[tuple[str, str]]:
    for section in report.sections:
        for path, (table, _) in section.rows.items():
            row = report.figures[section.id][path]
            for position, column in enumerate(table.columns.paths):
                yield report.address(section.id, path, column), row.cell(position).text


def _paragraphs(report: Report) -> list[str]:
    sections = (section.id for section in report.sections if section.id in report.prose)
    return [text for name in sections for text in report.prose[name].paragraphs]


def _compare_overview(built: Project, dataset: Dataset, name: str) -> int:
    """Compare each line of an overview with its report; there must be one for each."""
    by_key = {(report.agency, str(report.year)): report for report in dataset.reports}
    lines = _LINE.findall(_page(built, name))
    _demand(built, True, bool(lines), name)  # noqa: FBT003
    count = 0
    for slug, year, cells in lines:
        report = by_key[slug, year]
        keys = report.edition.key_figures
        found = [(address, _number(text)) for address, text in _KEY.findall(cells)]
        figures = ((item, report.figure(item.section, item.row, item.column)) for item in keys)
        stated = [
            (report.address(item.section, item.row, item.column), _number(figure.cell.text))
            for item, figure in figures
            if figure
        ]
        _demand(built, stated, found, name)
        count += len(stated)
    return count


def _number(text: str) -> Decimal:
    """The value of a printed number; other generators print `3.0` as `3`."""
    return Decimal(re.sub(r"[^-.\d].*$", "", text))


def _demand(built: Project, expected: object, found: object, where: str) -> None:
    if expected != found:
        raise DisagreementError(f"{built.label} {where}：应为 {expected}，却是 {found}")
