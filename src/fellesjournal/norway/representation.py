"""Who may represent a citizen on a day, in what, and why or why not, in plain words.

Sources: pasient- og brukerrettighetsloven §§ 3-4, 4-3 and 4-4 (see norway/ages.py), and Helsenorge's rules
for access on behalf of others: a parent needs parental responsibility, the child must be registered at the
address of at least one who has it, and nobody with a protected address (kode 6 and 7) represents or is
represented. Ties are the population register's (parental responsibility, guardianship) or the citizen's own
(power of attorney). What a guardian or one with power of attorney may do is written in the tie.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.norway.ages import HEALTH_MAJORITY, HEARD, Parents, age_on, step_on


class Purpose(StrEnum):
    """What one does for another."""

    READ = "read"
    BOOK = "book"
    WRITE = "write"
    """Messages and forms."""


class Tie(StrEnum):
    """What binds the two; list 7611 says FO, VE and FU."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    POWER_OF_ATTORNEY = "power-of-attorney"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the register. `address` is a key that is the same for who lives together, "" if unknown."""

    id: str
    born: date
    address: str = ""
    protected: bool = False
    """Kode 6 or 7 on the day that is asked for."""


@dataclass(frozen=True, slots=True)
class Bond:
    """One tie to the citizen. Both days are included; an `until` of None is open.

    A guardian or one with power of attorney does what `purposes` says; a parent's purposes are the law's.
    """

    tie: Tie
    holder: Someone
    since: date
    until: date | None = None
    purposes: frozenset[Purpose] = frozenset()

    def holds(self, on: date) -> bool:
        """Whether the tie is there on the day."""
        return self.since <= on and (self.until is None or on <= self.until)


class Grant(NamedTuple):
    """One thing that is allowed. What is withheld from the representative (`learns`) stays withheld."""

    purpose: Purpose
    tie: Tie
    learns: Parents
    reason: str


class Answer(NamedTuple):
    """What is allowed, by purpose, and for every tie that gives nothing a sentence that says why."""

    grants: tuple[Grant, ...]
    refusals: tuple[str, ...]

    @property
    def purposes(self) -> frozenset[Purpose]:
        """What may be done, whatever the tie."""
        return frozenset(grant.purpose for grant in self.grants)


def representation(citizen: Someone, by: Someone, bonds: Iterable[Bond], on: date) -> Answer:
    """What `by` may do for the citizen on the day. `bonds` are all the citizen's ties, also to others.

    The other parent's tie counts too: the child may live there. Raises Invalid before the citizen's birth.
    """
    age_on(citizen.born, on)
    if citizen.id == by.id:
        raise Invalid("A citizen does not represent oneself: ask for access to one's own record instead.")
    held = [bond for bond in bonds if bond.holds(on)]
    if refusal := _protected(citizen, by):
        return Answer((), (refusal,))
    own = [bond for bond in held if bond.holder.id == by.id]
    if not own:
        return Answer((), (f"No parental responsibility, guardianship or power of attorney on {on}.",))
    grants: list[Grant] = []
    refusals: list[str] = []
    for bond in own:
        found = _of_parent(citizen, held, on) if bond.tie is Tie.PARENT else _of_others(citizen, bond, on)
        if isinstance(found, str):
            refusals.append(found)
        else:
            grants.extend(found)
    return Answer(tuple(grants), tuple(refusals))


def _protected(citizen: Someone, by: Someone) -> str:
    if citizen.protected:
        return "The citizen has a protected address, and cannot be represented."
    return "Who has a protected address cannot represent others." if by.protected else ""


def _of_parent(citizen: Someone, held: list[Bond], on: date) -> list[Grant] | str:
    age = age_on(citizen.born, on)
    if age >= HEALTH_MAJORITY:
        return f"The child is {age}: from {HEALTH_MAJORITY} years parents have no access (pbrl § 4-3)."
    # A protected home is nobody's proof: the answer would tell the other parent who lives there.
    parents = [bond.holder for bond in held if bond.tie is Tie.PARENT and not bond.holder.protected]
    if citizen.address == "" or citizen.address not in {parent.address for parent in parents}:
        return "The child is not registered at the address of anyone with parental responsibility."
    reason = f"Parental responsibility for a child of {age} years (pbrl §§ 3-4, 4-4)."
    if age >= HEARD:
        reason = f"{reason} What the child wants withheld for good reasons stays withheld."
    return [
        Grant(purpose, Tie.PARENT, step_on(citizen.born, on).parents_learn, reason) for purpose in Purpose
    ]


def _of_others(citizen: Someone, bond: Bond, on: date) -> list[Grant] | str:
    if bond.tie is Tie.POWER_OF_ATTORNEY and age_on(citizen.born, bond.since) < HEALTH_MAJORITY:
        return f"A power of attorney is given by who is {HEALTH_MAJORITY} or older; this citizen was not."
    words = "Guardianship" if bond.tie is Tie.GUARDIAN else "Power of attorney"
    if not bond.purposes:
        return f"{words} since {bond.since}, for nothing that concerns health services."
    last = f" until {bond.until}" if bond.until else ""
    return [
        Grant(purpose, bond.tie, Parents.UNLESS_WITHHELD, f"{words} to {purpose}, since {bond.since}{last}.")
        for purpose in Purpose
        if purpose in bond.purposes
    ]
