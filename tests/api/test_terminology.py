"""The operations of CodeSystem and ValueSet over HTTP: ways of asking, answers, faults."""

from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from terminology import herbs, sample
from terminology.filling import fill

GENDERS = "http://hl7.org/fhir/administrative-gender"
GENDER = "http://hl7.org/fhir/ValueSet/administrative-gender"
T12 = {"system": sample.URL, "code": "T1.2"}


@pytest.fixture
async def trolls(client: httpx.AsyncClient, pool: asyncpg.Pool) -> httpx.AsyncClient:
    """A client of a site with the trolls' releases."""
    for release in (sample.older(), sample.newest()):
        await fill(pool, release)
    return client


def sent(**values: Any) -> dict[str, Any]:
    """Parameters; a value is {"valueCode": ...}, or a list of those."""
    listed = [
        (name, one) for name, all in values.items() for one in (all if isinstance(all, list) else [all])
    ]
    return {"resourceType": "Parameters", "parameter": [{"name": name, **one} for name, one in listed]}


def answered(answer: httpx.Response, definitions: Definitions | None = None) -> dict[str, list[Any]]:
    """Name -> values of the parameters of an answer; parts as a dictionary."""
    assert answer.status_code == 200, answer.text
    tree = answer.json()
    if definitions:
        assert Validator(definitions).validate(tree) == []
    found: dict[str, list[Any]] = {}
    for one in tree["parameter"]:
        value = {part["name"]: _value(part) for part in one["part"]} if "part" in one else _value(one)
        found.setdefault(one["name"], []).append(value)
    return found


def _value(one: dict[str, Any]) -> Any:
    return next((value for name, value in one.items() if name.startswith("value")), None)


def properties(answer: httpx.Response) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for one in answered(answer).get("property", []):
        found.setdefault(one["code"], []).append(one["value"])
    return found


def fault(answer: httpx.Response) -> tuple[int, str, str]:
    issue = answer.json()["issue"][0]
    return answer.status_code, issue["code"], issue["diagnostics"]


async def test_lookup_by_get_and_by_post(trolls: httpx.AsyncClient, definitions: Definitions) -> None:
    by_get = await trolls.get("CodeSystem/$lookup", params=T12)
    coding = {"coding": {"valueCoding": T12}}
    apart = {"code": {"valueCode": "T1.2"}, "system": {"valueUri": sample.URL}}
    for values in (coding, apart):
        assert (await trolls.post("CodeSystem/$lookup", json=sent(**values))).json() == by_get.json()
    found = answered(by_get, definitions)
    assert (found["name"], found["version"], found["display"]) == (
        ["Trollsykdommer"],
        ["2026"],
        ["Brudd i hode"],
    )
    assert properties(by_get) == {"inactive": [False], "parent": ["T1"], "side": ["left"]}


async def test_lookup_gives_the_properties_and_languages_asked_for(
    trolls: httpx.AsyncClient, definitions: Definitions
) -> None:
    some = await trolls.get("CodeSystem/$lookup", params=T12 | {"property": ["child", "inactive"]})
    assert properties(some) == {"inactive": [False], "child": ["T1.21", "T1.22"]}
    every = await trolls.get("CodeSystem/$lookup", params=T12 | {"property": "*"})
    assert set(properties(every)) == {"inactive", "parent", "child", "side"}
    tail = {"system": sample.URL, "code": "T1.1", "displayLanguage": "nn", "property": "lang.en"}
    found = answered(await trolls.get("CodeSystem/$lookup", params=tail), definitions)
    assert found["display"] == ["Halebrot"]
    assert [one["value"] for one in found["designation"]] == ["Fracture of tail"]
    assert "property" not in found
    weighed = properties(
        await trolls.get("CodeSystem/$lookup", params={"system": sample.URL, "code": "T1.1"})
    )
    assert weighed["weight"] == [3]


