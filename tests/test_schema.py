"""What editors are told of the files: schemas derived from the formats and from the readers."""

import dataclasses
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from random import Random

import pytest
import small_portal
import yaml
from editor import Editor, value_of
from gongkai.checks.registry import RULES
from gongkai.commands import main
from gongkai.data import dataset, files
from gongkai.data.agencies import AGENCY_KEYS, read_agency
from gongkai.data.regions import read_regions
from gongkai.data.report_keys import OWN_KEYS
from gongkai.data.reports import Report
from gongkai.editing import drafts as scaffold
from gongkai.editing import schema
from gongkai.forms.formats import Format, of_year
from gongkai.source import rules
from gongkai.source.fields import Reading
from gongkai.source.nodes import UnreadableError
from gongkai.source.reading import read
from gongkai.source.shapes import Group, Items, Shape
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from portal_data import DATA, HOME, ROOT
from random_reports import EDITIONS, NEW, RANDOM, consistent_text, random_draft
from single_report import PORTAL, read_text
from small_portal import TESTS

FILES = schema.files(PORTAL.formats, "data")
SETTINGS = json.loads(FILES[schema.SETTINGS])
JUDGEMENT = {rule.id for rule in RULES} - {rule.id for rule in rules.STRUCTURAL}


def schemas_of(files: Mapping[str, str]) -> dict[str, dict[str, object]]:
    return {
        PurePosixPath(path).name: json.loads(text)
        for path, text in files.items()
        if "/schema/" in path
    }


SCHEMAS = schemas_of(FILES)
EDITOR = Editor(SCHEMAS)


def schemas_for(path: str, files: Mapping[str, str] = FILES) -> list[str]:
    """The schemas that the settings map a file to."""
    mapped = json.loads(files[schema.SETTINGS])["yaml.schemas"]
    return [
        PurePosixPath(name).name
        for name, globs in mapped.items()
        if any(PurePosixPath(path).match(glob) for glob in globs)
    ]


def complaints(path: str, text: str) -> list[str]:
    (name,) = schemas_for(path)
    return EDITOR.complaints(name, text)


def problems_of_form(path: str, text: str) -> list[str]:
    """What the checker says of the form of a file, its figures not judged."""
    reading = Reading(path)
    name = PurePosixPath(path).name
    try:
        node = read(path, text.encode())
    except UnreadableError as error:
        return [str(problem) for problem in error.problems]
    if name == files.REGIONS:
        read_regions(reading, node)
    elif name == files.AGENCY_FILE:
        read_agency(reading, node, "office", PORTAL.regions)
    else:
        found = read_text(text, int(name.removesuffix(".yaml"))).problems
        return [str(problem) for problem in found if problem.rule.id not in JUDGEMENT]
    return [str(problem) for problem in reading.problems]


# ── The files ──


def test_the_files_are_what_the_formats_make_them() -> None:
    found = {path: (ROOT / path).read_bytes().decode() for path in FILES}
    assert found == FILES, "run manage.py schema"


