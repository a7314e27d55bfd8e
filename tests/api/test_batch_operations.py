"""Operations inside a batch are answered as they are alone, each for itself and in order."""

from typing import Any

import asyncpg
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.test_transactions import bundle, entry, patient, statuses
from terminology import sample
from terminology.filling import fill


@pytest.fixture
async def trolls(client: httpx.AsyncClient, pool: asyncpg.Pool) -> httpx.AsyncClient:
    for release in (sample.older(), sample.newest()):
        await fill(pool, release)
    await client.put("Patient/kari", json=patient(id="kari"))
    return client


def parameters(**codes: str) -> dict[str, Any]:
    listed = [
        {"name": name, "valueUri" if name in ("url", "system") else "valueCode": value}
        for name, value in codes.items()
    ]
    return {"resourceType": "Parameters", "parameter": listed}


def validated(one: dict[str, Any]) -> bool:
    found = {each["name"]: each for each in one["resource"]["parameter"]}
    return bool(found["result"]["valueBoolean"])


async def test_operations_stand_between_interactions_and_are_answered_in_order(
    trolls: httpx.AsyncClient,
) -> None:
    code = f"url={sample.URL}&code"
    sent = bundle(
        "batch",
        entry("GET", f"CodeSystem/$validate-code?{code}=T1.1"),
        entry("PUT", "Patient/ola", patient(id="ola")),
        entry("POST", "CodeSystem/$validate-code", parameters(url=sample.URL, code="T7")),
        entry("GET", "Patient/kari/$everything"),
        entry("GET", "ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/administrative-gender"),
        entry("GET", "Patient/kari"),
    )
    answer = await trolls.post("", json=sent)
    assert statuses(answer) == ["200", "201", "200", "200", "200", "200"]
    entries = answer.json()["entry"]
    assert validated(entries[0])
    assert not validated(entries[2])
    assert [one["resource"]["id"] for one in entries[3]["resource"]["entry"]] == ["kari"]
    assert entries[4]["resource"]["expansion"]["total"] == 4
    assert entries[5]["resource"]["id"] == "kari"


@pytest.mark.parametrize(
    ("method", "url", "status", "told"),
    [
        ("GET", "CodeSystem/$validate-cod?code=x", "404", "Did you mean '$validate-code'?"),
        ("GET", "CodeSystem/$lookup?system=http://example.no/none&code=x", "404", "is not known here"),
        ("DELETE", "Patient/kari/$everything", "405", "is not possible here"),
        ("GET", "Patient/none/$everything", "404", "none"),
        ("GET", "Patient/kari/$everything?_format=xml", "406", "not XML"),
        ("GET", f"CodeSystem/$validate-code?code={'x' * 20_000}", "414", "longer than"),
        ("GET", "metadata", "400", "send it by itself"),
    ],
)
async def test_what_is_wrong_with_an_operation_is_the_answer_to_its_own_entry(
    trolls: httpx.AsyncClient, method: str, url: str, status: str, told: str
) -> None:
    sent = bundle("batch", entry("GET", "Patient/kari"), entry(method, url))
    answer = await trolls.post("", json=sent)
    assert statuses(answer) == ["200", status]
    assert told in answer.json()["entry"][1]["response"]["outcome"]["issue"][0]["diagnostics"]


async def test_an_operation_that_writes_takes_effect_for_each_entry(trolls: httpx.AsyncClient) -> None:
    def tagged(code: str) -> dict[str, Any]:
        meta = {"tag": [{"system": "http://example.no/tag", "code": code}]}
        return {"resourceType": "Parameters", "parameter": [{"name": "meta", "valueMeta": meta}]}

    sent = bundle("batch", *(entry("POST", "Patient/kari/$meta-add", tagged(one)) for one in "abc"))
    assert statuses(await trolls.post("", json=sent)) == ["200", "200", "200"]
    stored = (await trolls.get("Patient/kari")).json()
    assert [tag["code"] for tag in stored["meta"]["tag"]] == ["a", "b", "c"]


async def test_a_batch_in_a_batch_is_refused(trolls: httpx.AsyncClient) -> None:
    sent = bundle("batch", entry("POST", "", bundle("batch", entry("GET", "Patient/kari"))))
    assert statuses(await trolls.post("", json=sent)) == ["400"]


async def test_in_a_transaction_operations_are_refused_with_what_to_do(trolls: httpx.AsyncClient) -> None:
    answer = await trolls.post("", json=bundle("transaction", entry("GET", "Patient/kari/$everything")))
    assert answer.status_code == 400
    assert "an operation in a batch" in answer.json()["issue"][0]["diagnostics"]


async def test_a_thousand_codes_are_validated_in_one_batch(trolls: httpx.AsyncClient) -> None:
    codes = ["T1.1", "T2", "T7", "T9"] * 250
    url = "CodeSystem/$validate-code"
    sent = bundle("batch", *(entry("POST", url, parameters(url=sample.URL, code=one)) for one in codes))
    answer = await trolls.post("", json=sent)
    assert statuses(answer) == ["200"] * 1000
    known = [validated(one) for one in answer.json()["entry"]]
    assert known == [code in ("T1.1", "T2") for code in codes]


_URLS = st.sampled_from(
    [
        "Patient/kari/$everything",
        "Patient/none/$everything",
        f"CodeSystem/$validate-code?url={sample.URL}&code=T1.2",
        f"CodeSystem/$lookup?system={sample.URL}&code=T9",
        f"CodeSystem/$subsumes?system={sample.URL}&codeA=T1&codeB=T1.21",
        f"CodeSystem/$subsumes?system={sample.URL}&codeA=T1",
        "Patient/kari/$meta",
    ]
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(urls=st.lists(_URLS, min_size=1, max_size=6))
async def test_an_entry_is_answered_as_the_same_request_alone(
    trolls: httpx.AsyncClient, urls: list[str]
) -> None:
    together = (await trolls.post("", json=bundle("batch", *(entry("GET", url) for url in urls)))).json()
    for url, one in zip(urls, together["entry"], strict=True):
        alone = await trolls.get(url)
        body = one.get("resource") or one["response"]["outcome"]
        assert one["response"]["status"].startswith(str(alone.status_code))
        assert body == alone.json()
