"""The CapabilityStatement promises what is served, all of it and nothing else."""

from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest

from api.conftest import Shared
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.validation import Validator
from terminology import herbs, sample
from terminology.filling import fill


@pytest.fixture
async def statement(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("metadata")
    assert answer.status_code == 200
    return dict(answer.json())


async def test_it_is_a_valid_resource(statement: dict[str, Any], definitions: Definitions) -> None:
    assert Validator(definitions).validate(statement) == []


async def test_it_lists_every_type(statement: dict[str, Any], definitions: Definitions) -> None:
    [rest] = statement["rest"]
    assert [resource["type"] for resource in rest["resource"]] == list(definitions.resource_types)


def requests_for(kind: str) -> dict[str, tuple[str, str]]:
    """Interaction code -> a request that uses it; answered with anything but 404 for the address or 405."""
    return {
        "read": ("GET", f"{kind}/x"),
        "vread": ("GET", f"{kind}/x/_history/1"),
        "update": ("PUT", f"{kind}/x"),
        "patch": ("PATCH", f"{kind}/x"),
        "delete": ("DELETE", f"{kind}/x"),
        "history-instance": ("GET", f"{kind}/x/_history"),
        "history-type": ("GET", f"{kind}/_history"),
        "create": ("POST", kind),
        "search-type": ("GET", kind),
        "transaction": ("POST", ""),
        "batch": ("POST", ""),
        "search-system": ("GET", ""),
        "history-system": ("GET", "_history"),
    }


async def answers(client: httpx.AsyncClient, method: str, path: str) -> bool:
    """Whether a request is served at all, whatever it comes to."""
    answer = await client.request(method, path)
    assert answer.status_code < 500
    text = answer.text
    return answer.status_code != 405 and "Unknown" not in text and "nothing below" not in text


@pytest.mark.parametrize("kind", ["Patient", "Observation", "Bundle", "SubstanceNucleicAcid"])
async def test_every_interaction_answers(
    client: httpx.AsyncClient, statement: dict[str, Any], kind: str
) -> None:
    [rest] = statement["rest"]
    resource = next(one for one in rest["resource"] if one["type"] == kind)
    listed = {one["code"] for one in resource["interaction"]} | {one["code"] for one in rest["interaction"]}
    assert listed == set(requests_for(kind))
    for code in listed:
        method, path = requests_for(kind)[code]
        assert await answers(client, method, path), code


VALUES = {"date": "2020", "number": "1", "quantity": "1", "reference": "Patient/1"}


def example(parameter: SearchParameter) -> str:
    """A value that the parameter understands."""
    if parameter.kind == "composite":
        return "$".join(example(component) for component in parameter.components)
    return VALUES.get(parameter.kind, "x")


async def test_every_search_parameter_of_every_type_answers(
    client: httpx.AsyncClient, statement: dict[str, Any], shared: Shared
) -> None:
    for resource in statement["rest"][0]["resource"]:
        kind = resource["type"]
        for listed in resource["searchParam"]:
            parameter = shared.registry.of(kind)[listed["name"]]
            query = {parameter.code: example(parameter), "_count": "1"}
            answer = await client.get(kind, params=query)
            assert answer.status_code == 200, (kind, query, answer.text)
            assert answer.json()["link"][0]["url"].startswith(f"{client.base_url}{kind}?{parameter.code}=")


async def test_every_include_that_is_listed_answers(
    client: httpx.AsyncClient, statement: dict[str, Any]
) -> None:
    for resource in statement["rest"][0]["resource"]:
        kind = resource["type"]
        for name in ("searchInclude", "searchRevInclude"):
            parameter = "_include" if name == "searchInclude" else "_revinclude"
            for value in resource.get(name, [])[:3]:
                answer = await client.get(f"{kind}?_id=x&{parameter}={value}")
                assert answer.status_code == 200, (kind, parameter, value, answer.text)


async def test_every_operation_answers_and_no_other(
    client: httpx.AsyncClient, statement: dict[str, Any]
) -> None:
    [rest] = statement["rest"]
    for resource in rest["resource"]:
        kind = resource["type"]
        names = {one["name"] for one in resource.get("operation", [])}
        assert ("everything" in names) == (kind == "Patient")
    patient = next(one for one in rest["resource"] if one["type"] == "Patient")
    names = {one["name"] for one in patient["operation"]}
    assert {"validate", "meta", "meta-add", "meta-delete", "everything", "diff"} <= names
    for name in names:
        paths = [(method, f"{at}/${name}") for method in ("GET", "POST") for at in ("Patient", "Patient/x")]
        assert any([await answers(client, method, path) for method, path in paths]), name
    for name in ("match", "merge", "convert", "graphql", "lastn"):
        for path in (f"${name}", f"Patient/${name}", f"Patient/x/${name}"):
            assert not await answers(client, "POST", path)


async def test_parameters_that_are_not_listed_are_refused(
    client: httpx.AsyncClient, statement: dict[str, Any]
) -> None:
    for resource in statement["rest"][0]["resource"]:
        listed = {one["name"] for one in resource["searchParam"]}
        for name in ("url", "patient", "code", "issued", "made-up"):
            if name not in listed:
                assert (await client.get(f"{resource['type']}?{name}=x")).status_code == 400


async def test_it_can_be_summarised(client: httpx.AsyncClient) -> None:
    short = (await client.get("metadata?_summary=true")).json()
    assert short["fhirVersion"] == "4.0.1"
    assert short["meta"]["tag"][0]["code"] == "SUBSETTED"


async def test_openapi_describes_the_same_routes(client: httpx.AsyncClient) -> None:
    answer = await client.get("openapi.json")
    assert answer.headers["content-type"] == "application/json"
    paths = answer.json()["paths"]
    assert {"get", "put", "patch", "delete"} == set(paths["/{type}/{id}"])
    assert "/{type}/{id}/$meta-add" in paths
    given = {path for path, ways in paths.items() for one in ways.values() if _has_pdf(one)}
    assert given == {"/{type}/{id}/$summary"}
    identities = [operation["operationId"] for path in paths.values() for operation in path.values()]
    assert len(identities) == len(set(identities))


def _has_pdf(operation: dict[str, Any]) -> bool:
    return "application/pdf" in operation["responses"]["default"]["content"]


TERMINOLOGY = {
    "CodeSystem": {"lookup", "subsumes", "validate-code"},
    "ValueSet": {"expand", "validate-code"},
    "ConceptMap": {"translate"},
}


async def test_terminology_operations_are_listed_where_they_answer(
    client: httpx.AsyncClient, statement: dict[str, Any]
) -> None:
    names = set().union(*TERMINOLOGY.values())
    for resource in statement["rest"][0]["resource"]:
        kind = resource["type"]
        listed = {one["name"]: one["definition"] for one in resource.get("operation", [])}
        expected = TERMINOLOGY.get(kind, set())
        assert listed.keys() & names == expected
        for name in expected:
            assert listed[name] == f"http://hl7.org/fhir/OperationDefinition/{kind}-{name}"
            for method in ("GET", "POST"):
                answer = await client.request(method, f"{kind}/${name}")
                assert answer.status_code in (400, 415), (kind, name, answer.text)
    assert (await client.post("Patient/$expand")).status_code == 404


async def test_what_is_known_of_codes_is_said(
    client: httpx.AsyncClient, pool: asyncpg.Pool, definitions: Definitions
) -> None:
    for release in (sample.newest(), sample.coming(), replace(herbs.release(), content="fragment")):
        await fill(pool, release)
    answer = await client.get("metadata?mode=terminology")
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert Validator(definitions).validate(said) == []
    systems = {one["uri"]: one for one in said["codeSystem"]}
    versions = {one["code"]: one["isDefault"] for one in systems[sample.URL]["version"]}
    assert versions == {"2027": False, "2026": True}
    assert "http://hl7.org/fhir/administrative-gender" in systems
    assert "http://snomed.info/sct" not in systems
    contents = {url: one["extension"][0]["valueCode"] for url, one in systems.items() if "extension" in one}
    assert contents[herbs.URL] == "fragment"
    assert contents["http://terminology.hl7.org/CodeSystem/service-type"] == "example"
    assert sample.URL not in contents
    assert {"filter", "count", "activeOnly"} <= {one["name"] for one in said["expansion"]["parameter"]}
    short = (await client.get("metadata?mode=terminology&_summary=true")).json()
    assert (short["kind"], "codeSystem" in short) == ("instance", False)
    assert (await client.get("metadata?mode=other")).status_code == 400
