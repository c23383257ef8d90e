"""Where the site leads: nowhere outside it by mistake, no dead place in feeds, data or search."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from gongkai.publishing.search.numbers import ALPHABET
from lxml import etree
from markup import address_of, values
from portal_fixture import SITE_URL, Built

REFERENCES = (
    "aria-activedescendant",
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-errormessage",
    "aria-flowto",
    "aria-labelledby",
    "aria-owns",
    "for",
    "form",
    "headers",
    "list",
)
HOST = "https://example.org/"


def is_there(made: Built, address: str) -> bool:
    """Whether an address within the site is a file, and its fragment a place in it."""
    path, fragment = urldefrag(address)
    name = unquote(urlsplit(path.removeprefix(SITE_URL)).path)
    file = f"{name}index.html" if not name or name.endswith("/") else name
    if not (made.portal.site / file).is_file():
        return False
    return not fragment or unquote(fragment) in values(made.pages[file], "//@id")


def dead(made: Built, addresses: Sequence[str]) -> list[str]:
    assert addresses
    within = [address for address in addresses if address.startswith(HOST)]
    return [item for item in within if not item.startswith(SITE_URL) or not is_there(made, item)]


def test_no_page_leads_out_of_the_folder_that_the_site_is_published_in(site: Built) -> None:
    """`../` too many works at the root of a server only, and so does `/` at the beginning."""
    schemes = set()
    for file, page in site.pages.items():
        for href in values(page, "//@href | //@src | //@action | //@cite"):
            address = urljoin(SITE_URL + address_of(file), href)
            schemes.add(urlsplit(address).scheme)
            assert not address.startswith(HOST) or address.startswith(SITE_URL), f"{file}: {href}"
            if file != "404.html":
                assert not href.startswith("/"), f"{file}: {href}"
    assert schemes <= {"http", "https", "mailto"}


def test_every_attribute_that_names_an_id_names_one_that_is_there(site: Built) -> None:
    used = set()
    for file, page in site.pages.items():
        ids = values(page, "//@id")
        assert len(set(ids)) == len(ids), file
        assert all(name and not re.search(r"\s", name) for name in ids), file
        for attribute in REFERENCES:
            for value in values(page, f"//@{attribute}"):
                used.add(attribute)
                assert set(value.split()) <= set(ids), f"{file}: {attribute}={value}"
        for pointer in values(page, "//@*[starts-with(., 'url(#')]"):
            assert pointer[5:].rstrip(")") in ids, f"{file}: {pointer}"
    assert used >= {"aria-describedby", "aria-labelledby", "for", "headers"}


def test_headings_that_figures_are_read_under_stand_in_the_same_table(site: Built) -> None:
    for file, page in site.pages.items():
        for table in page.iter("table"):
            within = set(values(table, ".//th/@id"))
            named = {name for value in values(table, ".//td/@headers") for name in value.split()}
            assert named <= within, file


def test_no_link_of_a_feed_is_dead(site: Built) -> None:
    files = [path for path in site.portal.site.rglob("*.xml") if path.name != "sitemap.xml"]
    assert files
    for path in files:
        root = etree.parse(path).getroot()
        hrefs = [str(item.get("href")) for item in root.iter("{*}link")]
        assert all(href.startswith(HOST) for href in hrefs), path
        assert dead(site, hrefs) == [], path


def test_no_address_told_to_machines_is_dead(site: Built) -> None:
    told = []
    for file, page in site.pages.items():
        for script in values(page, "//script[@type='application/ld+json']/text()"):
            base = SITE_URL + address_of(file)
            told += [urljoin(base, address) for address in addresses(json.loads(script))]
    assert len(told) > len(site.pages)
    assert dead(site, told) == []


def addresses(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON of any shape
    """Every address in JSON-LD: what its keys for addresses hold, and whatever looks like one."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and key in ("url", "item", "@id", "contentUrl", "image"):
                yield inner
            else:
                yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)


def test_no_file_named_by_a_style_is_missing(site: Built) -> None:
    for path in site.portal.site.rglob("assets/*.css"):
        for name in re.findall(r"url\(\s*[\"']?([^\"')]+)", path.read_text("utf-8")):
            if not name.startswith(("data:", "#")):
                assert (path.parent / name).resolve().is_file(), f"{path.name}: {name}"


def data_of(folder: Path, name: str) -> Any:  # noqa: ANN401 - JSON of any shape
    """What a script of the search hands over."""
    script = (folder / f"search/data/{name}.js").read_text("utf-8")
    return json.loads(f"[{script.removeprefix('gongkai.take(').rstrip().removesuffix(');')}]")[2]


@pytest.mark.site
@pytest.mark.parametrize("name", ["site", "offline_site"])
def test_every_passage_that_the_search_leads_to_has_its_place(
    name: str, request: pytest.FixtureRequest
) -> None:
    made: Built = request.getfixturevalue(name)
    catalogue = data_of(made.portal.site, "catalogue")
    plan = data_of(made.portal.site, "reports")
    ending = catalogue["suffix"] + "index.html" * catalogue["suffix"].endswith("/")
    assert plan["alphabet"] == ALPHABET
    order = sorted(made.dataset.reports, key=lambda report: -report.year)
    checked = 0
    for number, report in enumerate(order):
        page = made.pages[f"reports/{report.agency}/{report.year}{ending}"]
        ids = set(values(page, "//@id"))
        group, place = divmod(number, plan["texts"])
        for kind, fragment, *_ in data_of(made.portal.site, f"t{group}")[place]:
            assert (fragment or plan["kinds"][kind][0]) in ids, f"{report.path}: {fragment}"
            checked += 1
    assert checked > 500
