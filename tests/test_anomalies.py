"""Every error known in the real reports is found where it stands, and nothing else is found.

`anomalies.yaml` lists the known errors, `findings.yaml` every finding in the portal's own data that
is none of them, with the reason why it is right.
"""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from gongkai.checks.run import check
from gongkai.data.reports import Prose, Report
from gongkai.source.problems import Problem
from single_report import PORTAL
from today import TODAY

HERE = Path(__file__).parent
ANOMALIES = yaml.safe_load((HERE / "anomalies.yaml").read_text("utf-8"))
JUSTIFIED = yaml.safe_load((HERE / "findings.yaml").read_text("utf-8"))
REPORTS = {f"{report.agency}/{report.year}": report for report in PORTAL.reports}
FOUND = check(PORTAL, TODAY)


def name_of(anomaly: dict[str, Any]) -> str:
    where = anomaly.get("figure", anomaly.get("told", anomaly.get("note", "")))
    return f"{anomaly['report']}-{anomaly['kind']}-{where}"


def problems_of(report: Report) -> tuple[Problem, ...]:
    return FOUND.of(report.key)


def with_words(report: Report, words: str) -> list[Problem]:
    """What is found in the report when its first section says some words."""
    told = replace(report, prose={report.sections[0].id: Prose(words, 1)})
    reports = tuple(told if other is report else other for other in PORTAL.reports)
    dataset = replace(PORTAL, reports=reports)
    return list(check(dataset, TODAY).of(report.key))


@pytest.mark.parametrize("anomaly", ANOMALIES, ids=name_of)
def test_a_known_error_is_found_or_shown_as_printed(anomaly: dict[str, Any]) -> None:
    report = REPORTS[anomaly["report"]]
    if "told" in anomaly:
        said = {problem.rule.id for problem in with_words(report, anomaly["told"])}
        assert (anomaly["rule"] in said) is ("missing" not in anomaly)
    elif "rule" in anomaly:
        found = {(problem.rule.id, problem.address) for problem in problems_of(report)}
        assert ((anomaly["rule"], anomaly.get("figure", "")) in found) is ("missing" not in anomaly)
    elif "state" in anomaly:
        section, row, column = split(report, anomaly["figure"])
        figure = report.figure(section, row, column)
        assert figure is not None
        assert figure.cell.state == anomaly["state"]
    else:
        assert any(anomaly["note"] in note for note in report.transcription_notes)


def split(report: Report, address: str) -> tuple[str, str, str]:
    """The paths of a figure from its address."""
    section_id, rest = address.split(".", 1)
    section = report.section(section_id)
    assert section is not None
    return next(
        (section_id, row, rest.removeprefix(f"{row}."))
        for row, (table, _) in section.rows.items()
        if rest.startswith(f"{row}.") and rest.removeprefix(f"{row}.") in table.columns.index
    )


def test_an_error_that_is_not_found_has_a_reason() -> None:
    reasons = [item["missing"] for item in ANOMALIES if "missing" in item]
    assert reasons
    assert all(reason.endswith("。") for reason in reasons)


def test_every_other_finding_is_justified() -> None:
    known = {
        (item["report"], item["rule"], item.get("figure", ""))
        for item in ANOMALIES
        if "rule" in item and "told" not in item
    }
    found = Counter(
        (f"{report.agency}/{report.year}", problem.rule.id, problem.address)
        for report in PORTAL.reports
        for problem in problems_of(report)
    )
    justified = Counter(
        (report, group["rule"], group.get("figure", ""))
        for group in JUSTIFIED
        for report in group["reports"]
    )
    others = {key: count for key, count in found.items() if key not in known}
    assert others == justified
    assert all(group["reason"].endswith("。") for group in JUSTIFIED)
