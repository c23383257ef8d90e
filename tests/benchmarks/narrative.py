"""Varied Chinese prose for synthetic reports, expanded from the patterns of `words.yaml`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import MappingProxyType

import yaml

_SLOT = re.compile(r"\{(\w+)\}")
_NUMERALS = "一二三四五六七八九十"
_NO_FACTS: Mapping[str, str] = MappingProxyType({})
_OVERVIEW = (600, 960)
"""From terse to the most that section one has: the form advises a thousand characters."""


class Grammar:
    """Lists of words and patterns; expanding one fills each slot from the list of that name."""

    def __init__(self, path: Path) -> None:
        lists = yaml.safe_load(path.read_text("utf-8"))
        self.words: dict[str, list[str]] = {name: words.split() for name, words in lists.items()}

    def sentence(self, pattern: str, random: Random, facts: Mapping[str, str]) -> str:
        """Expand a pattern whose numbers {a} and {b} add up to {ab}."""
        one, other = random.randint(3, 60), random.randint(2, 40)
        numbers = {"a": str(one), "b": str(other), "ab": str(one + other)}
        return self.expand(pattern, random, {**facts, **numbers})

    def expand(self, pattern: str, random: Random, facts: Mapping[str, str] = _NO_FACTS) -> str:
        """Replace the slots of a pattern, and those of what replaces them."""

        def fill(match: re.Match[str]) -> str:
            slot = match[1]
            if slot in facts:
                return facts[slot]
            if slot in _RANGES:
                return str(random.randint(*_RANGES[slot]))
            if slot == "name":
                return self._name(random)
            return self.expand(random.choice(self.words[slot]), random, facts)

        return _SLOT.sub(fill, pattern)

    def _name(self, random: Random) -> str:
        """A made-up name; the first syllables of the list are the commonest, as in real life."""
        syllables = self.words["syllables"]
        places = (int(len(syllables) * random.random() ** 1.5) for _ in range(2))
        return "".join(syllables[place] for place in places)


_RANGES = {"n": (2, 29), "nn": (30, 960), "month": (2, 12), "day": (1, 28)}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the counts of proactive disclosure."""

    content: str
    channel: str
    count: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the prose of one report."""

    grammar: Grammar
    random: Random
    facts: Mapping[str, str]

    def some(self, name: str, count: int) -> list[str]:
        """Expand so many different patterns of a list."""
        patterns = self.grammar.words[name]
        chosen = self.random.sample(patterns, min(count, len(patterns)))
        return [self.grammar.sentence(pattern, self.random, self.facts) for pattern in chosen]

    def channels(self) -> list[Item]:
        """Make the counts of what was disclosed where; some are told apart by kind."""
        items: list[Item] = []
        for _ in range(self.random.randint(2, 5)):
            content, channel = self.some("contents", 1)[0], self.some("channels", 1)[0]
            count, parts = int(self.random.lognormvariate(3.2, 1.1)) + 1, []
            if count > _WORTH_PARTS and not items:
                first = self.random.randint(1, count - 1)
                kinds = self.random.sample(self.grammar.words["nouns"], 2)
                parts = list(zip(kinds, (first, count - first), strict=True))
            items.append(Item(content, channel, count, tuple(parts)))
        return items

    def overview(self, items: Sequence[Item]) -> str:
        """Write section one: an introduction, then the parts with their sub-headings."""
        paragraphs = self.some("overview", 1)
        parts = [part.split("=") for part in self.grammar.words["parts"]]
        shortest, longest = _OVERVIEW
        room = min(longest, self.random.randint(shortest, 2 * longest)) - len(paragraphs[0])
        for number, (title, name) in enumerate(parts):
            opening = list(self._opening(name, items))
            wanted = room // (len(parts) - number)
            more = self.some(self._patterns(name), self.random.randint(3, 7))
            told = _fitting(opening, more, wanted)
            paragraphs += [f"（{_NUMERALS[number]}）{title}", told]
            room -= len(title) + 3 + len(told)
        return "\n".join(paragraphs)

    def _has_requests(self) -> bool:
        return int(self.facts["received"]) + int(self.facts["closed"]) > 0

    def _patterns(self, part: str) -> str:
        """The list that fills a part; without requests nothing is told of how they were handled."""
        if part != _REQUESTS:
            return part
        return f"{part}_more" if self._has_requests() else f"{part}_idle"

    def _opening(self, name: str, items: Sequence[Item]) -> Iterator[str]:
        """The sentences with figures that a part begins with."""
        if name == "proactive":
            yield self._channel_sentence(items)
        elif name == _REQUESTS:
            yield self.some(f"{name}_some" if self._has_requests() else f"{name}_none", 1)[0]

    def _channel_sentence(self, items: Sequence[Item]) -> str:
        total = str(sum(item.count for item in items))
        pattern = self.random.choice(self.grammar.words["channel_lead"])
        lead = self.grammar.expand(pattern, self.random, {**self.facts, "total": total})
        told = []
        for item in items:
            words = {"content": item.content, "channel": item.channel, "count": str(item.count)}
            pattern = self.random.choice(self.grammar.words["channel_item"])
            told.append(self.grammar.expand(pattern, self.random, words))
        return f"{lead}其中，{'，'.join(told)}。"

    def issues(self) -> str:
        """Write section five: problems, then what is done about them."""
        count = min(9, 3 + int(self.random.expovariate(0.28)))
        parts = []
        for name in ("problems", "improvements"):
            lead = self.some(f"{name}_lead", 1)[0]
            points = self.some(name, count + self.random.randint(0, 1))
            numbered = (f"{_NUMERALS[at]}是{point}" for at, point in enumerate(points))
            parts.append(lead + "".join(numbered))
        return "\n".join(parts)

    def other(self) -> str:
        """Write section six: the statement about fees, then other matters."""
        return "\n".join((*self.some("other_lead", 1), *self.some("other_more", self._few())))

    def _few(self) -> int:
        return self.random.choice((1, 1, 2, 2, 3, 4))


_REQUESTS = "requests"
_WORTH_PARTS = 20


def _fitting(opening: Sequence[str], more: Sequence[str], room: int) -> str:
    """Join sentences as far as there is room; the opening is never left out."""
    text = "".join(opening)
    for sentence in more:
        if not text or len(text) + len(sentence) <= room:
            text += sentence
    return text
