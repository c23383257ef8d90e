"""A roll-up as its page prints it: the statutory tables of sums, and the proof of each row."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from gongkai.analysis.flows import flow
from gongkai.analysis.rollups import RollUp, SectionSum, Sum
from gongkai.data.figures import Cell, CellState, Row
from gongkai.data.reports import Report
from gongkai.forms.axes import FigureKind
from gongkai.forms.formats import Section, figure_address
from gongkai.html import addresses
from gongkai.html.charts.outcomes import outcomes
from gongkai.html.site import Site
from gongkai.html.statutory_table import Mark, Placement, render

_NONE = Cell(CellState.UNRECORDED, "—")


class ProofLine(NamedTuple):
    """A report with what it adds to the sums of one row."""

    agency: str
    cells: Markup
    """Each is linked to its place in the report."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The contributions to the sums of one row, with finished cells: a portal has many."""

    id: str
    label: str
    columns: Markup
    sums: Markup
    lines: tuple[ProofLine, ...]
    own: tuple[ProofLine, ...]
    """The row in the reports of the region's own government, for comparison."""
    differences: Markup
    """What the own government's figures have more than the sums; empty where there is none."""
    remarks: tuple[str, ...]
    """Why there is no sum, and who has no number."""


@dataclass(frozen=True, slots=True)
class SumView:
    """A section of a roll-up, ready to print."""

    id: str
    section: Section
    edition: str
    form: str
    """The form in words, where the page has the section in another form already."""
    table: Markup
    chart: Markup
    count: int
    """How many reports are added."""
    lacks: tuple[str, ...]
    """What the sums lack; nothing where they are complete."""
    proofs: tuple[Proof, ...]


def views(site: Site, name: str, roll_up: RollUp, subject: str) -> tuple[SumView, ...]:
    """The sections of a roll-up that any report is added to; `name` is the page that shows them."""
    found: list[SumView] = []
    for index, total in enumerate(roll_up.sections, 1):
        if total.reports:
            is_first = all(view.section.id != total.section.id for view in found)
            printed = _Printed(site, name, index, total)
            found.append(_view(printed, subject, is_first=is_first))
    return tuple(found)


_Silent = Mapping[str, Mapping[str, str]]
"""What stands in the cells without a number: by the agency's slug and the column in words."""


@dataclass(frozen=True)
class _Printed:
    """The sums of a section on the page that prints them."""

    site: Site
    page: str
    index: int
    """Which of the page's sums they are."""
    total: SectionSum

    @property
    def id(self) -> str:
        return f"sum{self.index}"

    @property
    def section(self) -> Section:
        return self.total.section

    @cached_property
    def link(self) -> Callable[..., str]:
        return self.site.addresses.linker(self.page)

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """The sums as rows of a table."""
        return {path: _row(sums) for path, sums in self.total.sums.items()}

    @cached_property
    def silent(self) -> Mapping[str, _Silent]:
        """Who has cells without a number, by row; what is never summed is left out."""
        return {path: _silent(self.total, path) for path in self.total.sums}

    def name_of(self, agency: str) -> str:
        """The name that an agency has today."""
        return self.site.portal.dataset.agencies[agency].name


def _view(printed: _Printed, subject: str, *, is_first: bool) -> SumView:
    total = printed.total
    proofs = tuple(_proofs(printed))
    placement = Placement(printed.index, printed.link(addresses.GLOSSARY), is_first)
    stream = flow(total.section, total.value)
    return SumView(
        id=printed.id,
        section=total.section,
        edition=total.edition.id,
        form="" if is_first else f"（{total.edition.id} 年表样）",
        table=render(total.section, placement, subject, printed.rows, _marks(printed, proofs)),
        chart=outcomes(stream, f"{printed.id}-chart", subject) if stream else Markup(),
        count=len(total.reports),
        lacks=tuple(_lacks(printed)),
        proofs=proofs,
    )


def _marks(printed: _Printed, proofs: Iterable[Proof]) -> dict[str, Mark]:
    """Each sum that has a proof leads to it."""
    proven = {proof.id for proof in proofs}
    return {
        figure_address(printed.section.id, path, column): Mark(href=f"#{printed.id}.{path}")
        for path, (table, _) in printed.section.rows.items()
        if f"{printed.id}.{path}" in proven
        for column in table.columns.paths
    }


def _lacks(printed: _Printed) -> Iterator[str]:
    total = printed.total
    silent = {slug for found in printed.silent.values() for slug in found}
    if total.missing:
        yield f"缺 {total.missing} 份"
    if total.others:
        yield f"另有 {len(total.others)} 份用的是别的表样，不能相加"
    if silent:
        yield f"{len(silent)} 份有的格没有数字"


