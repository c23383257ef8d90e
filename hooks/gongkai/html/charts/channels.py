"""Where a year's information was disclosed: one bar for each line of `主动公开渠道`."""

from collections.abc import Iterator

from markupsafe import Markup

from gongkai.data.reports import Channels

from .svg import Words, chart, printed, rect, share, shortened, text

_LINE, _BAR = 2.6, 0.6
"""Heights in `em`."""
_SHARES = -3.1
"""How far the numbers stand from the right edge, in `em`, to leave room for the shares."""
_MOST = 8
"""More lines than this are summed in a last one."""
_WORDS = 18
"""How many characters stand beside a number on a phone."""


def channels(found: Channels, name: str, subject: str, unit: str = "条") -> Markup:
    """Draw what was disclosed, most first.

    Args:
        found: the counts as the report states them.
        name: an id that is unique on the page.
        subject: whose figures they are.
        unit: what is counted.
    """
    lines = _lines(found)
    words = Words(f"{subject}：主动公开的内容", _in_words(found, lines, unit))
    return chart(name, "channels", _LINE * len(lines), words, _drawn(found, lines))


def _lines(found: Channels) -> list[tuple[str, int]]:
    """Labels with their numbers, most first; the smallest are put together."""
    items = sorted(((item.content, item.number) for item in found.items), key=lambda item: -item[1])
    if len(items) <= _MOST:
        return items
    rest = items[_MOST - 1 :]
    return [*items[: _MOST - 1], (f"其余 {len(rest)} 项", sum(number for _, number in rest))]


def _drawn(found: Channels, lines: list[tuple[str, int]]) -> Iterator[str]:
    most = max((number for _, number in lines), default=0) or 1
    for index, (label, number) in enumerate(lines):
        y = index * _LINE
        faint = "" if number else " zero"
        yield text("label" + faint, 0, y + 1.1, shortened(label, _WORDS))
        yield text("number" + faint, 100, y + 1.1, printed(number), _SHARES)
        if number:
            yield text("share", 100, y + 1.1, share(number, found.total))
            yield rect("t2", (0, y + 1.5), (max(100 * number / most, 0.4), _BAR))


def _in_words(found: Channels, lines: list[tuple[str, int]], unit: str) -> str:
    stated = "；".join(
        f"{shortened(label, 20)} {printed(number)} {unit}" for label, number in lines
    )
    return f"共 {printed(found.total)} {unit}：{stated}。"
