"""Operations: what they take and what they answer."""

from typing import Any

import asyncpg
import httpx
import pytest

from terminology import sample
from terminology.filling import fill

PATIENT = {
    "resourceType": "Patient",
    "id": "p",
    "active": True,
    "meta": {"tag": [{"system": "s", "code": "old"}]},
}
UNTAGGED = PATIENT | {"meta": {"versionId": "1"}}
OBSERVATION = {"resourceType": "Observation", "id": "o", "status": "final", "code": {"text": "x"}}
SOUND = {"warning", "information"}
"""A resource without a narrative is advised to have one."""


@pytest.fixture
async def patient(client: httpx.AsyncClient) -> httpx.AsyncClient:
    assert (await client.put("Patient/p", json=PATIENT)).status_code == 201
    return client


def parameters(**values: Any) -> dict[str, Any]:
    return {
        "resourceType": "Parameters",
        "parameter": [{"name": name, **value} for name, value in values.items()],
    }


def severities(answer: httpx.Response) -> set[str]:
    assert answer.status_code == 200, answer.text
    return {issue["severity"] for issue in answer.json()["issue"]}


async def test_validate_says_all_is_well(patient: httpx.AsyncClient) -> None:
    assert severities(await patient.post("Patient/$validate", json=PATIENT)) == SOUND
    wrapped = parameters(resource={"resource": PATIENT}, mode={"valueCode": "create"})
    assert severities(await patient.post("Patient/$validate", json=wrapped)) == SOUND
    assert severities(await patient.post("Patient/p/$validate", json=PATIENT)) == SOUND
    narrative = {"status": "empty", "div": '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'}
    told = PATIENT | {"text": narrative}
    assert severities(await patient.post("Patient/$validate", json=told)) == {"information"}


async def test_all_is_not_well_beside_a_warning(patient: httpx.AsyncClient) -> None:
    div = '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'
    narrative = UNTAGGED | {"text": {"status": "generated", "div": div}}
    assert await said(patient, narrative) == ["Nothing was found wrong with this Patient."]
    [warning, all_in_all] = await said(patient, UNTAGGED)
    assert warning.startswith("dom-6: ")
    assert all_in_all == "This Patient has no errors; there is 1 warning."
    declaring = PATIENT | {"meta": {"profile": ["http://x.no/a", "http://x.no/b"]}}
    assert (await said(patient, declaring))[-1] == "This Patient has no errors; there are 3 warnings."
    assert not any("has no errors" in one for one in await said(patient, PATIENT | {"gender": "x"}))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("http://hl7.org/fhir/StructureDefinition/vitalsign", "vitalsigns"),
        ("http://hl7.org/fhir/StructureDefinition/patient", "Patient"),
        ("https://hl7.org/fhir/StructureDefinition/VitalSigns/", "vitalsigns"),
        ("http://hl7.org/fhir/StructureDefinition/bodyweigth|4.0.1", "bodyweight"),
    ],
)
async def test_a_misspelt_profile_is_answered_with_what_was_meant(
    patient: httpx.AsyncClient, written: str, meant: str
) -> None:
    suggestion = f'Did you mean "http://hl7.org/fhir/StructureDefinition/{meant}"?'
    declared = await said(patient, PATIENT | {"meta": {"profile": [written]}})
    assert any(one.endswith(suggestion) for one in declared)
    answer = await patient.post(f"Patient/$validate?profile={written}", json=PATIENT)
    assert answer.json()["issue"][0]["diagnostics"].endswith(suggestion)


async def test_a_type_of_r4_as_profile_is_for_that_type_only(patient: httpx.AsyncClient) -> None:
    for own in ("Patient", "DomainResource", "Resource"):
        url = f"http://hl7.org/fhir/StructureDefinition/{own}"
        assert severities(await patient.post(f"Patient/$validate?profile={url}", json=PATIENT)) == SOUND
    url = "http://hl7.org/fhir/StructureDefinition/Observation"
    answer = await patient.post(f"Patient/$validate?profile={url}", json=PATIENT)
    assert answer.json()["issue"][0]["diagnostics"] == f'"{url}" is for Observation, not for Patient.'


async def said(client: httpx.AsyncClient, resource: dict[str, Any]) -> list[str]:
    """What $validate says of a Patient."""
    answer = await client.post("Patient/$validate", json=resource)
    return [issue["diagnostics"] for issue in answer.json()["issue"]]


async def test_validate_names_every_fault(patient: httpx.AsyncClient) -> None:
    answer = await patient.post("Patient/$validate", json=UNTAGGED | {"gender": "x", "birthDate": "y"})
    assert [issue["severity"] for issue in answer.json()["issue"]] == ["error", "error", "warning"]
    places = {place for issue in answer.json()["issue"] for place in issue.get("expression", [])}
    assert places == {"Patient.gender", "Patient.birthDate", "Patient"}
    assert answer.json()["issue"][-1]["diagnostics"].startswith("dom-6: ")


