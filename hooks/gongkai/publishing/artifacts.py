"""A site → everything that it consists of, beside what the generator writes itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from gongkai.html.addresses import Addresses
from gongkai.html.artifacts import Artifact, Sort, text
from gongkai.html.frame import Frame, Slot
from gongkai.html.site import Site

from . import feeds
from .paging import Finished, finished
from .plan import of_year, plan
from .published import Kept, Published

DEPTHS = (2, 3)
"""The numbers of parts that the names of bulk pages have: `years/2021`, `reports/x/2021`."""
ROBOTS = "robots.txt"


class IncompleteError(Exception):
    """A report file was left without a page."""


def artifacts(site: Site, published: Published, frames: Mapping[int, Frame]) -> Iterator[Artifact]:
    """Yield all artifacts of a site but the search index; nothing is made yet.

    Bulk pages are put into the frame of their depth.
    """
    years = (_of_year(site, year) for year in site.portal.dataset.years)
    yield from pages(site.addresses, chain(published.finished(), years), frames)
    yield text(ROBOTS, Sort.MACHINE, partial(_robots, site))
    yield from published.tables()
    yield from feeds.artifacts(site)


def pages(
    addresses: Addresses, made: Iterable[Kept], frames: Mapping[int, Frame]
) -> Iterator[Artifact]:
    """Yield bulk pages."""
    for page in made:
        sort = Sort.REPORT if page.name.startswith("reports/") else Sort.PAGE
        frame = frames[page.name.count("/") + 1]
        yield text(addresses.file(page.name), sort, partial(_filled, page, frame))


def all_pages(site: Site) -> Iterator[Kept]:
    """Yield every bulk page of a site, none of which has been made yet."""
    return (Kept(item.name, "", partial(finished, site, item)) for item in plan(site))


def _of_year(site: Site, year: int) -> Kept:
    planned = of_year(site, year)
    return Kept(planned.name, "", partial(finished, site, planned))


def demand_all_reports(site: Site, written: Counter[Sort]) -> None:
    """Demand that every report file has become a page, unless only the clerk at work looks.

    Raises:
        IncompleteError: the reports among the pages are not as many as the report files.
    """
    expected, found = site.portal.dataset.report_files, written[Sort.REPORT]
    if expected != found and not site.is_preview:
        raise IncompleteError(f"有 {expected} 份报告文件，只生成了 {found} 个报告页面。")


def _filled(page: Kept, frame: Frame) -> str:
    made: Finished = page.make()
    values = {Slot.HEAD: made.head, Slot.CONTENTS: made.contents, Slot.BODY: made.body}
    return frame.fill(values)


def _robots(site: Site) -> str:
    """Name the site map, and allow everything."""
    url = site.addresses.site_url
    lines = ["User-agent: *", "Disallow:", *([f"Sitemap: {url}sitemap.xml"] if url else [])]
    return "\n".join(lines) + "\n"
