"""What has come to an end is deleted after the time that the site sets, and nothing that is to be done."""

from datetime import UTC, datetime, timedelta

import asyncpg

from fellesjournal.booking.purging import EVERY, Purging

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
OLD, YOUNG = NOW - timedelta(days=31), NOW - timedelta(days=29)


async def fill(pool: asyncpg.Pool) -> None:
    for kind, ended in (("old", OLD), ("young", YOUNG), ("waits", None)):
        await pool.execute(
            "insert into notice (citizen, patient, about, kind, due, next_try, ended) "
            "values (1, 'Patient/a', 2, $1, $2, $2, $3)",
            *(kind, OLD, ended),
        )
        await pool.execute(
            "insert into freed_time (start, finish, parties, offered, done, outcome) "
            "values ($1, $1, '{}', '{}', $2, $3)",
            *(OLD, ended, kind),
        )
        await pool.execute(
            "insert into calendar_feed (secret, party, owner, role, language, made, withdrawn) "
            "values ($1, $2, 'Practitioner/1', 'PractitionerRole/1', 'nb', $3, $4)",
            *(kind.encode(), kind, OLD, ended),
        )


async def left(pool: asyncpg.Pool) -> list[set[str]]:
    tables = (("kind", "notice"), ("outcome", "freed_time"), ("party", "calendar_feed"))
    return [{row[0] for row in await pool.fetch(f"select {name} from {table}")} for name, table in tables]


async def test_what_ended_long_ago_is_deleted_once_an_hour_and_the_rest_stays(pool: asyncpg.Pool) -> None:
    await fill(pool)
    now = NOW
    purging = Purging(pool, lambda: now, timedelta(days=30))
    assert await purging.round() == 3
    assert await left(pool) == [{"young", "waits"}] * 3
    assert await purging.round() == 0
    now = NOW + timedelta(days=30)
    assert await purging.round() == 3
    now -= EVERY
    assert await purging.round() == 0
    assert await left(pool) == [{"waits"}] * 3
