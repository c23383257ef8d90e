"""Atom feeds (RFC 4287) of what was published or corrected: all, by region and by agency."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
    """A feed: the page that it belongs to, and what it tells of, newest first."""

    page: str
    title: str
    events: tuple[Event, ...]


def artifacts(site: Site) -> Iterator[Artifact]:
    """Yield a feed for the portal and for every region and agency.

    There is none where the site's address is not known, which links and ids need.
    """
    if not site.has_feeds:
        return
    newest = _newest(site)
    for page, title in _subjects(site):
        feed = Feed(page, title, tuple(newest.get(page, ())))
        yield text(addresses.feed(page), Sort.FEED, partial(_document, site, feed))


def _subjects(site: Site) -> Iterator[tuple[str, str]]:
    """Whatever has a feed: the name of its page, and what it is called."""
    yield addresses.HOME, site.identity.name
    for region in site.portal.dataset.regions.values():
        if site.portal.territory.has(region):
            yield addresses.region(region.code), region.name
    for agency in site.portal.dataset.agencies.values():
        yield addresses.agency(agency.slug), agency.name


def _newest(site: Site) -> Mapping[str, list[Event]]:
    """The newest events, by the name of the page whose feed tells of them."""
    dataset = site.portal.dataset
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in site.portal.events:
        agency = dataset.agencies[event.report.agency]
        regions = lineage(dataset.regions, agency.region)
        pages = (addresses.agency(agency.slug), *(addresses.region(item.code) for item in regions))
        for page in (addresses.HOME, *pages):
            if len(found[page]) < MOST:
                found[page].append(event)
    return found


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
    updated = feed.events[0].moment if feed.events else site.portal.changed
    own = site.addresses.site_url + addresses.feed(feed.page)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">\n'
        f"<id>{_id(site, addresses.feed(feed.page))}</id>\n"
        f"<title>{escape(feed.title)}：新发布和更正</title>\n<updated>{_instant(updated)}</updated>\n"
        f"<author><name>{escape(site.identity.sponsor or site.identity.name)}</name></author>\n"
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}"/>\n'
        f'<link href="{escape(site.addresses.public(feed.page, ""))}"/>\n'
        f"{''.join(_entry(site, event) for event in feed.events)}</feed>\n"
    )


def _id(site: Site, name: str) -> str:
    parts = urlsplit(site.addresses.site_url)
    host = (parts.hostname or "").encode("idna").decode()
    return escape(f"tag:{host},{_MINTED}:{parts.path}{name}")


def _instant(day: str) -> str:
    """The instant of a date; Atom knows no days, so a day begins at midnight in China."""
    stated = with_zone(day)
    return stated if "T" in stated else stated + _MIDNIGHT
