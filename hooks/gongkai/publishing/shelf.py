"""Objects in a store: pickled, but for the forms and rules that every process knows by name.

What is long in a report (its figures and texts) is loaded when it is asked for, and forgotten when
others were asked for since; so a portal of any size fits into little memory.
"""

import io
import pickle
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from gongkai.checks.registry import RULES
from gongkai.data.dataset import Ground
from gongkai.forms.formats import Format, Section
from gongkai.source.problems import Rule

from .store import Store

Value = TypeVar("Value")
_HELD = 2048
"""How many parts are held in memory: those of a large region in one year."""
_PROTOCOL = 5


class DamagedError(Exception):
    """An entry that was whole when the build began is so no more."""


class Shelf:
    """A store whose parts are objects."""

    def __init__(self, store: Store, ground: Ground) -> None:
        """Know the forms of a portal by name."""
        self.store, self.ground = store, ground
        self._known: dict[str, object] = {"shelf": self}
        self._known |= {f"rule/{rule.id}": rule for rule in RULES}
        for edition in ground.formats.values():
            self._known[f"format/{edition.id}"] = edition
            self._known |= {f"section/{edition.id}/{item.id}": item for item in edition.sections}
        self._names = {id(value): name for name, value in self._known.items()}
        self._primed: tuple[str, Mapping[str, bytes]] = "", {}
        self._part = lru_cache(maxsize=_HELD)(self._read)

    def dumps(self, value: object) -> bytes:
        """Return an object as bytes."""
        stream = io.BytesIO()
        _Pickler(stream, self._names).dump(value)
        return stream.getvalue()

    @staticmethod
    def plain(value: object) -> bytes:
        """Return an object without forms and rules as bytes, which is quicker."""
        return pickle.dumps(value, _PROTOCOL)

    def loads(self, data: bytes) -> Any:  # noqa: ANN401 - what was dumped
        """Return the object that bytes stand for."""
        return _Unpickler(data, self._known).load()

    def part(self, key: str, name: str) -> Any:  # noqa: ANN401 - what was put
        """Return a part of an entry, held in memory for a while.

        Raises:
            DamagedError: the entry is not there, or not whole.
        """
        return self._part(key, name)

    def once(self, key: str, name: str) -> Any:  # noqa: ANN401 - what was put
        """Return a part of an entry, which is not held in memory.

        Raises:
            DamagedError: the entry is not there, or not whole.
        """
        return self._read(key, name)

    def prime(self, key: str) -> None:
        """Read an entry whole, because all its parts will be asked for."""
        if self._primed[0] != key:
            self._primed = key, self.store.whole(key)

    def content(self, key: str, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            DamagedError: the entry is not there, or not whole.
        """
        primed, parts = self._primed
        data = parts.get(name) if primed == key else self.store.get(key, name)
        if data is None:
            raise DamagedError(key)
        return data

    def _read(self, key: str, name: str) -> object:
        return self.loads(self.content(key, name))


class Shelved(Mapping[str, Value]):
    """A mapping that is a part of an entry."""

    __slots__ = ("_key", "_name", "_shelf")

    def __init__(self, shelf: Shelf, key: str, name: str) -> None:
        """Know where the mapping is."""
        self._shelf, self._key, self._name = shelf, key, name

    def _loaded(self) -> Mapping[str, Value]:
        found: Mapping[str, Value] = self._shelf.part(self._key, self._name)
        return found

    def __getitem__(self, key: str) -> Value:
        return self._loaded()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded())

    def __len__(self) -> int:
        return len(self._loaded())

    def __reduce__(self) -> tuple[type, tuple[Shelf, str, str]]:
        return type(self), (self._shelf, self._key, self._name)


class _Pickler(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, names: Mapping[int, str]) -> None:
        super().__init__(stream, _PROTOCOL)
        self._names = names

    def persistent_id(self, value: object) -> str | None:
        return self._names.get(id(value)) if isinstance(value, _NAMED) else None


_NAMED = (Format, Section, Rule, Shelf)


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, known: Mapping[str, object]) -> None:
        super().__init__(io.BytesIO(data))
        self._known = known

    def persistent_load(self, name: str) -> object:
        return self._known[name]


_OPEN: dict[tuple[str, str], Shelf] = {}
GROUND = "ground"


def adopt(shelf: Shelf, key: str) -> None:
    """Put the ground under its key, and use this shelf for all tasks in this process."""
    if not shelf.store.has(key):
        shelf.store.put(key, {GROUND: pickle.dumps(shelf.ground, _PROTOCOL)})
    _OPEN.clear()
    _OPEN[str(shelf.store.folder), key] = shelf


def shelf_at(folder: str, key: str) -> Shelf:
    """Return the shelf of a store's folder, with the forms under the ground's key."""
    found = _OPEN.get((folder, key))
    if found is None:
        store = Store(Path(folder))
        data = store.get(key, GROUND)
        if data is None:
            raise DamagedError(key)
        found = Shelf(store, pickle.loads(data))  # noqa: S301 - written by this program
        _OPEN.clear()
        _OPEN[folder, key] = found
    return found
