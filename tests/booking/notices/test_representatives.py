"""Who acts for a citizen is told as well: of what the door lets them read, and without a word of whom."""

from datetime import UTC, datetime, timedelta
from typing import Any

from access.test_representing import HOME, tie
from booking.conftest import MONDAY, appointment
from booking.notices.conftest import Json, Sending, citizen
from booking.notices.test_sending import SITE, WHEN
from fellesjournal.booking.notices.rules import RESTRICTED
from fellesjournal.norway.profiles import ADDRESS_PROTECTION
from fellesjournal.norway.writing import spelled

ELSEWHERE = [HOME[0] | {"line": ["Eplebakken 3"]}]
LETTER, APPOINTMENT = (
    f"En du handler for, har fått et brev. Logg inn for å lese det: {SITE}",
    f"En du handler for, har fått en time {WHEN}. Logg inn for å se hvor: {SITE}",
)
WITHHELD = {"meta": {"security": [{"system": RESTRICTED, "code": "NORN_FORANS"}]}}
PROTECTED = {"url": ADDRESS_PROTECTION, "valueCode": "strengtFortrolig"}


def born(years: int) -> str:
    """A birth date so many years ago."""
    return (datetime.now(UTC) - timedelta(days=years * 366)).date().isoformat()


def person(id: str, years: int, *ways: str, **more: Any) -> Json:
    number = [{"system": "urn:number", "value": id}]
    members: Json = {"birthDate": born(years), "identifier": number, "address": HOME} | more
    return citizen(id, *ways, **members) | {"name": [{"given": [id.title()], "family": "Rosevik"}]}


def letter(of: str, **more: Any) -> Json:
    return {
        "resourceType": "DocumentReference",
        "id": "l",
        "status": "current",
        "date": datetime.now(UTC).isoformat(),
        "subject": {"reference": f"Patient/{of}"},
        "content": [{"attachment": {"title": "Epikrise"}}],
        **more,
    }


def time(of: str, **more: Any) -> Json:
    return appointment("a", 0, 30, f"Patient/{of}", "Practitioner/doctor") | more


async def told(sending: Sending) -> dict[str, list[str]]:
    """The texts of the mails that went out, by whom they went to."""
    await sending.go()
    found: dict[str, list[str]] = {}
    for mail in sending.mail.mails:
        found.setdefault(str(mail["To"]).partition("@")[0], []).append(mail.get_content().strip())
    return {name: sorted(texts) for name, texts in found.items()}


async def test_parents_who_live_apart_are_both_told_without_a_name_and_nothing_is_said_to_be_read(
    sending: Sending,
) -> None:
    await sending.put(person("mother", 40, "email"), person("father", 41, "email", address=ELSEWHERE))
    await sending.put(person("liten", 5), person("uncle", 38, "email"))
    await sending.put(*(tie(one, "liten", one, "parent") for one in ("mother", "father")))
    await sending.put(tie("without-a-day", "liten", "uncle", "power-of-attorney", "read"))
    await sending.put(letter("liten"), time("liten", description="Psykiatrisk poliklinikk"))
    logged = len(sending.logged)
    found = await told(sending)
    assert found == {"mother": sorted([LETTER, APPOINTMENT]), "father": sorted([LETTER, APPOINTMENT])}
    assert not any(word in str(found) for word in ("Liten", "Rosevik", "Psykiatri", "Epikrise"))
    assert {one.actor.role for one in sending.logged[logged:]} == {"varsler"}
    await sending.go()
    assert await told(sending) == found, "once each"


BOTH, VISIT, NOTHING = "letter and time", "time", ""
CASES: tuple[tuple[int, tuple[str, ...], Json, str], ...] = (
    (13, ("parent",), {}, BOTH),
    (13, ("parent",), WITHHELD, NOTHING),
    (17, ("parent",), {}, NOTHING),
    (84, ("power-of-attorney", "book"), {}, VISIT),
    (84, ("power-of-attorney", "read"), {}, BOTH),
    (84, ("guardian", "read", "book"), {}, BOTH),
    (84, ("guardian",), {}, NOTHING),
)


