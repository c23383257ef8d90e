"""One statutory cell: the number as printed, or why there is none."""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from gongkai.forms.axes import FigureKind
from gongkai.source import rules
from gongkai.source.fields import UNFILLED
from gongkai.source.problems import Location, Rule


class CellState(StrEnum):
    """What stands in a cell. Only `STATED` has a value; no sum takes the others for zero."""

    STATED = "stated"
    BLANK = "blank"
    """The original leaves the cell blank."""
    UNRECORDED = "unrecorded"
    """The original has a figure that this portal has not recorded."""
    NO_ROW = "no_row"
    """The original does not print the row."""
    INVALID = "invalid"
    """What the file says is no figure; reported, never published."""


WORDS = {CellState.BLANK: "空", CellState.UNRECORDED: "未录", CellState.NO_ROW: "原件无此行"}
"""How staff write, and readers see, the states that have no number."""

MEANINGS = {
    CellState.BLANK: "原件这一格是空白，不是 0",
    CellState.UNRECORDED: "原件有内容，本站没有收录，请看原件",
    CellState.NO_ROW: "原件的表格里没有这一行",
}
"""What readers are told of the states that have no number."""

_STATES = {WORDS[state]: state for state in (CellState.BLANK, CellState.UNRECORDED)}


Number = int | Decimal


class Cell(NamedTuple):
    """A cell as the file states it; `text` is what is printed, number and unit together."""

    state: CellState
    text: str
    value: Number | None = None
    unit: str = ""
    """The unit printed with the number, where the form fixes none."""


class Row(NamedTuple):
    """The cells of one statutory row and their places on its line."""

    line: int
    cells: tuple[Cell, ...]
    columns: tuple[int, ...]
    """Where each cell begins on the line; one place for a row without cells."""

    @property
    def is_printed(self) -> bool:
        """Whether the original has the row."""
        return len(self.cells) > 0

    @property
    def numbers(self) -> tuple[Number | None, ...]:
        """The number of each cell, None where none is stated; none at all of a row not printed."""
        return _numbers(self.cells)

    def cell(self, index: int) -> Cell:
        """Return the cell at an index; a row that the original lacks has one cell for all."""
        return self.cells[index] if self.cells else NO_ROW_CELL

    def number(self, index: int) -> Number | None:
        """Return the number at an index, or None where none is stated."""
        return _numbers(self.cells)[index] if self.cells else None


@lru_cache(maxsize=8192)
def _numbers(cells: tuple[Cell, ...]) -> tuple[Number | None, ...]:
    """Return the numbers of a row; kept, because most rows of a portal are alike."""
    return tuple(cell.value if cell.state is CellState.STATED else None for cell in cells)


class Figure(NamedTuple):
    """A cell together with its place in the file."""

    cell: Cell
    location: Location


class Complaint(NamedTuple):
    """Why a text is no figure."""

    rule: Rule
    message: str
    hint: str


NO_ROW_CELL = Cell(CellState.NO_ROW, WORDS[CellState.NO_ROW])
INVALID_CELL = Cell(CellState.INVALID, "")

NUMBER = {
    FigureKind.COUNT: re.compile(r"0|[1-9]\d{0,14}", re.ASCII),
    FigureKind.CHANGE: re.compile(r"[+-]?(0|[1-9]\d{0,14})", re.ASCII),
    FigureKind.AMOUNT: re.compile(r"(0|[1-9]\d{0,14})(\.\d{1,6})?", re.ASCII),
}
"""How the numbers of each kind are written, units left out."""
EXPECTED = {
    FigureKind.COUNT: "填不带小数的数字，没有填 0",
    FigureKind.CHANGE: "填整数，减少写负数，没有增减填 0",
    FigureKind.AMOUNT: "填数字，小数最多六位，没有填 0",
}
"""What staff are told to write for each kind."""


@lru_cache(maxsize=4096)
def parse(
    text: str, *, is_quoted: bool, kind: FigureKind, units: tuple[str, ...]
) -> tuple[Cell, Complaint | None]:
    """Return the cell that a text states and, where it states none, why not."""
    if text in _STATES:
        return Cell(_STATES[text], text), None
    unit = next((unit for unit in sorted(units, key=len, reverse=True) if text.endswith(unit)), "")
    number = text.removesuffix(unit)
    if NUMBER[kind].fullmatch(number) and not is_quoted:
        return Cell(CellState.STATED, text, _value(number, kind), unit), None
    return INVALID_CELL, _complain(text, kind, units, is_quoted=is_quoted)


