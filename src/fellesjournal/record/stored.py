"""What the record gives back."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from fellesjournal.errors import Fault, Issue
from fellesjournal.fhir.search.terms import key_of

Parameters = list[tuple[str, str]]
"""Query parameters in the order written, decoded: [("code", "8480-6"), ("_sort", "-date")]."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One version of a resource. `body` is its JSON as sent, id and meta included; None when deleted."""

    type: str
    id: str
    version: int
    updated: datetime
    body: bytes | None
    method: str = "PUT"
    """POST, PUT, PATCH or DELETE: what made this version (for history bundles)."""
    citizen: int = 0
    """Key of the Patient in whose record it stands; 0: nobody's."""

    @property
    def key(self) -> int:
        """The key of the resource."""
        return key_of(f"{self.type}/{self.id}")


@dataclass(frozen=True, slots=True)
class Written:
    """The answer to a write. `created` is False when the resource was there already."""

    stored: Stored
    created: bool
    changed: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a page; `mode` is match, include or outcome (Bundle.entry.search.mode)."""

    stored: Stored
    mode: str = "match"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a search or a history.

    `asked` are the parameters as they were understood (the self link); `next` and `previous` the whole
    parameters of the neighbouring pages, None when there is none; `ignored` what a lenient search left out.
    """

    entries: list[Entry]
    total: int | None = None
    asked: Parameters = field(default_factory=list)
    next: Parameters | None = None
    ignored: tuple[Issue, ...] = ()


class Question(NamedTuple):
    """A search that is asked together with others: type (None: all), parameters, and compartment."""

    type: str | None
    parameters: Parameters
    compartment: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one entry of a batch or transaction.

    `status` is the HTTP status, 0 with a fault. `stored` is the version written, deleted or read, `page` what
    a search or history found, `fault` why the entry of a batch was refused.
    """

    status: int
    stored: Stored | None = None
    page: Page | None = None
    fault: Fault | None = None
    asked: tuple[str, str, str] = ("", "", "")
    """Method, type and id that the entry asked for, each "" when there is none."""
