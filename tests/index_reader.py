"""The index as the browser reads it, once more in Python: by lists and covers alone."""

import json
import re
from collections.abc import Iterable
from typing import Any

from gongkai.publishing.search.characters import normalised
from gongkai.publishing.search.files import File

SCRIPT = re.compile(r'gongkai\.take\("([a-z]+\d*)","[0-9a-f]*",(.*)\);\n', re.DOTALL)


class Reader:
    """Answers queries about what is in the body of reports from the files of an index."""

    def __init__(self, files: Iterable[File]) -> None:
        self.data: dict[str, Any] = {}
        for file in files:
            match = SCRIPT.fullmatch(file.content)
            assert match, file.content[:80]
            assert match[1] == file.name
            self.data[file.name] = json.loads(match[2])
        plan = self.data["reports"]
        self.kinds, self.longest = len(plan["kinds"]), plan["longest"]
        self.slot, self.alphabet = plan["slot"], plan["alphabet"]
        self.common = set(plan["common"])
        self.lists = {
            group: {
                gram: code
                for name, data in self.data.items()
                if re.fullmatch(rf"{group}\d+", name)
                for gram, code in zip(data[::2], data[1::2], strict=True)
            }
            for group in "cs"
        }
        widths = [self.numbers(code) for code in plan["widths"]]
        self.units = [0]
        for report, row in enumerate(zip(*widths, strict=True)):
            for kind, width in enumerate(row):
                self.units += [report * self.kinds + kind] * width

    def reports(self, query: str) -> set[int]:
        """The numbers of the reports whose body has one term."""
        return {unit // self.kinds for unit in self._units(normalised(query))}

    def _units(self, term: str) -> Iterable[int]:
        if len(term) == 1 or term in self.common:
            return self.ascending(self.lists["c" if len(term) == 1 else "s"].get(term, ""))
        cover = self._cover(term)
        places = [
            {place - start for place in self.ascending(self.lists["s"].get(gram, ""))}
            for start, gram in cover
        ]
        return {self.units[place // self.slot] for place in set.intersection(*places)}

    def _cover(self, term: str) -> list[tuple[int, str]]:
        """All grams of a term with listed places; they must reach every character."""
        found = [
            (start, gram)
            for start in range(len(term))
            for end in range(start + 2, min(len(term), start + self.longest) + 1)
            if self._has_places(gram := term[start:end])
        ]
        reached = {start + at for start, gram in found for at in range(len(gram))}
        assert reached == set(range(len(term))), f"no cover for {term}"
        return found

    def _has_places(self, gram: str) -> bool:
        is_listed = len(gram) == 2 or gram[:-1] in self.common or gram[1:] in self.common
        return is_listed and gram not in self.common

    def ascending(self, code: str) -> list[int]:
        total, found = 0, []
        for number in self.numbers(code):
            total += number
            found.append(total)
        return found

    def numbers(self, code: str) -> list[int]:
        base = len(self.alphabet) // 2
        found, number, scale = [], 0, 1
        for character in code:
            value = self.alphabet.index(character)
            if value < base:
                number, scale = number + value * scale, scale * base
            else:
                found.append(number + (value - base) * scale)
                number, scale = 0, 1
        return found
