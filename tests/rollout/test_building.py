"""A region in a real database: whole, gone on with, refused, and told of in every citizen's log."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import asyncpg
import pytest

from conftest import FHIR_PACKAGE, ROOT, a_database, url_with_database
from fellesjournal.app import region_build
from fellesjournal.app.region_build import BuildReport
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.bulk.exporting import snapshot
from fellesjournal.record.scope import Scope
from fellesjournal.rollout.region import stories
from fellesjournal.rollout.region.region import Plan

PLAN = Plan(120, "bygg", date(2024, 1, 1), 2)
BUILT = "built_region"
SITE = Settings(data=ROOT / ".data", definitions=FHIR_PACKAGE, practice_site=True)


@pytest.fixture(scope="module")
def first(postgres: str, template: str) -> BuildReport:
    """What a build tells that has filled the database BUILT."""
    return asyncio.run(_built(postgres, template))


async def _built(postgres: str, template: str) -> BuildReport:
    server = await database.connect(postgres)
    await server.execute(f'create database "{BUILT}" template "{template}" strategy file_copy')
    await server.close()
    return await region_build.build(SITE, url_with_database(postgres, BUILT), PLAN, processes=1)


@pytest.fixture
async def built(postgres: str, first: BuildReport) -> AsyncIterator[str]:
    """The URL of a copy of that database."""
    async for url in a_database(postgres, BUILT):
        yield url


async def test_a_region_is_built_without_a_fault_and_not_twice(built: str, first: BuildReport) -> None:
    assert first.faults == []
    assert first.citizens == 120
    assert first.created > 1_000
    again = await region_build.build(SITE, built, PLAN, processes=1)
    assert (again.created, again.changed, again.citizens_earlier) == (0, 0, 120)
    async with database.pool(built, 1) as pool:
        told = await pool.fetchval(
            "select count(distinct citizen) from audit_event where person = 'region' and citizen <> 0"
        )
    assert told == 120 + len(list(stories.cast(PLAN.era.until)))
    with pytest.raises(Trouble, match="a region in this database already"):
        await region_build.build(SITE, built, replace(PLAN, seed="annet"), processes=1)


async def test_a_build_that_was_stopped_goes_on_within_a_block(built: str, first: BuildReport) -> None:
    async with database.pool(built, 1) as pool:
        await pool.execute("update import_part set finished = null, position = 40 where start = 1")
    again = await region_build.build(SITE, built, PLAN, processes=1)
    assert (again.created, again.changed, again.faults) == (0, 0, [])
    assert 0 < again.unchanged < first.created
    assert again.citizens_earlier == 100


async def test_nothing_is_built_where_real_people_may_be(database_url: str) -> None:
    with pytest.raises(Trouble, match="on practice sites only"):
        await region_build.build(replace(SITE, practice_site=False), database_url, PLAN)


async def test_two_builds_of_a_plan_differ_in_the_times_of_storing_alone(
    database_url: str, other_database_url: str
) -> None:
    """Whoever built it: workers store as they come, and an export comes by type and id."""
    small = replace(PLAN, citizens=20, years=1)
    await region_build.build(SITE, database_url, small, processes=1)
    await region_build.build(SITE, other_database_url, small, processes=2)
    one, other = await exported(database_url), await exported(other_database_url)
    assert len(one) > 3_000
    assert one == other


async def exported(url: str) -> list[str]:
    """What is exported of a database, a resource a line, without the times of storing."""
    async with database.pool(url, 1) as pool, snapshot(pool, Scope.everyone()) as taken:
        bodies = [
            body.decode()
            for kind in await taken.numbers()
            async for some in taken.bodies(kind)
            for body in some
        ]
    cut = [
        re.subn(r'"meta":{("versionId":"1"),"lastUpdated":"[^"]+"', r'"meta":{\1', body) for body in bodies
    ]
    assert {times for _, times in cut} == {1}
    return [body for body, _ in cut]


async def test_a_build_that_is_stopped_says_so_in_one_line(database_url: str, pool: asyncpg.Pool) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "DATABASE_URL": database_url,
        "FELLESJOURNAL_DATA": str(ROOT / ".data"),
        "FELLESJOURNAL_PRACTICE_SITE": "true",
        "FELLESJOURNAL_WORKERS": "2",
    }
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background is deaf to it
    process = subprocess.Popen(  # noqa: ASYNC220 -- it is waited for below
        [sys.executable, "-m", "fellesjournal", "region", "build", "--citizens", "2000"],
        env=environment,
        text=True,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    signal.signal(signal.SIGINT, before)
    while await pool.fetchval("select count(*) from import_part") < 1 and process.poll() is None:  # noqa: ASYNC110 -- another process is waited for
        await asyncio.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=180)
    assert process.returncode == 1
    assert said.splitlines()[-1:] == ["Stopped. Build again with the same options: it goes on where it was."]
    assert "Traceback" not in said
