"""Published answers joined to what they answer."""

from collections.abc import Iterator, Sequence

from gongkai.data.answers import Answer
from gongkai.source.fields import nearest
from gongkai.source.problems import Problem, Severity
from gongkai.source.rules import STRUCTURAL, UNUSED_ANSWER
from gongkai.source.subjects import Subject, Target

from .registry import ANSWERABLE


def answered(
    problems: Iterator[Problem],
    subject: Subject,
    answers: Sequence[Answer],
    *,
    is_historical: bool,
) -> Iterator[Problem]:
    """Join published answers to the findings that they answer; say which answer none."""
    used: set[Answer] = set()
    for problem in problems:
        answer = _answer(problem, answers, is_historical=is_historical)
        if answer is None:
            yield problem
        else:
            used.add(answer)
            yield problem.answered(answer.text)
    for answer in answers:
        if answer not in used:
            yield _unused(answer, subject, is_historical=is_historical)


def _answer(problem: Problem, answers: Sequence[Answer], *, is_historical: bool) -> Answer | None:
    """The published answer to a finding; only a historical report can answer an error."""
    if problem.rule.severity is Severity.ERROR and not is_historical:
        return None
    fitting = (
        answer
        for answer in answers
        if answer.rule_name == problem.rule.name and _is_within(answer.cell, problem.cell)
    )
    return max(fitting, key=lambda answer: len(answer.cell), default=None)


def _is_within(part: tuple[str, ...], cell: tuple[str, ...]) -> bool:
    """Whether keys stand one after another in a cell: a row's “总计” is not a column's."""
    return any(
        cell[start : start + len(part)] == part for start in range(len(cell) - len(part) + 1)
    )


def _unused(answer: Answer, subject: Subject, *, is_historical: bool) -> Problem:
    names = {rule.name: rule for rule in ANSWERABLE}
    name = "·".join((answer.rule_name, *answer.cell))
    message = f"没有与“{name}”对应的问题。"
    hint = "问题已经改好的，删掉这一条说明。"
    if answer.rule_name in {rule.name for rule in STRUCTURAL}:
        hint = "这条规则的问题要改正，不能用说明代替；删掉这一条。"
    elif answer.rule_name not in names:
        guess = nearest(answer.rule_name, names)
        hint = f"规则名是不是“{guess}”？" if guess else f"规则名有：{'、'.join(names)}。"
    elif not is_historical and names[answer.rule_name].severity is Severity.ERROR:
        hint = "新报告里的错误要改正，不能用说明代替；删掉这一条。"
    return Problem(UNUSED_ANSWER, subject, Target(key=name), answer.location, message, hint)
