"""The rules of form: what a file of `data/` must look like before anything in it is checked.

The rules about figures and their meaning are the check functions in `checks/`.
"""

from .problems import Rule, Severity

_BASIS = "年度报告格式和本站的填报约定"


def _rule(rule_id: str, name: str, text: str, wrong: str, right: str) -> Rule:
    return Rule(rule_id, name, Severity.ERROR, text, _BASIS, wrong, right, is_of_form=True)


FILE_SIZE = _rule(
    "file-size",
    "文件大小",
    "一个数据文件不超过 256 KB。",
    "把图片或整张网页贴进了文件。",
    "只写文字和数字。",
)
FILE_NAME = _rule(
    "file-name",
    "文件位置",
    "文件放在约定的文件夹里，名字写法正确。",
    "data/agencies/某局/2021年报.yaml",
    "data/agencies/mouju/2021.yaml",
)
ENCODING = _rule(
    "encoding",
    "文件编码",
    "文件用 UTF-8 编码保存。",
    "记事本保存时编码选了 ANSI。",
    "记事本保存时编码选 UTF-8。",
)
INVISIBLE = _rule(
    "invisible-character",
    "不可见字符",
    "文件里没有看不见的控制字符。",
    "从网页复制的文字里夹着零宽空格。",
    "删掉它，或者把这几个字重新打一遍。",
)
TAB = _rule(
    "tab",
    "制表符缩进",
    "行首用空格缩进，不用制表符（Tab 键）。",
    "行首按了 Tab 键。",
    "行首按两次空格键。",
)
SYNTAX = _rule(
    "yaml-syntax",
    "YAML 写法",
    "文件符合 YAML 写法：“键: 值”，冒号是半角并且后面有空格。",
    "发布日期：2022-01-20",
    "发布日期: 2022-01-20",
)
FEATURE = _rule(
    "yaml-feature",
    "YAML 功能",
    "只用“键: 值”、列表和多行文字，不用引用、标签、多份文档。",
    "标题: *去年",
    "标题: 某局2021年政府信息公开工作年度报告",
)
TOO_COMPLEX = _rule(
    "too-complex",
    "文件过于复杂",
    "嵌套不超过八层，内容不超过一万项。",
    "[[[[[[[[[0]]]]]]]]]",
    "[0]",
)
DUPLICATE_KEY = _rule(
    "duplicate-key",
    "键重复",
    "同一层里每个键只写一次。",
    "“发布日期”写了两行。",
    "“发布日期”只写一行。",
)
UNKNOWN_KEY = _rule(
    "unknown-key",
    "键不认识",
    "键名与格式规定的一致。",
    "发布时间: 2022-01-20",
    "发布日期: 2022-01-20",
)
MISSING_KEY = _rule(
    "missing-key",
    "缺少内容",
    "必填的内容都已填写。",
    "没有写“发布日期”。",
    "发布日期: 2022-01-20",
)
WRONG_TYPE = _rule(
    "wrong-type",
    "结构不对",
    "该写文字、列表、分项的地方各按规定写。",
    "甲类: 0",
    "甲类: [0, 0, 0]",
)
MISSING_ROW = _rule(
    "missing-row",
    "缺行",
    "法定表格的每一行都要写，没有发生的填 0。",
    "没有发生，就把这一行删掉了。",
    "甲类: [0, 0, 0]",
)
ROW_LENGTH = _rule(
    "row-length",
    "格数不对",
    "每一行的数字个数与表格的列数相同。",
    "甲类: [0, 0]",
    "甲类: [0, 0, 0]",
)
FIGURE = _rule(
    "figure",
    "数字写法",
    "数量是不带符号的整数；金额最多六位小数；只有增减可以为负。",
    "甲类: [０, 012, 1,234]",
    "甲类: [0, 12, 1234]",
)
BLANK = _rule(
    "blank",
    "空格与零",
    "没有发生填 0，不留空，不写“/”“-”“无”。",
    "甲类: [/, 无, ]",
    "甲类: [0, 0, 0]",
)
STATE = _rule(
    "state",
    "特殊标记",
    "“空”“未录”“原件无此行”只用于转录已经发布的报告。",
    "新报告里写“甲类: 原件无此行”。",
    "新报告里写“甲类: [0, 0, 0]”。",
)
VALUE = _rule(
    "value",
    "内容写法",
    "日期、网址、代码、名称等按规定写法填写。",
    "发布日期: 2022年1月20日",
    "发布日期: 2022-01-20",
)
REFERENCE = _rule(
    "reference",
    "对应关系",
    "引用的地区、机关、年度、格式都存在。",
    "地区: 530999",
    "地区: 530902",
)
PERSONAL_DATA = Rule(
    "personal-data",
    "个人信息",
    Severity.ERROR,
    "文件里没有身份证号、手机号、银行卡号、私人邮箱、QQ 号、微信号。"
    "确实要公开的，在“允许公开”里写明提示里的号码（中间带 *）和理由。",
    "个人信息保护法；条例第十五条",
    "联系人张某，手机 138 开头的十一位号码。",
    "联系电话：0883-2160000（办公室座机）。",
    is_of_form=True,
)

UNUSED_ANSWER = Rule(
    "unused-answer",
    "多余的说明",
    Severity.WARNING,
    "“说明”和“允许公开”里的每一条都对应一个仍然存在的问题。",
    _BASIS,
    "错的数字已经改好，“说明”里的那一条还在。",
    "改好以后，删掉那一条说明。",
)

STRUCTURAL = (
    FILE_SIZE,
    FILE_NAME,
    ENCODING,
    INVISIBLE,
    TAB,
    SYNTAX,
    FEATURE,
    TOO_COMPLEX,
    DUPLICATE_KEY,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    MISSING_ROW,
    ROW_LENGTH,
    FIGURE,
    BLANK,
    STATE,
    VALUE,
    REFERENCE,
    PERSONAL_DATA,
)
