"""Notices on their way: as the citizen has chosen, tried again, given up, never with health in them."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from booking.conftest import MONDAY, appointment, at
from booking.notices.conftest import Sending, citizen
from fellesjournal.app import outgoing
from fellesjournal.app.notice_commands import told
from fellesjournal.app.rooms import Knowledge, joined
from fellesjournal.app.settings import Settings
from fellesjournal.booking.notices import outbox
from fellesjournal.booking.notices.texts import text, texts
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.norway.writing import spelled
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.scope import Scope

DOCTOR, ADA = "Practitioner/doctor", "Patient/ada"
WHEN = spelled(MONDAY.isoformat(), None).replace("\u00a0", " ")
SITE = "https://journal.example/min"
SECRETS = {"comment": "ring om biopsien", "description": "Psykiatrisk poliklinikk"}


def booked(start: float = 0, **more: Any) -> dict[str, Any]:
    return appointment("a", start, start + 30, ADA, DOCTOR, **SECRETS, **more)


async def test_a_booking_is_told_of_at_once_and_reminded_of_two_days_before(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"), booked())
    await sending.go()
    assert sending.texts() == [f"Du har fått en time {WHEN}. Logg inn for å se hvor: {SITE}"]
    assert await sending.notices() == [("booked", "sent"), ("reminder", "waiting")]
    sending.passed = MONDAY - datetime.now(UTC) - timedelta(days=2, minutes=5)
    await sending.go()
    assert len(sending.texts()) == 1
    sending.passed += timedelta(minutes=10)
    await sending.go()
    assert sending.texts()[1:] == [f"Husk timen {WHEN}. Logg inn for å se hvor: {SITE}"]


async def test_a_move_takes_back_the_reminder_and_makes_another(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"), booked(), booked(24 * 60))
    states = [
        ("booked", "withdrawn"),
        ("reminder", "withdrawn"),
        ("moved", "waiting"),
        ("reminder", "waiting"),
    ]
    assert await sending.notices() == states
    await sending.go()
    [said] = sending.texts()
    assert said.startswith("En time er flyttet til ")


@pytest.mark.parametrize(("reason", "is_told"), [("AAT", True), ("AAI", False), ("APVAI", False)])
async def test_who_cancels_need_not_be_told_and_all_others_are(
    sending: Sending, reason: str, *, is_told: bool
) -> None:
    await sending.put(citizen("ada", "sms"), booked())
    await sending.go()
    coding = {"system": "urn:oid:2.16.578.1.12.4.1.1.7621", "code": reason}
    await sending.put(booked(status="cancelled", cancelationReason={"coding": [coding]}))
    await sending.go()
    assert [one.startswith("Timen") for one in sending.texts()[1:]] == ([True] if is_told else [])
    assert ("reminder", "withdrawn") in await sending.notices()


async def test_a_deleted_appointment_is_told_of_as_cancelled(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"), booked())
    await sending.client.delete("Appointment/a")
    await sending.go()
    assert [one.split()[0] for one in sending.texts()] == ["Timen"]


async def test_mail_and_sms_go_both_to_who_has_chosen_both(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms", "email", language="en"), booked())
    await sending.go()
    [mail] = sending.mail.mails
    assert (mail["To"], mail["From"]) == ("ada@innbygger.example", "varsel@journal.example")
    assert mail["Subject"] == "A message about your health service"
    assert mail.get_content().startswith("You have an appointment on ")
    [sms] = sending.sms.texts
    assert (sms["to"], sms["from"], sms["token"]) == ("+4790000000", "Helse", True)


async def test_nothing_of_health_leaves_the_house(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms", "email"), booked())
    await sending.go()
    out = str(sending.sms.texts) + str(sending.mail.mails[0])
    assert not any(word in out for word in ("biopsi", "Psykiatri", "doctor", "Practitioner"))


@pytest.mark.parametrize("kind", ["booked", "moved", "cancelled", "reminder", "offer", "message", "letter"])
def test_every_kind_has_words_in_every_language(kind: str) -> None:
    for other in (False, True):
        for language in (*texts(), "se", "pl"):
            body = text(kind, MONDAY, language, SITE, of_another=other).body
            assert body.endswith(SITE)
            assert all(sign.isascii() or sign in "æøåÆØÅ" for sign in body), "an SMS of 160 signs"
            assert text(kind, MONDAY, language, "", of_another=other).body.endswith(".")


async def test_who_has_chosen_nothing_is_told_nothing(sending: Sending) -> None:
    await sending.put(citizen("ada"), booked())
    await sending.go()
    assert (sending.texts(), sending.mail.mails) == ([], [])
    [_, now] = await outbox.told(sending.pool, ADA)
    assert (now.state, now.reason) == ("given-up", "the citizen has chosen no notices")


async def test_the_dead_get_no_notices(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"), booked(), citizen("ada", "sms", deceasedBoolean=True))
    await sending.go()
    assert sending.texts() == []


async def test_what_is_not_taken_is_tried_again_at_growing_pauses_and_then_given_up(sending: Sending) -> None:
    await sending.put(citizen("ada", "email"), booked())
    sending.mail.refuses = 451
    waits = []
    for _ in range(10):
        await sending.go()
        row = await sending.pool.fetchrow("select state, tries, reason from notice where kind = 'booked'")
        if row["state"] != "failed":
            break
        assert row["reason"] == "The mail server answered 451."
        due = await sending.pool.fetchval("select next_try from notice where kind = 'booked'")
        waits.append(due - datetime.now(UTC) - sending.passed)
        sending.passed += waits[-1] + timedelta(seconds=1)
    assert (row["state"], row["tries"]) == ("given-up", 6)
    assert waits == sorted(waits)
    assert len(waits) == 5


async def test_what_is_taken_at_the_second_try_is_sent(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"), booked())
    sending.sms.status = 503
    await sending.go()
    assert ("booked", "failed") in await sending.notices()
    sending.sms.status, sending.passed = 200, timedelta(minutes=2)
    await sending.go()
    assert ("booked", "sent") in await sending.notices()
    assert len(sending.texts()) == 1


@pytest.mark.parametrize(("way", "answer"), [("email", 550), ("sms", 400)])
async def test_an_address_that_there_is_not_is_given_up_at_once(
    sending: Sending, way: str, answer: int
) -> None:
    await sending.put(citizen("ada", way), booked())
    sending.mail.refuses = sending.sms.status = answer
    await sending.go()
    assert ("booked", "given-up") in await sending.notices()


async def test_what_the_gateway_says_has_arrived_is_delivered(sending: Sending) -> None:
    sending.sms.answers = {"status": "delivered"}
    await sending.put(citizen("ada", "sms"), booked())
    await sending.go()
    assert ("booked", "delivered") in await sending.notices()


async def test_without_a_way_out_notices_wait_and_that_is_seen(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"), booked())
    bare = sending.made(Settings(practice_site=True))
    assert await bare() == 0
    [line] = told(await outbox.standings(sending.pool, datetime.now(UTC)))
    assert line.startswith("1 booked waiting: no channel is set up (the oldest due ")
    sending.passed = timedelta(hours=2)
    await sending.go()
    assert len(sending.texts()) == 1


async def test_processes_that_send_at_once_send_each_notice_once(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"))
    await sending.put(*(appointment(f"a{n}", n * 40, n * 40 + 30, ADA, DOCTOR) for n in range(30)))
    await asyncio.gather(*(sending.go() for _ in range(6)))
    ids = [one["id"] for one in sending.sms.texts]
    assert len(ids) == len(set(ids)) == 30


async def test_a_notice_is_written_with_its_act_or_not_at_all(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"), booked())
    clash = appointment("b", 10, 40, ADA, "Practitioner/other") | {"start": at(10)}
    assert (await sending.client.put("Appointment/b", json=clash)).status_code == 409
    assert len(await sending.notices()) == 2


async def test_who_was_looked_up_to_be_told_stands_in_the_log(sending: Sending) -> None:
    await sending.put(citizen("ada", "sms"), booked())
    before = len(sending.logged)
    await sending.go()
    assert {(one.actor.role, one.patient) for one in sending.logged[before:]} == {("varsler", ADA)}


async def test_what_an_import_brings_in_is_reminded_of_and_no_news(sending: Sending, know: Knowledge) -> None:
    settings = Settings(practice_site=True, synthetic_numbers_only=False)
    record = joined(settings, know, sending.pool, imports=True).record
    await record.update("Appointment", "a", msgspec.json.encode(booked()), scope=Scope.everyone())
    assert await sending.notices() == [("reminder", "waiting")]


async def test_messages_and_letters_are_told_of_once(sending: Sending) -> None:
    now = datetime.now(UTC).isoformat()
    message = {
        "resourceType": "Communication",
        "id": "m",
        "status": "completed",
        "subject": {"reference": ADA},
        "sent": now,
        "sender": {"reference": "Organization/1"},
        "recipient": [{"reference": ADA}],
        "payload": [{"contentString": "Biopsien var fin"}],
    }
    letter = {
        "resourceType": "DocumentReference",
        "id": "l",
        "status": "current",
        "date": now,
        "subject": {"reference": ADA},
        "content": [{"attachment": {"title": "Epikrise"}}],
    }
    await sending.put(citizen("ada", "sms", language="nn"), message, letter)
    await sending.put(message | {"received": now}, letter | {"description": "Brev"})
    await sending.go()
    assert sending.texts() == [
        f"Du har fått ei melding. Logg inn for å lese ho: {SITE}",
        f"Du har fått eit brev. Logg inn for å lese det: {SITE}",
    ]
    key = key_of("DocumentReference/l")
    found = await outbox.of_letters(sending.pool, [key, key_of("DocumentReference/other")])
    assert {one: (notice.state, notice.way) for one, notice in found.items()} == {key: ("sent", "sms")}


def test_a_practice_site_sends_nothing_out_of_the_machine() -> None:
    with pytest.raises(Trouble, match="A practice site sends no notices"):
        outgoing.ways(Settings(practice_site=True, sms_gateway="https://sms.example"))
    with pytest.raises(Trouble, match="A practice site sends no notices"):
        outgoing.ways(
            Settings(practice_site=True, smtp_server="post.example", smtp_sender="a@journal.example")
        )


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"smtp_server": "post.example"}, "SMTP_SENDER must be"),
        ({"smtp_server": "post.example", "smtp_security": "ssl"}, "SMTP_SECURITY must be one of"),
        ({"smtp_server": "post.example:x", "smtp_sender": "a@b.example"}, "SMTP_SERVER must be"),
        ({"sms_gateway": "http://sms.example"}, "must be an https address"),
        ({"sms_gateway": "https://sms.example", "sms_token": "nowhere/token"}, "cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_right_is_told(chosen: dict[str, Any], said: str) -> None:
    with pytest.raises(Trouble, match=said):
        outgoing.ways(replace(Settings(), **chosen))
