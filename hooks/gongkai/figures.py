"""One statutory cell: the number as printed, or why there is none."""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from . import rules
from .formats import Kind
from .problems import Location, Rule


class State(StrEnum):
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


WORDS = {State.BLANK: "空", State.UNRECORDED: "未录", State.NO_ROW: "原件无此行"}
"""How staff write, and readers see, the states that have no number."""

_STATES = {WORDS[state]: state for state in (State.BLANK, State.UNRECORDED)}


class Cell(NamedTuple):
    """A cell as the file states it; `text` is what is printed, number and unit together."""

    state: State
    text: str
    value: int | Decimal | None = None
    unit: str = ""
    """The unit printed with the number, where the form fixes none."""


class Row(NamedTuple):
    """The cells of one statutory row and their places on its line."""

    line: int
    cells: tuple[Cell, ...]
    columns: tuple[int, ...]
    """Where each cell begins on the line; one place for a row without cells."""


class Figure(NamedTuple):
    """A cell together with its place in the file."""

    cell: Cell
    location: Location


class Complaint(NamedTuple):
    """Why a text is no figure."""

    rule: Rule
    message: str
    hint: str


NO_ROW_CELL = Cell(State.NO_ROW, WORDS[State.NO_ROW])
_INVALID = Cell(State.INVALID, "")

_NUMBER = {
    Kind.COUNT: re.compile(r"0|[1-9]\d{0,14}", re.ASCII),
    Kind.CHANGE: re.compile(r"[+-]?(0|[1-9]\d{0,14})", re.ASCII),
    Kind.AMOUNT: re.compile(r"(0|[1-9]\d{0,14})(\.\d{1,6})?", re.ASCII),
}
_EXPECTED = {
    Kind.COUNT: "填不带小数的数字，没有填 0",
    Kind.CHANGE: "填整数，减少写负数，没有增减填 0",
    Kind.AMOUNT: "填数字，小数最多六位，没有填 0",
}


@lru_cache(maxsize=4096)
def parse(
    text: str, *, is_quoted: bool, kind: Kind, units: tuple[str, ...]
) -> tuple[Cell, Complaint | None]:
    """Return the cell that a text states and, where it states none, why not."""
    if text in _STATES:
        return Cell(_STATES[text], text), None
    unit = next((unit for unit in sorted(units, key=len, reverse=True) if text.endswith(unit)), "")
    number = text.removesuffix(unit)
    if _NUMBER[kind].fullmatch(number) and not is_quoted:
        return Cell(State.STATED, text, _value(number, kind), unit), None
    return _INVALID, _complain(text, kind, is_quoted=is_quoted)


def _value(number: str, kind: Kind) -> int | Decimal:
    return Decimal(number) if kind is Kind.AMOUNT else int(number)


_PLACEHOLDER = re.compile(r"[/\\\-—–―－_~.。…·×*xX无没未空缺略?？]*|null|NULL|None|nan|\.nan|N/?A|n/?a|无数据")
_UNFILLED = "待填"
_BOOLEAN = re.compile(r"yes|no|true|false|on|off|是|否", re.IGNORECASE)


def _complain(text: str, kind: Kind, *, is_quoted: bool) -> Complaint:
    """Name the slip that made a text no figure."""
    shown = f"“{text[:24]}”"
    plain = unicodedata.normalize("NFKC", text).strip()
    fixed = re.sub(r"[\s,_，']", "", plain)
    good = bool(_NUMBER[kind].fullmatch(fixed))
    if text == _UNFILLED:
        return Complaint(rules.BLANK, "这一格还没有填。", f"{_EXPECTED[kind]}。")
    if _PLACEHOLDER.fullmatch(plain):
        what = f"填的是{shown}。" if plain else "是空的。"
        return Complaint(rules.BLANK, what, f"没有发生填 0；{_EXPECTED[kind]}。")
    if is_quoted and _NUMBER[kind].fullmatch(text):
        return Complaint(rules.FIGURE, f"数字{shown}加了引号。", f"去掉引号，写成 {text}。")
    if good and plain != text:
        return Complaint(rules.FIGURE, f"{shown}用了全角数字。", f"改成半角 {fixed}。")
    if good:
        return Complaint(rules.FIGURE, f"{shown}中间有分隔符。", f"写成 {fixed}。")
    return Complaint(rules.FIGURE, *_misshapen(shown, plain, kind))


def _misshapen(shown: str, plain: str, kind: Kind) -> tuple[str, str]:
    """Message and hint for a text that is no number of the kind even when tidied."""
    if re.fullmatch(r"0\d+", plain):
        return f"{shown}前面多了 0。", f"改成 {plain.lstrip('0') or '0'}。"
    if re.fullmatch(r"-\d+(\.\d+)?", plain):
        return f"{shown}是负数。", "这一格不能为负。" + f"{_EXPECTED[kind]}。"
    if re.fullmatch(r"\+\d+", plain):
        return f"{shown}带了正号。", f"去掉正号，写成 {plain[1:]}。"
    if whole := re.fullmatch(r"(\d+)\.0+", plain):
        return f"{shown}带了小数。", f"写成 {whole[1]}。"
    if re.fullmatch(r"\d+\.\d+", plain):
        return f"{shown}的小数不对。", f"{_EXPECTED[kind]}。"
    if unit := re.fullmatch(r"([\d.]+)\D{1,4}", plain):
        return f"{shown}带了单位或别的字。", f"只写数字 {unit[1]}。"
    if _BOOLEAN.fullmatch(plain):
        return f"{shown}不是数字。", f"{_EXPECTED[kind]}。"
    return f"{shown}不是数字。", f"{_EXPECTED[kind]}；只用半角的 0 到 9。"
