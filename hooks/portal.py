"""MkDocs hook: publish the data in `data/`; the only file that knows MkDocs.

MkDocs renders one frame for each depth of folder through the theme; after the build every bulk page
is such a frame filled in, and written without passing through MkDocs.
"""

import gc
import logging
from datetime import date
from pathlib import Path
from typing import cast

from gongkai import checks, dataset, publishing
from gongkai.addresses import Addresses
from gongkai.frame import Frame, FrameError, Slot, cut
from gongkai.pages.home import PARTS
from gongkai.pages.page import Site
from gongkai.site import plan, prepare
from gongkai.templating import compiled
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("gongkai")

_SITE, _FRAMES = "gongkai_site", "gongkai_frames"
_FRAME_META = "frame"


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001, FBT001
    """Spare collections what MkDocs has loaded: it lives as long as the process."""
    gc.freeze()


def on_config(config: MkDocsConfig) -> None:
    """Read and check the data before MkDocs empties the last build's folder."""
    data = Path(config.config_file_path).parent / "data"
    loaded = dataset.load(data)
    examined = checks.examine(loaded, date.today())  # noqa: DTZ011 - the day where it is built
    for problem in examined.problems:
        level = logging.ERROR if problem.blocks_publication else logging.DEBUG
        log.log(level, "%s", problem)
    is_preview = bool(config.extra.get("preview"))
    if examined.blocks_publication and not is_preview:
        raise PluginError("数据没有通过检查，网站没有生成；原来的网站没有改动。")
    addresses = Addresses(config.use_directory_urls)
    edit_url = config.extra.get("edit_url") or ""
    config.extra[_SITE] = prepare(loaded, examined, addresses, edit_url, is_preview=is_preview)
    config.extra[_FRAMES] = {}
    config.extra["blocking"] = [
        problem for problem in examined.problems if problem.blocks_publication
    ]


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add one frame page for each depth at which bulk pages live."""
    for depth in publishing.DEPTHS:
        name = "/".join(["frame"] * depth)
        frame = File.generated(
            config,
            f"{name}.md",
            content="---\nframe: true\n---\n",
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        files.append(frame)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Tell the sitemap, which is written before the pages, of the bulk pages and not of frames.

    The theme's compiled templates are kept for the next build.
    """
    env.bytecode_cache = compiled()
    for file in files.documentation_pages():
        if file.page is not None and _FRAME_META in file.page.meta:
            file.page.abs_url = file.page.canonical_url = None
    site = _site(config)
    config.extra["planned"] = [
        (site.addresses.address(page.name), page.changed) for page in plan(site)
    ]


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Add to a hand-written page the lists that its front matter asks for."""
    part = page.meta.get("portal")
    if part is None:
        return html
    if part not in PARTS:
        raise PluginError(f"{page.file.src_uri}: unknown `portal: {part}`")
    return html + str(PARTS[part](_site(config)))


def on_page_context(
    context: TemplateContext,  # noqa: ARG001
    page: Page,
    config: MkDocsConfig,
    nav: Navigation,  # noqa: ARG001
) -> None:
    """Give a frame page its marks in place of what differs from page to page."""
    if _FRAME_META in page.meta:
        page.canonical_url = Slot.CANONICAL.mark if config.site_url else None
        page.meta["description"] = Slot.DESCRIPTION.mark


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep a frame and write nothing: MkDocs skips a page that comes out empty."""
    if _FRAME_META not in page.meta:
        return output
    try:
        _frames(config)[page.file.src_uri.count("/") + 1] = cut(
            output, with_canonical=bool(config.site_url)
        )
    except FrameError as error:
        raise PluginError(str(error)) from error
    return ""


def on_post_build(config: MkDocsConfig) -> None:
    """Write all bulk pages, and fail when a report file has no page."""
    try:
        written = publishing.write(
            _site(config), _frames(config), Path(config.site_dir), config.site_url or ""
        )
    except publishing.IncompleteError as error:
        raise PluginError(str(error)) from error
    log.info("%d pages published from %d report files", written, _site(config).dataset.report_files)


def _site(config: MkDocsConfig) -> Site:
    return cast(Site, config.extra[_SITE])


def _frames(config: MkDocsConfig) -> dict[int, Frame]:
    return cast(dict[int, Frame], config.extra[_FRAMES])
