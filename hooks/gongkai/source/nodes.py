"""What a YAML file says, as raw text with places; nothing is coerced."""

from typing import NamedTuple

from .problems import Location, Problem, Rule, of_file


class Scalar(NamedTuple):
    """A text with its place; `style` is None for a plain scalar, else the quote or `|` or `>`."""

    text: str
    line: int
    column: int
    end_column: int
    style: str | None
    indent: int = 0
    """The blanks before the first line of a `|` text."""


class Sequence(NamedTuple):
    """A list with its place."""

    items: tuple["Node", ...]
    line: int
    column: int


class Mapping(NamedTuple):
    """A mapping with its place; keys keep their order, duplicates included."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


def is_null(scalar: Scalar) -> bool:
    """Whether a scalar is one of YAML's words for nothing, which are no text unless quoted."""
    return scalar.style is None and scalar.text in {"~", "null"}


class UnreadableError(Exception):
    """A file cannot be read any further; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        """Keep the problems."""
        super().__init__(*problems)
        self.problems = problems


def unreadable(where: Location, rule: Rule, message: str, hint: str) -> UnreadableError:
    """Return the error that a file is given up with, for one problem."""
    return UnreadableError(of_file(rule, where, message, hint))
