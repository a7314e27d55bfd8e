"""Powers of attorney (fullmakt): given by a citizen to another for some purposes and a time, and ended.

Who gives one is 16 or older, who gets one 18 or older, neither has a protected address, and either may end it
at any time (helsenorge.no/fullmakt/om, read 2026-11). It is a RelatedPerson in the giver's record, which only
the door writes (see representing): a citizen's role does not write that type.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from fellesjournal.access import kin
from fellesjournal.access.guard.ties import TIES
from fellesjournal.access.policy_names import CITIZEN
from fellesjournal.access.visit import Visit
from fellesjournal.errors import Conflict, Forbidden, Invalid, NotFound
from fellesjournal.fhir import json
from fellesjournal.norway.ages import ADULT, HEALTH_MAJORITY, age_on, reaches
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.norway.representation import Purpose, Someone, Tie
from fellesjournal.record.bounds import numbers_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Stored

LONGEST_YEARS = 5
"""Years that a power of attorney may be given for: who gives it thinks it over again after that (ours)."""
_NUMBERS = (Kind.BIRTH_NUMBER.system, Kind.D_NUMBER.system)
_OSLO = ZoneInfo("Europe/Oslo")
_EVERYONE = Scope.everyone()


@dataclass(frozen=True, slots=True)
class Power:
    """What is given: to whom, by `number` (fødselsnummer or D-nummer) and `family` name, for which purposes,
    and the last day.
    """

    number: str
    family: str
    purposes: frozenset[Purpose]
    until: date


async def given(record: Record, visit: Visit, power: Power) -> Stored:
    """Give a power of attorney over one's own record, from today.

    Raises Forbidden for who may give none, Invalid for no purpose, for writing without reading and for a last
    day that is past or too far off, Conflict when the other has one already, and NotFound, in one sentence
    whatever the reason, when there is nobody of that number and name to whom one can be given.
    """
    on = today(visit)
    giver = await _giver(record, visit, on)
    if not power.purposes:
        raise Invalid("A power of attorney is for something: choose at least one purpose.")
    if Purpose.WRITE in power.purposes and Purpose.READ not in power.purposes:
        raise Invalid("Who writes for another reads what is answered: choose reading too.")
    if not on <= power.until <= reaches(on, LONGEST_YEARS):
        raise Invalid(f"The last day is today or later, and at most {LONGEST_YEARS} years from now.")
    found = await _named(record, power, on)
    if found is None or found[0].id == giver.id:
        raise NotFound("There is nobody of that number and name to whom you can give a power of attorney.")
    holder, patient = found
    if any(_names(one, holder, patient) for one in await _in_force(record, giver, on)):
        raise Conflict("They have a power of attorney from you already: end it first.")
    body = json.encode(_related(giver, patient, power, on))
    return (await record.create("RelatedPerson", body, scope=_EVERYONE)).stored


async def ended(record: Record, visit: Visit, id: str) -> Stored:
    """End the power of attorney RelatedPerson/[id] at once, as who gave it or who holds it.

    Raises NotFound when there is none of the id in force that the actor has given or holds.
    """
    actor = visit.actor
    stored = await record.read("RelatedPerson", id, scope=_EVERYONE)
    related = json.parse(stored.body or b"{}").tree
    own = await record.read(*kin.split(actor.person), scope=_EVERYONE)
    is_given = related.get("patient", {}).get("reference") == actor.person
    is_held = bool(_values(json.parse(own.body or b"{}").tree) & _values(related))
    is_power = Tie.POWER_OF_ATTORNEY.value in kin.codes(related) and related.get("active", True)
    if not is_power or not (is_given or is_held):
        raise NotFound(f"There is no power of attorney RelatedPerson/{id} to end.")
    period = related.get("period", {}) | {"end": today(visit).isoformat()}
    body = json.encode(related | {"active": False, "period": period})
    written = await record.update("RelatedPerson", id, body, scope=_EVERYONE, if_match=stored.version)
    return written.stored


def today(visit: Visit) -> date:
    """The day in Norway."""
    return visit.now().astimezone(_OSLO).date()


async def _giver(record: Record, visit: Visit, on: date) -> Someone:
    """The citizen who gives. What is told is about themselves."""
    if visit.actor.role != CITIZEN or visit.actor.represents:
        raise Forbidden("A power of attorney is given by the citizen, for oneself.")
    stored = await record.read(*kin.split(visit.actor.person), scope=_EVERYONE)
    giver = kin.someone(visit.actor.person, json.parse(stored.body or b"{}").tree)
    if age_on(giver.born, on) < HEALTH_MAJORITY:
        raise Forbidden(f"A power of attorney is given by who is {HEALTH_MAJORITY} or older.")
    if giver.protected:
        raise Forbidden("Who has a protected address cannot be represented.")
    return giver


async def _named(record: Record, power: Power, on: date) -> tuple[Someone, kin.Tree] | None:
    """The citizen in use with the number and the family name, who can hold a power of attorney."""
    asked = ",".join(f"{system}|{power.number}" for system in _NUMBERS)
    page = await record.search("Patient", [("identifier", asked)], scope=_EVERYONE)
    trees = [(one.stored.id, json.parse(one.stored.body or b"{}").tree) for one in page.entries]
    found = [(id, tree) for id, tree in trees if power.number in _values(tree)]
    if len(found) != 1:
        return None
    id, tree = found[0]
    holder = kin.someone(f"Patient/{id}", tree)
    families = {str(one.get("family", "")).casefold() for one in tree.get("name", ())} - {""}
    if holder.protected or age_on(holder.born, on) < ADULT or power.family.strip().casefold() not in families:
        return None
    return holder, tree


async def _in_force(record: Record, giver: Someone, on: date) -> Iterable[kin.Tree]:
    page = await record.search("RelatedPerson", [("patient", giver.id)], scope=_EVERYONE)
    trees = [json.parse(one.stored.body or b"{}").tree for one in page.entries]
    last = on.isoformat()
    return [
        one
        for one in trees
        if one.get("active", True) and one.get("period", {}).get("end", last)[: len(last)] >= last
    ]


def _names(related: kin.Tree, holder: Someone, patient: kin.Tree) -> bool:
    """Whether a RelatedPerson is a power of attorney of the holder."""
    power = Tie.POWER_OF_ATTORNEY
    return power.value in kin.codes(related) and bool(_values(related) & _values(patient))


def _values(resource: kin.Tree) -> set[str]:
    """The numbers of who is in use."""
    return {value for _, value in numbers_of(resource, frozenset(_NUMBERS))}


def _related(giver: Someone, patient: kin.Tree, power: Power, on: date) -> dict[str, Any]:
    said = [Tie.POWER_OF_ATTORNEY.value, *sorted(one.value for one in power.purposes)]
    number = next(one for one in patient["identifier"] if one.get("value") == power.number)
    return {
        "resourceType": "RelatedPerson",
        "active": True,
        "patient": {"reference": giver.id},
        "identifier": [{"system": number["system"], "value": number["value"]}],
        "name": [{"text": kin.name(patient)}],
        "relationship": [{"coding": [{"system": TIES, "code": code}]} for code in said],
        "period": {"start": on.isoformat(), "end": power.until.isoformat()},
    }
