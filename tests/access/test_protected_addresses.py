"""Kode 6 and 7: what tells where a protected citizen is, in every path there is. Every protected value is a
marker, and no marker may come out.
"""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import asyncpg
import msgspec
import pytest

from access.conftest import EVERYONE, block, patient, put, scope, shut_out, stay
from fellesjournal.errors import Conflict, Fault, Forbidden, Issue, Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.json import decode_exact
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.norway.protection import EXTENSION
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.search.search import Search
from fellesjournal.record.stored import Parameters, Stored
from record.conftest import make_parts

KEEPER = Scope.everyone(unveiled=True)
NURSE = scope("Organization/qqward")
GP = scope("Organization/qqoffice")
BLIND = {"nurse": NURSE, "gp": GP, "system": EVERYONE, "citizen": Scope.of(key_of("Patient/kari"))}
MARK = b"qq"
"""Every protected value holds it, and nothing else does."""
PROTECTION = [{"url": EXTENSION, "valueCode": "strengtFortrolig"}]
ADDRESS = {"line": ["Qqveien 1"], "city": "Qqby", "postalCode": "qq99", "text": "hos qqnavn"}
PHONE = {"system": "phone", "value": "qq4711", "use": "mobile"}


_KARI = {"reference": "Patient/kari"}
_CODE = {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]}
_OF_KARI: list[dict[str, Any]] = [
    {
        "resourceType": "Patient",
        "id": "kari",
        "meta": {"source": "urn:qqsource"},
        "extension": [
            *PROTECTION,
            {
                "url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
                "valueAddress": ADDRESS,
            },
        ],
        "text": {
            "status": "generated",
            "div": '<div xmlns="http://www.w3.org/1999/xhtml">Kari, qqtext</div>',
        },
        "name": [{"family": "Nordmann", "given": ["Kari"]}],
        "identifier": [{"system": "urn:x", "value": "1", "assigner": {"display": "qqassigner"}}],
        "_birthDate": {"extension": [{"url": "http://x.no/y", "valueString": "kept"}]},
        "birthDate": "1980-01-01",
        "telecom": [PHONE, {"system": "email", "value": "qq@qq.no"}],
        "address": [ADDRESS],
        "contact": [{"name": {"family": "Qqmor"}, "telecom": [PHONE], "address": ADDRESS}],
        "generalPractitioner": [{"reference": "Organization/qqoffice"}],
        "managingOrganization": {"reference": "Organization/qqward", "display": "qqward"},
    },
    {
        "resourceType": "Encounter",
        "id": "stay",
        "status": "in-progress",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "subject": _KARI,
        "serviceProvider": {"reference": "Organization/qqward"},
        "period": {"start": "2026-11-20"},
        "location": [
            {"location": {"reference": "Location/qqroom"}, "period": {"start": "2026-11-20"}},
            {"location": {"reference": "Location/qqhall"}, "period": {"start": "2026-11-21"}},
        ],
    },
    {
        "resourceType": "Appointment",
        "id": "hour",
        "start": "2026-11-23T10:00:00Z",
        "end": "2026-11-23T10:30:00Z",
        "status": "booked",
        "participant": [
            {"actor": _KARI, "status": "accepted"},
            {"actor": {"reference": "HealthcareService/qqservice"}, "status": "accepted"},
        ],
        "slot": [{"reference": "Slot/qqslot"}],
    },
    {
        "resourceType": "RelatedPerson",
        "id": "mother",
        "patient": _KARI,
        "address": [ADDRESS],
        "telecom": [PHONE],
    },
    {
        "resourceType": "Observation",
        "id": "o",
        "status": "final",
        "code": _CODE,
        "subject": _KARI,
        "valueQuantity": {"value": 120.50, "unit": "mmHg"},
        "performer": [{"reference": "#lab"}, {"reference": "Practitioner/lege"}],
        "contained": [{"resourceType": "Organization", "id": "lab", "name": "Qqlab"}],
    },
    {
        "resourceType": "DocumentReference",
        "id": "d",
        "status": "current",
        "subject": _KARI,
        "custodian": {"reference": "Organization/qqward"},
        "content": [{"attachment": {"contentType": "text/plain", "url": "https://qqhost.no/1"}}],
    },
    block("shut", "kari", actor=shut_out("Organization/qqclinic")),
]


