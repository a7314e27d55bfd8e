"""References by criteria in a Bundle are searches, and stand in the log as such."""

from typing import Any

import pytest

from access.conftest import put
from access.test_door import NURSE, House, house
from fellesjournal.access.decision import Basis
from fellesjournal.errors import Fault, PreconditionFailed
from record.conftest import bundle, entry

__all__ = ["house"]

NUMBER = {"identifier": [{"system": "urn:x", "value": "1"}]}


def note(subject: str, **members: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "x"},
        "subject": {"reference": subject},
        **members,
    }


@pytest.fixture
async def numbered(house: House) -> House:
    """Kari, who lies on the ward, and Ola, who lies nowhere, have numbers; so has the ward."""
    for id, value in (("kari", "1"), ("ola", "2")):
        identifier = [{"system": "urn:x", "value": value}]
        await put(house.record, {"resourceType": "Patient", "id": id, "identifier": identifier})
    await put(house.record, {"resourceType": "Organization", "id": "ward", "name": "ward", **NUMBER})
    return house


async def test_what_a_reference_by_criteria_finds_is_told(numbered: House) -> None:
    sent = note("Patient?identifier=urn:x|1", performer=[{"reference": "Organization?identifier=urn:x|1"}])
    await numbered.ask(NURSE, "transact", bundle(entry("POST", "Observation", sent)))
    told = {(one.asked, one.patient): one for one in numbered.told if one.interaction == "search-type"}
    search = told["Patient", "Patient/kari"]
    assert (search.action, search.query, search.named) == ("R", "identifier=urn%3Ax%7C1", True)
    assert search.resources == ("Patient/kari/_history/2",)
    assert (search.decision.basis, search.decision.reference) == (Basis.ADMISSION, "Encounter/stay")
    assert told["Organization", ""].resources == ("Organization/ward/_history/2",)
    assert {one.interaction for one in numbered.told} == {"search-type", "transaction"}


@pytest.mark.parametrize("value", ["2", "3"])
async def test_it_is_told_although_the_bundle_fails(numbered: House, value: str) -> None:
    sent = note(f"Patient?identifier=urn:x|{value}")
    await numbered.refuses(PreconditionFailed, NURSE, "transact", bundle(entry("POST", "Observation", sent)))
    search, whole = numbered.told
    assert (search.interaction, search.query) == ("search-type", f"identifier=urn%3Ax%7C{value}")
    assert search.resources == ()
    assert (whole.interaction, whole.decision.permit) == ("transaction", False)


async def test_who_is_found_is_told_although_another_entry_fails(numbered: House) -> None:
    wrong = {"resourceType": "Observation", "status": "?"}
    sent = [note("Patient?identifier=urn:x|1"), wrong]
    await numbered.refuses(
        Fault, NURSE, "transact", bundle(*(entry("POST", "Observation", one) for one in sent))
    )
    assert [one.patient for one in numbered.told if one.interaction == "search-type"] == ["Patient/kari"]


async def test_what_is_nobodys_is_one_entry_however_many_references(numbered: House) -> None:
    for number in range(5):
        identifier = [{"system": "urn:y", "value": str(number)}]
        unit = {"resourceType": "Organization", "id": f"u{number}", "name": "x", "identifier": identifier}
        await put(numbered.record, unit)
    entries = [
        entry(
            "POST",
            "Observation",
            note("Patient/kari", performer=[{"reference": f"Organization?identifier=urn:y|{n}"}]),
        )
        for n in range(5)
    ]
    await numbered.ask(NURSE, "transact", bundle(*entries))
    searches = [one for one in numbered.told if one.interaction == "search-type"]
    assert [len(one.resources) for one in searches] == [5]


async def test_an_address_that_was_searched_by_is_not_told(numbered: House) -> None:
    sent = note("Patient?identifier=urn:x|1&address=Storgata")
    await numbered.refuses(PreconditionFailed, NURSE, "transact", bundle(entry("POST", "Observation", sent)))
    assert "Storgata" not in numbered.told[0].query
