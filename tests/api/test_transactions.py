"""Batches and transactions as they look over HTTP."""

from typing import Any

import httpx

FHIR = {"content-type": "application/fhir+json"}


def bundle(kind: str, *entries: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": list(entries)}


def entry(method: str, url: str, resource: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {"request": {"method": method, "url": url}, **({"resource": resource} if resource else {}), **more}


def patient(**more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "active": True, **more}


def observation(subject: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"text": "x"},
        "subject": {"reference": subject},
    }


def statuses(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["response"]["status"][:3] for one in answer.json()["entry"]]


async def test_a_transaction_creates_and_links(client: httpx.AsyncClient) -> None:
    urn = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a"
    sent = bundle(
        "transaction",
        entry("POST", "Observation", observation(urn)),
        entry("POST", "Patient", patient(), fullUrl=urn),
        entry("PUT", "Patient/mine", patient(id="mine")),
    )
    answer = await client.post("", json=sent)
    assert statuses(answer) == ["201", "201", "201"]
    assert answer.json()["type"] == "transaction-response"
    first, second, _ = (one["response"] for one in answer.json()["entry"])
    assert second["location"].startswith("Patient/")
    assert second["etag"] == 'W/"1"'
    assert second["lastModified"].endswith("Z")
    stored = (await client.get(first["location"])).json()
    assert second["location"].startswith(stored["subject"]["reference"])


async def test_what_was_written_comes_back_when_preferred(client: httpx.AsyncClient) -> None:
    sent = bundle("transaction", entry("POST", "Patient", patient()))
    plain = (await client.post("", json=sent)).json()["entry"][0]
    assert "resource" not in plain
    whole = await client.post("", json=sent, headers={"prefer": "return=representation"})
    assert whole.json()["entry"][0]["resource"]["active"] is True


async def test_one_faulty_entry_undoes_a_transaction(client: httpx.AsyncClient) -> None:
    sent = bundle(
        "transaction", entry("POST", "Patient", patient()), entry("POST", "Patient", patient(gender="x"))
    )
    answer = await client.post("", json=sent)
    assert answer.status_code == 422
    assert answer.json()["issue"][0]["expression"] == ["Bundle.entry[1].resource.gender"]
    assert (await client.get("Patient?_summary=count")).json()["total"] == 0


async def test_one_faulty_entry_is_only_its_own_in_a_batch(client: httpx.AsyncClient) -> None:
    sent = bundle(
        "batch",
        entry("POST", "Patient", patient()),
        entry("POST", "Patient", patient(gender="x")),
        entry("GET", "Patient/none"),
        entry("DELETE", "Patient/none"),
    )
    answer = await client.post("", json=sent)
    assert statuses(answer) == ["201", "422", "404", "204"]
    outcome = answer.json()["entry"][1]["response"]["outcome"]
    assert outcome["issue"][0]["expression"]
    assert answer.json()["type"] == "batch-response"


async def test_reads_inside_a_bundle_bring_what_they_find(client: httpx.AsyncClient) -> None:
    await client.put("Patient/p", json=patient(id="p", name=[{"family": "Folk"}]))
    for kind in ("batch", "transaction"):
        sent = bundle(
            kind,
            entry("GET", "Patient/p"),
            entry("GET", "Patient?family=Folk&_count=1&_elements=active"),
            entry("GET", "Patient/p/_history"),
        )
        answer = await client.post("", json=sent)
        assert statuses(answer) == ["200", "200", "200"]
        read, search, history = answer.json()["entry"]
        assert read["resource"]["id"] == "p"
        assert read["response"]["etag"] == 'W/"1"'
        assert search["resource"]["type"] == "searchset"
        assert "name" not in search["resource"]["entry"][0]["resource"]
        assert search["resource"]["link"][0]["url"].startswith(f"{client.base_url}Patient?family=Folk")
        assert history["resource"]["type"] == "history"


async def test_conditions_inside_a_transaction(client: httpx.AsyncClient) -> None:
    body = patient(identifier=[{"value": "1"}])
    create = entry("POST", "Patient", body)
    create["request"]["ifNoneExist"] = "identifier=1"
    assert statuses(await client.post("", json=bundle("transaction", create))) == ["201"]
    assert statuses(await client.post("", json=bundle("transaction", create))) == ["200"]
    update = entry("PUT", "Patient?identifier=1", body | {"active": False})
    assert statuses(await client.post("", json=bundle("transaction", update))) == ["200"]
    late = entry("PUT", "Patient?identifier=1", body)
    late["request"]["ifMatch"] = 'W/"1"'
    assert (await client.post("", json=bundle("transaction", late))).status_code == 412


async def test_what_is_no_batch_is_refused(client: httpx.AsyncClient) -> None:
    for sent in (
        {"resourceType": "Patient"},
        {"resourceType": "Bundle", "type": "collection"},
        {"resourceType": "Bundle", "type": "batch", "entry": [{}]},
        {"resourceType": "Bundle", "type": "batch", "entry": ["x"]},
        bundle("transaction", entry("POST", "Nonsense", patient())),
        bundle("transaction", entry("GET", "Patient?name=%zz")),
    ):
        answer = await client.post("", json=sent)
        assert answer.status_code == 400, (sent, answer.text)
        assert answer.json()["issue"][0]["diagnostics"]
    assert (await client.post("", content=b"{", headers=FHIR)).status_code == 400
    assert (await client.post("?x=1", json=bundle("batch"))).status_code == 400


async def test_an_empty_batch_has_an_empty_answer(client: httpx.AsyncClient) -> None:
    answer = await client.post("", json={"resourceType": "Bundle", "type": "batch"})
    assert answer.json() == {"resourceType": "Bundle", "type": "batch-response"}


async def test_a_batch_goes_on_past_entries_that_make_no_sense(client: httpx.AsyncClient) -> None:
    sent = bundle(
        "batch",
        entry("COPY", "Patient"),
        entry("GET", "Patient?_summary=x"),
        entry("GET", "Patient?_format=xml"),
        entry("POST", "Nonsense", patient()),
        entry("POST", "Patient", patient()),
    )
    assert statuses(await client.post("", json=sent)) == ["400", "400", "406", "400", "201"]


async def test_a_transaction_whose_answer_could_not_be_shown_is_not_carried_out(
    client: httpx.AsyncClient,
) -> None:
    for query in ("_summary=x", "_format=xml", "_pretty=perhaps", "name=%ff"):
        sent = bundle("transaction", entry("POST", "Patient", patient()), entry("GET", f"Patient?{query}"))
        answer = await client.post("", json=sent)
        assert answer.status_code == 400, answer.text
        assert answer.json()["issue"][0]["expression"]
    assert (await client.get("Patient?_summary=count")).json()["total"] == 0


async def test_what_is_sent_in_place_of_a_bundle_is_named(client: httpx.AsyncClient) -> None:
    answer = await client.post("", json={"resourceType": "Patient"})
    assert answer.status_code == 400
    said = answer.json()["issue"][0]["diagnostics"]
    assert said == "A Bundle of type transaction or batch is expected; this is a resource of type Patient."
