"""Which findings a change of the data brought."""

from collections import Counter
from collections.abc import Iterable, Iterator

from gongkai.source.problems import Problem

_Key = tuple[str, str, tuple[str, ...], str, str]


def brought(now: Iterable[Problem], before: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the findings that were not there before; lines that only moved make none."""
    known = Counter(_key(problem) for problem in before)
    for problem in now:
        key = _key(problem)
        if known[key]:
            known[key] -= 1
        else:
            yield problem


def _key(problem: Problem) -> _Key:
    """What makes a finding the same when lines above it come or go."""
    path, rule = problem.location.path, problem.rule.id
    return path, rule, problem.cell, problem.message, problem.answer
