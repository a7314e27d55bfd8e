"""Transactions and batches: all or nothing, references between entries, two entries for one resource."""

import re
from base64 import b64encode
from typing import Any

import asyncpg
import pytest

from fellesjournal.errors import Broken, Gone, Invalid, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Answered, Parameters
from record.conftest import BASE, EVERYONE, body, bundle, entry, tree

PATIENT: dict[str, Any] = {"resourceType": "Patient", "name": [{"family": "Nordmann"}]}
TWICE = b'{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Patient"},%}]}'
DIV = '<div xmlns="http://www.w3.org/1999/xhtml">'
URN = "urn:uuid:8c5b1d1a-4f61-4c5b-9d0a-1f2e3d4c5b6a"


async def test_entries_refer_to_each_other_before_they_have_ids(record: Record) -> None:
    weight = observation(URN) | {"performer": [{"reference": "urn:oid:1.2.3"}]}
    answers = await transact(
        record,
        entry("POST", "Observation", weight),
        entry("POST", "Patient", PATIENT, URN),
        entry(
            "PUT",
            "Organization/nes",
            {"resourceType": "Organization", "id": "nes", "name": "Nes"},
            "urn:oid:1.2.3",
        ),
    )
    patient = answers[1].stored
    assert patient is not None
    assert [answer.status for answer in answers] == [201, 201, 201]
    stored = tree(answers[0].stored)
    assert stored["subject"]["reference"] == f"Patient/{patient.id}"
    assert stored["performer"][0]["reference"] == "Organization/nes"
    found = await record.search("Observation", [("patient", patient.id)], scope=EVERYONE)
    assert len(found.entries) == 1


async def test_references_are_rewritten_wherever_r4_says_and_nowhere_else(record: Record) -> None:
    home = "http://old.example/fhir"
    document = {
        "resourceType": "DocumentReference",
        "status": "current",
        "identifier": [{"system": URN, "value": URN}],
        "description": URN,
        "subject": {"reference": "Patient/1"},
        "context": {
            "related": [{"reference": f"{home}/Patient/1/_history/7"}],
            "encounter": [{"reference": "Encounter/9"}],
        },
        "content": [{"attachment": {"url": URN, "title": URN}}],
        "extension": [
            {"url": "http://x.example", "valueUri": URN},
            {"url": "http://x.example", "valueString": URN},
        ],
        "text": {
            "status": "generated",
            "div": f'{DIV}{URN} <a href="{URN}">x</a> <a href="Patient/1#name">y</a></div>',
        },
    }
    answers = await transact(
        record,
        entry("POST", "Binary", {"resourceType": "Binary", "contentType": "text/plain"}, URN),
        entry("POST", "Patient", PATIENT, f"{home}/Patient/1"),
        entry("POST", "DocumentReference", document, f"{home}/DocumentReference/2"),
    )
    binary, patient = (f"{a.stored.type}/{a.stored.id}" for a in answers[:2] if a.stored)
    stored = tree(answers[2].stored)
    assert stored["identifier"] == [{"system": binary, "value": URN}]
    assert stored["description"] == URN
    assert stored["subject"]["reference"] == patient
    assert stored["context"]["related"][0]["reference"] == f"{patient}/_history/1"
    assert stored["context"]["encounter"][0]["reference"] == "Encounter/9"
    assert stored["content"][0]["attachment"] == {"url": binary, "title": URN}
    assert [e.get("valueUri", e.get("valueString")) for e in stored["extension"]] == [binary, URN]
    assert stored["text"]["div"] == (
        f'{DIV}{URN} <a href="{binary}">x</a> <a href="{patient}#name">y</a></div>'
    )


async def test_a_reference_by_criteria_finds_what_is_there_or_what_the_bundle_creates(record: Record) -> None:
    doctor = {"resourceType": "Practitioner", "identifier": [{"system": "urn:hpr", "value": "1"}]}
    other = {"resourceType": "Practitioner", "identifier": [{"system": "urn:hpr", "value": "2"}]}
    there = await record.create("Practitioner", body("Practitioner", **without_type(doctor)), scope=EVERYONE)
    weight = observation("Patient/kari")
    weight["performer"] = [
        {"reference": "Practitioner?identifier=urn:hpr|1"},
        {"reference": "Practitioner?identifier=urn:hpr|2"},
    ]
    answers = await transact(
        record,
        entry("POST", "Observation", weight),
        entry("POST", "Practitioner", other, ifNoneExist="identifier=urn:hpr|2"),
    )
    created = answers[1].stored
    assert created is not None
    performers = [one["reference"] for one in tree(answers[0].stored)["performer"]]
    assert performers == [f"Practitioner/{there.stored.id}", f"Practitioner/{created.id}"]


