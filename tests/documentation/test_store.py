"""Drafts: one for each author, laid together field by field."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from fellesjournal.documentation.files import Attachments
from fellesjournal.documentation.rules import Hand
from fellesjournal.documentation.store import Drafts, Key
from fellesjournal.documentation.sweeping import sweeping
from fellesjournal.errors import NotFound

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 40
MINE = Key("ada", "Practitioner/a", "visitt")
YOURS = Key("ada", "Practitioner/b", "visitt")


async def test_two_who_write_at_once_each_have_a_draft(pool: asyncpg.Pool) -> None:
    drafts = Drafts(pool)
    for key, text in ((MINE, "mitt"), (YOURS, "ditt")):
        await drafts.begin(key, {})
        await drafts.keep(key, {"a:0": text})
    mine, yours = await drafts.find(MINE), await drafts.find(YOURS)
    assert mine is not None
    assert yours is not None
    assert (mine.fields["a:0"], yours.fields["a:0"]) == ("mitt", "ditt")
    assert [one.id for one in await drafts.of("ada", "Practitioner/a")] == [mine.id]


async def test_one_who_writes_on_two_machines_loses_no_field(pool: asyncpg.Pool) -> None:
    drafts = Drafts(pool)
    first = await drafts.begin(MINE, {"a:0": ""})
    await drafts.keep(MINE, {"a:0": "fra kontoret"})
    second = await drafts.begin(MINE, {"a:0": "ny"})
    assert (second.id, second.fields) == (first.id, {"a:0": "fra kontoret"})
    both = await drafts.keep(MINE, {"b:0": "fra posten"})
    assert both.fields == {"a:0": "fra kontoret", "b:0": "fra posten"}


async def test_a_draft_in_which_nothing_was_typed_is_begun_anew_and_not_listed(pool: asyncpg.Pool) -> None:
    drafts = Drafts(pool)
    await drafts.begin(MINE, {"a:0": "i går"})
    assert await drafts.of("ada", "Practitioner/a") == []
    assert (await drafts.begin(MINE, {"a:0": "i dag"})).fields == {"a:0": "i dag"}


async def test_what_has_been_signed_cannot_be_written_in(pool: asyncpg.Pool) -> None:
    drafts = Drafts(pool)
    draft = await drafts.begin(MINE, {})
    await drafts.drop(MINE, draft.id)
    with pytest.raises(NotFound, match="signed or thrown away"):
        await drafts.keep(MINE, {"a:0": "for sent"})


async def test_a_draft_holds_whatever_is_pasted(pool: asyncpg.Pool) -> None:
    drafts = Drafts(pool)
    await drafts.begin(MINE, {})
    text = "Å lese 😀\u0001 <b>\n" * 40_000
    assert (await drafts.keep(MINE, {"a:0": text + "\x00"})).fields["a:0"] == text


async def test_two_machines_in_one_field_keep_both_texts(pool: asyncpg.Pool) -> None:
    drafts = Drafts(pool)
    draft = await drafts.begin(MINE, {})
    office, ward = Hand("kontor", 0, draft.id), Hand("post", 0, draft.id)
    both = await asyncio.gather(
        drafts.keep(MINE, {"a:0": "fra kontoret"}, office), drafts.keep(MINE, {"a:0": "fra posten"}, ward)
    )
    found = await drafts.find(MINE)
    assert found is not None
    assert {found.fields["a:0"], *found.held.others["a:0"].values()} == {"fra kontoret", "fra posten"}
    assert {one.held.revision for one in both} == {1, 2}
    chosen = await drafts.choose(MINE, "a:0", "begge", ward)
    assert (chosen.fields["a:0"], chosen.held.others) == ("begge", {})


async def test_a_form_of_a_note_that_was_signed_writes_nothing_in_the_next(pool: asyncpg.Pool) -> None:
    drafts = Drafts(pool)
    first = await drafts.begin(MINE, {})
    await drafts.drop(MINE, first.id)
    await drafts.begin(MINE, {})
    with pytest.raises(NotFound):
        await drafts.keep(MINE, {"a:0": "i det gamle"}, Hand("kontor", 0, first.id))


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


async def test_what_a_citizen_has_left_is_forgotten_with_its_files_and_a_workers_words_are_not(
    pool: asyncpg.Pool,
) -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=UTC)
    citizens = Key("ada", "Patient/ada", "skjema@1~")
    later = citizens._replace(template="annet@1~")
    for days, key in ((61, citizens), (61, MINE), (59, later)):
        drafts = Drafts(pool, clock=at(now - timedelta(days=days)))
        await drafts.begin(key, {})
        await drafts.keep(key, {"a:0": "tekst"})
    old = await drafts.find(citizens)
    assert old is not None
    await Attachments(pool).add(old, "a.png", PICTURE)
    drafts = Drafts(pool, lasts=timedelta(days=60), clock=at(now))
    assert await drafts.purge() == 1
    assert await drafts.find(citizens) is None
    assert await Attachments(pool).of(old) == {}
    assert await drafts.find(MINE) is not None
    assert await drafts.find(later) is not None
    assert await drafts.purge() == 0


async def test_a_process_looks_for_what_was_left_as_soon_as_it_runs(pool: asyncpg.Pool) -> None:
    key = Key("ada", "Patient/ada", "skjema@1~")
    drafts = Drafts(pool, lasts=timedelta())
    await drafts.begin(key, {})
    async with sweeping(drafts), asyncio.timeout(5):
        while await drafts.find(key):  # noqa: ASYNC110 -- it tells nobody that it has looked
            await asyncio.sleep(0.01)