def test_the_files_are_small_plain_and_end_with_a_line_feed() -> None:
    for path, text in FILES.items():
        assert len(text.encode()) < 100_000, path
        assert "\r" not in text
        assert "\\u" not in text
        assert text.endswith("}\n")


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_draft_07(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == Draft7Validator.META_SCHEMA["$schema"]
    Draft7Validator.check_schema(SCHEMAS[name])


def parts(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from parts(item)
    elif isinstance(value, list):
        for item in value:
            yield from parts(item)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_reference_leads_to_a_definition(name: str) -> None:
    for part in parts(SCHEMAS[name]):
        if isinstance(reference := part.get("$ref"), str):
            assert set(part) == {"$ref"}, "what stands beside a reference is ignored"
            file, _, pointer = reference.partition("#/definitions/")
            definitions = SCHEMAS[file or name]["definitions"]
            assert isinstance(definitions, dict)
            assert pointer in definitions


@pytest.mark.parametrize("name", SCHEMAS)
def test_patterns_are_plain_enough_for_javascript(name: str) -> None:
    # Editors read them with the flag u, which refuses any other escape.
    for part in parts(SCHEMAS[name]):
        pattern = part.get("pattern")
        if isinstance(pattern, str):
            assert re.fullmatch(r"(?:[^\\]|\\[sSdn\\^$.|?*+()\[\]{}/])*", pattern), pattern
            assert not re.search(r"\(\?[^:=!]|\\[AZzb]", pattern), pattern


def test_no_schema_asks_another_host() -> None:
    assert set(re.findall(r"https?://[\w./-]+", "".join(FILES.values()))) == {
        "http://json-schema.org/draft-07/schema"
    }
    assert SETTINGS["yaml.schemaStore.enable"] is False


# ── Which file has which schema ──


def test_every_data_file_has_exactly_one_schema() -> None:
    for path in [DATA / "regions.yaml", *(DATA / "agencies").rglob("*.yaml")]:
        assert len(schemas_for(path.relative_to(HOME).as_posix())) == 1, path


def test_a_year_has_the_schema_of_the_format_in_force() -> None:
    for year in range(1895, 2205):
        path = f"data/agencies/office/{year}.yaml"
        edition = of_year(PORTAL.formats, year) if year < 2200 else None
        assert schemas_for(path) == ([f"{edition.id}.json"] if edition else [])


def test_formats_have_no_schema_and_another_folder_neither() -> None:
    assert schemas_for("data/formats/2021.yaml") == []
    assert schemas_for("tests/small/2021.yaml") == []


def test_the_extension_that_reads_them_is_recommended() -> None:
    text = (ROOT / ".vscode/extensions.json").read_text("utf-8")
    assert json.loads(text) == {"recommendations": ["redhat.vscode-yaml"]}


# ── What the checker accepts ──


@pytest.mark.parametrize("report", PORTAL.reports, ids=lambda item: f"{item.agency}/{item.year}")
def test_every_report_of_the_portal_is_accepted(report: Report) -> None:
    assert complaints(report.path, (HOME / report.path).read_text("utf-8")) == []


@pytest.mark.parametrize("slug", PORTAL.agencies)
def test_every_agency_is_accepted(slug: str) -> None:
    path = PORTAL.agencies[slug].path
    assert complaints(path, (HOME / path).read_text("utf-8")) == []


def test_the_regions_are_accepted() -> None:
    assert complaints("data/regions.yaml", (DATA / "regions.yaml").read_text("utf-8")) == []


def test_reports_that_follow_another_format_are_among_them() -> None:
    texts = [(HOME / report.path).read_text("utf-8") for report in PORTAL.reports]
    assert sum(bool(re.search(r"^格式: 20", text, re.MULTILINE)) for text in texts) >= 2
    assert sum(bool(re.search(r"^格式:$", text, re.MULTILINE)) for text in texts) >= 2


@settings(deadline=None, max_examples=60)
@given(EDITIONS, RANDOM)
def test_whatever_the_reader_accepts_is_accepted(edition: Format, random: Random) -> None:
    text = scaffold.text(random_draft(edition, random))
    path = f"data/agencies/office/{edition.first_year}.yaml"
    assert problems_of_form(path, text) == []
    assert complaints(path, text) == []


@settings(deadline=None, max_examples=30)
@given(edition=EDITIONS, other=EDITIONS, random=RANDOM, by_section=st.booleans())
def test_a_report_that_follows_another_format_is_accepted(
    *, edition: Format, other: Format, random: Random, by_section: bool
) -> None:
    draft = random_draft(other, random)
    stated = other.id
    if by_section:
        others = {item.id for item in edition.sections if item.tables and random.random() < 0.5}
        sections = [
            (other if item.id in others else edition).by_id[item.id] for item in edition.sections
        ]
        rows = dict(random_draft(edition, random).rows)
        rows |= {name: draft.rows[name] for name in others}
        draft = scaffold.Draft(sections, draft.head, draft.prose, rows)
        names = (f"{edition.by_id[name].key}: {other.id}" for name in others)
        stated = f"{{{', '.join(names)}}}"
    text = f"格式: {stated}\n{scaffold.text(draft)}"
    path = f"data/agencies/office/{edition.first_year}.yaml"
    assert problems_of_form(path, text) == []
    assert complaints(path, text) == []


@settings(deadline=None, max_examples=20)
@given(EDITIONS, RANDOM)
def test_a_new_report_is_accepted(edition: Format, random: Random) -> None:
    path = f"data/agencies/office/{edition.first_year}.yaml"
    assert complaints(path, consistent_text(edition, random)) == []


def test_a_section_that_another_format_calls_otherwise_is_expected_under_that_name() -> None:
    old = PORTAL.formats["2019"]
    last = dataclasses.replace(old.sections[-1], key="附记")
    renamed = dataclasses.replace(old, sections=(*old.sections[:-1], last))
    formats = {"2019": renamed, "2021": PORTAL.formats["2021"]}
    editor = Editor(schemas_of(schema.files(formats, "data")))
    key = old.sections[-1].key
    text = HISTORICAL + f"格式: {{{key}: 2019}}\n" + GOOD[REPORT]
    assert editor.complaints("2021.json", text)
    assert editor.complaints("2021.json", text.replace(f"\n{key}:", "\n附记:")) == []


# ── What it refuses ──


REPORT = "data/agencies/office/2021.yaml"
AGENCY = "data/agencies/office/agency.yaml"
REGIONS = "data/regions.yaml"
BLANK = scaffold.text(scaffold.blank(PORTAL.formats["2021"].sections, NEW))
GOOD = {
    REPORT: BLANK.replace("|\n  待填", "|\n  无").replace("待填", "0")
    + "主动公开渠道:\n  合计: 3\n  明细:\n"
    + "    - {内容: 公文, 渠道: 网站, 条数: 3, 其中: {甲: 1, 乙: 2}}\n"
    + "更正:\n  - {日期: 2022-03-01, 内容: 改正了一个数。}\n",
    AGENCY: "全称: 某某市某某局\n类别: 部门\n地区: 530902\n简称: 某局\n"
    "统一社会信用代码: 11530902MB0123456X\n曾用名:\n  - {名称: 旧局, 起: 2019, 止: 2020-08-01}\n"
    "公开机构: {名称: 办公室, 邮编: 677000, 电话: 2160000, 电子邮箱: a@example.gov.cn}\n"
    "链接: {网站: 'https://www.example.gov.cn/'}\n沿革: 无。\n设立: 2019\n",
    REGIONS: "530000: {名称: 云南省}\n530900: {名称: 临沧市, 上级: 530000, 备注: 无}\n",
}
ROW = r"(?m)^  本年新收: .*$"
HISTORICAL = "收录方式: 全文转录\n原文链接: https://www.example.gov.cn/1\n"

BAD = [
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, 0, 0]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, -1]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, 1.5]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, '1']"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, 无]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, 待填]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, \uff11]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, 3件]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, null]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, true]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, [0]]"),
    (REPORT, ROW, "  本年新收: [0, 0, 0, 0, 0, 0, 1000000000000000]"),
    (REPORT, ROW, "  本年新收: 0"),
    (REPORT, ROW, "  本年新收:"),
    (REPORT, ROW, "  本年新收: 未录"),
    (REPORT, ROW, "  本年收: [0, 0, 0, 0, 0, 0, 0]"),
    (REPORT, ROW + r"\n", ""),
    (REPORT, r"(?m)^  行政事业性收费: .*$", "  行政事业性收费: [-0.5]"),
    (REPORT, r"(?m)^  办理结果:\n(    .*\n)+", "  办理结果: [0, 0, 0, 0, 0, 0, 0]\n"),
    (REPORT, r"(?m)^总体情况: .*\n(  .*\n)+", ""),
    (REPORT, r"(?m)^总体情况: .*\n(  .*\n)+", "总体情况: 待填\n"),
    (REPORT, r"(?m)^总体情况: .*\n(  .*\n)+", "总体情况:\n"),
    (REPORT, r"(?m)^总体情况: .*\n(  .*\n)+", "总体情况: [无]\n"),
    (REPORT, "发布日期: .*", "发布日期: 2022.1.20"),
    (REPORT, "发布日期: .*", "发布日期: 不详"),
    (REPORT, "发布日期: .*", "发布时间: 2022-01-20"),
    (REPORT, "\\A", "标题: <b>报告</b>\n"),
    (REPORT, "\\A", "年度: 2021\n"),
    (REPORT, "\\A", "格式: 2019\n"),
    (REPORT, "\\A", "转录说明: 无\n"),
    (REPORT, "\\A", "收录方式: 抄录\n"),
    (REPORT, "\\A", "收录方式: 全文转录\n"),
    (REPORT, "\\A", HISTORICAL.replace("https", "ftp")),
    (REPORT, "\\A", HISTORICAL.replace("全文转录", "仅统计数据")),
    (REPORT, "\\A", HISTORICAL + "格式: 2018\n"),
    (REPORT, "\\A", HISTORICAL + "格式: 2019\n"),
    (REPORT, "\\A", HISTORICAL + "格式: [2019]\n"),
    (REPORT, "\\A", HISTORICAL + "格式: {主动公开政府信息情况: 2018}\n"),
    (REPORT, "\\A", HISTORICAL + "格式: {主动公开政府信息情况: 2019}\n"),
    (REPORT, "\\A", HISTORICAL + "格式: {主动公开: 2019}\n"),
    (REPORT, "条数: 3", "条数: -3"),
    (REPORT, "条数: 3", "条数: 三"),
    (REPORT, "甲: 1", "甲: 无"),
    (REPORT, "内容: 公文, ", ""),
    (REPORT, "日期: 2022-03-01", "日期: 三月"),
    (REPORT, "\\A.*(?s:.*)", "- 无\n"),
    (AGENCY, "类别: 部门", "类别: 局"),
    (AGENCY, "地区: 530902", "地区: 临翔区"),
    (AGENCY, "677000", "六七七"),
    (AGENCY, "2160000", "call me"),
    (AGENCY, "a@example", "example"),
    (AGENCY, "网站:", "官网:"),
    (AGENCY, "'https://www", "'javascript://www{"),
    (AGENCY, "  - {名称: 旧局", "  - {旧名: 旧局"),
    (AGENCY, "11530902MB0123456X", "11530902MB"),
    (AGENCY, "起: 2019", "起: 二〇一九"),
    (REGIONS, "530900:", "临沧:"),
    (REGIONS, "{名称: 云南省}", "云南省"),
    (REGIONS, "名称: 临沧市, ", ""),
]


