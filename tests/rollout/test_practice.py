"""Practice bases: made, put back, taken away; and no way from one to where real people are."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta

import asyncpg
import httpx
import pytest

from app.test_signed_in import ADDRESS, FHIR, sign_in
from conftest import ROOT
from fellesjournal.app import practice_commands, schema
from fellesjournal.app.rooms import knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import surface
from fellesjournal.errors import Conflict, Invalid, NotFound
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.rollout.practice.bases import Bases
from fellesjournal.rollout.region.region import Plan
from record.conftest import bundle, entry
from world import staff

TODAY = date(2026, 11, 26)


@pytest.fixture
async def bases(postgres: str, definitions: Definitions) -> AsyncIterator[Bases]:
    """A server with a template of the bare schema, and no bases when the test is over."""

    async def fill(url: str) -> None:
        connection = await database.connect(url)
        await schema.upgrade(connection, definitions.resource_types)
        await connection.close()

    made = Bases(postgres)
    await made.template("bare", fill)
    yield made
    for one in await made.all():
        await made.remove(one.name)


@asynccontextmanager
async def visiting(url: str, settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at a site on a database, with the staff in its record."""
    async with database.pool(url) as pool:
        site = surface(settings, knowledge(settings.definitions, ROOT / ".data" / "cache"), pool)
        transport = httpx.ASGITransport(site, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url=ADDRESS, headers={"origin": ADDRESS}
        ) as browser:
            entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in staff.resources()]
            sent = await browser.post("/fhir", content=bundle(*entries), headers=FHIR)
            assert sent.status_code == 200, sent.text
            yield browser


async def stored(url: str) -> int:
    connection = await database.connect(url)
    try:
        return int(await connection.fetchval("select count(*) from resource"))
    finally:
        await connection.close()


async def test_a_base_is_made_practised_in_and_put_back(bases: Bases) -> None:
    base = await bases.create("kurs-1", "bare", "", TODAY, 30)
    other = await bases.create("kurs-2", "bare", staff.NURSING, TODAY, 5)
    assert [(one.name, one.note.unit, one.note.until - TODAY) for one in await bases.all()] == [
        ("kurs-1", "", timedelta(30)),
        ("kurs-2", staff.NURSING, timedelta(5)),
    ]
    async with visiting(bases.url_of(base), Settings(practice_site=True)):
        pass
    assert await stored(bases.url_of(base)) > 20
    assert await stored(bases.url_of(other)) == 0
    assert await bases.reset("kurs-1") == base
    assert await stored(bases.url_of(base)) == 0


async def test_who_is_at_a_base_that_is_put_back_is_cut_off_and_can_come_again(bases: Bases) -> None:
    base = await bases.create("kurs", "bare", "", TODAY, 30)
    there = await database.connect(bases.url_of(base))
    await there.execute("create table practised ()")
    await bases.reset("kurs")
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        await there.fetchval("select 1")
    again = await database.connect(bases.url_of(base))
    assert await again.fetchval("select to_regclass('practised')") is None
    await again.close()


async def test_what_was_practised_waits_to_be_taken_away_and_goes_at_the_latest_with_the_base(
    bases: Bases, postgres: str
) -> None:
    async def gone() -> list[str]:
        server = await database.connect(postgres)
        try:
            rows = await server.fetch("select datname from pg_database where datname like 'practice_gone_%'")
            return [row["datname"] for row in rows]
        finally:
            await server.close()

    base = await bases.create("kurs", "bare", "", TODAY, 30)
    await bases.reset("kurs")
    assert await gone() == ["practice_gone_kurs"]
    await bases.clear(base)
    assert await gone() == []
    await bases.reset("kurs")
    await bases.reset("kurs")
    assert await gone() == ["practice_gone_kurs"]
    await bases.remove("kurs")
    assert await gone() == []


