"""Ascending numbers → characters that stand in a script's string without escapes.

Each number is written as its distance from the one before, in base 46, lowest digit first; the last
digit of a number is taken from the second half of the alphabet, so that no separator is needed.
"""

from collections.abc import Iterable
from itertools import chain
from operator import sub

ALPHABET = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\')
BASE = len(ALPHABET) // 2


_KEPT = BASE**3 // 4
"""Larger numbers are too rare to keep what they are written as."""


class _Codes(dict[int, str]):
    """The characters of each number, made when it is first met."""

    def __missing__(self, number: int) -> str:
        digits, rest = "", number
        while rest >= BASE:
            rest, digit = divmod(rest, BASE)
            digits += ALPHABET[digit]
        code = digits + ALPHABET[BASE + rest]
        if number < _KEPT:
            self[number] = code
        return code


_CODES = _Codes()


def written(numbers: Iterable[int]) -> str:
    """Write numbers of any order."""
    return "".join(map(_CODES.__getitem__, numbers))


def ascending(numbers: Iterable[int]) -> str:
    """Write ascending numbers by their distances."""
    listed = list(numbers)
    return written(map(sub, listed, chain((0,), listed)))