def of_kari() -> list[dict[str, Any]]:
    """One of each kind of resource that tells where Kari is."""
    return deepcopy(_OF_KARI)


async def region(record: Record) -> None:
    """The places, and Kari, and Ola who shares them and is not protected."""
    for kind, id in (("Organization", "qqward"), ("Organization", "qqoffice"), ("Location", "qqroom")):
        await put(record, {"resourceType": kind, "id": id, "name": id})
    for resource in of_kari():
        await put(record, resource, KEEPER)
    await put(record, patient("ola", address=[{"city": "Oslo"}]))


@pytest.fixture
async def protected(record: Record) -> Record:
    await region(record)
    return record


def marked(found: Stored) -> bool:
    return MARK in (found.body or b"").lower()


def blind_of(name: str) -> Scope:
    return BLIND[name]


def tree(found: Stored) -> Any:
    """A stored resource without what every version has of its own."""
    said = decode_exact(found.body or b"{}")
    said["meta"] = {k: v for k, v in said.get("meta", {}).items() if k not in ("versionId", "lastUpdated")}
    return said


def written(resource: dict[str, Any]) -> Any:
    said = decode_exact(msgspec.json.encode(resource))
    return {**said, "meta": said.get("meta", {})}


async def all_clear(pool: asyncpg.Pool) -> None:
    """No marker of Kari's stands in any table but that of the full forms, nor in what PostgreSQL samples."""
    names = await pool.fetch(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind in ('r', 'p') and n.nspname = current_schema() and c.relname <> 'protected_body'"
    )
    places = [key_of(f"{kind}/{id}") for kind, id in SHARED]
    for (name,) in names:
        shared = name.startswith(("index", "resource"))
        for row in await pool.fetch(f"select * from {name}"):
            if row.get("key") in places or (row.get("citizen") == 0 and shared):
                continue
            clear(row.values(), name)
    samples = await pool.fetch(
        "select tablename, most_common_vals::text, histogram_bounds::text, most_common_elems::text"
        " from pg_stats where schemaname = current_schema() and tablename <> 'identity'"
    )
    for row in samples:
        for value in row.values():
            assert b"qqveien" not in str(value).lower().encode(), dict(row)


def clear(values: Iterable[Any], name: str) -> None:
    for value in values:
        found = value if isinstance(value, bytes) else str(value).encode()
        assert MARK not in found.lower(), (name, value)


SHARED = (("Organization", "qqward"), ("Organization", "qqoffice"), ("Location", "qqroom"))


@pytest.mark.parametrize("name", BLIND)
async def test_no_read_search_or_history_tells_where_a_protected_citizen_is(
    protected: Record, name: str
) -> None:
    within = blind_of(name)
    for resource in of_kari():
        kind, id = resource["resourceType"], resource["id"]
        found = [
            await protected.read(kind, id, scope=within),
            await protected.vread(kind, id, 1, scope=within),
            *(e.stored for e in (await protected.history(kind, id, [], scope=within)).entries),
            *(e.stored for e in (await protected.search(kind, [], scope=within)).entries),
        ]
        assert all(b'"MASKED"' in (one.body or b"") for one in found if one.id == id)
        assert not any(map(marked, found))
    everything = (await protected.everything("kari", [], scope=within)).entries
    whole = (await protected.history(None, None, [], scope=within)).entries
    assert len(everything) >= len(of_kari())
    assert not any(marked(e.stored) for e in (*everything, *whole) if e.stored.citizen)


