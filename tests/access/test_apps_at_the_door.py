"""An app at the door: role and scopes together, in every path, in the SQL of every search."""

from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import msgspec
import pytest

from access.conftest import observation, patient, put, stay
from access.test_door import KARI, NURSE, House
from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Basis
from fellesjournal.access.granted import BeyondGrant, granted
from fellesjournal.errors import Fault, Forbidden, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.terminology.library import FhirLibrary
from fellesjournal.terminology.release import Concept, Release
from fellesjournal.terminology.terminology import Terminology
from record.conftest import bundle, entry
from terminology import herbs

CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
OID = "urn:oid:2.16.840.1.113883.4.642.4.1125"
LABORATORY = "patient/Observation.rs?category=laboratory"


def categorised(id: str, citizen: str, category: str, **members: Any) -> dict[str, Any]:
    coded = [{"coding": [{"system": CATEGORY, "code": category}]}]
    return observation(id, citizen, category=coded, **members)


@pytest.fixture
async def house(record: Record, definitions: Definitions) -> House:
    """Kari and Ola lie on the ward, Per does not; each has a laboratory result and a blood pressure."""
    await put(record, {"resourceType": "Organization", "id": "ward", "name": "ward"})
    for id in ("kari", "ola", "per"):
        await put(record, patient(id))
        await put(record, categorised(f"lab-{id}", id, "laboratory"))
        part = {"hasMember": [{"reference": f"Observation/lab-{id}"}]}
        await put(record, categorised(f"vital-{id}", id, "vital-signs", **part))
    for id in ("kari", "ola"):
        await put(record, stay(f"stay-{id}", id, "ward", "2026-11-20"))
    return House(record, definitions)


def app(scope: str, citizen: str = "kari", actor: Actor = NURSE) -> Actor:
    return replace(actor, app="growth", granted=granted(scope, f"Patient/{citizen}" if citizen else ""))


async def found(house: House, actor: Actor, type_name: str | None, *parameters: tuple[str, str]) -> set[str]:
    page = await house.ask(actor, "search", type_name, list(parameters))
    return {one.stored.id for one in page.entries}


async def test_a_patient_scope_confines_everything_to_the_one_patient(house: House) -> None:
    actor = app("patient/*.rs")
    assert await found(house, NURSE, "Observation") == {"lab-kari", "vital-kari", "lab-ola", "vital-ola"}
    assert await found(house, actor, "Observation") == {"lab-kari", "vital-kari"}
    assert await found(house, actor, "Patient") == {"kari"}
    assert (await house.ask(actor, "read", "Observation", "lab-kari")).id == "lab-kari"
    await house.refuses(NotFound, actor, "read", "Observation", "lab-ola")
    await house.refuses(NotFound, actor, "read", "Patient", "ola")
    await house.refuses(NotFound, actor, "history", "Observation", "lab-ola", [])
    assert await found(house, actor, "Observation", ("subject", "Patient/ola")) == set()


async def test_the_user_scope_of_a_token_with_a_patient_scope_is_confined_too(house: House) -> None:
    assert await found(house, app("patient/Patient.rs user/Observation.rs"), "Observation") == {
        "lab-kari",
        "vital-kari",
    }
    assert len(await found(house, app("user/Observation.rs"), "Observation")) == 4


async def test_a_patient_out_of_the_persons_reach_is_out_of_the_apps(house: House) -> None:
    actor = app("patient/*.rs", "per")
    assert await found(house, actor, "Observation") == set()
    await house.refuses(NotFound, actor, "read", "Patient", "per")
    await house.refuses(NotFound, app("patient/*.rs", ""), "read", "Patient", "kari")


async def test_a_citizens_app_sees_their_record(house: House) -> None:
    assert await found(house, app("patient/Observation.rs", actor=KARI), "Observation") == {
        "lab-kari",
        "vital-kari",
    }
    assert await found(house, app("patient/Observation.rs", "ola", KARI), "Observation") == set()


async def test_a_search_constraint_is_part_of_every_search(house: House) -> None:
    actor = app(f"{LABORATORY} patient/Patient.rs")
    assert await found(house, actor, "Observation") == {"lab-kari"}
    assert await found(house, actor, "Observation", ("category", "vital-signs")) == set()
    assert await found(house, actor, "Observation", ("_sort", "-date")) == {"lab-kari"}
    assert await found(house, actor, "Observation", ("code", "http://loinc.org|8480-6")) == {"lab-kari"}
    assert await found(house, actor, "Observation", ("date", "ge2020")) == {"lab-kari"}
    assert await found(house, actor, None, ("_type", "Observation,Patient")) == {"lab-kari", "kari"}
    page = await house.ask(actor, "search", "Observation", [("_total", "accurate"), ("_count", "1")])
    assert page.total == 1
    page = await house.ask(actor, "search", "Observation", [("_summary", "count")])
    assert page.total == 1


