"""Build the portal and photograph its telling pages: `manage.py screenshots`.

The pictures go into `.github/`, from where README.md shows some of them. Look at each one before
committing it. `GONGKAI_BROWSER` names a browser; without it Playwright's own is used.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.sync_api import Browser, Error, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / ".github"
MAX_SIZE = 200_000
"""Bytes: a picture of more loads slowly for those who only came to read."""


class View(NamedTuple):
    """A page as somebody sees it."""

    picture: str
    page: str
    """Its address in the site, built for a folder."""
    size: ViewportSize = ViewportSize(width=1280, height=800)
    scale: float = 1.0
    is_dark: bool = False
    is_printed: bool = False


_SEED, _FIGURES = "reports/linxiang-zwfwj/2021.html", "reports/pingtan-region/2024.html"
_PHONE = ViewportSize(width=390, height=844)
_A4 = ViewportSize(width=794, height=1123)
"""A sheet in CSS pixels."""
VIEWS = (
    View("home", "index.html"),
    View("report", f"{_SEED}#requests"),
    View("roll-up", "regions/350128/2024.html#sum2.received"),
    View("search", "search/index.html?q=行政复议"),
    View("phone", _FIGURES, _PHONE, scale=1.5),
    View("dark", _FIGURES, is_dark=True),
    View("print", _SEED, _A4, is_printed=True),
)
_READY = "#search-page[data-total], body:not(:has(#search-page))"
_MARGINS = "html { box-sizing: border-box; padding: 20mm 16mm; }"
"""Those of `@page` in `print.css`, which a screen does not have."""


def main() -> int:
    """Take all pictures; return 1 where that failed or one is too big."""
    try:
        with TemporaryDirectory() as folder:
            site = Path(folder, "site")
            _build(site)
            sizes = _photographs(site)
    except (subprocess.CalledProcessError, Error) as error:
        print(f"没有拍成：{str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    for name, size in sizes.items():
        print(f".github/{name}.png  {size // 1000} KB{'  太大' if size > MAX_SIZE else ''}")
    return int(max(sizes.values()) > MAX_SIZE)


def _build(site: Path) -> None:
    """Build the site so that it can be opened from a folder."""
    settings = {"GONGKAI_DIRECTORY_URLS": "false"}
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", site],
        cwd=ROOT,
        env=os.environ | settings,
        check=True,
    )


def _photographs(site: Path) -> dict[str, int]:
    """Take all pictures and return their sizes in bytes."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("GONGKAI_BROWSER") or None, args=["--no-sandbox"]
        )
        sizes = {view.picture: _photograph(browser, site, view) for view in VIEWS}
        browser.close()
    return sizes


def _photograph(browser: Browser, site: Path, view: View) -> int:
    """Take one picture and return its size in bytes."""
    context = browser.new_context(
        viewport=view.size,
        device_scale_factor=view.scale,
        color_scheme="dark" if view.is_dark else "light",
        locale="zh-CN",
        bypass_csp=True,  # for the margins
    )
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{view.page}")
    page.wait_for_selector(_READY)
    if view.is_printed:
        _lay_on_paper(page)
    picture = page.screenshot(path=PICTURES / f"{view.picture}.png", animations="disabled")
    context.close()
    return len(picture)


def _lay_on_paper(page: Page) -> None:
    page.emulate_media(media="print")
    page.add_style_tag(content=_MARGINS)


if __name__ == "__main__":
    sys.exit(main())
