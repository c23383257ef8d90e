"""The prose rules against cases that were labelled without sight of them; see `prose/README.md`.

What a rule is known to miss is marked so, and nothing else may be missed: whoever makes a rule find
more takes the mark away, and nobody can make it find less without saying so.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from gongkai.checks.run import check
from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.privacy import guard
from gongkai.data.report_reader import read_report
from gongkai.editing import drafts as scaffold
from gongkai.forms.formats import Format, of_year
from gongkai.source.fields import Reading
from gongkai.source.problems import Problem
from gongkai.source.reading import read
from single_report import PORTAL
from today import TODAY

FOLDER = Path(__file__).parent / "prose"
OWN = PORTAL.agencies["linxiang-zwfwj"]
KEYS = {"text", "section", "year", "kind", "figures", "fires", "missed", "why"}
NAMES = {"short-issues": "short-section", "long-overview": "long-section"}


@dataclass(frozen=True)
class Case:
    """A text, the figures beside it, and whether the rule must report something in it."""

    rule: str
    part: str
    number: int
    text: str
    section: str
    year: int
    kind: str
    figures: dict[str, Any]
    fires: bool
    missed: bool
    why: str

    @property
    def name(self) -> str:
        return f"{self.part}-{self.rule}-{self.number}"


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.rglob("*.yaml")):
        for number, item in enumerate(yaml.safe_load(path.read_text("utf-8")), 1):
            assert set(item) <= KEYS, f"{path.name}: {number}"
            yield Case(
                rule=NAMES.get(path.stem, path.stem),
                part=path.parent.name,
                number=number,
                text=item["text"],
                section=item.get("section", "overview"),
                year=item.get("year", 2021),
                kind=item.get("kind", "部门"),
                figures=item.get("figures", {}),
                fires=item["fires"],
                missed=item.get("missed", False),
                why=item["why"],
            )


CASES = tuple(cases())
RULES = sorted({case.rule for case in CASES})


def report_text(case: Case, edition: Format) -> str:
    """A report whose figures are all 0 but for those of the case."""
    texts = {section.id: "工作平稳有序推进。" for section in edition.sections if not section.tables}
    rows = {
        section.id: {
            path: [
                str(case.figures.get(f"{section.id}.{path}.{column}", 0))
                for column in table.columns.paths
            ]
            for path, (table, _) in section.rows.items()
        }
        for section in edition.sections
        if section.tables
    }
    texts[case.section] = case.text.strip("\n")
    head = [("发布日期", f"{case.year + 1}-01-20")]
    return scaffold.text(scaffold.Draft(edition.sections, head, texts, rows))


def problems_of(case: Case) -> tuple[Problem, ...]:
    """Everything found in the report of a case."""
    edition = of_year(PORTAL.formats, case.year)
    assert edition is not None
    own: Agency = replace(OWN, kind=case.kind)
    reading = Reading(f"data/agencies/{own.slug}/{case.year}.yaml")
    text = report_text(case, edition)
    node = read(reading.path, text.encode())
    guard(reading, text, node)
    report = read_report(reading, node, own.slug, case.year, PORTAL.formats)
    assert report is not None
    dataset: Dataset = replace(
        PORTAL,
        agencies={**PORTAL.agencies, own.slug: own},
        reports=(report,),
        report_files=1,
        problems=tuple(reading.problems),
    )
    return check(dataset, TODAY).problems


@cache
def is_reported(case_name: str) -> bool:
    case = next(item for item in CASES if item.name == case_name)
    return any(problem.rule.id == case.rule for problem in problems_of(case))


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_reports_what_reviewers_expect_but_for_the_known_misses(rule: str) -> None:
    own = [case for case in CASES if case.rule == rule]
    reported = {case.name for case in own if is_reported(case.name)}
    expected = {case.name for case in own if case.fires and not case.missed}
    told = {case.name: f"{case.name}: {case.text[:60]} ({case.why})" for case in own}
    false_alarms = [told[name] for name in sorted(reported - expected)]
    missed = [told[name] for name in sorted(expected - reported)]
    assert (false_alarms, missed) == ([], [])


def test_a_known_miss_is_wrong_and_few_are_known() -> None:
    wrong = [case for case in CASES if case.fires]
    missed = [case for case in CASES if case.missed]
    assert all(case.fires for case in missed)
    assert len(missed) < 0.15 * len(wrong)


def test_the_set_is_large_and_half_of_it_is_wrong() -> None:
    assert len(CASES) >= 120
    share = sum(case.fires for case in CASES) / len(CASES)
    assert 0.4 < share < 0.6


def test_the_figures_of_every_case_are_in_its_format() -> None:
    for case in CASES:
        edition = of_year(PORTAL.formats, case.year)
        assert edition is not None
        known = {
            f"{section.id}.{path}.{column}"
            for section in edition.sections
            for path, (table, _) in section.rows.items()
            for column in table.columns.paths
        }
        assert set(case.figures) <= known, case.name
