"""Who lives in the region: persons, the households they live in, and the ties between them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from fellesjournal.norway.ages import age_on
from fellesjournal.norway.identity.kinds import Sex


class Protection(StrEnum):
    """Address protection, with the codes of the population register (kode 7 and kode 6)."""

    NONE = ""
    CONFIDENTIAL = "fortrolig"
    STRICTLY_CONFIDENTIAL = "strengtFortrolig"


@dataclass(slots=True, eq=False)
class Household:
    """Those who live at one address, which the municipality and these numbers make."""

    municipality: int
    """Its place in the region's list."""
    street: int
    house: int
    protection: Protection = Protection.NONE


@dataclass(slots=True, eq=False)
class Person:
    """One citizen. Ties are given both ways; `born` and `died` are the register's."""

    number: int
    """The place in the region, from 0: citizens are told apart by it."""
    sex: Sex
    born: date
    household: Household
    died: date | None = None
    id: str = ""
    given: str = ""
    family_name: str = ""
    serial: int = 0
    """Individual number of the identity number (three digits)."""
    place: int = -1
    """On the GP's list, of those who may have an hour these days; -1 for others (census.py)."""
    d_number: bool = False
    """Has a D-number: is here for a while, or has not been given a birth number yet."""
    partner: "Person | None" = None
    mother: "Person | None" = None
    father: "Person | None" = None
    children: list["Person"] = field(default_factory=list)
    lives_apart_from: "Person | None" = None
    """The parent a child does not live with, and who has parental responsibility too."""
    shared_residence: bool = False
    """Delt bosted (barnelova § 36): lives as much with one parent as with the other."""
    guardian: "Person | None" = None
    attorney: "Person | None" = None
    """Who holds power of attorney for this person."""
    citizenship: str = "NO"
    """ISO 3166-1."""
    language: str = "nb"
    """What the person speaks best (BCP 47): nb, nn, se, smj, sma, or one that needs an interpreter."""

    def age(self, on: date) -> int:
        """In whole years."""
        return age_on(self.born, on)

    def has_partner(self, on: date) -> bool:
        """Whether there is somebody to live with on the day."""
        return self.partner is not None and (self.partner.died is None or on < self.partner.died)

    @property
    def lives_with_a_woman(self) -> bool:
        """Whether she lives, or lived, with another woman."""
        return self.is_woman and self.partner is not None and self.partner.is_woman

    @property
    def widowed(self) -> date | None:
        """When the partner died, if the person was alive then."""
        lost = self.partner.died if self.partner else None
        return None if lost and self.died and self.died <= lost else lost

    @property
    def is_woman(self) -> bool:
        """Whether the register says female."""
        return self.sex is Sex.FEMALE

    @property
    def reference(self) -> str:
        """How resources refer to the citizen."""
        return f"Patient/{self.id}"


@dataclass(slots=True, eq=False)
class Family:
    """Persons with ties between them, in one household or more."""

    persons: list[Person]
