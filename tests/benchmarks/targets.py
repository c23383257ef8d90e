"""What is to be reached, and whether a run reached it; nothing fails on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from results import Name, Results, Work, wall

_SMALL, _LARGE = 300, 3000
_SPREAD, _PEAK_MB = 0.15, 200


@dataclass(frozen=True, slots=True)
class Target:
    """Something to reach, with what was reached; None where it was not measured."""

    text: str
    measured: str
    is_met: bool | None

    def __str__(self) -> str:
        mark = {True: "达到", False: "未达到", None: "没有测"}[self.is_met]
        return f"[{mark}] {self.text}{f'：{self.measured}' if self.measured else ''}"


def targets(results: Results) -> Iterator[Target]:
    """Judge what was measured."""
    first, hugo = Work(Name.TWO, _LARGE), Work(Name.HUGO, _LARGE)
    yield _at_most(f"{_LARGE} 份，首次，CPU ÷ Hugo", results.ratio(first, hugo), 1.0)
    one = Work(Name.ONE, _LARGE)
    yield _at_most(
        f"{_LARGE} 份，首次，2 个进程 ÷ 1 个（实际秒）", results.ratio(first, one, wall), 0.6
    )
    yield _at_most(f"{_LARGE} 份，只做页面，CPU ÷ Hugo", results.pages_against(hugo), 0.5)
    yield _less_than_plain(results)
    for name, limit in ((Name.AGAIN, 0.08), (Name.EDITED, 0.12)):
        ratio = results.ratio(Work(name, _LARGE), first)
        yield _at_most(f"{_LARGE} 份，{name}，CPU ÷ 首次", ratio, limit)
    seen = results.visible(_LARGE)
    yield _at_most(f"{_LARGE} 份，serve 从保存到看见", seen, 1.0, "秒")
    checked = results.middle(Work(Name.CHECK, _LARGE), wall)
    yield _at_most(f"{_LARGE} 份，{Name.CHECK}（实际秒）", checked, 1.5, "秒")
    yield from _growth(results)


def _at_most(text: str, measured: float | None, limit: float, unit: str = "") -> Target:
    wanted = f"{text} ≤ {limit:g}{f' {unit}' if unit else ''}"
    if measured is None:
        return Target(wanted, "", None)
    return Target(wanted, f"{measured:.2f}", measured <= limit)


def _less_than_plain(results: Results) -> Target:
    text, most = f"{_SMALL} 份，普通 MkDocs Material ÷ 首次，CPU", 6
    ratio = results.ratio(Work(Name.PLAIN, _SMALL), Work(Name.TWO, _SMALL))
    met = None if ratio is None else ratio >= most
    return Target(f"{text} ≥ {most}", "" if ratio is None else f"{ratio:.1f}", met)


def _growth(results: Results) -> Iterator[Target]:
    """From each size to the next, and the memory of the largest."""
    sizes = sorted({work.reports for work in results.samples if work.reports >= _SMALL})
    for less, more in pairwise(sizes):
        apart = results.growth(less, more)
        met = None if apart is None else abs(apart) <= _SPREAD
        text = f"{less} → {more} 份，每份的 CPU 相差不超过 {_SPREAD:.0%}"
        yield Target(text, "" if apart is None else f"{apart:+.0%}", met)
    for size in sizes:
        peaks = results.peaks(size)
        met = None if peaks is None else max(peaks) <= _PEAK_MB
        words = "" if peaks is None else f"主进程 {peaks[0]:.0f}，其他 {peaks[1]:.0f}"
        yield Target(f"{size} 份，每个进程的内存 ≤ {_PEAK_MB} MB", words, met)
