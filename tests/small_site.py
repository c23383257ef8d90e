"""Sites that are not written: of a data folder, or of the small portal with texts of one's own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from gongkai.analysis.portal import portal_of
from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.data.reports import Prose
from gongkai.html.addresses import Addresses
from gongkai.html.site import Site
from small_portal import SMALL
from today import TODAY


def site_of(data: Path) -> Site:
    """The site of a data folder as it is in checks, at no address of its own."""
    loaded = dataset.load(data)
    return Site(portal_of(loaded, check(loaded, TODAY)), Addresses())


SMALL_SITE = site_of(SMALL)


def with_texts(texts: Sequence[str]) -> Site:
    """A portal of one agency, whose reports have nothing but these texts."""
    portal = SMALL_SITE.portal
    loaded = portal.dataset
    (report,) = loaded.reports
    section = report.sections[0].id
    made = tuple(
        replace(report, year=2021 + at, prose={section: Prose(text, 1)}, figures={}, channels=None)
        for at, text in enumerate(texts)
    )
    return replace(SMALL_SITE, portal=replace(portal, dataset=replace(loaded, reports=made)))