async def test_validate_knows_what_it_is_for(patient: httpx.AsyncClient) -> None:
    assert severities(await patient.post("Observation/$validate", json=UNTAGGED)) == {"error", "warning"}
    other = await patient.post("Patient/other/$validate", json=UNTAGGED)
    assert severities(other) == {"error", "warning"}
    delete = parameters(mode={"valueCode": "delete"})
    assert severities(await patient.post("Patient/p/$validate", json=delete)) == {"information"}
    assert severities(await patient.post("Patient/none/$validate", json=delete)) == {"error"}


async def test_validate_asks_a_profile(patient: httpx.AsyncClient) -> None:
    unknown = await patient.post("Patient/$validate?profile=http://x.no/p", json=PATIENT)
    assert unknown.json()["issue"][0] == {
        "severity": "error",
        "code": "not-found",
        "diagnostics": 'The profile "http://x.no/p" is not known here: add the package that has it '
        "(fellesjournal packages add FILE), or post its StructureDefinition.",
        "expression": ["Patient"],
    }
    await patient.put("Observation/o", json=OBSERVATION)
    named = "Observation/$validate?profile=http://hl7.org/fhir/StructureDefinition/vitalsigns"
    found = (await patient.post(named, json=OBSERVATION)).json()["issue"]
    errors = {place for issue in found if issue["severity"] == "error" for place in issue["expression"]}
    assert errors == {
        "Observation",  # vs-2: neither a value nor a reason for its absence
        "Observation.category",
        "Observation.subject",
        "Observation.effective",
    }
    stored = parameters(
        mode={"valueCode": "profile"},
        profile={"valueUri": "http://hl7.org/fhir/StructureDefinition/vitalsigns"},
    )
    assert (await patient.post("Observation/o/$validate", json=stored)).json()["issue"] == found
    core = "Patient/$validate?profile=http://hl7.org/fhir/StructureDefinition/Patient"
    assert severities(await patient.post(core, json=PATIENT)) == SOUND


