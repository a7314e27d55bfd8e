"""Powers of attorney at the door: who gives one to whom, that it ends, and that nothing is told of others."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from access.conftest import observation, patient, put
from access.test_door import House
from fellesjournal.access.actor import Actor
from fellesjournal.access.attorney import Power
from fellesjournal.access.guard.ties import TIES
from fellesjournal.access.representing import Representing
from fellesjournal.errors import Conflict, Fault, Forbidden, Invalid, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.norway.profiles import ADDRESS_PROTECTION
from fellesjournal.norway.representation import Purpose
from fellesjournal.record.record import Record

OLD, DAUGHTER, YOUNG = "01814512345", "02857012345", "03911112345"
READ = frozenset({Purpose.READ})
GIVER = Actor("Patient/old", "innbygger", "PATRQT", display="Gammel")
HOLDER = Actor("Patient/daughter", "innbygger", "PATRQT", display="Datter")
POWER = Power(DAUGHTER, "Nes", READ, date(2027, 1, 1))
HIDDEN = [{"url": ADDRESS_PROTECTION, "valueCode": "fortrolig"}]


def person(id: str, number: str, born: str, **members: Any) -> dict[str, Any]:
    identifier = [{"system": Kind.BIRTH_NUMBER.system, "value": number}]
    name = [{"given": [id.title()], "family": "Nes"}]
    return patient(id, name=name, birthDate=born, identifier=identifier, **members)


@pytest.fixture
async def house(record: Record, definitions: Definitions) -> House:
    """An old man, his daughter, and her child of fifteen."""
    await put(record, person("old", OLD, "1940-01-01"))
    await put(record, person("daughter", DAUGHTER, "1970-01-02"))
    await put(record, person("young", YOUNG, "2011-11-03"))
    await put(record, observation("o-old", "old"))
    return House(record, definitions)


async def acting(house: House) -> Actor:
    return await Representing(house.record, lambda: house.now).acting(HOLDER, "Patient/old")


async def test_who_gets_a_power_acts_until_its_last_day_and_the_log_tells_of_it(house: House) -> None:
    stored = await house.ask(GIVER, "give_power", POWER)
    assert [one.patient for one in house.told] == ["Patient/old"]
    assert (house.told[0].action, house.told[0].actor) == ("C", GIVER)
    assert house.told[0].resources == (f"RelatedPerson/{stored.id}/_history/1",)
    actor = await acting(house)
    assert actor.role == "representant-innsyn"
    await house.ask(actor, "read", "Observation", "o-old")
    house.now += timedelta(days=60)
    with pytest.raises(NotFound):
        await acting(house)


@pytest.mark.parametrize("by", [GIVER, HOLDER])
async def test_either_ends_it_at_once_and_only_once(house: House, by: Actor) -> None:
    stored = await house.ask(GIVER, "give_power", POWER)
    await house.ask(by, "end_power", stored.id)
    with pytest.raises(NotFound):
        await acting(house)
    await house.refuses(NotFound, by, "end_power", stored.id)
    await house.ask(GIVER, "give_power", POWER)
    assert (await acting(house)).represents == "Patient/old"


async def test_nobody_else_ends_it(house: House) -> None:
    stored = await house.ask(GIVER, "give_power", POWER)
    await house.refuses(NotFound, Actor("Patient/young", "innbygger", "PATRQT"), "end_power", stored.id)
    await house.refuses(NotFound, GIVER, "end_power", "ukjent")
    parent = {
        "resourceType": "RelatedPerson",
        "id": "parent",
        "patient": {"reference": "Patient/old"},
        "relationship": [{"coding": [{"code": "parent"}]}],
    }
    await put(house.record, parent)
    await house.refuses(NotFound, GIVER, "end_power", "parent")
    assert (await acting(house)).represents == "Patient/old"


@pytest.mark.parametrize(
    ("power", "kind"),
    [
        (replace(POWER, purposes=frozenset()), Invalid),
        (replace(POWER, purposes=frozenset({Purpose.WRITE, Purpose.BOOK})), Invalid),
        (replace(POWER, until=date(2026, 11, 22)), Invalid),
        (replace(POWER, until=date(2031, 11, 24)), Invalid),
        (replace(POWER, number=OLD), NotFound),
        (replace(POWER, number=YOUNG), NotFound),
        (replace(POWER, number="00000000000"), NotFound),
        (replace(POWER, family="Dal"), NotFound),
        (replace(POWER, family=""), NotFound),
    ],
)
async def test_what_cannot_be_given_is_told(house: House, power: Power, kind: type[Fault]) -> None:
    await house.refuses(kind, GIVER, "give_power", power)
    with pytest.raises(NotFound):
        await acting(house)


async def test_a_second_one_to_the_same_waits_until_the_first_is_over(house: House) -> None:
    await house.ask(GIVER, "give_power", replace(POWER, until=date(2026, 11, 23)))
    await house.refuses(Conflict, GIVER, "give_power", POWER)
    house.now += timedelta(days=1)
    await house.ask(GIVER, "give_power", POWER)


async def test_a_protected_address_of_another_is_told_in_the_words_of_one_who_is_not_there(
    house: House,
) -> None:
    said = []
    for number in ("00000000000", DAUGHTER):
        await put(house.record, person("daughter", DAUGHTER, "1970-01-02", extension=HIDDEN))
        with pytest.raises(NotFound) as fault:
            await house.ask(GIVER, "give_power", replace(POWER, number=number))
        said.append(str(fault.value))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    "giver",
    [
        person("old", OLD, "2011-11-03"),
        person("old", OLD, "1940-01-01", extension=HIDDEN),
    ],
)
async def test_who_is_young_or_has_a_protected_address_gives_none(
    house: House, giver: dict[str, Any]
) -> None:
    await put(house.record, giver)
    await house.refuses(Forbidden, GIVER, "give_power", POWER)


async def test_a_representative_gives_none_on(house: House) -> None:
    await house.ask(GIVER, "give_power", replace(POWER, purposes=frozenset(Purpose)))
    await house.refuses(Forbidden, await acting(house), "give_power", replace(POWER, number=YOUNG))


async def test_the_record_tells_what_each_tie_gives_today_and_to_whom(house: House) -> None:
    stored = await house.ask(GIVER, "give_power", POWER)
    representing = Representing(house.record, lambda: house.now)
    given = (await representing.given("Patient/old"))[stored.id]
    assert given.holder == "Patient/daughter"
    assert [grant.purpose for grant in given.grants] == [Purpose.READ]
    await put(house.record, person("daughter", DAUGHTER, "1970-01-02", extension=HIDDEN))
    assert (await representing.given("Patient/old"))[stored.id].grants == ()
    tree = msgspec.json.decode(stored.body)
    assert tree["period"] == {"start": "2026-11-23", "end": "2027-01-01"}


async def test_a_holder_without_a_birth_date_hinders_no_other(house: House) -> None:
    stored = await house.ask(GIVER, "give_power", POWER)
    unknown = person("young", YOUNG, "2011")
    await put(house.record, unknown)
    tie = {
        "resourceType": "RelatedPerson",
        "id": "unknown",
        "patient": {"reference": "Patient/old"},
        "identifier": unknown["identifier"],
        "relationship": [{"coding": [{"system": TIES, "code": "guardian"}]}],
    }
    await put(house.record, tie)
    representing = Representing(house.record, lambda: house.now)
    assert (await acting(house)).represents == "Patient/old"
    assert set(await representing.given("Patient/old")) == {stored.id}
    assert await representing.given("Patient/young") == {}
