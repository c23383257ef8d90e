"""Where pages live and how they link to each other: always relative, under any path or on disk."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Addresses:
    """Turns page names such as `reports/<slug>/2021` into files and links.

    A name that ends in a slash is a folder's index page; the empty name is the home page.
    """

    directory_urls: bool = True
    """Whether `a/b` is served as `a/b/` (a web server) or as `a/b.html` (a folder on disk)."""
    site_url: str = ""
    """The public address of the site, with a slash at its end; empty where it is not known."""

    def file(self, name: str) -> str:
        """The file of a page, relative to the site."""
        if self.directory_urls or not name or name.endswith("/"):
            return f"{name.rstrip('/')}/index.html".lstrip("/")
        return f"{name}.html"

    def address(self, name: str) -> str:
        """The address of a page, relative to the site."""
        if not self.directory_urls:
            return self.file(name)
        return f"{name.rstrip('/')}/" if name else ""

    def root(self, name: str) -> str:
        """The way from a page up to the site's root: `../../`, or `./` at the root itself."""
        return "../" * self.file(name).count("/") or "./"

    def linker(self, origin: str) -> Callable[..., str]:
        """Return a function `(target, fragment)` that links from a page to another one."""
        root = self.root(origin)

        def link(target: str, fragment: str = "") -> str:
            return (
                f"{root}{self.address(target)}#{fragment}"
                if fragment
                else root + self.address(target)
            )

        return link

    def public(self, name: str, origin: str) -> str:
        """The whole address of a page, or the way to it where the site's own is not known."""
        return (self.site_url or self.root(origin)) + self.address(name)


def report(slug: str, year: int) -> str:
    """The name of a report's page."""
    return f"reports/{slug}/{year}"


def agency(slug: str) -> str:
    """The name of an agency's page."""
    return f"agencies/{slug}"


def region(code: str) -> str:
    """The name of a region's page."""
    return f"regions/{code}"


def region_year(code: str, year: int) -> str:
    """The name of a region's page for one year."""
    return f"regions/{code}/{year}"


def year(number: int) -> str:
    """The name of a year's page."""
    return f"years/{number}"


def feed(name: str) -> str:
    """The file of the feed that belongs to a page, relative to the site."""
    return f"{name.rstrip('/')}/feed.xml".lstrip("/")


def figures(name: str) -> str:
    """The file of the figures that belong to a page, relative to the site."""
    return f"{name}/figures.csv"


ABOUT = "about/"
ACCESSIBILITY = "about/accessibility"
ANNUAL = "annual/"
DATA = "data/"
DISCLOSURE = "disclosure/"
SOURCES = "about/sources"
GLOSSARY = "glossary/"
REGIONS = "regions/"
RULES = "staff/rules"
SITE_MAP = "about/sitemap"
YEARS = "years/"
SEARCH = "search/"
HOME = ""
