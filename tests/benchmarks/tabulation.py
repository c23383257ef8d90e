"""Consistent figures for the statutory tables of an agency, year after year.

Sums, reconciliations and what is carried over come from the format; only what the law implies and
no format states (a stock is last year's plus what came, less what went) is written down here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from random import Random

from gongkai.forms.axes import Axis, FigureKind, Leaf
from gongkai.forms.formats import Format, RollForward, RollForwardKind, Table

Values = dict[str, dict[str, int]]
"""Whole numbers by row and column path; an amount is in hundredths."""
_FROM_OTHERS = frozenset(
    {"in_force", "disclosed_in_total", "items_last_year", "change", "procurement_amount"}
)
_NEVER = frozenset({"outcomes.other_handling.fee_unpaid"})
_ENDED = {"litigation.direct": 2024}
"""Rows without figures from a year on: the law now asks for reconsideration first."""
_IDLE, _PENDING = 0.4, 0.08


@dataclass(slots=True)
class Bookkeeper:
    """Fills in the tables of one agency; what it keeps makes the years agree."""

    random: Random
    may_make_rules: bool
    requests: float = 0
    """How many requests come in a usual year; half of all agencies never get one."""
    last: dict[str, Values] = field(default_factory=dict)
    """Last year's values by section id."""
    levels: dict[tuple[str, str], float] = field(default_factory=dict)
    """What is usual in a row and column."""

    def __post_init__(self) -> None:
        if self.random.random() < 0.5:
            self.requests = 1 + min(700.0, self.random.lognormvariate(2.6, 1.3))

    def year(self, edition: Format, year: int) -> dict[str, Values]:
        """Return the values of all sections with tables, and keep them for the next year."""
        filled = {}
        for section in edition.sections:
            values: Values = {}
            for table in section.tables:
                values |= self._table(table, year, self.last.get(section.id, {}))
            if section.tables:
                filled[section.id] = values
        self.last = filled
        return filled

    def _table(self, table: Table, year: int, last: Values) -> Values:
        columns = [leaf for leaf in table.columns.leaves if not leaf.heading.is_total]
        carry = next(
            (bond for bond in table.roll_forwards if bond.kind is RollForwardKind.CARRY_OVER), None
        )
        if carry:
            values = self._requests(table, carry, columns, last)
        elif table.is_across:
            values = {path: self._cases(columns, path, year) for path in table.rows.paths}
        else:
            values = {
                leaf.path: self._row(leaf, columns, last.get(leaf.path, {}))
                for leaf in table.rows.leaves
            }
        _add_up(table.columns, values.values())
        return values

    def _requests(
        self, table: Table, carry: RollForward, columns: Sequence[Leaf], last: Values
    ) -> Values:
        """Close most of what came in and was left over; what remains is carried forward."""
        relation = table.reconciliations[0]
        (closing_row,) = carry.last
        received = next(path for path in relation.left if path != carry.now)
        closed = next(path for path in relation.right if path != closing_row)
        outcomes = next(total.addends for total in table.rows.totals if total.path == closed)
        values: Values = {path: {} for path in table.rows.paths}
        arrived = self._spread(self._about(self.requests), [6, 2, 0.1, 0.2, 0.5, 0.3])
        for column, new in zip(columns, arrived, strict=True):
            opening = last.get(closing_row, {}).get(column.path, 0)
            closing = sum(self.random.random() < _PENDING for _ in range(new))
            weights = [0 if path in _NEVER else 1 / (1 + at) for at, path in enumerate(outcomes)]
            results = self._spread(new + opening - closing, weights)
            rows = {received: new, carry.now: opening, closing_row: closing}
            rows |= dict(zip(outcomes, results, strict=True)) | {closed: sum(results)}
            for path, value in rows.items():
                values[path][column.path] = value
        return values

    def _cases(self, columns: Iterable[Leaf], path: str, year: int) -> dict[str, int]:
        many = self.requests > 0 and year < _ENDED.get(path, year + 1)
        return {
            column.path: int(self.random.expovariate(25 / self.requests)) if many else 0
            for column in columns
        }

    def _row(self, row: Leaf, columns: Sequence[Leaf], last: Mapping[str, int]) -> dict[str, int]:
        if row.path == "administrative_rules" and not self.may_make_rules:
            return {column.path: 0 for column in columns}
        drawn = {
            column.path: self._about(self._level(row, column))
            for column in columns
            if column.path not in _FROM_OTHERS
        }
        drawn |= self._stocks(drawn, {column.path for column in columns}, last)
        return {column.path: drawn[column.path] for column in columns}

    def _stocks(
        self, drawn: dict[str, int], columns: set[str], last: Mapping[str, int]
    ) -> dict[str, int]:
        """The columns that follow from others of this year or the last."""
        stock = self.random.randint(2, 80)
        if "repealed" in columns:
            before = last.get("in_force", stock)
            drawn["repealed"] = min(drawn["repealed"], before)
            return {"in_force": before + drawn["issued"] - drawn["repealed"]}
        if "disclosed_in_total" in columns:
            drawn["newly_disclosed"] = drawn["produced"]
            return {"disclosed_in_total": last.get("disclosed_in_total", stock) + drawn["produced"]}
        if "change" in columns:
            before = last["items_last_year"] + last["change"] if last else stock
            return {"items_last_year": before, "change": max(-before, self.random.randint(-2, 3))}
        if "procurement_amount" in columns:
            return {"procurement_amount": drawn["projects"] * self.random.randint(800, 90_000)}
        return {}

    def _level(self, row: Leaf, column: Leaf) -> float:
        is_flow = column.path in {"issued", "repealed", "produced", "newly_disclosed"}
        middle = 1.0 if is_flow else 4.5
        if column.heading.kind is FigureKind.AMOUNT:
            middle = 8.0
        idle = self.random.random() < _IDLE
        drawn = 0.0 if idle else self.random.lognormvariate(middle, 0.9)
        return self.levels.setdefault((row.path, column.path), drawn)

    def _about(self, level: float) -> int:
        """A year's value; it never leaps, as a leap would need an explanation."""
        return round(level * self.random.uniform(0.75, 1.3))

    def _spread(self, count: int, weights: Sequence[float]) -> list[int]:
        """Deal a count out over places by weight."""
        found = [0] * len(weights)
        limits = list(accumulate(weights))
        for place in self.random.choices(range(len(weights)), cum_weights=limits, k=count):
            found[place] += 1
        return found


def _add_up(columns: Axis, rows: Iterable[dict[str, int]]) -> None:
    for row in rows:
        for total in columns.totals:
            row[total.path] = sum(row[path] for path in total.addends)


def printed(table: Table, row: Leaf, values: Mapping[str, int]) -> list[str]:
    """The cells of a row as they stand in the file."""
    return [_cell(table, row, column, values[column.path]) for column in table.columns.leaves]


def _cell(table: Table, row: Leaf, column: Leaf, value: int) -> str:
    if value == 0 or table.kind(row, column) is not FigureKind.AMOUNT:
        return str(value)
    unit = column.heading.printed_units[-1] if column.heading.printed_units else ""
    return f"{Decimal(value) / 100}{unit}"
