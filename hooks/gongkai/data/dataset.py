"""The folder `data/` → one `Dataset`: the only reader of data files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gongkai.forms.formats import Format, of_year
from gongkai.forms.reader import read_formats
from gongkai.source.problems import Problem
from gongkai.source.subjects import ReportKey

from .agencies import Agency
from .deadlines import Deadline, deadline
from .files import AGENCIES, NO_FILES, Loader
from .regions import Region, lineage
from .reports import Report
from .vocabulary import Vocabulary


@dataclass(frozen=True)
class Dataset:
    """All that `data/` says, and the problems of form found while reading it."""

    formats: Mapping[str, Format]
    regions: Mapping[str, Region]
    agencies: Mapping[str, Agency]
    reports: tuple[Report, ...]
    """By agency, then by year."""
    vocabulary: Vocabulary
    report_files: int
    """How many files claim to be reports; each must become a page."""
    problems: tuple[Problem, ...]

    @cached_property
    def by_agency(self) -> Mapping[str, tuple[Report, ...]]:
        """Each agency's reports, oldest first; an agency without reports has an empty tuple."""
        found: dict[str, list[Report]] = {slug: [] for slug in self.agencies}
        for report in self.reports:
            found[report.agency].append(report)
        return {slug: tuple(reports) for slug, reports in found.items()}

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Report, ...]]:
        """The reports of each year, newest year first."""
        found: dict[int, list[Report]] = {}
        for report in self.reports:
            found.setdefault(report.year, []).append(report)
        return {year: tuple(found[year]) for year in sorted(found, reverse=True)}

    @cached_property
    def by_key(self) -> Mapping[ReportKey, Report]:
        """The reports by their identity."""
        return {report.key: report for report in self.reports}

    def region_of(self, agency: Agency) -> Region:
        """Return an agency's region; one that is not registered goes by its code."""
        return self.regions.get(agency.region) or Region(agency.region, agency.region, "", "")

    def deadline_of(self, agency: Agency, year: int) -> Deadline | None:
        """Return the last day for an agency's report of a year; None where no rule sets one."""
        edition = of_year(self.formats, year)
        return deadline(edition, lineage(self.regions, agency.region), agency.kind, year)

    @property
    def years(self) -> tuple[int, ...]:
        """The report years, newest first."""
        return tuple(self.by_year)


@dataclass(frozen=True)
class Ground:
    """What the folders of all agencies are read against."""

    formats: Mapping[str, Format]
    regions: Mapping[str, Region]
    slugs: tuple[str, ...]
    """The folders of agencies, in order."""
    vocabulary: Vocabulary
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Folder:
    """What an agency's folder says."""

    agency: Agency
    reports: tuple[Report, ...]
    """By year."""
    report_files: int
    """How many files claim to be reports."""
    problems: tuple[Problem, ...]


def load(root: Path) -> Dataset:
    """Read a data folder; all problems of all files are collected in `Dataset.problems`."""
    ground = read_ground(root)
    return join(ground, [read_folder(root, slug, ground) for slug in ground.slugs])


def read_ground(root: Path) -> Ground:
    """Read what is common to all agencies."""
    loader = Loader(root)
    editions = read_formats(loader.formats())
    regions = loader.regions()
    slugs = tuple(folder.name for folder in loader.agency_folders())
    words = loader.vocabulary()
    return Ground(editions, regions, slugs, words, loader.problems())


def read_folder(
    root: Path, slug: str, ground: Ground, files: Mapping[str, bytes] = NO_FILES
) -> Folder:
    """Read the folder of an agency.

    Args:
        root: the data folder.
        slug: the name of the agency's folder.
        ground: what it is read against.
        files: contents of its files that have been read already, by name.
    """
    loader, folder = Loader(root, files), root / AGENCIES / slug
    agency = loader.agency(folder, ground.regions, frozenset(ground.slugs))
    paths = tuple(loader.report_files(folder))
    read_ones = (loader.report(path, slug, year, ground.formats) for path, year in paths)
    reports = tuple(report for report in read_ones if report is not None)
    return Folder(agency, reports, len(paths), loader.problems())


def join(ground: Ground, folders: Iterable[Folder]) -> Dataset:
    """Join what the folders of all agencies say."""
    found = tuple(folders)
    return Dataset(
        formats=ground.formats,
        regions=ground.regions,
        agencies={folder.agency.slug: folder.agency for folder in found},
        reports=tuple(report for folder in found for report in folder.reports),
        vocabulary=ground.vocabulary,
        report_files=sum(folder.report_files for folder in found),
        problems=(*ground.problems, *(item for folder in found for item in folder.problems)),
    )
