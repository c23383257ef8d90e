"""The texts of reports made comparable, and which text of another agency each is most like.

Only Han characters count; numbers, names of the agency and its regions, and set phrases are left
out, so that a copy with the name changed is still a copy. Every text is compared with one candidate
only, found by samples that copies share; the cost grows with the number of reports.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from gongkai.data.agencies import Agency
from gongkai.data.dataset import Dataset
from gongkai.data.regions import lineage
from gongkai.data.reports import Report

_WINDOW = 8
"""So many characters in a row that are the same are a match."""
_SAMPLE = re.compile("(?=([的和时情行定].{7}))")
"""A sample is a window that begins with one of these characters: about one in sixteen."""
_POSTED = 8
"""A sample names so many reports at the most: copies of one text all share the first ones."""
_FEWEST = 200
"""Shorter texts are too alike by nature to be judged."""
_ENOUGH = 3
"""Of a text's samples one in so many must be shared before the texts are compared."""
_SURE = 60
"""So many samples tell how much is shared; with fewer, texts are always compared."""
_NOT_HAN = re.compile("[^\u4e00-\u9fff]+")


class Overlap(NamedTuple):
    """How much of a text stands in another one too."""

    share: float
    stretches: tuple[str, ...]
    """What is the same, longest first."""


class Manuscript:
    """A report's text made comparable."""

    __slots__ = ("report", "samples", "text")

    samples: frozenset[int]
    """Checksums of the samples: they take a third of the memory of the samples themselves."""

    def __init__(self, report: Report, agency: Agency, dataset: Dataset) -> None:
        """Keep the Han characters of the report's prose without names and set phrases."""
        text = _NOT_HAN.sub("", "".join(prose.text for prose in report.prose.values()))
        regions = [region.name for region in lineage(dataset.regions, agency.region)]
        names = (agency.name, agency.short_name, *reversed(regions))
        for name in (*names, *dataset.vocabulary.boilerplate):
            text = text.replace(name, "") if name else text
        self.report = report
        self.text = text
        self.samples = frozenset(crc32(found.encode()) for found in _SAMPLE.findall(text))

    @property
    def is_long(self) -> bool:
        """Whether it is long enough to be judged."""
        return len(self.text) >= _FEWEST

    def overlap(self, other: "Manuscript") -> Overlap:
        """How much of this text stands in another one.

        Where so few samples are shared that half of the text cannot well be the same, the text is
        not compared, and nothing is said to be the same.
        """
        is_sure = len(self.samples) >= _SURE
        if is_sure and len(self.samples & other.samples) * _ENOUGH < len(self.samples):
            return Overlap(0.0, ())
        text, windows = self.text, _windows(other)
        found: list[list[int]] = []
        for at in range(len(text) - _WINDOW + 1):
            if text[at : at + _WINDOW] in windows:
                if found and at <= found[-1][1]:
                    found[-1][1] = at + _WINDOW
                else:
                    found.append([at, at + _WINDOW])
        same = sum(end - start for start, end in found)
        stretches = sorted((text[start:end] for start, end in found), key=len, reverse=True)
        return Overlap(same / len(text) if text else 0.0, tuple(stretches))


@lru_cache(maxsize=8)
def _windows(manuscript: Manuscript) -> frozenset[str]:
    """Every run of characters that may match; kept while it is likely to be asked for again."""
    text = manuscript.text
    return frozenset([text[at : at + _WINDOW] for at in range(len(text) - _WINDOW + 1)])


def manuscripts(dataset: Dataset) -> dict[str, Manuscript]:
    """The manuscripts of all reports with prose, by the report's path."""
    return {
        report.path: Manuscript(report, dataset.agencies[report.agency], dataset)
        for report in dataset.reports
        if report.prose
    }


def likeliest(written: Mapping[str, Manuscript]) -> dict[str, Manuscript]:
    """The manuscript of another agency and the same year that shares most samples with each."""
    by_year: dict[int, list[Manuscript]] = {}
    for manuscript in written.values():
        if manuscript.is_long:
            by_year.setdefault(manuscript.report.year, []).append(manuscript)
    found: dict[str, Manuscript] = {}
    for same_year in by_year.values():
        found |= _likeliest(same_year)
    return found


def _likeliest(same_year: Sequence[Manuscript]) -> dict[str, Manuscript]:
    posted: dict[int, list[Manuscript]] = {}
    for manuscript in same_year:
        for sample in manuscript.samples:
            holders = posted.setdefault(sample, [])
            if len(holders) < _POSTED:
                holders.append(manuscript)
    shared_by_several = {sample: found for sample, found in posted.items() if len(found) > 1}
    found = {}
    for manuscript in same_year:
        agency = manuscript.report.agency
        shared: dict[Manuscript, int] = {}
        for sample in manuscript.samples & shared_by_several.keys():
            for other in shared_by_several[sample]:
                if other.report.agency != agency:
                    shared[other] = shared.get(other, 0) + 1
        best = max(shared, key=lambda other: (shared[other], other.report.path), default=None)
        if best is not None and shared[best] * _ENOUGH >= len(manuscript.samples):
            found[manuscript.report.path] = best
    return found
