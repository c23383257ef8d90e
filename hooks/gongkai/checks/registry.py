"""The checks that are applied, and every rule of the portal."""

from gongkai.source.problems import Rule
from gongkai.source.rules import STRUCTURAL, UNUSED_ANSWER

from .arithmetic import column_total, group_total, reconciliation, row_total
from .assessment import AgencyContext, Check, ReportContext
from .citations import cited_document, foreign_name
from .copying import copied_from_last_year, copied_from_others
from .forms import mixed_forms, outdated_form
from .identity import credit_code, early, future, late, title
from .leftovers import blank_number, stray_space, template_left
from .lengths import long_section, short_section
from .meaning import amount_unit, fee_told, maker, unexplained_figure, unusual_figure
from .mentions import figure_told
from .numbering import broken_numbering
from .periods import wrong_year
from .sums import channels_total, prose_sum
from .years import (
    carry_over,
    fell_to_zero,
    item_count,
    missing_year,
    running_stock,
    same_figures,
    sharp_change,
)

CHECKS: tuple[Check[ReportContext], ...] = (
    row_total,
    column_total,
    group_total,
    reconciliation,
    carry_over,
    running_stock,
    item_count,
    missing_year,
    sharp_change,
    fell_to_zero,
    same_figures,
    outdated_form,
    mixed_forms,
    maker,
    amount_unit,
    unexplained_figure,
    unusual_figure,
    fee_told,
    figure_told,
    prose_sum,
    channels_total,
    wrong_year,
    blank_number,
    template_left,
    broken_numbering,
    stray_space,
    long_section,
    short_section,
    cited_document,
    foreign_name,
    copied_from_last_year,
    copied_from_others,
    title,
    late,
    early,
    future,
)
"""The checks of a report."""

AGENCY_CHECKS: tuple[Check[AgencyContext], ...] = (credit_code,)
"""The checks of an agency's own file."""

ANSWERABLE: tuple[Rule, ...] = (
    *(item.rule for item in CHECKS),
    *(item.rule for item in AGENCY_CHECKS),
)
RULES: tuple[Rule, ...] = (*STRUCTURAL, *ANSWERABLE, UNUSED_ANSWER)
"""Every rule of the portal."""
