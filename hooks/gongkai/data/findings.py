"""What the checks found in a dataset."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from gongkai.source.problems import Problem
from gongkai.source.subjects import Subject


@dataclass(frozen=True)
class Findings:
    """All that is wrong with a dataset, and how often each rule was assessed."""

    problems: tuple[Problem, ...]
    """Sorted by place."""
    assessed: Mapping[str, int]
    """Relations decided, by rule id; a rule that is not here had nothing to decide."""
    today: date
    """The day of the check."""

    @cached_property
    def _by_subject(self) -> Mapping[Subject, tuple[Problem, ...]]:
        found: dict[Subject, list[Problem]] = {}
        for problem in self.problems:
            found.setdefault(problem.subject, []).append(problem)
        return {subject: tuple(problems) for subject, problems in found.items()}

    def of(self, subject: Subject) -> tuple[Problem, ...]:
        """Return the problems of a subject, by place."""
        return self._by_subject.get(subject, ())

    @cached_property
    def doubtful(self) -> frozenset[tuple[Subject, str]]:
        """The figures about which something was found: whose, and their address."""
        return frozenset((problem.subject, problem.address) for problem in self.problems)

    @property
    def blocks_publication(self) -> bool:
        """Whether the site must not be built."""
        return any(problem.blocks_publication for problem in self.problems)
