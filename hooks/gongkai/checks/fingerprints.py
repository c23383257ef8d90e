"""The texts of reports made comparable, and which text of another agency each is most like.

Only Han characters count; numbers, names of the agency and its regions, and set phrases are left
out, so that a copy with the name changed is still a copy. Every text is compared with one candidate
only, found by the fingerprints that copies share; the cost grows with the number of reports.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import NamedTuple
from zlib import crc32

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.regions import lineage
from gongkai.data.reports import Report
from gongkai.source.subjects import ReportKey

_WINDOW = 8
"""At least this many equal characters in a row are a match."""
_SAMPLE = re.compile("(?=([的和时情行定].{7}))")
"""A sample is a window that begins with one of these characters: about one in sixteen."""
_POSTED = 8
"""At most this many texts are kept for a fingerprint: copies of one text share the first ones."""
_FEWEST = 200
"""Shorter texts are too alike by nature to be judged."""
_ENOUGH = 3
"""One of this many fingerprints of a text must be shared before the texts are compared."""
_SURE = 60
"""A text with fewer fingerprints is always compared."""
_NOT_HAN = re.compile("[^\u4e00-\u9fff]+")


class Overlap(NamedTuple):
    """How much of a text stands in another one too."""

    share: float
    stretches: tuple[str, ...]
    """What is the same, longest first."""


@dataclass(frozen=True, slots=True)
class Fingerprinted:
    """A report's text made comparable."""

    key: ReportKey
    text: str
    """The Han characters of the report's prose without names and set phrases."""
    fingerprints: frozenset[int]
    """Checksums of samples: they take a third of the memory of the samples themselves."""

    @property
    def is_long(self) -> bool:
        """Whether it is long enough to be judged."""
        return len(self.text) >= _FEWEST

    def overlap(self, other: "Fingerprinted") -> Overlap:
        """Measure how much of this text stands in another one.

        Where so few fingerprints are shared that half of the text cannot well be the same, the text
        is not compared, and nothing is said to be the same.
        """
        is_sure = len(self.fingerprints) >= _SURE
        shared = len(self.fingerprints & other.fingerprints)
        if is_sure and shared * _ENOUGH < len(self.fingerprints):
            return Overlap(0.0, ())
        text, windows = self.text, _windows(self.text)
        is_shared = map(frozenset(_windows(other.text)).__contains__, windows)
        found: list[list[int]] = []
        for at in compress(range(len(windows)), is_shared):
            if found and at <= found[-1][1]:
                found[-1][1] = at + _WINDOW
            else:
                found.append([at, at + _WINDOW])
        same = sum(end - start for start, end in found)
        stretches = sorted((text[start:end] for start, end in found), key=len, reverse=True)
        return Overlap(same / len(text) if text else 0.0, tuple(stretches))


@lru_cache(maxsize=8)
def _windows(text: str) -> list[str]:
    """Every run of characters that may match; kept while it is likely to be asked for again."""
    return [text[at : at + _WINDOW] for at in range(len(text) - _WINDOW + 1)]


def fingerprinted(report: Report, agency: Agency, dataset: Dataset) -> Fingerprinted:
    """Make the text of a report comparable."""
    text = _NOT_HAN.sub("", "".join(prose.text for prose in report.prose.values()))
    regions = [region.name for region in lineage(dataset.regions, agency.region)]
    names = (agency.name, agency.short_name, *reversed(regions))
    for name in (*names, *dataset.vocabulary.boilerplate):
        text = text.replace(name, "") if name else text
    samples = frozenset(crc32(found.encode()) for found in _SAMPLE.findall(text))
    return Fingerprinted(report.key, text, samples)


def texts_of(dataset: Dataset) -> dict[ReportKey, Fingerprinted]:
    """Make the texts of all reports with prose comparable."""
    return {
        report.key: fingerprinted(report, dataset.agencies[report.agency], dataset)
        for report in dataset.reports
        if report.prose
    }


def nearest_texts(texts: Mapping[ReportKey, Fingerprinted]) -> dict[ReportKey, Fingerprinted]:
    """Find for each text the most similar one of another agency and the same year."""
    by_year: dict[int, dict[str, frozenset[int]]] = {}
    for (agency, year), text in texts.items():
        if text.is_long:
            by_year.setdefault(year, {})[agency] = text.fingerprints
    return {
        ReportKey(agency, year): texts[ReportKey(other, year)]
        for year, fingerprints in by_year.items()
        for agency, other in nearest(fingerprints).items()
    }


def nearest(fingerprints: Mapping[str, frozenset[int]]) -> dict[str, str]:
    """Find for each agency the other one whose text of a year shares most of its fingerprints.

    Args:
        fingerprints: those of every text of the year that is long enough, by agency.

    Returns:
        The other agency by agency; none where too little is shared.
    """
    posted: dict[int, list[str]] = {}
    for agency, own in fingerprints.items():
        for sample in own:
            holders = posted.setdefault(sample, [])
            if len(holders) < _POSTED:
                holders.append(agency)
    shared_by_several = {sample: found for sample, found in posted.items() if len(found) > 1}
    found = {}
    for agency, own in fingerprints.items():
        shared: dict[str, int] = {}
        for sample in own & shared_by_several.keys():
            for other in shared_by_several[sample]:
                if other != agency:
                    shared[other] = shared.get(other, 0) + 1
        best = max(shared, key=lambda other: (shared[other], other), default=None)
        if best is not None and shared[best] * _ENOUGH >= len(own):
            found[agency] = best
    return found
