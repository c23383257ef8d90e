"""What every page is made of, whatever it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup

from gongkai.addresses import Addresses
from gongkai.checks import Examination
from gongkai.coverage import Ledger
from gongkai.dataset import Dataset
from gongkai.head import NOBODY, Identity
from gongkai.reports import Report, last_change
from gongkai.rollups import RollUps

from .atlas import Atlas


class Link(NamedTuple):
    """A link: its words and its target."""

    text: str
    href: str


class Entry(NamedTuple):
    """A line of a page's list of contents."""

    id: str
    text: str
    children: tuple["Entry", ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page, before it is put into its frame."""

    name: str
    """As `reports/<slug>/2021`; see `Addresses`."""
    title: str
    description: str
    body: Markup
    contents: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Site:
    """What pages are made from."""

    dataset: Dataset
    examination: Examination
    atlas: Atlas
    ledger: Ledger
    roll_ups: RollUps
    addresses: Addresses
    edit_url: str
    """The forge's address for editing files, ending in a slash; empty where there is none."""
    is_preview: bool
    """Whether only the clerk at work sees it: then what is wrong is shown, not refused."""
    identity: Identity = NOBODY

    @cached_property
    def by_path(self) -> Mapping[str, Report]:
        """The reports by the path of their file."""
        return {report.path: report for report in self.dataset.reports}

    @cached_property
    def changed(self) -> str:
        """The newest day on which a report was published or corrected; empty if not known."""
        return last_change(self.dataset.reports)

    @property
    def has_feeds(self) -> bool:
        """Whether feeds can be made: they name whole addresses, and days."""
        return bool(self.addresses.site_url and self.changed)