async def test_who_may_see_it_gets_what_was_written(protected: Record) -> None:
    for resource in of_kari():
        kind, id = resource["resourceType"], resource["id"]
        assert tree(await protected.read(kind, id, scope=KEEPER)) == written(resource)
        assert tree(await protected.vread(kind, id, 1, scope=KEEPER)) == written(resource)
        for page in (
            await protected.search(kind, [("_id", id)], scope=KEEPER),
            await protected.history(kind, id, [], scope=KEEPER),
        ):
            assert tree(page.entries[0].stored) == written(resource)


async def test_no_search_by_any_parameter_finds_by_what_is_hidden(
    protected: Record, definitions: Definitions
) -> None:
    parameters = make_parts(definitions)[2]
    values = ("qq", "Qqveien 1", "qq99", "qq4711", "Organization/qqward", "Organization/qqoffice")
    places = ("Location/qqroom", "HealthcareService/qqservice", "https://qqhost.no/1", "urn:qqsource")
    for resource in of_kari():
        kind = resource["resourceType"]
        for name, parameter in parameters[kind].items():
            if parameter.kind not in ("string", "token", "reference", "uri"):
                continue
            for value in (*values, *places):
                for modifier in ("", ":contains", ":exact", ":text", ":identifier"):
                    asked: Parameters = [(name + modifier, value)]
                    try:
                        page = await protected.search(kind, asked, scope=EVERYONE)
                    except Fault:
                        continue
                    assert not page.entries, asked
        for name in ("_content", "_text"):
            page = await protected.search(kind, [(name, "qqtext")], scope=EVERYONE)
            assert not page.entries
    for chain in ("organization.name", "general-practitioner:Organization.name"):
        assert not (await protected.search("Patient", [(chain, "qqward")], scope=EVERYONE)).entries
    asked = [("_has:Encounter:patient:service-provider", "Organization/qqward")]
    assert not (await protected.search("Patient", asked, scope=EVERYONE)).entries
    included = await protected.search("Encounter", [("_include", "*")], scope=EVERYONE)
    assert not any(e.stored.type in ("Organization", "Location") for e in included.entries)


async def test_no_table_but_one_holds_it(protected: Record, pool: asyncpg.Pool) -> None:
    await pool.execute("analyze")
    await all_clear(pool)


async def test_a_block_of_a_unit_is_kept_and_lifted_by_who_does_not_see_which(protected: Record) -> None:
    clinic = scope("Organization/qqclinic")
    visit = stay("visit", "kari", "qqclinic", "2026-11-20")
    await put(protected, visit, KEEPER)
    assert not (await protected.search("Observation", [], scope=clinic)).entries
    seen = msgspec.json.decode((await protected.read("Consent", "shut", scope=NURSE)).body or b"")
    await put(protected, seen | {"language": "nb"}, NURSE)
    assert not (await protected.search("Observation", [], scope=clinic)).entries
    seen = msgspec.json.decode((await protected.read("Consent", "shut", scope=NURSE)).body or b"")
    await put(protected, seen | {"status": "inactive"}, NURSE)
    assert (await protected.search("Observation", [], scope=clinic)).entries
    with pytest.raises(Unprocessable, match="reference"):
        await put(protected, seen | {"id": "new"}, NURSE)


def _parameter(base: str, expression: str, kind: str) -> dict[str, Any]:
    url = f"http://x.no/SearchParameter/asked-{base.lower()}"
    made = {"resourceType": "SearchParameter", "id": f"asked-{base.lower()}", "url": url, "name": "Asked"}
    described = {"description": "x", "status": "active", "code": "asked", "base": [base], "type": kind}
    return made | described | {"expression": expression}


