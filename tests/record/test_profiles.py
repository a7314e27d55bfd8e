"""Profiles that are posted: every resource is held to them at once, in this process and in others."""

import asyncio
from typing import Any

import asyncpg
import msgspec
import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local, fault
from fellesjournal.record.profiles import StoredProfiles
from fellesjournal.record.record import Record
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.search.search import Search
from record.conftest import EVERYONE, body, bundle, entry, make_parts

URL = "http://example.org/StructureDefinition/named"


def profile(id: str = "named", *, least: int = 1, **more: Any) -> dict[str, Any]:
    """A Patient must have a name."""
    return {
        "resourceType": "StructureDefinition",
        "id": id,
        "url": URL,
        "name": "Named",
        "status": "active",
        "kind": "resource",
        "abstract": False,
        "type": "Patient",
        "baseDefinition": "http://hl7.org/fhir/StructureDefinition/Patient",
        "derivation": "constraint",
        "differential": {
            "element": [
                {"id": "Patient", "path": "Patient"},
                {"id": "Patient.name", "path": "Patient.name", "min": least},
            ]
        },
        **more,
    }


@pytest.fixture
def profiles(definitions: Definitions) -> StoredProfiles:
    return StoredProfiles(definitions)


@pytest.fixture
def record(pool: asyncpg.Pool, definitions: Definitions, profiles: StoredProfiles) -> Record:
    return made(pool, definitions, profiles)


def made(pool: asyncpg.Pool, definitions: Definitions, profiles: StoredProfiles) -> Record:
    _, extractor, parameters = make_parts(definitions)
    search = Search(Registry(parameters), definitions)
    record = Record(pool, definitions, profiles.validate, extractor.extract, search)
    record.follow(profiles)
    return record


def nameless(**more: Any) -> bytes:
    return body("Patient", meta={"profile": [URL]}, active=True, **more)


async def put(record: Record, tree: dict[str, Any]) -> None:
    await record.update("StructureDefinition", tree["id"], msgspec.json.encode(tree), scope=EVERYONE)


async def test_a_profile_counts_from_the_moment_it_is_posted(record: Record) -> None:
    await record.create("Patient", nameless(), scope=EVERYONE)
    await put(record, profile())
    with pytest.raises(Unprocessable, match="At least 1 is required"):
        await record.create("Patient", nameless(), scope=EVERYONE)
    await record.create("Patient", body("Patient", active=True), scope=EVERYONE)


async def test_a_changed_profile_counts_as_it_is_now(record: Record) -> None:
    await put(record, profile())
    await put(record, profile(least=0))
    await record.create("Patient", nameless(), scope=EVERYONE)


@pytest.mark.parametrize("way", ["retired", "deleted"])
async def test_a_profile_that_is_retired_or_deleted_counts_no_more(record: Record, way: str) -> None:
    await put(record, profile())
    if way == "deleted":
        await record.delete("StructureDefinition", "named", scope=EVERYONE)
    else:
        await put(record, profile(status="retired"))
    await record.create("Patient", nameless(), scope=EVERYONE)


async def test_a_profile_in_a_transaction_counts_afterwards(record: Record) -> None:
    posted = bundle(entry("PUT", "StructureDefinition/named", profile()))
    await record.transact(posted, scope=EVERYONE)
    with pytest.raises(Unprocessable):
        await record.create("Patient", nameless(), scope=EVERYONE)


async def test_a_profile_that_cannot_be_compiled_refuses_nothing(record: Record) -> None:
    unknown = profile(baseDefinition="http://example.org/StructureDefinition/unknown")
    await record.transact(bundle(entry("PUT", "StructureDefinition/named", unknown)), scope=EVERYONE)
    await record.create("Patient", nameless(), scope=EVERYONE)


@pytest.mark.parametrize(
    ("element", "place"),
    [
        ({"id": "Patient.bithDate", "path": "Patient.bithDate", "min": 1}, "path"),
        (
            {
                "id": "Patient.name",
                "path": "Patient.name",
                "constraint": [
                    {"key": "n-1", "severity": "error", "human": "Named", "expression": "given.exists(("}
                ],
            },
            "constraint[0].expression",
        ),
    ],
)
async def test_a_profile_that_would_never_hold_is_refused_when_it_is_written(
    record: Record, element: dict[str, Any], place: str
) -> None:
    faulty = profile(differential={"element": [{"id": "Patient", "path": "Patient"}, element]})
    expected = f"StructureDefinition.differential.element[1].{place}"
    with pytest.raises(Unprocessable) as refusal:
        await put(record, faulty)
    assert [issue.expression for issue in refusal.value.issues] == [expected]
    with pytest.raises(Unprocessable) as refusal:
        await record.transact(bundle(entry("PUT", "StructureDefinition/named", faulty)), scope=EVERYONE)
    assert refusal.value.issues[0].expression.endswith(expected.removeprefix("StructureDefinition."))


