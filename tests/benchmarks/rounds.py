"""The works that one round measures, in the order of the round."""

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from agreement import demand_agreement
from peers import Peer, Tools, eleventy, hugo, provide, zensical
from results import Name, Results, Work
from serving import can_serve, time_serving
from workshop import (
    HERE,
    Project,
    Sample,
    clear,
    edit,
    environment,
    measured,
    plain,
    portal,
    report_file,
    stages,
)

_PLAIN_LIMIT, _WHOLE_LIMIT = 300, 3000
"""Plain projects larger than the first take many minutes, and the other works than the second."""
_STAGES_FROM = 300
"""In smaller portals the formats and the imports outweigh the reports."""
_EDITS = 5
Task = Callable[[Results], None]


@dataclass(frozen=True, slots=True)
class Contest:
    """Everything that is measured at one size."""

    ours: Project
    plain: Project | None
    peers: tuple[Peer, ...]

    @property
    def is_whole(self) -> bool:
        """Whether more than growth is measured."""
        return 0 < self.ours.reports <= _WHOLE_LIMIT

    def tasks(self) -> Iterator[Task]:
        """Yield what is measured, so that neighbours are those that are compared."""
        if self.is_whole:
            yield self._one
        if self.plain is not None:
            yield self._plain
        yield self._two
        for peer in self.peers:
            yield partial(self._peer, peer)
        if self.is_whole:
            yield self._pages

    def _one(self, results: Results) -> None:
        clear(self.ours)
        self._add(results, Name.ONE, self._build(1))

    def _two(self, results: Results) -> None:
        """Build from nothing, then again with what the first build kept."""
        clear(self.ours)
        self._add(results, Name.TWO, self._build(2))
        if not self.is_whole:
            return
        self._add(results, Name.AGAIN, self._build(2))
        path = report_file(self.ours)
        edit(path)
        self._add(results, Name.EDITED, self._build(2))
        edit(path)
        checking = (sys.executable, "-m", "gongkai", "check", path.relative_to(self.ours.folder))
        self._add(results, Name.CHECK, self._run(*checking))

    def _pages(self, results: Results) -> None:
        folder = self.ours.folder / "pages-alone"
        command = (sys.executable, HERE / "pages.py", self.ours.folder / "data", folder)
        self._add(results, Name.PAGES, self._run(*command))
        shutil.rmtree(folder)

    def _plain(self, results: Results) -> None:
        if self.plain is not None:
            clear(self.plain)
            command = (sys.executable, "-m", "mkdocs", "build", "--quiet")
            self._add(results, Name.PLAIN, measured(self.plain, *command))

    def _peer(self, peer: Peer, results: Results) -> None:
        clear(peer.project)
        self._add(results, Name(peer.project.label), peer.build())
        if peer.project.label != Name.ZENSICAL:
            demand_agreement(peer.project, self.ours)

    def _build(self, workers: int) -> Sample:
        return self._run(sys.executable, "-m", "mkdocs", "build", "--strict", "-q", workers=workers)

    def _run(self, *command: str | Path, workers: int = 0) -> Sample:
        return measured(self.ours, *command, variables=environment(self.ours, workers))

    def _add(self, results: Results, name: Name, sample: Sample) -> None:
        results.add(Work(name, self.ours.reports), sample)
        print(f"　{name} {self.ours.reports}：{sample.cpu:.2f}", file=sys.stderr, flush=True)


def contests(folder: Path, sizes: list[int], *, with_rivals: bool) -> Iterator[Contest]:
    """Prepare the portal without reports first, then every size."""
    tools = provide(folder / "tools") if with_rivals else None
    for reports in (0, *sizes):
        ours = portal(folder / f"portal-{reports}", reports)
        if not reports or reports > _WHOLE_LIMIT:
            yield Contest(ours, None, ())
            continue
        beside = plain(folder / f"plain-{reports}", ours) if reports <= _PLAIN_LIMIT else None
        yield Contest(ours, beside, tuple(_peers(tools, folder, ours, beside)))


def _peers(
    tools: Tools | None, folder: Path, ours: Project, beside: Project | None
) -> Iterator[Peer]:
    if tools is None:
        return
    for name, make in (("hugo", hugo), ("eleventy", eleventy)):
        if (peer := make(tools, folder / f"{name}-{ours.reports}", ours)) is not None:
            yield peer
    if beside is not None:
        yield zensical(tools, folder / f"zensical-{ours.reports}", beside)


def hold_round(prepared: list[Contest], results: Results, number: int) -> None:
    """Measure everything once, every second round in the reverse order; growth only at first."""
    for contest in prepared:
        if number and contest.ours.reports > _WHOLE_LIMIT:
            continue
        tasks = list(contest.tasks())
        for task in tasks if number % 2 == 0 else reversed(tasks):
            task(results)
        if contest.is_whole and contest.ours.reports >= _STAGES_FROM:
            found = results.stages.setdefault(contest.ours.reports, [])
            found.append(stages(contest.ours))


def serve_largest(prepared: list[Contest], results: Results) -> None:
    """Time the preview of the largest portal that is measured as a whole."""
    whole = [contest.ours for contest in prepared if contest.is_whole]
    if whole and can_serve():
        found = time_serving(whole[-1], _EDITS)
        results.served.setdefault(whole[-1].reports, []).append(found)
