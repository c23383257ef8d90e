"""A report in a few seconds: what came in and what became of it, in words and as a picture."""

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from gongkai.analysis.flows import Flow, Part
from gongkai.html.charts.outcomes import outcomes


class Summary(NamedTuple):
    """The plain words and the chart of a flow."""

    sentences: tuple[str, ...]
    chart: Markup


def summarize(flow: Flow, name: str, subject: str) -> Summary:
    """Tell a flow in words and draw it; `name` is an id that is unique on the page."""
    return Summary(tuple(_sentences(flow)), outcomes(flow, name, subject))


def _sentences(flow: Flow) -> Iterable[str]:
    came = _listed(flow.incoming, flow.unit)
    if not any(flow.numbers) and None not in flow.numbers:
        yield f"这一年没有收到申请，也没有以前转来的：{came}。"
        return
    done = [part for part in flow.outgoing if not part.is_open]
    still = [part for part in flow.outgoing if part.is_open]
    yield f"来了多少：{came}。"
    given = [part for part in done if part.number]
    yield f"怎样办理：{_listed(given, flow.unit)}。" if given else "怎样办理：没有办结的。"
    yield f"还没办完：{_listed(still, flow.unit)}。"


def _listed(parts: Iterable[Part], unit: str) -> str:
    return "、".join(
        f"{part.label}没有数字" if part.number is None else f"{part.label} {part.number} {unit}"
        for part in parts
    )
