"""Releases go in whole or not at all, and are not changed behind anybody's back."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import date
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from fellesjournal.errors import Conflict, Unprocessable
from fellesjournal.terminology import loading
from fellesjournal.terminology.release import Concept, Designation, Property, Release

PLANTS = "http://example.org/plants"


@pytest_asyncio.fixture
async def connection(pool: asyncpg.Pool) -> AsyncIterator[asyncpg.Connection]:
    async with pool.acquire() as one:
        yield one


def _plants(*concepts: Concept, version: str = "1", **more: Any) -> Release:
    return Release(PLANTS, version, "Plants", "Planter", concepts, source="plants.csv", **more)


MOSS = Concept("M", "Mose", abstract=True)
PEAT_MOSS = Concept(
    "M1",
    "Torvmose",
    ("M",),
    definition="Vokser på myr.\nLagrer vann.",
    designations=(Designation("la", "synonym", "Sphagnum"), Designation("nb", "short", "Torv")),
    properties=(Property("height", "decimal", "0.2"), Property("wet", "boolean", "true")),
    valid_from=date(2020, 1, 1),
    valid_to=date(2030, 12, 31),
)
BOG_MOSS = Concept("M11", "Rødtorvmose", ("M1",), active=False)


async def _counts(connection: asyncpg.Connection) -> dict[str, int]:
    tables = (
        "code_system",
        "concept",
        "designation",
        "concept_property",
        "concept_parent",
        "concept_closure",
    )
    return {table: await connection.fetchval(f"select count(*) from {table}") for table in tables}


async def test_everything_of_a_concept_is_kept(connection: asyncpg.Connection) -> None:
    loaded = await loading.load(
        connection,
        _plants(MOSS, PEAT_MOSS, BOG_MOSS, oid="1.2.3", licence="CC0", properties={"wet": "Tåler vann"}),
    )
    assert loaded[1:] == (PLANTS, "1", 3, "loaded", 3)
    concept = await connection.fetchrow("select * from concept where code = 'M1'")
    assert dict(concept) == {
        "system": loaded.number,
        "number": 2,
        "code": "M1",
        "display": "Torvmose",
        "definition": "Vokser på myr.\nLagrer vann.",
        "active": True,
        "abstract": False,
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2030, 12, 31),
    }
    texts = await connection.fetch("select language, use, text from designation where concept = 2 order by n")
    assert [tuple(row) for row in texts] == [("la", "synonym", "Sphagnum"), ("nb", "short", "Torv")]
    values = await connection.fetch("select property, kind, value from concept_property order by n")
    assert [tuple(row) for row in values] == [("height", "decimal", "0.2"), ("wet", "boolean", "true")]
    above = await connection.fetch("select ancestor, descendant from concept_closure order by 1, 2")
    assert [tuple(row) for row in above] == [(1, 2), (1, 3), (2, 3)]
    system = await connection.fetchrow("select * from code_system")
    assert (system["oid"], system["licence"], system["concepts"]) == ("1.2.3", "CC0", 3)
    assert system["loaded"] is not None


async def test_a_parent_may_come_after_its_child(connection: asyncpg.Connection) -> None:
    await loading.load(connection, _plants(BOG_MOSS, PEAT_MOSS, MOSS))
    above = await connection.fetch("select ancestor, descendant from concept_closure order by 1, 2")
    assert [tuple(row) for row in above] == [(2, 1), (3, 1), (3, 2)]


async def test_the_same_release_again_changes_nothing(connection: asyncpg.Connection) -> None:
    first = await loading.load(connection, _plants(MOSS, PEAT_MOSS))
    again = await loading.load(connection, _plants(*iter([MOSS, PEAT_MOSS])))
    assert again[:5] == (first.number, PLANTS, "1", 2, "unchanged")


async def test_where_it_was_read_is_no_part_of_the_content(connection: asyncpg.Connection) -> None:
    await loading.load(connection, _plants(MOSS))
    moved = Release(PLANTS, "1", "Plants", "Planter", [MOSS], source="elsewhere/plants.csv")
    assert (await loading.load(connection, moved)).outcome == "unchanged"


async def test_another_content_under_the_same_version_is_refused(connection: asyncpg.Connection) -> None:
    await loading.load(connection, _plants(MOSS, PEAT_MOSS))
    before = await _counts(connection)
    with pytest.raises(Conflict, match=r"plants 1 is loaded already, with another content: .*plants\.csv"):
        await loading.load(connection, _plants(MOSS))
    assert await _counts(connection) == before


async def test_another_content_replaces_when_that_is_said(connection: asyncpg.Connection) -> None:
    await loading.load(connection, _plants(MOSS))
    new = (PEAT_MOSS, MOSS, BOG_MOSS)
    loaded = await loading.load(connection, _plants(*new), replace=True)
    assert (loaded.outcome, loaded.concepts, loaded.pairs) == ("replaced", 3, 3)
    assert await connection.fetchval("select display from concept where number = 1") == "Torvmose"
    assert (await loading.load(connection, _plants(*new))).outcome == "unchanged"


async def test_an_old_release_stays_beside_the_new(connection: asyncpg.Connection) -> None:
    await loading.load(connection, _plants(MOSS, PEAT_MOSS, valid_from=date(2025, 1, 1)))
    await loading.load(connection, _plants(MOSS, version="2", valid_from=date(2026, 1, 1)))
    listed = await loading.listed(connection)
    assert [(one.version, one.valid_from, one.concepts) for one in listed] == [
        ("2", "2026-01-01", 1),
        ("1", "2025-01-01", 2),
    ]
    codes = "select c.code from concept c join code_system s on s.number = c.system where version = '1'"
    assert [row["code"] for row in await connection.fetch(codes)] == ["M", "M1"]


@pytest.mark.parametrize(
    ("concepts", "reason"),
    [
        ([MOSS, MOSS], "the code M comes twice"),
        ([Concept("", "Tom")], "'' ('Tom') is no code: it is empty or has stray white space"),
        ([Concept(" M", "Rom foran")], "' M' ('Rom foran') is no code"),
        ([Concept("M  1", "To rom")], "'M  1' ('To rom') is no code"),
        ([Concept("M\x001", "Null")], "'M\\x001' ('Null') is no code"),
        ([Concept("M", "")], "the code M has no text"),
        ([Concept("M", "Mo\x07se")], "the code M has no text, or one with control characters: 'Mo\\x07se'"),
        ([Concept("M", "Mose", definition="\x00")], "the code M has control characters in its definition"),
        (
            [Concept("M", "Mose", designations=(Designation("nb", "synonym", "\ud800"),))],
            "the code M has control characters",
        ),
        (
            [Concept("M", "Mose", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))],
            "the code M is valid to 2026-01-01, before it starts",
        ),
        ([PEAT_MOSS], "the code M1 stands below M, which is not there"),
        ([Concept("M", "Mose", ("M",))], "the hierarchy goes in a circle: M > M"),
        (
            [Concept("A", "a", ("C",)), Concept("B", "b", ("A",)), Concept("C", "c", ("B",)), MOSS],
            "the hierarchy goes in a circle: ",
        ),
    ],
)
async def test_what_is_not_sound_is_refused_by_name_and_leaves_nothing(
    concepts: Iterable[Concept], reason: str, connection: asyncpg.Connection
) -> None:
    with pytest.raises(Unprocessable) as refused:
        await loading.load(connection, _plants(*concepts))
    assert str(refused.value).startswith(f"plants.csv: {reason}")
    assert set((await _counts(connection)).values()) == {0}


async def test_a_release_without_codes_is_refused_and_the_one_before_it_stays(
    connection: asyncpg.Connection,
) -> None:
    await loading.load(connection, _plants(MOSS, valid_from=date(2025, 1, 1)))
    before = await _counts(connection)
    with pytest.raises(Unprocessable, match=r"^plants\.csv: there are no codes in it"):
        await loading.load(connection, _plants(version="2", valid_from=date(2026, 1, 1)))
    with pytest.raises(Unprocessable, match=r"^plants\.csv: there are no codes in it"):
        await loading.load(connection, _plants(), replace=True)
    assert await _counts(connection) == before


async def test_every_fault_of_a_release_is_told_up_to_a_number(connection: asyncpg.Connection) -> None:
    with pytest.raises(Unprocessable) as refused:
        await loading.load(connection, _plants(*(Concept(str(n), "") for n in range(70))))
    assert len(refused.value.issues) == loading.MOST_PROBLEMS + 1
    assert refused.value.issues[-1].diagnostics == "plants.csv: and 20 more faults like these."


async def test_the_codes_of_a_circle_are_named_in_order(connection: asyncpg.Connection) -> None:
    circle = [Concept("A", "a", ("C",)), Concept("B", "b", ("A",)), Concept("C", "c", ("B",))]
    with pytest.raises(Unprocessable, match=r"A > B > C > A|B > C > A > B|C > A > B > C"):
        await loading.load(connection, _plants(*circle))


async def test_a_source_that_breaks_off_leaves_the_old_content(connection: asyncpg.Connection) -> None:
    await loading.load(connection, _plants(MOSS))

    def broken() -> Iterable[Concept]:
        yield PEAT_MOSS
        raise Unprocessable("plants.csv, line 2: it ends in the middle.")

    release = Release(PLANTS, "1", "Plants", "Planter", broken())
    with pytest.raises(Unprocessable, match="line 2"):
        await loading.load(connection, release, replace=True)
    assert await connection.fetchval("select code from concept") == "M"


async def test_what_is_not_sound_is_refused_by_name_where_the_version_is_there_already(
    connection: asyncpg.Connection,
) -> None:
    await loading.load(connection, _plants(MOSS))
    with pytest.raises(Unprocessable, match="the code M1 has no text"):
        await loading.load(connection, _plants(MOSS, Concept("M1", "\ud800")))


async def test_a_hierarchy_too_deep_is_refused(
    connection: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "MOST_PAIRS", 100)
    chain = [Concept(f"c{n}", "ledd", (f"c{n - 1}",) if n else ()) for n in range(50)]
    with pytest.raises(Unprocessable, match="more than 100 pairs: it is too deep"):
        await loading.load(connection, _plants(*chain))
    assert set((await _counts(connection)).values()) == {0}


async def test_two_loaders_of_the_same_release_do_not_collide(pool: asyncpg.Pool) -> None:
    async def one() -> str:
        async with pool.acquire() as connection:
            return (await loading.load(connection, _plants(MOSS, PEAT_MOSS))).outcome

    assert sorted(await asyncio.gather(one(), one(), one())) == ["loaded", "unchanged", "unchanged"]


async def test_what_is_being_loaded_is_not_seen(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as writer, pool.acquire() as reader:
        async with writer.transaction():
            await loading.load(writer, _plants(MOSS))
            assert await loading.listed(reader) == []
        assert [one.title for one in await loading.listed(reader)] == ["Planter"]


async def test_more_concepts_than_go_in_one_batch(connection: asyncpg.Connection) -> None:
    many = [Concept("root", "Rot"), *(Concept(str(n), f"Blad {n}", ("root",)) for n in range(12_000))]
    loaded = await loading.load(connection, _plants(*many))
    assert (loaded.concepts, loaded.pairs) == (12_001, 12_000)
    await loading.analyze(connection)
