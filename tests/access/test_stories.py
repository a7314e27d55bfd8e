"""What docs/stories.md says that people see, through the door: blocks, labels, protection, representation."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from access.conftest import put
from access.test_door import House
from fellesjournal.access.actor import Actor
from fellesjournal.access.representing import Representing
from fellesjournal.errors import NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.rollout.region import staff
from fellesjournal.rollout.region.region import Plan, Region
from fellesjournal.rollout.region.stories import (
    apart,
    dementia,
    hidden,
    many_ills,
    psychiatric,
    withheld,
)

PLAN = Plan(60, "dør", datetime(2025, 11, 26).date(), 1)
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
SHOWN = {"Patient", "RelatedPerson", "Encounter", "EpisodeOfCare", "Composition", "Consent"}
ABOUT = {
    *(apart.ID, apart.MOTHER, apart.FATHER, withheld.ID, withheld.MOTHER, hidden.ID, hidden.SON),
    *(psychiatric.ID, many_ills.ID, many_ills.DAUGHTER, dementia.ID, dementia.SON),
}
Json = dict[str, Any]


def worker(id: str) -> Actor:
    """Somebody of staff.py in the first role."""
    post = next(one.posts[0] for one in staff.WORKERS if one.id == id)
    unit = f"Organization/{post.unit}"
    return Actor(
        f"Practitioner/{id}", post.policy, "TREAT", practitioner_role=f"PractitionerRole/{id}-1", unit=unit
    )


def citizen(id: str) -> Actor:
    return Actor(f"Patient/{id}", "innbygger", "PATRQT")


GP, LEGEVAKT = worker("lun-rogneber"), worker("arvaken-nordlys")


@pytest.fixture
async def house(record: Record, definitions: Definitions) -> House:
    region = Region(PLAN)
    for body in (*region.foundation(), *region.stories()):
        resource = msgspec.json.decode(body)
        if resource["resourceType"] == "Organization" or _is_shown(resource):
            await put(record, resource)
    made = House(record, definitions)
    made.now = NOON
    return made


def _is_shown(resource: Json) -> bool:
    if resource["resourceType"] not in SHOWN:
        return False
    if resource["resourceType"] == "Encounter" and not resource["id"].startswith(psychiatric.ID):
        return False
    of = resource.get("subject") or resource.get("patient") or {"reference": f"Patient/{resource['id']}"}
    return str(of["reference"]).partition("/")[2] in ABOUT


async def notes(house: House, actor: Actor, of: str) -> list[Json]:
    found = await house.ask(actor, "search", "Composition", [("subject", f"Patient/{of}"), ("_count", "500")])
    return [msgspec.json.decode(entry.stored.body) for entry in found.entries]


def labelled(found: list[Json]) -> set[str]:
    return {label["code"] for one in found for label in one.get("meta", {}).get("security", ())}


async def acting(house: House, of: str, by: str) -> Actor:
    return await Representing(house.record, lambda: NOON).acting(citizen(by), f"Patient/{of}")


async def test_legevakt_finds_nothing_of_who_has_blocked_it_and_the_gp_all_but_psychiatry(
    house: House,
) -> None:
    assert await notes(house, LEGEVAKT, psychiatric.ID) == []
    await house.refuses(NotFound, LEGEVAKT, "read", "Patient", psychiatric.ID)
    found = await notes(house, GP, psychiatric.ID)
    assert len(found) >= 3
    assert labelled(found) == set()
    assert labelled(await notes(house, citizen(psychiatric.ID), psychiatric.ID)) == {"PSY"}


async def test_what_is_withheld_from_parents_is_the_gps_and_not_the_mothers(house: House) -> None:
    mother = await acting(house, withheld.ID, withheld.MOTHER)
    assert withheld.WITHHELD in labelled(await notes(house, GP, withheld.ID))
    theirs = await notes(house, mother, withheld.ID)
    assert theirs
    assert labelled(theirs) == set()


async def test_both_parents_who_live_apart_see_the_same(house: House) -> None:
    mother, father = [await acting(house, apart.ID, by) for by in (apart.MOTHER, apart.FATHER)]
    found = await notes(house, mother, apart.ID)
    assert found
    assert [one["id"] for one in await notes(house, father, apart.ID)] == [one["id"] for one in found]


async def test_a_strictly_confidential_address_is_nobodys_to_see_and_nobody_acts(house: House) -> None:
    stored = await house.ask(GP, "read", "Patient", hidden.ID)
    assert "Bringebærveien" not in stored.body.decode()
    with pytest.raises(NotFound):
        await acting(house, hidden.SON, hidden.ID)


async def test_a_daughter_and_a_guardian_read_what_they_are_to(house: House) -> None:
    for of, by in ((many_ills.ID, many_ills.DAUGHTER), (dementia.ID, dementia.SON)):
        actor = await acting(house, of, by)
        assert actor.role == "representant"
        assert await notes(house, actor, of)


async def test_home_care_and_the_nursing_home_open_their_own(house: House) -> None:
    assert await notes(house, worker("vennlig-solber"), many_ills.ID)
    assert await notes(house, worker("stodig-kvitveis"), dementia.ID)
    await house.refuses(NotFound, worker("stodig-kvitveis"), "read", "Patient", many_ills.ID)
