"""Code systems, value sets and concept maps that are stored answer by their URL, as they are now."""

from typing import Any

import httpx

from api.test_terminology import GENDER, OWN, answered, fault
from terminology import sample
from terminology.conftest import codes
from terminology.test_translate import OTHER, concept_map, element

URL = "http://example.no/set"
OWN_URL = "http://example.no/own"


def value_set(*wanted: str, **also: Any) -> dict[str, Any]:
    include = [{"system": OWN["url"], "concept": [{"code": code} for code in wanted]}]
    return {
        "resourceType": "ValueSet",
        "url": URL,
        "status": "active",
        "compose": {"include": include},
        **also,
    }


async def expanded(client: httpx.AsyncClient, **query: str) -> list[str]:
    answer = await client.get("ValueSet/$expand", params={"url": URL, **query})
    assert answer.status_code == 200, answer.text
    return codes(answer.json()["expansion"])


async def test_a_stored_value_set_is_expanded_as_it_is_now(client: httpx.AsyncClient) -> None:
    plain = value_set("a", "b", id="set")
    await client.put("CodeSystem/own", json=OWN)
    await client.put("ValueSet/set", json=plain)
    assert await expanded(client) == ["a", "b"]
    await client.put("ValueSet/set", json=value_set("b", id="set"))
    assert await expanded(client) == ["b"]
    await client.put("CodeSystem/own", json=OWN | {"concept": [{"code": "b"}, {"code": "c"}]})
    assert await expanded(client) == ["b"]
    await client.delete("ValueSet/set")
    gone = await client.get("ValueSet/$expand?url=http://example.no/set")
    assert fault(gone)[:2] == (404, "not-found")


async def test_an_active_one_comes_first_and_a_version_can_be_named(client: httpx.AsyncClient) -> None:
    await client.put("CodeSystem/own", json=OWN)
    for id, code, status, version in (("one", "a", "active", "1"), ("two", "b", "retired", "2")):
        tree = value_set(code, id=id, status=status, version=version)
        assert (await client.put(f"ValueSet/{id}", json=tree)).status_code == 201
    assert await expanded(client) == ["a"]
    assert await expanded(client, valueSetVersion="2") == ["b"]


async def test_fhirs_own_are_not_shadowed(client: httpx.AsyncClient) -> None:
    await client.put("ValueSet/gender", json=value_set("x", url=GENDER, id="gender"))
    answer = await client.get("ValueSet/$expand", params={"url": GENDER})
    assert len(codes(answer.json()["expansion"])) == 4


async def test_a_stored_code_system_is_looked_up(client: httpx.AsyncClient) -> None:
    await client.put("CodeSystem/own", json=OWN)
    query = {"system": OWN_URL, "code": "b"}
    assert answered(await client.get("CodeSystem/$lookup", params=query))["display"] == ["B"]
    url = "http://example.no/$odd,one"
    await client.put("CodeSystem/other", json=OWN | {"id": "other", "url": url})
    odd = {"system": url, "code": "a"}
    assert answered(await client.get("CodeSystem/$lookup", params=odd))["display"] == ["A"]


async def test_stored_concept_maps_are_found_by_url_and_by_their_ends(client: httpx.AsyncClient) -> None:
    tree = concept_map([element("T1", ("equal", "a"))]) | {"id": "map"}
    tree |= {"sourceCanonical": "http://example.no/from", "targetCanonical": "http://example.no/to"}
    assert (await client.put("ConceptMap/map", json=tree)).status_code == 201
    asked = {"system": sample.URL, "code": "T1"}
    for ends in (
        {"url": tree["url"]},
        {"targetsystem": OTHER},
        {"source": "http://example.no/from", "target": "http://example.no/to"},
    ):
        answer = await client.get("ConceptMap/$translate", params=asked | ends)
        assert answered(answer)["result"] == [True]
    back = {"system": OTHER, "code": "a", "reverse": "true", "targetsystem": sample.URL}
    assert answered(await client.get("ConceptMap/$translate", params=back))["result"] == [True]
    retired = await client.put("ConceptMap/map", json=tree | {"status": "retired"})
    assert retired.status_code == 200
    assert fault(await client.get("ConceptMap/$translate", params=asked | {"targetsystem": OTHER}))[0] == 404
