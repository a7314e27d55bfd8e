"""SearchParameters posted at run time: checked, in effect at once, searched by after a reindex."""

import asyncio
from typing import Any

import asyncpg
import msgspec
import pytest

from fellesjournal.errors import Conflict, Invalid, NotFound, Unprocessable
from fellesjournal.plumbing import database
from fellesjournal.record import reindex
from fellesjournal.record.following import Follower, all_agree
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL
from record.conftest import EVERYONE, body, bundle, entry

SHOE = "http://example.org/fhir/SearchParameter/shoe-size"
SIZE = "http://example.org/fhir/StructureDefinition/shoe-size"


def parameter(**members: Any) -> dict[str, Any]:
    made = {
        "resourceType": "SearchParameter",
        "id": "shoe-size",
        "url": SHOE,
        "name": "shoeSize",
        "status": "active",
        "description": "The size of the patient's shoes",
        "code": "shoe-size",
        "base": ["Patient"],
        "type": "number",
        "expression": f"Patient.extension('{SIZE}').value.ofType(integer)",
        **members,
    }
    return {name: value for name, value in made.items() if value is not None}


async def post(record: Record, **members: Any) -> None:
    sent = msgspec.json.encode(parameter(**members))
    await record.update("SearchParameter", members.get("id", "shoe-size"), sent, scope=EVERYONE)


async def store(record: Record, id: str, size: int, **members: Any) -> None:
    worn = [{"url": SIZE, "valueInteger": size}]
    await record.update("Patient", id, body("Patient", id=id, extension=worn, **members), scope=EVERYONE)


async def found(record: Record, type_name: str, *asked: tuple[str, str]) -> list[str]:
    page = await record.search(type_name, list(asked), scope=EVERYONE)
    return [f"{each.stored.type}/{each.stored.id}" for each in page.entries]


async def refusal(record: Record, type_name: str, *asked: tuple[str, str]) -> str:
    with pytest.raises(Invalid) as refused:
        await record.search(type_name, list(asked), scope=EVERYONE)
    return str(refused.value)


async def refresh(record: Record, pool: asyncpg.Pool) -> None:
    async with pool.acquire() as connection:
        await record.parameters.refresh(connection)


async def test_the_whole_story(record: Record) -> None:
    await store(record, "old", 42)
    await post(record)
    await store(record, "new", 42)
    told = await refusal(record, "Patient", ("shoe-size", "42"))
    assert f"Run POST [base]/$reindex?parameter={SHOE}" in told
    assert "shoe-size" not in record.means.search.registry.by_type["Patient"]

    done = await record.reindex(None, scope=EVERYONE)
    assert done.parameters == (SHOE,)
    assert done.resources == {"Patient": 2}
    assert await found(record, "Patient", ("shoe-size", "42")) == ["Patient/new", "Patient/old"]
    assert await found(record, "Patient", ("shoe-size", "gt42")) == []
    assert record.means.search.registry.by_type["Patient"]["shoe-size"].url == SHOE
    await store(record, "last", 45)
    assert await found(record, "Patient", ("_sort", "-shoe-size"), ("_count", "1")) == ["Patient/last"]


async def test_what_waits_is_told_of_in_chains_includes_and_orders_too(record: Record) -> None:
    await post(record)
    await post(
        record,
        id="keeper",
        url="http://example.org/keeper",
        code="keeper",
        type="reference",
        expression="Patient.generalPractitioner",
        target=["Practitioner"],
    )
    for type_name, *asked in [
        ("Observation", ("subject.shoe-size", "42")),
        ("Observation", ("subject:Patient.shoe-size:missing", "true")),
        ("Practitioner", ("_has:Patient:general-practitioner:shoe-size", "42")),
        ("Practitioner", ("_has:Patient:keeper:name", "a")),
        ("Patient", ("_sort", "shoe-size")),
        ("Patient", ("_include", "Patient:keeper")),
        ("Practitioner", ("_revinclude", "Patient:keeper")),
    ]:
        assert "$reindex" in await refusal(record, type_name, *asked), asked
    page = await record.search("Patient", [("shoe-size", "42")], scope=EVERYONE, lenient=True)
    assert "$reindex" in page.ignored[0].diagnostics