async def test_a_base_goes_when_its_last_day_has_passed(bases: Bases) -> None:
    await bases.create("kort", "bare", "", TODAY, 1)
    await bases.create("lang", "bare", "", TODAY, 100)
    assert await bases.remove_expired(TODAY + timedelta(1)) == []
    assert [one.name for one in await bases.remove_expired(TODAY + timedelta(2))] == ["kort"]
    assert [one.name for one in await bases.all()] == ["lang"]


async def test_templates_stay_while_a_base_was_made_from_them(bases: Bases) -> None:
    await bases.create("kurs", "bare", "", TODAY, 1)

    async def fill(url: str) -> None:
        """Nothing is in it."""

    assert await bases.template("annen", fill)
    assert not await bases.template("bare", fill)
    assert await bases.template("tredje", fill)
    assert await bases.template("annen", fill)


async def test_what_will_not_do_is_refused_with_the_reason(bases: Bases) -> None:
    for name in ("Kurs", "1kurs", "kurs;drop", 'a"b', "", "x" * 40):
        with pytest.raises(Invalid, match="will not do as a name"):
            await bases.create(name, "bare", "", TODAY, 30)
    with pytest.raises(Invalid, match="from 1 to 365 days"):
        await bases.create("kurs", "bare", "", TODAY, 0)
    await bases.create("kurs", "bare", "", TODAY, 30)
    with pytest.raises(Conflict, match="already"):
        await bases.create("kurs", "bare", "", TODAY, 30)


async def test_no_other_database_can_be_put_back_or_removed(bases: Bases, database_url: str) -> None:
    name = database_url.partition("?")[0].rpartition("/")[2]
    for asked in (name, "fellesjournal", "postgres", "template1"):
        with pytest.raises(NotFound):
            await bases.reset(asked)
        with pytest.raises(NotFound):
            await bases.remove(asked)
    assert await stored(database_url) == 0


async def test_who_is_signed_in_to_a_base_is_nobody_anywhere_else(bases: Bases, database_url: str) -> None:
    base = await bases.create("kurs", "bare", "", TODAY, 30)
    practising = Settings(practice_site=True, practice_name="kurs")
    real = Settings(database_url=database_url)
    async with (
        visiting(bases.url_of(base), practising) as at_the_base,
        database.pool(database_url) as pool,
    ):
        headers = await sign_in(at_the_base, "Practitioner/varm-lyngmo")
        assert (await at_the_base.get("/fhir/Organization")).status_code == 200
        site = surface(real, knowledge(real.definitions, ROOT / ".data" / "cache"), pool)
        transport = httpx.ASGITransport(site, raise_app_exceptions=False)
        cookies = dict(at_the_base.cookies)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=cookies) as elsewhere:
            assert (await elsewhere.get("/fhir/Organization")).status_code == 401
            sent = await elsewhere.post("/fhir/Patient", content=b"{}", headers=headers)
            assert sent.status_code == 401
            picked = await elsewhere.post("/logg-inn/ovelse", data={"person": "Practitioner/varm-lyngmo"})
            assert picked.status_code in (403, 404, 405)


async def test_every_page_of_a_base_bears_its_name_and_offers_its_units_people(bases: Bases) -> None:
    base = await bases.create("kurs", "bare", staff.NURSING, TODAY, 30)
    settings = Settings(practice_site=True, practice_name="kurs", practice_unit=staff.NURSING)
    async with visiting(bases.url_of(base), settings) as browser:
        for path in ("/", "/en", "/logg-inn", "/logg-inn/ovelse"):
            assert "<strong>kurs</strong>" in (await browser.get(path)).text, path
        people = (await browser.get("/logg-inn/ovelse")).text
        assert "Stødig" in people
        assert "Varm Lyngmo" not in people


def test_bases_are_not_made_where_real_people_may_be(postgres: str) -> None:
    settings = Settings(database_url=postgres)
    plan = Plan(200, "frø", date(2020, 1, 1), 1)
    with pytest.raises(Trouble, match="on a server of their own"):
        practice_commands.create(settings, "kurs", "region", plan, 30)
    with pytest.raises(Trouble, match="no unit 'ingensteds'"):
        practice_commands.create(replace(settings, practice_site=True), "kurs", "ingensteds", plan, 30)
