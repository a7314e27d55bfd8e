"""Emergency access and overridden blocks are followed up: listed, marked, undone, and logged."""

from dataclasses import replace

import pytest

from access.conftest import block, put
from access.test_door import NOW, NURSE, House, house, worker
from access.test_logbook import OFFICER, OLA, logged
from fellesjournal.access import follow_up
from fellesjournal.access.audit.unusual import Reason
from fellesjournal.access.decision import Basis
from fellesjournal.access.guard import grants
from fellesjournal.access.journal import FollowUps
from fellesjournal.errors import Conflict, Forbidden, Invalid, NotFound

__all__ = ["house", "logged"]


async def taken(house: House) -> tuple[str, str]:
    """Ola's record opened, Kari's block overridden; the ids of both."""
    await put(house.record, block("b", "kari"))
    first = await house.ask(NURSE, "take", grants.EMERGENCY, "ola", "", "Bevisstløs i gangen")
    house.now = NOW.replace(hour=11)
    second = await house.ask(NURSE, "take", grants.OVERRIDE, "kari", "", "Livstruende blødning")
    return first.id, second.id


async def test_the_newest_stands_first_with_who_whose_when_and_why(logged: House) -> None:
    first, second = await taken(logged)
    found: FollowUps = await logged.ask(OFFICER, "follow_ups", done=False)
    assert [one.id for one in found.taken] == [second, first]
    assert found.taken[1] == follow_up.Taken(
        id=first,
        kind=grants.EMERGENCY,
        person="Practitioner/nina",
        practitioner_role="PractitionerRole/nina-ward",
        patient="Patient/ola",
        start="2026-11-23T10:00:00+00:00",
        end="2026-11-23T14:00:00+00:00",
        reason="Bevisstløs i gangen",
        done=False,
        looked=(),
    )
    assert (await logged.ask(OFFICER, "follow_ups", done=True)).taken == []


async def test_it_is_marked_with_a_sentence_that_is_kept_and_can_be_undone(logged: House) -> None:
    first, second = await taken(logged)
    await logged.ask(OFFICER, "follow_up", first, " Riktig brukt: pasienten var bevisstløs. ")
    assert [one.id for one in (await logged.ask(OFFICER, "follow_ups", done=False)).taken] == [second]
    [done] = (await logged.ask(OFFICER, "follow_ups", done=True)).taken
    assert [(one.by, one.sentence) for one in done.looked] == [
        ("Petra Prøve", "Riktig brukt: pasienten var bevisstløs.")
    ]
    await logged.refuses(Conflict, OFFICER, "follow_up", first, "En gang til")
    await logged.ask(OFFICER, "follow_up", first, "Lederen vil se på det igjen", undo=True)
    assert (await logged.ask(OFFICER, "follow_ups", done=True)).taken == []
    again = (await logged.ask(OFFICER, "follow_ups", done=False)).taken[-1]
    assert [one.sentence for one in again.looked] == [
        "Lederen vil se på det igjen",
        "Riktig brukt: pasienten var bevisstløs.",
    ]
    await logged.refuses(Conflict, OFFICER, "follow_up", first, "En gang til", undo=True)


async def test_following_up_neither_opens_nor_shuts_a_record(logged: House) -> None:
    first, _ = await taken(logged)
    await logged.ask(OFFICER, "follow_up", first, "Riktig brukt")
    await logged.ask(NURSE, "read", "Observation", "o-ola")
    logged.now = NOW.replace(hour=15)
    await logged.refuses(NotFound, NURSE, "read", "Observation", "o-ola")
    await logged.refuses(Forbidden, OFFICER, "read", "Task", first)


@pytest.mark.parametrize("sentence", ["", " ok  ", "x" * 1_001])
async def test_a_sentence_says_something_and_is_no_book(logged: House, sentence: str) -> None:
    first, _ = await taken(logged)
    await logged.refuses(Invalid, OFFICER, "follow_up", first, sentence)


async def test_only_what_the_door_wrote_is_followed_up(logged: House) -> None:
    task = {"resourceType": "Task", "id": "work", "status": "requested", "intent": "order"}
    await put(logged.record, task)
    await logged.refuses(NotFound, OFFICER, "follow_up", "work", "Riktig brukt")
    await logged.refuses(NotFound, OFFICER, "follow_up", "nothing", "Riktig brukt")


@pytest.mark.parametrize("role", ["lege", "administrator", "helsesekretaer"])
async def test_others_than_the_privacy_officer_follow_nothing_up(logged: House, role: str) -> None:
    first, _ = await taken(logged)
    await logged.refuses(Forbidden, worker(role), "follow_ups", done=False)
    await logged.refuses(Forbidden, worker(role), "follow_up", first, "Riktig brukt")
    await logged.refuses(Forbidden, worker(role), "unusual", NOW.date(), NOW.date())
    await logged.refuses(Forbidden, OLA, "follow_ups", done=False)
    assert all(told.decision.basis is Basis.ROLE for told in logged.told[-4:])


async def test_nobody_follows_up_what_they_took_themselves(logged: House) -> None:
    first, _ = await taken(logged)
    nina = replace(OFFICER, person=NURSE.person)
    await logged.refuses(Forbidden, nina, "follow_up", first, "Riktig brukt")


async def test_the_citizen_reads_in_the_log_that_it_was_followed_up(logged: House) -> None:
    first, _ = await taken(logged)
    await logged.ask(OFFICER, "follow_ups", done=False)
    await logged.ask(OFFICER, "follow_up", first, "Riktig brukt")
    told = logged.told[-1]
    assert (told.interaction, told.action, told.patient) == ("follow-up", "U", "Patient/ola")
    assert (told.decision.basis, told.decision.reason) == (Basis.OVERSIGHT, "Riktig brukt")
    lines = (await logged.ask(OLA, "access_log", "ola", [])).lines
    assert [line.text for line in lines if "Petra" in line.text] == [
        "Personvernombud Petra Prøve endret i oppfølgingen av nødtilgang for å følge opp hvem som har brukt "
        "journalen. Begrunnelse: «Riktig brukt».",
        "Personvernombud Petra Prøve åpnet oppfølgingen av nødtilgang for å følge opp hvem som har brukt "
        "journalen.",
    ]


async def test_a_long_list_comes_by_pages(logged: House, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = await taken(logged)
    monkeypatch.setattr(follow_up, "AT_A_TIME", 1)
    page: FollowUps = await logged.ask(OFFICER, "follow_ups", done=False)
    rest: FollowUps = await logged.ask(OFFICER, "follow_ups", done=False, after=page.end)
    assert [one.id for one in (*page.taken, *rest.taken)] == [second, first]
    assert (bool(page.end), rest.end) == (True, "")


async def test_what_was_really_taken_is_counted_as_unusual(logged: House) -> None:
    await taken(logged)
    await logged.ask(NURSE, "read", "Observation", "o-ola")
    found = await logged.ask(OFFICER, "unusual", NOW.date(), NOW.date())
    assert [(one.person, one.role, one.unit, one.reasons) for one in found] == [
        (
            "Practitioner/nina",
            "sykepleier",
            "Organization/ward",
            [Reason("emergency", 1), Reason("override", 1)],
        )
    ]
    assert logged.told[-1].decision.basis is Basis.OVERSIGHT
