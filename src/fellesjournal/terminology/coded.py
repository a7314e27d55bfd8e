"""A code as it is asked about, and what was found out about it."""

from datetime import date
from typing import NamedTuple


class Coded(NamedTuple):
    """A code with what was written beside it; "" where nothing was. FHIR's Coding."""

    code: str
    system: str = ""
    version: str = ""
    display: str = ""

    @property
    def written(self) -> str:
        """For messages: "http://loinc.org|8480-6"."""
        return f"{self.system}|{self.code}" if self.system else self.code


class Manner(NamedTuple):
    """In which light codes are validated."""

    today: date
    day: date | None = None
    """The day asked about; None is today."""
    abstract: bool | None = None
    """Whether codes that only group others are allowed; None: nobody said, so they are, and it is told."""
    languages: tuple[str, ...] = ()

    @property
    def on(self) -> date:
        """The day that counts."""
        return self.day or self.today


class Verdict(NamedTuple):
    """What $validate-code answers. `message` says what is wrong, or with a good result what to know."""

    result: bool
    message: str = ""
    display: str = ""
    coded: Coded | None = None
    """The code, with the system that was found for it."""
    unknown_system: str = ""
    """The code system, perhaps with "|version", that cannot tell: it is not here, or only a part of it is,
    and the code is not in that. The code may be right all the same.
    """
    partly: bool = False
    """Whether a part of that system is here."""
