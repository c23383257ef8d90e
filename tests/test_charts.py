"""Charts say what the tables say, in bars and in words, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from gongkai.analysis.coverage import ledger
from gongkai.analysis.flows import Flow, Part, flow, flow_of
from gongkai.analysis.rollups import RollUps
from gongkai.analysis.series import Point, PointStatus, Series, series
from gongkai.data.dataset import load
from gongkai.data.reports import Channel, Channels, Report
from gongkai.forms.formats import Reconciliation, Section
from gongkai.html.charts.channels import channels
from gongkai.html.charts.outcomes import outcomes
from gongkai.html.charts.svg import printed, share, shortened
from gongkai.html.charts.years import sparkline, years
from lxml import etree
from markupsafe import Markup
from single_report import PORTAL
from small_portal import SMALL
from today import TODAY

NEW = PORTAL.formats["2021"]
YEARS = range(2019, 2026)
MOST_BYTES = 3000
RECEIVED = ("requests", "received", "total")
FLOWS = [(report, found) for report in PORTAL.reports if (found := flow_of(report))]
REPORTS = pytest.mark.parametrize(
    ("report", "found"), FLOWS, ids=[f"{item.agency}/{item.year}" for item, _ in FLOWS]
)


def parsed(chart: Markup) -> etree._Element:
    return etree.fromstring(str(chart))


def texts(chart: Markup, name: str) -> list[str]:
    """The words of one class, in drawn order."""
    found = parsed(chart).iter("text")
    return [item.text or "" for item in found if name in item.get("class", "").split()]


def bars(chart: Markup) -> list[tuple[float, float]]:
    """The left edge and the width of each bar, in percent."""
    return [
        (float(item.get("x", "").rstrip("%")), float(item.get("width", "").rstrip("%")))
        for item in parsed(chart).iter("rect")
        if item.get("class") != "blank"
    ]


def described(chart: Markup) -> str:
    return parsed(chart).findtext("desc") or ""


def line_of(slug: str, *path: str) -> Series:
    section, row, column = path
    return series(PORTAL.by_agency[slug], YEARS, NEW, (section, row, column))


def every_chart() -> Iterator[Markup]:
    for number, (report, found) in enumerate(FLOWS):
        yield outcomes(found, f"o{number}", f"{report.agency} {report.year}")
        if report.channels:
            yield channels(report.channels, f"c{number}", "某局")
    for number, slug in enumerate(PORTAL.agencies):
        for place, key in enumerate(NEW.key_figures):
            line = line_of(slug, key.section, key.row, key.column)
            yield years(line, f"y{number}-{place}", key.label, key.unit)
            yield sparkline(line, f"s{number}-{place}", key.label, key.unit)


CHARTS = list(every_chart())


def test_every_chart_is_one_small_picture_with_a_title_and_its_data() -> None:
    assert len(CHARTS) > 200
    for chart in CHARTS:
        root = parsed(chart)
        title, data = root.get("aria-labelledby", "").split()
        assert root.get("role") == "img"
        assert (root[0].tag, root[0].get("id")) == ("title", title)
        assert (root[1].tag, root[1].get("id")) == ("desc", data)
        assert root[0].text
        assert (root[1].text or "").endswith("。")
        assert len(str(chart).encode()) < MOST_BYTES


def test_ids_are_unique_on_a_page_with_many_charts() -> None:
    ids = re.findall(r' id="([^"]+)"', "".join(CHARTS))
    assert len(ids) == len(set(ids))


def test_a_chart_has_no_style_no_colour_and_no_address() -> None:
    for chart in CHARTS:
        for item in parsed(chart).iter():
            assert not {"style", "stroke", "onclick", "href"} & set(item.attrib)
            assert re.fullmatch(r"url\(#[a-z0-9-]+\)", item.get("fill", "url(#a)"))


def test_every_class_of_a_chart_has_its_style() -> None:
    style = (SMALL.parents[1] / "docs/assets/styles/charts.css").read_text("utf-8")
    used = {
        name for text in re.findall(r'class="([^"]+)"', "".join(CHARTS)) for name in text.split()
    }
    unstyled = {name for name in used if f".{name}" not in style}
    assert unstyled == {"label", "chart-outcomes", "chart-channels"}


@REPORTS
def test_the_flow_is_that_of_the_table(report: Report, found: Flow) -> None:
    def number(row: str) -> int | Decimal | None:
        figure = report.figure("requests", row, "total")
        assert figure is not None
        return figure.cell.value

    received, carried_over = (part.number for part in found.incoming)
    *groups, carried_forward = found.outgoing
    assert (received, carried_over) == (number("received"), number("carried_over"))
    assert (carried_forward.number, carried_forward.is_open) == (number("carried_forward"), True)
    assert not any(part.is_open for part in groups)
    section = report.section("requests")
    assert section is not None
    headings = section.tables[0].rows.headings[2].children
    assert [part.label for part in groups] == [item.key for item in headings if not item.is_total]
    if None not in found.numbers and not report.answers:  # else the original does not add up
        assert sum(part.number or 0 for part in groups) == number("outcomes.total")


def test_the_flow_of_a_region_is_that_of_its_sums() -> None:
    roll_up = RollUps(PORTAL, ledger(PORTAL, TODAY)).of("350128", 2024)
    section = next(item for item in roll_up.sections if item.section.id == "requests")
    found = flow(section.section, lambda row, column: section.sum(row, column).value)
    assert found is not None
    assert found.incoming[0].number == section.sum("received", "total").value


def test_the_flow_follows_whatever_form_there_is() -> None:
    (report,) = load(SMALL).reports
    assert flow_of(report) == Flow(
        incoming=(Part("新收", 3),),
        outgoing=(Part("予以公开", 2), Part("不予公开", 1)),
        unit="",
    )
    assert flow(report.sections[0], lambda _row, _column: 0) is None


@REPORTS
def test_the_outcomes_have_every_label_and_number_in_words_and_beside_its_bar(
    report: Report, found: Flow
) -> None:
    chart = outcomes(found, "x", report.agency)
    parts = (*found.incoming, *found.outgoing)
    for part in parts:
        number = "没有数字" if part.number is None else f" {printed(part.number)} 件"
        assert f"{part.label}{number}" in described(chart)
    if None in found.numbers or not any(found.numbers):
        assert bars(chart) == []
        return
    assert texts(chart, "label") == [part.label for part in parts]
    assert texts(chart, "number") == [printed(part.number or 0) for part in parts]
    assert len(bars(chart)) == sum(bool(part.number) for part in parts)


def wide(*numbers: int, left_open: int = 0) -> Flow:
    groups = tuple(Part(f"第{index}种", number) for index, number in enumerate(numbers))
    total = sum(numbers) + left_open
    return Flow(
        (Part("新的", total), Part("旧的", 0)),
        (*groups, Part("未完", left_open, is_open=True)),
        "件",
    )


def test_each_bar_begins_where_the_one_above_ends_and_together_they_are_the_whole() -> None:
    whole, *parts = bars(outcomes(wide(30, 20, 40, left_open=10), "x", "某局"))
    assert [round(left, 2) for left, _ in parts] == [
        round(whole[0] + sum(width for _, width in parts[:index]), 2) for index in range(len(parts))
    ]
    assert sum(width for _, width in parts) == pytest.approx(whole[1])


def test_what_is_open_is_hatched_and_not_only_of_another_colour() -> None:
    chart = outcomes(wide(3, left_open=1), "x", "某局")
    (bar,) = (item for item in parsed(chart).iter("rect") if item.get("class") == "open")
    assert bar.get("fill") == "url(#x-h)"
    assert parsed(chart).find(".//pattern[@id='x-h']") is not None
    assert "pattern" not in outcomes(wide(3), "x", "某局")


def test_a_year_without_requests_says_so_instead_of_drawing_nothing() -> None:
    chart = outcomes(wide(0), "x", "某局")
    assert texts(chart, "notice") == ["本年未收到申请"]
    assert bars(chart) == []


def test_a_flow_with_an_unknown_number_is_not_drawn_as_if_it_were_zero() -> None:
    chart = outcomes(Flow((Part("新的", 3),), (Part("甲", 3), Part("乙", None)), "件"), "x", "某局")
    assert bars(chart) == []
    assert "没有数字" in texts(chart, "notice")[0]
    assert "乙没有数字" in described(chart)


def test_sides_that_do_not_add_up_are_drawn_as_printed_and_that_is_said() -> None:
    (found,) = (item for report, item in FLOWS if report.path.endswith("pingtan-region/2020.yaml"))
    chart = outcomes(found, "x", "平潭综合实验区 2020 年")
    (remark,) = texts(chart, "remark")
    assert remark == "上下两边之和不相等（21、27），照原表画出。"
    assert remark in described(chart)
    assert texts(outcomes(wide(3), "x", "某局"), "remark") == []


def test_shares_are_never_rounded_to_nothing_or_to_all() -> None:
    assert [share(1, 1000), share(999, 1000), share(1, 3), share(3, 3)] == [
        "<1%", ">99%", "33%", "100%",
    ]  # fmt: skip


def test_a_missing_year_is_a_gap_with_a_word_and_zero_is_a_zero() -> None:
    chart = years(line_of("pingtan-gongan", *RECEIVED), "x", "新收", "件")
    assert texts(chart, "year") == [str(year) for year in YEARS]
    assert texts(chart, "gap-words") == ["无报告"] * 3
    assert texts(chart, "number") == ["0", "1", "1", "8"]
    assert texts(chart, "zero") == ["0"]
    assert len(bars(chart)) == 3
    assert "2019 年 0 件；2020 年 无报告；" in described(chart)


def test_a_break_between_formats_is_marked_in_the_picture_and_in_words() -> None:
    chart = years(line_of("pingtan-caijin", *RECEIVED), "x", "新收", "件")
    marks = [item for item in parsed(chart).iter("line") if item.get("class") == "break"]
    assert [mark.get("x1") for mark in marks] == [f"{200 / 7:.4g}%"]
    assert texts(chart, "break-words") == ["格式变更"]
    assert "（从这一年起格式不同）" in described(chart)
    plain = line_of("pingtan-caijin", "reconsideration_and_litigation", "reconsideration", "total")
    assert texts(years(plain, "x", "复议", "件"), "break-words") == []


def test_years_that_mean_something_else_and_cells_without_a_number_have_no_bar() -> None:
    other = line_of("pingtan-region", "proactive_disclosure", "normative_documents", "in_force")
    chart = years(other, "x", "现行有效", "件")
    assert texts(chart, "gap-words") == ["不可比", "不可比"]
    unrecorded = line_of(
        "pingtan-xingzheng-shenpi", "proactive_disclosure", "licensing", "decisions"
    )
    assert texts(years(unrecorded, "x", "许可", "件"), "gap-words") == ["未录", "未录"]


def numbered(*numbers: int | Decimal | None) -> Series:
    """A series of numbers, or gaps, one year after another."""
    base = line_of("pingtan-region", *RECEIVED).points[-1]
    assert base.cell is not None
    points = [
        Point(2010 + index, PointStatus.NO_REPORT)
        if number is None
        else base._replace(year=2010 + index, cell=base.cell._replace(value=number))
        for index, number in enumerate(numbers)
    ]
    return Series(tuple(points), ())


def test_the_height_of_a_bar_is_in_proportion_to_its_number() -> None:
    chart = years(numbered(10, 20, 40), "x", "某数")
    heights = [float(item.get("height", "").rstrip("em")) for item in parsed(chart).iter("rect")]
    assert heights == pytest.approx([1.5, 3, 6])


def test_bars_below_zero_hang_under_the_line() -> None:
    chart = years(numbered(-5, 5), "x", "某数")
    below, up = (float(item.get("y", "").rstrip("em")) for item in parsed(chart).iter("rect"))
    base = float(next(parsed(chart).iter("line")).get("y1", "").rstrip("em"))
    assert below == pytest.approx(base)
    assert up == pytest.approx(base - 3)


def test_a_number_too_long_for_its_bar_is_rounded_in_the_picture_only_and_that_is_said() -> None:
    chart = years(numbered(*[Decimal("24252.311082")] * 7), "x", "收费", "万元")
    assert texts(chart, "number") == ["24252"] * 7
    assert len(texts(chart, "remark")) == 1
    assert "24,252.311082 万元" in described(chart)
    assert texts(years(numbered(1, 2), "x", "某数"), "remark") == []


def test_many_years_still_fit() -> None:
    chart = years(numbered(*[None, 3] * 6), "x", "某数")
    assert texts(chart, "year")[0] == "10"
    assert set(texts(chart, "gap-words")) == {"无"}
    assert len(str(chart).encode()) < MOST_BYTES


def test_a_sparkline_says_in_words_what_the_large_chart_says() -> None:
    found = line_of("pingtan-gongan", *RECEIVED)
    small, large = sparkline(found, "x", "新收", "件"), years(found, "x", "新收", "件")
    assert described(small) == described(large)
    root = parsed(small)
    assert [item.get("class") for item in root.iter("path")].count("base") == 4
    assert len(list(root.iter("rect"))) == 3
    assert len(texts(small, "number")) == 0


def counted(*numbers: int, content: str = "第{}类") -> Channels:
    items = tuple(
        Channel(content.format(index), "网站", number, (), 1)
        for index, number in enumerate(numbers)
    )
    return Channels(sum(numbers), items, 1)


def test_channels_are_drawn_largest_first_in_proportion() -> None:
    chart = channels(counted(10, 40, 0), "x", "某局")
    assert texts(chart, "label") == ["第1类", "第0类", "第2类"]
    assert texts(chart, "number") == ["40", "10", "0"]
    assert bars(chart) == [(0, 100), (0, 25)]


def test_the_smallest_channels_are_put_together_and_none_is_lost() -> None:
    chart = channels(counted(*range(1, 13)), "x", "某局")
    numbers = [int(number) for number in texts(chart, "number")]
    assert len(numbers) == 8
    assert sum(numbers) == sum(range(1, 13))
    assert texts(chart, "label")[-1] == "其余 5 项"


def test_what_staff_write_cannot_become_markup() -> None:
    chart = channels(counted(5, content="<script>&\"'{}"), "x", "<b>某局</b>")
    assert "<script" not in chart
    assert "<b>" not in chart
    assert texts(chart, "label") == ["<script>&\"'0"]


def test_long_words_are_cut_by_width() -> None:
    assert shortened("一二三四五", 5) == "一二三四五"
    assert shortened("一二三四五六", 5) == "一二三四…"
    assert shortened("abcdefghij", 5) == "abcdefghij"
    assert shortened("很", 0) == "很…"


def section_with(*relations: Reconciliation) -> Section:
    """The section of requests with other relations."""
    section = NEW.by_id["requests"]
    return replace(section, tables=(replace(section.tables[0], reconciliations=relations),))


def number_of(row: str, column: str) -> int:
    """A number that tells its place."""
    return len(row) * 1000 + len(column)


def test_the_flow_is_the_relation_that_the_form_marks_in_the_column_that_it_names() -> None:
    (marked,) = NEW.by_id["requests"].tables[0].reconciliations
    other = Reconciliation("另一个关系", ("carried_forward",), ("received",))
    column = NEW.by_id["requests"].tables[0].columns.paths[1]
    found = flow(section_with(other, replace(marked, flow=column)), number_of)
    assert found is not None
    assert [part.number for part in found.incoming] == [
        number_of(row, column) for row in ("received", "carried_over")
    ]
    assert [part.label for part in found.incoming] == ["本年新收", "上年结转"]


def test_a_relation_that_is_not_marked_is_no_flow() -> None:
    (marked,) = NEW.by_id["requests"].tables[0].reconciliations
    assert flow(section_with(replace(marked, flow="")), number_of) is None
