"""Results of work, kept on disk under a digest of all that they were made from.

An entry is a file of named parts. It is written whole or not at all, so that several builds may
share a folder; one that is damaged or not ours is as good as absent.
"""

import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from struct import Struct
from tempfile import TemporaryDirectory
from threading import get_ident
from typing import BinaryIO, NamedTuple

_MAGIC = b"gongkai bundle 1\n"
_END = Struct(">II")
"""What an entry ends with: length and checksum of the list of parts before it."""
_DAY = 86_400
_KEPT_DAYS = 14
"""Entries that no build asked for in so many days are thrown away."""


_MOST_KNOWN = 1024
"""Of so many entries is kept where their parts are."""


class _Place(NamedTuple):
    """Where a part of an entry is."""

    begin: int
    length: int
    checksum: int


def digest(*parts: bytes | str) -> str:
    """Return a digest of texts and bytes; where one ends and the next begins matters."""
    state = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


class Store:
    """A folder of entries."""

    def __init__(self, folder: Path) -> None:
        """Keep entries below a folder, which is made when the first is put."""
        self.folder = folder
        self._known: dict[str, Mapping[str, _Place]] = {}

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Keep named parts under a key."""
        self.put_one_by_one(key, parts.items())

    def put_one_by_one(self, key: str, parts: Iterable[tuple[str, bytes]]) -> None:
        """Keep named parts under a key, of which never two are in memory."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}.{get_ident()}.new")
        listed = []
        with unfinished.open("wb") as stream:
            stream.write(_MAGIC)
            for name, data in parts:
                listed.append([name, len(data), zlib.crc32(data)])
                stream.write(data)
            index = json.dumps(listed).encode()
            stream.write(index + _END.pack(len(index), zlib.crc32(index)))
        try:
            unfinished.replace(path)
        except PermissionError:  # Windows: another build reads the entry, which is the same
            unfinished.unlink(missing_ok=True)

    def has(self, key: str) -> bool:
        """Tell whether an entry is there, and as long as it should be."""
        self._known.pop(key, None)
        return bool(self.names(key))

    def names(self, key: str) -> list[str]:
        """Return the names of an entry's parts; none where it is not there or damaged."""
        try:
            with self._path(key).open("rb") as stream:
                return list(self._places(key, stream))
        except (OSError, ValueError):
            return []

    def get(self, key: str, part: str) -> bytes | None:
        """Return a part of an entry, or None where it is not there or damaged."""
        try:
            with self._path(key).open("rb") as stream:
                return _part(stream, self._places(key, stream)[part])
        except (OSError, KeyError, ValueError):
            return None

    def whole(self, key: str) -> dict[str, bytes]:
        """Return all parts of an entry; none where it is not there or damaged."""
        try:
            with self._path(key).open("rb") as stream:
                places = self._places(key, stream)
                return {name: _part(stream, place) for name, place in places.items()}
        except (OSError, ValueError):
            return {}

    def _places(self, key: str, stream: BinaryIO) -> Mapping[str, _Place]:
        """Read where the parts of an entry are; kept, because often all are asked for."""
        if key not in self._known:
            self._touch(stream)
            self._known[key] = _read_places(stream)
            if len(self._known) > _MOST_KNOWN:
                self._known.pop(next(iter(self._known)), None)
        return self._known[key]

    def mend(self) -> None:
        """Throw away every entry that is damaged."""
        for path in self.folder.glob("??/*"):
            key = path.parent.name + path.name
            self._known.pop(key, None)
            if not self.whole(key):
                path.unlink(missing_ok=True)

    def prune(self, now: float | None = None) -> int:
        """Throw away what was not asked for lately; return how many entries that were."""
        oldest = (time.time() if now is None else now) - _KEPT_DAYS * _DAY
        count = 0
        for path in self.folder.glob("??/*"):
            try:
                if path.stat().st_mtime < oldest:
                    path.unlink()
                    count += 1
            except OSError:  # another build was faster
                continue
        return count

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    @staticmethod
    def _touch(stream: BinaryIO) -> None:
        """Mark an entry as used today, at most once a day."""
        now = time.time()
        if now - os.fstat(stream.fileno()).st_mtime > _DAY:
            try:
                os.utime(stream.name)
            except OSError:  # a folder that may only be read
                return


def _read_places(stream: BinaryIO) -> dict[str, _Place]:
    """Read where each part begins, how long it is, and its checksum.

    Raises:
        ValueError: this is no whole entry.
    """
    size = os.fstat(stream.fileno()).st_size
    if stream.read(len(_MAGIC)) != _MAGIC or size < len(_MAGIC) + _END.size:
        raise ValueError
    stream.seek(size - _END.size)
    length, checksum = _END.unpack(stream.read(_END.size))
    begin = size - _END.size - length
    stream.seek(max(begin, 0))
    index = stream.read(length)
    if zlib.crc32(index) != checksum:
        raise ValueError
    at = len(_MAGIC)
    places: dict[str, _Place] = {}
    for name, long, check in json.loads(index):
        places[name] = _Place(at, long, check)
        at += long
    if at != begin:
        raise ValueError
    return places


def _part(stream: BinaryIO, place: _Place) -> bytes:
    begin, length, checksum = place
    stream.seek(begin)
    data = stream.read(length)
    if len(data) != length or zlib.crc32(data) != checksum:
        raise ValueError
    return data


@contextmanager
def opened(folder: Path | None) -> Iterator[Store]:
    """Open a store in a folder, or where none is given or it cannot be written in a passing one."""
    if folder is not None and _is_writable(folder):
        yield Store(folder)
        return
    with TemporaryDirectory(prefix="gongkai-") as place:
        yield Store(Path(place))


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK)
