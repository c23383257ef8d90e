"""What can be wrong with the data: a place, a rule, and words that a clerk understands."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from .subjects import FileKey, Subject, Target, identity_of


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """Blocks publication, unless a historical report explains it."""
    WARNING = "warning"
    """Needs a person's judgement."""
    NOTICE = "notice"
    """Information only."""

    @property
    def label(self) -> str:
        """The severity in Chinese."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]


class Location(NamedTuple):
    """A place in a file of `data/`; lines and columns count from 1, in characters."""

    path: str
    line: int = 1
    column: int = 1
    end_column: int = 0
    """The first column after the marked text; 0 where it is not known."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that data must follow; `id` is permanent, it stands in links and in annotations."""

    id: str
    name: str
    severity: Severity
    text: str
    """The published wording, in Chinese."""
    basis: str
    """The law, document or practice that it rests on."""
    wrong: str
    """An example that breaks it."""
    right: str
    """The same, mended."""
    is_of_form: bool = False
    """Whether it says what a file must look like: everyone must follow it, none can be excused."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach of one rule by one subject."""

    rule: Rule
    subject: Subject
    """The report, agency or file that it is about."""
    target: Target
    """What within the subject."""
    location: Location
    """Where it is shown; it may move without the finding becoming another."""
    message: str
    """What was found and what was expected."""
    hint: str = ""
    """How to mend it."""
    answer: str = ""
    """The published explanation (`说明`) of a historical report, if it has one."""
    number: int = 0
    """Which it is among those that nothing else tells apart; see `numbered`."""

    @property
    def cell(self) -> tuple[str, ...]:
        """What it is about in staff keys, from the section inwards; answers name it by these."""
        return self.target.keys

    @property
    def address(self) -> str:
        """Where the figure or section stands within its report's page (`#…`), if it is one."""
        return self.target.address

    @property
    def identity(self) -> tuple[str, ...]:
        """What makes it the same finding when a number in it changes or lines above it move."""
        return self.rule.id, identity_of(self.subject), *self.target.identity

    @property
    def fingerprint(self) -> str:
        """The same text for the same finding, another one for every other finding."""
        parts = (*self.identity, str(self.number))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    @property
    def blocks_publication(self) -> bool:
        """Whether the site must not be built with this problem in it."""
        return self.rule.severity is Severity.ERROR and not self.answer

    def answered(self, answer: str) -> "Problem":
        """Return this problem with its published explanation."""
        return replace(self, answer=answer)

    def text(self) -> str:
        """Return the whole finding without its place: cell, what is wrong, how to mend it."""
        cell = f"【{'·'.join(self.cell)}】" if self.cell else ""
        return f"{cell}{self.message}" + (f"→ {self.hint}" if self.hint else "")

    def __str__(self) -> str:
        state = "已说明" if self.answer else self.rule.severity.label
        return f"{self.location}: {state}: {self.text()} [{self.rule.id}]"


def of_file(rule: Rule, location: Location, message: str, hint: str) -> Problem:
    """Return a problem of a file of which no more is known."""
    target = Target(words=message)
    return Problem(rule, FileKey(location.path), target, location, message, hint)


def numbered(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Number the problems that nothing but their order tells apart; all of a subject at once."""
    seen: Counter[tuple[str, ...]] = Counter()
    for problem in problems:
        identity = problem.identity
        number = seen[identity]
        seen[identity] += 1
        yield replace(problem, number=number) if number else problem


def place(problem: Problem) -> tuple[Location, str]:
    """Return the sort key of problems: by place, then by rule."""
    return problem.location, problem.rule.id
