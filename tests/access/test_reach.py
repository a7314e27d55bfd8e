"""Who reaches which citizen, told by what the record holds: care opens, blocks and labels close."""

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
