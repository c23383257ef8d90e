"""Very many ascending lists → what `numbers.ascending` writes, some thousand numbers a step.

A number has a lane of eight bytes in one long integer, so that every operation on that integer does
its work in all lanes at once:

- distances: the list minus itself one place later;
- digits: five bits each are moved to bytes of their own, the lowest to byte 1, the sixth to byte 6;
- a digit is there if it or a higher one is not 0; the last one has none above it;
- a translation turns such bytes into characters, and drops all others.
"""

import sys
from array import array
from collections.abc import Sequence
from itertools import accumulate, chain

from .numbers import ALPHABET, BASE, ascending

LIMIT = 1 << 30
"""Numbers are smaller: six digits."""
_LANE, _STEP = 8, 4096
_FIRST = 1 << 32
"""Stands in the lane of a list's first number."""
_THERE, _LAST = 0x80, 0x40
_SEPARATOR = ord("\n")


def _all(pattern: int) -> int:
    """A pattern in every lane of a step."""
    return int.from_bytes(pattern.to_bytes(_LANE, "little") * _STEP, "little")


_LOW, _HIGH = _all(0x7FFF), _all(0x7FFF << 15)
_DIGITS = tuple(_all((0x1F << 8 | 0x1F << 32) << 5 * digit) for digit in range(3))
_FILLED, _FLAGS, _LOWEST = _all(0x007F7F7F7F7F7F00), _all(0x0080808080808000), _all(_THERE << 8)
_FIRSTS = _all(_FIRST)
_WITHOUT = {bits: _all((1 << 64 - bits) - 256) for bits in (8, 16, 32)}
"""Bytes 1 and above of a lane that is moved down, without those of the lane above it."""


def _characters() -> bytes:
    table = bytearray(256)
    table[1] = _SEPARATOR
    for digit in range(BASE):
        table[_THERE | digit] = ord(ALPHABET[digit])
        table[_THERE | _LAST | digit] = ord(ALPHABET[BASE + digit])
    return bytes(table)


_CHARACTERS = _characters()
_DROPPED = bytes(code for code in range(256) if not _CHARACTERS[code])


def ascending_lists(lists: Sequence[Sequence["array[int] | memoryview[int]"]]) -> list[str]:
    """Write ascending lists of numbers by their distances.

    Args:
        lists: each in parts of 32 bits a number, one behind the other; none is empty.
    """
    if sys.byteorder == "big":
        return [ascending(chain.from_iterable(listed)) for listed in lists]
    parts = [part for listed in lists for part in listed]
    numbers = _widened(b"".join(parts))
    before = array("Q", (0,))
    before += numbers[:-1]
    sizes = (sum(map(len, listed)) for listed in lists)
    for start in list(accumulate(sizes, initial=0))[:-1]:
        before[start] = 0
        numbers[start] |= _FIRST
    return _written(numbers, before).decode("ascii").split("\n")[1:]


def _widened(narrow: bytes) -> "array[int]":
    """Numbers of 32 bits, as numbers of 64."""
    wide = bytearray(2 * len(narrow))
    for byte in range(4):
        wide[byte::8] = narrow[byte::4]
    return array("Q", bytes(wide))


def _written(numbers: "array[int]", before: "array[int]") -> bytes:
    steps = []
    for at in range(0, len(numbers), _STEP):
        count = len(numbers[at : at + _STEP])
        distances = _long(numbers[at : at + _STEP]) - _long(before[at : at + _STEP])
        digits = _digits(distances).to_bytes(_LANE * _STEP, "little")
        steps.append(digits[: _LANE * count].translate(_CHARACTERS, _DROPPED))
    return b"".join(steps)


def _long(numbers: "array[int]") -> int:
    return int.from_bytes(numbers.tobytes(), "little")


def _digits(lanes: int) -> int:
    """The digits of all lanes, each in a byte with its marks; byte 0 is 1 where a list begins."""
    halves = (lanes & _LOW) << 8 | (lanes & _HIGH) << 17
    digits = 0
    for index, mask in enumerate(_DIGITS):
        digits |= (halves & mask) << 3 * index
    there = (digits + _FILLED) & _FLAGS | _LOWEST
    for bits in (8, 16, 32):
        there |= there >> bits & _WITHOUT[bits]
    last = (there ^ there >> 8 & _WITHOUT[8]) >> 1
    return digits | there | last | (lanes & _FIRSTS) >> 32
