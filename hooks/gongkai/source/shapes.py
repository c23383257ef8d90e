"""What staff may write under the keys that the readers know, declared beside each reader.

The readers take their keys from these declarations, the writer their order, editors' schemas
everything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    is_prose: bool = False
    """Whether it is written in paragraphs even if it is short."""


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


def known_keys(group: Shape | None) -> tuple[str, ...]:
    """Return the declared keys below a shape in order; none where it is no group."""
    return tuple(group.keys) if isinstance(group, Group) else ()


def entry_shape(key: str, group: Shape | None) -> Shape | None:
    """Return what stands under a key of a group, if that is declared."""
    return group.keys.get(key, group.others) if isinstance(group, Group) else None


def item_shape(items: Shape | None) -> Shape | None:
    """Return what the items of a list are, if that is declared."""
    return items.item if isinstance(items, Items) else None
