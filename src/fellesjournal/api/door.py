"""What the surface is made for: the journal, opened by one actor, and FHIR's definitions."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from fellesjournal.access.audit.lines import Line as LogLine
from fellesjournal.access.journal import Answered, Entry, OpenJournal, Page, Stored, Written
from fellesjournal.api.call import Call
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.validation import Validator
from fellesjournal.terminology.terminology import Terminology

__all__ = [
    "Answered",
    "Door",
    "Entry",
    "Known",
    "LogLine",
    "OpenJournal",
    "Page",
    "Site",
    "Stored",
    "Written",
]

Door = Callable[[Call], AbstractAsyncContextManager[OpenJournal]]
"""Opens the journal for the actor of a request."""

Known = Mapping[str, Mapping[str, SearchParameter]]
"""Resource type -> code -> search parameter."""


@dataclass(frozen=True, slots=True)
class Site:
    """What handlers work with."""

    open: Door
    definitions: Definitions
    search_parameters: Callable[[], Known]
    """The search parameters as they are now: more may be posted while we run."""
    validator: Callable[[], Validator]
    """What resources are checked by as it is now: more profiles may be posted while we run."""
    security: Callable[[str], dict[str, Any]] | None = None
    """CapabilityStatement.rest.security for a base address; without it, a practice site's."""
    terminology: Terminology | None = None
    """Without it the operations of CodeSystem, ValueSet and ConceptMap are not served."""
    calendars: Calendars | None = None
    """Without them Appointment/$find is not served."""

    def require(self, tree: dict[str, Any]) -> None:
        """Raise Unprocessable with every issue when a resource, such as Parameters, is not sound."""
        self.validator().require(tree)
