"""How wide texts are where Han characters take two columns."""

from unicodedata import east_asian_width


def is_wide(character: str) -> bool:
    """Whether a character takes two columns."""
    return east_asian_width(character) in "FWA"


def width(words: str) -> int:
    """Return how many columns a text takes."""
    return len(words) + sum(map(is_wide, words))
