"""The headings of statutory tables: forests of labels whose leaves are rows or columns of figures.

Equal paths mean the same thing in every format, unless a heading's `comparison` says otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from .stated import Stated


class FigureKind(StrEnum):
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
class Heading(Stated):
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
    kind: FigureKind | None = None
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

    @cached_property
    def entered(self) -> tuple["Heading", ...]:
        """The headings below it that staff write; those for the layout are passed through."""
        return _entered(self.children)

    @cached_property
    def size(self) -> int:
        """How many leaves it stands over; 1 for a leaf."""
        return sum(child.size for child in self.children) or 1


@dataclass(frozen=True, eq=False)
class Leaf(Stated):
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


class Placed(NamedTuple):
    """A heading of an axis with its place in it."""

    path: str
    """Its permanent path; one that only serves the layout has that of the heading above it."""
    heading: Heading
    trail: tuple[Heading, ...]
    """From the outermost heading to this one."""
    first: int
    """The index of the first leaf that it stands over, or of itself where it is a leaf."""

    @property
    def level(self) -> int:
        """How many headings stand above it."""
        return len(self.trail) - 1


@dataclass(frozen=True, slots=True)
class Total:
    """A leaf that must equal the sum of others."""

    path: str
    addends: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Axis(Stated):
    """The rows or the columns of a table: a forest of headings."""

    headings: tuple[Heading, ...]

    def walk(self) -> Iterator[Placed]:
        """Yield every heading in printed order, a group before what it stands over."""
        yield from _walk(self.headings, "", (), 0)

    @cached_property
    def entered(self) -> tuple[Heading, ...]:
        """The outermost headings that staff write; those for the layout are passed through."""
        return _entered(self.headings)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Every heading with figures, in printed order."""
        return tuple(
            Leaf(placed.path, placed.trail) for placed in self.walk() if not placed.heading.children
        )

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of the leaves."""
        return tuple(leaf.path for leaf in self.leaves)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The index of each path."""
        return {path: index for index, path in enumerate(self.paths)}

    def leaf(self, path: str) -> Leaf:
        """Return the leaf at a path."""
        return self.leaves[self.index[path]]

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """Each total with what it sums: the leaves under its siblings that are no totals."""
        return tuple(
            Total(placed.path, tuple(self._addends(placed)))
            for placed in self.walk()
            if placed.heading.is_total
        )

    @cached_property
    def totals_or_all(self) -> tuple[int, ...]:
        """The indices of the leaves that are totals, or of all where none is."""
        leaves = self.leaves
        totals = tuple(index for index, leaf in enumerate(leaves) if leaf.heading.is_total)
        return totals or tuple(range(len(leaves)))

    @cached_property
    def totals_first(self) -> tuple[int, ...]:
        """The indices of all leaves, those of totals first."""
        leaves = self.leaves
        return tuple(sorted(range(len(leaves)), key=lambda at: not leaves[at].heading.is_total))

    @cached_property
    def depth(self) -> int:
        """How many levels of headings are printed."""
        return max(len(leaf.trail) for leaf in self.leaves)

    def _addends(self, total: Placed) -> Iterator[str]:
        above, level = total.trail[:-1], total.level
        for leaf in self.leaves:
            is_beside = leaf.trail[:level] == above and not leaf.trail[level].is_total
            if is_beside and not leaf.heading.is_total:
                yield leaf.path


def path_below(above: str, heading: Heading) -> str:
    """Return the path of a heading; one that only serves the layout has that of those above it."""
    return f"{above}.{heading.id}" if above and heading.id else above or heading.id


def _entered(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    found = (((heading,) if heading.id else heading.entered) for heading in headings)
    return tuple(chain.from_iterable(found))


def _walk(
    headings: tuple[Heading, ...], above: str, trail: tuple[Heading, ...], first: int
) -> Iterator[Placed]:
    for heading in headings:
        path = path_below(above, heading)
        placed = Placed(path, heading, (*trail, heading), first)
        yield placed
        yield from _walk(heading.children, path, placed.trail, first)
        first += heading.size