@pytest.mark.parametrize("path", GOOD)
def test_the_model_of_the_bad_variants_is_good(path: str) -> None:
    assert (problems_of_form(path, GOOD[path]), complaints(path, GOOD[path])) == ([], [])


@pytest.mark.parametrize(("path", "pattern", "slip"), BAD)
def test_schema_and_checker_refuse_the_same(path: str, pattern: str, slip: str) -> None:
    text, changes = re.subn(pattern, lambda _: slip, GOOD[path], count=1)
    assert changes == 1
    assert problems_of_form(path, text)
    assert complaints(path, text)


def groups(shape: Shape) -> Iterator[Group]:
    if isinstance(shape, Items):
        yield from groups(shape.item)
    elif isinstance(shape, Group):
        yield shape
        for inner in shape.keys.values():
            yield from groups(inner)


def entries(value: object) -> Iterator[tuple[dict[str, object], str]]:
    for part in parts(value):
        yield from ((part, key) for key in part)


@pytest.mark.parametrize("path", [REPORT, AGENCY])
def test_schema_and_checker_need_the_same_keys(path: str) -> None:
    count = len(list(entries(value_of(GOOD[path]))))
    for number in range(count):
        value = value_of(GOOD[path])
        part, key = list(entries(value))[number]
        del part[key]
        text = json.dumps(value, ensure_ascii=False)
        quoted = re.sub(r'"(\d+)"', r"\1", text)
        is_refused = bool(problems_of_form(path, quoted))
        assert bool(complaints(path, quoted)) == is_refused, key


