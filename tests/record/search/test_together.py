"""Searches of a screen: together they find what each finds by itself, whichever way it is found."""

import asyncio
import random
from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.search import nearby
from fellesjournal.record.stored import Page, Parameters, Question
from record.conftest import EVERYONE, body

LOINC = "http://loinc.org"
KARI = [("patient", "Patient/kari")]
ABOUT = EVERYONE.asked_about([key_of("Patient/kari")])
CODES = ("8867-4", "29463-7", "8302-2")


async def put(record: Record, type_name: str, id: str, **members: Any) -> None:
    await record.update(type_name, id, body(type_name, id=id, **members), scope=EVERYONE)


async def observe(record: Record, id: str, code: str, when: str, who: str = "kari") -> None:
    dated = {"effectiveDateTime": when} if when else {}
    coded = {"coding": [{"system": LOINC, "code": code}]}
    subject = {"reference": f"Patient/{who}"}
    await put(record, "Observation", id, status="final", code=coded, subject=subject, **dated)


async def fill(record: Record, many: int) -> None:
    """Kari's record, in no order, some without a date; Ola's; a meeting of both, which is in Ola's record."""
    chance = random.Random(many)
    for number in range(many):
        when = "" if number % 9 == 4 else f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02}-11"
        code = CODES[0] if number % 40 else CODES[2]
        await observe(record, f"o{number}", code, when, "ola" if number % 11 == 3 else "kari")
    both = [{"actor": {"reference": f"Patient/{one}"}, "status": "accepted"} for one in ("ola", "kari")]
    await put(record, "Appointment", "group", status="booked", participant=both, start="2026-11-30T08:00:00Z",
              end="2026-11-30T09:00:00Z")  # fmt: skip


def ids(page: Page) -> list[str]:
    return [one.stored.id for one in page.entries]


async def alone(record: Record, sought: Question, scope: Scope = EVERYONE) -> Page:
    return await record.search(sought.type, sought.parameters, scope=scope, compartment=sought.compartment)


SINCE = [("_lastUpdated", "gt2020-01-01"), ("_sort", "-_lastUpdated")]
SCREEN = [
    Question("Observation", [*KARI, ("_sort", "-date"), ("_count", "12")]),
    Question("Observation", [*KARI, ("_sort", "-date"), ("_count", "400")]),
    Question("Observation", [*KARI, ("code", f"{LOINC}|{CODES[0]}"), ("_sort", "-date"), ("_count", "5")]),
    Question("Observation", [*KARI, ("code", f"{LOINC}|{CODES[1]}"), ("_sort", "-date")]),
    Question("Observation", [*KARI, ("code", f"{CODES[1]},{CODES[2]}"), ("_sort", "-date"), ("_count", "2")]),
    Question("Observation", [*KARI, ("_sort", "date"), ("_count", "7")]),
    Question("Observation", [("patient", "kari"), ("_count", "7")]),
    Question("Observation", [*KARI, ("date", "ge2020"), ("_sort", "-date,_id")]),
    Question("Appointment", [*KARI, ("_sort", "-date")]),
    Question(None, [*KARI, ("_type", "Observation,Condition"), *SINCE, ("_count", "9")]),
    Question("Observation", [*KARI, ("_lastUpdated", "gt2999-01-01"), ("_sort", "-_lastUpdated")]),
    Question(None, [("_type", "Observation,Appointment")], ("Patient", "kari")),
]  # fmt: skip


@pytest.mark.parametrize("many", [0, 3, 120])
async def test_searches_asked_together_find_what_each_finds_alone(record: Record, many: int) -> None:
    await fill(record, many)
    together = await record.search_together(SCREEN, scope=ABOUT)
    for sought, page in zip(SCREEN, together, strict=True):
        expected = ids(await alone(record, sought))
        assert ids(page) == expected, sought
        assert ids(await alone(record, sought, ABOUT)) == expected, sought
    assert "group" in ids(together[8])


async def test_the_pages_of_one_record_in_the_order_of_dates_give_every_match_once(record: Record) -> None:
    await fill(record, 60)
    asked: Parameters | None = [*KARI, ("_sort", "-date"), ("_count", "7")]
    found: list[str] = []
    while asked is not None:
        page = await record.search("Observation", asked, scope=ABOUT)
        found += ids(page)
        asked = page.next
    everything = await record.search(
        "Observation", [*KARI, ("_sort", "-date"), ("_count", "100")], scope=EVERYONE
    )
    assert found == ids(everything)


async def test_what_is_out_of_reach_is_not_found_together_either(record: Record) -> None:
    await fill(record, 12)
    scope = Scope.of(key_of("Patient/ola")).asked_about([key_of("Patient/kari")])
    assert [ids(page) for page in await record.search_together(SCREEN[:6], scope=scope)] == [[]] * 6


async def test_nothing_asked_is_nothing_found(record: Record) -> None:
    assert await record.search_together([], scope=EVERYONE) == []


@pytest.mark.parametrize(
    "more", [("_include", "Observation:subject"), ("_total", "accurate"), ("_summary", "count"), ("no", "1")]
)
async def test_what_is_no_plain_first_page_is_refused(record: Record, more: tuple[str, str]) -> None:
    with pytest.raises(Invalid):
        await record.search_together([Question("Observation", [*KARI, more])], scope=EVERYONE)


async def test_screens_are_asked_for_at_once(record: Record) -> None:
    await fill(record, 20)
    several = await asyncio.gather(*(record.search_together(SCREEN, scope=ABOUT) for _ in range(5)))
    assert all([ids(page) for page in one] == [ids(page) for page in several[0]] for one in several)


@pytest.mark.parametrize(
    ("short", "few", "pages"),
    [(0, 40, 8), (0, 0.5, 8), (0, 0.1, 8), (250, 40, 1)],
    ids=["few are sorted", "many are walked", "a walk that falls short", "a short walk"],
)
async def test_however_it_is_found_it_is_the_same_page_after_page(
    record: Record, monkeypatch: pytest.MonkeyPatch, short: int, few: float, pages: int
) -> None:
    for name, value in (("_SHORT", short), ("_SORTED", few), ("_WALK_PAGES", pages)):
        monkeypatch.setattr(nearby, name, value)
    await fill(record, 90)
    for codes in (CODES[0], CODES[1], CODES[2], f"{CODES[0]},{CODES[2]}"):
        asked = [*KARI, ("code", codes), ("_sort", "-date")]
        expected = ids(await record.search("Observation", [*asked, ("_count", "200")], scope=EVERYONE))
        for count in ("1", "4", "30", "200"):
            sought = [*asked, ("_count", count)]
            [together] = await record.search_together([Question("Observation", sought)], scope=ABOUT)
            assert ids(together) == expected[: int(count)], (codes, count)
            if count != "1":
                assert await every(record, sought) == expected, (codes, count)


async def every(record: Record, asked: Parameters) -> list[str]:
    """The ids of all pages of a search that is known to be about Kari."""
    found: list[str] = []
    following: Parameters | None = asked
    while following is not None:
        page = await record.search("Observation", following, scope=ABOUT)
        found += ids(page)
        following = page.next
    return found
