"""A small made-up code system with an OID, whose codes have no dot: herbs, in up to two releases."""

from dataclasses import replace
from datetime import date

import asyncpg

from fellesjournal.terminology import loading
from fellesjournal.terminology.release import Concept, Property, Release

URL = "http://example.no/herbs"
OID = "2.16.578.1.99"
NAMED = f"urn:oid:{OID}"


def release() -> Release:
    """In force since 2026."""
    wet = (Property("wet", "boolean", "true"),)
    concepts = [
        Concept("H1", "Urter"),
        Concept("H11", "Mynte", ("H1",), properties=wet),
        Concept("H12", "Dill", ("H1",)),
    ]
    return Release(
        URL, "2026", "Herbs", "Urter", concepts, oid=OID, publisher="Hagen", licence="CC0 1.0",
        valid_from=date(2026, 1, 1), properties={"wet": "Likes water", "rare": "Not used"},
    )  # fmt: skip


def older() -> Release:
    """In force in 2025, with a code that has gone since."""
    return replace(release(), version="2025", concepts=[Concept("H9", "Gress")], valid_from=date(2025, 1, 1))


async def load(pool: asyncpg.Pool, *releases: Release) -> None:
    """Put releases into the tables as an operator does."""
    async with pool.acquire() as connection:
        for one in releases:
            await loading.load(connection, one, replace=True)
