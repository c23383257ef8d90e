"""A portal from its folder: agencies by themselves, then what needs several of them.

Each step asks the store for what is known already, has the rest made by the workers, and keeps it
there. So a second build makes only what changed, and the order of work never matters.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from gongkai.analysis.coverage import Ledger, ledger
from gongkai.checks.fingerprints import nearest
from gongkai.checks.run import gather
from gongkai.data.dataset import Dataset, join, read_ground
from gongkai.data.findings import Findings

from . import checking, keys, reading
from .checking import JUDGEMENT, OTHERS, CheckItem, CheckTask, Nearest, Others
from .reading import HEAD, Desk, FolderHead, ReadTask, fingerprints_of
from .shelf import DamagedError, Shelf, adopt
from .store import Store, digest, opened
from .workers import Workers, grouped, started

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and how much there is."""

CACHE = ".cache/bundles"
"""Where results are kept, beside the data folder."""
GROUP = 16
"""At most so many agencies are one task."""
FEWEST = 6
"""So many tasks of agencies are worth starting processes."""


UNDER_WAY = ExitStack()
"""The store and the workers of the build under way.

They stand here because the generator loads its hooks anew for each build of a preview.
"""


def in_silence(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def opened_build(
    root: Path, today: date, environment: Mapping[str, str], progress: Progress = in_silence
) -> Iterator["Build"]:
    """Open a build of a data folder.

    Args:
        root: the data folder.
        today: the day of the build.
        environment: may say `GONGKAI_CACHE`, the folder in which results are kept, empty for none,
            and `GONGKAI_WORKERS`, how many processes work.
        progress: is told how far the work has come.
    """
    stated = environment.get("GONGKAI_CACHE")
    kept = root.parent / CACHE if stated is None else Path(stated) if stated else None
    with opened(kept) as store, started(environment.get("GONGKAI_WORKERS")) as workers:
        yield Build(root, store, workers, today, progress)
        store.prune()


def undamaged(build: "Build", work: Callable[["Build"], Result]) -> Result:
    """Do work with a build; do it again with a new one if what is kept turns out to be damaged."""
    try:
        return work(build)
    except DamagedError:
        build.store.mend()
        return work(replace(build))


@dataclass(frozen=True)
class Build:
    """A portal being built."""

    root: Path
    """The data folder."""
    store: Store
    workers: Workers
    today: date
    progress: Progress = in_silence

    @cached_property
    def shelf(self) -> Shelf:
        """What is known, read against what is common to all agencies."""
        shelf = Shelf(self.store, read_ground(self.root))
        adopt(shelf, self.ground)
        return shelf

    @cached_property
    def ground(self) -> str:
        """The key of what is common to all agencies."""
        return keys.ground(self.root)

    @cached_property
    def desk(self) -> Desk:
        """Where processes find what their tasks need."""
        return Desk(str(self.store.folder), self.ground)

    @cached_property
    def readings(self) -> Mapping[str, str]:
        """The key of each agency's folder, as it was read."""
        found: dict[str, str] = {}
        slugs = self.shelf.ground.slugs
        for slug in slugs:
            key = reading.reading_key(self.ground, slug, keys.contents(self.root, slug))
            found[slug] = key if self.store.has(key) else ""
        missing = [slug for slug in slugs if not found[slug]]
        groups = grouped(missing, GROUP)
        tasks = [ReadTask(self.desk, str(self.root), group) for group in groups]
        for done in self.work("读取", reading.read, tasks):
            found.update(done)
        return found

    @cached_property
    def heads(self) -> Mapping[str, FolderHead]:
        """What each agency's folder says, without what is long in its reports."""
        return {slug: self.shelf.once(key, HEAD) for slug, key in self.readings.items()}

    @cached_property
    def dataset(self) -> Dataset:
        """All that is written; what is long in reports is loaded when asked for."""
        return join(self.shelf.ground, [head.folder for head in self.heads.values()])

    @cached_property
    def findings(self) -> Findings:
        """All that is wrong with it."""
        others = Others(self.dataset.agencies, self.today)
        key = digest("others", self.agencies_key, self.ground, str(self.today))
        self.put(OTHERS, others, key)
        items = [self._check_item(slug) for slug in self.readings]
        missing = [item for item in items if not self.store.has(item.key)]
        tasks = [CheckTask(self.desk, key, group) for group in grouped(missing, GROUP)]
        for _ in self.work("核对", checking.check, tasks):
            continue
        judgements = (self.shelf.once(item.key, JUDGEMENT) for item in items)
        return gather(self.dataset, self.today, judgements)

    @cached_property
    def judgements(self) -> Mapping[str, str]:
        """The key of what was found in each agency."""
        return {slug: self._check_item(slug).key for slug in self.readings}

    def _check_item(self, slug: str) -> CheckItem:
        nearest_ones = self._nearest.get(slug, ())
        own = self.readings[slug]
        dates = (report.published[:10] for report in self.heads[slug].folder.reports)
        future = "".join("f" if day > self.today.isoformat() else "p" for day in dates)
        others = (f"{item.year}/{item.key}" for item in nearest_ones)
        key = digest("check", self.names_key, own, future, *others)
        return CheckItem(slug, key, own, nearest_ones)

    @cached_property
    def names_key(self) -> str:
        """The digest of what the checks of one agency may know of all others."""
        return digest(*self._names())

    def _names(self) -> Iterator[str]:
        for agency in self.dataset.agencies.values():
            former = (str(item) for item in agency.former_names)
            yield from (agency.slug, agency.name, agency.short_name, agency.kind, agency.region)
            yield from former
            yield "|"

    @cached_property
    def _nearest(self) -> Mapping[str, tuple[Nearest, ...]]:
        """For each agency, the reports of others whose texts are most like those of its own."""
        key = digest("nearest", *self.readings.values())
        if not self.store.has(key):
            self.put("nearest", self._find_nearest(), key)
        found: Mapping[str, tuple[Nearest, ...]] = self.shelf.once(key, "nearest")
        return found

    def _find_nearest(self) -> dict[str, tuple[Nearest, ...]]:
        found: dict[str, list[Nearest]] = {}
        for year, reports in sorted(self.dataset.by_year.items()):
            keyed = ((report.agency, self.readings[report.agency]) for report in reports)
            read = ((slug, fingerprints_of(self.shelf, key, year)) for slug, key in keyed)
            for slug, other in nearest({slug: prints for slug, prints in read if prints}).items():
                found.setdefault(slug, []).append(Nearest(year, self.readings[other]))
        return {slug: tuple(others) for slug, others in found.items()}

    @cached_property
    def ledger(self) -> Ledger:
        """What became of each agency's report in each year."""
        return ledger(self.dataset, self.today)

    @cached_property
    def agencies_key(self) -> str:
        """The digest of what is known of all agencies by themselves."""
        return digest(*(head.agency_digest for head in self.heads.values()))

    def work(
        self,
        step: str,
        function: Callable[[Item], Result],
        tasks: Sequence[Item],
        fewest: int = FEWEST,
    ) -> Iterator[Result]:
        """Have tasks done, and tell how far they have come.

        Args:
            step: what is done, in words.
            function: what does a task.
            tasks: what is to be done.
            fewest: how many tasks are worth starting processes.
        """
        for done, result in enumerate(self.workers.map(function, tasks, fewest=fewest), 1):
            self.progress(step, done, len(tasks))
            yield result

    def put(self, part: str, value: object, key: str) -> str:
        """Keep an object under a key, unless it is there; return the key."""
        if not self.store.has(key):
            self.store.put(key, {part: self.shelf.dumps(value)})
        return key
