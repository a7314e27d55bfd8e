"""Who reaches which citizen, told by what the record holds: care opens, blocks and labels close."""

from typing import Any

import msgspec
import pytest

from access.conftest import EVERYONE, NOW, PSYCHIATRY, block, observation, patient, put, scope, shut_out, stay
from fellesjournal.access.guard.blocks import KINDS
from fellesjournal.access.guard.care import DAY
from fellesjournal.errors import NotFound, Unprocessable
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

WARD = "Organization/ward"
OFFICE = "Organization/office"


@pytest.fixture(autouse=True)
async def region(record: Record) -> None:
    """Kari lies on the ward and has her GP at the office; Ola has neither."""
    for name in ("ward", "office"):
        await put(record, {"resourceType": "Organization", "id": name, "name": name})
    await put(record, patient("kari", generalPractitioner=[{"reference": OFFICE}]))
    await put(record, patient("ola"))
    await put(record, observation("o-kari", "kari"))
    await put(record, observation("o-ola", "ola"))
    await put(record, stay("stay", "kari", "ward", "2026-11-20"))


async def seen(record: Record, within: Scope, type_name: str = "Observation") -> list[str]:
    """The ids that a search finds; a read of each, and of none else, answers too."""
    page = await record.search(type_name, [("_total", "accurate")], scope=within)
    found = sorted(entry.stored.id for entry in page.entries)
    assert page.total == len(found)
    everything = await record.search(type_name, [], scope=EVERYONE)
    for entry in everything.entries:
        id = entry.stored.id
        if id in found:
            await record.read(type_name, id, scope=within)
            await record.history(type_name, id, [], scope=within)
            await record.vread(type_name, id, entry.stored.version, scope=within)
        else:
            for attempt in (
                record.read(type_name, id, scope=within),
                record.history(type_name, id, [], scope=within),
                record.vread(type_name, id, entry.stored.version, scope=within),
            ):
                with pytest.raises(NotFound):
                    await attempt
    for about in ("kari", "ola"):
        hinted = within.asked_about([key_of(f"Patient/{about}")])
        page = await record.search(type_name, [("_total", "accurate")], scope=hinted)
        assert sorted(entry.stored.id for entry in page.entries) == found
        assert page.total == len(found)  # counted by a statement that is planned for its values
    return found


async def test_those_who_take_part_in_care_reach_the_citizen_and_nobody_else(record: Record) -> None:
    assert await seen(record, scope(WARD)) == ["o-kari"]
    assert await seen(record, scope(OFFICE)) == ["o-kari"]
    assert await seen(record, scope("Organization/elsewhere")) == []
    assert await seen(record, scope(WARD), "Patient") == ["kari"]
    assert await seen(record, scope(), "Organization") == ["office", "ward"]


async def test_a_relation_ends_some_weeks_after_the_stay(record: Record) -> None:
    await put(record, stay("stay", "kari", "ward", "2026-11-20", "2026-11-22"))
    assert await seen(record, scope(WARD, moment=NOW + 28 * DAY)) == ["o-kari"]
    assert await seen(record, scope(WARD, moment=NOW + 31 * DAY)) == []
    await put(record, stay("stay", "kari", "ward", "2026-11-20") | {"status": "entered-in-error"})
    assert await seen(record, scope(WARD)) == []


async def test_a_block_closes_the_record_for_whom_it_names(record: Record) -> None:
    await put(record, block("b", "kari", actor=shut_out(WARD)))
    assert await seen(record, scope(WARD)) == []
    assert await seen(record, scope(OFFICE)) == ["o-kari"]
    await put(record, block("b", "kari"))
    assert await seen(record, scope(OFFICE)) == []
    await record.delete("Consent", "b", scope=EVERYONE)
    assert await seen(record, scope(WARD)) == ["o-kari"]


