"""The files below `data/`: what they are called, and how each is read.

What is wrong with a file is kept by who reads it.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from gongkai.forms.formats import Format
from gongkai.source import rules
from gongkai.source.fields import Reading
from gongkai.source.nodes import Mapping as MappingNode
from gongkai.source.nodes import Node, UnreadableError
from gongkai.source.problems import Location, Problem, of_file
from gongkai.source.reading import MAX_DEPTH, decode, read
from gongkai.source.subjects import AgencyKey, ReportKey, Subject

from .agencies import Agency, read_agency
from .privacy import guard
from .regions import Region, read_regions
from .report_reader import read_report
from .reports import Report
from .vocabulary import Vocabulary, read_vocabulary

FORMATS_FOLDER, AGENCIES = "formats", "agencies"
REGIONS, VOCABULARY, AGENCY_FILE = "regions.yaml", "vocabulary.yaml", "agency.yaml"
YEAR_FILE = re.compile(r"((?:19|20|21)\d\d)\.yaml", re.ASCII)
"""The names of report files; the group is the year."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FORMAT_FILE = re.compile(r"[a-z0-9]+\.yaml")
_FORMAT_DEPTH = 24
_NOTHING = MappingNode((), 1, 1)
NO_FILES: Mapping[str, bytes] = MappingProxyType({})


def folder_files(root: Path, slug: str) -> list[Path]:
    """List what an agency's folder holds, in order; hidden files are left out."""
    return _visible(root / AGENCIES / slug)


def agency_folders(root: Path) -> list[Path]:
    """List what the folder of all agencies holds, in order; hidden files are left out."""
    return _visible(root / AGENCIES)


def ground_files(root: Path) -> list[Path]:
    """List the files that all agencies are read against, in order; some may not exist."""
    return [*_visible(root / FORMATS_FOLDER), root / REGIONS, root / VOCABULARY]


class DataFile(NamedTuple):
    """A file of an agency."""

    path: Path
    name: str
    """What problems show: its path from the folder that holds `data/`."""
    year: int | None
    """The year of a report; None for the `agency.yaml`."""


def agency_files(root: Path) -> Iterator[DataFile]:
    """Yield the files of all agencies below a data folder, in order."""
    loader = Loader(root)
    for folder in loader.agency_folders():
        if (folder / AGENCY_FILE).is_file():
            yield DataFile(folder / AGENCY_FILE, loader.name(folder / AGENCY_FILE), None)
        for path, year in loader.report_files(folder):
            if path.is_file():
                yield DataFile(path, loader.name(path), year)


class Loader:
    """Reads files below a data folder and keeps what was wrong with each."""

    def __init__(self, root: Path, files: Mapping[str, bytes] = NO_FILES) -> None:
        """Read below a folder; `files` are contents that have been read already, by name."""
        self.root = root
        self.files = files
        self.readings: list[Reading] = []

    def problems(self) -> tuple[Problem, ...]:
        """Return what was wrong so far."""
        return tuple(problem for reading in self.readings for problem in reading.problems)

    def name(self, path: Path) -> str:
        """Return the path that problems and links show: from the folder that holds `data/`."""
        return _printable(path.relative_to(self.root.parent).as_posix())

    def open(
        self, path: Path, subject: Subject | None = None, max_depth: int = MAX_DEPTH
    ) -> tuple[Reading, Node | None]:
        """Read a file; None where it says nothing that can be used."""
        reading = Reading(self.name(path), subject=subject)
        self.readings.append(reading)
        try:
            data = self.files[path.name] if path.name in self.files else path.read_bytes()
            node = read(reading.path, data, max_depth)
            guard(reading, decode(reading.path, data), node)
        except UnreadableError as error:
            reading.take(error.problems)
        except FileNotFoundError:
            self.misplaced(path, f"缺少文件“{path.name}”。", "补上这个文件，写法对照已有的数据。")
        except IsADirectoryError:
            self.misplaced(path, f"“{path.name}”是文件夹，应当是文件。", "给文件夹改名或者移走。")
        except OSError:
            self.misplaced(path, f"“{path.name}”读不出来。", "请管理员检查这个文件和它的权限。")
        else:
            return reading, node
        return reading, None

    def misplaced(self, path: Path, message: str, hint: str) -> None:
        """Report a file or folder that should be called otherwise or stand elsewhere."""
        location = Location(self.name(path))
        problem = of_file(rules.FILE_NAME, location, message, hint)
        self.readings.append(Reading(location.path, [problem]))

    def formats(self) -> dict[str, tuple[Reading, Node]]:
        """Read the format files, by id."""
        found = {}
        for path in _visible(self.root / FORMATS_FOLDER):
            if not _FORMAT_FILE.fullmatch(path.name):
                self.misplaced(path, "格式文件夹里有别的文件。", "格式文件写成“年份.yaml”。")
                continue
            reading, node = self.open(path, max_depth=_FORMAT_DEPTH)
            if node is not None:
                found[path.stem] = (reading, node)
        return found

    def regions(self) -> dict[str, Region]:
        """Read the regions, by code."""
        reading, node = self.open(self.root / REGIONS)
        return read_regions(reading, node) if node is not None else {}

    def vocabulary(self) -> Vocabulary:
        """Return the words that checks of prose look for; none in a portal without the file."""
        path = self.root / VOCABULARY
        reading, node = self.open(path) if path.exists() else (None, None)
        return read_vocabulary(reading, node) if reading and node else Vocabulary()

    def agency_folders(self) -> Iterator[Path]:
        """Yield the folders of agencies, in order."""
        for path in _visible(self.root / AGENCIES):
            if not path.is_dir():
                self.misplaced(path, "机关文件夹外面有文件。", "把它移到对应机关的文件夹里。")
            elif not _SLUG.fullmatch(path.name):
                message = f"文件夹名“{_printable(path.name)}”不对。"
                self.misplaced(path, message, "只用小写字母、数字和连字符。")
            else:
                yield path

    def agency(self, folder: Path, regions: Mapping[str, Region], slugs: frozenset[str]) -> Agency:
        """Read the file of an agency itself."""
        path = folder / AGENCY_FILE
        reading, node = self.open(path, AgencyKey(folder.name))
        if node is None:
            return read_agency(Reading(reading.path), _NOTHING, folder.name, regions)
        return read_agency(reading, node, folder.name, regions, slugs)

    def report_files(self, folder: Path) -> Iterator[tuple[Path, int]]:
        """Yield the report files of a folder with their years, in order."""
        for path in _visible(folder):
            if path.name == AGENCY_FILE:
                continue
            if match := YEAR_FILE.fullmatch(path.name):
                yield path, int(match[1])
            else:
                hint = "报告文件写成“年份.yaml”，例如 2021.yaml。"
                self.misplaced(path, f"不认识的文件“{_printable(path.name)}”。", hint)

    def report(
        self, path: Path, slug: str, year: int, editions: Mapping[str, Format]
    ) -> Report | None:
        """Read a report; None where it cannot be used."""
        reading, node = self.open(path, ReportKey(slug, year))
        return None if node is None else read_report(reading, node, slug, year, editions)


def _printable(name: str) -> str:
    """Return a file name as text, even where an archive was unpacked in another encoding."""
    return os.fsencode(name).decode("utf-8", "replace")


def _visible(folder: Path) -> list[Path]:
    """Return the entries of a folder in order, without hidden ones; none if it is missing."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
