"""What one run measured: samples of works, round by round, and the ratios between them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from peers import ELEVENTY, HUGO, ZENSICAL
from serving import Served
from workshop import Sample


class Name(StrEnum):
    """What is done to so many reports."""

    ONE = "首次，1 个进程"
    TWO = "首次，2 个进程"
    PAGES = "只做页面"
    AGAIN = "再来，没有改动"
    EDITED = "再来，改了一份"
    CHECK = "check 一个文件"
    PLAIN = "普通 MkDocs Material"
    HUGO = HUGO
    ELEVENTY = ELEVENTY
    ZENSICAL = ZENSICAL


class Work(NamedTuple):
    """Something that is measured, at a size."""

    name: Name
    reports: int


Measure = Callable[[Sample], float]


def cpu(sample: Sample) -> float:
    """Seconds of user and system time of all processes."""
    return sample.cpu


def wall(sample: Sample) -> float:
    """Seconds until the end."""
    return sample.wall


@dataclass(slots=True)
class Results:
    """Equal positions in two lists of samples belong to the same round."""

    samples: dict[Work, list[Sample]] = field(default_factory=dict)
    stages: dict[int, list[Mapping[str, float]]] = field(default_factory=dict)
    """Milliseconds of CPU per report by stage, by number of reports."""
    served: dict[int, list[Served]] = field(default_factory=dict)

    def add(self, work: Work, sample: Sample) -> None:
        """Keep a sample of the present round."""
        self.samples.setdefault(work, []).append(sample)

    def middle(self, work: Work, measure: Measure) -> float | None:
        """The median of a measure; None where it was not measured."""
        found = self.samples.get(work)
        return median(map(measure, found)) if found else None

    def ratio(self, work: Work, other: Work, measure: Measure = cpu) -> float | None:
        """The median of the rounds' ratios; None where one of the two was not measured."""
        pairs = zip(self.samples.get(work, ()), self.samples.get(other, ()), strict=False)
        found = [measure(one) / measure(two) for one, two in pairs]
        return median(found) if found else None

    def pages_against(self, other: Work) -> float | None:
        """The ratio of the pages alone, with what a portal without reports takes, to another."""
        alone = self.samples.get(Work(Name.PAGES, other.reports), ())
        empty = self.samples.get(Work(Name.TWO, 0), ())
        rounds = zip(alone, empty, self.samples.get(other, ()), strict=False)
        found = [(pages.cpu + start.cpu) / rival.cpu for pages, start, rival in rounds]
        return median(found) if found else None

    def per_report(self, reports: int) -> float | None:
        """CPU milliseconds that a report costs in a first build, beyond the empty portal."""
        spent, start = (self.middle(Work(Name.TWO, size), cpu) for size in (reports, 0))
        return 1000 * (spent - start) / reports if spent is not None and start is not None else None

    def growth(self, less: int, more: int) -> float | None:
        """How much more a report costs in the larger portal, as a part of what it costs before."""
        before, after = self.per_report(less), self.per_report(more)
        return after / before - 1 if before and after is not None else None

    def visible(self, reports: int) -> float | None:
        """The median of the seconds from saving a file to its page."""
        found = [seconds for served in self.served.get(reports, ()) for seconds in served.edits]
        return median(found) if found else None

    def peaks(self, reports: int) -> tuple[float, float] | None:
        """The most MB of the first process and of a worker, in first builds of a size."""
        names = (Name.ONE, Name.TWO)
        found = [item for name in names for item in self.samples.get(Work(name, reports), ())]
        if not found:
            return None
        most = max(item.peak for item in found), max(item.worker_peak for item in found)
        return most[0] / 1e6, most[1] / 1e6

    def as_data(self) -> Mapping[str, object]:
        """All that was measured, for `--json`."""
        return {
            "works": [
                {**work._asdict(), "samples": [asdict(sample) for sample in samples]}
                for work, samples in self.samples.items()
            ],
            "stages": self.stages,
            "served": {size: list(map(asdict, found)) for size, found in self.served.items()},
        }
