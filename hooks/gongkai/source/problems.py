"""What can be wrong with the data: a place, a rule, and words that a clerk understands."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple


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


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach of one rule at one place."""

    location: Location
    rule: Rule
    message: str
    """What was found and what was expected."""
    hint: str = ""
    """How to mend it."""
    cell: tuple[str, ...] = ()
    """The statutory cell: staff keys from the section inwards."""
    address: str = ""
    """The permanent address of the figure within its report's page (`#…`), if it is one."""
    answer: str = ""
    """The published explanation (`说明`) of a historical report, if it has one."""

    @property
    def blocks_publication(self) -> bool:
        """Whether the site must not be built with this problem in it."""
        return self.rule.severity is Severity.ERROR and not self.answer

    def answered(self, answer: str) -> "Problem":
        """Return this problem with its published explanation."""
        return replace(self, answer=answer)

    def text(self) -> str:
        """The whole finding without its place: cell, what is wrong, how to mend it."""
        cell = f"【{'·'.join(self.cell)}】" if self.cell else ""
        return f"{cell}{self.message}" + (f"→ {self.hint}" if self.hint else "")

    def __str__(self) -> str:
        state = "已说明" if self.answer else self.rule.severity.label
        return f"{self.location}: {state}: {self.text()} [{self.rule.id}]"


def place(problem: Problem) -> tuple[Location, str]:
    """The sort key of problems: by place, then by rule."""
    return problem.location, problem.rule.id
