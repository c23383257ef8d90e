"""A site made twice: through the store, and all at once without one."""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from gongkai.analysis.portal import portal_of
from gongkai.checks.run import check
from gongkai.data.dataset import load
from gongkai.exports import csv_tables
from gongkai.html.addresses import Addresses
from gongkai.html.artifacts import Artifact
from gongkai.html.frame import Slot, cut
from gongkai.html.metadata import Identity
from gongkai.html.site import Site
from gongkai.pages.home import PARTS
from gongkai.publishing import feeds
from gongkai.publishing.artifacts import DEPTHS, ROBOTS, all_pages, artifacts, pages
from gongkai.publishing.build import Build, opened_build, undamaged
from gongkai.publishing.paging import Settings
from gongkai.publishing.publication import Publication
from gongkai.publishing.search import files as search
from today import TODAY

FRAMES = dict.fromkeys(DEPTHS, cut("".join(f"<div>{slot.mark}</div>" for slot in Slot)))
SETTINGS = Settings(
    Addresses(site_url="https://example.org/a/"), "", is_preview=True, identity=Identity("门户")
)


def kept(root: Path, store: Path | None, workers: int = 1) -> dict[str, bytes]:
    """All files of a data folder's site, by way of a store; and the parts of written pages."""
    environment = {"GONGKAI_CACHE": str(store or ""), "GONGKAI_WORKERS": str(workers)}
    with opened_build(root, TODAY, environment) as build:
        return undamaged(build, _kept)


def _kept(build: Build) -> dict[str, bytes]:
    publication = Publication(build, SETTINGS)
    made = artifacts(publication.site, publication.published, FRAMES)
    return dict(_contents(publication.site, chain(made, publication.search())))


def plain(root: Path) -> dict[str, bytes]:
    """The same, made all at once and of nothing that was kept."""
    loaded = load(root)
    site = SETTINGS.site(portal_of(loaded, check(loaded, TODAY)))
    bulk = pages(site.addresses, all_pages(site), FRAMES)
    others = (
        search.artifacts(site, search.texts_of(site)),
        csv_tables.artifacts(site.portal),
        feeds.artifacts(site),
    )
    return dict(_contents(site, chain(bulk, *others)))


def _contents(site: Site, made: Iterator[Artifact]) -> Iterator[tuple[str, bytes]]:
    for artifact in made:
        if artifact.path != ROBOTS:
            yield artifact.path, artifact.make()
    for name, part in PARTS.items():
        yield f"part of {name}", str(part(site)).encode()
    for problem in site.portal.findings.problems:
        yield f"problem {problem} {problem.fingerprint}", b""


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The files that are not the same, or only in one."""
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))
