"""Chains and _has: every match is found, however many resources the inner condition meets."""

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.record.record import Record
from fellesjournal.record.search import density, plan
from record.conftest import EVERYONE, body, bundle, entry


@pytest.fixture(autouse=True)
def small_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is few and what is many are told apart at a handful, so that a small record shows it."""
    monkeypatch.setattr(plan, "_FEW", 4)
    monkeypatch.setattr(density.Density, "cap", lambda self, page: 8)


async def many_citizens_few_measured(record: Record) -> None:
    patients = [
        {
            "resourceType": "Patient",
            "id": f"p{n}",
            "birthDate": "1980-05-17",
            "name": [{"family": f"Prøve{n}"}],
        }
        for n in range(40)
    ]
    measured = [
        {
            "resourceType": "Observation",
            "id": f"o{n}",
            "status": "final",
            "code": {"text": "Puls"},
            "effectiveDateTime": "2026-05-17",
            "subject": {"reference": f"Patient/p{n}"},
        }
        for n in (3, 17, 39)
    ]
    entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in patients + measured]
    await record.transact(bundle(*entries), scope=EVERYONE)


@pytest.mark.parametrize(
    ("type_name", "name", "value", "expected"),
    [
        ("Observation", "patient.birthdate", "ge1900-01-01", ["o39", "o17", "o3"]),
        ("Observation", "patient.name", "prøve", ["o39", "o17", "o3"]),
        ("Observation", "subject:Patient.name:contains", "øve1", ["o17"]),
        ("Patient", "_has:Observation:patient:date", "ge1900", ["p39", "p17", "p3"]),
        ("Observation", "patient.birthdate", "lt1900", []),
    ],
)
async def test_a_condition_that_many_meet_loses_no_match_further_on(
    record: Record, type_name: str, name: str, value: str, expected: list[str]
) -> None:
    await many_citizens_few_measured(record)
    page = await record.search(type_name, [(name, value)], scope=EVERYONE)
    assert [one.stored.id for one in page.entries] == expected
    assert page.total == len(expected)


async def test_a_page_sorted_by_a_parameter_of_several_paths_is_in_order(record: Record) -> None:
    for number in range(30):
        alias = {"alias": [f"aa{number:02}"]} if number % 2 else {}
        made = body("Organization", id=f"g{number}", name=f"b{99 - number}", **alias)
        await record.update("Organization", f"g{number}", made, scope=EVERYONE)
    page = await record.search("Organization", [("_sort", "name"), ("_count", "3")], scope=EVERYONE)
    assert [one.stored.id for one in page.entries] == ["g1", "g3", "g5"]


async def test_a_chain_that_never_ends_is_refused(record: Record) -> None:
    with pytest.raises(Invalid, match="more than 12 links"):
        await record.search("Patient", [("link:Patient." * 1000 + "name", "x")], scope=EVERYONE)
    with pytest.raises(Invalid, match="more than 12 links"):
        await record.search("Patient", [("_has:Patient:link:" * 20 + "name", "x")], scope=EVERYONE)


@pytest.mark.parametrize("forged", ["k8__________w", "kqF4AQ", "ksD__w", "k6F4AQE"])
async def test_a_forged_cursor_is_refused(record: Record, forged: str) -> None:
    for sort in ([], [("_sort", "birthdate")], [("_sort", "-_lastUpdated")]):
        with pytest.raises(Invalid, match="not a page of this search"):
            await record.search("Patient", [*sort, ("_cursor", forged)], scope=EVERYONE)