async def test_a_search_constraint_is_part_of_includes_and_chains(house: House) -> None:
    actor = app(f"{LABORATORY} patient/Patient.rs")
    back = ("_revinclude", "Observation:subject")
    assert await found(house, actor, "Patient", back) == {"kari", "lab-kari"}
    vital = ("_has:Observation:subject:category", "vital-signs")
    assert await found(house, actor, "Patient", vital) == set()
    assert await found(house, actor, "Patient", (vital[0], "laboratory")) == {"kari"}
    vitals = app("patient/Observation.rs?category=vital-signs patient/Patient.rs")
    assert await found(house, vitals, "Observation", ("_include", "Observation:has-member")) == {"vital-kari"}
    assert await found(house, vitals, "Observation", ("has-member.category", "laboratory")) == set()
    everything = await house.ask(actor, "everything", "kari", [])
    assert {one.stored.id for one in everything.entries} == {"kari", "lab-kari"}
    page = await house.ask(actor, "search", "Observation", [], compartment=("Patient", "kari"))
    assert {one.stored.id for one in page.entries} == {"lab-kari"}


@pytest.mark.parametrize("name", [CATEGORY, OID])
async def test_a_search_constraint_goes_by_every_name_of_a_code_system(
    house: House, record: Record, pool: asyncpg.Pool, definitions: Definitions, name: str
) -> None:
    concepts = [Concept("laboratory", "Laboratory"), Concept("vital-signs", "Vital signs")]
    await herbs.load(pool, Release(CATEGORY, "4", "Categories", "Categories", concepts, oid=OID[8:]))
    under_oid = [{"coding": [{"system": OID, "code": "laboratory"}]}]
    known = Terminology(pool, FhirLibrary(definitions), date.today)
    record.means.search.codes.source = known.listing
    await put(record, observation("oid-kari", "kari", category=under_oid))
    actor = app(f"patient/Observation.rs?category={name}|laboratory")
    assert await found(house, actor, "Observation") == {"lab-kari", "oid-kari"}
    assert (await house.ask(actor, "read", "Observation", "oid-kari")).id == "oid-kari"
    without = app(f"patient/Observation.rs?category:not={name}|laboratory")
    assert await found(house, without, "Observation") == {"vital-kari"}
    await house.refuses(NotFound, without, "read", "Observation", "oid-kari")


async def test_reads_by_id_meet_the_constraint_and_the_past_is_not_told(house: House) -> None:
    actor = app(LABORATORY)
    assert (await house.ask(actor, "read", "Observation", "lab-kari")).id == "lab-kari"
    for hidden in ("vital-kari", "lab-ola", "nobody"):
        with pytest.raises(NotFound) as refused:
            await house.ask(actor, "read", "Observation", hidden)
        assert str(refused.value) == f"There is no Observation/{hidden}."
    await house.refuses(BeyondGrant, actor, "vread", "Observation", "lab-kari", 1)
    await house.refuses(BeyondGrant, actor, "history", "Observation", "lab-kari", [])


async def test_one_of_several_constraints_is_enough(house: House) -> None:
    actor = app(f"{LABORATORY} patient/Observation.rs?category=vital-signs&status=final")
    assert await found(house, actor, "Observation") == {"lab-kari", "vital-kari"}


async def test_types_that_were_not_granted_are_in_no_answer(house: House) -> None:
    actor = app("patient/Patient.rs")
    await house.refuses(BeyondGrant, actor, "search", "Observation", [])
    await house.refuses(BeyondGrant, actor, "read", "Observation", "lab-kari")
    assert await found(house, actor, None) == {"kari"}
    assert await found(house, actor, "Patient", ("_revinclude", "Observation:subject")) == {"kari"}
    await house.refuses(Forbidden, actor, "search", "Patient", [("_has:Observation:subject:code", "x")])
    everything = await house.ask(actor, "everything", "kari", [])
    assert {one.stored.id for one in everything.entries} == {"kari"}