def keys_in(path: str) -> set[str]:
    return {key for _, key in entries(value_of(GOOD[path]))}


def test_the_models_have_every_needed_key() -> None:
    shapes: dict[str, Shape] = {REPORT: Group("", OWN_KEYS), AGENCY: Group("", AGENCY_KEYS)}
    for path, shape in shapes.items():
        for group in groups(shape):
            missing = {key for key, inner in group.keys.items() if inner.needed} - keys_in(path)
            assert missing == set()


# ── What a schema cannot see: the checker alone refuses it, or alone accepts it ──


SMALL = dataset.load(TESTS / "small")
SMALL_EDITOR = Editor(schemas_of(schema.files(SMALL.formats, "data")))
KINDS = {"reports": "2021.json", "agencies": "agency.json", "regions": "regions.json"}
UNSEEN_RULES = JUDGEMENT | {
    *("duplicate-key", "invisible-character", "reference", "state", "yaml-feature"),
}
UNSEEN_FILES = {
    # YAML has made numbers of them before the schema is asked
    *("figure-decimal-zero", "figure-exponent", "figure-hexadecimal", "figure-leading-zero"),
    *("figure-plus-sign", "seven-decimals"),
    *("impossible-date", "correction-on-an-impossible-date"),  # no calendar
    *("deadline-on-an-impossible-day", "ended-on-an-impossible-day"),
    *("former-name-until-an-impossible-day", "contact-checked-on-an-impossible-day"),
    *("exempt-in-no-year", "merged-without-an-end"),  # keys are free, and do not know each other
    "ended-before-founded",
    *("mobile-number", "private-mailbox"),  # what words say
    "row-over-two-lines",  # no lines
}


