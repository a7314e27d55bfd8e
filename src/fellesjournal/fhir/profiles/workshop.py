"""What the rules of a profile are made with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fellesjournal.fhir.codes import Codes
from fellesjournal.fhir.definitions import Definitions, Member
from fellesjournal.fhir.invariants import Invariants
from fellesjournal.fhir.profiles.items import Item, items, spelled
from fellesjournal.fhir.profiles.profile import Profile


@dataclass(frozen=True)
class Workshop:
    """Definitions, invariants and codes, and the way to other profiles."""

    definitions: Definitions
    invariants: Invariants
    codes: Codes
    profile: Callable[[str], Profile | None]
    type_of_profile: Callable[[str], str]
    """The type that a profile constrains, "" when it is not known; the profile need not be compiled."""
    _spelled: dict[tuple[str, str], tuple[Member, ...]] = field(default_factory=dict)

    def members(self, kind: str, name: str) -> tuple[Member, ...]:
        """As items.spelled, remembered."""
        key = (kind, name)
        if key not in self._spelled:
            self._spelled[key] = spelled(kind, name, self.definitions)
        return self._spelled[key]

    def items(self, holder: Any, kind: str, name: str) -> list[Item]:
        """The values of an element in an object of a type or backbone."""
        return items(holder, self.members(kind, name), self.definitions)
