"""What came in and what became of it: a stacked bar whose parts stand on lines of their own.

Each part begins where the one above it ends, so that together they show the whole, and each has
its label and number beside it: nothing has to be looked up in a legend.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from gongkai.analysis.flows import Flow, Part
from gongkai.data.figures import Number

from .svg import Words, chart, hatched, hatching, line, printed, rect, share, text

_LABELS, _BARS = 25.0, 43.0
"""Percent of the width for labels, then for bars; numbers stand at the right."""
_SHARES = -3.1
"""How far the numbers stand from the right edge, in `em`, to leave room for the shares."""
_LINE, _BAR, _BASE = 1.75, 1.05, 1.18
"""A line, the bar on it, and its base line, in `em` from the top of the line."""
_GAP = 0.7
_EMPTY = "本年未收到申请"
_UNEQUAL = "上下两边之和不相等（{}、{}），照原表画出。"
_UNKNOWN = "原件有的格没有数字，不能作图"


def outcomes(flow: Flow, name: str, subject: str) -> Markup:
    """Draw a flow.

    Args:
        flow: what came in and what became of it.
        name: an id that is unique on the page.
        subject: whose figures they are, as the agency and the year.
    """
    words = Words(f"{subject}：收到多少，怎样办理", _in_words(flow))
    if None in flow.numbers:
        return chart(name, "outcomes", 3, words, _notice(_UNKNOWN))
    if not any(flow.numbers):
        return chart(name, "outcomes", 3, words, _notice(_EMPTY))
    came, became = _total(flow.incoming), _total(flow.outgoing)
    height = _LINE * len(flow.numbers) + _GAP
    parts = list(_drawn(flow, name, max(came, became)))
    if came != became:
        remark = _UNEQUAL.format(printed(came), printed(became))
        parts.append(text("remark", 0, height + _BASE, remark))
        height += _LINE
        words = words._replace(data=words.data + remark)
    return chart(name, "outcomes", height, words, parts)


def _drawn(flow: Flow, name: str, scale: Number) -> Iterator[str]:
    if any(part.is_open and part.number for part in flow.outgoing):
        yield hatching(name)
    top = 0.0
    for placed in _placed(flow.incoming, scale):
        yield from _part(placed, _fill(placed.part, "t1", name), top)
        top += _LINE
    yield line("rule", (0, top + _GAP / 2), (100, top + _GAP / 2))
    top += _GAP
    whole = _total(flow.outgoing)
    for placed in _placed(flow.outgoing, scale):
        yield from _part(placed, _fill(placed.part, "t2", name), top)
        if placed.part.number:
            yield text("share", 100, top + _BASE, share(placed.part.number, whole))
        top += _LINE


class _Placed(NamedTuple):
    """A part of a side, which begins where the one above it ends."""

    part: Part
    begun: Number
    """The sum of those above it."""
    scale: Number
    """The sum that is as long as a bar can be."""

    def bar(self, number: Number) -> tuple[float, float]:
        """The left edge and the width of a bar, in percent."""
        scale = float(self.scale)
        left = _LABELS + _BARS * float(self.begun) / scale
        return left, max(_BARS * float(number) / scale, 0.4)


def _placed(parts: Iterable[Part], scale: Number) -> Iterator[_Placed]:
    begun: Number = 0
    for part in parts:
        yield _Placed(part, begun, scale)
        begun = begun + (part.number or 0)


class _Fill(NamedTuple):
    """How a bar is filled."""

    classes: str
    pattern: str = ""
    """The attribute that fills it with the chart's pattern."""


def _fill(part: Part, tint: str, name: str) -> _Fill:
    return _Fill("open", hatched(name)) if part.is_open else _Fill(tint)


def _part(placed: _Placed, fill: _Fill, top: float) -> Iterator[str]:
    number = placed.part.number or 0
    faint = "" if number else " zero"
    yield text("label" + faint, 0, top + _BASE, placed.part.label)
    if number:
        left, width = placed.bar(number)
        place, size = (left, top + (_LINE - _BAR) / 2), (width, _BAR)
        yield rect(fill.classes, place, size, fill.pattern)
    yield text("number" + faint, 100, top + _BASE, printed(number), _SHARES)


def _notice(words: str) -> Iterator[str]:
    yield '<rect class="blank" x="1" y="1" width="99.5%" height="2.6em" rx="2"/>'
    yield text("notice", 50, 1.8, words)


def _total(parts: Iterable[Part]) -> Number:
    return sum(part.number or 0 for part in parts)


def _in_words(flow: Flow) -> str:
    """The data as a sentence, with every part, zero or not."""
    sides = (
        "，".join(f"{part.label}{_stated(part, flow.unit)}" for part in side)
        for side in (flow.incoming, flow.outgoing)
    )
    return "；".join(sides) + "。"


def _stated(part: Part, unit: str) -> str:
    return "没有数字" if part.number is None else f" {printed(part.number)} {unit}".rstrip()
