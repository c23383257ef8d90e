"""Regions and what lies in them, also where the data is still wrong and only previewed."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest
from gongkai.analysis.composition import Composition, compose
from gongkai.analysis.portal import portal_of
from gongkai.analysis.territory import region_index
from gongkai.checks.names import Names, Owner
from gongkai.checks.run import check
from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset, load
from gongkai.data.regions import Region, RegionTree, lineage
from gongkai.exports.csv_tables import artifacts as tables
from gongkai.forms.kinds import GOVERNMENT, TOWNSHIP
from gongkai.html.addresses import Addresses
from gongkai.html.site import Site
from gongkai.pages.home import PARTS
from gongkai.publishing.feeds import artifacts as feeds
from gongkai.publishing.paging import finished
from gongkai.publishing.plan import of_agency, plan
from single_report import PORTAL
from small_portal import SMALL
from today import TODAY

SOUND = load(SMALL)
OFFICE = next(iter(SOUND.agencies.values()))
UNKNOWN = "999999"


def moved(code: str) -> Dataset:
    """The small portal with its first agency in another region."""
    return replace(SOUND, agencies={**SOUND.agencies, OFFICE.slug: replace(OFFICE, region=code)})


def with_regions(*regions: Region) -> Dataset:
    """The small portal with other regions, its first agency in the first of them."""
    dataset = replace(SOUND, regions={region.code: region for region in regions})
    agencies = {
        slug: replace(item, region=regions[0].code) for slug, item in SOUND.agencies.items()
    }
    return replace(dataset, agencies=agencies)


def region(code: str, parent: str = "") -> Region:
    return Region(code, f"地区{code}", parent, "")


WRONG = {
    "an unknown region": moved(UNKNOWN),
    "no region at all": moved(""),
    "a region in a circle": with_regions(region("110000", "120000"), region("120000", "110000")),
    "a region above itself": with_regions(region("110000", "110000")),
    "an unknown parent": with_regions(region("110000", UNKNOWN)),
}
SLIPS = pytest.mark.parametrize("dataset", WRONG.values(), ids=WRONG)


def previewed(dataset: Dataset) -> Site:
    return Site(
        portal_of(dataset, check(dataset, TODAY)),
        Addresses(site_url="https://example.gov.cn/annual/"),
        is_preview=True,
    )


@SLIPS
def test_a_preview_makes_everything(dataset: Dataset) -> None:
    site = previewed(dataset)
    assert f"agencies/{OFFICE.slug}" in {finished(site, planned).name for planned in plan(site)}
    assert all(artifact.make() for artifact in chain(feeds(site), tables(site.portal)))
    assert all(part(site) for part in PARTS.values())


def placed(composition: Composition) -> list[str]:
    """The agencies of a composition, each as often as it stands in a list."""
    entries = chain(
        composition.included,
        composition.missing,
        composition.not_required,
        composition.own_government,
        (item.entry for item in composition.included_elsewhere),
    )
    return sorted(entry.agency.slug for entry in entries)


@SLIPS
def test_every_agency_is_still_in_exactly_one_list(dataset: Dataset) -> None:
    portal = portal_of(dataset, check(dataset, TODAY))
    for code in ("", *dataset.regions):
        expected = sorted(
            agency.slug
            for agency in dataset.agencies.values()
            if not code or code in codes(dataset, agency)
        )
        for year in portal.ledger.years:
            assert placed(compose(portal.ledger, code, year)) == expected


def codes(dataset: Dataset, agency: Agency) -> list[str]:
    return [item.code for item in lineage(dataset.regions, agency.region)]


def test_an_agency_of_an_unknown_region_goes_by_its_code_and_has_no_link_to_it() -> None:
    site = previewed(WRONG["an unknown region"])
    text = finished(site, of_agency(site, site.portal.dataset.agencies[OFFICE.slug])).body
    assert f"<li>{UNKNOWN}</li>" in text
    assert f"regions/{UNKNOWN}" not in text
    assert f"regions/{UNKNOWN}" not in PARTS["disclosure"](site)


def test_a_region_under_an_unknown_one_is_listed_with_the_outermost() -> None:
    index = region_index(WRONG["an unknown parent"])
    assert [item.code for item in index.tops] == ["110000"]


@pytest.mark.parametrize("dataset", [SOUND, PORTAL], ids=["small", "real"])
def test_counts_include_the_regions_below(dataset: Dataset) -> None:
    index = region_index(dataset)
    for code, item in dataset.regions.items():
        agencies = [each for each in dataset.agencies.values() if code in codes(dataset, each)]
        reports = list(chain.from_iterable(dataset.by_agency[each.slug] for each in agencies))
        assert index.has(item) == bool(agencies)
        assert index.agency_count(code) == len(agencies)
        assert index.report_count.get(code, 0) == len(reports)
        assert index.report_years.get(code, ()) == tuple(
            sorted({report.year for report in reports}, reverse=True)
        )
        for year in dataset.years:
            count = sum(1 for report in reports if report.year == year)
            assert index.reports_in_year.get((code, year), 0) == count


def near(dataset: Dataset, agency: Agency) -> Iterator[Owner]:
    """Whose names an agency may use, as the rule is worded: region by region, agency by agency."""
    above = codes(dataset, agency)
    below = [code for code in dataset.regions if agency.region in above_of(dataset, code)]
    for code in (*above, *below):
        yield Owner(code, is_region=True)
    for other in dataset.agencies.values():
        is_above = other.region in above and other.kind == GOVERNMENT
        is_below = other.region in below and other.kind in (GOVERNMENT, TOWNSHIP)
        is_township = other.region == agency.region and other.kind == TOWNSHIP
        is_led = agency.kind == GOVERNMENT and other.region in (agency.region, *below)
        if is_above or is_below or is_township or is_led:
            yield Owner(other.slug, is_region=False)


def above_of(dataset: Dataset, code: str) -> list[str]:
    return [item.code for item in lineage(dataset.regions, dataset.regions[code].parent)]


def test_below_a_region_is_whatever_is_below_those_below_it() -> None:
    codes = ["110000", "110100", "110101", "110102"]
    parents = ["", *codes[:2], codes[1]]
    tree = RegionTree(
        {code: region(code, above) for code, above in zip(codes, parents, strict=True)}
    )
    assert tree.below("110000") == {"110100", "110101", "110102"}
    assert tree.below("110100") == {"110101", "110102"}
    assert tree.below("110101") == tree.below(UNKNOWN) == frozenset()


def variants() -> Iterator[Dataset]:
    """The real portal, and it with agencies as governments or townships."""
    yield PORTAL
    for kind in (GOVERNMENT, TOWNSHIP):
        agencies = {
            slug: replace(agency, kind=kind) if place % 3 else agency
            for place, (slug, agency) in enumerate(PORTAL.agencies.items())
        }
        yield replace(PORTAL, agencies=agencies)


@pytest.mark.parametrize("dataset", [*variants()], ids=["as it is", "governments", "townships"])
def test_names_that_an_agency_may_use_are_found_region_by_region(dataset: Dataset) -> None:
    names = Names(dataset)
    for agency in dataset.agencies.values():
        assert names.near(agency) == frozenset(near(dataset, agency))
