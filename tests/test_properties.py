"""What holds for any report whatever its numbers are."""

import string
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

import pytest
from gongkai.checks.registry import CHECKS
from gongkai.data.figures import WORDS, CellState
from gongkai.editing import drafts as scaffold
from gongkai.editing import quoting
from gongkai.forms.formats import Format, Table
from gongkai.source.nodes import Mapping, Scalar
from gongkai.source.problems import Severity
from gongkai.source.reading import read
from hypothesis import given, settings
from hypothesis import strategies as st
from random_reports import EDITIONS, NEW, RANDOM, consistent_text, random_draft
from single_report import PORTAL, Place, figures, read_text, with_number


@settings(deadline=None, max_examples=60)
@given(EDITIONS, RANDOM)
def test_what_is_written_is_read_back(edition: Format, random: Random) -> None:
    draft = random_draft(edition, random)
    report, problems = read_text(scaffold.text(draft), edition.first_year)
    assert report is not None
    assert {problem.rule for problem in problems} <= {item.rule for item in CHECKS}
    stated = {
        section: {
            path: WORDS[CellState.NO_ROW] if not row.cells else [cell.text for cell in row.cells]
            for path, row in rows.items()
        }
        for section, rows in report.figures.items()
    }
    assert stated == draft.rows
    assert {name: prose.text for name, prose in report.prose.items()} == draft.prose


@settings(deadline=None, max_examples=300)
@given(st.text(st.sampled_from(string.printable[:95] + "年报公开，。：“”（）、—"), min_size=1))
def test_any_one_line_text_is_read_back(words: str) -> None:
    words = words.strip()
    root = read("file.yaml", f"键: {quoting.scalar(words)}\n".encode())
    assert isinstance(root, Mapping)
    value = root.entries[0][1]
    assert isinstance(value, Scalar)
    assert value.text == words


@pytest.mark.parametrize("edition", PORTAL.formats.values(), ids=lambda edition: str(edition.id))
def test_every_field_of_a_blank_report_is_still_to_be_filled_in(edition: Format) -> None:
    draft = scaffold.blank(edition.sections, NEW)
    problems = read_text(scaffold.text(draft), edition.first_year).problems
    cells = sum(len(cells) for rows in draft.rows.values() for cells in rows.values())
    asked = (problem for problem in problems if problem.rule.severity is Severity.ERROR)
    assert Counter(problem.rule.id for problem in asked) == {
        "blank": cells,
        "value": len(draft.prose),
    }


class Relation(NamedTuple):
    """A relation of the form: the figures that it covers, and where it is reported."""

    rule: str
    covered: frozenset[Place]
    reported: Place


def relations(edition: Format) -> Iterator[Relation]:
    for section in edition.sections:
        for table in section.tables:
            for rule, covered, (row, column) in table_relations(table):
                figures = frozenset(Place(section.id, *figure) for figure in covered)
                yield Relation(rule, figures, Place(section.id, row, column))


def table_relations(
    table: Table,
) -> Iterator[tuple[str, set[tuple[str, str]], tuple[str, str]]]:
    for total in table.columns.totals:
        rule = "group-total" if table.is_across else "row-total"
        for row in table.rows.paths:
            yield rule, {(row, path) for path in (total.path, *total.addends)}, (row, total.path)
    for column in table.columns.paths:
        for total in table.rows.totals:
            covered = {(path, column) for path in (total.path, *total.addends)}
            yield "column-total", covered, (total.path, column)
        for relation in table.reconciliations:
            covered = {(path, column) for path in (*relation.left, *relation.right)}
            yield "reconciliation", covered, (relation.right[-1], column)


@settings(deadline=None, max_examples=60)
@given(EDITIONS, RANDOM, st.integers(-1000, 1000).filter(bool))
def test_one_changed_figure_breaks_exactly_the_relations_that_cover_it(
    edition: Format, random: Random, step: int
) -> None:
    text = consistent_text(edition, random)
    report, problems = read_text(text, edition.first_year)
    assert report is not None
    assert not [problem for problem in problems if problem.rule.severity is Severity.ERROR]
    place, figure = random.choice(list(figures(report)))
    assert figure.cell.value is not None
    number = figure.cell.value + step
    slip = with_number(text, figure, number if number >= 0 else figure.cell.value - step)
    broken = [
        problem
        for problem in read_text(slip, edition.first_year).problems
        if problem.rule.severity is Severity.ERROR
    ]
    expected = {
        (relation.rule, ".".join(relation.reported))
        for relation in relations(edition)
        if place in relation.covered
    }
    assert {(problem.rule.id, problem.address) for problem in broken} == expected
    assert len(broken) == len(expected)


def test_the_last_total_of_a_form_covers_itself_and_its_addends() -> None:
    covered = {
        relation.reported: relation.covered for relation in relations(PORTAL.formats["2021"])
    }
    total = Place("reconsideration_and_litigation", "reconsideration", "total")
    assert {place.column for place in covered[total]} == {
        "upheld", "corrected", "other", "pending", "total",
    }  # fmt: skip
