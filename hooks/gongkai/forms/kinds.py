"""The kinds of agencies, and the ranks of governments."""

GOVERNMENT = "政府"
"""The kind whose report covers its whole region, from the county upwards."""

TOWNSHIP = "乡镇街道"
KINDS = (GOVERNMENT, "部门", TOWNSHIP, "片区", "其他")
"""The kinds of agencies, in the order in which lists show them."""

_RANKS = (("0000", "省级政府"), ("00", "市级政府"), ("", "县级政府"))
_LONG_CODE = 9


def rank(kind: str, region: str) -> str:
    """Return the rank of a government by the code of its region; empty for other agencies."""
    if kind != GOVERNMENT:
        return ""
    if len(region) >= _LONG_CODE:
        return "乡级政府"
    return next(name for ending, name in _RANKS if region.endswith(ending))
