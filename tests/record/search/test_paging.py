"""Pages: every match once, whatever is written meanwhile, and whichever way the page is found."""

import asyncio
import random
from collections.abc import Sequence
from urllib.parse import parse_qsl

import msgspec
import pytest

from fellesjournal.errors import Invalid
from fellesjournal.record.record import Record
from fellesjournal.record.search import density
from fellesjournal.record.stored import Page, Parameters
from record.conftest import EVERYONE, body, bundle, entry

LOINC = "http://loinc.org"


def observation(number: int, code: str, **more: object) -> bytes:
    return body(
        "Observation",
        id=f"o{number}",
        status="final",
        code={"coding": [{"system": LOINC, "code": code}]},
        subject={"reference": "Patient/kari"},
        effectiveDateTime=f"2026-01-{number % 28 + 1:02}T08:00:00Z",
        valueQuantity={"value": number},
        **more,
    )


async def fill(record: Record, numbers: Sequence[int], code: str = "8480-6", **more: object) -> None:
    for number in numbers:
        await record.update("Observation", f"o{number}", observation(number, code, **more), scope=EVERYONE)


async def pages(record: Record, parameters: Parameters) -> list[Page]:
    found = [await record.search("Observation", parameters, scope=EVERYONE)]
    while (following := found[-1].next) is not None:
        found.append(await record.search("Observation", following, scope=EVERYONE))
    return found


def ids(page: Page) -> list[str]:
    return [entry.stored.id for entry in page.entries if entry.mode == "match"]


async def test_pages_give_every_match_once_newest_first(record: Record) -> None:
    await fill(record, range(23))
    found = await pages(record, [("code", "8480-6"), ("_count", "5")])
    assert [len(ids(page)) for page in found] == [5, 5, 5, 5, 3]
    assert [one for page in found for one in ids(page)] == [f"o{n}" for n in reversed(range(23))]


async def test_only_a_page_that_holds_all_matches_knows_the_total_unasked(record: Record) -> None:
    await fill(record, range(6))
    assert (await record.search("Observation", [], scope=EVERYONE)).total == 6
    assert (await record.search("Observation", [("_count", "5")], scope=EVERYONE)).total is None
    asked = await record.search("Observation", [("_count", "5"), ("_total", "accurate")], scope=EVERYONE)
    assert asked.total == 6


async def test_a_count_alone_gives_no_entries(record: Record) -> None:
    await fill(record, range(4))
    for parameters in ([("_summary", "count")], [("_count", "0")]):
        page = await record.search("Observation", parameters, scope=EVERYONE)
        assert (page.total, page.entries, page.next) == (4, [], None)


@pytest.mark.parametrize("sort", [None, "date", "-date", "value-quantity", "-_lastUpdated", "status,-date"])
async def test_pages_neither_skip_nor_repeat_while_others_write(record: Record, sort: str | None) -> None:
    """What is there all the time and does not change comes exactly once."""
    await fill(record, range(60))
    chance = random.Random(1)
    going_on = True

    async def others() -> None:
        number = 1000
        while going_on:
            number += 1
            await fill(record, [number])
            if chance.random() < 0.5:
                await record.delete("Observation", f"o{number - chance.randrange(5)}", scope=EVERYONE)

    writing = asyncio.create_task(others())
    try:
        parameters = [("code", "8480-6"), ("_count", "7"), *([("_sort", sort)] if sort else [])]
        found = [one for page in await pages(record, parameters) for one in ids(page)]
    finally:
        going_on = False
        await writing
    steady = [one for one in found if int(one[1:]) < 1000]
    assert sorted(steady) == sorted(f"o{n}" for n in range(60))


async def test_an_update_does_not_move_a_resource_between_pages(record: Record) -> None:
    await fill(record, range(12))
    first = await record.search("Observation", [("_count", "5")], scope=EVERYONE)
    await fill(record, [2, 11], note=[{"text": "Changed while someone read."}])
    rest = await record.search("Observation", first.next or [], scope=EVERYONE)
    assert ids(first) + ids(rest) == [f"o{n}" for n in (11, 10, 9, 8, 7, 6, 5, 4, 3, 2)]


