"""Ascending numbers → characters that stand in a script's string without escapes.

Each number is written as its distance from the one before, in base 32, lowest digit first; the last
digit of a number is taken from the second half of the alphabet, so that no separator is needed.
`lanes` writes the same for very many lists.
"""

from collections.abc import Iterable
from itertools import pairwise

DIGIT_BITS = 5
BASE = 1 << DIGIT_BITS
ALPHABET = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\')[: 2 * BASE]


def written(numbers: Iterable[int]) -> str:
    """Write numbers of any order."""
    return "".join(map(_code, numbers))


def ascending(numbers: Iterable[int]) -> str:
    """Write ascending numbers by their distances."""
    return written(after - before for before, after in pairwise((0, *numbers)))


def _code(number: int) -> str:
    digits, rest = "", number
    while rest >= BASE:
        rest, digit = divmod(rest, BASE)
        digits += ALPHABET[digit]
    return digits + ALPHABET[BASE + rest]