def _row(sums: tuple[Sum, ...]) -> Row:
    return Row(0, tuple(_cell(found) for found in sums), (0,) * len(sums))


def _cell(found: Sum) -> Cell:
    if found.value is None:
        return _NONE
    return Cell(CellState.STATED, f"{found.value}{found.unit}", found.value)


def _proofs(printed: _Printed) -> Iterator[Proof]:
    """The proof of every row that is not 0 in all reports."""
    total = printed.total
    for path, (table, leaf) in total.section.rows.items():
        columns = table.columns.leaves
        lines = tuple(_lines(printed, path, total.reports))
        own = tuple(_lines(printed, path, total.own_government))
        remarks = tuple(_remarks(printed, path))
        if lines or own or remarks:
            yield Proof(
                id=f"{printed.id}.{path}",
                label="·".join(leaf.keys),
                columns=_heads(tuple(column.heading.key for column in columns)),
                sums=_cells(cell.text for cell in printed.rows[path].cells),
                lines=lines,
                own=own,
                differences=_cells(_differences(total, path)) if own else Markup(),
                remarks=remarks,
            )


@lru_cache(maxsize=256)
def _heads(columns: tuple[str, ...]) -> Markup:
    heads = (f'<th scope="col" class="figure">{escape(column)}</th>' for column in columns)
    return Markup("".join(heads))  # noqa: S704 - escaped one by one


def _cells(texts: Iterable[str]) -> Markup:
    cells = (f'<td class="figure">{escape(text)}</td>' for text in texts)
    return Markup("".join(cells))  # noqa: S704 - escaped one by one


def _lines(printed: _Printed, path: str, reports: tuple[Report, ...]) -> Iterator[ProofLine]:
    section = printed.section
    for report in reports:
        row = report.figures.get(section.id, {}).get(path)
        if row is None or not any(row.numbers) or section not in report.sections:
            continue
        page = escape(printed.link(addresses.report(report.agency, report.year)))
        yield ProofLine(printed.name_of(report.agency), _linked(section, path, row, page))


def _linked(section: Section, path: str, row: Row, page: str) -> Markup:
    """The cells of a row, each linked to its place in the page of its report."""
    cells = (
        f'<td class="figure"><a href="{page}{fragment}">{_number(cell.text)}</a></td>'
        for fragment, cell in zip(_fragments(section, path), row.cells, strict=True)
    )
    return Markup("".join(cells))  # noqa: S704 - escaped one by one


@lru_cache(maxsize=1024)
def _fragments(section: Section, path: str) -> tuple[str, ...]:
    """Where the figures of a row stand in the page of a report."""
    columns = section.rows[path][0].columns.paths
    return tuple(f"#{figure_address(section.id, path, column)}" for column in columns)


@lru_cache(maxsize=4096)
def _number(text: str) -> str:
    return f'<span class="number{" zero" if text == "0" else ""}">{escape(text)}</span>'


def _differences(total: SectionSum, path: str) -> Iterator[str]:
    for column in total.section.rows[path][0].columns.paths:
        beside = next(total.reported_totals(path, column), None)
        difference = beside.difference if beside else None
        yield "—" if difference is None else f"{difference:+}" if difference else "0"


def _remarks(printed: _Printed, path: str) -> Iterator[str]:
    yield from dict.fromkeys(found.reason for found in printed.total.sums[path] if found.reason)
    silent = [
        f"{printed.name_of(slug)}（{_told(cells)}）" for slug, cells in printed.silent[path].items()
    ]
    if silent:
        yield f"没有数字、不在合计里的：{'、'.join(silent)}。"


def _told(cells: Mapping[str, str]) -> str:
    """What stands in cells, named by their columns unless it is everywhere the same."""
    texts = set(cells.values())
    alike = "" if len(cells) == 1 or len(texts) > 1 else f"{len(cells)} 格都是{texts.pop()}"
    return alike or "，".join(f"{column}：{text}" for column, text in cells.items())


def _silent(total: SectionSum, path: str) -> _Silent:
    table, leaf = total.section.rows[path]
    found: dict[str, dict[str, str]] = {}
    for column, added in zip(table.columns.leaves, total.sums[path], strict=True):
        if added.lacking and table.kind(leaf, column) is not FigureKind.CHANGE:
            for item in total.without_number(path, column.path):
                found.setdefault(item.report.agency, {})["·".join(column.keys)] = item.cell.text
    return found
