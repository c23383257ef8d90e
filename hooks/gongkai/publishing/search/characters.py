"""Which characters a search takes for equal: one table for the index, for queries and for marks.

The browser gets the table as data, so that both sides cannot drift apart. It works character by
character; a character may become several or none. Blanks are dropped, because Chinese has none and
printed lines break anywhere; between two letters or digits of ASCII a blank stays.
"""

import unicodedata
from collections.abc import Iterator

_QUOTES = "\"'`“”‘’„‟‚‛«»‹›「」『』〝〞〟﹁﹂﹃﹄"
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Variation selectors: they choose among the shapes of one character."""
_OPENING, _CLOSING = "([{〔【〖〘〚", ")]}〕】〗〙〛"
_SPACE = " "
_WORD = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")
_CANDIDATES = (
    range(0x3400),
    range(0xA000, 0xAC00),
    range(0xF900, 0x10000),
    range(0x1D400, 0x1D800),
    range(0x1F100, 0x1F300),
    range(0x2F800, 0x2FA20),
    range(0xE0000, 0xE0080),
    range(0xE0100, 0xE01F0),
)
"""Where characters are that become others; the rest of Unicode stands for itself."""


class _Table(dict[int, str]):
    """What each character becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = become = _become(chr(code))
        return become


def _become(character: str) -> str:
    if character in _QUOTES or character in _SELECTORS or unicodedata.category(character) == "Cf":
        return ""
    if character.isspace() or unicodedata.category(character) == "Cc":
        return _SPACE
    plain = unicodedata.normalize("NFKC", character)
    folded = unicodedata.normalize("NFKC", plain.casefold())
    parts = (_bracket(part) for part in folded if part not in _QUOTES)
    return "".join(_SPACE if part.isspace() else part for part in parts)


def _bracket(character: str) -> str:
    if character in _OPENING:
        return _OPENING[0]
    return _CLOSING[0] if character in _CLOSING else character


_TABLE = _Table()


def normalised(text: str) -> str:
    """Return a text as it is searched."""
    plain = text.translate(_TABLE)
    if _SPACE not in plain:
        return plain
    joined = ""
    for part in plain.split():
        joined += _SPACE + part if joined[-1:] in _WORD and part[0] in _WORD else part
    return joined


def table(alphabet: frozenset[str]) -> tuple[str, str, dict[str, str]]:
    """Return the characters that become others, as far as those occur in what is searched.

    A query with any other character finds nothing, whatever that becomes. Characters that become
    one come first, then in the same order what they become, then those that become several or none.
    """
    known = alphabet | {_SPACE}
    changes = [change for change in _changes() if known.issuperset(change[1])]
    single = [(code, become) for code, become in changes if len(become) == 1]
    return (
        "".join(chr(code) for code, _ in single),
        "".join(become for _, become in single),
        {chr(code): become for code, become in changes if len(become) != 1},
    )


def _changes() -> Iterator[tuple[int, str]]:
    for codes in _CANDIDATES:
        for code in codes:
            become = _TABLE[code]
            if become != chr(code):
                yield code, become
