"""What machines read of a page: one value for each page, and one renderer for all."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from markupsafe import escape

from .addresses import Addresses

COLUMN_TYPES = (
    "首页",
    "概况信息",
    "机构职能",
    "负责人信息",
    "工作动态",
    "政策文件",
    "信息公开指南",
    "信息公开目录",
    "信息公开年报",
    "依申请公开",
    "数据发布",
    "数据开放",
    "政策解读",
    "回应关切",
    "办事服务",
    "咨询投诉",
    "征集调查",
    "在线访谈",
)
"""The kinds of columns that 国办发〔2017〕47号 knows."""
ANNUAL_REPORTS = "信息公开年报"
JsonLd = Mapping[str, object]
"""An object of schema.org, as JSON-LD says it."""


class SiteColumn(NamedTuple):
    """The part of the site that a page belongs to (网页标签规范: 栏目标签)."""

    name: str
    description: str
    keywords: str
    type: str
    """One of `COLUMN_TYPES`."""


REPORTS = SiteColumn(
    "政府信息公开年度报告",
    "各级行政机关政府信息公开工作年度报告和法定统计表",
    "政府信息公开,年度报告,统计表",
    ANNUAL_REPORTS,
)
"""The column of reports and of the lists that lead to them."""


class Article(NamedTuple):
    """What a page with one published document says of it (网页标签规范: 内容页标签)."""

    published: str
    """`YYYY-MM-DD HH:MM`; only the day where no more is known, empty where not even that is."""
    source: str
    """Whose document it is."""


class FeedLink(NamedTuple):
    """A feed that tells of what is new on a page: its title and the link to it."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Head:
    """What machines read of a page beside its title and its description."""

    column: SiteColumn = REPORTS
    article: Article | None = None
    about: tuple[JsonLd, ...] = ()
    """What the page is about."""
    crumbs: Sequence[tuple[str, str]] = ()
    """What lies above the page, from the home page on: words and links."""
    feed: FeedLink | None = None
    is_listed: bool = True
    """Whether the page has an address of its own that search engines may keep."""


class Identity(NamedTuple):
    """Who publishes the portal, as `mkdocs.yml` says it; empty where nothing is said."""

    name: str = ""
    sponsor: str = ""
    """主办单位."""
    site_id: str = ""
    """网站标识码."""
    licence: str = ""
    """The address of the terms under which the data may be used."""


NOBODY = Identity()
"""Nothing is said."""


class PageMeta(Protocol):
    """A page, as far as machines are told of it."""

    @property
    def name(self) -> str:
        """As `Addresses` knows it."""

    @property
    def title(self) -> str:
        """Its own title, without the site's name."""

    @property
    def description(self) -> str:
        """One sentence."""


def render(identity: Identity, addresses: Addresses, page: PageMeta, head: Head) -> str:
    """Return the elements of a page's head that tell what it is, as finished HTML."""
    title = page.title if page.title == identity.name else f"{page.title} - {identity.name}"
    lines = [f"<title>{escape(title)}</title>"]
    lines += (_meta(*item) for item in _tags(identity, addresses, page, head) if item[-1])
    if head.is_listed and addresses.site_url:
        lines.append(f'<link rel="canonical" href="{escape(_own(addresses, page))}">')
    if head.feed:
        label, href = head.feed
        kind = 'rel="alternate" type="application/atom+xml"'
        lines.append(f'<link {kind} title="{escape(label)}" href="{escape(href)}">')
    return "\n".join((*lines, *_structured(addresses, page, head)))


def _own(addresses: Addresses, page: PageMeta) -> str:
    return addresses.site_url + addresses.address(page.name)


def _tags(
    identity: Identity, addresses: Addresses, page: PageMeta, head: Head
) -> Iterator[tuple[str, str, str]]:
    """Yield the tags of site, column and document: name, Open Graph property, content.

    Where both vocabularies ask for the same, one element says it.
    """
    host = urlsplit(addresses.site_url).netloc
    yield "description", "og:description", page.description
    yield "SiteName", "og:site_name", identity.name
    yield "SiteDomain", "", host
    yield "SiteIDCode", "", identity.site_id
    if not head.is_listed:
        yield "robots", "", "noindex"
        return
    yield "ColumnName", "", head.column.name
    yield "ColumnDescription", "", head.column.description
    yield "ColumnKeywords", "", head.column.keywords
    yield "ColumnType", "", head.column.type
    article = head.article
    yield "ArticleTitle" if article else "", "og:title", page.title
    if article:
        yield "PubDate", "", article.published
        yield "ContentSource", "", article.source
        yield "Author", "", article.source
    yield "Url" if article else "", "og:url", _own(addresses, page) if addresses.site_url else ""
    yield "", "og:type", "article" if article else "website"
    yield "", "og:locale", "zh_CN"


def _meta(name: str, prop: str, content: str) -> str:
    names = f' name="{name}"' if name else ""
    props = f' property="{prop}"' if prop else ""
    return f'<meta{names}{props} content="{escape(content)}">'


_AS_DATA = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&'"})


def _structured(addresses: Addresses, page: PageMeta, head: Head) -> Iterator[str]:
    """Yield the block of JSON-LD, if there is anything to say."""
    graph = [*head.about]
    if head.crumbs:
        graph.append(_breadcrumbs(addresses, page, head.crumbs))
    if graph:
        said = {"@context": "https://schema.org", "@graph": graph}
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        yield f'<script type="application/ld+json">{text.translate(_AS_DATA)}</script>'


def _breadcrumbs(addresses: Addresses, page: PageMeta, crumbs: Sequence[tuple[str, str]]) -> JsonLd:
    root = addresses.root(page.name)
    items: list[dict[str, object]] = [
        {"name": words, "item": addresses.site_url + href.removeprefix(root)}
        if addresses.site_url
        else {"name": words, "item": href}
        for words, href in crumbs
    ]
    items.append({"name": page.title})
    steps = [
        {"@type": "ListItem", "position": index, **item} for index, item in enumerate(items, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
