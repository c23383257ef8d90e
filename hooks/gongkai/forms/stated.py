"""Definitions that are compared by what they say, not by which object says it.

So a copy is equal to its original, also one that went to another process and came back; two
revisions of one definition are not.
"""

import re
from dataclasses import fields, is_dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

_KEPT = ("fingerprint", "_hash")


class Stated:
    """A frozen dataclass (with `eq=False`) that is compared and hashed by its fingerprint."""

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that it says; the same in every process."""
        return sha256(_text(self).encode()).hexdigest()

    @cached_property
    def _hash(self) -> int:
        return int(self.fingerprint[:15], 16)

    def __eq__(self, other: object) -> bool:
        """Whether both say the same."""
        if self is other:
            return True
        if not isinstance(other, Stated):
            return NotImplemented
        return self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        """Return a number that is made once: caches ask for it at every row of every report."""
        return self._hash

    def __getstate__(self) -> dict[str, Any]:
        """Return what it says, without what was derived from that."""
        stated = {item.name: getattr(self, item.name) for item in fields(self)}  # type: ignore[arg-type]
        return stated | {name: getattr(self, name) for name in _KEPT}


def _text(value: object) -> str:
    """Return a text that differs wherever two values do, and is the same in every process."""
    if isinstance(value, re.Pattern):
        return f"{value.pattern!r}{value.flags}"
    if isinstance(value, tuple):
        return f"({','.join(map(_part, value))})"
    if isinstance(value, frozenset):
        return f"{{{','.join(sorted(map(_part, value)))}}}"
    if is_dataclass(value):
        parts = (f"{item.name}={_part(getattr(value, item.name))}" for item in fields(value))
        return f"{type(value).__name__}({','.join(parts)})"
    return repr(value)


def _part(value: object) -> str:
    return value.fingerprint if isinstance(value, Stated) else _text(value)