def _value(number: str, kind: FigureKind) -> Number:
    return Decimal(number) if kind is FigureKind.AMOUNT else int(number)


_PLACEHOLDER = re.compile(
    r"[/\\\-—–―－_~.。…·×*xX无没未空缺略?？]*|null|NULL|None|nan|\.nan|N/?A|n/?a|无数据"
)
_SEPARATOR = re.compile(r"[\s,_，'、;]+")
_WITH_UNIT = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*\D{1,4}")


class _Slip(NamedTuple):
    """A usual slip in a number: how it looks, what it is, and how to mend it."""

    pattern: re.Pattern[str]
    message: str
    hint: str
    """With `{0}` for the pattern's group and `{expected}` for what the kind of number expects."""
    kinds: tuple[FigureKind, ...] = tuple(FigureKind)


_SLIPS = (
    _Slip(
        re.compile(r"([+-]?)\d{16,}.*"), "位数太多。", "最多 15 位；检查是不是几个数字连在了一起。"
    ),
    _Slip(re.compile(r"0+(\d+)"), "前面多了 0。", "改成 {0}。"),
    _Slip(
        re.compile(r"-(\d+)(\.\d+)?"),
        "是负数。",
        "这一格不能为负；{expected}。",
        (FigureKind.COUNT, FigureKind.AMOUNT),
    ),
    _Slip(re.compile(r"\+(\d+)"), "带了正号。", "去掉正号，写成 {0}。"),
    _Slip(re.compile(r"(\d+)\.0+"), "带了小数。", "写成 {0}。"),
    _Slip(re.compile(r"(-?\d+)\.\d+"), "的小数不对。", "{expected}。"),
)


def _complain(text: str, kind: FigureKind, units: tuple[str, ...], *, is_quoted: bool) -> Complaint:
    """Name the slip that made a text no figure."""
    shown, plain = f"“{text[:24]}”", unicodedata.normalize("NFKC", text).strip()
    if text == UNFILLED:
        return Complaint(rules.BLANK, "这一格还没有填。", f"{EXPECTED[kind]}。")
    if _PLACEHOLDER.fullmatch(plain):
        what = f"填的是{shown}。" if plain else "是空的。"
        return Complaint(rules.BLANK, what, f"没有发生填 0；{EXPECTED[kind]}。")
    if is_quoted and NUMBER[kind].fullmatch(text):
        return Complaint(rules.FIGURE, f"数字{shown}加了引号。", f"去掉引号，写成 {text}。")
    if NUMBER[kind].fullmatch(plain):
        return Complaint(rules.FIGURE, f"{shown}用了全角数字。", f"改成半角 {plain}。")
    message, hint = _misshapen(plain, kind, units)
    return Complaint(rules.FIGURE, f"{shown}{message}", hint)


def _misshapen(plain: str, kind: FigureKind, units: tuple[str, ...]) -> tuple[str, str]:
    """Return message and hint for a text that is no number even when its width is mended."""
    expected = EXPECTED[kind]
    if plain == WORDS[CellState.NO_ROW]:
        return "写在了一格里。", f"整行都没有时，去掉方括号，只写“{plain}”。"
    joined = _SEPARATOR.sub("", plain)
    if joined != plain and joined.isdigit():
        single = f"是一个数字就写成 {joined}；" if NUMBER[kind].fullmatch(joined) else ""
        return "中间有别的符号。", f"{single}两个数字之间用半角逗号“,”隔开。"
    for slip in _SLIPS:
        if kind in slip.kinds and (match := slip.pattern.fullmatch(plain)):
            return slip.message, slip.hint.format(match[1], expected=expected)
    number = _WITH_UNIT.fullmatch(plain)
    if number and NUMBER[kind].fullmatch(number[1]):
        if units:
            return "的单位不对。", f"单位紧跟着数字，只能写{'、'.join(units)}。"
        return "带了单位或别的字。", f"只写数字 {number[1]}。"
    return "不是数字。", f"{expected}；只用半角的 0 到 9。"