@pytest.mark.parametrize(
    ("scope", "works"),
    [
        ("patient/Observation.r", {"read"}),
        ("patient/Observation.s", {"search"}),
        ("patient/Observation.c", {"create"}),
        ("patient/Observation.u", {"update"}),
        ("patient/Observation.cruds", {"read", "search", "create", "update"}),
        ("patient/*.read", {"read", "search"}),
        ("patient/*.write", {"create", "update"}),
        (LABORATORY, {"read", "search"}),
    ],
)
async def test_each_letter_opens_its_interactions_and_no_others(
    house: House, scope: str, works: set[str]
) -> None:
    written = msgspec.json.encode(observation("lab-kari", "kari"))
    asks: dict[str, tuple[Any, ...]] = {
        "read": ("Observation", "lab-kari"),
        "search": ("Observation", []),
        "create": ("Observation", written),
        "update": ("Observation", "lab-kari", written),
    }
    for name, arguments in asks.items():
        if name in works:
            await house.ask(app(scope), name, *arguments)
        else:
            await house.refuses(BeyondGrant, app(scope), name, *arguments)


async def test_scopes_give_nothing_that_the_role_does_not(house: House) -> None:
    actor = app("patient/*.cruds")
    await house.refuses(Forbidden, actor, "delete", "Observation", "lab-kari")
    written = msgspec.json.encode(observation("", "ola") | {"id": None})
    with pytest.raises(Fault):
        await house.ask(actor, "create", "Observation", written)


async def test_a_bundle_does_not_get_round_the_scopes(house: House) -> None:
    actor = app(f"{LABORATORY} patient/Patient.r")
    asked = (
        entry("GET", "Patient/kari"),
        entry("GET", "Patient"),
        entry("GET", "Observation?_id=lab-kari,vital-kari"),
        entry("GET", "Observation/vital-kari"),
        entry("GET", "Patient/ola"),
        entry("GET", "Observation/lab-kari/_history"),
        entry("DELETE", "Observation/lab-kari"),
    )
    _, answers = await house.ask(actor, "transact", bundle(*asked, kind="batch"))
    statuses = [type(one.fault).__name__ if one.fault else "fine" for one in answers]
    assert statuses[0] == "fine"
    assert statuses[2] == "fine"
    assert [one.stored.id for one in answers[2].page.entries] == ["lab-kari"]
    assert statuses[1] == statuses[3] == statuses[5] == "BeyondGrant"
    assert statuses[4] == "NotFound"
    assert statuses[6] in ("Forbidden", "BeyondGrant")


async def test_conditional_writes_need_the_right_to_search(house: House) -> None:
    body = msgspec.json.encode(observation("x", "kari"))
    criteria = [("identifier", "a|b")]
    actor = app("patient/Observation.cu")
    await house.refuses(BeyondGrant, actor, "create", "Observation", body, if_none_exist=criteria)
    await house.refuses(BeyondGrant, actor, "update_where", "Observation", criteria, body)


async def test_a_system_with_constraints_is_held_to_them_though_it_reaches_everyone(house: House) -> None:
    system = Actor("Device/1", "fagsystem", "TREAT")
    actor = app("system/Observation.rs?category=laboratory", "", system)
    assert await found(house, actor, "Observation") == {"lab-kari", "lab-ola", "lab-per"}
    assert await found(house, actor, "Observation", ("date", "ge2020")) == {"lab-kari", "lab-ola", "lab-per"}
    await house.refuses(NotFound, actor, "read", "Observation", "vital-per")
    await house.refuses(BeyondGrant, actor, "search", "Patient", [])
    await house.refuses(BeyondGrant, actor, "history", None, None, [])


@pytest.mark.parametrize(
    "query",
    ["nonsense=1", "subject.name=x", "_has:Observation:subject:code=1", "_count=1", "code:in=http://x"],
)
async def test_a_constraint_that_cannot_be_held_to_opens_nothing(house: House, query: str) -> None:
    actor = app(f"patient/Observation.rs?{query}")
    await house.refuses(BeyondGrant, actor, "search", "Observation", [])


async def test_the_log_tells_the_app_and_that_it_was_refused_for_want_of_a_grant(house: House) -> None:
    actor = app("patient/Patient.r")
    await house.ask(actor, "read", "Patient", "kari")
    await house.refuses(BeyondGrant, actor, "read", "Observation", "lab-kari")
    assert [one.actor.app for one in house.told] == ["growth", "growth"]
    assert [one.decision.basis for one in house.told] == [Basis.ADMISSION, Basis.GRANT]