async def test_lookup_of_a_code_that_is_gone_says_until_when(trolls: httpx.AsyncClient) -> None:
    gone = await trolls.get("CodeSystem/$lookup", params={"system": sample.URL, "code": "T9"})
    assert answered(gone)["version"] == ["2025"]
    assert properties(gone) == {"inactive": [True], "validTo": ["2025-12-31"], "parent": ["T"]}
    then = await trolls.get(
        "CodeSystem/$lookup", params={"system": sample.URL, "code": "T9", "date": "2025-06-01T10:00:00Z"}
    )
    assert properties(then)["inactive"] == [False]
    dated = await trolls.get("CodeSystem/$lookup", params={"system": sample.URL, "code": "T2.1"})
    assert properties(dated)["validTo"] == ["2025-12-31"]


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ({"system": "http://none", "code": "x"}, 404, "code system http://none is not known here"),
        ({"system": sample.URL, "code": "x"}, 404, "There is no code 'x'"),
        ({"system": sample.URL, "code": "T", "version": "9"}, 404, "loaded are 2026, 2025"),
        ({"code": "x"}, 400, "no system is said"),
        ({"system": sample.URL}, 400, "in one way"),
        ({"system": sample.URL, "code": "T", "langauge": "nb"}, 400, "takes no parameter 'langauge'"),
        (
            {"system": sample.URL, "code": "T", "displaylanguage": "nb"},
            400,
            "Did you mean 'displayLanguage'?",
        ),
        ({"system": sample.URL, "code": ["T", "T1"]}, 400, "takes 'code' once"),
        ({"system": sample.URL, "code": "T", "date": "2025"}, 400, "names a day"),
        ({"system": sample.URL, "code": "T", "date": "20250601"}, 400, "names a day"),
        ({"system": sample.URL, "code": "T", "date": "2025-W01-1"}, 400, "names a day"),
        ({"system": sample.URL, "code": "T", "date": "2025-02-30"}, 400, "names a day"),
        ({"coding": "x"}, 400, "send it by POST"),
        ({"system": sample.URL, "code": "T", "displayLanguage": "nb;q=x"}, 400, "displayLanguage is"),
    ],
)
async def test_lookup_says_what_is_wrong(
    trolls: httpx.AsyncClient, query: dict[str, Any], status: int, says: str
) -> None:
    found, code, text = fault(await trolls.get("CodeSystem/$lookup", params=query))
    assert (found, code) == (status, "not-found" if status == 404 else code)
    assert says in text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"resourceType": "Patient"}, 400),
        (sent(coding={"valueCoding": {"system": "http://x"}}), 400),
        (sent(coding={"valueCode": "x"}), 400),
        (sent(code={"valueBoolean": True}), 400),
        (sent(coding={"valueCoding": {"code": 1}}), 422),
        ({"resourceType": "Parameters", "parameter": [{"valueCode": "x"}]}, 422),
    ],
)
async def test_a_body_that_means_nothing_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any], status: int
) -> None:
    assert (await client.post("CodeSystem/$lookup", json=body)).status_code == status


async def test_simple_values_may_be_posted_in_a_form(trolls: httpx.AsyncClient) -> None:
    by_get = await trolls.get("CodeSystem/$lookup", params=T12)
    assert (await trolls.post("CodeSystem/$lookup", data=T12)).json() == by_get.json()
    value_set = {"url": f"{sample.URL}?fhir_vs", "filter": "nese", "_format": "json"}
    expanded = await trolls.post("ValueSet/$expand", data=value_set)
    assert [one["code"] for one in expanded.json()["expansion"]["contains"]] == ["T1.22", "T2", "T2.1"]
    judged = await trolls.post("CodeSystem/$validate-code?url=" + sample.URL, data={"code": "T1.2"})
    assert answered(judged)["result"] == [True]
    composed = await trolls.post("CodeSystem/$lookup", data={"coding": "x"})
    assert "in a Parameters resource" in fault(composed)[2]
    refused = await trolls.post("CodeSystem/$lookup", content="x", headers={"content-type": "text/plain"})
    assert refused.status_code == 415


async def verdict(client: httpx.AsyncClient, path: str, **query: Any) -> tuple[bool, str]:
    found = answered(await client.get(path, params=query))
    return found["result"][0], found.get("message", [""])[0]


async def test_validate_code_of_a_code_system(trolls: httpx.AsyncClient, definitions: Definitions) -> None:
    path = "CodeSystem/$validate-code"
    assert await verdict(trolls, path, url=sample.URL, code="T1", abstract="true") == (True, "")
    result, message = await verdict(trolls, path, url=sample.URL, code="T1")
    assert (result, "only groups others" in message) == (True, True)
    result, message = await verdict(trolls, path, url=sample.URL, code="T9")
    assert (result, "valid until 2025-12-31" in message) == (False, True)
    assert (await verdict(trolls, path, url=sample.URL, code="T9", date="2025-03-01"))[0]
    assert not (await verdict(trolls, path, url=sample.URL, code="T1", display="Feil"))[0]
    assert not (await verdict(trolls, path, url=sample.URL, code="T1", abstract="false"))[0]
    many = {"coding": [{"system": "http://none", "code": "x"}, T12], "text": "x"}
    posted = sent(url={"valueUri": sample.URL}, codeableConcept={"valueCodeableConcept": many})
    found = answered(await trolls.post(path, json=posted), definitions)
    assert (found["result"], found["display"]) == ([True], ["Brudd i hode"])