async def test_a_reference_by_criteria_that_match_nothing_stops_the_transaction(record: Record) -> None:
    weight = observation("Patient?identifier=urn:a|none")
    with pytest.raises(PreconditionFailed, match=r"Patient\?identifier=urn:a\|none matches nothing"):
        await transact(record, entry("POST", "Observation", weight))


async def test_one_bad_entry_and_nothing_is_stored_and_every_fault_is_told(record: Record) -> None:
    with pytest.raises(Unprocessable) as refused:
        await transact(
            record,
            entry("POST", "Patient", PATIENT),
            entry("POST", "Patient", PATIENT | {"birthDate": "x"}),
            entry("POST", "Observation", {"resourceType": "Observation"}),
        )
    places = {issue.expression for issue in refused.value.issues}
    assert "Bundle.entry[1].resource.birthDate" in places
    assert any(place.startswith("Bundle.entry[2].resource") for place in places)
    assert (await record.search(None, [], scope=EVERYONE)).entries == []


async def test_a_read_that_finds_nothing_undoes_the_whole_transaction(record: Record) -> None:
    with pytest.raises(NotFound):
        await transact(record, entry("POST", "Patient", PATIENT), entry("GET", "Patient/nobody"))
    assert (await record.search("Patient", [], scope=EVERYONE)).entries == []


async def test_reads_see_what_the_transaction_writes_whatever_their_place(record: Record) -> None:
    kari = PATIENT | {"id": "kari"}
    await transact(record, entry("PUT", "Patient/ola", PATIENT | {"id": "ola"}))
    answers = await transact(
        record,
        entry("GET", "Patient?family=Nordmann"),
        entry("GET", "Patient/kari"),
        entry("PUT", "Patient/kari", kari),
        entry("DELETE", "Patient/ola"),
        entry("GET", "Patient/kari/_history"),
    )
    assert [answer.status for answer in answers] == [200, 200, 201, 204, 200]
    page = answers[0].page
    assert page is not None
    assert [found.stored.id for found in page.entries] == ["kari"]
    assert answers[4].page is not None
    assert answers[4].page.total == 1


async def test_a_transaction_that_has_been_sent_already_resolves_instead_of_failing(record: Record) -> None:
    """fhir-servers.md section 4, row 2."""
    sent = bundle(
        entry("POST", "Patient", numbered("1"), URN, ifNoneExist="identifier=urn:a|1"),
        entry("POST", "Observation", observation(URN)),
    )
    _, first = await record.transact(sent, scope=EVERYONE)
    _, second = await record.transact(sent, scope=EVERYONE)
    assert [answer.status for answer in first] == [201, 201]
    assert [answer.status for answer in second] == [200, 201]
    assert same_id(first[0], second[0])
    assert tree(second[1].stored)["subject"] == tree(first[1].stored)["subject"]


async def test_two_conditional_creates_of_one_thing_in_a_bundle_make_one(record: Record) -> None:
    answers = await transact(
        record,
        entry("POST", "Patient", numbered("1"), URN, ifNoneExist="identifier=urn:a|1"),
        entry("POST", "Patient", numbered("1"), "urn:uuid:2", ifNoneExist="Patient?identifier=urn:a|1"),
        entry("POST", "Observation", observation("urn:uuid:2")),
    )
    assert [answer.status for answer in answers] == [201, 200, 201]
    assert same_id(answers[0], answers[1])
    assert len((await record.search("Patient", [], scope=EVERYONE)).entries) == 1


async def test_two_conditional_puts_of_one_identity_are_refused_instead_of_one_being_dropped(
    record: Record,
) -> None:
    """fhir-servers.md section 4, row 4."""
    puts = [
        entry("PUT", "Patient?identifier=urn:a|1", numbered("1") | {"active": True}),
        entry("PUT", "Patient?identifier=urn:a|1", numbered("1") | {"active": False}),
    ]
    with pytest.raises(Invalid, match="is what entry 0 creates too") as refused:
        await transact(record, *puts)
    assert refused.value.issues[0].expression == "Bundle.entry[1].request"
    await transact(record, puts[0])
    with pytest.raises(Invalid, match=r"is written by Bundle\.entry\[0\] too"):
        await transact(record, *puts)


