"""The rules of form: what a file of `data/` must look like before anything in it is checked.

The rules about figures and their meaning are the check functions in `checks/`.
"""

from .problems import Rule, Severity


def _rule(rule_id: str, name: str, text: str) -> Rule:
    return Rule(rule_id, name, Severity.ERROR, text)


FILE_SIZE = _rule("file-size", "文件大小", "一个数据文件不超过 256 KB。")
FILE_NAME = _rule("file-name", "文件位置", "文件放在约定的文件夹里，名字写法正确。")
ENCODING = _rule("encoding", "文件编码", "文件用 UTF-8 编码保存。")
INVISIBLE = _rule("invisible-character", "不可见字符", "文件里没有看不见的控制字符。")
TAB = _rule("tab", "制表符缩进", "行首用空格缩进，不用制表符（Tab 键）。")
SYNTAX = _rule(
    "yaml-syntax", "YAML 写法", "文件符合 YAML 写法：“键: 值”，冒号是半角并且后面有空格。"
)
FEATURE = _rule(
    "yaml-feature", "YAML 功能", "只用“键: 值”、列表和多行文字，不用引用、标签、多份文档。"
)
TOO_COMPLEX = _rule("too-complex", "文件过于复杂", "嵌套不超过八层，内容不超过一万项。")
DUPLICATE_KEY = _rule("duplicate-key", "键重复", "同一层里每个键只写一次。")
UNKNOWN_KEY = _rule("unknown-key", "键不认识", "键名与格式规定的一致。")
MISSING_KEY = _rule("missing-key", "缺少内容", "必填的内容都已填写。")
WRONG_TYPE = _rule("wrong-type", "结构不对", "该写文字、列表、分项的地方各按规定写。")
MISSING_ROW = _rule("missing-row", "缺行", "法定表格的每一行都要写，没有发生的填 0。")
ROW_LENGTH = _rule("row-length", "格数不对", "每一行的数字个数与表格的列数相同。")
FIGURE = _rule("figure", "数字写法", "数量是不带符号的整数；金额最多六位小数；只有增减可以为负。")
BLANK = _rule("blank", "空格与零", "没有发生填 0，不留空，不写“/”“-”“无”。")
STATE = _rule("state", "特殊标记", "“空”“未录”“原件无此行”只用于转录已经发布的报告。")
VALUE = _rule("value", "内容写法", "日期、网址、代码、名称等按规定写法填写。")
REFERENCE = _rule("reference", "对应关系", "引用的地区、机关、年度、格式都存在。")

FORM = (
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
)
