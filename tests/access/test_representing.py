"""Acting for another: what the register's ties give today, and that it ends when it ends."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from access.conftest import observation, patient, put, stay
from access.test_door import House, worker
from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Basis
from fellesjournal.access.guard.ties import TIES
from fellesjournal.access.representing import Representing
from fellesjournal.errors import Forbidden, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.norway.profiles import ADDRESS_PROTECTION
from fellesjournal.record.record import Record

HOME = [{"use": "home", "line": ["Prøvegata 1"], "postalCode": "7000"}]
MOTHER = Actor("Patient/mother", "innbygger", "PATRQT")
PERIOD = {"start": "2020-01-01", "end": "2026-12-01"}
WITHHELD = ("urn:oid:2.16.578.1.12.4.1.1.9603", "NORN_FORANS")


def tie(id: str, of: str, holder: str, *codes: str, **members: Any) -> dict[str, Any]:
    coding = [{"system": TIES, "code": code} for code in codes]
    return {
        "resourceType": "RelatedPerson",
        "id": id,
        "patient": {"reference": f"Patient/{of}"},
        "identifier": [{"system": "urn:number", "value": holder}],
        "relationship": [{"coding": coding}],
        **members,
    }


def person(id: str, born: str, **members: Any) -> dict[str, Any]:
    identifier = [{"system": "urn:number", "value": id}]
    return patient(id, birthDate=born, identifier=identifier, address=HOME, **members)


@pytest.fixture
async def house(record: Record, definitions: Definitions) -> House:
    """A mother with a child of eleven (twelve on 24 November 2026), and a grown man who gave her his keys."""
    await put(record, person("mother", "1990-01-01"))
    await put(record, person("child", "2014-11-24"))
    await put(record, person("father-in-law", "1950-01-01"))
    await put(record, tie("m", "child", "mother", "parent"))
    for id in ("child", "father-in-law", "mother"):
        await put(record, observation(f"o-{id}", id))
    await put(record, observation("withheld", "child", WITHHELD))
    return House(record, definitions)


async def acting(house: House, citizen: str, actor: Actor = MOTHER) -> Actor:
    return await Representing(house.record, lambda: house.now).acting(actor, f"Patient/{citizen}")


async def test_a_parent_reads_the_child_and_the_log_says_as_whom(house: House) -> None:
    parent = await acting(house, "child")
    page = await house.ask(parent, "search", "Observation", [])
    assert [one.stored.id for one in page.entries] == ["o-child"]
    assert (house.told[0].decision.basis, house.told[0].actor.person) == (Basis.PARENT, "Patient/mother")
    await house.refuses(NotFound, parent, "read", "Observation", "o-mother")
    await house.refuses(NotFound, parent, "read", "Observation", "withheld")
    await house.refuses(Forbidden, parent, "update", "Observation", "o-child", b"{}")


async def test_the_steps_of_twelve_and_sixteen(house: House) -> None:
    assert (await acting(house, "child")).role == "forelder"
    house.now += timedelta(days=1)
    assert (await acting(house, "child")).role == "representant"
    house.now = house.now.replace(year=2030)
    with pytest.raises(NotFound):
        await acting(house, "child")


async def test_where_the_child_lives_with_nobody_responsible_there_is_no_access(house: House) -> None:
    moved = person("child", "2014-11-24") | {"address": [{"line": ["Annengata 2"], "postalCode": "7000"}]}
    await put(house.record, moved)
    with pytest.raises(NotFound):
        await acting(house, "child")


@pytest.mark.parametrize("who", ["child", "mother"])
async def test_protected_addresses_neither_represent_nor_are_represented(house: House, who: str) -> None:
    born = "2014-11-24" if who == "child" else "1990-01-01"
    protection = [{"url": ADDRESS_PROTECTION, "valueCode": "fortrolig"}]
    await put(house.record, person(who, born, extension=protection))
    with pytest.raises(NotFound):
        await acting(house, "child")


@pytest.mark.parametrize(
    ("codes", "role"),
    [
        (("power-of-attorney", "read", "book", "write"), "representant"),
        (("power-of-attorney", "read"), "representant-innsyn"),
        (("power-of-attorney", "read", "book"), "representant-innsyn-timer"),
        (("power-of-attorney", "read", "write"), "representant-innsyn-meldinger"),
        (("power-of-attorney", "book"), "representant-timer"),
        (("power-of-attorney", "book", "write"), "representant-timer"),
        (("guardian", "read", "book", "write"), "representant"),
    ],
)
async def test_a_power_of_attorney_is_for_what_it_says(
    house: House, codes: tuple[str, ...], role: str
) -> None:
    await put(house.record, tie("p", "father-in-law", "mother", *codes, period=PERIOD))
    actor = await acting(house, "father-in-law")
    assert actor.role == role
    if role == "representant-timer":
        await house.refuses(Forbidden, actor, "read", "Observation", "o-father-in-law")
    else:
        await house.ask(actor, "read", "Observation", "o-father-in-law")
    house.now += timedelta(days=10)
    with pytest.raises(NotFound):
        await acting(house, "father-in-law")


async def test_to_write_without_reading_opens_nothing(house: House) -> None:
    await put(house.record, tie("p", "father-in-law", "mother", "power-of-attorney", "write", period=PERIOD))
    with pytest.raises(NotFound):
        await acting(house, "father-in-law")


async def test_without_a_tie_nothing_is_told(house: House) -> None:
    stranger = Actor("Patient/father-in-law", "innbygger", "PATRQT")
    texts = set()
    for citizen in ("child", "nobody"):
        with pytest.raises(NotFound) as refused:
            await acting(house, citizen, stranger)
        texts.add(str(refused.value).replace(citizen, "X"))
    assert len(texts) == 1


async def test_nobody_makes_themselves_a_representative(house: House) -> None:
    forged = msgspec.json.encode(tie("forged", "mother", "child", "power-of-attorney", "read"))
    await put(house.record, stay("s", "mother", "ward", "2026-11-01"))
    for actor in (worker("sykepleier"), MOTHER):
        await house.refuses(Forbidden, actor, "create", "RelatedPerson", forged)
