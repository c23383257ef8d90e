"""The way from the home page down to a page."""

from collections.abc import Sequence

from gongkai.data.agencies import Agency
from gongkai.data.regions import Region
from gongkai.html import addresses
from gongkai.html.site import Site

from .page import Link


def trail(
    site: Site, origin: str, regions: Sequence[Region], agency: Agency | None = None
) -> tuple[Link, ...]:
    """Return links to what lies above a page: home, regions from the outermost, the agency."""
    link = site.addresses.linker(origin)
    found = [Link("首页", link(addresses.HOME))]
    found += [Link(region.name, link(addresses.region(region.code))) for region in regions]
    if agency is not None:
        found.append(Link(agency.name, link(addresses.agency(agency.slug))))
    return tuple(found)
