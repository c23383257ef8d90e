"""The style sheets keep to their own names: sizes, spaces, widths, and what old browsers know."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from portal_data import ROOT
from portal_fixture import Built

ASSETS = ROOT / "docs/assets"
SHEETS = {path.name: path.read_text("utf-8") for path in sorted(ASSETS.rglob("*.css"))}
NAMED_WIDTH = re.compile(r"^ {3}(\d+em)(?: and (\d+em))? ", re.MULTILINE)
WIDTH = re.compile(r"(?:min|max)-width: (\d+[a-z]+)\)")
DECLARATION = re.compile(r"^\s*([a-z-]+):\s*(.+);$")
SPACE = re.compile(r"(?:margin|padding|gap)(?:-\w+)?")
SIZE = re.compile(r"var\(--gk-(?:fine|small|text|heading|title)\)|[\d.]+(?:em|%)|(?<=: )[\d.]+pt")
LATER = re.compile(
    r":(?:is|where|has)\(|@layer|@container|\binset:|aspect-ratio|accent-color|color-mix"
    r"|(?:padding|margin)-(?:block|inline)|\s&"
)
"""What browsers learnt after 2020: a rule that needs it does nothing for those of before."""

SHEET = pytest.mark.parametrize("name", SHEETS)


def declarations(sheet: str) -> Iterator[tuple[str, str]]:
    for line in sheet.splitlines():
        if match := DECLARATION.match(line):
            yield match[1], match[2]


def bare(sheet: str) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


@SHEET
def test_a_sheet_is_short_and_has_one_declaration_a_line(name: str) -> None:
    lines = bare(SHEETS[name]).splitlines()
    assert len(SHEETS[name].splitlines()) <= 300
    assert [line for line in lines if line.count(";") > 1 or ("{" in line and ";" in line)] == []


@SHEET
def test_letters_and_spaces_have_one_of_the_named_sizes(name: str) -> None:
    for key, value in declarations(SHEETS[name]):
        if key in {"font", "font-size"}:
            assert SIZE.search(f": {value}") or value in {"inherit", "16px"}, value
        if SPACE.fullmatch(key):
            assert "rem" not in value, f"{key}: {value}"


@SHEET
def test_the_layout_changes_at_the_widths_that_are_named(name: str) -> None:
    named = {width for found in NAMED_WIDTH.findall(SHEETS["tokens.css"]) for width in found}
    assert len(named) == 7
    queries = re.findall(r"^@media.*$", SHEETS[name], re.MULTILINE)
    assert set(WIDTH.findall(" ".join(queries))) <= named


@SHEET
def test_nothing_shouts_without_a_reason_or_fights_the_theme(name: str) -> None:
    sheet = SHEETS[name]
    assert "md-typeset" not in sheet
    loud = re.findall(r"(?:\*/\n)?[^{}]*\{[^{}]*!important", sheet)
    assert [rule for rule in loud if "*/" not in rule] == []
    assert LATER.findall(bare(sheet)) == []


@SHEET
def test_every_name_is_defined(name: str) -> None:
    defined = set(re.findall(r"(--gk-[a-z0-9]+):", SHEETS["tokens.css"]))
    assert set(re.findall(r"var\((--gk-[a-z0-9]+)\)", SHEETS[name])) <= defined


def test_all_sheets_are_sent_as_one(site: Built) -> None:
    folder = site.portal.site / "assets"
    assert {path.name for path in folder.rglob("*.css")} == {"portal.css", "dark.css"}
    sent = (folder / "portal.css").read_text("utf-8")
    listed = re.findall(
        r"^  - (assets/styles/.*\.css)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE
    )
    assert {Path(path).name for path in listed} == {
        path.name for path in (ASSETS / "styles").iterdir()
    }
    assert sent == "\n".join((ROOT / "docs" / path).read_text("utf-8") for path in listed)
