"""What texts are cut into: amounts, sentences under their headings, personal data."""

from decimal import Decimal

import pytest
from gongkai.data.passages import Passage, amounts, is_subheading, paragraphs_of
from gongkai.data.privacy import find, masked
from gongkai.data.reports import Prose
from gongkai.source.problems import Location
from single_report import PORTAL

SECTION = PORTAL.formats["2021"].sections[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到15件", [(2, 5, "15", "件", False)]),
        ("收到 1,234 件", [(3, 10, "1234", "件", False)]),
        ("1234,5件", []),
        ("收费0.85万元", [(2, 8, "8500", "元", False)]),
        ("点击3万次", [(2, 5, "30000", "次", False)]),
        ("投资1.2亿元", [(2, 7, "120000000", "元", False)]),
        ("阅读2亿次", [(2, 5, "200000000", "次", False)]),
        ("十五件、二十件、一百零三件", [(0, 3, "15", "件", False), (4, 7, "20", "件", False),
                                       (8, 13, "103", "件", False)]),
        ("两千三百四十条", [(0, 7, "2340", "条", False)]),
        ("二〇二一年公开一二三条", [(7, 11, "123", "条", False)]),
        ("近20件，20余件", [(1, 4, "20", "件", True), (5, 9, "20", "件", True)]),
        ("超过20件", [(2, 5, "20", "件", True)]),
        ("至少20件", [(2, 5, "20", "件", True)]),
        ("第3条、第十条", []),
        ("8件次", [(0, 3, "8", "件次", False)]),
        ("没有", []),
    ],
)  # fmt: skip
def test_an_amount_has_its_place_value_and_unit(
    text: str, expected: list[tuple[int, int, str, str, bool]]
) -> None:
    found = [(*item[:2], item.value, item.unit, item.is_rough) for item in amounts(text)]
    assert found == [(*item[:2], Decimal(item[2]), *item[3:]) for item in expected]


TEXT = """前言；第一句。第二句！
（一）主动公开情况
公开 12 条。另有 3 件；
  （二）依申请公开情况
收到 5 件。"""


def test_sentences_stand_under_the_heading_above_them() -> None:
    passage = Passage(SECTION, Prose(TEXT, 1))
    assert [(item.text.strip(), item.heading, item.paragraph) for item in passage.sentences] == [
        ("前言", "", 0),
        ("第一句", "", 0),
        ("第二句", "", 0),
        ("公开 12 条", "(一)主动公开情况", 2),
        ("另有 3 件", "(一)主动公开情况", 2),
        ("收到 5 件", "(二)依申请公开情况", 4),
    ]
    assert all(passage.text.startswith(item.text, item.start) for item in passage.sentences)


def test_amounts_are_taken_from_a_stretch_as_far_as_they_end_in_it() -> None:
    passage = Passage(SECTION, Prose("公开12条、5件、7件。", 1))
    assert [item.unit for item in passage.amounts_in(0, 20)] == ["条", "件", "件"]
    assert [item.value for item in passage.amounts_in(2, 8)] == [12, 5]
    assert [item.value for item in passage.amounts_in(3, 7)] == []
    assert passage.quoted(2, 5) == "12条"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(一)主动公开情况", True),
        ("(十二)其他", True),
        ("（三）依申请公开情况", True),
        ("(1)主动公开情况", False),
        ("一、主动公开情况", False),
        ("(一)公开了文件。", False),
        ("(一)" + "长" * 40, True),
        ("(一)" + "长" * 41, False),
        ("(一)", False),
    ],
)
def test_a_short_line_with_a_number_in_brackets_is_a_sub_heading(
    line: str, *, expected: bool
) -> None:
    assert is_subheading(line) is expected


def test_sub_headings_are_numbered_within_their_section() -> None:
    lines = ["前言。", "（一）主动公开", "公开。", "（二）依申请公开"]
    assert [(item.text, item.id) for item in paragraphs_of(SECTION, lines)] == [
        ("前言。", ""),
        ("（一）主动公开", f"{SECTION.id}-1"),
        ("公开。", ""),
        ("（二）依申请公开", f"{SECTION.id}-2"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("身份证11010519491231002X。", "身份证号", "110105**********2X"),
        ("卡号6222 0212 3456 7894", "银行卡号", "6222 **** **** **94"),
        ("电话13800138000", "手机号", "138****8000"),
        ("电话 138-0013-8000", "手机号", "138-****-8000"),
        ("邮箱zhangsan@163.com", "私人邮箱", "z*******@163.com"),
        ("QQ：12345678", "QQ 号", "12*****8"),
        ("微信号：zhang_san", "微信号", "zh******n"),
    ],
)
def test_personal_data_is_named_and_shown_by_its_ends(text: str, kind: str, shown: str) -> None:
    (item,) = find(text)
    assert (item.kind, item.masked) == (kind, shown)
    assert masked(text) == text[: item.start] + shown + text[item.end :]
    assert len(masked(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "身份证110105194912310021",
        "身份证110105194913310026",
        "卡号6222 0212 3456 7895",
        "电话0883-2160000",
        "编号1380013800012",
        "邮箱zwgk@lincang.gov.cn",
        "网址https://example.gov.cn/13800138000",
        "微信公众号：lincang",
        "新收: [13800138000, 1]",
    ],
)
def test_what_only_looks_like_personal_data_is_left_alone(text: str) -> None:
    assert list(find(text)) == []
    assert masked(text) == text


def test_a_stretch_of_a_text_has_its_place_in_the_file() -> None:
    block = Prose("甲乙丙。\n丁戊己。", 7, 3)
    assert block.place("a.yaml", 1, 3) == Location("a.yaml", 7, 4, 6)
    assert block.place("a.yaml", 6, 8) == Location("a.yaml", 8, 4, 6)
    assert block.place("a.yaml", 1, 8) == Location("a.yaml", 7, 4, 7)
    folded = block._replace(is_folded=True)
    assert folded.place("a.yaml", 6, 8) == Location("a.yaml", 7, 3)
