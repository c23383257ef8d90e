"""What machines are told of each kind of page."""

from gongkai.data.agencies import Agency
from gongkai.data.regions import Region, lineage
from gongkai.data.reports import Report
from gongkai.html import addresses
from gongkai.html.metadata import REPORTS, Article, FeedLink, Head, JsonLd, SiteColumn
from gongkai.html.site import Site
from gongkai.source.dates import with_zone

from .crumbs import trail
from .page import Link, Page


def of_report(site: Site, report: Report, page: Page) -> Head:
    """A report: a published document of its agency."""
    agency = site.portal.dataset.agencies[report.agency]
    author = agency.name_in(report.year)
    crumbs = trail(site, page.name, lineage(site.portal.dataset.regions, agency.region), agency)
    about = {
        "@type": "Report",
        "name": page.title,
        "url": site.addresses.public(page.name, page.name),
        "inLanguage": "zh-Hans",
        "datePublished": with_zone(report.published),
        "dateModified": max((item.date for item in report.corrections), default=""),
        "temporalCoverage": str(report.year),
        "spatialCoverage": site.portal.dataset.region_of(agency).name,
        "author": {
            "@type": "GovernmentOrganization",
            "name": author,
            "url": site.addresses.public(addresses.agency(agency.slug), page.name),
        },
        "isBasedOn": report.original_url,
        "publisher": _sponsor(site),
        "license": site.identity.licence,
    }
    return Head(
        article=Article(report.published, author),
        about=(_stated(about),),
        crumbs=crumbs,
        feed=feed_of(site, page.name, addresses.agency(agency.slug), agency.name),
    )


def of_agency(site: Site, agency: Agency, page: Page) -> Head:
    """An agency: the organisation itself."""
    names = [agency.short_name, *(former.name for former in agency.former_names)]
    crumbs = trail(site, page.name, lineage(site.portal.dataset.regions, agency.region))
    about = {
        "@type": "GovernmentOrganization",
        "name": agency.name,
        "alternateName": list(dict.fromkeys(filter(None, names))),
        "url": site.addresses.public(page.name, page.name),
        "sameAs": dict(agency.links).get("网站", ""),
        "identifier": agency.credit_code,
        "areaServed": site.portal.dataset.region_of(agency).name,
        "foundingDate": agency.life.founded,
        "dissolutionDate": agency.life.ended,
        "contactPoint": _contact(agency),
    }
    feed = feed_of(site, page.name, page.name, agency.name)
    return Head(about=(_stated(about),), crumbs=crumbs, feed=feed)


def _contact(agency: Agency) -> JsonLd | None:
    office = agency.office
    if office is None:
        return None
    reached = {"telephone": office.telephone, "email": office.email}
    return _stated({"@type": "ContactPoint", "name": office.name, **reached})


def of_region(site: Site, region: Region, page: Page) -> Head:
    """A region: the collection of its agencies' reports."""
    crumbs = trail(site, page.name, lineage(site.portal.dataset.regions, region.code)[:-1])
    about = _list_of(site, "CollectionPage", page.name, spatialCoverage=region.name)
    return Head(
        about=(about,), crumbs=crumbs, feed=feed_of(site, page.name, page.name, region.name)
    )


def of_region_year(site: Site, region: Region, year: int, page: Page) -> Head:
    """A region in one year: a table of its agencies' figures."""
    crumbs = trail(site, page.name, lineage(site.portal.dataset.regions, region.code))
    about = _list_of(
        site,
        "Dataset",
        page.name,
        name=page.title,
        description=page.description,
        temporalCoverage=str(year),
        spatialCoverage=region.name,
        isAccessibleForFree=True,
        publisher=_sponsor(site),
        license=site.identity.licence,
    )
    above = addresses.region(region.code)
    return Head(about=(about,), crumbs=crumbs, feed=feed_of(site, page.name, above, region.name))


def of_year(site: Site, year: int, page: Page) -> Head:
    """A year: the collection of its reports."""
    crumbs = (
        *trail(site, page.name, ()),
        Link("年度", site.addresses.linker(page.name)(addresses.YEARS)),
    )
    about = _list_of(site, "CollectionPage", page.name, temporalCoverage=str(year))
    return Head(about=(about,), crumbs=crumbs, feed=feed_of(site, page.name))


def of_written(site: Site, name: str, column: SiteColumn = REPORTS) -> Head:
    """A hand-written page; the home page is the web site itself."""
    feed = feed_of(site, name)
    if name != addresses.HOME:
        home = Link("首页", site.addresses.linker(name)(addresses.HOME))
        return Head(column, crumbs=(home,), feed=feed)
    about = _list_of(site, "WebSite", name, name=site.identity.name, publisher=_sponsor(site))
    return Head(column, about=(about,), feed=feed)


def feed_of(
    site: Site, origin: str, name: str = addresses.HOME, subject: str = ""
) -> FeedLink | None:
    """The link from a page to the feed of an agency or region, or to that of all reports."""
    if not site.has_feeds:
        return None
    words = f"{subject or site.identity.name}：新发布和更正"
    return FeedLink(words, site.addresses.root(origin) + addresses.feed(name))


def _list_of(site: Site, kind: str, page: str, /, **said: object) -> JsonLd:
    url = site.addresses.public(page, page)
    return _stated({"@type": kind, "url": url, "inLanguage": "zh-Hans", **said})


def _sponsor(site: Site) -> JsonLd | None:
    name = site.identity.sponsor
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _stated(said: JsonLd) -> JsonLd:
    """Only what is known."""
    return {key: value for key, value in said.items() if value}
