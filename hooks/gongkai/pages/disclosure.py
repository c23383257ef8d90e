"""The page 政府信息公开: where the four parts of an agency's disclosure are found."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from gongkai.data.agencies import Agency
from gongkai.data.regions import Region
from gongkai.html import addresses
from gongkai.html.site import Site
from gongkai.html.templating import render

from .page import Link

GUIDE = ("公开指南", "依申请公开", "网站")
CONTENTS = ("法定主动公开内容", "公开目录", "网站")
"""The official pages that help with a part; the first is the part itself."""


class Known(NamedTuple):
    """An agency with official pages for a part."""

    agency: Agency
    links: tuple[Link, ...]


class Directory(NamedTuple):
    """Where agencies have a part: those whose address is known, and the others by region."""

    known: tuple[Known, ...]
    unknown: tuple[tuple[Region, int], ...]

    @property
    def total(self) -> int:
        """The number of all agencies."""
        return len(self.known) + sum(count for _, count in self.unknown)


def disclosure(site: Site) -> Markup:
    """The four parts that a disclosure platform has, each with where it is found."""
    return render(
        "disclosure.html.j2",
        link=site.addresses.linker(addresses.DISCLOSURE),
        to=addresses,
        guide=_directory(site, GUIDE),
        contents=_directory(site, CONTENTS),
        regions=site.portal.dataset.regions,
        documents=site.portal.dataset.vocabulary.documents,
    )


def _directory(site: Site, kinds: tuple[str, ...]) -> Directory:
    dataset = site.portal.dataset
    known, unknown = [], Counter[Region]()
    for agency in dataset.agencies.values():
        found = tuple(_links(agency, kinds))
        if found:
            known.append(Known(agency, found))
        else:
            unknown[dataset.region_of(agency)] += 1
    return Directory(tuple(known), tuple(unknown.items()))


def _links(agency: Agency, kinds: tuple[str, ...]) -> Iterator[Link]:
    stated = dict(agency.links)
    return (Link(kind, stated[kind]) for kind in kinds if kind in stated)
