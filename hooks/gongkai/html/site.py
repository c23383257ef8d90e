"""A portal as it is published: under which address, by whom, and for whom to see."""

from dataclasses import dataclass

from gongkai.analysis.portal import Portal

from .addresses import Addresses
from .metadata import NOBODY, Identity


@dataclass(frozen=True, slots=True)
class Site:
    """What pages are made from: the facts, and how they are published."""

    portal: Portal
    addresses: Addresses
    edit_url: str = ""
    """The forge's address for editing files, ending in a slash; empty where there is none."""
    is_preview: bool = False
    """Whether only the clerk at work sees it: then what is wrong is shown, not refused."""
    identity: Identity = NOBODY

    @property
    def has_feeds(self) -> bool:
        """Whether feeds can be made: they name whole addresses, and days."""
        return bool(self.addresses.site_url and self.portal.is_dated)
