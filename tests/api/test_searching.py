"""Searches as they look over HTTP; what they find is the oracle's business."""

from typing import Any

import httpx
import pytest

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def people(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """Five patients p0 to p4; p0 has two observations, one of them by itself."""
    for number in range(5):
        body = {"resourceType": "Patient", "id": f"p{number}", "name": [{"family": "Folk"}], "active": True}
        await client.put(f"Patient/p{number}", json=body)
    for number in range(2):
        observation = {
            "resourceType": "Observation",
            "id": f"o{number}",
            "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": f"{number}-1"}]},
            "subject": {"reference": "Patient/p0"},
            "valueQuantity": {"value": 1.50},
            "method": {"text": "by hand"},
        }
        await client.put(f"Observation/o{number}", json=observation)
    return client


def ids(bundle: dict[str, Any]) -> list[str]:
    return [entry["resource"]["id"] for entry in bundle.get("entry", [])]


def link(bundle: dict[str, Any], relation: str) -> str:
    return next((str(one["url"]) for one in bundle["link"] if one["relation"] == relation), "")


async def test_a_searchset_has_links_urls_and_modes(people: httpx.AsyncClient) -> None:
    answer = await people.get("Patient?family=Folk&_count=2")
    bundle = answer.json()
    assert answer.status_code == 200
    assert bundle["type"] == "searchset"
    assert len(bundle["entry"]) == 2
    assert all(entry["search"] == {"mode": "match"} for entry in bundle["entry"])
    assert bundle["entry"][0]["fullUrl"] == str(people.base_url) + "Patient/" + ids(bundle)[0]
    assert link(bundle, "self") == f"{people.base_url}Patient?family=Folk&_count=2"


async def test_next_links_lead_through_all_and_end(people: httpx.AsyncClient) -> None:
    seen, address = [], "Patient?family=Folk&_count=2&_elements=active"
    while address:
        bundle = (await people.get(address)).json()
        seen += ids(bundle)
        assert all("name" not in entry["resource"] for entry in bundle["entry"])
        address = link(bundle, "next")
    assert sorted(seen) == [f"p{number}" for number in range(5)]


async def test_a_search_can_be_posted_as_a_form_and_in_the_query(people: httpx.AsyncClient) -> None:
    form = await people.post("Patient/_search", data={"family": "Folk", "_id": "p1,p2"})
    assert sorted(ids(form.json())) == ["p1", "p2"]
    both = await people.post("Patient/_search?_id=p1", data={"family": "Folk"})
    assert ids(both.json()) == ["p1"]
    bare = await people.post("Patient/_search?_id=p1", headers=FORM)
    assert ids(bare.json()) == ["p1"]
    system = await people.post("_search", data={"_type": "Patient,Observation", "_id": "o1"})
    assert ids(system.json()) == ["o1"]
    assert (await people.post("Patient/_search", json={"family": "Folk"})).status_code == 415
    assert (await people.post("Patient/_search", content=b"a=%ff", headers=FORM)).status_code == 400


async def test_everything_can_be_searched_at_once(people: httpx.AsyncClient) -> None:
    assert len(ids((await people.get("?_count=50")).json())) == 7
    assert ids((await people.get("?_type=Observation&_id=o0")).json()) == ["o0"]


async def test_a_compartment_is_searched_by_its_path(people: httpx.AsyncClient) -> None:
    assert sorted(ids((await people.get("Patient/p0/Observation")).json())) == ["o0", "o1"]
    coded = (await people.get("Patient/p0/Observation?code=1-1")).json()
    assert ids(coded) == ["o1"]
    assert link(coded, "self").startswith(f"{people.base_url}Patient/p0/Observation?")
    assert "o0" in ids((await people.get("Patient/p0/*")).json())
    assert ids((await people.get("Patient/p1/Observation")).json()) == []
    posted = await people.post("Patient/p0/Observation/_search", data={"code": "1-1"})
    assert ids(posted.json()) == ["o1"]


async def test_includes_are_marked(people: httpx.AsyncClient) -> None:
    bundle = (await people.get("Observation?_id=o0&_include=Observation:subject")).json()
    assert [(entry["resource"]["id"], entry["search"]["mode"]) for entry in bundle["entry"]] == [
        ("o0", "match"),
        ("p0", "include"),
    ]


async def test_summary_count_has_no_entries(people: httpx.AsyncClient) -> None:
    bundle = (await people.get("Patient?_summary=count")).json()
    assert bundle["total"] == 5
    assert "entry" not in bundle


async def test_summaries_keep_decimals(people: httpx.AsyncClient) -> None:
    answer = await people.get("Observation?_id=o0&_summary=true")
    [entry] = answer.json()["entry"]
    assert "method" not in entry["resource"]
    assert entry["resource"]["meta"]["tag"][-1]["code"] == "SUBSETTED"
    assert b"1.5" in answer.content


async def test_elements_that_are_none_are_refused(people: httpx.AsyncClient) -> None:
    for address in ("Patient?_elements=nonesuch", "?_elements=nonesuch", "Patient/p0?_elements=nonesuch"):
        refused = await people.get(address)
        assert refused.status_code == 400, address
        assert "has no element 'nonesuch'" in refused.text
    near = await people.get("Patient?_elements=brithDate")
    assert "Did you mean 'birthDate'?" in near.text
    for known in ("Patient.name,active,deceased", "name.family", "deceased[x]", "deceasedBoolean", "id,meta"):
        assert (await people.get(f"Patient?_elements={known}")).status_code == 200, known
    included = await people.get("Observation?_include=Observation:subject&_elements=status,name")
    assert included.status_code == 200


async def test_a_lenient_search_says_what_it_left_out(people: httpx.AsyncClient) -> None:
    lenient = {"prefer": "handling=lenient"}
    bundle = (await people.get("Patient?famly=x&_id=p1", headers=lenient)).json()
    assert [entry["search"]["mode"] for entry in bundle["entry"]] == ["outcome", "match"]
    assert "family" in bundle["entry"][0]["resource"]["issue"][0]["diagnostics"]
    assert "famly" not in link(bundle, "self")
    alone = (await people.get("Patient?famly=x", headers=lenient)).json()
    assert [entry["search"]["mode"] for entry in alone["entry"]] == ["outcome", *["match"] * 5]
    strict = await people.get("Patient?famly=x&_id=p1", headers={"prefer": "handling=strict"})
    assert strict.status_code == 400


async def test_pretty_and_format_are_no_search_parameters(people: httpx.AsyncClient) -> None:
    bundle = (await people.get("Patient?_id=p1&_pretty=true&_format=json")).json()
    assert ids(bundle) == ["p1"]
    assert "_format=json" in link(bundle, "self")
