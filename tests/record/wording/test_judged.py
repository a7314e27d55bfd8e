"""Whether the questions of judged.py find what they ask for, with letters read and code systems loaded."""

import json
from datetime import date
from typing import Any

import asyncpg
import msgspec
import pytest

from conftest import ROOT
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.record.wording.job import read_waiting
from fellesjournal.record.wording.reading import Reader
from fellesjournal.rollout.region.region import Plan, Region
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.wording.hearing import hear
from record.conftest import EVERYONE, bundle, entry
from record.wording.judged import NOT_FOUND, QUESTIONS, Judged
from terminology.finding.shelves import load

PACKAGE = ROOT / "node_modules" / "@navikt" / "diagnosekoder" / "lib"
SYSTEMS = {"ICD10": "urn:oid:2.16.578.1.12.4.1.1.7110", "ICPC2": "urn:oid:2.16.578.1.12.4.1.1.7170"}
CITIZENS = {one.citizen for one in QUESTIONS}
MOST = 4


@pytest.fixture
async def charts(record: Record, pool: asyncpg.Pool, definitions: Definitions) -> Record:
    """The record of the region's stories, with ICD-10 and ICPC-2, all files read."""
    pytest.importorskip("pypdf")
    if not PACKAGE.is_dir():
        pytest.skip("the package @navikt/diagnosekoder is not installed")
    region = Region(Plan(60, "søk", date(2026, 11, 26), 1))
    made = [msgspec.json.decode(body) for body in (*region.foundation(), *region.stories())]
    wanted = [one for one in made if _of(one) in CITIZENS]
    async with pool.acquire() as connection:
        for name, url in SYSTEMS.items():
            rows = json.loads((PACKAGE / f"{name}.json").read_text())
            await load(connection, url, [Concept(row["code"], row["text"]) for row in rows])
        for start in range(0, len(wanted), 200):
            entries = [
                entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in wanted[start:][:200]
            ]
            await record.transact(bundle(*entries), scope=EVERYONE)
        reader = Reader()
        while await read_waiting(connection, reader):
            pass
        await reader.close()
    return record


def _of(resource: dict[str, Any]) -> str:
    about: dict[str, Any] = next(
        (resource[name] for name in ("subject", "patient", "for") if name in resource), {}
    )
    return str(about.get("reference", "")).removeprefix("Patient/") or str(resource["id"])


async def _found(charts: Record, pool: asyncpg.Pool, question: Judged) -> list[str]:
    async with pool.acquire() as connection:
        wanted = await hear(connection, question.typed)
    found = await charts.find(question.citizen, wanted, scope=EVERYONE, most=MOST)
    return [(one.stored.body or b"").decode() for one in found.finds if one.stored.type == question.type]


async def test_a_question_finds_what_it_asks_for(charts: Record, pool: asyncpg.Pool) -> None:
    missing = set()
    for question in QUESTIONS:
        bodies = await _found(charts, pool, question)
        if not any(question.text in body for body in bodies):
            missing.add(question.typed)
    assert missing == NOT_FOUND
    assert len(QUESTIONS) == 40
