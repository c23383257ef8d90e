"""Pages → files of the site, each put into the frame of its depth."""

from collections.abc import Mapping
from pathlib import Path

from gongkai.html import metadata as head
from gongkai.html.frame import Frame, Slot
from gongkai.html.site import Site
from gongkai.html.templating import render
from gongkai.pages.page import Page

from .plan import plan

DEPTHS = (2, 3)
"""The numbers of parts that the names of bulk pages have: `years/2021`, `reports/x/2021`."""


class IncompleteError(Exception):
    """A report file was left without a page."""


def write(site: Site, frames: Mapping[int, Frame], folder: Path) -> int:
    """Write every bulk page below a folder and return their number.

    Raises:
        IncompleteError: the reports among the pages are not as many as the report files.
    """
    known: set[Path] = set()
    written = reports = 0
    for planned in plan(site):
        page = planned.make()
        path = folder / site.addresses.file(page.name)
        if path.parent not in known:
            path.parent.mkdir(parents=True, exist_ok=True)
            known.add(path.parent)
        frame = frames[page.name.count("/") + 1]
        path.write_text(
            frame.fill(_values(site, page, planned.describe(page))), encoding="utf-8", newline="\n"
        )
        written += 1
        reports += page.name.startswith("reports/")
    if reports != site.portal.dataset.report_files and not site.is_preview:
        raise IncompleteError(
            f"有 {site.portal.dataset.report_files} 份报告文件，只生成了 {reports} 个报告页面。"
        )
    return written


def write_robots(site: Site, folder: Path) -> None:
    """Write `robots.txt`, which names the site map; one in `docs/` stays as it is."""
    path = folder / "robots.txt"
    if not path.exists():
        url = site.addresses.site_url
        lines = ["User-agent: *", "Disallow:", *([f"Sitemap: {url}sitemap.xml"] if url else [])]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _values(site: Site, page: Page, told: head.Head) -> dict[Slot, str]:
    return {
        Slot.HEAD: head.render(site.identity, site.addresses, page, told),
        Slot.CONTENTS: render("contents.html.j2", contents=page.contents),
        Slot.BODY: page.body,
    }
