"""Who an identity belongs to in the record, and which of the person's roles are in force."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.access import employments
from fellesjournal.access.people import People, citizen_actor
from fellesjournal.access.policy_names import PROFESSION, ROLE, policy_name, purpose
from fellesjournal.errors import Conflict, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from record.conftest import Clock, body, make_parts, make_record

PID, HPR = "03824130085", "990000001"


@pytest.fixture
def record(pool: asyncpg.Pool, definitions: Definitions) -> Record:
    return make_record(pool, definitions, make_parts(definitions), Clock())


async def put(record: Record, type_name: str, id: str, **members: Any) -> None:
    await record.update(type_name, id, body(type_name, id=id, **members), scope=Scope.everyone())


def number(kind: Kind, value: str) -> dict[str, str]:
    return {"system": kind.system, "value": value}


async def test_a_health_worker_is_found_by_hpr_number_or_by_pid(record: Record) -> None:
    both = [number(Kind.HPR_NUMBER, HPR), number(Kind.BIRTH_NUMBER, PID)]
    await put(record, "Practitioner", "p", identifier=both, name=[{"given": ["Varm"], "family": "Lyngmo"}])
    people = People(record)
    found = await people.health_worker(hpr=HPR)
    assert (found.reference, found.kind, found.display) == ("Practitioner/p", "health-worker", "Varm Lyngmo")
    assert await people.health_worker(pid=PID) == found
    assert await people.health_worker(hpr=HPR, pid="another") == found


async def test_a_number_counts_in_its_own_system_only(record: Record) -> None:
    await put(record, "Practitioner", "p", identifier=[number(Kind.HER_ID, HPR)])
    await put(record, "Patient", "c", identifier=[number(Kind.COMMON_HELP_NUMBER, PID)])
    people = People(record)
    for asked in (people.health_worker(hpr=HPR), people.health_worker(pid=PID), people.citizen(PID)):
        with pytest.raises(NotFound):
            await asked


async def test_a_citizen_is_found_by_birth_number_and_by_d_number(record: Record) -> None:
    await put(record, "Patient", "c", identifier=[number(Kind.D_NUMBER, PID)], name=[{"text": "Blid"}])
    found = await People(record).citizen(PID)
    assert (found.reference, found.display) == ("Patient/c", "Blid")
    actor = citizen_actor(found, app="app")
    assert (actor.person, actor.role, actor.purpose, actor.unit) == ("Patient/c", "innbygger", "PATRQT", "")


async def test_of_two_records_with_one_number_the_first_lets_its_citizen_in(record: Record) -> None:
    for id in ("b", "a"):
        await put(record, "Patient", id, identifier=[number(Kind.BIRTH_NUMBER, PID)])
    await put(record, "Patient", "b", identifier=[number(Kind.BIRTH_NUMBER, PID)], gender="other")
    assert (await People(record).citizen(PID)).reference == "Patient/b"


@pytest.mark.parametrize(
    "members",
    [
        {"active": False},
        {"link": [{"other": {"reference": "Patient/b"}, "type": "replaced-by"}]},
        {"identifier": [number(Kind.BIRTH_NUMBER, PID) | {"use": "old"}]},
    ],
)
async def test_who_is_out_of_use_or_once_had_the_number_is_passed_over(
    record: Record, members: dict[str, Any]
) -> None:
    await put(record, "Patient", "a", **({"identifier": [number(Kind.BIRTH_NUMBER, PID)]} | members))
    await put(record, "Patient", "b", identifier=[number(Kind.BIRTH_NUMBER, PID)])
    assert (await People(record).citizen(PID)).reference == "Patient/b"


async def test_two_health_workers_of_one_number_let_nobody_in(record: Record) -> None:
    for id in ("a", "b"):
        await put(record, "Practitioner", id, identifier=[number(Kind.HPR_NUMBER, HPR)])
    with pytest.raises(Conflict, match="Practitioner/"):
        await People(record).health_worker(hpr=HPR)


@pytest.mark.parametrize("odd", ["", "*", "1,2", "a|b", "x\\", "%", "' or 1=1"])
async def test_an_odd_number_finds_nobody(record: Record, odd: str) -> None:
    await put(record, "Patient", "c", identifier=[number(Kind.BIRTH_NUMBER, PID)])
    with pytest.raises(NotFound):
        await People(record).citizen(odd)


def role(**members: Any) -> employments.Employment:
    whole: dict[str, Any] = {
        "resourceType": "PractitionerRole",
        "id": "r",
        "practitioner": {"reference": "Practitioner/p"},
        "organization": {"reference": "Organization/o"},
        "code": [{"coding": [{"system": ROLE, "code": "lege"}]}],
    }
    return employments.read(msgspec.json.encode(whole | members))


NOON = datetime(2026, 5, 17, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("period", "in_force"),
    [
        ({}, True),
        ({"start": "2026-05-17"}, True),
        ({"start": "2026-05-18"}, False),
        ({"end": "2026-05-17"}, True),
        ({"end": "2026-05-16"}, False),
        ({"end": "2026-05"}, True),
        ({"end": "2026"}, True),
        ({"end": "2026-05-17T11:59:00+02:00"}, False),
        ({"end": "2026-05-17T12:30:00+02:00"}, True),
        ({"start": "2026-05-17T12:30:00+02:00"}, False),
    ],
)
def test_a_period_has_whole_days_in_norway(period: dict[str, str], in_force: bool) -> None:
    assert role(period=period).in_force(NOON) is in_force


def test_a_role_ends_at_midnight_in_norway() -> None:
    last = role(period={"end": "2026-05-17"})
    midnight = datetime(2026, 5, 17, 22, tzinfo=UTC)
    assert last.in_force(midnight - timedelta(microseconds=1))
    assert not last.in_force(midnight)


@given(st.datetimes(), st.datetimes(), st.datetimes())
def test_a_role_is_in_force_from_its_beginning_to_its_end(a: datetime, b: datetime, at: datetime) -> None:
    start, end, at = (one.replace(microsecond=0, tzinfo=UTC) for one in (a, b, at))
    if min(start, end, at).year < 1900:
        return
    found = role(period={"start": start.isoformat(), "end": end.isoformat()})
    assert found.in_force(at) is (start <= at <= end)


@pytest.mark.parametrize(
    "without",
    [
        {"active": False},
        {"organization": {}},
        {"code": []},
        {"code": [{"coding": [{"system": PROFESSION, "code": "XX"}]}]},
        {"code": [{"coding": [{"system": "urn:other", "code": "lege"}]}]},
    ],
)
def test_without_unit_policy_or_use_a_role_is_never_in_force(without: dict[str, Any]) -> None:
    assert not role(**without).in_force(NOON)


def test_the_policy_is_what_the_role_names_and_else_follows_from_the_profession() -> None:
    assert policy_name([(PROFESSION, "SP")]) == "sykepleier"
    assert policy_name([(PROFESSION, "SP"), (ROLE, "koordinator")]) == "koordinator"
    assert policy_name([(PROFESSION, "XX")]) == policy_name([]) == ""
    assert (purpose("lege"), purpose("personvernombud")) == ("TREAT", "HCOMPL")


async def test_roles_are_given_with_their_units_and_a_role_of_another_is_not_ones_own(record: Record) -> None:
    await put(record, "Organization", "o", name="Isfjell sykehus")
    await put(record, "Practitioner", "p", name=[{"text": "Varm"}])
    members = {
        "practitioner": {"reference": "Practitioner/p"},
        "organization": {"reference": "Organization/o"},
        "code": [{"coding": [{"system": ROLE, "code": "lege"}], "text": "Overlege"}],
    }
    await put(record, "PractitionerRole", "r", **members)
    people = People(record)
    (found,) = await people.roles(await people.named("Practitioner/p"))
    assert (found.title, found.unit_display, found.policy) == ("Overlege", "Isfjell sykehus", "lege")
    assert await people.role("Practitioner/p", "PractitionerRole/r") == found
    for person, reference in (
        ("Practitioner/q", "PractitionerRole/r"),
        ("Practitioner/p", "PractitionerRole/none"),
    ):
        assert await people.role(person, reference) is None
