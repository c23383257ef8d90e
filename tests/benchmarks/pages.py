"""Make the pages alone of a data folder: no checks, sums with their proofs, search or CSV.

The benchmark's own composition of the package's parts; the product has no such mode.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from gongkai.analysis.composition import compose
from gongkai.analysis.coverage import ledger
from gongkai.analysis.portal import Portal
from gongkai.analysis.rollups import RollUp, RollUps
from gongkai.analysis.tallies import Tallies
from gongkai.data import dataset
from gongkai.data.dataset import Dataset
from gongkai.data.findings import Findings
from gongkai.html.addresses import Addresses
from gongkai.html.artifacts import Artifact
from gongkai.html.frame import Slot, cut
from gongkai.html.site import Site
from gongkai.publishing.artifacts import DEPTHS, all_pages, pages
from gongkai.publishing.writing import write

TODAY = date(2026, 12, 31)
FRAMES = dict.fromkeys(DEPTHS, cut("".join(f"<div>{slot.mark}</div>" for slot in Slot)))


class NoSums(RollUps):
    """Roll-ups that add nothing, so that no page has sums and proofs."""

    def of(self, code: str, year: int) -> RollUp:
        """Say which reports would be added, and add none."""
        return RollUp(code, year, compose(self.ledger, code, year), ())


def site_of(loaded: Dataset) -> Site:
    """A site of unchecked data without sums."""
    covered = ledger(loaded, TODAY)
    none = NoSums(loaded, covered)
    findings = Findings((), {}, TODAY)
    portal = Portal(loaded, findings, covered, none, Tallies(none), is_dated=False)
    return Site(portal, Addresses())


def pages_of(site: Site) -> Iterator[Artifact]:
    """Yield all bulk pages of a site, made in this process."""
    return pages(site.addresses, all_pages(site), FRAMES)


def main() -> None:
    """Read the first folder and write the pages below the second."""
    site = site_of(dataset.load(Path(sys.argv[1])))
    write(pages_of(site), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
