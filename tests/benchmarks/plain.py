"""The same pages as an ordinary MkDocs Material project: Markdown, all in the navigation.

Run with `hooks` on the Python path: `python tests/benchmarks/plain.py DATA PROJECT`.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml
from gongkai.analysis.territory import RegionIndex, region_index
from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset, load
from gongkai.data.figures import Row
from gongkai.data.regions import Region
from gongkai.data.reports import Channels, Report
from gongkai.forms.axes import Leaf
from gongkai.forms.formats import Section, Table


def write(dataset: Dataset, project: Path) -> None:
    """Write `mkdocs.yml` and `docs/`: the portal's pages, one Markdown file for each."""
    docs = project / "docs"
    territory = region_index(dataset)
    pages = {"index.md": ["# 政府信息公开年度报告", "", *_places(territory, "")]}
    nav: list[object] = [{"首页": "index.md"}]
    for region in dataset.regions.values():
        if territory.has(region):
            found = dict(_region(dataset, territory, region))
            pages |= found
            nav.append({region.name: list(found)})
    for slug, reports in dataset.by_agency.items():
        agency = dataset.agencies[slug]
        found = {f"agencies/{slug}/index.md": _agency(agency.name, reports)}
        found |= {f"agencies/{slug}/{item.year}.md": _report(agency.name, item) for item in reports}
        pages |= found
        nav.append({agency.name: list(found)})
    years = {f"years/{year}.md": _year(territory, year) for year in dataset.years}
    nav.append({"年度": list(years)})
    for name, lines in (pages | years).items():
        _save(docs / name, lines)
    _save(project / "mkdocs.yml", [_settings(nav)])


def _settings(nav: list[object]) -> str:
    theme = {"name": "material", "language": "zh", "font": False}
    settings = {"site_name": "政府信息公开年度报告", "theme": theme, "nav": nav}
    extensions = {"markdown_extensions": ["attr_list", "tables"]}
    return yaml.safe_dump(settings | extensions, allow_unicode=True, sort_keys=False)


def _places(territory: RegionIndex, code: str, way: str = "") -> Iterator[str]:
    """Links to the regions below one, the tops below none."""
    for region in territory.children.get(code, ()) if code else territory.tops:
        count = territory.report_count[region.code]
        yield f"- [{region.name}]({way}regions/{region.code}/index.md) {count} 份报告"


def _region(
    dataset: Dataset, territory: RegionIndex, region: Region
) -> Iterator[tuple[str, list[str]]]:
    """A region's page with every agency and year, and one page for each year."""
    folder = f"regions/{region.code}"
    years = territory.report_years.get(region.code, ())
    agencies = territory.by_kind(region.code)
    lines = [f"# {region.name}", "", *_places(territory, region.code, "../../"), ""]
    lines += [f"| 机关 | {' | '.join(map(str, years))} |", "|---" * (len(years) + 1) + "|"]
    for agency in agencies:
        own = {report.year for report in dataset.by_agency[agency.slug]}
        way = f"../../agencies/{agency.slug}"
        cells = (f"[{year}]({way}/{year}.md)" if year in own else "无" for year in years)
        lines.append(f"| [{agency.name}]({way}/index.md) | {' | '.join(cells)} |")
    yield f"{folder}/index.md", lines
    for year in years:
        yield f"{folder}/{year}.md", list(_region_year(dataset, region, agencies, year))


def _region_year(
    dataset: Dataset, region: Region, agencies: Iterable[Agency], year: int
) -> Iterator[str]:
    """A region's agencies with their key figures of one year."""
    yield f"# {region.name} {year}年\n"
    named = {
        agency.slug: report
        for agency in agencies
        for report in dataset.by_agency[agency.slug]
        if report.year == year
    }
    yield from _overview(
        (f"[{dataset.agencies[slug].name}](../../agencies/{slug}/{year}.md)", report)
        for slug, report in named.items()
    )


def _year(territory: RegionIndex, year: int) -> list[str]:
    """The regions that have reports of a year."""
    found = [code for code, of_year in territory.reports_in_year if of_year == year]
    return [f"# {year}年度", "", *(f"- [{code}](../regions/{code}/{year}.md)" for code in found)]


def _save(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _agency(name: str, reports: tuple[Report, ...]) -> list[str]:
    """An agency's page: its key figures by year."""
    lines = (f"[{item.year}]({item.year}.md)" for item in reports)
    return [f"# {name}", "", *_overview(zip(lines, reports, strict=True))]


def _overview(lines: Iterable[tuple[str, Report]]) -> Iterator[str]:
    """A table of key figures, one report to a line."""
    for number, (name, report) in enumerate(lines):
        shown = report.edition.key_figures
        if number == 0:
            yield f"| | {' | '.join(item.label for item in shown)} |"
            yield "|---" * (len(shown) + 1) + "|"
        figures = (report.figure(item.section, item.row, item.column) for item in shown)
        cells = " | ".join(figure.cell.text if figure else "" for figure in figures)
        yield f"| {name} | {cells} |"


def _report(name: str, report: Report) -> list[str]:
    lines = [f"# {report.title or report.edition.title_of(name, report.year)}", ""]
    lines += [f"发布日期：{report.published}", ""]
    lines += [f"[原文]({report.original_url})", ""] if report.original_url else []
    for section in report.sections:
        lines += [f"## {section.heading} {{ #{section.id} }}", ""]
        if section.id in report.prose:
            for paragraph in report.prose[section.id].paragraphs:
                is_heading = paragraph.startswith("（")
                lines += [f"### {paragraph}" if is_heading else paragraph, ""]
        for table in section.tables:
            lines += [*_table(section, table, report), ""]
        if report.channels and section is report.sections[0]:
            lines += [*_channels(report.channels), ""]
    return lines


def _channels(channels: Channels) -> Iterator[str]:
    yield "| 内容 | 渠道 | 条数 |"
    yield "|---|---|---|"
    for item in channels.items:
        parts = "、".join(f"{part}{count}条" for part, count in item.parts)
        yield f"| {item.content}{f'（{parts}）' if parts else ''} | {item.channel} | {item.count} |"
    yield f"| 合计 | | {channels.total} |"


def _table(section: Section, table: Table, report: Report) -> Iterator[str]:
    heads = "".join(f'<th scope="col">{_label(leaf)}</th>' for leaf in table.columns.leaves)
    yield f"<table><thead><tr><th>{table.band or table.corner}</th>{heads}</tr></thead><tbody>"
    for row in table.rows.leaves:
        stated = report.figures[section.id][row.path]
        yield f'<tr><th scope="row">{_label(row)}</th>{_cells(table, row, stated)}</tr>'
    yield "</tbody></table>"


def _cells(table: Table, row: Leaf, stated: Row) -> str:
    """The cells of a row, each with its address as in the portal."""
    return "".join(
        f'<td id="{row.path}.{column.path}">{stated.cell(position).text}</td>'
        for position, column in enumerate(table.columns.leaves)
    )


def _label(leaf: Leaf) -> str:
    return " ".join(heading.label for heading in leaf.trail)


if __name__ == "__main__":
    write(load(Path(sys.argv[1])), Path(sys.argv[2]))