@pytest.mark.parametrize("second", ["PUT", "DELETE", "PATCH"])
async def test_two_entries_for_one_resource_are_refused(record: Record, second: str) -> None:
    await transact(record, entry("PUT", "Patient/kari", PATIENT | {"id": "kari"}))
    with pytest.raises(Invalid, match="a transaction may write it once"):
        await transact(
            record,
            entry("PUT", "Patient/kari", PATIENT | {"id": "kari", "active": True}),
            entry(second, "Patient/kari", PATIENT | {"id": "kari"}),
        )


async def test_what_is_deleted_in_a_transaction_can_be_created_anew_in_it(record: Record) -> None:
    first = await transact(record, entry("POST", "Patient", numbered("1")))
    assert first[0].stored is not None
    answers = await transact(
        record,
        entry("POST", "Patient", numbered("1"), ifNoneExist="identifier=urn:a|1"),
        entry("DELETE", "Patient?identifier=urn:a|1"),
    )
    assert [answer.status for answer in answers] == [201, 204]
    with pytest.raises(Gone):
        await record.read("Patient", first[0].stored.id, scope=EVERYONE)
    assert len((await record.search("Patient", [("identifier", "1")], scope=EVERYONE)).entries) == 1


async def test_a_version_that_is_not_there_stops_the_transaction(record: Record) -> None:
    await transact(record, entry("PUT", "Patient/kari", PATIENT | {"id": "kari"}))
    for method, resource in (("PUT", PATIENT | {"id": "kari", "active": True}), ("DELETE", None)):
        with pytest.raises(PreconditionFailed) as refused:
            await transact(
                record,
                entry("POST", "Patient", PATIENT),
                entry(method, "Patient/kari", resource, ifMatch='W/"2"'),
            )
        assert refused.value.issues[0].expression.startswith("Bundle.entry[1].request")
    assert len((await record.search("Patient", [], scope=EVERYONE)).entries) == 1


