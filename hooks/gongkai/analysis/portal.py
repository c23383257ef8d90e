"""All facts that the portal tells: what is derived from the data once, for every page and file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gongkai.data.dataset import Dataset
from gongkai.data.findings import Findings
from gongkai.data.reports import last_change

from . import events
from .coverage import Ledger, ledger
from .events import Event
from .examples import Example, examples
from .rollups import RollUps
from .tallies import Tallies
from .territory import RegionIndex


@dataclass(frozen=True)
class Portal:
    """A dataset with what was found in it and what follows from it."""

    dataset: Dataset
    findings: Findings
    ledger: Ledger
    roll_ups: RollUps
    tallies: Tallies
    is_dated: bool
    """Whether the day of any publication or correction is known."""
    known_examples: Mapping[str, Example] | None = None
    """The examples, where they are known already."""

    @cached_property
    def examples(self) -> Mapping[str, Example]:
        """Figures that show what rows and columns are about, by anchor; none in doubt."""
        if self.known_examples is not None:
            return self.known_examples
        return examples(self.dataset.reports, self.findings.doubtful)

    @property
    def territory(self) -> RegionIndex:
        """Which agencies and reports belong to which region."""
        return self.ledger.regions

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What was published or corrected, the newest first."""
        return events.newest_first(self.dataset)

    @cached_property
    def changed(self) -> str:
        """The newest day on which a report was published or corrected; empty if not known."""
        return last_change(self.dataset.reports)


def portal_of(dataset: Dataset, findings: Findings, entered: Ledger | None = None) -> Portal:
    """Derive the facts of a checked dataset; its ledger may be known already."""
    entered = entered or ledger(dataset, findings.today)
    sums = RollUps(dataset, entered)
    is_dated = any(last_change((report,)) for report in dataset.reports)
    return Portal(dataset, findings, entered, sums, Tallies(sums), is_dated)
