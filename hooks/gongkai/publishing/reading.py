"""An agency's folder → an entry of the store: what it says, and apart from it what is long."""

from array import array
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from gongkai.checks.fingerprints import texts_of
from gongkai.data.dataset import Folder, join, read_folder
from gongkai.data.reports import Report

from . import keys
from .shelf import Shelf, Shelved, shelf_at
from .store import digest

HEAD = "head"
"""The parts of an entry; those of each year's report are named by the year."""


class Desk(NamedTuple):
    """Where a process finds what its tasks need."""

    store: str
    """The folder of the store."""
    ground: str
    """The key of what all agencies are read against."""

    @property
    def shelf(self) -> Shelf:
        """The shelf of this process."""
        return shelf_at(*self)


class FolderHead(NamedTuple):
    """An agency's folder without what is long in its reports."""

    folder: Folder
    digests: Mapping[int, str]
    """What the file of each year's report held."""
    agency_digest: str


class ReadTask(NamedTuple):
    """Some agencies' folders to read."""

    desk: Desk
    root: str
    slugs: tuple[str, ...]


def reading_key(ground: str, slug: str, files: Mapping[str, bytes]) -> str:
    """Return the key of an agency's folder as it was read."""
    return digest("reading", ground, slug, *(part for item in files.items() for part in item))


def read(task: ReadTask) -> list[tuple[str, str]]:
    """Read folders; return the key of each."""
    return [(slug, _read(task.desk, Path(task.root), slug)) for slug in task.slugs]


def _read(desk: Desk, root: Path, slug: str) -> str:
    shelf = desk.shelf
    held = keys.contents(root, slug)
    key = reading_key(desk.ground, slug, held)
    files = {name: data[1:] for name, data in held.items() if data.startswith(b"f")}
    folder = read_folder(root, slug, shelf.ground, files)
    dataset = join(shelf.ground, [folder])
    parts: dict[str, bytes] = {}
    for report in folder.reports:
        parts[f"{report.year}/text"] = shelf.plain(dict(report.prose))
        parts[f"{report.year}/figures"] = shelf.plain(dict(report.figures))
        parts[f"{report.year}/places"] = shelf.plain(dict(report.places))
    texts = texts_of(dataset)
    parts |= {print_part(year): shelf.plain(text) for (_, year), text in texts.items()}
    parts |= {
        fingerprints_part(year): array("I", sorted(text.fingerprints)).tobytes()
        for (_, year), text in texts.items()
        if text.is_long
    }
    digests = {
        report.year: digest(held.get(f"{report.year}.yaml", b"")) for report in folder.reports
    }
    short = replace(folder, reports=tuple(_short(shelf, key, item) for item in folder.reports))
    head = FolderHead(short, digests, digest(held.get("agency.yaml", b"")))
    shelf.store.put(key, {HEAD: shelf.dumps(head), **parts})
    return key


def _short(shelf: Shelf, key: str, report: Report) -> Report:
    part = partial(Shelved, shelf, key)
    return replace(
        report,
        prose=part(f"{report.year}/text"),
        figures=part(f"{report.year}/figures"),
        places=part(f"{report.year}/places"),
    )


def print_part(year: int) -> str:
    """Return the part in which the text of a year's report is, made comparable."""
    return f"{year}/print"


def fingerprints_part(year: int) -> str:
    """Return the part in which the fingerprints of a text are that is long enough to be judged."""
    return f"{year}/fingerprints"


def fingerprints_of(shelf: Shelf, key: str, year: int) -> frozenset[int]:
    """Return the fingerprints of a year's text; none where it is too short."""
    found, part = array("I"), fingerprints_part(year)
    if part in shelf.store.names(key):
        found.frombytes(shelf.content(key, part))
    return frozenset(found)


def whole_of(shelf: Shelf, key: str) -> Folder:
    """Return what an agency's folder says, with what is long in its reports."""
    shelf.prime(key)
    folder = head_of(shelf, key).folder
    return replace(folder, reports=tuple(_whole(shelf, key, item) for item in folder.reports))


def _whole(shelf: Shelf, key: str, report: Report) -> Report:
    part = partial(shelf.once, key)
    return replace(
        report,
        prose=part(f"{report.year}/text"),
        figures=part(f"{report.year}/figures"),
        places=part(f"{report.year}/places"),
    )


def head_of(shelf: Shelf, key: str) -> FolderHead:
    """Return what an agency's folder says."""
    found: FolderHead = shelf.part(key, HEAD)
    return found