async def test_a_posted_search_parameter_finds_nothing_that_is_hidden(protected: Record) -> None:
    await put(protected, _parameter("Patient", "Patient.address.line", "string"))
    await put(protected, _parameter("Consent", "Consent.status", "token"))
    done = await protected.reindex(None, scope=EVERYONE)
    assert set(done.resources) == {"Patient", "Consent"}
    for within in (EVERYONE, KEEPER):
        assert not (await protected.search("Patient", [("asked", "qqveien")], scope=within)).entries
    found = await protected.search("Consent", [("asked", "active")], scope=EVERYONE)
    assert [entry.stored.id for entry in found.entries] == ["shut"]
    await put(protected, stay("visit", "kari", "qqclinic", "2026-11-20"), KEEPER)
    clinic = scope("Organization/qqclinic")
    assert not (await protected.search("Observation", [], scope=clinic)).entries


async def test_protection_that_comes_after_masks_all_that_is_stored_and_its_past(
    record: Record, pool: asyncpg.Pool
) -> None:
    resources = of_kari()
    del resources[0]["extension"]
    for language in ("nb", "nn"):
        for resource in resources:
            await put(record, resource | {"language": language}, KEEPER)
    await record.delete("DocumentReference", "d", scope=KEEPER)
    assert marked(await record.read("Patient", "kari", scope=NURSE))
    await put(record, of_kari()[0], KEEPER)
    await all_clear_of_kari(record, pool)
    past = await record.vread("Encounter", "stay", 1, scope=KEEPER)
    assert tree(past) == written(resources[1] | {"language": "nb"})
    assert (await record.search("Encounter", [], scope=NURSE)).entries, "care is kept"
    await put(record, resources[0], KEEPER)
    assert marked(await record.read("Patient", "kari", scope=NURSE))
    assert await pool.fetchval("select count(*) from protected_body") == 0
    found = await record.search("Patient", [("address", "qqveien")], scope=NURSE)
    assert [entry.stored.id for entry in found.entries] == ["kari"]


async def all_clear_of_kari(record: Record, pool: asyncpg.Pool) -> None:
    await all_clear(pool)
    for entry in (await record.history(None, None, [], scope=NURSE)).entries:
        assert not marked(entry.stored) or not entry.stored.citizen


async def test_who_does_not_see_it_changes_the_rest_and_loses_nothing(protected: Record) -> None:
    for resource in of_kari():
        kind, id = resource["resourceType"], resource["id"]
        seen = await protected.read(kind, id, scope=NURSE)
        assert seen.body
        same = await protected.update(kind, id, seen.body, scope=NURSE)
        assert not same.changed
        assert not marked(same.stored)
        changed = {**msgspec.json.decode(seen.body), "language": "nn"}
        answer = await protected.update(kind, id, msgspec.json.encode(changed), scope=NURSE, if_match=1)
        assert answer.stored.version == 2
        assert not marked(answer.stored)
        full = await protected.read(kind, id, scope=KEEPER)
        assert tree(full) == written(resource | {"language": "nn"})
        patch = b'[{"op":"replace","path":"/language","value":"nb"}]'
        patched = await protected.patch(kind, id, patch, scope=NURSE)
        assert not marked(patched.stored)
        assert tree(await protected.read(kind, id, scope=KEEPER)) == written(resource | {"language": "nb"})


async def test_who_does_not_see_it_can_neither_remove_nor_replace_it(protected: Record) -> None:
    stay = msgspec.json.decode((await protected.read("Encounter", "stay", scope=NURSE)).body or b"")
    fewer = {**stay, "location": stay["location"][:1]}
    with pytest.raises(Forbidden, match="masked"):
        await put(protected, fewer, NURSE)
    other = {**stay, "serviceProvider": {"reference": "Organization/elsewhere"}}
    with pytest.raises(Forbidden, match="serviceProvider"):
        await put(protected, other, NURSE)
    await put(protected, stay | {"language": "nb"}, NURSE)
    with pytest.raises(Conflict, match="version 1"):
        await put(protected, stay, NURSE)


