"""What staff may write under the keys that the readers know, declared beside each reader.

The readers take their keys from these declarations, editors' schemas everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .formats import Section


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is not empty."""

    about: str
    """What to write, in Chinese."""
    pattern: str = r"\S[\s\S]*"
    """What the whole text must match, white space around it left out."""
    needed: bool = False
    choices: tuple[str, ...] = ()
    """The only texts that may stand there, if there is such a choice."""


@dataclass(frozen=True, slots=True)
class Group:
    """A set of keys with their values."""

    about: str
    keys: Mapping[str, "Shape"] = field(default_factory=dict)
    """In the order in which they are written."""
    others: "Shape | None" = None
    """What stands under keys that staff name themselves; None where they may not."""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list of values of one shape."""

    about: str
    item: "Shape"
    needed: bool = False


Shape = Text | Group | Items
FileKeys = Mapping[str, Shape | Section]
"""The keys of a file in the order in which they are written; a section stands for its tables."""