async def test_a_posted_reference_is_chained_and_included(record: Record) -> None:
    await record.update(
        "Practitioner", "d", body("Practitioner", id="d", name=[{"family": "Dahl"}]), scope=EVERYONE
    )
    keeping = [{"url": "http://example.org/keeper", "valueReference": {"reference": "Practitioner/d"}}]
    await record.update("Patient", "p", body("Patient", id="p", extension=keeping), scope=EVERYONE)
    await post(
        record,
        code="keeper",
        type="reference",
        expression="Patient.extension.where(url='http://example.org/keeper').value.ofType(Reference)",
        target=["Practitioner"],
    )
    await record.reindex(SHOE, scope=EVERYONE)
    assert await found(record, "Patient", ("keeper", "Practitioner/d")) == ["Patient/p"]
    assert await found(record, "Patient", ("keeper.family", "dahl")) == ["Patient/p"]
    assert await found(record, "Practitioner", ("_has:Patient:keeper:_id", "p")) == ["Practitioner/d"]
    both = ["Patient/p", "Practitioner/d"]
    assert await found(record, "Patient", ("_include", "Patient:keeper")) == both
    assert sorted(await found(record, "Practitioner", ("_revinclude", "Patient:keeper"))) == both


async def test_a_parameter_of_several_types_and_of_another_form(record: Record) -> None:
    await record.update(
        "Patient", "p", body("Patient", id="p", name=[{"family": "Ås", "given": ["Åse"]}]), scope=EVERYONE
    )
    await record.update(
        "Practitioner", "d", body("Practitioner", id="d", name=[{"family": "Dahl"}]), scope=EVERYONE
    )
    await post(
        record,
        code="called",
        type="string",
        base=["Patient", "Practitioner"],
        expression="name.family.upper()",
    )
    done = await record.reindex(None, scope=EVERYONE)
    assert done.resources == {"Patient": 1, "Practitioner": 1}
    assert await found(record, "Patient", ("called:exact", "ÅS")) == ["Patient/p"]
    assert await found(record, "Practitioner", ("called:exact", "DAHL")) == ["Practitioner/d"]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"expression": "Patient.extension('x').value.ofType("}, "FHIRPath"),
        ({"expression": "Patient.shoe"}, "there is no element 'shoe' in Patient"),
        ({"expression": "Patient.birthDate"}, "which a number parameter cannot read"),
        ({"expression": "Observation.value"}, "reads nothing of Patient"),
        ({"expression": "Patient.name.nothing()"}, "no function 'nothing'"),
        ({"expression": "%nothing + 1"}, "no variable %nothing"),
        ({"expression": None}, "this one has none"),
        ({"type": "special"}, "special"),
        ({"code": "birthdate"}, "is FHIR R4's own"),
        (
            {
                "base": ["Resource"],
                "code": "status",
                "expression": "Resource.meta.versionId",
                "type": "token",
            },
            "own",
        ),
        ({"code": "_shoe"}, "begins with a letter"),
        ({"code": "shoe.size"}, "begins with a letter"),
    ],
)
async def test_a_parameter_that_cannot_take_effect_is_refused(
    record: Record, members: dict[str, Any], told: str
) -> None:
    with pytest.raises(Unprocessable) as refused:
        await post(record, **members)
    assert told in str(refused.value)
    await post(record, status="draft", **members)
    assert record.parameters.active == ()


async def test_refused_in_a_transaction_nothing_of_it_is_stored(record: Record) -> None:
    sent = bundle(
        entry("PUT", "Patient/p", {"resourceType": "Patient", "id": "p"}),
        entry("PUT", "SearchParameter/shoe-size", parameter(expression="Patient.shoe")),
    )
    with pytest.raises(Unprocessable) as refused:
        await record.transact(sent, scope=EVERYONE)
    assert refused.value.issues[0].expression.startswith("Bundle.entry[1].resource")
    assert await found(record, "Patient") == []


@pytest.mark.parametrize("kind", ["transaction", "batch"])
async def test_parameters_come_in_bundles_too(record: Record, kind: str) -> None:
    await record.transact(
        bundle(entry("PUT", "SearchParameter/shoe-size", parameter()), kind=kind), scope=EVERYONE
    )
    assert [posted.url for posted in record.parameters.active] == [SHOE]
    gone = bundle(entry("DELETE", "SearchParameter/shoe-size"), kind=kind)
    await record.transact(gone, scope=EVERYONE)
    assert record.parameters.active == ()


async def test_one_code_and_one_url_are_used_once(record: Record) -> None:
    await post(record)
    with pytest.raises(Unprocessable, match="in use already, by SearchParameter/shoe-size"):
        await post(record, id="other", url="http://example.org/other")
    with pytest.raises(Unprocessable, match="Update that one"):
        await post(record, id="other", code="other")
    await post(record, code="size-of-shoes")
    await post(record, id="other", url="http://example.org/other")


async def test_of_two_posted_at_once_with_one_code_the_first_takes_effect(
    record: Record, second_record: Record, pool: asyncpg.Pool
) -> None:
    await post(record)
    await post(second_record, id="other", url="http://example.org/other")
    await refresh(record, pool)
    for one in (record, second_record):
        assert [posted.url for posted in one.parameters.active] == [SHOE]


