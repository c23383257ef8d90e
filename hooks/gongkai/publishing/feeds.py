"""Atom feeds (RFC 4287) of what was published or corrected: all, by region and by agency."""

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import NamedTuple
from urllib.parse import urlsplit

from gongkai.analysis.events import Event
from gongkai.data.regions import lineage
from gongkai.html import addresses
from gongkai.html.artifacts import Artifact, Sort, text
from gongkai.html.site import Site
from gongkai.source.dates import with_zone

MOST = 50
"""How many entries a feed has at most: the newest."""
_MINTED = "2026"
"""The year in the `tag:` ids (RFC 4151), which never change: not a year of the data."""
_MIDNIGHT = "T00:00:00+08:00"


class Feed(NamedTuple):
    """A feed: the page that it belongs to, and its entries as finished XML, newest first."""

    page: str
    title: str
    entries: list[str]


def artifacts(site: Site) -> Iterator[Artifact]:
    """Yield a feed for the portal and for every region and agency."""
    for feed in gather(site):
        yield text(addresses.feed(feed.page), Sort.FEED, partial(_document, site, feed))


def gather(site: Site) -> tuple[Feed, ...]:
    """Make all feeds; none where the site's address is not known, which links and ids need."""
    if not site.has_feeds:
        return ()
    feeds = {feed.page: feed for feed in _empty(site)}
    for event in site.portal.events:
        agency = site.portal.dataset.agencies[event.report.agency]
        regions = lineage(site.portal.dataset.regions, agency.region)
        pages = (addresses.agency(agency.slug), *(addresses.region(item.code) for item in regions))
        wanting = [feeds[page] for page in ("", *pages) if len(feeds[page].entries) < MOST]
        entry = _entry(site, event) if wanting else ""
        for feed in wanting:
            feed.entries.append(entry)
    return tuple(feeds.values())


def _empty(site: Site) -> Iterator[Feed]:
    yield Feed(addresses.HOME, site.identity.name, [])
    for region in site.portal.dataset.regions.values():
        if site.portal.territory.has(region):
            yield Feed(addresses.region(region.code), region.name, [])
    for agency in site.portal.dataset.agencies.values():
        yield Feed(addresses.agency(agency.slug), agency.name, [])


def _entry(site: Site, event: Event) -> str:
    report, url = event.report, site.addresses.public
    agency = site.portal.dataset.agencies[report.agency].name_in(report.year)
    when = _instant(event.moment)
    title = f"更正：{event.title}" if event.correction else event.title
    words = event.correction or f"发布：{event.title}"
    return (
        f"<entry>\n<id>{_id(site, _name(event))}</id>\n<title>{escape(title)}</title>\n"
        f"<published>{when}</published>\n<updated>{when}</updated>\n"
        f"<author><name>{escape(agency)}</name></author>\n"
        f'<link href="{escape(url(addresses.report(report.agency, report.year), ""))}"/>\n'
        f"<summary>{escape(words)}</summary>\n</entry>\n"
    )


def _name(event: Event) -> str:
    """What an event is known by for ever, relative to the site."""
    name = addresses.report(event.report.agency, event.report.year)
    if not event.correction:
        return name
    return f"{name}/{event.moment}" + (f"/{event.number}" if event.number > 1 else "")


def _document(site: Site, feed: Feed) -> str:
    newest = feed.entries[0] if feed.entries else ""
    updated = newest.partition("<updated>")[2].partition("<")[0] or _instant(site.portal.changed)
    own = site.addresses.site_url + addresses.feed(feed.page)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n'
        f"<id>{_id(site, addresses.feed(feed.page))}</id>\n"
        f"<title>{escape(feed.title)}：新发布和更正</title>\n<updated>{updated}</updated>\n"
        f"<author><name>{escape(site.identity.sponsor or site.identity.name)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}"/>\n'
        f'<link href="{escape(site.addresses.public(feed.page, ""))}"/>\n'
        f"{''.join(feed.entries)}</feed>\n"
    )


def _id(site: Site, name: str) -> str:
    parts = urlsplit(site.addresses.site_url)
    host = (parts.hostname or "").encode("idna").decode()
    return escape(f"tag:{host},{_MINTED}:{parts.path}{name}")


def _instant(day: str) -> str:
    """The instant of a date; Atom knows no days, so a day begins at midnight in China."""
    stated = with_zone(day)
    return stated if "T" in stated else stated + _MIDNIGHT
