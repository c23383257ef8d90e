"""What the checks found in a dataset."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.source.problems import Problem


@dataclass(frozen=True, slots=True)
class Findings:
    """All that is wrong with a dataset, and how often each rule was assessed."""

    problems: tuple[Problem, ...]
    """Sorted by place."""
    assessed: Mapping[str, int]
    """Relations decided, by rule id; a rule that is not here had nothing to decide."""
    by_path: Mapping[str, tuple[Problem, ...]]
    """The problems of each file."""
    today: date
    """The day of the check."""

    @property
    def blocks_publication(self) -> bool:
        """Whether the site must not be built."""
        return any(problem.blocks_publication for problem in self.problems)