async def test_who_does_not_see_it_cannot_lift_or_change_the_protection(protected: Record) -> None:
    seen = msgspec.json.decode((await protected.read("Patient", "kari", scope=NURSE)).body or b"")
    rest = [one for one in seen["extension"] if one["url"] != EXTENSION]
    lower = [{"url": EXTENSION, "valueCode": "fortrolig"}]
    for within in (NURSE, EVERYONE, BLIND["citizen"]):
        for extension in (rest, [*lower, *rest]):
            with pytest.raises(Forbidden, match="protection"):
                await put(protected, seen | {"extension": extension}, within)
        for patch in (
            b'[{"op":"remove","path":"/extension/0"}]',
            b'[{"op":"replace","path":"/extension/0/valueCode","value":"ugradert"}]',
        ):
            with pytest.raises(Forbidden, match="protection"):
                await protected.patch("Patient", "kari", patch, scope=within)
        request = {"method": "PUT", "url": "Patient/kari"}
        entries = [{"resource": seen | {"extension": rest}, "request": request}]
        sent = msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})
        with pytest.raises(Forbidden, match="protection"):
            await protected.transact(sent, scope=within)
    assert not marked(await protected.read("Encounter", "stay", scope=NURSE))


async def test_a_deleted_patient_does_not_come_back_without_the_protection(protected: Record) -> None:
    await protected.delete("Patient", "kari", scope=EVERYONE)
    with pytest.raises(Forbidden, match="protection"):
        await put(protected, patient("kari"), EVERYONE)
    for kind, id in (("Patient", "kari"), ("Encounter", "stay")):
        assert not marked(await protected.vread(kind, id, 1, scope=EVERYONE))
    await put(protected, patient("kari", extension=PROTECTION), EVERYONE)
    assert not marked(await protected.read("Encounter", "stay", scope=EVERYONE))


async def test_who_does_not_see_it_sets_a_protection(record: Record) -> None:
    unprotected = of_kari()
    del unprotected[0]["extension"]
    for resource in unprotected:
        await put(record, resource, KEEPER)
    await put(record, of_kari()[0], NURSE)
    for resource in unprotected:
        assert not marked(await record.read(resource["resourceType"], resource["id"], scope=NURSE))


async def test_who_does_not_see_it_moves_nothing_into_an_open_record(protected: Record) -> None:
    seen = msgspec.json.decode((await protected.read("RelatedPerson", "mother", scope=NURSE)).body or b"")
    moved = seen | {"patient": {"reference": "Patient/ola"}}
    with pytest.raises(Forbidden, match="another citizen"):
        await put(protected, moved, EVERYONE)
    await put(protected, moved, KEEPER)
    assert marked(await protected.read("RelatedPerson", "mother", scope=EVERYONE))
    assert not marked(await protected.vread("RelatedPerson", "mother", 1, scope=EVERYONE))


_MOVES: list[tuple[str, str, bytes]] = [
    ("Patient", "kari", b'[{"op":"move","from":"/telecom/1","path":"/identifier/-"}]'),
    ("Patient", "kari", b'[{"op":"move","from":"/telecom/1","path":"/address/-"}]'),
    ("Patient", "kari", b'[{"op":"move","from":"/address/0","path":"/maritalStatus"}]'),
    ("Patient", "kari", b'[{"op":"move","from":"/address/0","path":"/name/0"}]'),
    ("Patient", "kari", b'[{"op":"move","from":"/meta/_source","path":"/_language"}]'),
    ("Encounter", "stay", b'[{"op":"move","from":"/serviceProvider","path":"/subject"}]'),
    ("Appointment", "hour", b'[{"op":"copy","from":"/participant/1/actor","path":"/participant/0/actor"}]'),
    (
        "DocumentReference",
        "d",
        b'[{"op":"add","path":"/extension","value":[{"valueString":"x"}]},'
        b'{"op":"move","from":"/content/0/attachment/_url","path":"/extension/0/_url"},'
        b'{"op":"add","path":"/content/0/attachment/title","value":"x"}]',
    ),
]


@pytest.mark.parametrize(("kind", "id", "patch"), _MOVES)
async def test_what_is_masked_is_not_read_from_the_place_of_something_else(
    protected: Record, kind: str, id: str, patch: bytes
) -> None:
    with pytest.raises((Forbidden, Unprocessable)) as refused:
        await protected.patch(kind, id, patch, scope=NURSE)
    told = str(refused.value).lower().encode()
    assert not any(value in told for value in (MARK, b"mobile", b"phone", b"email")), told