async def test_drafts_and_r4s_own_change_nothing(record: Record) -> None:
    own = "http://hl7.org/fhir/SearchParameter/Patient-active"
    await post(record, url=own, code="active", type="token", expression="Patient.active")
    await post(record, id="draft", status="draft")
    assert record.parameters.active == ()
    assert "Unknown search parameter" in await refusal(record, "Patient", ("shoe-size", "42"))
    done = await record.reindex(None, scope=EVERYONE)
    assert (done.parameters, done.resources) == ((), {})


async def test_a_deleted_parameter_is_unknown_and_comes_back_unindexed(record: Record) -> None:
    await post(record)
    await record.reindex(None, scope=EVERYONE)
    await record.delete("SearchParameter", "shoe-size", scope=EVERYONE)
    assert "Unknown search parameter" in await refusal(record, "Patient", ("shoe-size", "42"))
    await store(record, "meanwhile", 42)
    await post(record)
    assert "$reindex" in await refusal(record, "Patient", ("shoe-size", "42"))
    await record.reindex(None, scope=EVERYONE)
    assert await found(record, "Patient", ("shoe-size", "42")) == ["Patient/meanwhile"]


async def test_a_changed_parameter_is_indexed_anew(record: Record) -> None:
    await store(record, "p", 42, multipleBirthInteger=3)
    await post(record)
    await record.reindex(None, scope=EVERYONE)
    await post(record, expression="Patient.multipleBirth.ofType(integer)")
    assert "$reindex" in await refusal(record, "Patient", ("shoe-size", "3"))
    await record.reindex(None, scope=EVERYONE)
    assert await found(record, "Patient", ("shoe-size", "3")) == ["Patient/p"]
    assert await found(record, "Patient", ("shoe-size", "42")) == []
    await post(record, status="retired")
    assert "Unknown search parameter" in await refusal(record, "Patient", ("shoe-size", "3"))


async def note_indexed(record: Record, pool: asyncpg.Pool) -> None:
    """As if all that is stored had been indexed, to see what writers have indexed by themselves."""
    posted = record.parameters.active
    keys, versions = [one.key for one in posted], [one.version for one in posted]
    async with pool.acquire() as connection:
        await connection.execute(SQL.note_indexed, keys, versions)
        await record.parameters.refresh(connection)


async def test_what_is_updated_meanwhile_is_indexed_whatever_changes_in_it(
    record: Record, pool: asyncpg.Pool
) -> None:
    for id in ("put", "patched", "sent", "left"):
        await store(record, id, 42)
    await post(record)
    await store(record, "put", 42, active=True)
    patch = b'[{"op": "add", "path": "/active", "value": true}]'
    await record.patch("Patient", "patched", patch, scope=EVERYONE)
    sent = {"resourceType": "Patient", "id": "sent", "extension": [{"url": SIZE, "valueInteger": 42}]}
    await record.transact(bundle(entry("PUT", "Patient/sent", sent | {"active": True})), scope=EVERYONE)
    await note_indexed(record, pool)
    assert sorted(await found(record, "Patient", ("shoe-size", "42"))) == [
        "Patient/patched",
        "Patient/put",
        "Patient/sent",
    ]


async def test_an_expression_that_fails_on_a_resource_keeps_it_from_nothing(record: Record) -> None:
    await post(record, type="string", expression="Patient.name.given.single()")
    names = [{"family": "Ås", "given": ["Åse", "Anna"]}]
    await record.update("Patient", "p", body("Patient", id="p", name=names), scope=EVERYONE)
    await record.update("Patient", "q", body("Patient", id="q", name=[{"given": ["Liv"]}]), scope=EVERYONE)
    await record.reindex(None, scope=EVERYONE)
    assert await found(record, "Patient", ("shoe-size", "liv")) == ["Patient/q"]
    assert await found(record, "Patient", ("name", "åse")) == ["Patient/p"]


async def test_reindexing_again_changes_nothing(record: Record, pool: asyncpg.Pool) -> None:
    await store(record, "p", 42, name=[{"family": "Ås"}], birthDate="1980-01-01")
    await post(record)
    before = await index_rows(pool)
    await record.reindex(SHOE, scope=EVERYONE)
    after = await index_rows(pool)
    assert (await record.reindex(SHOE, scope=EVERYONE)).resources == {"Patient": 1}
    assert await index_rows(pool) == after
    assert {name: after[name] - before[name] for name in after} == dict.fromkeys(after, 0) | {
        "index_number": 1
    }
    page = await record.history("Patient", "p", [], scope=EVERYONE)
    assert len(page.entries) == 1


async def index_rows(pool: asyncpg.Pool) -> dict[str, int]:
    tables = ("term", "date", "number", "string", "link", "text")
    return {
        f"index_{name}": await pool.fetchval(f"select count(*) from index_{name} where citizen <> 0")
        for name in tables
    }