@pytest.fixture
def other(pool: asyncpg.Pool, definitions: Definitions) -> Record:
    """The record in another process, which is told nothing."""
    return made(pool, definitions, StoredProfiles(definitions))


async def test_a_write_through_another_process_is_held_to_a_profile_at_once(
    record: Record, other: Record
) -> None:
    await other.create("Patient", nameless(), scope=EVERYONE)
    await put(record, profile())
    for write in (
        other.create("Patient", nameless(), scope=EVERYONE),
        other.update("Patient", "p", nameless(id="p"), scope=EVERYONE),
        other.transact(bundle(entry("POST", "Patient", msgspec.json.decode(nameless()))), scope=EVERYONE),
    ):
        with pytest.raises(Unprocessable, match="At least 1 is required"):
            await write
    await put(record, profile(least=0))
    await other.create("Patient", nameless(), scope=EVERYONE)
    await put(record, profile())
    _, [answer] = await other.transact(
        bundle(entry("POST", "Patient", msgspec.json.decode(nameless())), kind="batch"), scope=EVERYONE
    )
    assert isinstance(answer.fault, Unprocessable)
    await record.delete("StructureDefinition", "named", scope=EVERYONE)
    await other.create("Patient", nameless(), scope=EVERYONE)


async def test_a_patch_through_another_process_is_held_to_what_the_resource_declares(
    record: Record, other: Record
) -> None:
    await other.update("Patient", "p", nameless(id="p"), scope=EVERYONE)
    await put(record, profile())
    patch = b'[{"op": "add", "path": "/active", "value": false}]'
    with pytest.raises(Unprocessable, match="At least 1 is required"):
        await other.patch("Patient", "p", patch, scope=EVERYONE)


async def test_a_profile_declared_with_escapes_is_looked_for_too(record: Record, other: Record) -> None:
    await other.create("Patient", body("Patient"), scope=EVERYONE)
    await put(record, profile())
    escaped = nameless().replace(b'"profile"', b'"pr\\u006ffile"')
    with pytest.raises(Unprocessable, match="At least 1 is required"):
        await other.create("Patient", escaped, scope=EVERYONE)


async def test_many_writers_notice_a_changed_profile_with_few_connections(
    database_url: str, record: Record, definitions: Definitions
) -> None:
    async with asyncpg.create_pool(database_url, min_size=1, max_size=2) as few:
        other = made(few, definitions, StoredProfiles(definitions))
        await put(record, profile())
        writes = [other.create("Patient", nameless(), scope=EVERYONE) for _ in range(20)]
        found = await asyncio.wait_for(asyncio.gather(*writes, return_exceptions=True), 30)
    assert all(isinstance(one, Unprocessable) for one in found)


async def test_a_profile_based_on_what_is_not_here_is_refused_when_it_is_written_alone(
    record: Record,
) -> None:
    base = "http://example.org/StructureDefinition/base"
    resting = profile(baseDefinition=base)
    with pytest.raises(Unprocessable) as refusal:
        await put(record, resting)
    [issue] = refusal.value.issues
    assert (issue.code, issue.expression) == ("not-found", "StructureDefinition.baseDefinition")
    assert f"The base {base} is not known here" in issue.diagnostics
    both = bundle(
        entry("PUT", "StructureDefinition/named", resting),
        entry("PUT", "StructureDefinition/base", profile("base", url=base)),
    )
    await record.transact(both, scope=EVERYONE)
    with pytest.raises(Unprocessable):
        await record.create("Patient", nameless(), scope=EVERYONE)
    await put(record, profile(baseDefinition=f"{base}|9", least=0))
    left_alone: tuple[dict[str, Any], ...] = ({"status": "retired"}, {"derivation": "specialization"})
    for more in left_alone:
        await put(record, profile("other", url=f"{URL}-o", baseDefinition=f"{base}-none", **more))