async def test_a_block_may_be_of_a_document_or_of_a_kind(record: Record) -> None:
    await put(record, observation("second", "kari"))
    one = {"meaning": "instance", "reference": {"reference": "Observation/second"}}
    await put(record, block("b", "kari", data=[one]))
    assert await seen(record, scope(WARD)) == ["o-kari"]
    kind = {"system": "http://hl7.org/fhir/resource-types", "code": "Observation"}
    await put(record, block("b", "kari", **{"class": [kind]}))
    assert await seen(record, scope(WARD)) == []
    assert await seen(record, scope(WARD), "Patient") == ["kari"]
    await put(record, block("b", "kari", **{"class": [{"system": KINDS, "code": "observations"}]}))
    assert await seen(record, scope(WARD)) == []
    assert await seen(record, scope(WARD), "Encounter") == ["stay"]


@pytest.mark.parametrize(
    "provision",
    [
        {"class": [{"system": KINDS, "code": "secrets"}]},
        {"securityLabel": [{"system": "urn:x", "code": "y"}]},
        {"provision": [{"type": "permit"}]},
        {"data": [{"meaning": "related", "reference": {"reference": "Observation/o-kari"}}]},
        {"data": [{"meaning": "instance", "reference": {"display": "the note"}}]},
    ],
)
async def test_a_block_that_would_not_be_kept_is_refused(
    record: Record, provision: dict[str, object]
) -> None:
    with pytest.raises(Unprocessable, match="A block"):
        await put(record, block("b", "kari", **provision))
    assert await seen(record, scope(WARD)) == ["o-kari"]


async def test_a_block_holds_from_its_first_day_to_its_last(record: Record) -> None:
    await put(record, block("b", "kari", period={"start": "2026-11-24", "end": "2026-11-25"}))
    assert await seen(record, scope(WARD)) == ["o-kari"]
    assert await seen(record, scope(WARD, moment=NOW + DAY)) == []
    assert await seen(record, scope(WARD, moment=NOW + 3 * DAY)) == ["o-kari"]


async def test_a_sensitive_part_needs_its_own_right(record: Record) -> None:
    await put(record, observation("o-kari", "kari", PSYCHIATRY))
    assert await seen(record, scope(WARD)) == []
    assert await seen(record, scope(WARD, rights=(1,))) == ["o-kari"]
    await put(record, observation("o-kari", "kari"))
    assert await seen(record, scope(WARD)) == ["o-kari"]


@pytest.mark.parametrize(
    ("system", "code", "kind"),
    [
        ("urn:oid:2.16.840.1.113883.5.4", "PSY", 1),
        ("http://hl7.org/fhir/v3/ActCode", "PSY", 1),
        ("http://helsedir.no/fhir/CodeSystem/no-kodeverk-9603", "NORN_ALL", 6),
        ("urn:oid:2.16.578.1.12.4.1.1.9603", "NORN_ALL", 6),
    ],
)
async def test_a_label_counts_by_every_name_of_its_system(
    record: Record, system: str, code: str, kind: int
) -> None:
    await put(record, observation("o-kari", "kari", (system, code)))
    assert await seen(record, scope(WARD)) == []
    assert await seen(record, scope(WARD, rights=(kind,))) == ["o-kari"]


async def test_a_seal_by_the_url_of_its_list_shuts_everybody_out(record: Record) -> None:
    sealed = ("http://helsedir.no/fhir/CodeSystem/no-kodeverk-9603", "NORS")
    await put(record, observation("o-kari", "kari", sealed))
    assert await seen(record, scope(WARD, rights=tuple(range(1, 9)))) == []