@pytest.mark.parametrize("total", [0.0, 1e9])
@pytest.mark.parametrize("frequency", [0.0, 1.0])
async def test_the_answer_is_the_same_however_it_is_found(
    record: Record, monkeypatch: pytest.MonkeyPatch, total: float, frequency: float
) -> None:
    """By the array index, by a probe or by the walk: statistics change the way, never the answer."""
    await fill(record, range(30))
    await fill(record, range(30, 60), code="8867-4")

    async def pretend(self: density.Density, connection: object) -> None:
        self.total = total

    monkeypatch.setattr(density.Density, "refresh", pretend)
    monkeypatch.setattr(density.Density, "of", lambda self, terms: frequency * self.total)
    searches = {
        "code=8867-4": range(30, 60),
        "code=8867-4&value-quantity=gt50": range(51, 60),
        "value-quantity=lt10": range(10),
        "date=2026-01-05": (4, 32),
        "code:not=8867-4&_sort=value-quantity": range(30),
        "code=8480-6&code=8867-4": (),
        "_id=o1,o2,o99": (1, 2),
        "patient=kari&date=gt2026-01-27": (27, 55),
        "subject:missing=true": (),
    }
    for query, expected in searches.items():
        found = [one for page in await pages(record, parse_qsl(f"{query}&_count=4")) for one in ids(page)]
        assert sorted(found) == sorted(f"o{n}" for n in expected), query


async def put(record: Record, resources: Sequence[bytes]) -> None:
    """Store resources in this order, many at a time."""
    entries = []
    for one in map(msgspec.json.decode, resources):
        entries.append(entry("PUT", f"{one['resourceType']}/{one['id']}", one))
    await record.transact(bundle(*entries), scope=EVERYONE)


async def test_a_page_of_several_types_leaves_no_newer_match_out(record: Record) -> None:
    """Types are walked down to the same row, however many of one type's newest do not match."""

    def named(kind: str, number: int, family: str) -> bytes:
        return body(kind, id=f"{kind[:3].lower()}{number}", name=[{"family": family}])

    await put(record, [named("Practitioner", number, "Berg") for number in range(450)])
    await put(record, [named("Patient", 1, "Berg")])
    await put(record, [named("Patient", number, "Dal") for number in range(2, 100)])
    asked = [("_type", "Practitioner,Patient"), ("family", "Berg"), ("_count", "2")]
    page = await record.search(None, asked, scope=EVERYONE)
    assert ids(page) == ["pat1", "pra449"]


async def test_pages_by_code_and_value_give_every_match_once(record: Record) -> None:
    await put(record, [observation(number, "8867-4") for number in range(40)])
    await put(record, [observation(number, "8480-6") for number in range(40, 540)])
    await put(record, [observation(number, "8867-4") for number in range(540, 560)])
    asked = [("combo-code-value-quantity", "8480-6$lt500,8867-4$lt541"), ("_count", "50")]
    found = [one for page in await pages(record, asked) for one in ids(page)]
    assert found == [f"o{number}" for number in [540, *reversed(range(500))]]


async def test_a_cursor_of_another_search_is_refused(record: Record) -> None:
    with pytest.raises(Invalid, match="_cursor is not a page of this search"):
        await record.search("Observation", [("_cursor", "nonsense")], scope=EVERYONE)


async def test_citizens_stand_in_the_order_of_their_telephone_numbers(record: Record) -> None:
    for name, number in (("a", "73000002"), ("b", "73000001"), ("c", None)):
        telecom = [{"system": "email", "value": "0@example.org"}]
        telecom += [{"system": "phone", "value": number}] if number else []
        await record.update("Patient", name, body("Patient", id=name, telecom=telecom), scope=EVERYONE)
    for sort, expected in (("phone", ["b", "a", "c"]), ("-phone", ["a", "b", "c"])):
        page = await record.search("Patient", [("_sort", sort)], scope=EVERYONE)
        assert ids(page) == expected
