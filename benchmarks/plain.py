"""The same reports as an ordinary MkDocs Material project: Markdown pages, all in the navigation.

Run with `hooks` on the Python path: `python benchmarks/plain.py DATA PROJECT`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from gongkai.axes import Leaf
from gongkai.dataset import Dataset, load
from gongkai.figures import Row
from gongkai.formats import Section, Table
from gongkai.reports import Channels, Report, cell_at


def write(dataset: Dataset, project: Path) -> None:
    """Write `mkdocs.yml` and `docs/`: a home page, a page per agency and one per report."""
    docs = project / "docs"
    nav: list[object] = [{"首页": "index.md"}]
    home = ["# 政府信息公开年度报告", ""]
    for slug, reports in dataset.by_agency.items():
        name = dataset.agencies[slug].name
        (docs / slug).mkdir(parents=True)
        pages = [{str(item.year): f"{slug}/{item.year}.md"} for item in reports]
        nav.append({name: [f"{slug}/index.md", *pages]})
        home.append(f"- [{name}]({slug}/index.md)")
        _save(docs / slug / "index.md", _agency(name, reports))
        for report in reports:
            _save(docs / slug / f"{report.year}.md", _report(name, report))
    _save(docs / "index.md", home)
    theme = {"name": "material", "language": "zh", "font": False}
    settings = {"site_name": "政府信息公开年度报告", "theme": theme, "nav": nav}
    extensions = {"markdown_extensions": ["attr_list", "tables"]}
    words = yaml.safe_dump(settings | extensions, allow_unicode=True, sort_keys=False)
    _save(project / "mkdocs.yml", [words])


def _save(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _agency(name: str, reports: tuple[Report, ...]) -> list[str]:
    """An agency's page: its key figures by year."""
    labels = [figure.label for figure in reports[-1].edition.key_figures]
    lines = [f"# {name}", "", f"| 年度 | {' | '.join(labels)} |", "|---" * (len(labels) + 1) + "|"]
    for report in reports:
        figures = [
            report.figure(figure.section, figure.row, figure.column)
            for figure in report.edition.key_figures
        ]
        cells = " | ".join(figure.cell.text if figure else "" for figure in figures)
        lines.append(f"| [{report.year}]({report.year}.md) | {cells} |")
    return lines


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
        f'<td id="{row.path}.{column.path}">{cell_at(stated, position).text}</td>'
        for position, column in enumerate(table.columns.leaves)
    )


def _label(leaf: Leaf) -> str:
    return " ".join(heading.label for heading in leaf.trail)


if __name__ == "__main__":
    write(load(Path(sys.argv[1])), Path(sys.argv[2]))
