"""The statutory format is data: none of its labels is written into the program."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from gongkai.forms.axes import Heading
from portal_data import ROOT
from single_report import PORTAL

LONG = 4
EXCEPTIONS = {
    "hooks/gongkai/forms/kinds.py": {"其他"},  # one of the kinds of agencies
}
SUFFIXES = {".py", ".j2", ".html", ".js", ".css"}
FILES = [ROOT / "manage.py"] + [
    path
    for folder in ("hooks", "docs")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in SUFFIXES
]


def words() -> Iterator[str]:
    """Labels and keys of both formats, with the lines that are printed around the tables."""

    def of(headings: tuple[Heading, ...]) -> Iterator[str]:
        for heading in headings:
            yield from (heading.label, heading.key)
            yield from of(heading.children)

    for edition in PORTAL.formats.values():
        for section in edition.sections:
            yield from (section.heading, section.key)
            for table in section.tables:
                yield from (table.band, table.corner)
                yield from of(table.rows.headings)
                yield from of(table.columns.headings)


WORDS = frozenset(word for word in words() if word)


def found_in(text: str) -> set[str]:
    long = {word for word in WORDS if len(word) >= LONG and word in text}
    quoted = set(re.findall(r"(?<=[\"'`])([^\"'`]{1,3})(?=[\"'`])", text))
    return long | (quoted & WORDS)


def test_the_words_are_those_of_both_formats() -> None:
    assert {"（一）予以公开", "本年新收", "本年增/减", "总计", "第二十条第（五）项"} <= WORDS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_label_is_written_into_the_program(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    assert found_in(path.read_text("utf-8")) == EXCEPTIONS.get(name, set())


def test_a_label_would_be_found() -> None:
    assert found_in('x = "总计"') == {"总计"}
    assert found_in("这里写着商业企业的数") == {"商业企业"}
    assert found_in("合计和总计都要核对") == set()
