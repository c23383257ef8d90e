"""Text in the form in which it is searched for patterns."""

_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}


def halfwidth(text: str) -> str:
    """Return full-width letters, digits and marks as half-width ones; the length stays."""
    return text.translate(_FOLD)
