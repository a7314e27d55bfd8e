"""Why an actor may, or may not, open a citizen's record: what the log tells afterwards."""

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """What a permission rests on, or what a refusal is for. The first group permits, the second refuses."""

    ADMISSION = "admission"
    REFERRAL = "referral"
    VEDTAK = "vedtak"
    APPOINTMENT = "appointment"
    LIST = "list"
    GP = "gp"
    EMERGENCY = "emergency"
    OVERRIDE = "override"
    """A block was overridden."""
    SELF = "self"
    PARENT = "parent"
    GUARDIAN = "guardian"
    POWER_OF_ATTORNEY = "power-of-attorney"
    SHARED = "shared"
    """Not about a citizen: organisations, code lists."""
    OPENING = "opening"
    """Care that begins with this very act: a contact, a referral or a citizen was registered."""
    OVERSIGHT = "oversight"
    """The privacy officer's follow-up of the log."""
    SYSTEM = "system"
    PRACTICE = "practice"

    NO_RELATION = "no-relation"
    BLOCKED = "blocked"
    ROLE = "role"
    GRANT = "grant"
    """The app that asks has not been granted it."""
    WITHHELD = "withheld"
    FAILED = "failed"
    """What was asked for was not there, or could not be done."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `reference` is the resource it rests on ("Encounter/5", "Consent/8"), `reason` the words
    of the person who took emergency access or overrode a block.
    """

    permit: bool
    basis: Basis
    reference: str = ""
    reason: str = ""