async def test_a_contained_resource_does_not_take_the_place_of_a_hidden_one(protected: Record) -> None:
    seen = msgspec.json.decode((await protected.read("Observation", "o", scope=NURSE)).body or b"")
    other = {"resourceType": "Organization", "id": "lab", "name": "elsewhere"}
    taken = seen | {"contained": [other], "device": {"reference": "#lab"}}
    with pytest.raises(Forbidden, match="in use"):
        await put(protected, taken, NURSE)
    assert marked(await protected.read("Observation", "o", scope=KEEPER))


async def test_what_is_hidden_is_not_judged_for_who_does_not_see_it(
    protected: Record, pool: asyncpg.Pool, definitions: Definitions
) -> None:
    """A profile of the writer's own choice could ask whether the street begins with a letter."""
    validator, extractor, parameters = make_parts(definitions)

    def prying(resource: dict[str, Any]) -> list[Issue]:
        hidden = MARK in msgspec.json.encode(resource).lower()
        return [Issue("invariant", "It begins with Q.")] if hidden else list(validator.validate(resource))

    search = Search(Registry(parameters), definitions)
    asking = Record(pool, definitions, prying, extractor.extract, search)
    seen = msgspec.json.decode((await asking.read("Patient", "kari", scope=NURSE)).body or b"")
    await put(asking, seen | {"language": "nn"}, NURSE)
    assert tree(await protected.read("Patient", "kari", scope=KEEPER))["language"] == "nn"
    with pytest.raises(Unprocessable):
        await put(asking, seen | {"language": "nb"} | {"address": [ADDRESS]}, KEEPER)


async def test_a_protection_that_comes_to_a_person_of_no_citizen_masks_the_past_too(
    record: Record, pool: asyncpg.Pool
) -> None:
    person = {"resourceType": "Person", "id": "p", "address": [ADDRESS]}
    await put(record, person, KEEPER)
    await put(record, person | {"id": "q"}, KEEPER)
    await put(record, person | {"extension": PROTECTION}, KEEPER)
    for version in (1, 2):
        assert not marked(await record.vread("Person", "p", version, scope=EVERYONE))
        assert marked(await record.vread("Person", "p", version, scope=KEEPER))
    assert marked(await record.read("Person", "q", scope=EVERYONE))
    await put(record, person, KEEPER)
    assert marked(await record.vread("Person", "p", 1, scope=EVERYONE))
    assert await pool.fetchval("select count(*) from protected_body") == 0


async def test_a_transaction_tells_no_more_than_a_write(protected: Record) -> None:
    for kind, within, language in (
        ("transaction", EVERYONE, "nb"),
        ("transaction", KEEPER, "nn"),
        ("batch", NURSE, "nb"),
        ("batch", KEEPER, "nn"),
    ):
        kari = msgspec.json.decode((await protected.read("Patient", "kari", scope=within)).body or b"")
        entries = [
            {
                "resource": kari | {"language": language},
                "request": {"method": "PUT", "url": "Patient/kari"},
            },
            {"request": {"method": "GET", "url": "Encounter/stay"}},
            {"request": {"method": "GET", "url": "Patient?_id=kari"}},
        ]
        bundle = msgspec.json.encode({"resourceType": "Bundle", "type": kind, "entry": entries})
        answers = (await protected.transact(bundle, scope=within))[1]
        assert answers[0].stored
        assert answers[1].stored
        assert answers[2].page
        seen = [answers[0].stored, answers[1].stored, answers[2].page.entries[0].stored]
        assert list(map(marked, seen)) == [within.unveiled] * 3
    full = await protected.read("Patient", "kari", scope=KEEPER)
    assert tree(full) == written(of_kari()[0] | {"language": "nn"})
