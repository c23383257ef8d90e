"""What a message must be like."""

import re

from gongkai.source.problems import Problem

JARGON = re.compile(r"Traceback|Error\b|\b(?:None|str|int|dict|list|tuple|Scalar|Sequence|Node)\b")


def assert_is_plain_chinese(problem: Problem) -> None:
    for words in (problem.message, problem.hint):
        assert re.search("[一-龥]", words), f"no Chinese: {problem}"
        assert not JARGON.search(words), f"jargon: {problem}"
    assert "\n" not in str(problem)