async def issues(answer: httpx.Response) -> list[tuple[str, str, str]]:
    """Severity, code and expression of the issues of a verdict."""
    listed = [one["resource"]["issue"] for one in answer.json()["parameter"] if one["name"] == "issues"]
    return [(one["severity"], one["code"], one["expression"][0]) for of in listed for one in of]


@pytest.mark.parametrize("system", ["http://none", "http://snomed.info/sct"])
async def test_that_a_system_cannot_tell_is_no_verdict_on_the_code(
    client: httpx.AsyncClient, definitions: Definitions, system: str
) -> None:
    coding = {"system": system, "code": "22298006"}
    for path, params in (
        ("CodeSystem/$validate-code", {"url": system, "code": "22298006"}),
        ("ValueSet/$validate-code", {"url": f"{system}?fhir_vs"} | coding),
    ):
        answer = await client.get(path, params=params)
        found = answered(answer, definitions)
        assert (found["result"], found["x-caused-by-unknown-system"]) == ([False], [system])
        assert await issues(answer) == [("error", "not-found", "code")]
    posted = sent(url={"valueUri": system}, coding={"valueCoding": coding})
    assert await issues(await client.post("CodeSystem/$validate-code", json=posted)) == [
        ("error", "not-found", "Coding")
    ]
    assert fault(await client.get("CodeSystem/$lookup", params=coding))[:2] == (404, "not-found")
    expansion = await client.get("ValueSet/$expand", params={"url": f"{system}?fhir_vs"})
    assert fault(expansion)[:2] == (404, "not-found")


async def test_the_issues_of_a_verdict_say_which_code_they_are_about(
    trolls: httpx.AsyncClient, pool: asyncpg.Pool, definitions: Definitions
) -> None:
    await fill(pool, replace(herbs.release(), content="fragment"))
    codings = [{"system": herbs.URL, "code": "H99"}, {"system": GENDERS, "code": "troll"}]
    both = [{"system": one} for one in (herbs.URL, GENDERS)]
    value_set = {"resourceType": "ValueSet", "status": "active", "compose": {"include": both}}
    concept = {"valueCodeableConcept": {"coding": codings}}
    posted = sent(valueSet={"resource": value_set}, codeableConcept=concept)
    answer = await trolls.post("ValueSet/$validate-code", json=posted)
    found = answered(answer, definitions)
    assert (found["result"], found["x-caused-by-unknown-system"]) == ([False], [f"{herbs.URL}|2026"])
    assert await issues(answer) == [
        ("warning", "not-found", "CodeableConcept.coding[0]"),
        ("error", "code-invalid", "CodeableConcept.coding[1]"),
    ]
    expanded = await trolls.post("ValueSet/$expand", json=value_set)
    assert Validator(definitions).validate(expanded.json()) == []
    assert "Codes may be missing" in expanded.text


async def test_validate_code_of_a_value_set(trolls: httpx.AsyncClient) -> None:
    path = "ValueSet/$validate-code"
    assert (await verdict(trolls, path, url=GENDER, system=GENDERS, code="male"))[0]
    result, message = await verdict(trolls, path, url=GENDER, system=GENDERS, code="troll")
    assert (result, message) == (False, f"The code {GENDERS}|troll is not in {GENDER}.")
    found = answered(await trolls.get(path, params={"url": GENDER, "code": "male", "inferSystem": "true"}))
    assert (found["result"], found["system"]) == ([True], [GENDERS])
    for query in ({"url": GENDER, "code": "male"}, {"system": GENDERS, "code": "male"}, {"url": GENDER}):
        assert (await trolls.get(path, params=query)).status_code == 400
    assert fault(await trolls.get(path, params={"url": "http://none", "code": "x", "system": "y"}))[:2] == (
        404,
        "not-found",
    )
    context = await trolls.get(path, params={"context": "http://x#y", "code": "x", "system": "y"})
    assert fault(context)[:2] == (400, "not-supported")


async def test_the_version_of_an_implied_value_set_is_its_code_systems(trolls: httpx.AsyncClient) -> None:
    path, url = "ValueSet/$validate-code", f"{sample.URL}?fhir_vs"
    asked = {"url": url, "system": sample.URL, "code": "T9"}
    assert (await verdict(trolls, path, **asked, valueSetVersion="2025"))[0]
    assert (await verdict(trolls, path, **asked | {"url": f"{url}|2025"}))[0]
    assert not (await verdict(trolls, path, **asked, valueSetVersion="2026"))[0]
    query = {"url": url, "valueSetVersion": "1066"}
    status, code, text = fault(await trolls.get("ValueSet/$expand", params=query))
    result, said = await verdict(trolls, path, **asked | query)
    assert (status, code, result) == (404, "not-found", False)
    for told in (text, said):
        assert "1066" in told
        assert "2025" in told