def bad_files() -> Iterator[tuple[str, Path, str]]:
    """The bad files that YAML itself can read."""
    for kind, name in KINDS.items():
        for path in sorted((TESTS / "bad" / kind).iterdir()):
            try:
                text = path.read_bytes().decode()
                value_of(text)
            except (UnicodeDecodeError, yaml.YAMLError):
                continue
            yield name, path, text


def test_a_schema_refuses_every_bad_file_but_these() -> None:
    unseen = set()
    for name, path, text in bad_files():
        broken = set(re.findall(r"^# expect: \S+ (\S+)$", text, re.MULTILINE))
        if broken - UNSEEN_RULES and not SMALL_EDITOR.complaints(name, text):
            unseen.add(path.stem)
    assert unseen == UNSEEN_FILES


def test_a_schema_accepts_the_good_files_beside_them() -> None:
    for place, name in ((small_portal.REPORT, "2021"), (small_portal.AGENCY, "agency")):
        assert SMALL_EDITOR.complaints(f"{name}.json", small_portal.good(place)) == []


@pytest.mark.parametrize(
    ("path", "there", "slip"),
    [
        (AGENCY, "677000", "6770"),
        (AGENCY, "530902", "110000"),
        (REGIONS, "上级: 530000", "上级: 110000"),
    ],
    ids=["too few digits", "a region that is not there", "a parent that is not there"],
)
def test_a_schema_does_not_see(path: str, there: str, slip: str) -> None:
    text = GOOD[path].replace(there, slip)
    assert problems_of_form(path, text)
    assert complaints(path, text) == []


