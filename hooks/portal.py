"""MkDocs hook: publish the data in `data/`; the only file that knows MkDocs.

MkDocs renders one frame for each depth of folder through the theme; after the build every bulk page
is such a frame filled in, and written without passing through MkDocs.
"""

import gc
import logging
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import cast

from gongkai.html import addresses
from gongkai.html.addresses import Addresses
from gongkai.html.artifacts import Sort
from gongkai.html.frame import Frame, FrameError, Slot, cut, without_switches
from gongkai.html.metadata import Identity, render
from gongkai.html.policy import policy
from gongkai.html.site import Site
from gongkai.html.templating import compiled
from gongkai.pages.home import PARTS
from gongkai.pages.page import ContentsEntry, contents_of
from gongkai.pages.written import MetaError, changed, missing, written
from gongkai.publishing.artifacts import (
    DEPTHS,
    ROBOTS,
    IncompleteError,
    artifacts,
    demand_all_reports,
)
from gongkai.publishing.build import UNDER_WAY, Build, opened_build, undamaged
from gongkai.publishing.paging import Settings
from gongkai.publishing.plan import days, plan
from gongkai.publishing.preview import PREVIEW
from gongkai.publishing.progress import Progress
from gongkai.publishing.publication import Publication
from gongkai.publishing.search.files import FOLDER as SEARCH
from gongkai.publishing.writing import write
from gongkai.source.dates import today
from jinja2 import Environment
from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("gongkai")

_WORK = "gongkai"
_FRAME_META = "frame"
_UNUSED = ("assets/javascripts/", "assets/stylesheets/")
"""The theme's scripts and style sheets, which the portal does without."""
_STYLES = "assets/portal.css"
_FEWEST_PARTS = 2
"""A page with fewer parts needs no list of contents."""


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001, FBT001
    """Tell a server from a build; make collections rare, because a dataset has no cycles.

    They took a tenth of the time of a build, and what they found was 4 MB of 3,000 reports.
    """
    PREVIEW.is_on = command == "serve"
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@dataclass(frozen=True)
class _Work:
    """What one event of a build leaves to the next."""

    publication: Publication
    frames: dict[int, Frame] = field(default_factory=dict)


def on_config(config: MkDocsConfig) -> None:
    """Read and check the data before MkDocs empties the last build's folder."""
    UNDER_WAY.close()
    PREVIEW.begin()
    data = Path(config.config_file_path).parent / "data"
    build = UNDER_WAY.enter_context(opened_build(data, today(), os.environ, Progress()))
    publication = undamaged(build, partial(_published, config))
    config.extra[_WORK] = _Work(publication)
    config.extra["policy"] = policy(is_preview=publication.settings.is_preview)
    problems = publication.build.findings.problems
    config.extra["blocking"] = [item for item in problems if item.blocks_publication]


def _published(config: MkDocsConfig, build: Build) -> Publication:
    """Check the data, and make what agencies and regions have by themselves."""
    is_preview = bool(config.extra.get("preview"))
    for problem in build.findings.problems:
        level = logging.ERROR if problem.blocks_publication else logging.DEBUG
        log.log(level, "%s", problem)
    if build.findings.blocks_publication and not is_preview:
        raise PluginError("数据没有通过检查，网站没有生成；原来的网站没有改动。")
    where = Addresses(config.use_directory_urls, config.site_url or "")
    edit_url = config.extra.get("edit_url") or ""
    return Publication(build, Settings(where, edit_url, is_preview, _identity(config))).made()


def on_build_error(error: Exception) -> None:  # noqa: ARG001
    """Let go of what the build held."""
    PREVIEW.end()
    UNDER_WAY.close()


def on_shutdown() -> None:
    """Let go of what a preview held until its end."""
    UNDER_WAY.close()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:  # noqa: ARG001
    """Have pages made when a browser asks for them."""
    application = server.get_app()
    if application is not None:
        server.set_app(PREVIEW.around(application, server.mount_path))


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add one frame page for each depth at which bulk pages live; leave out what is not used."""
    for file in [file for file in files if file.src_uri.startswith(_UNUSED)]:
        files.remove(file)
    _join(files, config)
    for depth in DEPTHS:
        name = "/".join(["frame"] * depth)
        frame = File.generated(
            config,
            f"{name}.md",
            content="---\nframe: true\n---\n",
            inclusion=InclusionLevel.NOT_IN_NAV,
        )
        files.append(frame)


def _join(files: Files, config: MkDocsConfig) -> None:
    """Send the style sheets of `extra_css` as one file: a first visit waits for one answer."""
    sheets = {path: files.get_file_from_path(path) for path in config.extra_css}
    own = [file for file in sheets.values() if file]
    for file in own:
        files.remove(file)
    content = "\n".join(file.content_string for file in own)
    files.append(File.generated(config, _STYLES, content=content))
    config.extra_css = [_STYLES, *(path for path, file in sheets.items() if file is None)]


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Tell the sitemap, which is written before the pages, of every page and its date.

    The theme's templates are told where pages live, and kept compiled for the next build.
    """
    env.bytecode_cache = compiled()
    site = _site(config)
    env.globals["to"] = addresses
    env.filters["address"] = site.addresses.address
    known = days(site.portal.dataset)
    planned = ((item.name, known.get(item.name, "")) for item in plan(site))
    config.extra["addresses"] = [
        (site.addresses.address(name), day) for name, day in chain(_dated(site, files), planned)
    ]


