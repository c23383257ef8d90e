"""What a finding is about: a report, an agency or a file, and what within it."""

import re
from typing import NamedTuple

_NUMBER = re.compile(r"\d[\d.,]*")


class ReportKey(NamedTuple):
    """The identity of a report; whoever passes reports around passes this instead."""

    agency: str
    """The agency's slug."""
    year: int


class AgencyKey(NamedTuple):
    """The identity of an agency, where its own file is meant."""

    agency: str


class FileKey(NamedTuple):
    """The identity of any other file, by its path."""

    path: str


Subject = ReportKey | AgencyKey | FileKey


def identity_of(subject: Subject) -> str:
    """Return a text that tells a subject from all others."""
    return "/".join((type(subject).__name__, *map(str, subject)))


class Target(NamedTuple):
    """What within its subject a finding is about; nothing is set where it is the whole."""

    keys: tuple[str, ...] = ()
    """The keys that staff write, from the section inwards."""
    section: str = ""
    """The permanent id of a section."""
    row: str = ""
    """The path of a row, where a figure is meant."""
    column: str = ""
    """The path of its column."""
    key: str = ""
    """A key beside the sections, or another name of what is meant."""
    words: str = ""
    """Words that tell it from others at the same place; numbers in them do not count."""

    @property
    def address(self) -> str:
        """Where it stands within a report's page: the figure or the section, if it is one."""
        return ".".join(filter(None, (self.section, self.row, self.column)))

    @property
    def identity(self) -> tuple[str, ...]:
        """Texts that tell it from others, whatever numbers it tells and wherever it stands."""
        place = self.address or "·".join(self.keys)
        return place, self.key, _NUMBER.sub("#", self.words)


WHOLE = Target()
"""The whole subject."""