async def test_versions_of_a_profile_are_told_apart(record: Record, profiles: StoredProfiles) -> None:
    def declaring(version: str) -> bytes:
        return body("Patient", meta={"profile": [f"{URL}|{version}"]}, active=True)

    await put(record, profile("strict", version="1.2"))
    await put(record, profile("loose", version="1.3", least=0))
    with pytest.raises(Unprocessable):
        await record.create("Patient", declaring("1.2"), scope=EVERYONE)
    await record.create("Patient", declaring("1.3"), scope=EVERYONE)
    await record.create("Patient", nameless(), scope=EVERYONE)
    await record.create("Patient", declaring("1.4"), scope=EVERYONE)
    [told] = profiles.validator.review({"resourceType": "Patient"}, [f"{URL}|1.4"])[:1]
    assert (told.severity, told.code) == ("error", "not-found")
    assert 'not known here in that version; "1.3" is' in told.diagnostics


async def test_a_profile_without_a_version_is_meant_by_every_version(record: Record) -> None:
    await put(record, profile())
    with pytest.raises(Unprocessable):
        await record.create(
            "Patient", body("Patient", meta={"profile": [f"{URL}|7"]}, active=True), scope=EVERYONE
        )


async def test_the_value_sets_that_bind_firmly_are_told(record: Record, profiles: StoredProfiles) -> None:
    def bound(path: str, strength: str, value_set: str) -> dict[str, Any]:
        binding = {"strength": strength, "valueSet": value_set}
        return {"id": path, "path": path, "binding": binding}

    elements = [
        {"id": "Patient", "path": "Patient"},
        bound("Patient.maritalStatus", "required", "http://example.org/ValueSet/a|1"),
        bound("Patient.communication.language", "extensible", "http://example.org/ValueSet/b"),
        bound("Patient.contact.relationship", "preferred", "http://example.org/ValueSet/c"),
    ]
    await put(record, profile(differential={"element": elements}))
    assert profiles.bound_value_sets() == {"http://example.org/ValueSet/a", "http://example.org/ValueSet/b"}


async def test_a_site_may_add_checks_of_its_own(pool: asyncpg.Pool, definitions: Definitions) -> None:
    def no_numbers(value: Any, local: Local) -> Any:
        return fault("business-rule", "No numbers here.", ".value") if "value" in value else None

    record = made(pool, definitions, StoredProfiles(definitions, extra={"Identifier": no_numbers}))
    await record.create("Patient", body("Patient", identifier=[{"system": "urn:x"}]), scope=EVERYONE)
    with pytest.raises(Unprocessable) as refused:
        await record.create("Patient", body("Patient", identifier=[{"value": "1"}]), scope=EVERYONE)
    assert [issue.expression for issue in refused.value.issues] == ["Patient.identifier[0].value"]


async def test_a_stored_profile_is_what_was_meant_by_one_misspelt(
    record: Record, profiles: StoredProfiles
) -> None:
    def suggested() -> bool:
        [unknown] = profiles.validator.review({"resourceType": "Patient"}, [f"{URL}s"])[:1]
        assert unknown.code == "not-found"
        return unknown.diagnostics.endswith(f'Did you mean "{URL}"?')

    assert not suggested()
    await put(record, profile())
    assert suggested()
    await put(record, profile(status="retired"))
    assert not suggested()
    extension = profile(
        type="Extension",
        baseDefinition="http://hl7.org/fhir/StructureDefinition/Extension",
        context=[{"type": "element", "expression": "Patient"}],
        differential={"element": [{"id": "Extension", "path": "Extension"}]},
    )
    await put(record, extension)
    assert not suggested()


async def test_the_value_sets_that_rules_name_should_be_known_too(
    record: Record, profiles: StoredProfiles
) -> None:
    rule = {"key": "p-1", "severity": "error", "human": "x"}
    expression = "maritalStatus.memberOf('urn:vs:a|1.0') and name.use.all(memberOf('urn:vs:b'))"
    bound = {"strength": "required", "valueSet": "urn:vs:c|2"}
    elements = [
        {"id": "Patient", "path": "Patient", "constraint": [rule | {"expression": expression}]},
        {"id": "Patient.maritalStatus", "path": "Patient.maritalStatus", "binding": bound},
        {"id": "Patient.gender", "path": "Patient.gender", "binding": bound | {"strength": "preferred"}},
    ]
    await put(record, profile(differential={"element": elements}))
    assert profiles.bound_value_sets() == {"urn:vs:a", "urn:vs:b", "urn:vs:c"}
