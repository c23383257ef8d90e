"""Whatever is wrong in a file, the preview shows every page and file of the portal."""

from itertools import chain
from pathlib import Path

import pytest
from bad_files import FILES, PLACES, name_of
from gongkai.analysis.portal import portal_of
from gongkai.checks.run import check
from gongkai.data.dataset import load
from gongkai.exports.csv_tables import artifacts as tables
from gongkai.html.addresses import Addresses
from gongkai.html.site import Site
from gongkai.pages.home import PARTS
from gongkai.publishing.feeds import artifacts as feeds
from gongkai.publishing.paging import finished
from gongkai.publishing.plan import plan
from gongkai.publishing.search.entries import entries
from small_portal import portal_with
from today import TODAY


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_slip_leaves_every_page_and_file(path: Path, tmp_path: Path) -> None:
    root = portal_with(tmp_path, {PLACES[path.parent.name]: path.read_bytes()})
    dataset = load(root)
    portal = portal_of(dataset, check(dataset, TODAY))
    site = Site(portal, Addresses(site_url="https://example.gov.cn/annual/"), is_preview=True)
    names = {finished(site, planned).name for planned in plan(site)}
    assert {f"agencies/{slug}" for slug in dataset.agencies} <= names
    assert {f"reports/{report.agency}/{report.year}" for report in dataset.reports} <= names
    assert all(artifact.make() for artifact in chain(feeds(site), tables(site.portal)))
    assert len([part(site) for part in PARTS.values()]) == len(PARTS)
    assert all(list(entries(site, report)) for report in dataset.reports)


def test_what_has_no_day_is_shown_without_one(tmp_path: Path) -> None:
    (path,) = (path for path in FILES if path.stem == "correction-without-a-date")
    root = portal_with(tmp_path, {PLACES[path.parent.name]: path.read_bytes()})
    dataset = load(root)
    site = Site(portal_of(dataset, check(dataset, TODAY)), Addresses(), is_preview=True)
    pages = [finished(site, planned) for planned in plan(site)]
    (report,) = (page for page in pages if page.name.startswith("reports/"))
    assert "<dt>不详</dt>" in report.body