def test_a_schema_does_not_see_arithmetic() -> None:
    text = re.sub(ROW, "  本年新收: [1, 0, 0, 0, 0, 0, 5]", GOOD[REPORT])
    assert read_text(text, 2021).problems
    assert complaints(REPORT, text) == []


@pytest.mark.parametrize(
    ("pattern", "variant"),
    [(r"(?m)^  本年新收:", "  本年　新收:"), (r"\A", "标题: true\n"), (r"\A", "标题: NULL\n")],
    ids=["a key in another width", "a text that is a truth value", "a text that is a null"],
)
def test_the_checker_alone_accepts(pattern: str, variant: str) -> None:
    text = re.sub(pattern, variant, GOOD[REPORT], count=1)
    assert problems_of_form(REPORT, text) == []
    assert complaints(REPORT, text)


# ── What it says and completes ──


def test_a_blank_report_is_a_list_of_what_is_still_to_be_filled_in() -> None:
    edition = PORTAL.formats["2021"]
    blank = scaffold.blank(edition.sections, NEW)
    found = complaints(REPORT, scaffold.text(blank))
    cells = sum(len(row) for rows in blank.rows.values() for row in rows.values())
    assert len(found) == cells + len(blank.prose)


def property_at(edition: str, section: str, *keys: str) -> dict[str, object]:
    definitions = SCHEMAS[f"{edition}.json"]["definitions"]
    assert isinstance(definitions, dict)
    part = definitions[section]
    for key in keys:
        part = part["allOf"][0]["properties"][key]
    assert isinstance(part, dict)
    return part


def test_a_row_is_explained_and_completed_as_one_line() -> None:
    row = property_at("2021", "requests", "办理结果", "不予公开", "属于国家秘密")
    assert row["title"] == "1.属于国家秘密"
    assert row["description"] == (
        "信息已经依法确定为国家秘密。"
        "依次填：自然人、商业企业、科研机构、社会公益组织、法律服务机构、其他、总计。"
        "依据：条例第十四条。"
    )
    zeros = ", ".join(f"${{{number}:0}}" for number in range(1, 8))
    assert row["defaultSnippets"] == [{"label": "1.属于国家秘密", "body": f"[{zeros}]"}]


def written(body: object, indent: str) -> Iterator[str]:
    """A completion as an editor writes it, its tab stops passed."""
    assert isinstance(body, dict)
    for key, value in body.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from written(value, indent + "  ")
        else:
            yield f"{indent}{key}: {re.sub('[$][{][0-9]+:(.*?)[}]', lambda stop: stop[1], value)}"


@pytest.mark.parametrize("edition", PORTAL.formats)
def test_completed_sections_make_the_blank_report_that_new_makes(edition: str) -> None:
    lines = ["发布日期: 2022-01-20"]
    for section in PORTAL.formats[edition].sections:
        (snippet,) = listed(property_at(edition, section.id)["defaultSnippets"])
        body = snippet["body"] if section.tables else {}
        lines += [f"{section.key}:" if section.tables else f"{section.key}: 待填"]
        lines += written(body, "  ")
    blank = scaffold.text(scaffold.blank(PORTAL.formats[edition].sections, NEW))
    assert value_of("\n".join(lines)) == value_of(blank.replace("|\n  待填\n", "待填\n"))


