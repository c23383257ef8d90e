"""The scripts of `tests/browser/`, which a page in the browser runs for a test."""

from pathlib import Path

FOLDER = Path(__file__).parent / "browser"


def script(name: str) -> str:
    """Return a script: a function that the browser calls."""
    return (FOLDER / f"{name}.js").read_text("utf-8")
