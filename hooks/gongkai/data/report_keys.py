"""The keys of a report file and what stands under them, in the order in which they are written."""

import re
from collections.abc import Mapping, Sequence

from gongkai.forms.formats import Section
from gongkai.source.dates import MOMENT
from gongkai.source.fields import NAME, WEB_ADDRESS
from gongkai.source.shapes import Group, Items, Shape, Text

from .answers import ANSWER_KEYS
from .reports import Source

FileKeys = Mapping[str, Shape | Section]
"""The keys of a file in the order in which they are written; a section stands for its tables."""

TITLE, PUBLISHED, ORIGINAL, SOURCE, EDITION = "标题", "发布日期", "原文链接", "收录方式", "格式"
CHANNELS, CHANNEL_ITEMS = "主动公开渠道", "明细"
CORRECTIONS, NOTES = "更正", "转录说明"
UNKNOWN_DATE = "不详"
"""What stands for a date that nobody knows; only in historical reports."""
DATE_NEEDED = "写成 2022-01-20 或 2022-01-20 09:30；旧报告查不到的写“不详”。"
PROSE_NEEDED = "用“|”开头，另起一行写正文；没有内容的写“无”。"
COUNT = re.compile(r"0|[1-9]\d{0,14}", re.ASCII)
_NUMBER = Text("条数，没有填 0。", COUNT.pattern, needed=True)
CHANNEL = Group(
    "在一个渠道公开的一类信息。",
    {
        "内容": Text("公开的是什么。", NAME.pattern, needed=True),
        "渠道": Text("在哪里公开。", NAME.pattern, needed=True),
        "条数": _NUMBER,
        "其中": Group("再细分的条数，写成 {甲类: 3, 乙类: 5}。", others=_NUMBER),
    },
)
CHANNELS_GROUP = Group(
    "正文里写到的主动公开条数。",
    {"合计": _NUMBER, CHANNEL_ITEMS: Items("每个渠道、每类信息一项。", CHANNEL)},
)
CORRECTION = Group(
    "一次更正。",
    {
        "日期": Text("更正的日期，例如 2022-03-01。", MOMENT.pattern, needed=True),
        "内容": Text("改了什么、为什么改。", needed=True),
    },
)
_HEAD: Mapping[str, Shape] = {
    TITLE: Text("原件的标题；与规定标题一样的不写。", NAME.pattern),
    PUBLISHED: Text(DATE_NEEDED, f"{MOMENT.pattern}|{UNKNOWN_DATE}", needed=True),
    ORIGINAL: Text("原报告的网址，以 https:// 开头。转录的报告必须写。", WEB_ADDRESS.pattern),
    SOURCE: Text("报告怎样收录进来；机关在这里填报的不写。", choices=tuple(Source)),
    EDITION: Text("只用于转录：原件用了别的年度报告格式时，写格式名称，或者逐个部分写。"),
}
_AFTER_THE_FIRST_SECTION: Mapping[str, Shape] = {CHANNELS: CHANNELS_GROUP}
_TAIL: Mapping[str, Shape] = {
    NOTES: Text("只用于转录：转录时需要向读者说明的事情。", is_prose=True),
    **ANSWER_KEYS,
    CORRECTIONS: Items("发布以后改过的，逐次写明。", CORRECTION),
}
OWN_KEYS: Mapping[str, Shape] = {**_HEAD, **_AFTER_THE_FIRST_SECTION, **_TAIL}
"""The keys of a report file that are no sections of its format."""
PROSE = Text(PROSE_NEEDED, needed=True, is_prose=True)
"""What stands under a section that has no tables."""
HISTORICAL_KEYS = (EDITION, NOTES)
"""The keys that only a transcribed report may have."""


def report_keys(sections: Sequence[Section]) -> FileKeys:
    """Return every key of a report with these sections, in the order in which they are written."""
    first, others = _stated(sections[:1]), _stated(sections[1:])
    return {**_HEAD, **first, **_AFTER_THE_FIRST_SECTION, **others, **_TAIL}


def _stated(sections: Sequence[Section]) -> FileKeys:
    return {section.key: section if section.tables else PROSE for section in sections}
