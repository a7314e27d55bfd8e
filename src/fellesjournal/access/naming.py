"""Whose record a search names: the log tells what was asked about a citizen from what was met on a list."""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.stored import Parameters

_ABOUT = ("patient", "subject")
"""Search parameters whose value says whose record is asked about."""
_OF_A_PERSON = frozenset(
    {"identifier", "name", "family", "given", "phonetic", "telecom", "phone", "email", "birthdate", "address"}
)
"""Search parameters of Patient by which somebody looks for a person."""


class Named(NamedTuple):
    """Whom a search is about: citizens by key, and whether it looks for a person by what a person is known
    by: then all whom it finds.
    """

    citizens: tuple[int, ...] = ()
    everybody: bool = False

    def names(self, citizen: int) -> bool:
        """Whether the search is about this citizen."""
        return self.everybody or citizen in self.citizens


NOBODY = Named()


def named(type_name: str | None, parameters: Parameters, compartment: tuple[str, str] | None = None) -> Named:
    """Whom a search names: by reference, by id, by compartment, or by name, number, birthday and the like."""
    references = [*_references(type_name, parameters)]
    if compartment and compartment[0] == "Patient":
        references.append("/".join(compartment))
    return Named(
        tuple(key_of(one) for one in dict.fromkeys(references)),
        any(_looks_for_a_person(type_name, name) for name, _ in parameters),
    )


def cited(type_name: str, query: str) -> tuple[int, ...]:
    """The citizens, by key, whom a search names that stands in the log."""
    return named(type_name or None, parse_qsl(query, keep_blank_values=True)).citizens


def _references(type_name: str | None, parameters: Parameters) -> Iterable[str]:
    for name, value in parameters:
        base, _, modifier = name.partition(":")
        if (base in _ABOUT and modifier in ("", "Patient")) or (name == "_id" and type_name == "Patient"):
            for part in value.split(","):
                kind, _, id = part.rpartition("/")
                if kind in ("", "Patient") or kind.endswith("/Patient"):
                    yield f"Patient/{id}"


def _looks_for_a_person(type_name: str | None, name: str) -> bool:
    first, _, last = name.partition(".")
    if not last:
        return type_name == "Patient" and name.partition(":")[0] in _OF_A_PERSON
    return first.partition(":")[0] in _ABOUT and last.partition(":")[0] in _OF_A_PERSON
