"""Who acts: a person in one role, for a purpose."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """One person with the one role that is active now, and what it is done for.

    `purpose` is a code of http://terminology.hl7.org/CodeSystem/v3-ActReason (PurposeOfUse).
    """

    person: str
    role: str
    purpose: str

    @classmethod
    def practice(cls) -> "Actor":
        """The one who acts on a practice site, where no real citizen has a record."""
        return cls(person="practice", role="practice", purpose="HTEST")
