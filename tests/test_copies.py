"""How much of a text stands in another, and which other is tried: against the plain definitions."""

from collections.abc import Mapping
from random import Random

import pytest
from gongkai.checks.fingerprints import Fingerprinted, nearest
from gongkai.source.subjects import ReportKey

WINDOW, SURE = 8, 60


def fingerprinted(text: str, fingerprints: frozenset[int] = frozenset()) -> Fingerprinted:
    return Fingerprinted(ReportKey("office", 2021), text, fingerprints)


def share(text: str, other: str) -> float:
    """How many characters of a text stand in some run of eight that the other has as well."""
    covered = {
        place
        for start in range(len(text) - WINDOW + 1)
        if text[start : start + WINDOW] in other
        for place in range(start, start + WINDOW)
    }
    return len(covered) / len(text)


@pytest.mark.parametrize("seed", range(40))
def test_the_share_is_that_of_the_characters_in_equal_runs_of_eight(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - texts
    pieces = ["".join(chance.choices("甲乙丙", k=chance.randrange(5, 12))) for _ in range(8)]
    text, other = ("".join(chance.choices(pieces, k=6)) for _ in range(2))
    overlap = fingerprinted(text).overlap(fingerprinted(other))
    assert overlap.share == pytest.approx(share(text, other))
    assert sum(map(len, overlap.stretches)) == round(overlap.share * len(text))
    assert all(stretch in text for stretch in overlap.stretches)
    lengths = [len(stretch) for stretch in overlap.stretches]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("own", "shared", "expected"),
    [(SURE, 20, 1.0), (SURE, 19, 0.0), (SURE - 1, 0, 1.0), (90, 30, 1.0), (90, 29, 0.0)],
)
def test_texts_that_share_too_few_fingerprints_are_not_compared(
    own: int, shared: int, expected: float
) -> None:
    text = "一二三四五六七八九十"
    one = fingerprinted(text, frozenset(range(own)))
    other = fingerprinted(text, frozenset(range(own - shared, 2 * own - shared)))
    assert one.overlap(other).share == expected


TEN = frozenset(range(9))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({"a": TEN, "b": frozenset({0, 1, 2, 20})}, {"a": "b", "b": "a"}),
        ({"a": TEN, "b": frozenset({0, 1, 20})}, {"b": "a"}),
        ({"a": TEN, "b": frozenset({20})}, {}),
        ({"a": TEN, "b": TEN - {0}, "c": TEN - {0, 1}}, {"a": "b", "b": "a", "c": "b"}),
        ({"a": TEN, "b": TEN, "c": TEN}, {"a": "c", "b": "c", "c": "b"}),
    ],
    ids=["a third is enough", "less is not", "nothing shared", "the most", "the last of equals"],
)
def test_the_nearest_text_shares_most(
    texts: Mapping[str, frozenset[int]], expected: Mapping[str, str]
) -> None:
    assert nearest(texts) == expected