def listed(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def test_the_tab_stops_of_a_completed_section_are_numbered_through() -> None:
    (snippet,) = listed(property_at("2021", "requests")["defaultSnippets"])
    stops = re.findall(r"\$\{(\d+):", json.dumps(snippet["body"]))
    rows = PORTAL.formats["2021"].by_id["requests"].rows
    assert [int(stop) for stop in stops] == list(range(1, 7 * len(rows) + 1))


def test_every_section_row_and_cell_has_title_and_explanation() -> None:
    for edition in PORTAL.formats.values():
        definitions = SCHEMAS[f"{edition.id}.json"]["definitions"]
        assert isinstance(definitions, dict)
        for section in edition.sections:
            assert definitions[section.id]["title"] == section.heading
            assert section.meaning in definitions[section.id]["description"]
        cells = [part for name, part in definitions.items() if name.startswith("cell-")]
        rows = [part for part in parts(definitions) if "defaultSnippets" in part]
        assert cells
        assert len(rows) > 30
        for part in (*cells, *rows):
            assert part["title"]
            assert re.search("[一-龥].*依据：.+。$", str(part["description"]))


# ── A format of tomorrow ──


FUTURE = TESTS / "future"


@pytest.fixture(scope="module")
def future(tmp_path_factory: pytest.TempPathFactory) -> dataset.Dataset:
    root = tmp_path_factory.mktemp("future") / "data"
    shutil.copytree(DATA, root)
    shutil.copytree(FUTURE, root, dirs_exist_ok=True)
    return dataset.load(root)


def test_a_made_up_format_has_a_schema_without_a_change_of_code(future: dataset.Dataset) -> None:
    files = schema.files(future.formats, "data")
    assert schemas_for("data/agencies/office/2029.yaml", files) == ["2021.json"]
    assert schemas_for("data/agencies/office/2030.yaml", files) == ["2030.json"]
    editor = Editor(schemas_of(files))
    reports = [report for report in future.reports if report.year >= 2030]
    assert reports
    for report in reports:
        text = (FUTURE / report.path.removeprefix("data/")).read_text("utf-8")
        assert editor.complaints("2030.json", text) == []
        (complaint,) = editor.complaints("2030.json", text.replace("地方标准:", "标准:"))[:1]
        assert "标准" in complaint


def test_every_title_of_a_made_up_format_comes_from_it(future: dataset.Dataset) -> None:
    edition = future.formats["2030"]
    made = schemas_of(schema.files({"2030": edition}, "data"))["2030.json"]
    definitions = made["definitions"]
    assert isinstance(definitions, dict)
    rest = {name: part for name, part in definitions.items() if "-report" not in name}
    source = "".join(
        path.read_text("utf-8") for path in (*FUTURE.rglob("2030.yaml"), *DATA.glob("formats/*"))
    )
    for part in parts(rest):
        if isinstance(title := part.get("title"), str):
            assert all(label in source for label in title.split("·")), title


# ── The data folder and the command ──


def test_the_loader_does_not_look_at_the_schemas(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    shutil.rmtree(tmp_path / "data/schema")
    bare = dataset.load(tmp_path / "data")
    assert bare.problems == PORTAL.problems == ()
    assert bare.report_files == PORTAL.report_files


def test_the_command_writes_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("pingtan-*", "schema"))
    assert run(data, "--check") == 1
    assert run(data) == 0
    assert run(data, "--check") == 0
    assert {path: (tmp_path / path).read_bytes().decode() for path in FILES} == FILES
    capsys.readouterr()
    (data / "schema/2021.json").write_text("{}\n", "utf-8")
    (data / "schema/1999.json").write_text("{}\n", "utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert run(data, "--check") == 1
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    told = capsys.readouterr().out
    assert "data/schema/2021.json" in told
    assert "data/schema/1999.json" in told
    assert "manage.py schema" in told
    assert run(data) == 0
    assert not (data / "schema/1999.json").exists()


def test_nothing_is_written_from_formats_with_errors(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("pingtan-*", "schema"))
    (data / "formats/2019.yaml").write_text("id: 2019\n", "utf-8")
    assert run(data) == 1
    assert not (data / "schema").exists()


def run(data: Path, *arguments: str) -> int:
    return main(["--data", str(data), "schema", *arguments])
