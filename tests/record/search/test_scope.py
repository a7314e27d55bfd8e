"""A search never tells of citizens out of the actor's reach: not in pages, totals, chains or includes."""

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from record.conftest import EVERYONE, body

KARI = Scope.of(key_of("Patient/kari"))


async def two_citizens(record: Record) -> None:
    await record.update(
        "Organization", "ward", body("Organization", id="ward", name="Sengepost 4"), scope=EVERYONE
    )
    for name in ("kari", "ola"):
        patient = body(
            "Patient", id=name, active=True, managingOrganization={"reference": "Organization/ward"}
        )
        await record.update("Patient", name, patient, scope=EVERYONE)
        observation = body(
            "Observation",
            id=f"o-{name}",
            status="final",
            code={"text": "Blodtrykk"},
            subject={"reference": f"Patient/{name}"},
            effectiveDateTime="2026-11-23",
        )
        await record.update("Observation", f"o-{name}", observation, scope=EVERYONE)


async def test_pages_and_totals_hold_only_what_is_within_reach(record: Record) -> None:
    await two_citizens(record)
    for name, value in (
        ("status", "final"),
        ("date", "2026"),
        ("_lastUpdated", "gt2000"),
        ("_text:missing", ""),
    ):
        if value:
            page = await record.search("Observation", [(name, value), ("_total", "accurate")], scope=KARI)
            assert [entry.stored.id for entry in page.entries] == ["o-kari"]
            assert page.total == 1
    everyone = await record.search(None, [("_sort", "_id")], scope=KARI)
    assert [entry.stored.id for entry in everyone.entries] == ["kari", "o-kari", "ward"]


async def test_includes_both_ways_stay_within_reach(record: Record) -> None:
    await two_citizens(record)
    asked = [
        ("_id", "ward"),
        ("_revinclude", "Patient:organization"),
        ("_revinclude:iterate", "Observation:subject"),
    ]
    page = await record.search("Organization", asked, scope=KARI)
    assert sorted(entry.stored.id for entry in page.entries) == ["kari", "o-kari", "ward"]


async def test_everything_of_a_citizen_out_of_reach_is_nothing_of_theirs(record: Record) -> None:
    await two_citizens(record)
    page = await record.everything("ola", [], scope=KARI)
    assert page.entries == []


async def test_nothing_is_told_through_chains_of_citizens_out_of_reach(record: Record) -> None:
    await two_citizens(record)
    await record.update("Patient", "kari", body("Patient", id="kari", active=True), scope=EVERYONE)
    has = [("_has:Patient:organization:active", "true")]
    assert len((await record.search("Organization", has, scope=EVERYONE)).entries) == 1
    assert (await record.search("Organization", has, scope=KARI)).entries == []
    group = body(
        "Group", id="g", type="person", actual=True, member=[{"entity": {"reference": "Patient/ola"}}]
    )
    await record.update("Group", "g", group, scope=EVERYONE)
    chain = [("member:Patient.active", "true")]
    assert len((await record.search("Group", chain, scope=EVERYONE)).entries) == 1
    assert (await record.search("Group", chain, scope=KARI)).entries == []