async def test_a_url_that_is_not_in_effect_cannot_be_reindexed(record: Record) -> None:
    await post(record)
    for url in ("http://example.org/unknown", "http://hl7.org/fhir/SearchParameter/Patient-active"):
        with pytest.raises(Invalid, match="No SearchParameter with the url"):
            await record.reindex(url, scope=EVERYONE)
    with pytest.raises(NotFound):
        await record.reindex(SHOE, scope=Scope.of(1))


# Several processes


async def test_another_process_indexes_and_searches_by_it(
    record: Record, second_record: Record, pool: asyncpg.Pool
) -> None:
    await post(record)
    await refresh(second_record, pool)
    await store(second_record, "p", 42)
    assert "$reindex" in await refusal(second_record, "Patient", ("shoe-size", "42"))
    await record.reindex(None, scope=EVERYONE)
    await refresh(second_record, pool)
    assert await found(second_record, "Patient", ("shoe-size", "42")) == ["Patient/p"]
    await second_record.delete("SearchParameter", "shoe-size", scope=EVERYONE)
    await refresh(record, pool)
    assert "Unknown" in await refusal(record, "Patient", ("shoe-size", "42"))


async def test_a_process_follows_what_others_post(
    record: Record, second_record: Record, pool: asyncpg.Pool, database_url: str
) -> None:
    async with second_record.following(lambda: database.connect(database_url)):
        await store(second_record, "p", 42)
        await post(record)
        await record.reindex(None, scope=EVERYONE)
        assert await found(second_record, "Patient", ("shoe-size", "42")) == ["Patient/p"]


async def test_a_process_that_starts_works_by_what_is_stored(
    record: Record, second_record: Record, database_url: str
) -> None:
    await post(record)
    async with second_record.following(lambda: database.connect(database_url)):
        assert [posted.url for posted in second_record.parameters.active] == [SHOE]


async def test_reindexing_waits_for_those_who_write_by_earlier_parameters(
    record: Record, second_record: Record, pool: asyncpg.Pool, database_url: str
) -> None:
    importer = await database.connect(database_url)
    await Follower(second_record.parameters, importer).begin()
    await post(record)
    async with pool.acquire() as connection:
        assert not await all_agree(record.parameters, connection, 0.0)
        asked = (record.means, record.parameters, connection, SHOE)
        with pytest.raises(Conflict, match="still writing"):
            await reindex.reindex(*asked, scope=EVERYONE, patience=0.0)
        assert "$reindex" in await refusal(record, "Patient", ("shoe-size", "42"))
        await importer.close()
        assert await all_agree(record.parameters, connection, 5.0)


async def test_a_write_under_way_is_declared_until_it_is_done(
    record: Record, pool: asyncpg.Pool, database_url: str
) -> None:
    own = await database.connect(database_url)
    follower = Follower(record.parameters, own)
    await follower.begin()
    async with pool.acquire() as connection:
        with record.parameters.in_use():
            await post(record)
            await follower.look()
            assert not await all_agree(record.parameters, connection, 0.0)
        await follower.look()
        assert await all_agree(record.parameters, connection, 0.0)
    await own.close()


async def test_only_one_reindexes_at_a_time(record: Record, pool: asyncpg.Pool) -> None:
    await post(record)
    async with pool.acquire() as connection:
        assert await connection.fetchval(SQL.reindex_alone)
        with pytest.raises(Conflict, match="running already"):
            await record.reindex(None, scope=EVERYONE)
    assert (await record.reindex(None, scope=EVERYONE)).parameters == (SHOE,)


async def test_writes_go_on_while_all_is_reindexed(
    record: Record, second_record: Record, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reindex, "BATCH", 7)
    everyone = [f"p{number}" for number in range(60)]
    sizes = dict.fromkeys(everyone, 40)
    for id in everyone:
        await store(record, id, 40)
    await post(record)
    await refresh(second_record, pool)

    async def write(one: Record, ids: list[str], size: int) -> None:
        for id in ids:
            if size == 50:
                await one.delete("Patient", id, scope=EVERYONE)
                sizes.pop(id)
            else:
                await store(one, id, size, active=size == 40)
                sizes[id] = size
            await asyncio.sleep(0)

    newcomers = [f"n{number}" for number in range(30)]
    await asyncio.gather(
        record.reindex(None, scope=EVERYONE),
        write(record, everyone[::3], 41),
        write(second_record, everyone[1::3], 40),
        write(second_record, everyone[2:30:3], 50),
        write(record, newcomers, 42),
    )
    for size in (40, 41, 42):
        expected = sorted(f"Patient/{id}" for id, worn in sizes.items() if worn == size)
        asked = ("shoe-size", str(size)), ("_count", "1000")
        assert sorted(await found(record, "Patient", *asked)) == expected
    total = await pool.fetchval("select count(*) from index_number where citizen <> 0")
    assert total == len(sizes)
