"""Search by words in one chart: what is found, in which order, and what is found no more."""

import asyncpg
import pytest

from fellesjournal.norway.protection import EXTENSION
from fellesjournal.record.record import Record
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.wording.hearing import hear
from record.conftest import EVERYONE, bundle, entry
from record.wording.charting import find, ids, letter, measured, note, patient, put
from terminology.finding.shelves import load


@pytest.fixture
async def chart(record: Record, pool: asyncpg.Pool) -> Record:
    await put(record, patient(), patient("ola"), note("n", "Feber og hoste i to dager. Hoftebrudd i fjor."))
    return record


async def test_a_note_is_found_by_words_anywhere_in_it_and_says_where(
    chart: Record, pool: asyncpg.Pool
) -> None:
    [found] = (await find(chart, pool, "hosten")).finds
    assert found.stored.id == "n"
    assert [piece.text for piece in found.sentence if piece.is_hit] == ["hoste"]


@pytest.mark.parametrize("typed", ["feber", "brudd i hofta", "hofte", "brudd", "fe", '"hoste i to dager"'])
async def test_it_is_found_by(chart: Record, pool: asyncpg.Pool, typed: str) -> None:
    assert await ids(chart, pool, typed) == ["n"]


@pytest.mark.parametrize(
    "typed", ["", "x", "&|!()", "'", '"', "feber krykker", '"hoste to dager"', "eber", "%"]
)
async def test_it_is_not_found_by(chart: Record, pool: asyncpg.Pool, typed: str) -> None:
    assert await ids(chart, pool, typed) == []


async def test_a_code_without_words_is_found_by_what_it_is_called_by_any_name_of_its_system(
    chart: Record, pool: asyncpg.Pool
) -> None:
    url, oid = "http://koder.example/icd", "urn:oid:1.2.3.4"
    coded = {"coding": [{"system": oid, "code": "K35.8"}]}
    subject = {"reference": "Patient/kari"}
    await put(chart, {"resourceType": "Condition", "id": "c", "subject": subject, "code": coded})
    async with pool.acquire() as connection:
        await load(connection, url, [Concept("K358", "Akutt appendisitt")])
        assert (
            await chart.find("kari", await hear(connection, "appendisitt"), scope=EVERYONE, most=4)
        ).finds == ()
        wanted = await hear(connection, "blindtarmbetennelse", {url: (url, oid)})
    [found] = (await chart.find("kari", wanted, scope=EVERYONE, most=4)).finds
    assert (found.stored.id, found.sentence) == ("c", ())


async def test_another_citizens_chart_is_another(chart: Record, pool: asyncpg.Pool) -> None:
    assert await ids(chart, pool, "feber", "ola") == []


async def test_what_is_changed_is_found_as_it_is_now(chart: Record, pool: asyncpg.Pool) -> None:
    await put(chart, note("n", "Kvalme."))
    assert await ids(chart, pool, "feber") == []
    assert await ids(chart, pool, "kvalm") == ["n"]


async def test_what_is_moved_to_its_right_citizen_is_found_there_alone(
    chart: Record, pool: asyncpg.Pool
) -> None:
    await put(chart, note("n", "Feber.", "ola"))
    assert (await ids(chart, pool, "feber"), await ids(chart, pool, "feber", "ola")) == ([], ["n"])


async def test_what_is_deleted_or_entered_in_error_is_not_found(chart: Record, pool: asyncpg.Pool) -> None:
    await put(chart, note("wrong", "Feber.") | {"status": "entered-in-error"})
    system = "http://terminology.hl7.org/CodeSystem/condition-ver-status"
    wrong = {"coding": [{"system": system, "code": "entered-in-error"}]}
    taken_back = {"resourceType": "Condition", "subject": {"reference": "Patient/kari"}}
    await put(chart, taken_back | {"id": "c", "code": {"text": "Feber"}, "verificationStatus": wrong})
    assert await ids(chart, pool, "feber") == ["n"]
    await put(
        chart, note("n", "Feber og hoste i to dager. Hoftebrudd i fjor.") | {"status": "entered-in-error"}
    )
    assert await ids(chart, pool, "feber") == []
    await put(chart, note("n", "Feber."))
    await chart.delete("Composition", "n", scope=EVERYONE)
    assert await ids(chart, pool, "feber") == []


async def test_of_a_result_the_newest_stands_for_all_and_tells_how_many(
    chart: Record, pool: asyncpg.Pool
) -> None:
    for day in (1, 9, 5):
        await put(chart, measured(f"k{day}", "Kalium", day, f"2026-11-0{day}"))
    [found] = (await find(chart, pool, "kalium")).finds
    assert (found.stored.id, found.same, found.total) == ("k9", 3, 1)


async def test_whole_words_come_before_parts_and_then_the_newest(chart: Record, pool: asyncpg.Pool) -> None:
    await put(
        chart,
        note("part", "Lungebetennelse.", date="2026-11-22"),
        note("old", "Betennelse.", date="2020-01-01"),
        note("new", "Betennelsen gir seg.", date="2026-11-21"),
    )
    assert await ids(chart, pool, "betennelse") == ["new", "old", "part"]


async def test_so_many_of_a_type_are_shown_and_all_are_counted(chart: Record, pool: asyncpg.Pool) -> None:
    await put(chart, *(note(f"m{number}", "Kvalme.") for number in range(6)))
    found = await find(chart, pool, "kvalme")
    assert (len(found.finds), {one.total for one in found.finds}) == (4, {6})


async def test_when_nothing_is_found_it_is_told_how_much_was_looked_at(
    chart: Record, pool: asyncpg.Pool
) -> None:
    await put(chart, letter("brev", b"%PDF-1.4"))
    found = await find(chart, pool, "mareritt")
    assert (found.finds, found.resources, found.waiting) == ((), 3, 1)


async def test_a_letter_wrong_is_forgiven_when_nothing_is_found_otherwise(
    chart: Record, pool: asyncpg.Pool
) -> None:
    for typed in ("hofebrudd", "hoftebrud", "hotfebrudd", "hoftebrydd"):
        assert await ids(chart, pool, typed) == ["n"], typed
    assert (await find(chart, pool, "hofebrudd")).is_corrected
    assert not (await find(chart, pool, "hoftebrudd")).is_corrected


async def test_a_bundle_and_a_rebuilt_index_say_the_same(chart: Record, pool: asyncpg.Pool) -> None:
    entries = [entry("PUT", "Composition/b", note("b", "Svimmel."))]
    await chart.transact(bundle(*entries), scope=EVERYONE)
    before = await pool.fetch("select * from index_word order by rid")
    await pool.execute("truncate index_word")
    assert await ids(chart, pool, "svimmel") == []
    assert [one async for one in chart.rebuild(["Patient", "Composition"])] == [
        ("Patient", 2),
        ("Composition", 2),
    ]
    assert await pool.fetch("select * from index_word order by rid") == before


async def test_the_address_of_one_who_is_protected_is_not_found(chart: Record, pool: asyncpg.Pool) -> None:
    address = {"line": ["Bringebærveien 3"], "city": "Isfjell"}
    await put(chart, patient("ola", address=[address]))
    assert await ids(chart, pool, "bringebærveien", "ola") == ["ola"]
    level = [{"url": EXTENSION, "valueCode": "strengtFortrolig"}]
    await put(chart, patient("ola", address=[address], extension=level))
    assert await ids(chart, pool, "bringebærveien", "ola") == []
    told = [one.sentence for one in (await find(chart, pool, "isfjell", "ola")).finds]
    assert told == []
