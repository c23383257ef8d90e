"""An agency and its reports → what is wrong with them, in the store."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from gongkai.checks.assessment import Context
from gongkai.checks.fingerprints import Fingerprinted
from gongkai.checks.names import Names
from gongkai.checks.run import check_agency
from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset, Folder, join
from gongkai.source.subjects import ReportKey

from .reading import Desk, print_part, whole_of
from .shelf import Shelf

JUDGEMENT, OTHERS = "judgement", "others"


@dataclass(frozen=True)
class Others:
    """What the checks and pages of an agency may know of all others."""

    agencies: Mapping[str, Agency]
    today: date

    def among(self, shelf: Shelf, folders: Iterable[Folder]) -> Dataset:
        """Return a dataset of some folders, in which the other agencies are known by name."""
        return replace(join(shelf.ground, folders), agencies=self.agencies)


class Nearest(NamedTuple):
    """The report of another agency whose text is most like that of a year's report."""

    year: int
    key: str
    """Of the other agency's folder."""


class CheckItem(NamedTuple):
    """An agency to check."""

    slug: str
    key: str
    reading: str
    nearest: tuple[Nearest, ...]


class CheckTask(NamedTuple):
    """Some agencies to check."""

    desk: Desk
    others: str
    """The key of what is known of all others."""
    items: tuple[CheckItem, ...]


def check(task: CheckTask) -> None:
    """Check agencies, each with its reports."""
    shelf = task.desk.shelf
    others: Others = shelf.part(task.others, OTHERS)
    folders = {item.slug: whole_of(shelf, item.reading) for item in task.items}
    dataset = others.among(shelf, folders.values())
    names = _names(task.others, dataset)
    for item in task.items:
        texts = {
            report.key: _text(shelf, item.reading, report.year)
            for report in dataset.by_agency[item.slug]
            if report.prose
        }
        nearest = {
            ReportKey(item.slug, found.year): _text(shelf, found.key, found.year)
            for found in item.nearest
        }
        context = Context(dataset, others.today, names, texts, nearest)
        shelf.store.put(item.key, {JUDGEMENT: shelf.dumps(check_agency(context, item.slug))})


_NAMES: dict[str, Names] = {}


def _names(others: str, dataset: Dataset) -> Names:
    """The names of a portal, indexed once in a process."""
    if others not in _NAMES:
        _NAMES.clear()
        _NAMES[others] = Names(dataset)
    return _NAMES[others]


def _text(shelf: Shelf, key: str, year: int) -> Fingerprinted:
    found: Fingerprinted = shelf.once(key, print_part(year))
    return found
