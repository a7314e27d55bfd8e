"""ConceptMap/$translate over HTTP."""

from typing import Any

import httpx

from api.test_terminology import answered, fault, sent
from fellesjournal.fhir.definitions import Definitions
from terminology import sample
from terminology.test_translate import OTHER, concept_map, element

MAP = concept_map([element("T1", ("wider", "b"), ("equal", "a"))]) | {"id": "map"}
T1 = {"system": sample.URL, "code": "T1"}


async def test_a_code_is_translated_by_id_and_by_the_map_that_is_sent(
    client: httpx.AsyncClient, definitions: Definitions
) -> None:
    assert (await client.put("ConceptMap/map", json=MAP)).status_code == 201
    by_id = await client.get("ConceptMap/map/$translate", params=T1)
    found = answered(by_id, definitions)
    assert found["result"] == [True]
    assert [one["concept"]["code"] for one in found["match"]] == ["a", "b"]
    assert found["match"][0]["concept"]["system"] == OTHER
    assert found["match"][0]["source"] == MAP["url"]
    for body in (
        sent(conceptMap={"resource": MAP}, coding={"valueCoding": T1}),
        sent(conceptMap={"resource": MAP}, codeableConcept={"valueCodeableConcept": {"coding": [T1]}}),
    ):
        assert (await client.post("ConceptMap/$translate", json=body)).json() == by_id.json()
    back = {"system": OTHER, "code": "b", "reverse": "true"}
    assert answered(await client.get("ConceptMap/map/$translate", params=back))["match"][0][
        "equivalence"
    ] == ("narrower")


async def test_dependencies_and_products_go_through(
    client: httpx.AsyncClient, definitions: Definitions
) -> None:
    one = element("T1", ("equal", "a"))
    one["target"][0]["dependsOn"] = [{"property": "http://x/side", "value": "left"}]
    one["target"][0]["product"] = [{"property": "http://x/kind", "system": "http://x/kinds", "value": "k"}]

    def asked(dependency: list[dict[str, Any]]) -> dict[str, Any]:
        return sent(
            conceptMap={"resource": concept_map([one])},
            coding={"valueCoding": T1},
            dependency={"part": dependency},
        )

    side = {"coding": [{"system": "http://x/sides", "code": "left"}]}
    whole: list[dict[str, Any]] = [
        {"name": "element", "valueUri": "http://x/side"},
        {"name": "concept", "valueCodeableConcept": side},
    ]
    answer = await client.post("ConceptMap/$translate", json=asked(whole))
    assert answered(answer, definitions)["result"] == [True]
    product = answer.json()["parameter"][1]["part"][2]["part"]
    assert product[1]["valueCoding"] == {"system": "http://x/kinds", "code": "k"}
    assert (await client.post("ConceptMap/$translate", json=asked(whole[:1]))).status_code == 400


async def test_translate_says_what_is_wrong(client: httpx.AsyncClient) -> None:
    path = "ConceptMap/$translate"
    assert fault(await client.get(path, params=T1 | {"url": "http://none"}))[:2] == (404, "not-found")
    assert fault(await client.get(path, params=T1 | {"targetsystem": OTHER}))[0] == 404
    assert fault(await client.get(path, params={"code": "T1", "url": "http://none"}))[0] == 400
    assert fault(await client.get(path, params=T1 | {"revers": "true"}))[0] == 400
    assert fault(await client.get("ConceptMap/none/$translate", params=T1))[0] == 404
