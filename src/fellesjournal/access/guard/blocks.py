"""Blocks (sperring): what a citizen, or a health worker for them, has kept from persons, units or everybody.

pasient- og brukerrettighetsloven § 5-3 and helsepersonelloven § 25 let the citizen oppose that information is
passed on. A block is a Consent that is active and whose provision denies: `actor` says from whom (nobody
named: from all), `data` which resources, `class` which kinds of information or resource types (neither: the
whole record), `period` when.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.dates import OPEN_END, OPEN_START, date_bounds
from fellesjournal.fhir.search.entries import Restriction
from fellesjournal.fhir.search.terms import key_of

Tree = dict[str, Any]

BLOCK = 0
KINDS = "https://fellesjournal.no/fhir/CodeSystem/informasjonstype"
"""The kinds of information in access/roles/kinds.toml."""
Kinds = Mapping[str, Sequence[str]]
"""The resource types of each."""
_UNDERSTOOD = frozenset({"type", "period", "actor", "data", "class", "id", "extension"})
_RESOURCE_TYPES = "http://hl7.org/fhir/resource-types"


def blocks(consent: Tree, type_number: Callable[[str], int], kinds: Kinds) -> list[Restriction]:
    """The restrictions of a Consent. Raises Unprocessable when it denies in a way that would not be kept."""
    provision = consent.get("provision", {})
    if consent["status"] != "active" or provision.get("type") != "deny":
        return []
    if strange := sorted(provision.keys() - _UNDERSTOOD):
        raise _not_kept(
            f"A block by {', '.join(strange)} is not kept by this record; use actor, data, class and period.",
            strange[0],
        )
    period = provision.get("period", {})
    low = date_bounds(period["start"])[0] if "start" in period else OPEN_START
    high = date_bounds(period["end"])[1] + 1 if "end" in period else OPEN_END
    parties = list(_parties(provision)) or [0]
    what = [*_types(provision, type_number, kinds), *((0, target) for target in _targets(provision))] or [
        (0, 0)
    ]
    return [
        Restriction(BLOCK, False, type, target, party, low, high)
        for party in parties
        for type, target in what
    ]


def _parties(provision: Tree) -> Iterator[int]:
    for actor in provision.get("actor", ()):
        yield key_of(_reference(actor["reference"], "actor"))


def _targets(provision: Tree) -> Iterator[int]:
    for data in provision.get("data", ()):
        if data["meaning"] != "instance":
            raise _not_kept("A block of data is kept with the meaning 'instance' only.", "data")
        yield key_of(_reference(data["reference"], "data"))


def _types(provision: Tree, type_number: Callable[[str], int], kinds: Kinds) -> Iterator[tuple[int, int]]:
    for coding in provision.get("class", ()):
        system, code = coding.get("system"), coding.get("code", "")
        if system == KINDS and code in kinds:
            yield from ((type_number(name), 0) for name in kinds[code])
        elif system == _RESOURCE_TYPES:
            yield type_number(code), 0
        else:
            known = (
                f"kinds of information ({KINDS}: {', '.join(kinds)}) or resource types ({_RESOURCE_TYPES})"
            )
            raise _not_kept(f"A block by class names {known}, not {system}|{code}.", "class")


def _reference(reference: Tree, name: str) -> str:
    target = str(reference.get("reference", ""))
    if "/" not in target or ":" in target:
        raise _not_kept("A block names persons, units and documents by a reference within this record.", name)
    return target.partition("/_history/")[0]


def _not_kept(text: str, name: str) -> Unprocessable:
    return Unprocessable(Issue("business-rule", text, f"Consent.provision.{name}"))