async def test_an_override_opens_what_a_block_closed_and_nothing_else(record: Record) -> None:
    await put(record, block("b", "kari"))
    await put(record, observation("hidden", "kari", PSYCHIATRY))
    over = {
        "resourceType": "Task",
        "id": "over",
        "status": "in-progress",
        "intent": "order",
        "code": {
            "coding": [
                {"system": "https://fellesjournal.no/fhir/CodeSystem/tilgang", "code": "block-override"}
            ]
        },
        "for": {"reference": "Patient/kari"},
        "owner": {"reference": "PractitionerRole/r"},
        "executionPeriod": {"start": "2026-11-23T08:00:00Z", "end": "2026-11-23T12:00:00Z"},
    }
    await put(record, over)
    mine = (key_of("override/PractitionerRole/r"),)
    assert await seen(record, scope(WARD, overrides=mine)) == ["o-kari"]
    assert await seen(record, scope(WARD)) == []
    assert await seen(record, scope("Organization/elsewhere", overrides=mine)) == []
    assert await seen(record, scope(WARD, moment=NOW + DAY, overrides=mine)) == []


async def test_nothing_is_written_into_a_record_out_of_reach(record: Record) -> None:
    within = scope(WARD)
    await put(record, observation("new", "kari"), within)
    for attempt in (
        put(record, observation("newer", "ola"), within),
        put(record, observation("new", "ola"), within),
        put(record, observation("o-ola", "kari"), within),
        record.create("Observation", msgspec.json.encode(observation("x", "ola")), scope=within),
    ):
        with pytest.raises(NotFound):
            await attempt
    assert await record.delete("Observation", "o-ola", scope=within) is None
    await record.read("Observation", "o-ola", scope=EVERYONE)


async def test_care_of_a_citizen_out_of_reach_begins_only_with_what_may_begin_it(
    record: Record, definitions: object
) -> None:
    begins = scope(WARD, opening=frozenset([record.means.preparer.number("Encounter")]))
    with pytest.raises(NotFound):
        await put(record, stay("arrival", "ola", "ward", "2026-11-23"), scope(WARD))
    await put(record, stay("arrival", "ola", "ward", "2026-11-23"), begins)
    assert await seen(record, scope(WARD)) == ["o-kari", "o-ola"]


LATER = 60 * DAY
CLINIC, SERVICE = "Organization/clinic", "HealthcareService/clinic"


def hour(status: str) -> dict[str, Any]:
    """Ola's appointment at the clinic, which has no other tie to him."""
    parties = [{"actor": {"reference": one}, "status": "accepted"} for one in ("Patient/ola", SERVICE)]
    times = {"start": "2026-11-24T10:00:00Z", "end": "2026-11-24T10:30:00Z"}
    made: dict[str, Any] = {"resourceType": "Appointment", "id": "hour", "status": status}
    return made | {"participant": parties} | times


@pytest.fixture
async def cancelled(record: Record) -> Record:
    """The appointment stood, and is cancelled."""
    for name in ("Organization", "HealthcareService"):
        await put(record, {"resourceType": name, "id": "clinic", "name": "clinic"})
    await put(record, hour("booked"))
    assert await seen(record, scope(CLINIC, SERVICE)) == ["o-ola"]
    await put(record, hour("cancelled"))
    return record


@pytest.mark.parametrize("status", ["cancelled", "noshow"])
async def test_of_an_appointment_that_does_not_come_about_the_unit_sees_that_and_nothing_else(
    cancelled: Record, status: str
) -> None:
    await put(cancelled, hour(status))
    assert await seen(cancelled, scope(CLINIC, SERVICE), "Appointment") == ["hour"]
    assert await seen(cancelled, scope(CLINIC, SERVICE)) == []
    assert await seen(cancelled, scope(CLINIC, SERVICE), "Patient") == []
    assert await seen(cancelled, scope(OFFICE), "Appointment") == []


async def test_nothing_is_found_out_through_a_cancelled_appointment(cancelled: Record) -> None:
    within = scope(CLINIC, SERVICE)
    for asked, found in (
        ([("patient", "Patient/ola")], 1),
        ([("patient.family", "Ola")], 0),
        ([("patient:Patient._has:Observation:subject:code", "8480-6")], 0),
    ):
        page = await cancelled.search("Appointment", asked, scope=within)
        assert len(page.entries) == found, asked
    page = await cancelled.search("Appointment", [("_include", "Appointment:patient")], scope=within)
    assert [entry.stored.id for entry in page.entries] == ["hour"]
    page = await cancelled.search("Patient", [("_has:Appointment:patient:status", "cancelled")], scope=within)
    assert page.entries == []