async def test_patches_of_both_kinds_work_inside_a_transaction(record: Record) -> None:
    await transact(record, entry("PUT", "Patient/kari", PATIENT | {"id": "kari"}))
    patch = b64encode(b'[{"op":"add","path":"/active","value":true}]').decode()
    binary = {"resourceType": "Binary", "contentType": "application/json-patch+json", "data": patch}
    operation = [
        {"name": "type", "valueCode": "add"},
        {"name": "path", "valueString": "Patient"},
        {"name": "name", "valueString": "gender"},
        {"name": "value", "valueCode": "female"},
    ]
    parameters = {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": operation}]}
    await transact(record, entry("PATCH", "Patient/kari", binary))
    answers = await transact(record, entry("PATCH", "Patient?family=Nordmann", parameters))
    stored = tree(answers[0].stored)
    assert (stored["active"], stored["gender"], stored["meta"]["versionId"]) == (True, "female", "3")


async def test_unchanged_resources_in_a_transaction_keep_their_version(record: Record) -> None:
    put = entry("PUT", "Patient/kari", PATIENT | {"id": "kari"})
    await transact(record, put)
    answers = await transact(record, put)
    assert answers[0].status == 200
    assert answers[0].stored is not None
    assert answers[0].stored.version == 1


async def test_every_entry_of_a_batch_stands_for_itself(record: Record) -> None:
    kind, answers = await record.transact(
        bundle(
            entry("POST", "Patient", PATIENT),
            entry("POST", "Patient", PATIENT | {"birthDate": "x"}),
            entry("GET", "Patient/nobody"),
            entry("PUT", "Patient/kari", PATIENT | {"id": "kari"}),
            entry("GET", f"{BASE}/Patient/kari", ifNoneMatch='W/"1"'),
            entry("DELETE", "Patient/kari"),
            entry("DELETE", "Patient?active=true"),
            entry("GET", "Patient?_count=1"),
            kind="batch",
        ),
        scope=EVERYONE,
    )
    assert kind == "batch"
    assert [answer.status for answer in answers] == [201, 0, 0, 201, 304, 204, 204, 200]
    assert isinstance(answers[1].fault, Unprocessable)
    assert isinstance(answers[2].fault, NotFound)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b'{"resourceType":"Bundle","type":"searchset"}', "of type 'searchset'"),
        (
            b'{"resourceType":"Patient"}',
            "of type transaction or batch is expected; this is a resource of type Pat",
        ),
        (b'{"resourceType":"List","entry":[{"item":{}}]}', "is expected; this is a resource of type List"),
        (b'{"type":"batch"}', "no resourceType"),
        (b"[]", "no JSON object"),
        (b'{"resourceType":"Bundle"}', "without a type"),
        (b'{"resourceType":"Bundle","type":"batch","type":"transaction"}', '"type" stands twice'),
        (b'{"resourceType":"Bundle","type":"batch","entry":[],"entr\\u0079":[]}', '"entry" stands twice'),
        (TWICE.replace(b"%", b'"fullUrl":"urn:oid:1","fullUrl":"urn:oid:2"'), '"fullUrl" stands twice'),
        (TWICE.replace(b"%", b'"resource":{},"resource":{}'), '"resource" stands twice'),
        (TWICE.replace(b"%", b'"search":{"mode":"x","mode":"y"}'), '"mode" stands twice'),
        (TWICE.replace(b"%", b'"resource":' + b"[" * 100_000), "too deep"),
        (TWICE.replace(b"%", b'"search":' + b"[" * 200 + b"]" * 200), "levels deep"),
        (TWICE.replace(b"%", b'"x":"' + b"x" * 1_000_000 + b'","x":1'), "one of its entries, stands twice"),
        (b'{"resourceType":"Bundle","type":"batch","entry":[{}]}', "missing required field `request`"),
        (b'{"resourceType":"Bundle"', "The JSON ends too early, at line 1"),
        (bundle(entry("POST", "Patient/1", PATIENT)), "no interaction of FHIR R4"),
        (bundle(entry("PUT", "Patient", PATIENT)), "needs an address"),
        (bundle(entry("COPY", "Patient")), "'COPY' is not one of"),
        (bundle(entry("POST", "Patient")), "needs a resource"),
        (bundle(entry("POST", "Pasient", PATIENT)), "no resource type 'Pasient'"),
        (bundle(entry("DELETE", "Patient/1", ifMatch="x")), "is not a version"),
        (bundle(entry("DELETE", "Patient/1", ifMatch='W/"9999999999"')), "is no version"),
        (bundle(entry("GET", "Patient?name=%zz")), "not followed by two hexadecimal digits"),
        (bundle(entry("POST", "Patient", PATIENT, ifNoneExist="name=%ff")), "not UTF-8"),
        (bundle(entry("POST", "$reindex", PATIENT)), "an operation in a batch"),
    ],
)
async def test_a_bundle_that_makes_no_sense_is_refused_with_the_reason(
    record: Record, sent: bytes, said: str
) -> None:
    with pytest.raises(Invalid, match=re.escape(said)):
        await record.transact(sent, scope=EVERYONE)


async def test_a_large_transaction_is_stored_whole(record: Record, pool: asyncpg.Pool) -> None:
    entries = [entry("POST", "Observation", observation(URN)) for _ in range(1_200)]
    answers = await transact(record, entry("POST", "Patient", PATIENT, URN), *entries)
    assert len(answers) == 1_201
    assert await pool.fetchval("select count(*) from resource") == 1_201
    assert await pool.fetchval("select count(distinct citizen) from index_term") == 1


async def test_what_cannot_be_understood_in_a_batch_is_the_answer_to_its_entry(record: Record) -> None:
    _, answers = await record.transact(
        bundle(
            entry("COPY", "Patient"),
            entry("POST", "Patient", PATIENT),
            entry("GET", "Patient?name=%zz"),
            entry("GET", "Patient?_cursor=x"),
            entry("POST", "Pasient", PATIENT),
            kind="batch",
        ),
        scope=EVERYONE,
    )
    assert [answer.status for answer in answers] == [0, 201, 0, 0, 0]
    assert all(isinstance(answers[n].fault, Invalid) for n in (0, 2, 3, 4))


