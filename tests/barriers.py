"""Barriers on a page: what axe finds, and text of too little contrast."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from scripts import script

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RULES = [*STANDARDS, "experimental"]

MISTAKEN = ("table-fake-caption", "td-has-header")
"""Experimental rules that take the form's own bands for captions and its corners for figures."""

UNDECIDED = {"color-contrast", "color-contrast-enhanced", "hidden-content", "th-has-data-cells"}
"""What axe leaves to people: contrast, for which `FAINT` decides; what is hidden on purpose; and
headings over groups of rows, which have no figures of their own."""


def violations(page: Page, *, is_whole: bool = True, is_strong: bool = False) -> list[str]:
    """What axe finds, or has not decided though it should have."""
    colours = ["color-contrast", *(["color-contrast-enhanced"] if is_strong else [])]
    options = {
        "runOnly": {"type": "tag", "values": RULES} if is_whole else colours,
        "rules": {name: {"enabled": False} for name in MISTAKEN},
        "resultTypes": ["violations", "incomplete"],
    }
    found = Axe().run(page, options=options if is_whole else options | {"rules": {}}).response
    assert len(found["passes"]) > (20 if is_whole else 0), "axe has looked at nothing"
    open_questions = [rule for rule in found["incomplete"] if rule["id"] not in UNDECIDED]
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['failureSummary']}"
        for rule in [*found["violations"], *open_questions]
        for node in rule["nodes"]
    ]


FAINT = script("faint")
"""Text of too little contrast: axe leaves undecided what is one character long or partly covered,
and most figures are."""