async def remarks(client: httpx.AsyncClient, tree: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Severity, code and place of what $validate says of codes."""
    answer = await client.post(f"{tree['resourceType']}/$validate", json=tree)
    return [
        (one["severity"], one["code"], one["expression"][0])
        for one in answer.json()["issue"]
        if one.get("expression", [tree["resourceType"]]) != [tree["resourceType"]]
    ]


async def test_validate_remarks_on_names_on_groups_and_on_systems_that_are_not_here(
    client: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    await fill(pool, sample.newest())
    codings = [
        {"system": sample.URL, "code": "T1.1", "display": "Brudd i hode"},
        {"system": sample.URL, "code": "T1"},
        {"system": sample.URL, "code": "T1.1", "display": "Brudd i hale"},
        {"system": "http://elsewhere.no", "code": "a"},
        {"system": "http://elsewhere.no", "code": "b"},
    ]
    tree = {"resourceType": "Basic", "code": {"coding": codings}}
    assert await remarks(client, tree) == [
        ("warning", "value", "Basic.code.coding[0].display"),
        ("warning", "business-rule", "Basic.code.coding[1].code"),
        ("information", "not-found", "Basic.code.coding[3].system"),
    ]
    assert (await client.post("Basic", json=tree)).status_code == 201


async def test_validate_warns_of_a_value_set_that_lists_codes_which_are_not_there(
    client: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    await fill(pool, sample.newest())
    listing = {"system": sample.URL, "concept": [{"code": code} for code in ("T1", "T99", "T1.1")]}
    elsewhere = {"system": "http://elsewhere.no", "concept": [{"code": "a"}]}
    tree = {
        "resourceType": "ValueSet",
        "status": "active",
        "compose": {"include": [elsewhere, listing], "exclude": [listing]},
    }
    assert await remarks(client, tree) == [
        ("warning", "code-invalid", "ValueSet.compose.include[1].concept[1].code"),
        ("warning", "code-invalid", "ValueSet.compose.exclude[0].concept[1].code"),
        ("information", "not-found", "ValueSet.compose.include[0].system"),
    ]
    assert (await client.post("ValueSet", json=tree)).status_code == 201


async def test_a_write_is_held_to_the_profiles_it_declares(client: httpx.AsyncClient) -> None:
    def declaring(profile: str) -> dict[str, Any]:
        return OBSERVATION | {"meta": {"profile": [profile]}}

    bp = "http://hl7.org/fhir/StructureDefinition/bp"
    answer = await client.post("Observation", json=declaring(bp))
    assert answer.status_code == 422
    assert "(profile observation-bp)" in answer.text
    assert (await client.post("Observation", json=declaring("http://x.no/p"))).status_code == 201
    told = await client.post("Observation/$validate", json=declaring("http://x.no/p"))
    places = [issue.get("expression") for issue in told.json()["issue"] if issue["severity"] == "warning"]
    assert ["Observation.meta.profile[0]"] in places


@pytest.mark.parametrize(
    "body",
    [
        parameters(),
        parameters(mode={"valueCode": "guess"}),
        parameters(mode={"valueCode": "profile"}, resource={"resource": PATIENT}),
        parameters(oops={"valueCode": "x"}),
        {"resourceType": "Parameters", "parameter": ["x"]},
        {"resourceType": "Parameters", "parameter": [{"name": 1, "resource": {}}]},
        {"resourceType": "Parameters", "parameter": {}},
    ],
)
async def test_validate_refuses_what_it_cannot_understand(
    patient: httpx.AsyncClient, body: dict[str, Any]
) -> None:
    assert (await patient.post("Patient/$validate", json=body)).status_code == 400


async def test_validate_takes_parameters_themselves(patient: httpx.AsyncClient) -> None:
    assert severities(await patient.post("Parameters/$validate", json=parameters(a={"valueCode": "b"}))) == {
        "information"
    }


def tags(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    [returned] = answer.json()["parameter"]
    return [tag["code"] for tag in returned["valueMeta"].get("tag", [])]


async def test_meta_is_read_added_to_and_taken_from(patient: httpx.AsyncClient) -> None:
    assert tags(await patient.get("Patient/p/$meta")) == ["old"]
    given = {"tag": [{"system": "s", "code": "new"}, {"system": "s", "code": "old", "display": "Old"}]}
    more = parameters(meta={"valueMeta": given})
    assert tags(await patient.post("Patient/p/$meta-add", json=more)) == ["old", "new"]
    assert tags(await patient.post("Patient/p/$meta-add", json=more)) == ["old", "new"]
    found = await patient.get("Patient?_tag=s|new")
    assert found.json()["total"] == 1
    less = parameters(meta={"valueMeta": {"tag": [{"system": "s", "code": "old"}]}})
    assert tags(await patient.post("Patient/p/$meta-delete", json=less)) == ["new"]
    assert tags(await patient.post("Patient/p/$meta")) == ["new"]
    assert (await patient.get("Patient/p")).json()["active"] is True


async def test_meta_refuses_what_is_no_meta(patient: httpx.AsyncClient) -> None:
    for body, status in (
        (PATIENT, 400),
        (parameters(meta={"valueCode": "x"}), 400),
        (parameters(), 422),
        (parameters(meta={"valueMeta": {"tag": "x"}}), 422),
        (parameters(meta={"valueMeta": {"tag": [{"code": []}]}}), 422),
    ):
        assert (await patient.post("Patient/p/$meta-add", json=body)).status_code == status
    assert (await patient.get("Patient/none/$meta")).status_code == 404


async def test_diff_is_a_patch_between_versions(patient: httpx.AsyncClient) -> None:
    await patient.put("Patient/p", json=PATIENT | {"active": False, "gender": "female"})
    await patient.put("Patient/p", json=PATIENT | {"active": False, "gender": "male"})
    whole = (await patient.get("Patient/p/$diff?from=1&to=3")).json()
    paths = [
        part["valueString"] for one in whole["parameter"] for part in one["part"] if part["name"] == "path"
    ]
    assert sorted(paths) == ["Patient", "Patient.active"]
    last = (await patient.get("Patient/p/$diff")).json()
    assert len(last["parameter"]) == 1
    await patient.put("Patient/p", json=PATIENT)
    assert (await patient.patch("Patient/p", json=whole)).json()["gender"] == "male"
    assert (await patient.get("Patient/p/$diff?from=9")).status_code == 404
    assert (await patient.get("Patient/p/$diff?from=x")).status_code == 400
    assert (await patient.get("Patient/p/$diff?since=1")).status_code == 400


async def test_everything_is_the_patient_and_what_is_theirs(patient: httpx.AsyncClient) -> None:
    observation = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "x"},
        "subject": {"reference": "Patient/p"},
    }
    for _ in range(3):
        await patient.post("Observation", json=observation)
    whole = (await patient.get("Patient/p/$everything")).json()
    assert whole["type"] == "searchset"
    assert sorted(entry["resource"]["resourceType"] for entry in whole["entry"]) == ["Observation"] * 3 + [
        "Patient"
    ]
    seen, address = [], "Patient/p/$everything?_count=2"
    while address:
        page = (await patient.get(address)).json()
        seen += [one["fullUrl"] for one in page["entry"] if one["search"]["mode"] == "match"]
        address = next((link["url"] for link in page["link"] if link["relation"] == "next"), "")
    assert (len(seen), len(set(seen))) == (4, 4)
    only = (await patient.post("Patient/p/$everything?_type=Patient")).json()
    assert len(only["entry"]) == 1
    assert (await patient.get("Patient/none/$everything")).status_code == 404