async def test_a_crash_in_a_batch_is_the_answer_to_its_entry(
    record: Record, pool: asyncpg.Pool, caplog: pytest.LogCaptureFixture
) -> None:
    await pool.execute("alter table index_date add constraint no_births check (low > 0)")
    _, answers = await record.transact(
        bundle(
            entry("POST", "Patient", PATIENT),
            entry("POST", "Patient", PATIENT | {"birthDate": "1950-01-01"}),
            entry("POST", "Patient", PATIENT),
            kind="batch",
        ),
        scope=EVERYONE,
    )
    assert [answer.status for answer in answers] == [201, 0, 201]
    assert isinstance(answers[1].fault, Broken)
    assert "Bundle.entry[1] of a batch failed: POST Patient" in caplog.text


async def test_a_parameter_that_cannot_be_shown_stops_a_transaction_before_it_is_stored(
    record: Record,
) -> None:
    def check(parameters: Parameters) -> None:
        if parameters:
            raise Invalid(f"{parameters} cannot be shown.")

    entries = entry("POST", "Patient", PATIENT), entry("GET", "Patient?_format=x"), entry("GET", "Patient")
    with pytest.raises(Invalid, match="cannot be shown") as refused:
        await record.transact(bundle(*entries), scope=EVERYONE, check_read=check)
    assert refused.value.issues[0].expression == "Bundle.entry[1].request"
    _, answers = await record.transact(bundle(*entries, kind="batch"), scope=EVERYONE, check_read=check)
    assert [answer.status for answer in answers] == [201, 0, 200]


@pytest.mark.parametrize("urn", ["urn:uuid:00000000-0000-0000-0000-000000000000", "urn:oid:1.2.3"])
async def test_a_reference_to_an_entry_that_is_not_there_stops_the_transaction(
    record: Record, urn: str
) -> None:
    sent = observation(urn) | {"identifier": [{"system": urn}]}
    with pytest.raises(Invalid, match=f"{urn} in the resource is the fullUrl of no entry") as refused:
        await transact(record, entry("POST", "Patient", PATIENT, URN), entry("POST", "Observation", sent))
    assert [issue.expression for issue in refused.value.issues] == ["Bundle.entry[1].resource"]
    assert (await record.search(None, [], scope=EVERYONE)).entries == []
    await transact(record, entry("POST", "Patient", PATIENT | {"identifier": [{"system": urn}]}))


async def test_no_entry_reaches_into_the_record_of_another_citizen(record: Record) -> None:
    await transact(record, entry("PUT", "Observation/w", observation("Patient/kari") | {"id": "w"}))
    patch = b64encode(b'[{"op":"replace","path":"/subject/reference","value":"Patient/ola"}]').decode()
    binary = {"resourceType": "Binary", "contentType": "application/json-patch+json", "data": patch}
    kari, ola = (Scope.of(key_of(f"Patient/{id}")) for id in ("kari", "ola"))
    with pytest.raises(NotFound):
        await record.transact(bundle(entry("PATCH", "Observation/w", binary)), scope=kari)
    of_ola = observation("Patient/ola") | {"id": "w"}
    for scope, method, url in (
        (kari, "PUT", "Observation/w"),
        (kari, "POST", "Observation"),
        (ola, "PUT", "Observation/w"),
        (ola, "PUT", "Observation?status=amended"),
    ):
        with pytest.raises(NotFound):
            await record.transact(bundle(entry(method, url, of_ola)), scope=scope)
    for version in ('W/"1"', 'W/"2"'):
        put = entry("PUT", "Observation/w", of_ola, ifMatch=version)
        with pytest.raises(PreconditionFailed, match="but there is no Observation/w"):
            await record.transact(bundle(put), scope=ola)
    assert (await record.read("Observation", "w", scope=kari)).version == 1


async def transact(record: Record, *entries: dict[str, Any]) -> list[Answered]:
    _, answers = await record.transact(bundle(*entries), scope=EVERYONE)
    return answers


def observation(subject: str) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7", "display": "Vekt"}]},
        "subject": {"reference": subject},
    }


def numbered(number: str) -> dict[str, Any]:
    return PATIENT | {"identifier": [{"system": "urn:a", "value": number}]}


def without_type(resource: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in resource.items() if name != "resourceType"}


def same_id(one: Answered, other: Answered) -> bool:
    assert one.stored is not None
    assert other.stored is not None
    return one.stored.id == other.stored.id
