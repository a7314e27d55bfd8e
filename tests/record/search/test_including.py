"""_include, _revinclude and $everything: what belongs to the matches comes with them, each resource once."""

from collections import Counter

import pytest

from fellesjournal.record.record import Record
from fellesjournal.record.stored import Page
from record.conftest import EVERYONE, body


@pytest.fixture
async def ward(record: Record) -> Record:
    """Kari with a doctor and four measurements, in one contact."""
    kari = body("Patient", id="kari", generalPractitioner=[{"reference": "Practitioner/dr"}])
    contact = body(
        "Encounter",
        id="e",
        status="finished",
        **{"class": {"code": "IMP"}},
        subject={"reference": "Patient/kari"},
    )
    await record.update("Practitioner", "dr", body("Practitioner", id="dr"), scope=EVERYONE)
    await record.update("Patient", "kari", kari, scope=EVERYONE)
    await record.update("Encounter", "e", contact, scope=EVERYONE)
    for number in range(4):
        measured = body(
            "Observation",
            id=f"o{number}",
            status="final",
            code={"text": "Blodtrykk"},
            subject={"reference": "Patient/kari"},
            encounter={"reference": "Encounter/e"},
            performer=[{"reference": "Practitioner/dr"}],
            effectiveDateTime=f"202{number}-05-17",
        )
        await record.update("Observation", f"o{number}", measured, scope=EVERYONE)
    return record


def modes(page: Page) -> dict[str, str]:
    counted = Counter(f"{entry.stored.type}/{entry.stored.id}" for entry in page.entries)
    assert set(counted.values()) <= {1}, f"more than once: {counted}"
    return {f"{entry.stored.type}/{entry.stored.id}": entry.mode for entry in page.entries}


async def test_what_many_matches_point_to_comes_once(ward: Record) -> None:
    page = await ward.search("Observation", [("_include", "Observation:subject")], scope=EVERYONE)
    found = modes(page)
    assert found.pop("Patient/kari") == "include"
    assert found == {f"Observation/o{number}": "match" for number in range(4)}


async def test_iterating_goes_on_from_what_is_included(ward: Record) -> None:
    asked = [
        ("_id", "o1"),
        ("_include", "Observation:subject"),
        ("_include:iterate", "Patient:general-practitioner"),
    ]
    page = await ward.search("Observation", asked, scope=EVERYONE)
    assert modes(page) == {"Observation/o1": "match", "Patient/kari": "include", "Practitioner/dr": "include"}


async def test_everything_of_a_citizen_is_the_record_and_what_it_refers_to(ward: Record) -> None:
    found = modes(await ward.everything("kari", [], scope=EVERYONE))
    assert found.pop("Practitioner/dr") == "include"
    assert found == {
        "Patient/kari": "match",
        "Encounter/e": "match",
        **{f"Observation/o{number}": "match" for number in range(4)},
    }


async def test_everything_can_be_paged_and_narrowed_to_a_time(ward: Record) -> None:
    first = await ward.everything("kari", [("_count", "2")], scope=EVERYONE)
    rest = await ward.everything(
        "kari", [*(first.next or []), ("_count", "2")][: len(first.next or [])], scope=EVERYONE
    )
    assert len([e for e in first.entries + rest.entries if e.mode == "match"]) == 4
    lately = modes(await ward.everything("kari", [("start", "2022"), ("end", "2022")], scope=EVERYONE))
    assert [name for name in lately if name.startswith("Observation")] == ["Observation/o2"]
    assert "Patient/kari" in lately
