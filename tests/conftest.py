"""What several tests share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from portal_fixture import browser, offline_site, served, site, variant

__all__ = ["browser", "offline_site", "served", "site", "variant"]

GOLDEN = Path(__file__).parent / "golden"

Compare = Callable[[str, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the files of tests/golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Compare:
    """Compare a text with a file of `tests/golden/`, or write that file with `--update-golden`."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text("utf-8"), f"{name}: review, then run with --update-golden"

    return compare
