"""Reports with random figures in every state that a form allows."""

from random import Random

from gongkai.data.figures import WORDS, CellState
from gongkai.editing import drafts as scaffold
from gongkai.forms.axes import FigureKind, Leaf
from gongkai.forms.formats import Format, Table
from hypothesis import strategies as st
from single_report import PORTAL

EDITIONS = st.sampled_from([PORTAL.formats["2019"], PORTAL.formats["2021"]])
RANDOM = st.randoms(use_true_random=True)
NEW = (("发布日期", "2022-01-20"),)
TRANSCRIBED = (*NEW, ("原文链接", "https://www.example.gov.cn/1"), ("收录方式", "全文转录"))

Numbers = dict[tuple[str, str], int]


def cell_text(table: Table, row: Leaf, column: Leaf, random: Random, states: list[str]) -> str:
    """Some text that the form allows at a crossing."""
    if states and random.random() < 0.2:
        return random.choice(states)
    number = str(random.choice([0, 0, 1, 7, 12345, 999999999999999]))
    kind = table.kind(row, column)
    if kind is FigureKind.CHANGE:
        return random.choice(["", "-", "+"]) + number
    if kind is FigureKind.AMOUNT and random.random() < 0.5:
        number += f".{random.randint(0, 999999):06}"
    units = column.heading.printed_units
    return number + random.choice(["", *units])


def random_draft(edition: Format, random: Random) -> scaffold.Draft:
    """A transcribed report whose figures need not add up."""
    draft = scaffold.blank(edition.sections, TRANSCRIBED)
    states = [WORDS[CellState.BLANK], WORDS[CellState.UNRECORDED]]
    rows = {
        section.id: {
            path: WORDS[CellState.NO_ROW]
            if random.random() < 0.1
            else [cell_text(table, leaf, column, random, states) for column in table.columns.leaves]
            for path, (table, leaf) in section.rows.items()
        }
        for section in edition.sections
        if section.tables
    }
    prose = dict.fromkeys(draft.prose, "工作平稳。\n（一）公开：一是 *公开*；二是服务。")
    return scaffold.Draft(edition.sections, TRANSCRIBED, prose, rows)


def consistent(table: Table, random: Random, most: int) -> Numbers:
    """Numbers of a table that fulfil all of its relations: leaves at random, then the totals."""
    columns = {total.path: total.addends for total in table.columns.totals}
    rows = {total.path: total.addends for total in table.rows.totals}
    numbers: Numbers = {}
    for column in (path for path in table.columns.paths if path not in columns):
        line = {path: random.randint(0, most) for path in table.rows.paths}
        line |= {path: sum(line[addend] for addend in addends) for path, addends in rows.items()}
        for relation in table.reconciliations:
            rest = sum(line[path] for path in relation.right)
            for path in relation.left[:-1]:
                line[path] = random.randint(0, rest)
                rest -= line[path]
            line[relation.left[-1]] = rest
        numbers |= {(path, column): number for path, number in line.items()}
    for path in table.rows.paths:
        for column, addends in columns.items():
            numbers[path, column] = sum(numbers[path, addend] for addend in addends)
    return numbers


def consistent_text(edition: Format, random: Random) -> str:
    """The text of a new report in which every relation holds."""
    most = random.choice([0, 1, 9, 10**6])
    blank = scaffold.blank(edition.sections, NEW)
    rows: dict[str, dict[str, list[str]]] = {}
    for section in edition.sections:
        for table in section.tables:
            numbers = consistent(table, random, most)
            rows.setdefault(section.id, {}).update(
                {
                    path: [str(numbers[path, column]) for column in table.columns.paths]
                    for path in table.rows.paths
                }
            )
    prose = dict.fromkeys(blank.prose, "无")
    return scaffold.text(scaffold.Draft(edition.sections, NEW, prose, rows))
