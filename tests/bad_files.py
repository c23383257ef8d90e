"""The files of `tests/bad/` with one slip each, and where the small portal has such a file."""

from pathlib import Path

from small_portal import AGENCY, NEW_FORMAT, REGIONS, REPORT, TESTS

BAD = TESTS / "bad"
PLACES = {
    "reports": REPORT,
    "agencies": AGENCY,
    "regions": REGIONS,
    "formats": NEW_FORMAT,
    "vocabulary": "vocabulary.yaml",
}
FILES = [path for kind in PLACES for path in sorted((BAD / kind).iterdir())]


def name_of(path: Path) -> str:
    """How a bad file is called in the names of tests."""
    return f"{path.parent.name}/{path.stem}"
