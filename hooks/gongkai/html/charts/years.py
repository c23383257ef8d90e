"""One figure over years: bars with gaps where there is no report, and marks where forms change."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup, escape

from gongkai.analysis.series import Point, PointStatus, Series
from gongkai.data.figures import WORDS, CellState, Number

from .svg import Words, chart, line, printed, rect, text

_HEIGHT, _HEAD, _FOOT = 6.0, 1.5, 1.7
"""Heights in `em`: the highest bar, room for numbers above it, and the years below."""
_FLAT, _BREAK, _REMARK = 0.6, 1.5, 1.6
"""Heights in `em`: instead of bars where all is zero, for breaks above, for a remark below."""
_FILLED = 0.56
"""How much of a year's width its bar takes."""
_BREAK_WORDS = "格式变更"
_GAPS = {PointStatus.NO_REPORT: "无报告", PointStatus.NOT_COMPARABLE: "不可比"}
_CELLS = {CellState.NO_ROW: "无此行"}
_MANY = 8
"""With more years than this, a year has room for one character or two digits only."""
_ROOM = 43
"""How many digits a phone has room for side by side."""
_ROUNDED = "图上的数字为了排得下取了整，准确数字见表。"


class _Plot(NamedTuple):
    """Where things stand: percent across, `em` down."""

    top: float
    height: float
    """Of the highest bar, or of the words where no bar is drawn."""
    base: float
    """Where 0 stands."""
    each: float
    """The height of 1."""
    width: float
    """Of a year."""

    @property
    def bottom(self) -> float:
        """The lower edge of the bars."""
        return self.top + self.height

    def label(self, number: Number) -> str:
        """A number in as many characters as a phone has room for above a bar."""
        room = max(3, round(_ROOM * self.width / 100))
        exact, whole = printed(number), f"{number:.0f}"
        if len(exact) <= room:
            return exact
        return whole if len(whole) <= room else f"{number / 10000:.0f}万"


def years(series: Series, name: str, subject: str, unit: str = "") -> Markup:
    """Draw a figure over years.

    Args:
        series: the figure's years.
        name: an id that is unique on the page.
        subject: whose and which figure it is.
        unit: what it counts.
    """
    plot, foot = _plot(series), _FOOT
    numbers = [point.number for point in series.points if point.number is not None]
    parts = list(_drawn(series, plot))
    if any(plot.label(number) != printed(number) for number in numbers):
        parts.append(text("remark", 0, plot.bottom + _FOOT + 1.2, _ROUNDED))
        foot += _REMARK
    words = Words(subject, _in_words(series, unit))
    return chart(name, "years", plot.bottom + foot, words, parts)


def _plot(series: Series) -> _Plot:
    numbers = [float(point.number) for point in series.points if point.number is not None]
    highest, lowest = max((*numbers, 0.0)), min((*numbers, 0.0))
    top = _HEAD + (_BREAK if series.breaks else 0)
    height = _HEIGHT if highest - lowest else _FLAT
    each = height / ((highest - lowest) or 1.0)
    return _Plot(top, height, top + height + lowest * each, each, 100 / max(len(series.points), 1))


def _drawn(series: Series, plot: _Plot) -> Iterator[str]:
    yield from _ground(series, plot)
    is_narrow = len(series.points) > _MANY
    for index, point in enumerate(series.points):
        middle = (index + 0.5) * plot.width
        if point.number is None:
            words = _gap(point)
            yield text("gap-words", middle, plot.base - 0.5, words[:1] if is_narrow else words)
        else:
            yield from _bar(point.number, middle, plot)
        year = f"{point.year % 100:02}" if is_narrow else str(point.year)
        yield text("year", middle, plot.bottom + 1.35, year)
        if point.year in series.breaks:
            x = index * plot.width
            yield line("break", (x, _BREAK - 0.2), (x, plot.bottom + 0.4))
            yield text("break-words", min(max(x, 9.0), 91.0), 1, _BREAK_WORDS)


def _ground(series: Series, plot: _Plot) -> Iterator[str]:
    """The line on which bars stand; broken where there is none."""
    left = 0.0
    for is_gap, points in groupby(series.points, key=lambda point: point.number is None):
        right = left + plot.width * len(list(points))
        yield line("gap" if is_gap else "base", (left, plot.base), (right, plot.base))
        left = right


def _bar(number: Number, middle: float, plot: _Plot) -> Iterator[str]:
    height = float(number) * plot.each
    top = plot.base - max(height, 0.0)
    if number:
        width = plot.width * _FILLED
        yield rect("t2", (middle - width / 2, top), (width, max(abs(height), 0.12)))
    faint = "" if number else " zero"
    yield text("number" + faint, middle, top - 0.4, plot.label(number))


def _gap(point: Point) -> str:
    """Why a year has no bar, in three characters."""
    if point.cell is not None and point.status is PointStatus.NO_NUMBER:
        return _CELLS.get(point.cell.state) or WORDS.get(point.cell.state, "")
    return _GAPS.get(point.status, "")


def _in_words(series: Series, unit: str) -> str:
    parts = []
    for point in series.points:
        number = point.number
        said = _gap(point) if number is None else f"{printed(number)} {unit}".rstrip()
        is_new = "（从这一年起格式不同）" if point.year in series.breaks else ""
        parts.append(f"{point.year} 年 {said}{is_new}")
    notes = dict.fromkeys(point.note for point in series.points if point.note)
    return f"{'；'.join(parts)}。{''.join(notes)}"


_STEP, _SPARK, _TALL = 8, 6, 20
"""A sparkline's year, bar and height in pixels."""


def sparkline(series: Series, name: str, subject: str, unit: str = "") -> Markup:
    """Draw a figure over years as small as a word, for a cell of a table; see `years`."""
    width = _STEP * len(series.points)
    title, data = escape(subject), escape(_in_words(series, unit))
    head = (
        f'<svg class="chart sparkline" role="img" aria-labelledby="{name}-t {name}-d"'
        f' width="{width}" height="{_TALL}" viewBox="0 0 {width} {_TALL}">'
        f'<title id="{name}-t">{title}</title><desc id="{name}-d">{data}</desc>'
    )
    return Markup(f"{head}{''.join(_sparks(series))}</svg>")  # noqa: S704 - its parts are numbers


def _sparks(series: Series) -> Iterator[str]:
    numbers = [abs(float(point.number)) for point in series.points if point.number is not None]
    highest, floor = max((*numbers, 0.0)) or 1.0, _TALL - 2
    for index, point in enumerate(series.points):
        x = index * _STEP
        if point.year in series.breaks:
            yield f'<path class="break" d="M{x} 0V{_TALL}"/>'
        if point.number is None:
            continue  # nothing there: a zero has its line
        high = abs(float(point.number)) / highest * (floor - 1)
        yield f'<path class="base" d="M{x + 1} {floor + 0.5}h{_SPARK}"/>'
        if point.number:
            bar = max(high, 1.5)
            yield (
                f'<rect class="t2" x="{x + 1}" y="{floor - bar:.3g}"'
                f' width="{_SPARK}" height="{bar:.3g}"/>'
            )
