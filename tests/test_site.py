"""The real portal as it is published: every figure, every link, every page."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from markup import (
    PARTS,
    address_of,
    dead_links,
    found,
    ids_of,
    links,
    only,
    outer_addresses,
    text,
    texts,
    values,
    wrong_figures,
    wrong_grids,
    wrong_missing_rows,
    wrong_references,
)
from portal_data import DATA, ROOT
from portal_fixture import SEED, SITE_URL, Built, Variant, built
from printed import Report, load, reports

REPORTS = reports(DATA)
SEED_PAGE = f"reports/{SEED}/index.html"
BY_FILE = {report.page: report for report in REPORTS}
FIGURES_ONLY = "仅统计数据"
ON_DISK = "file:///site/"


def every(built_site: Built, *kinds: str) -> dict[str, HtmlElement]:
    return {file: page for file, page in built_site.pages.items() if file.startswith(kinds)}


def published(built_site: Built) -> Iterator[tuple[HtmlElement, Report]]:
    """Every report with its page."""
    return ((built_site.pages[report.page], report) for report in REPORTS)


def wrong(
    built_site: Built, check: Callable[[HtmlElement, Report], Iterator[str]]
) -> dict[str, list[str]]:
    """What a check finds on the pages of the reports."""
    found_on = {report.page: list(check(page, report)) for page, report in published(built_site)}
    return {file: words for file, words in found_on.items() if words}


def test_the_build_says_nothing_that_needs_attention(site: Built) -> None:
    assert site.process.returncode == 0
    assert not re.findall(
        r"^.*(?:WARNING|ERROR|Traceback|Deprecat).*$", site.process.stdout, re.MULTILINE
    )


def test_every_report_file_has_a_page_and_every_page_a_file(site: Built) -> None:
    assert set(every(site, "reports/")) == set(BY_FILE)
    assert len(site.dataset.reports) == len(REPORTS) == len(list(DATA.glob("agencies/*/2*.yaml")))


def test_every_figure_stands_under_its_full_heading_path_with_the_text_of_the_file(
    site: Built,
) -> None:
    assert wrong(site, wrong_figures) == {}


def test_rows_that_the_original_lacks_are_one_merged_cell(site: Built) -> None:
    assert wrong(site, wrong_missing_rows) == {}


def test_no_statutory_table_has_a_figure_that_the_file_does_not_state(site: Built) -> None:
    for page, report in published(site):
        known = {figure.address for line in report.lines for figure in line.figures}
        assert (
            set(values(page, "//table[contains(@class, 'statutory')]//td[@headers]/@id")) <= known
        )


def test_the_data_has_rows_that_the_original_lacks_and_cells_that_are_not_recorded() -> None:
    states = {figure.text for item in REPORTS for line in item.lines for figure in line.figures}
    assert {"原件无此行", "未录", "空", "0"} <= states


def test_merged_cells_tile_every_table(site: Built) -> None:
    assert [
        f"{file}: {words}" for file, page in site.pages.items() for words in wrong_grids(page)
    ] == []


def test_ids_are_unique_and_named_ids_exist(site: Built) -> None:
    references = {file: list(wrong_references(page)) for file, page in site.pages.items()}
    assert {file: words for file, words in references.items() if words} == {}


def test_every_table_of_figures_has_a_caption_that_names_it(site: Built) -> None:
    for file, shown in every(site, "reports/", "agencies/", "regions/", "years/").items():
        for table in found(shown, "//table"):
            assert text(only(table, "./caption")).strip(), file
    for item in REPORTS:
        agency = load(DATA / "agencies" / item.slug / "agency.yaml")["全称"]
        captions = texts(site.pages[item.page], "//table[contains(@class, 'statutory')]/caption")
        headings = [part.heading for part in item.parts if part.tables]
        assert len(captions) == len(headings)
        for caption, heading in zip(captions, headings, strict=True):
            assert heading in caption
            assert agency in caption or f"{item.year}" in caption


def test_the_six_parts_stand_in_order_under_their_printed_headings(site: Built) -> None:
    for page, report in published(site):
        shown = found(page, PARTS)
        assert [text(heading) for heading in shown] == [part.heading for part in report.parts]
        assert [heading.get("id") for heading in shown] == [part.id for part in report.parts]
        assert len(shown) == 6


def test_the_list_of_contents_names_the_six_parts(site: Built) -> None:
    for page, report in published(site):
        entries = found(page, "//nav[@class='contents']/ol/li/a")
        assert [text(entry) for entry in entries] == [part.heading for part in report.parts]
        assert [entry.get("href") for entry in entries] == [f"#{part.id}" for part in report.parts]


def test_the_text_of_the_seed_is_printed_character_by_character(site: Built) -> None:
    shown = site.pages[SEED_PAGE]
    parts = [part for part in BY_FILE[SEED_PAGE].parts if part.paragraphs]
    assert len(parts) == 3
    for part in parts:
        prose = found(shown, f"//section[@aria-labelledby='{part.id}']/div[@class='prose']/*")
        assert tuple(text(paragraph) for paragraph in prose) == part.paragraphs


def test_sub_headings_of_the_seed_are_headings(site: Built) -> None:
    headings = texts(site.pages[SEED_PAGE], "//section[@aria-labelledby='overview']//h3")
    assert [heading[:3] for heading in headings] == ["(一)", "(二)", "(三)", "(四)", "(五)", "(六)"]


def test_the_channels_of_the_seed_are_a_table_with_their_sum(site: Built) -> None:
    table = only(site.pages[SEED_PAGE], "//table[@class='channels']")
    stated: Any = BY_FILE[SEED_PAGE].stated["主动公开渠道"]
    rows = found(table, "./tbody/tr")
    assert [texts(row, "./td") for row in rows] == [
        [item["渠道"], item["条数"]] for item in stated["明细"]
    ]
    for row, item in zip(rows, stated["明细"], strict=True):
        parts = [f"{name} {number}" for name, number in item.get("其中", {}).items()]
        assert texts(row, "./th//li") == parts
        assert text(only(row, "./th")).startswith(item["内容"])
    assert sum(int(number) for number in texts(table, "./tbody/tr/td[last()]")) == 477
    assert texts(table, "./tfoot//td") == [stated["合计"]] == ["477"]


def test_explained_findings_are_marked_and_explained_beside_their_table(site: Built) -> None:
    for page, report in published(site):
        ids = ids_of(page)
        explained = set()
        for note in found(page, "//section/div[@class='notes']/dl/div"):
            section = next(note.iterancestors("section"))
            for link in found(note, ".//ul//a"):
                cell = ids[link.get("href", "").removeprefix("#")]
                assert cell in section.iterdescendants("td")
                assert note.get("id") in cell.get("aria-describedby", "").split()
                explained.add(cell)
        assert explained == set(found(page, "//td[@aria-describedby] | //td[@data-note]"))
        stated: dict[str, str] = report.stated.get("说明", {})
        notes = [(key.split("·")[0], words) for key, words in stated.items()]
        shown = found(page, "//div[@class='notes']/dl/div")
        assert {
            (text(only(note, "./dt")), str(only(note, "./dd").text).strip()) for note in shown
        } == set(notes)


def test_some_findings_are_explained() -> None:
    assert sum("说明" in item.stated for item in REPORTS) > 5


def test_reports_link_to_the_years_around_them(site: Built) -> None:
    for page, report in published(site):
        years = [item.year for item in REPORTS if item.slug == report.slug]
        position = years.index(report.year)
        before, after = years[:position][-1:], years[position + 1 :][:1]
        for relation, expected in (("prev", before), ("next", after)):
            hrefs = values(page, f"//nav[@class='neighbours']/a[@rel='{relation}']/@href")
            assert hrefs == [f"../../../reports/{report.slug}/{year}/" for year in expected]
        listed = texts(page, "//footer//nav[@class='years']//li")
        assert listed == ([f"{year}年" for year in years] if len(years) > 1 else [])
        current = texts(page, "//footer//nav[@class='years']//*[@aria-current='page']")
        assert current == ([f"{report.year}年"] if len(years) > 1 else [])


def test_breadcrumbs_lead_from_home_through_the_regions_to_the_agency(site: Built) -> None:
    for page, report in published(site):
        agency = load(DATA / "agencies" / report.slug / "agency.yaml")
        regions: Any = load(DATA / "regions.yaml")
        above: list[tuple[str, str]] = [(agency["全称"], f"../../../agencies/{report.slug}/")]
        code = agency["地区"]
        while code:
            above.insert(0, (regions[code]["名称"], f"../../../regions/{code}/"))
            code = regions[code].get("上级", "")
        crumbs = found(page, "//nav[@class='crumbs']//li/a")
        assert [(text(crumb), crumb.get("href")) for crumb in crumbs] == [
            ("首页", "../../../"),
            *above,
        ]
        assert texts(page, "//nav[@class='crumbs']//li[@aria-current='page']") == [
            f"{report.year}年"
        ]


def test_titles_are_the_printed_ones_or_the_statutory_ones(site: Built) -> None:
    for page, report in published(site):
        agency = load(DATA / "agencies" / report.slug / "agency.yaml")["全称"]
        statutory = f"{agency}{report.year}年政府信息公开工作年度报告"
        title = report.stated.get("标题", statutory)
        assert texts(page, "//h1") == [title]
        assert texts(page, "//head/title") == [f"{title} - 政府信息公开年度报告"]


def test_every_page_has_one_title_and_one_main_heading(site: Built) -> None:
    for file, shown in site.pages.items():
        assert len(texts(shown, "//h1")) == 1, file
        assert len(texts(shown, "//head/title")) == 1, file
        assert shown.get("lang") == "zh-Hans"
        (description,) = values(shown, "//meta[@name='description']/@content")
        assert description, file


def test_titles_of_pages_differ(site: Built) -> None:
    titles = [texts(shown, "//title")[0] for file, shown in site.pages.items()]
    assert len(set(titles)) == len(titles)


def test_pages_without_an_editing_address_name_the_guide_and_the_file(site: Built) -> None:
    for page, report in published(site):
        place = only(page, "//dt[text()='数据文件']/following-sibling::dd")
        assert values(place, "./a/@href") == ["../../../staff/#edit"]
        assert texts(place, "./code") == [f"data/agencies/{report.slug}/{report.year}.yaml"]


def test_pages_link_to_the_place_where_their_file_is_edited(variant: Variant) -> None:
    address = "https://forge.example.org/edit/main/"
    pages = built(variant(), GONGKAI_EDIT_URL=address).pages
    place = only(pages[SEED_PAGE], "//dt[text()='数据文件']/following-sibling::dd")
    assert values(place, "./a/@href") == [f"{address}data/agencies/{SEED}.yaml"]


def test_pages_with_figures_only_say_so_and_link_to_the_original(site: Built) -> None:
    for page, report in published(site):
        original = report.stated["原文链接"]
        assert original in values(page, "//dt[text()='原件']/following-sibling::dd/a/@href")
        notes = found(page, "//p[@class='lead-note']")
        assert len(notes) == (report.stated["收录方式"] == FIGURES_ONLY)
        for note in notes:
            assert "只有统计表" in text(note)
            assert values(note, ".//a/@href") == [original]
            for part in report.parts:
                if not part.tables:
                    section = f"//section[@aria-labelledby='{part.id}']"
                    assert values(page, f"{section}/p/a/@href") == [original]


def test_transcription_notes_are_printed(site: Built) -> None:
    for page, report in published(site):
        notes = report.stated.get("转录说明", "")
        assert texts(page, "//section[@aria-labelledby='transcription']//li") == notes.splitlines()


def test_every_page_carries_the_notice(site: Built) -> None:
    notice = load(ROOT / "mkdocs.yml")["extra"]["notice"]
    assert notice
    for file, shown in site.pages.items():
        assert notice in text(only(shown, "//aside[contains(@class, 'md-banner')]")), file
        assert notice in text(only(shown, "//footer[@class='site-footer']")), file


def test_no_link_is_dead(site: Built) -> None:
    folder = site.portal.site
    assert sum(1 for _ in links(site.pages, SITE_URL)) > 5000
    assert list(dead_links(folder, site.pages, SITE_URL, needs_files=False)) == []


def test_no_link_is_dead_on_disk_where_every_link_must_end_in_a_file(offline_site: Built) -> None:
    folder, pages = offline_site.portal.site, dict(offline_site.pages)
    del pages["404.html"]  # only a server shows it, and its links name the server's root
    assert sum(1 for _ in links(pages, ON_DISK)) > 5000
    assert list(dead_links(folder, pages, ON_DISK, needs_files=True)) == []


def test_links_to_key_figures_work_where_the_original_lacks_the_row(variant: Variant) -> None:
    portal = variant()
    place = "data/agencies/pingtan-shehui/2021.yaml"
    text_of_file = (portal.root / place).read_text("utf-8")
    portal.put(place, re.sub(r"结转下年度: *\[.*\]", "结转下年度: 原件无此行", text_of_file))
    made = built(portal, GONGKAI_SITE_URL=SITE_URL)
    assert list(dead_links(portal.site, made.pages, SITE_URL, needs_files=False)) == []


def test_a_cell_with_two_explained_findings_names_both_notes(variant: Variant) -> None:
    portal = variant()
    place = portal.root / "data/agencies/pingtan-shehui/2021.yaml"
    lines = place.read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if line.startswith("    总计:"))
    lines[number] = "    总计: [0, 0, 0, 0, 0, 0, 9]"
    explained = [
        "说明:",
        "  行合计: 原文如此一。",
        "  列合计: 原文如此二。",
        "  勾稽关系: 原文如此三。",
    ]
    portal.put("data/agencies/pingtan-shehui/2021.yaml", "\n".join([*lines, *explained, ""]))
    shown = built(portal).pages["reports/pingtan-shehui/2021/index.html"]
    cell = only(shown, "//td[@id='requests.outcomes.total.total']")
    notes = [text(ids_of(shown)[name]) for name in cell.get("aria-describedby", "").split()]
    assert len(notes) == 2
    assert any("原文如此一。" in note for note in notes)
    assert any("原文如此二。" in note for note in notes)


def test_numbers_in_overviews_are_those_of_the_cells_that_they_link_to(site: Built) -> None:
    compared = 0
    cells = {file: ids_of(page) for file, page in every(site, "reports/").items()}
    for file, page in site.pages.items():
        for link in found(page, "//a[contains(@href, '#')][span[contains(@class, 'number')]]"):
            name, _, place = link.get("href", "").partition("#")
            target = f"{name.lstrip('./')}index.html" if name else file
            if not target.startswith("reports/"):
                continue
            assert text(link) == text(cells[target][place]), f"{file}: {name}#{place}"
            compared += 1
    assert compared > 1000


def test_nothing_is_loaded_from_another_host(site: Built) -> None:
    assert list(outer_addresses(site.portal.site, site.pages, SITE_URL)) == []


def test_every_page_names_its_canonical_address(site: Built) -> None:
    for file, page in site.pages.items():
        if file != "404.html":
            canonical = values(page, "//link[@rel='canonical']/@href")
            assert canonical == [SITE_URL + address_of(file)], file


def test_the_site_map_lists_every_page_and_nothing_else(site: Built) -> None:
    tree = etree.parse(site.portal.site / "sitemap.xml")
    listed = [str(item.text) for item in tree.iter("{*}loc")]
    pages = [SITE_URL + address_of(file) for file in site.pages if file != "404.html"]
    assert sorted(listed) == sorted(pages)


def test_no_frame_is_left_in_the_site(site: Built) -> None:
    assert [path.name for path in site.portal.site.rglob("*frame*")] == []
    for path in site.portal.site.rglob("*.html"):
        assert "%%gongkai" not in path.read_text("utf-8"), path.name


def test_no_page_lists_all_reports(site: Built) -> None:
    for file in site.pages:
        page = {file: site.pages[file]}
        listed = {link.target for link in links(page, SITE_URL) if "reports/" in link.target}
        assert len(listed) < len(REPORTS), file


def test_no_report_page_is_large(site: Built) -> None:
    folder = site.portal.site
    sizes = {file: (folder / file).stat().st_size for file in every(site, "reports/")}
    assert max(sizes.values()) < 100_000, max(sizes, key=lambda file: sizes[file])


def test_a_page_does_not_grow_with_the_number_of_reports(site: Built, variant: Variant) -> None:
    portal = built(variant(), GONGKAI_SITE_URL=SITE_URL).portal
    alone = (portal.site / SEED_PAGE).stat().st_size
    assert (site.portal.site / SEED_PAGE).stat().st_size == alone


def test_every_agency_region_and_year_has_a_page_that_lists_its_reports(site: Built) -> None:
    for item in REPORTS:
        code = load(DATA / "agencies" / item.slug / "agency.yaml")["地区"]
        for file in (f"agencies/{item.slug}/", f"regions/{code}/", f"regions/{code}/{item.year}/"):
            page = {f"{file}index.html": site.pages[f"{file}index.html"]}
            targets = {link.target for link in links(page, SITE_URL)}
            assert f"reports/{item.slug}/{item.year}/" in targets, file
        assert f"years/{item.year}/index.html" in site.pages


def test_an_offline_site_has_the_same_pages_and_texts(site: Built, offline_site: Built) -> None:
    def names(pages: dict[str, HtmlElement]) -> Iterator[str]:
        return (re.sub(r"(?<!^index)(/index)?\.html$", "", file) for file in pages)

    assert sorted(names(site.pages)) == sorted(names(offline_site.pages))
    shown = offline_site.pages[f"reports/{SEED}.html"]
    assert text(only(shown, "//article")) == text(only(site.pages[SEED_PAGE], "//article"))


def test_no_page_names_the_folder_that_it_was_built_in(site: Built) -> None:
    root = str(site.portal.root)
    for path in site.portal.site.rglob("*.html"):
        assert root not in path.read_text("utf-8"), path.name


def test_cells_without_a_number_are_explained_below_their_table(site: Built) -> None:
    pages = {
        "pingtan-gongan/2019": "空：原件这一格是空白",
        "pingtan-ziran/2019": "未录：原件有内容",
        "pingtan-shehui/2021": "原件无此行：原件的表格里没有这一行",
    }
    for name, words in pages.items():
        assert words in text(site.pages[f"reports/{name}/index.html"]), name
    assert "未录：" not in text(site.pages["reports/linxiang-zwfwj/2021/index.html"])
