"""Han characters take two columns wherever texts are lined up."""

import pytest
from gongkai.source.widths import width


@pytest.mark.parametrize(
    ("words", "columns"),
    [("", 0), ("abc", 3), ("公开", 4), ("（一）", 6), ("\uff411", 3), ("1.公开", 6)],
)
def test_width(words: str, columns: int) -> None:
    assert width(words) == columns
