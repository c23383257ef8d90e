"""What machines are told of each kind of page."""

from collections.abc import Sequence

from gongkai import addresses
from gongkai.agencies import Agency
from gongkai.dates import moment
from gongkai.head import REPORTS, Article, Column, Feed, Head, Thing
from gongkai.regions import Region
from gongkai.reports import Report

from .page import Link, Site

Crumbs = Sequence[Link]


def of_report(site: Site, report: Report, title: str, crumbs: Crumbs) -> Head:
    """A report: a published document of its agency."""
    name = addresses.report(report.agency, report.year)
    agency = site.dataset.agencies[report.agency]
    author = agency.name_in(report.year)
    about = {
        "@type": "Report",
        "name": title,
        "url": site.addresses.public(name, name),
        "inLanguage": "zh-Hans",
        "datePublished": moment(report.published),
        "dateModified": max((item.date for item in report.corrections), default=""),
        "temporalCoverage": str(report.year),
        "spatialCoverage": site.dataset.regions[agency.region].name,
        "author": {
            "@type": "GovernmentOrganization",
            "name": author,
            "url": site.addresses.public(addresses.agency(agency.slug), name),
        },
        "isBasedOn": report.original_url,
        "publisher": _sponsor(site),
        "license": site.identity.licence,
    }
    return Head(
        article=Article(report.published, author),
        things=(_stated(about),),
        crumbs=crumbs,
        feed=feed_of(site, name, addresses.agency(agency.slug), agency.name),
    )


def of_agency(site: Site, agency: Agency, crumbs: Crumbs) -> Head:
    """An agency: the organisation itself."""
    name = addresses.agency(agency.slug)
    names = [agency.short_name, *(former.name for former in agency.former_names)]
    about = {
        "@type": "GovernmentOrganization",
        "name": agency.name,
        "alternateName": list(dict.fromkeys(filter(None, names))),
        "url": site.addresses.public(name, name),
        "sameAs": dict(agency.links).get("网站", ""),
        "identifier": agency.credit_code,
        "areaServed": site.dataset.regions[agency.region].name,
        "foundingDate": agency.life.founded,
        "dissolutionDate": agency.life.ended,
        "contactPoint": _contact(agency),
    }
    feed = feed_of(site, name, name, agency.name)
    return Head(things=(_stated(about),), crumbs=crumbs, feed=feed)


def _contact(agency: Agency) -> Thing | None:
    office = agency.office
    if office is None:
        return None
    reached = {"telephone": office.telephone, "email": office.email}
    return _stated({"@type": "ContactPoint", "name": office.name, **reached})


def of_region(site: Site, region: Region, crumbs: Crumbs) -> Head:
    """A region: the collection of its agencies' reports."""
    name = addresses.region(region.code)
    about = _list_of(site, "CollectionPage", name, spatialCoverage=region.name)
    return Head(things=(about,), crumbs=crumbs, feed=feed_of(site, name, name, region.name))


def of_region_year(
    site: Site, region: Region, year: int, words: tuple[str, str], crumbs: Crumbs
) -> Head:
    """A region in one year: a table of its agencies' figures; `words`: title and description."""
    name = addresses.region_year(region.code, year)
    about = _list_of(
        site,
        "Dataset",
        name,
        name=words[0],
        description=words[1],
        temporalCoverage=str(year),
        spatialCoverage=region.name,
        isAccessibleForFree=True,
        publisher=_sponsor(site),
        license=site.identity.licence,
    )
    above = addresses.region(region.code)
    return Head(things=(about,), crumbs=crumbs, feed=feed_of(site, name, above, region.name))


def of_year(site: Site, year: int, crumbs: Crumbs) -> Head:
    """A year: the collection of its reports."""
    name = addresses.year(year)
    about = _list_of(site, "CollectionPage", name, temporalCoverage=str(year))
    return Head(things=(about,), crumbs=crumbs, feed=feed_of(site, name))


def of_written(site: Site, name: str, column: Column = REPORTS) -> Head:
    """A hand-written page; the home page is the web site itself."""
    feed = feed_of(site, name)
    if name != addresses.HOME:
        home = Link("首页", site.addresses.linker(name)(addresses.HOME))
        return Head(column, crumbs=(home,), feed=feed)
    about = _list_of(site, "WebSite", name, name=site.identity.name, publisher=_sponsor(site))
    return Head(column, things=(about,), feed=feed)


def feed_of(site: Site, origin: str, name: str = addresses.HOME, subject: str = "") -> Feed | None:
    """The link from a page to the feed of an agency or region, or to that of all reports."""
    if not site.has_feeds:
        return None
    words = f"{subject or site.identity.name}：新发布和更正"
    return Feed(words, site.addresses.root(origin) + addresses.feed(name))


def _list_of(site: Site, kind: str, page: str, /, **said: object) -> Thing:
    url = site.addresses.public(page, page)
    return _stated({"@type": kind, "url": url, "inLanguage": "zh-Hans", **said})


def _sponsor(site: Site) -> Thing | None:
    name = site.identity.sponsor
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _stated(said: Thing) -> Thing:
    """Only what is known."""
    return {key: value for key, value in said.items() if value}
