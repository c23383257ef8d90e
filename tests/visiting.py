"""Pages in a real browser: which there are, and how one is opened and watched."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from portal_fixture import PREFIX, SEED

WITH_NOTES = "pingtan-haitan-pianqu/2021"

PAGES = {
    "home": "",
    "full report": f"reports/{SEED}/",
    "figures only": f"reports/{WITH_NOTES}/",
    "agency": "agencies/pingtan-shehui/",
    "region": "regions/350128/",
    "region and year": "regions/350128/2021/",
    "year": "years/2021/",
    "about": "about/",
    "reading": "about/reading/",
    "accessibility": "about/accessibility/",
    "site map": "about/sitemap/",
    "sources": "about/sources/",
    "all reports": "annual/",
    "disclosure": "disclosure/",
    "glossary": "glossary/",
    "rules": "staff/rules/",
    "missing": "404.html",
}

WAITING = {"bypass_csp": True}
"""For Playwright, which evaluates text while it waits; `test_policy.py` keeps the policy."""

SCREENS = {"wide": {"width": 1280, "height": 800}, "narrow": {"width": 390, "height": 844}}

A4 = {"width": 673, "height": 971}
"""A4 without the margins of the print style, in CSS pixels."""

VISIT = pytest.mark.parametrize("screen", SCREENS)

LETTERS = {"light": "low", "dark": "high"}
"""The fonts by scheme: colours move nothing, so each width is seen in both sets of fonts."""

SCHEME = pytest.mark.parametrize("scheme", LETTERS)

KIND = pytest.mark.parametrize("kind", PAGES)


class Visitor(NamedTuple):
    """A page in the browser, and what went wrong on it."""

    page: Page
    complaints: list[str]


@contextmanager
def visitor(browser: Browser, **options: Any) -> Iterator[Visitor]:  # noqa: ANN401 - Playwright's
    """Open a page that keeps what goes wrong, requests to other hosts included."""
    context: BrowserContext = browser.new_context(locale="zh-CN", **options)
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []

    def judge(url: str) -> None:
        if not re.match(r"http://127\.0\.0\.1:|file:|data:|blob:", url):
            complaints.append(f"outside: {url}")

    page.on("console", lambda message: complaints.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"error: {error.message}"))
    page.on("request", lambda request: judge(request.url))
    page.on(
        "requestfailed",
        lambda request: (
            complaints.append(f"failed: {request.url}")
            if request.failure != "net::ERR_ABORTED"  # a click went on before it had come
            else None
        ),
    )
    page.on(
        "response",
        lambda answer: (
            complaints.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None
        ),
    )
    yield Visitor(page, complaints)
    context.close()


def open_page(visit: Visitor, address: str) -> Page:
    visit.page.goto(address, wait_until="load")
    return visit.page


def visit_next(visit: Visitor, address: str) -> Page:
    """Open another page, of which alone it is kept what goes wrong: a new visitor takes longer."""
    visit.complaints.clear()
    return open_page(visit, address)


# At the server's root its own page for what is missing would look for files below the prefix.
def address_of(served: str, kind: str) -> str:
    return served + (PREFIX if kind == "missing" else "/") + PAGES[kind]


OVERFLOW = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"

CLIPPED = """() => [...document.querySelectorAll('article *')]
  .filter(item => !item.closest('.visually-hidden, .table-box'))
  .filter(item => item.getClientRects().length)
  .filter(item => item.getBoundingClientRect().right > innerWidth + 1)
  .map(item => item.tagName + '.' + item.className)"""

FOCUSED = "document.activeElement"