async def test_what_another_operation_calls_a_parameter_is_hinted_at(trolls: httpx.AsyncClient) -> None:
    for operation, query, hint in (
        ("CodeSystem/$validate-code", {"system": sample.URL, "code": "T1"}, "'url'"),
        ("CodeSystem/$lookup", {"url": sample.URL, "code": "T1"}, "'system'"),
        ("ValueSet/$validate-code", {"url": GENDER, "version": "4"}, "'valueSetVersion'"),
    ):
        status, _, text = fault(await trolls.get(operation, params=query))
        assert (status, f"Did you mean {hint}?" in text) == (400, True), text


async def test_many_codes_are_validated_in_a_bundle(
    trolls: httpx.AsyncClient, definitions: Definitions
) -> None:
    path = "ValueSet/$validate-code"
    asked = [
        sent(url={"valueUri": url}, coding={"valueCoding": coding})
        for url, coding in (
            (GENDER, {"system": GENDERS, "code": "male"}),
            (f"{sample.URL}?fhir_vs", T12),
            (GENDER, {"system": GENDERS, "code": "troll"}),
        )
    ]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in asked]}
    answer = await trolls.post(path, json=bundle)
    assert answer.status_code == 200, answer.text
    assert Validator(definitions).validate(answer.json()) == []
    results = [entry["resource"]["parameter"][0]["valueBoolean"] for entry in answer.json()["entry"]]
    assert results == [True, True, False]
    bundle["entry"] = [{"resource": {"resourceType": "Patient"}}]
    assert (await trolls.post(path, json=bundle)).status_code == 400


async def test_subsumes(trolls: httpx.AsyncClient, definitions: Definitions) -> None:
    path = "CodeSystem/$subsumes"
    query = {"system": sample.URL, "codeA": "T1", "codeB": "T1.22"}
    assert answered(await trolls.get(path, params=query), definitions) == {"outcome": ["subsumes"]}
    codings = sent(codingA={"valueCoding": T12}, codingB={"valueCoding": T12 | {"code": "T1"}})
    assert answered(await trolls.post(path, json=codings)) == {"outcome": ["subsumed-by"]}
    apart = sent(codingA={"valueCoding": T12}, codingB={"valueCoding": {"system": GENDERS, "code": "male"}})
    assert fault(await trolls.post(path, json=apart))[0] == 400
    assert fault(await trolls.get(path, params=query | {"codeB": "x"}))[0] == 404
    assert fault(await trolls.get(path, params={"system": sample.URL, "codeA": "T1"}))[0] == 400


OWN = {
    "resourceType": "CodeSystem",
    "id": "own",
    "url": "http://example.no/own",
    "status": "active",
    "content": "complete",
    "concept": [{"code": "a", "display": "A", "concept": [{"code": "b", "display": "B"}]}],
}


async def test_a_stored_code_system_is_asked_by_its_id(client: httpx.AsyncClient) -> None:
    assert (await client.put("CodeSystem/own", json=OWN)).status_code == 201
    outcome = await client.get("CodeSystem/own/$subsumes", params={"codeA": "a", "codeB": "b"})
    assert answered(outcome) == {"outcome": ["subsumes"]}
    assert await verdict(client, "CodeSystem/own/$validate-code", code="b") == (True, "")
    assert not (await verdict(client, "CodeSystem/own/$validate-code", code="c"))[0]
    assert (await client.get("CodeSystem/none/$validate-code?code=b")).status_code == 404
    await client.delete("CodeSystem/own")
    assert (await client.get("CodeSystem/own/$validate-code?code=b")).status_code == 410


async def test_a_code_system_is_asked_as_it_is_sent(client: httpx.AsyncClient) -> None:
    whole = sent(codeSystem={"resource": OWN}, code={"valueCode": "b"})
    assert answered(await client.post("CodeSystem/$validate-code", json=whole))["result"] == [True]
    alone = await client.post("CodeSystem/$validate-code?code=c", json=OWN)
    assert answered(alone)["result"] == [False]
    wrong = sent(codeSystem={"resource": {"resourceType": "Patient"}}, code={"valueCode": "b"})
    assert (await client.post("CodeSystem/$validate-code", json=wrong)).status_code == 400
    circle = OWN | {
        "concept": [
            {"code": one, "property": [{"code": "parent", "valueCode": parent}]}
            for one, parent in ("ab", "ba")
        ]
    }
    status, _, text = fault(await client.post("CodeSystem/$validate-code?code=a", json=circle))
    assert (status, "goes in a circle" in text) == (422, True)