async def test_who_acts_for_somebody_is_told_of_what_they_may_read(sending: Sending) -> None:
    for number, (years, codes, more, _) in enumerate(CASES):
        whose, other = f"whose{number}", f"other{number}"
        parties = (f"Patient/{whose}", f"Practitioner/doctor{number}")
        await sending.put(
            person(other, 40, "email"),
            person(whose, years, "email"),
            tie(f"t{number}", whose, other, *codes, period={"start": "2026-01-01"}),
            letter(whose, id=f"l{number}", **more),
            appointment(f"a{number}", 0, 30, *parties) | more,
        )
    found = await told(sending)
    said = {BOTH: sorted([LETTER, APPOINTMENT]), VISIT: [APPOINTMENT], NOTHING: []}
    for number, (*case, expected) in enumerate(CASES):
        assert found.get(f"other{number}", []) == said[expected], case
        assert len(found[f"whose{number}"]) == 2, "the citizen is told of both"


async def test_of_a_protected_citizen_and_to_a_protected_one_nobody_else_is_told(sending: Sending) -> None:
    hidden = person("hidden", 5, "email")
    hidden["extension"] = [*hidden["extension"], PROTECTED]
    far = person("far", 40, "email")
    far["extension"] = [*far["extension"], PROTECTED]
    await sending.put(person("mother", 40, "email"), far, hidden, person("liten", 6))
    await sending.put(tie("t", "hidden", "mother", "parent"), tie("u", "liten", "far", "parent"))
    await sending.put(tie("v", "liten", "mother", "parent"), letter("hidden"), time("liten"))
    assert await told(sending) == {"mother": [APPOINTMENT]}


async def test_of_who_is_dead_or_not_there_any_more_nobody_is_told(sending: Sending) -> None:
    await sending.put(person("mother", 40, "email"))
    for id in ("dead", "gone"):
        await sending.put(person(id, 5), letter(id, id=id), tie(id, id, "mother", "parent"))
    await sending.put(person("dead", 5, deceasedBoolean=True))
    assert (await sending.client.delete("Patient/gone")).status_code < 300
    assert await told(sending) == {}
    assert await sending.notices() == [("letter", "given-up")] * 2


async def test_a_tie_that_ends_before_the_notice_gets_out_ends_the_notice(sending: Sending) -> None:
    await sending.put(
        person("mother", 40, "email"), person("liten", 5), tie("t", "liten", "mother", "parent")
    )
    await sending.put(time("liten"))
    sending.mail.refuses = 451
    await sending.go()
    await sending.put(tie("t", "liten", "mother", "parent", active=False))
    sending.mail.refuses, sending.passed = 0, timedelta(minutes=2)
    assert await told(sending) == {}
    assert ("booked", "given-up") in await sending.notices()


async def test_a_move_takes_back_what_the_representative_was_to_be_reminded_of(sending: Sending) -> None:
    await sending.put(
        person("mother", 40, "email"), person("liten", 5), tie("t", "liten", "mother", "parent")
    )
    await sending.put(time("liten"))
    sending.passed = MONDAY - datetime.now(UTC) - timedelta(days=1)
    assert [one.split(",")[0] for one in (await told(sending))["mother"]] == [
        "En du handler for",
        "Husk at en du handler for",
    ]
    sending.passed = timedelta()
    moved = spelled((MONDAY + timedelta(minutes=24 * 60)).isoformat(), None).replace("\u00a0", " ")
    await sending.put(appointment("a", 24 * 60, 24 * 60 + 30, "Patient/liten", "Practitioner/doctor"))
    assert any(f"flyttet til {moved}" in one for one in (await told(sending))["mother"])
