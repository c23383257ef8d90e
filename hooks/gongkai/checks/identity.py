"""Who reports, and when: names, titles, codes and dates."""

from collections.abc import Iterator

from gongkai.data.report_keys import PUBLISHED, TITLE
from gongkai.source.halfwidth import halfwidth
from gongkai.source.problems import Location, Severity
from gongkai.source.subjects import Target

from .assessment import AgencyContext, Assessment, Finding, ReportContext, at_key, check

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DIVISOR = len(_ALPHABET)
_CODE = "统一社会信用代码"


@check("报告标题", Severity.NOTICE)
def title(context: ReportContext) -> Iterator[Assessment]:
    """标题写成“规范全称＋年份＋政府信息公开工作年度报告”，用当年的名称。

    依据：国办公开办函〔2021〕30号；标题的通行写法
    错：某局2021年度政府信息公开年度报告
    对：某市某区某局2021年政府信息公开工作年度报告
    """
    report = context.report
    if not report.title:
        return
    due = report.edition.title_of(context.agency.name_in(report.year), report.year)
    if halfwidth(report.title) == halfwidth(due):
        yield None
        return
    message = f"标题是“{report.title}”。"
    hint = f"通行的写法是“{due}”；已经发布的照原件转录，用“说明”写明。"
    yield at_key(context, TITLE, message, hint)


@check("逾期发布", Severity.WARNING)
def late(context: ReportContext) -> Iterator[Assessment]:
    """部门每年 1 月 31 日前、县级以上政府 3 月 31 日前发布上年报告；地方期限更早的从其规定。

    依据：条例第四十九条
    错：部门 2021 年的报告 2022 年 2 月 8 日发布。
    对：2022 年 1 月 31 日以前发布。
    """
    published = context.report.day
    due = context.shared.dataset.deadline_of(context.agency, context.report.year)
    if published is None or due is None:
        return
    days = due.days_late(published)
    if not days:
        yield None
        return
    whose = f"{due.basis}的期限" if due.is_local else f"{due.basis}规定的期限"
    message = f"{published:%Y-%m-%d} 发布，比{whose} {due.day:%Y-%m-%d} 晚 {days} 天。"
    yield at_key(context, PUBLISHED, message, "核对日期；确实晚了的，用“说明”写明原因。")


@check("过早发布", Severity.WARNING)
def early(context: ReportContext) -> Iterator[Assessment]:
    """报告在报告年度结束以后发布，数据截至 12 月 31 日。

    依据：条例第四十九条；国办公开办函〔2021〕30号
    错：2021 年的报告 2021 年 12 月 20 日发布。
    对：2022 年 1 月发布。
    """
    published = context.report.day
    if published is None:
        return
    if published.year > context.report.year:
        yield None
        return
    message = f"{published:%Y-%m-%d} 发布，这时 {context.report.year} 年还没有结束。"
    yield at_key(context, PUBLISHED, message, "核对日期，或者核对这是哪一年的报告。")


@check("未来日期", Severity.WARNING)
def future(context: ReportContext) -> Iterator[Assessment]:
    """发布日期不在今天以后。

    依据：国办秘函〔2019〕19号（发布日期应当真实）
    错：发布日期写成明年。
    对：写实际发布的日期。
    """
    published = context.report.day
    if published is None:
        return
    today = context.shared.today
    if published <= today:
        yield None
        return
    message = f"发布日期 {published:%Y-%m-%d} 还没有到。"
    yield at_key(context, PUBLISHED, message, "写实际发布的日期。")


@check("信用代码", Severity.WARNING)
def credit_code(context: AgencyContext) -> Iterator[Assessment]:
    """统一社会信用代码的最后一位是前十七位的校验码。

    依据：GB 32100-2015
    错：11530902MB0X00001A（校验码不对）
    对：照登记证书填写。
    """
    agency = context.agency
    if not agency.credit_code:
        return
    due = check_character(agency.credit_code)
    if agency.credit_code[-1] == due:
        yield None
        return
    place = agency.places.get(_CODE, Location(agency.path))
    message = f"“{agency.credit_code}”的最后一位按前十七位推算应当是“{due}”。"
    hint = "照登记证书核对；证书就是这样的，用“说明”写明。"
    yield Finding(place, message, hint, Target(key=_CODE))


def check_character(code: str) -> str:
    """The last character that the first seventeen of a credit code call for (GB 32100-2015)."""
    weighted = sum(
        _ALPHABET.index(letter) * pow(3, index, _DIVISOR) for index, letter in enumerate(code[:17])
    )
    return _ALPHABET[(_DIVISOR - weighted % _DIVISOR) % _DIVISOR]
