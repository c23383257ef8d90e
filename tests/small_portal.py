"""The small portal of `tests/small/`, with files put in place of its own."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from gongkai.checks.run import check
from gongkai.data import dataset
from gongkai.data.findings import Findings
from today import TODAY

TESTS = Path(__file__).parent
SMALL = TESTS / "small"
REPORT, AGENCY, REGIONS = "agencies/office/2021.yaml", "agencies/office/agency.yaml", "regions.yaml"
NEW_FORMAT = "formats/2022.yaml"


def good(place: str) -> str:
    """The text of one of its files."""
    return (SMALL / place).read_text("utf-8")


def portal_with(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Make the portal in an empty folder, with some files replaced or added; return its root."""
    root = folder / "data"
    shutil.copytree(SMALL, root, copy_function=shutil.copyfile)
    for place, data in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


def examine_with(folder: Path, files: Mapping[str, bytes]) -> Findings:
    """Load and check the portal with some files replaced or added."""
    return check(dataset.load(portal_with(folder, files)), TODAY)