def _dated(site: Site, files: Files) -> Iterator[tuple[str, str]]:
    for page in (file.page for file in files.documentation_pages()):
        if page is not None and _FRAME_META not in page.meta:
            try:
                yield _name(page), changed(site, page.meta)
            except MetaError as error:
                raise PluginError(f"{page.file.src_uri}: {error}") from error


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Add to a hand-written page the lists that its front matter asks for."""
    part = page.meta.get("portal")
    if part is None:
        return html
    if part not in PARTS:
        raise PluginError(f"{page.file.src_uri}: unknown `portal: {part}`")
    return html + str(PARTS[part](_site(config)))


def on_page_context(
    context: TemplateContext,
    page: Page,
    config: MkDocsConfig,
    nav: Navigation,  # noqa: ARG001
) -> None:
    """Give a page what machines read of it and its contents, and a frame the marks for them."""
    if _FRAME_META in page.meta:
        _put(context, Slot.HEAD.mark, Slot.CONTENTS.mark)
        return
    site = _site(config)
    try:
        told = written(site, _name(page), str(page.title), page.meta, config.site_description or "")
    except MetaError as error:
        raise PluginError(f"{page.file.src_uri}: {error}") from error
    _put(context, render(site.identity, site.addresses, *told), _contents(page))


def _contents(page: Page) -> str:
    """The list of contents of a hand-written page; none where it has one part only."""
    parts = [part for top in page.toc for part in top.children]
    is_short = page.is_homepage or len(parts) < _FEWEST_PARTS
    entries = (ContentsEntry(part.id, Markup(part.title)) for part in parts)  # noqa: S704 - escaped
    return "" if is_short else contents_of(tuple(entries))


def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> None:
    """Tell machines of the page for what is missing, which is no page to MkDocs."""
    if template_name == "404.html":
        site = _site(config)
        told = missing(config.site_description or "")
        _put(context, render(site.identity, site.addresses, *told), "")


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Keep a frame and write nothing: MkDocs skips a page that comes out empty."""
    html = without_switches(output)
    if _FRAME_META not in page.meta:
        return html
    try:
        _work(config).frames[page.file.src_uri.count("/") + 1] = cut(html)
    except FrameError as error:
        raise PluginError(str(error)) from error
    return ""


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Treat the page for what is missing like any other."""
    return without_switches(output_content) if template_name.endswith(".html") else output_content


def on_post_build(config: MkDocsConfig) -> None:
    """Write all bulk pages and feeds, and fail when a report file has no page."""
    work, folder = _work(config), Path(config.site_dir)
    publication = work.publication
    if PREVIEW.is_on:
        made = artifacts(publication.site, publication.published, work.frames)
        PREVIEW.offer(folder, made, {SEARCH: publication.search})
        return
    count = undamaged(publication.build, partial(_write, work, folder))
    try:
        demand_all_reports(publication.site, count)
    except IncompleteError as error:
        raise PluginError(str(error)) from error
    pages = count[Sort.REPORT] + count[Sort.PAGE]
    files = publication.build.dataset.report_files
    log.info("%d pages published from %d report files", pages, files)
    if number := count[Sort.FEED]:
        log.info("%d feeds", number)
    else:
        log.info("no feeds: they need GONGKAI_SITE_URL, and a report with a date")
    UNDER_WAY.close()


def _write(work: _Work, folder: Path, build: Build) -> Counter[Sort]:
    publication = work.publication
    if build is not publication.build:  # what was kept turned out to be damaged
        publication = Publication(build, publication.settings).made()
    made = chain(
        artifacts(publication.site, publication.published, work.frames), publication.search()
    )
    has_robots = (folder / ROBOTS).exists()
    return write((item for item in made if item.path != ROBOTS or not has_robots), folder)


def _put(context: TemplateContext, head: str, contents: str) -> None:
    cast(dict[str, object], context).update(head=head, contents=contents)


def _identity(config: MkDocsConfig) -> Identity:
    said = config.extra
    values = (config.site_name, *(said.get(key) for key in ("sponsor", "site_id", "data_licence")))
    return Identity(*(str(value or "") for value in values))


def _name(page: Page) -> str:
    """The name that the portal has for a hand-written page; see `Addresses`."""
    name = page.file.src_uri.removesuffix(".md")
    return name.removesuffix(PurePosixPath(name).name) if page.file.name == "index" else name


def _site(config: MkDocsConfig) -> Site:
    return _work(config).publication.site


def _work(config: MkDocsConfig) -> _Work:
    return cast(_Work, config.extra[_WORK])
