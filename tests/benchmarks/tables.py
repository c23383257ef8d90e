"""What a run measured, as tables of text."""

import unicodedata
from collections.abc import Iterator, Sequence
from statistics import median

from results import Name, Results, Work, cpu, wall
from targets import targets
from workshop import Sample

_WORKS = ("工作", "份数", "CPU 秒", "实际秒", "÷ 首次", "÷ Hugo", "主进程 MB", "其他进程 MB")
_SIZES = ("网站", "份数", "MB", "文件", "每份 KB", "搜索 MB", "搜索文件")
_SITES = (Name.TWO, Name.PLAIN, Name.HUGO, Name.ELEVENTY, Name.ZENSICAL)


def report(results: Results) -> Iterator[str]:
    """Yield the lines to print."""
    yield from aligned([_WORKS, *(_work(results, work) for work in results.samples)])
    yield "“÷”都是 CPU 之比：每轮相除，取中位数。“只做页面”不含没有报告的门户所需的时间。"
    yield ""
    sites = [work for work in results.samples if work.name in _SITES]
    yield from aligned([_SIZES, *(_size(work, results.samples[work][-1]) for work in sites)])
    yield ""
    yield from _per_report(results)
    yield from _stages(results)
    yield from _served(results)
    yield ""
    yield from map(str, targets(results))


def _work(results: Results, work: Work) -> tuple[str, ...]:
    samples = results.samples[work]
    others = (Work(Name.TWO, work.reports), Work(Name.HUGO, work.reports))
    ratios = (None if work == other else results.ratio(work, other) for other in others)
    return (
        work.name,
        str(work.reports),
        f"{results.middle(work, cpu):.2f}",
        f"{results.middle(work, wall):.2f}",
        *("" if ratio is None else f"{ratio:.2f}" for ratio in ratios),
        f"{max(sample.peak for sample in samples) / 1e6:.0f}",
        f"{max(sample.worker_peak for sample in samples) / 1e6:.0f}",
    )


def _size(work: Work, sample: Sample) -> tuple[str, ...]:
    name = "门户" if work.name is Name.TWO else work.name
    return (
        name,
        str(work.reports),
        f"{sample.size / 1e6:.1f}",
        str(sample.files),
        f"{sample.size / 1000 / work.reports:.0f}" if work.reports else "",
        f"{sample.index_size / 1e6:.1f}" if sample.index_files else "",
        str(sample.index_files or ""),
    )


def _per_report(results: Results) -> Iterator[str]:
    sizes = sorted({work.reports for work in results.samples if work.reports})
    found = ((size, results.per_report(size)) for size in sizes)
    told = "，".join(f"{size} 份 {each:.2f}" for size, each in found if each is not None)
    yield f"首次，每份的 CPU 毫秒（减去没有报告的门户）：{told}"


def _stages(results: Results) -> Iterator[str]:
    for size, rounds in results.stages.items():
        middle = {name: median(each[name] for each in rounds) for name in rounds[0]}
        whole = sum(middle.values())
        lines = [("阶段", "每份 CPU 毫秒", "占")]
        for name, each in sorted(middle.items(), key=lambda item: -item[1]):
            lines.append((name, f"{each:.2f}", f"{each / whole:.0%}"))
        yield ""
        yield f"{size} 份，一个进程，各阶段："
        yield from aligned([*lines, ("合计", f"{whole:.2f}", "")])
        first = results.per_report(size)
        if first is not None:
            yield f"首次生成还另用 {first - whole:.2f} 毫秒：分给几个进程，保存做好的结果。"


def _served(results: Results) -> Iterator[str]:
    for size, rounds in results.served.items():
        start = median(served.start for served in rounds)
        seen = results.visible(size)
        yield f"{size} 份，serve：{start:.1f} 秒后有第一页；从保存到看见 {seen:.2f} 秒"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table with columns of even width."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (" " * (most - _width(cell)) + cell for cell, most in zip(row, widths, strict=True))
        yield "  ".join(cells)


def _width(words: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in words)