async def test_the_fee_of_who_did_not_come_is_seen_by_who_gave_the_time_and_opens_nothing(
    cancelled: Record,
) -> None:
    fee: dict[str, Any] = {
        "resourceType": "ChargeItem",
        "id": "fee",
        "status": "planned",
        "code": {"text": "Gebyr"},
        "subject": {"reference": "Patient/ola"},
        "occurrenceDateTime": "2026-11-24T10:00:00Z",
        "performingOrganization": {"reference": CLINIC},
    }
    await put(cancelled, hour("noshow"))
    await put(cancelled, fee)
    assert await seen(cancelled, scope(CLINIC, SERVICE), "ChargeItem") == ["fee"]
    assert await seen(cancelled, scope(CLINIC, SERVICE)) == []
    assert await seen(cancelled, scope(CLINIC, SERVICE), "Patient") == []
    assert await seen(cancelled, scope(OFFICE), "ChargeItem") == []
    await put(cancelled, fee | {"status": "entered-in-error"})
    assert await seen(cancelled, scope(CLINIC, SERVICE), "ChargeItem") == []


async def test_who_sees_it_alone_does_not_write_it_and_so_open_the_record(cancelled: Record) -> None:
    for draft in (hour("booked"), observation("o-new", "ola")):
        with pytest.raises(NotFound):
            await put(cancelled, draft, scope(CLINIC, SERVICE))


async def test_it_is_seen_until_the_record_would_have_been_shut(cancelled: Record) -> None:
    assert await seen(cancelled, scope(CLINIC, SERVICE, moment=NOW + LATER), "Appointment") == []
    assert await seen(cancelled, scope(CLINIC, SERVICE, moment=NOW - LATER), "Appointment") == ["hour"]


async def test_a_block_and_an_error_hide_it(cancelled: Record) -> None:
    await put(cancelled, hour("entered-in-error"))
    assert await seen(cancelled, scope(CLINIC, SERVICE), "Appointment") == []
    await put(cancelled, hour("cancelled"))
    await put(cancelled, block("b", "ola", actor=shut_out(CLINIC)))
    assert await seen(cancelled, scope(CLINIC, SERVICE), "Appointment") == []


async def test_another_tie_opens_the_record_as_before(cancelled: Record) -> None:
    await put(cancelled, stay("new", "ola", "clinic", "2026-11-22"))
    assert await seen(cancelled, scope(CLINIC, SERVICE)) == ["o-ola"]
    assert await seen(cancelled, scope(CLINIC, SERVICE), "Appointment") == ["hour"]


async def test_what_is_within_reach_alone_is_told_as_the_ground(cancelled: Record) -> None:
    ola = key_of("Patient/ola")
    ground = (await cancelled.grounds([ola], scope=scope(CLINIC, SERVICE)))[ola]
    assert (ground.kind, ground.reference, ground.alone) == (0, "", "Appointment/hour")
    await put(cancelled, stay("new", "ola", "clinic", "2026-11-22"))
    ground = (await cancelled.grounds([ola], scope=scope(CLINIC, SERVICE)))[ola]
    assert (ground.reference, ground.alone) == ("Encounter/new", "")


async def test_who_has_booked_for_months_ahead_sees_what_is_booked_before_the_record_opens(
    cancelled: Record,
) -> None:
    await put(cancelled, hour("booked"))
    early = scope(CLINIC, SERVICE, moment=NOW - LATER)
    assert await seen(cancelled, early, "Appointment") == ["hour"]
    assert await seen(cancelled, early) == []
    assert await seen(cancelled, early, "Patient") == []
    assert await seen(cancelled, scope(OFFICE, moment=NOW - LATER), "Appointment") == []
    with pytest.raises(NotFound):
        await put(cancelled, observation("o-new", "ola"), early)
