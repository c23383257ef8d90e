"""A site → everything that it consists of, beside what the generator writes itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial

from gongkai.exports import csv_tables
from gongkai.html import metadata
from gongkai.html.artifacts import Artifact, Sort, text
from gongkai.html.frame import Frame, Slot
from gongkai.html.site import Site
from gongkai.html.templating import render

from . import feeds
from .plan import Planned, plan
from .search import files as search

DEPTHS = (2, 3)
"""The numbers of parts that the names of bulk pages have: `years/2021`, `reports/x/2021`."""
ROBOTS = "robots.txt"


class IncompleteError(Exception):
    """A report file was left without a page."""


def artifacts(site: Site, frames: Mapping[int, Frame]) -> Iterator[Artifact]:
    """Yield all artifacts of a site; bulk pages are put into the frame of their depth."""
    yield from pages(site, frames)
    yield text(ROBOTS, Sort.MACHINE, partial(_robots, site))
    yield from search.artifacts(site)
    yield from csv_tables.artifacts(site.portal)
    yield from feeds.artifacts(site)


def pages(site: Site, frames: Mapping[int, Frame]) -> Iterator[Artifact]:
    """Yield every bulk page."""
    for planned in plan(site):
        sort = Sort.REPORT if planned.name.startswith("reports/") else Sort.PAGE
        frame = frames[planned.name.count("/") + 1]
        make = partial(_filled, site, frame, planned)
        yield text(site.addresses.file(planned.name), sort, make)


def demand_all_reports(site: Site, written: Counter[Sort]) -> None:
    """Demand that every report file has become a page, unless only the clerk at work looks.

    Raises:
        IncompleteError: the reports among the pages are not as many as the report files.
    """
    expected, found = site.portal.dataset.report_files, written[Sort.REPORT]
    if expected != found and not site.is_preview:
        raise IncompleteError(f"有 {expected} 份报告文件，只生成了 {found} 个报告页面。")


def _filled(site: Site, frame: Frame, planned: Planned) -> str:
    page = planned.make()
    head = metadata.render(site.identity, site.addresses, page, planned.describe(page))
    contents = render("contents.html.j2", contents=page.contents)
    return frame.fill({Slot.HEAD: head, Slot.CONTENTS: contents, Slot.BODY: page.body})


def _robots(site: Site) -> str:
    """Name the site map, and allow everything."""
    url = site.addresses.site_url
    lines = ["User-agent: *", "Disallow:", *([f"Sitemap: {url}sitemap.xml"] if url else [])]
    return "\n".join(lines) + "\n"
