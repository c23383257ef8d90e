"""Real figures of the portal that show what a row or a column of the form is about."""

from collections.abc import Container, Iterable
from functools import lru_cache
from typing import NamedTuple

from gongkai.data.figures import Cell, CellState
from gongkai.data.reports import Report
from gongkai.forms.formats import glossary_anchor
from gongkai.source.subjects import Subject


class Example(NamedTuple):
    """A figure of the portal that is not zero."""

    report: Report
    text: str
    """The number as printed, with its unit: as printed, or else as the form fixes it."""
    address: str
    """Where it stands on the report's page."""


def examples(
    reports: Iterable[Report], doubtful: Container[tuple[Subject, str]] = ()
) -> dict[str, Example]:
    """Choose an example for every row and column that has one, by anchor.

    The newest year goes first, then the agency's folder; of a row its total, if it is not zero.

    Args:
        reports: where to look.
        doubtful: figures about which something was found, by report and address.
    """
    found: dict[str, Example] = {}
    for report in sorted(reports, key=lambda item: (-item.year, item.agency)):
        for section, table, leaf, row in report.table_rows():
            for index in _places(row.cells, table.columns.totals_first):
                column = table.columns.leaves[index]
                paths = (leaf.path, column.path)
                anchors = [glossary_anchor(section.id, path) for path in paths]
                if all(anchor in found for anchor in anchors):
                    continue
                address = report.address(section.id, *paths)
                if (report.key, address) in doubtful:
                    continue
                cell = row.cells[index]
                text = cell.text if cell.unit else cell.text + table.unit(leaf, column)
                for anchor in anchors:
                    found.setdefault(anchor, Example(report, text, address))
    return found


@lru_cache(maxsize=1024)
def _places(cells: tuple[Cell, ...], order: tuple[int, ...]) -> tuple[int, ...]:
    """Return where a row has numbers other than zero; kept, because most rows are alike."""
    if not cells:
        return ()
    return tuple(
        place for place in order if cells[place].state is CellState.STATED and cells[place].value
    )
