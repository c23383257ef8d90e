"""Every slip by one in a published report is seen, save in the figures of `unseen_figures.yaml`."""

import pytest
import yaml
from gongkai.data.figures import Figure
from gongkai.forms.axes import FigureKind
from gongkai.source.problems import Problem, Severity
from portal_data import DATA, TESTS
from single_report import PORTAL, Place, figures, read_text, with_number

pytestmark = pytest.mark.slow

UNSEEN = yaml.safe_load((TESTS / "unseen_figures.yaml").read_text("utf-8"))
REPORTS = (
    "linxiang-zwfwj/2021",
    "pingtan-caijin/2020",
    "pingtan-jiaojian/2019",
    "pingtan-jinjing-pianqu/2020",
    "pingtan-region/2019",
    "pingtan-shehui/2019",
    "pingtan-caijin/2024",
    "pingtan-gongan/2022",
    "pingtan-gwh-bangongshi/2022",
    "pingtan-region/2025",
    "pingtan-ziran/2022",
)


def unseen(edition: str) -> set[Place]:
    return {
        Place(entry["section"], row, column)
        for entry in UNSEEN[edition]
        for row in entry["rows"]
        for column in entry["columns"]
    }


def kind_of(place: Place, edition: str) -> FigureKind:
    table, row = PORTAL.formats[edition].by_id[place.section].rows[place.row]
    return table.kind(row, table.columns.leaves[table.columns.index[place.column]])


def errors(problems: tuple[Problem, ...]) -> list[Problem]:
    """The breaches of form and arithmetic; other years are not read here."""
    return [problem for problem in problems if problem.rule.severity is Severity.ERROR]


@pytest.mark.parametrize("name", REPORTS)
def test_a_slip_by_one_is_reported_on_its_own_line(name: str) -> None:
    slug, year = name.split("/")
    text = (DATA / "agencies" / slug / f"{year}.yaml").read_text("utf-8")

    def is_seen(figure: Figure, step: int) -> bool:
        assert figure.cell.value is not None
        slip = with_number(text, figure, figure.cell.value + step)
        problems = errors(read_text(slip, int(year)).problems)
        return figure.location.line in {problem.location.line for problem in problems}

    report, problems = read_text(text, int(year))
    assert report is not None
    assert errors(problems) == []
    edition = report.edition.id
    below_zero = {
        place
        for place, figure in figures(report)
        if figure.cell.value == 0 and kind_of(place, edition) is not FigureKind.CHANGE
    }
    missed = {step: {place for place, figure in figures(report) if not is_seen(figure, step)}
              for step in (1, -1)}  # fmt: skip
    assert missed[1] == unseen(edition)
    assert missed[-1] == unseen(edition) - below_zero


def test_both_formats_are_tried() -> None:
    editions = {
        report.edition.id
        for report in PORTAL.reports
        if f"{report.agency}/{report.year}" in REPORTS
    }
    assert editions == set(UNSEEN) == set(PORTAL.formats)


def test_every_unseen_figure_has_a_reason() -> None:
    assert all(entry["reason"].endswith("。") for entries in UNSEEN.values() for entry in entries)
