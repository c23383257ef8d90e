"""The parts that every chart is drawn with."""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

from gongkai.data.figures import Number
from gongkai.source.widths import is_wide

_GROUPED = 10_000
"""From here on digits are printed in groups."""
_LEAST = 0.01
"""The least share that is printed as a number."""


class Words(NamedTuple):
    """What a screen reader says of a chart."""

    title: str
    data: str
    """All that the chart shows."""


def chart(name: str, kind: str, height: float, words: Words, parts: Iterable[str]) -> Markup:
    """Return a chart that a screen reader reads as one picture with a title and its data.

    Args:
        name: an id that is unique on the page; ids of parts begin with it.
        kind: what chart it is, for style sheets.
        height: in `em`.
        words: its title and its data.
        parts: finished elements; what they say has been escaped.
    """
    title, data = (escape(text) for text in words)
    head = (
        f'<svg class="chart chart-{kind}" role="img" aria-labelledby="{name}-t {name}-d"'
        f' width="100%" height="{height:g}em">'
        f'<title id="{name}-t">{title}</title><desc id="{name}-d">{data}</desc>'
    )
    return Markup(f"{head}{''.join(parts)}</svg>")  # noqa: S704 - each part escapes what it says


def rect(
    classes: str, place: tuple[float, float], size: tuple[float, float], more: str = ""
) -> str:
    """A bar: its left edge and width in percent, its top and height in `em`."""
    (x, y), (width, height) = place, size
    return (
        f'<rect class="{classes}" x="{x:.4g}%" y="{y:.4g}em"'
        f' width="{width:.4g}%" height="{height:.4g}em"{more}/>'
    )


def text(classes: str, x: float, y: float, words: str, shift: float = 0) -> str:
    """Words at a place: percent across, `em` down, then shifted sideways by `em`."""
    moved = f' dx="{shift:g}em"' if shift else ""
    return f'<text class="{classes}" x="{x:.4g}%" y="{y:.4g}em"{moved}>{escape(words)}</text>'


def line(classes: str, start: tuple[float, float], end: tuple[float, float]) -> str:
    """A line between two places: percent across, `em` down."""
    (x1, y1), (x2, y2) = start, end
    return (
        f'<line class="{classes}" x1="{x1:.4g}%" y1="{y1:.4g}em" x2="{x2:.4g}%" y2="{y2:.4g}em"/>'
    )


def hatching(name: str) -> str:
    """The pattern of what is still open; to be used with `hatched`."""
    return (
        f'<defs><pattern id="{name}-h" width="5" height="5" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hatch" d="M0 0V5"/></pattern></defs>'
    )


def hatched(name: str) -> str:
    """The attribute that fills a shape with the chart's pattern."""
    return f' fill="url(#{name}-h)"'


def printed(number: Number) -> str:
    """A number as charts print it; those above 9,999 in groups of three digits."""
    return f"{number}" if -_GROUPED < number < _GROUPED else f"{number:,}"


def share(number: Number, whole: Number) -> str:
    """A number in percent of another, never rounded to nothing or to all."""
    part = float(number) / float(whole) if whole else 0.0
    if 0 < part < _LEAST:
        return "<1%"
    return ">99%" if 1 - _LEAST < part < 1 else f"{part:.0%}"


def shortened(words: str, width: int) -> str:
    """Words cut to a width, counted in Han characters."""
    room = 2.0 * width
    for index, sign in enumerate(words):
        room -= 1 + is_wide(sign)
        if room < 0:
            return words[: max(1, index - 1)] + "…"
    return words
