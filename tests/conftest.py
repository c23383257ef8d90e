"""What several tests share."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from portal_data import ROOT
from portal_fixture import browser, browsers, offline_site, playwright, served, site, variant
from today import NOON

__all__ = ["browser", "browsers", "offline_site", "playwright", "served", "site", "variant"]

GOLDEN = Path(__file__).parent / "golden"

COUNTY = tuple(str(ROOT / "data" / name) for name in ("agencies", "regions.yaml"))


def _keep_away(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what a county keeps in `data/`: tests would say something else for each."""
    if event in {"open", "os.listdir", "os.scandir"} and str(arguments[0]).startswith(COUNTY):
        raise PermissionError(f"tests have agencies of their own, in tests/portal: {arguments[0]}")


os.environ["SOURCE_DATE_EPOCH"] = str(int(NOON.timestamp()))
sys.addaudithook(_keep_away)

Compare = Callable[[str, str], None]


BUILDING = {"site", "offline_site", "variant", "served", "browser", "browsers"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of built sites, which the quick run leaves out."""
    for item in items:
        if isinstance(item, pytest.Function) and not BUILDING.isdisjoint(item.fixturenames):
            item.add_marker("site")


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
