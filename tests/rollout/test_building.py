"""A region in a real database: whole, gone on with, refused, and told of in every citizen's log."""

from dataclasses import replace
from datetime import date

import asyncpg
import pytest

from conftest import FHIR_PACKAGE, ROOT
from fellesjournal.app import region_build
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.rollout.region import stories
from fellesjournal.rollout.region.region import Plan

PLAN = Plan(120, "bygg", date(2024, 1, 1), 2)
SITE = Settings(data=ROOT / ".data", definitions=FHIR_PACKAGE, practice_site=True)


async def test_a_region_is_built_without_a_fault_and_not_twice(database_url: str, pool: asyncpg.Pool) -> None:
    report = await region_build.build(SITE, database_url, PLAN, processes=1)
    assert report.faults == []
    assert report.citizens == 120
    assert report.created > 1_000
    again = await region_build.build(SITE, database_url, PLAN, processes=1)
    assert (again.created, again.changed, again.citizens_earlier) == (0, 0, 120)
    told = await pool.fetchval(
        "select count(distinct citizen) from audit_event where person = 'region' and citizen <> 0"
    )
    assert told == 120 + len(list(stories.cast(PLAN.era.until)))
    with pytest.raises(Trouble, match="a region in this database already"):
        await region_build.build(SITE, database_url, replace(PLAN, seed="annet"), processes=1)


async def test_a_build_that_was_stopped_goes_on_within_a_block(database_url: str, pool: asyncpg.Pool) -> None:
    first = await region_build.build(SITE, database_url, PLAN, processes=1)
    await pool.execute("update import_part set finished = null, position = 40 where start = 1")
    again = await region_build.build(SITE, database_url, PLAN, processes=1)
    assert (again.created, again.changed, again.faults) == (0, 0, [])
    assert 0 < again.unchanged < first.created
    assert again.citizens_earlier == 100


async def test_nothing_is_built_where_real_people_may_be(database_url: str) -> None:
    with pytest.raises(Trouble, match="on practice sites only"):
        await region_build.build(replace(SITE, practice_site=False), database_url, PLAN)
