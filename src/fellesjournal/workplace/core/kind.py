"""What a kind of core information is: its fields, and how they become a resource and are read out of one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from fellesjournal.ui.norwegian import day

Json = dict[str, Any]
OWN = "https://fellesjournal.no/fhir/CodeSystem/kjerneinformasjon"
"""Codes of ours, where no list in the open has the thing."""
HL7 = "http://terminology.hl7.org/CodeSystem/"


class Field(NamedTuple):
    """One field. With `choices`, one of these; `finds`: codes are found as one types; `day`: a date, a month
    or a year."""

    name: str
    choices: tuple[str, ...] = ()
    required: bool = False
    finds: bool = False
    day: bool = False


class Filled(NamedTuple):
    """A form that holds: its fields by name, the codings that were found, the citizen's id, who writes, and
    now as a dateTime. `word` gives what a choice is called in the record."""

    fields: Mapping[str, str]
    codings: Mapping[str, Sequence[Json]]
    citizen: str
    by: Json
    now: str
    word: Callable[[str, str], str]

    @property
    def subject(self) -> Json:
        """A reference to the citizen."""
        return {"reference": f"Patient/{self.citizen}"}

    @property
    def today(self) -> str:
        """The day."""
        return self.now[:10]

    def concept(self, name: str) -> Json:
        """A field as a CodeableConcept: what was written, with the code where one was found."""
        found = list(self.codings.get(name, ()))
        return {"text": self.fields[name]} | ({"coding": found} if found else {})


class Kind(NamedTuple):
    """One kind. `name` is in addresses and texts; `asked` finds what a citizen has of it.

    `make` lays a form over what there is ({} for something new), and leaves alone what no field tells.
    `read` is its opposite. `end` closes something that was true; None for what can only be changed.
    """

    name: str
    type_name: str
    fields: tuple[Field, ...]
    is_current: Callable[[Json], bool]
    make: Callable[[Json, Filled], Json]
    read: Callable[[Json], dict[str, str]]
    end: Callable[[Json, str], Json] | None
    asked: tuple[tuple[str, str], ...] = ()
    of_person: bool = False
    """Kept in the Patient itself: there is one, always."""
    anew: bool = False
    """Said anew each time: the newest counts, and the earlier ones stay."""


def coded(system: str, code: str) -> Json:
    """A CodeableConcept of one code."""
    return {"coding": [{"system": system, "code": code}]}


def code_in(concept: Mapping[str, Any] | None, system: str) -> str:
    """The code of a system; "" when there is none."""
    return next(
        (one.get("code", "") for one in (concept or {}).get("coding", ()) if one.get("system") == system), ""
    )


def day_written(text: str) -> str:
    """The same as people write it."""
    return day(text[:10]) if text else ""


def ended_period(resource: Json, now: str) -> Json:
    """Its period, with an end."""
    return {**resource.get("period", {}), "end": now}
