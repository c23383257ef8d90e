"""The headings of statutory tables: forests of labels whose leaves are rows or columns of figures.

Equal paths mean the same thing in every format, unless a heading's `comparison` says otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What sort of number a figure is."""

    COUNT = "count"
    """A whole number from 0."""
    CHANGE = "change"
    """A whole number that may be negative."""
    AMOUNT = "amount"
    """Money from 0, with at most six decimals."""


class Degree(StrEnum):
    """How far a figure may be compared with the same path in another format."""

    CAUTION = "caution"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What sets a heading apart from the same path in the format `other`."""

    other: str
    degree: Degree
    note: str


@dataclass(frozen=True, slots=True)
class Unusual:
    """From which year on figures under a heading are unusual, and why."""

    first_year: int
    note: str


@dataclass(frozen=True, eq=False)
class Heading:
    """A heading of a row or column, or of a group of them."""

    id: str
    """Its part of a path; empty for a heading that only serves the layout."""
    label: str
    """As the law prints it."""
    key: str
    """As staff write it in YAML."""
    meaning: str
    basis: str
    unit: str = ""
    kind: Kind | None = None
    printed_units: tuple[str, ...] = ()
    """Units that may follow the number, where the form does not fix one."""
    is_total: bool = False
    """Whether it sums the leaves under its siblings."""
    comparison: Comparison | None = None
    makers: tuple[str, ...] = ()
    """The ranks of governments that alone may have figures here; empty: any agency."""
    explained_in: str = ""
    """The section whose text must say more than “none” where a figure is above zero."""
    unusual: Unusual | None = None
    children: tuple["Heading", ...] = ()


@dataclass(frozen=True, eq=False)
class Leaf:
    """A heading that has figures, with the headings above it."""

    path: str
    trail: tuple[Heading, ...]
    """From the outermost heading to the leaf itself."""

    @property
    def heading(self) -> Heading:
        """The leaf's own heading."""
        return self.trail[-1]

    @property
    def keys(self) -> tuple[str, ...]:
        """The staff keys that lead to it, layout headings left out."""
        return tuple(heading.key for heading in self.trail if heading.id)


@dataclass(frozen=True, slots=True)
class Total:
    """A leaf that must equal the sum of others."""

    path: str
    addends: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Axis:
    """The rows or the columns of a table: a forest of headings."""

    headings: tuple[Heading, ...]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every heading with figures, in printed order."""
        return tuple(_leaves(self.headings, "", ()))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the leaves."""
        return tuple(leaf.path for leaf in self.leaves)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The position of each path."""
        return {path: position for position, path in enumerate(self.paths)}

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """Each total with what it sums: the leaves under its siblings that are no totals."""
        return tuple(_totals(self.headings, ""))

    @cached_property
    def depth(self) -> int:
        """How many levels of headings are printed."""
        return max(len(leaf.trail) for leaf in self.leaves)


def _leaves(
    headings: tuple[Heading, ...], prefix: str, trail: tuple[Heading, ...]
) -> Iterator[Leaf]:
    for heading in headings:
        path = _join(prefix, heading.id)
        if heading.children:
            yield from _leaves(heading.children, path, (*trail, heading))
        else:
            yield Leaf(path, (*trail, heading))


def _totals(headings: tuple[Heading, ...], prefix: str) -> Iterator[Total]:
    siblings = tuple(heading for heading in headings if not heading.is_total)
    addends = tuple(
        leaf.path for leaf in _leaves(siblings, prefix, ()) if not leaf.heading.is_total
    )
    for heading in headings:
        path = _join(prefix, heading.id)
        if heading.is_total:
            yield Total(path, addends)
        yield from _totals(heading.children, path)


def _join(prefix: str, part: str) -> str:
    return f"{prefix}.{part}" if prefix and part else prefix or part
