"""Employments: the PractitionerRole resources of a health worker, and whether one is in force."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from fellesjournal.access.policy_names import PROFESSION, ROLE, policy_name
from fellesjournal.fhir.dates import OPEN_END, OPEN_START, date_bounds


class Coding(msgspec.Struct):
    """Of Coding, what is read here."""

    system: str = ""
    code: str = ""
    display: str = ""


class Concept(msgspec.Struct):
    """Of CodeableConcept."""

    coding: list[Coding] = []
    text: str = ""


class _Reference(msgspec.Struct):
    reference: str = ""
    display: str = ""


class _Period(msgspec.Struct):
    start: str = ""
    end: str = ""


class _Role(msgspec.Struct):
    id: str
    active: bool = True
    practitioner: _Reference = msgspec.field(default_factory=_Reference)
    organization: _Reference = msgspec.field(default_factory=_Reference)
    code: list[Concept] = []
    period: _Period = msgspec.field(default_factory=_Period)


@dataclass(frozen=True, slots=True)
class Employment:
    """One role of one health worker at one unit.

    `policy` names the role policy, `title` is what people call the role, `profession` a code of Volven 9060
    ("" for those who are no health personnel). `first` and `last` are microseconds since 1970, both in force.
    """

    reference: str
    person: str
    policy: str
    title: str
    profession: str
    unit: str
    unit_display: str
    active: bool
    first: int
    last: int

    def in_force(self, now: datetime) -> bool:
        """Whether the role can be used at a moment: it has begun and not ended, at a unit, with a policy."""
        at = int(now.timestamp() * 1_000_000)
        return self.active and bool(self.policy and self.unit) and self.first <= at <= self.last


def read(body: bytes) -> Employment:
    """The employment that a PractitionerRole describes. A date is a whole day in Norway."""
    role = msgspec.json.decode(body, type=_Role)
    codings = [one for concept in role.code for one in concept.coding]
    found, unit = {one.system: one for one in codings}, role.organization.reference
    named = found.get(ROLE) or found.get(PROFESSION) or Coding()
    texts = (concept.text for concept in role.code if concept.text)
    return Employment(
        reference=f"PractitionerRole/{role.id}",
        person=role.practitioner.reference,
        policy=policy_name((one.system, one.code) for one in codings),
        title=next(texts, "") or named.display or named.code,
        profession=found[PROFESSION].code if PROFESSION in found else "",
        unit=unit if unit.startswith("Organization/") else "",
        unit_display=role.organization.display,
        active=role.active,
        first=date_bounds(role.period.start)[0] if role.period.start else OPEN_START,
        last=date_bounds(role.period.end)[1] if role.period.end else OPEN_END,
    )


def said(body: bytes) -> str:
    """A PractitionerRole in a line: who is given what, where and when."""
    role = msgspec.json.decode(body, type=_Role)
    found = read(body)
    what = f"{found.policy or 'no policy'} ({found.title})" if found.title else found.policy or "no policy"
    period = f"{role.period.start or '...'} to {role.period.end or '...'}"
    used = "" if found.active else ", out of use"
    return f"{found.person or 'nobody'}: {what} at {found.unit or 'no unit'}, {period}{used}"
