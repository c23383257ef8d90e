"""Samples → the printed table, the ratios, and whether the targets are met."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from workshop import Project, Sample

_SMALL, _LARGE = 300, 3000
_MS_PER_REPORT, _SPREAD, _PEAK_MB, _RATIO = 5.0, 0.15, 150, 8.0
_HEADINGS = ("方案", "份数", "CPU 秒", "实际秒", "内存 MB", "每份 KB", "每份文件", "每份 CPU 毫秒")


@dataclass(slots=True)
class Results:
    """What the rounds of one run measured; equal positions belong to the same round."""

    start: Project
    """The portal without reports."""
    builds: dict[Project, list[Sample]] = field(default_factory=dict)
    loading: dict[int, list[dict[str, float]]] = field(default_factory=dict)
    """Milliseconds per report of reading and checking, by number of reports."""

    def find(self, project: Project, reports: int) -> Project | None:
        """The project of the same kind with so many reports."""
        wanted = (project.label, reports)
        found = (item for item in self.builds if (item.label, item.reports) == wanted)
        return next(found, None)

    def counterpart(self, plain: Project) -> Project | None:
        """The portal with the reports of a plain project."""
        return self.find(self.start, plain.reports)

    def cpu(self, project: Project) -> float:
        """The median of the CPU seconds."""
        return median(sample.cpu for sample in self.builds[project])

    def rounds(self, project: Project) -> list[float]:
        """CPU milliseconds per report beyond the start, of each round."""
        pairs = zip(self.builds[project], self.builds[self.start], strict=True)
        return [1000 * (one.cpu - start.cpu) / project.reports for one, start in pairs]

    def per_report(self, project: Project) -> float:
        """The median of the CPU milliseconds per report beyond the start."""
        return median(self.rounds(project))

    def growth(self, small: Project, large: Project) -> float:
        """How much more a report costs in the larger portal, as a part of what it costs before."""
        pairs = zip(self.rounds(small), self.rounds(large), strict=True)
        return median(more / less for less, more in pairs) - 1

    def ratio(self, plain: Project, ours: Project) -> float:
        """How many times the portal's CPU time the plain project takes."""
        pairs = zip(self.builds[plain], self.builds[ours], strict=True)
        return median(one.cpu / other.cpu for one, other in pairs)

    def loading_time(self, reports: int) -> dict[str, float]:
        """The medians of reading and of checking."""
        rounds = self.loading[reports]
        return {name: median(each[name] for each in rounds) for name in rounds[0]}


@dataclass(frozen=True, slots=True)
class Target:
    """Something to reach, with what was reached; None where it was not measured."""

    text: str
    measured: str
    is_met: bool | None


def report(results: Results) -> Iterator[str]:
    """Yield the lines to print."""
    yield from _aligned([_HEADINGS, *(_row(results, project) for project in results.builds)])
    yield "每份 KB、每份文件、每份 CPU 毫秒都已减去没有报告的门户。"
    yield ""
    for project in results.builds:
        ours = results.counterpart(project)
        if ours is not None and ours is not project:
            ratio = results.ratio(project, ours)
            yield f"普通 MkDocs Material 的 CPU ÷ 门户，{project.reports} 份：{ratio:.1f} 倍"
    for reports in results.loading:
        times = results.loading_time(reports)
        yield (
            f"只读数据和检查，{reports} 份：每份读 {times['load']:.2f} 毫秒，"
            f"检查 {times['examine']:.2f} 毫秒"
        )
    yield from _loading_ratio(results)
    yield ""
    for target in targets(results):
        mark = {True: "达到", False: "未达到", None: "没有测"}[target.is_met]
        yield f"[{mark}] {target.text}：{target.measured}"


def _loading_ratio(results: Results) -> Iterator[str]:
    if len(results.loading) > 1:
        least, most = min(results.loading), max(results.loading)
        pairs = zip(results.loading[least], results.loading[most], strict=True)
        ratio = median(sum(more.values()) / sum(less.values()) for less, more in pairs)
        yield f"读和检查每份所需，{most} 份 ÷ {least} 份：{ratio:.2f}"


def _row(results: Results, project: Project) -> tuple[str, ...]:
    samples, base = results.builds[project], results.builds[results.start][-1]
    last, count = samples[-1], max(project.reports, 1)
    row = (
        project.label,
        str(project.reports),
        f"{results.cpu(project):.2f}",
        f"{median(sample.wall for sample in samples):.2f}",
        f"{median(sample.peak for sample in samples) / 1e6:.0f}",
    )
    if project == results.start:
        return (*row, f"共 {last.size / 1000:.0f}", f"共 {last.files}", "启动")
    size, files = (last.size - base.size) / 1000 / count, (last.files - base.files) / count
    return (*row, f"{size:.1f}", f"{files:.2f}", f"{results.per_report(project):.2f}")


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (" " * (most - _width(cell)) + cell for cell, most in zip(row, widths, strict=True))
        yield "  ".join(cells)


def _width(words: str) -> int:
    """The columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in words)


def targets(results: Results) -> Iterator[Target]:
    """Judge what was measured; nothing fails on it."""
    small, large = (results.find(results.start, reports) for reports in (_SMALL, _LARGE))
    each = [results.per_report(item) for item in (small, large) if item is not None]
    worst = max(each, default=None)
    yield _at_most(f"每份报告的 CPU 不超过 {_MS_PER_REPORT:g} 毫秒", worst, _MS_PER_REPORT, "毫秒")
    apart = results.growth(small, large) if small and large else None
    text = f"{_LARGE} 份时每份的 CPU 与 {_SMALL} 份时相差不超过 {_SPREAD:.0%}"
    met = None if apart is None else abs(apart) <= _SPREAD
    yield Target(text, "" if apart is None else f"{apart:+.0%}", met)
    peak = median(item.peak for item in results.builds[large]) / 1e6 if large else None
    yield _at_most(f"{_LARGE} 份时内存不超过 {_PEAK_MB} MB", peak, _PEAK_MB, "MB")
    yield _times_less(results, small)


def _at_most(text: str, measured: float | None, limit: float, unit: str) -> Target:
    if measured is None:
        return Target(text, "", None)
    return Target(text, f"{measured:.1f} {unit}", measured <= limit)


def _times_less(results: Results, ours: Project | None) -> Target:
    text = f"{_SMALL} 份时 CPU 不到普通 MkDocs Material 的 1/{_RATIO:g}"
    for project in results.builds:
        if ours and project is not ours and project.reports == ours.reports:
            ratio = results.ratio(project, ours)
            return Target(text, f"1/{ratio:.1f}", ratio >= _RATIO)
    return Target(text, "", None)


def as_data(results: Results) -> Mapping[str, object]:
    """All that was measured, for `--json`."""
    builds = [
        {
            "project": project.label,
            "reports": project.reports,
            "samples": [
                {name: getattr(sample, name) for name in Sample.__slots__} for sample in samples
            ],
        }
        for project, samples in results.builds.items()
    ]
    judged = [
        {"target": item.text, "measured": item.measured, "met": item.is_met}
        for item in targets(results)
    ]
    return {"builds": builds, "loading": results.loading, "targets": judged}
