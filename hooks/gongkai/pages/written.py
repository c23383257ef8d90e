"""Hand-written pages, as far as machines are told of them: by their front matter."""

from collections.abc import Mapping

from markupsafe import Markup

from gongkai.html import addresses
from gongkai.html.metadata import ANNUAL_REPORTS, COLUMN_TYPES, REPORTS, Head, SiteColumn
from gongkai.html.site import Site
from gongkai.source.dates import DAY

from . import metadata
from .page import Page


class MetaError(Exception):
    """The front matter says what cannot be used."""


def written(
    site: Site, name: str, title: str, meta: Mapping[str, object], about: str
) -> tuple[Page, Head]:
    """Describe a hand-written page: its title and description, and what else is told of it.

    Args:
        site: what pages are made from.
        name: the page's name; see `Addresses`.
        title: its title, perhaps with markup.
        meta: its front matter: `description`, and of a column of its own `column` (a type) and
            `keywords`.
        about: the description of a page that has none.

    Raises:
        MetaError: the type of column does not exist.
    """
    words = Markup(title).striptags() if name else site.identity.name  # noqa: S704 - only text left
    description = str(meta.get("description") or about)
    head = metadata.of_written(site, name, _column(name, words, meta, description))
    return Page(name, words, description, Markup()), head


def _column(name: str, title: str, meta: Mapping[str, object], description: str) -> SiteColumn:
    kind = str(meta.get("column") or ("首页" if name == addresses.HOME else ANNUAL_REPORTS))
    if kind not in COLUMN_TYPES:
        raise MetaError(f"column：没有“{kind}”这种栏目，写{'、'.join(COLUMN_TYPES)}之一。")
    label = "首页" if name == addresses.HOME else title
    keywords = str(meta.get("keywords") or REPORTS.keywords)
    return SiteColumn(label, description, keywords, kind)


def changed(site: Site, meta: Mapping[str, object]) -> str:
    """The day on which a hand-written page last changed; empty if not known.

    A page with a part made from the data changes with the data; another says `updated` itself.

    Raises:
        MetaError: what it says is no day.
    """
    stated = str(meta.get("updated", ""))
    if stated and not DAY.fullmatch(stated):
        raise MetaError(f"updated：“{stated}”不是日期，写 2026-01-20 这样的日期。")
    return max(stated, site.portal.changed if "portal" in meta else "")


def missing(about: str) -> tuple[Page, Head]:
    """The page that is shown where there is none; it has no address of its own."""
    return Page("", "没有找到这一页", about, Markup()), Head(is_listed=False)
