"""Which form a report is written on."""

from collections.abc import Iterator

from gongkai.data.report_keys import EDITION
from gongkai.forms import formats
from gongkai.source.problems import Severity

from .assessment import Assessment, ReportContext, at_key, check

_MEND = "已经发布的照原件转录，用“说明”写明；没有发布的改用新表样。"


@check("旧表样", Severity.WARNING)
def outdated_form(context: ReportContext) -> Iterator[Assessment]:
    """报告用当年有效的表样填写。

    依据：国办公开办函〔2021〕30号（2021 年度起使用新表样）
    错：2021 年的报告用 2019 年的表样。
    对：用新表样填写；已经发布的旧报告照原件转录，用“说明”写明。
    """
    report = context.report
    due = formats.of_year(context.shared.dataset.formats, report.year)
    if due is None or report.edition == due or not report.is_historical:
        yield None
        return
    used = f"用的是 {report.edition.id} 年表样。"
    message = f"{report.year} 年应当用 {due.id} 年表样（{due.authority}），{used}"
    yield at_key(context, EDITION, message, _MEND)


@check("混合表样", Severity.WARNING)
def mixed_forms(context: ReportContext) -> Iterator[Assessment]:
    """一份报告的各部分用同一种表样。

    依据：国办公开办函〔2021〕30号
    错：主动公开用 2019 年表样，其他部分用 2021 年表样。
    对：各部分都用当年的表样；已经发布的照原件转录，用“说明”写明。
    """
    report = context.report
    others = [
        f"“{section.key}”用 {report.edition_of(section).id} 年表样"
        for section in report.sections
        if section not in report.edition.sections
    ]
    if not others or not report.is_historical:
        yield None
        return
    parts = "、".join(others)
    message = f"{parts}，其他部分用 {report.edition.id} 年表样。"
    yield at_key(context, EDITION, message, _MEND)
