import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.workplace.since.since import folded
from signin.conftest import field
from workplace import people
from workplace.conftest import Office, Worker
from workplace.people import ADA, NEAR
from world import staff

PART = f"/innbygger/{ADA}/del/since"


async def read(worker: Worker, part: str) -> str:
    """Mark what a part shows as read."""
    done = await worker.send(f"/innbygger/{ADA}/lest", {"til": field(part, "til")})
    assert done.status_code == 200, done.text
    return done.text


async def test_a_record_that_is_open_for_the_first_time_is_known_from_then_on(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        assert "for første gang" in (await worker.get(PART)).text
        assert "Ingenting nytt" in (await worker.get(PART)).text


async def test_what_others_write_is_new_until_it_is_marked_as_read(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor, office.worker("varm-lyngmo") as nurse:
        await doctor.get(PART)
        await nurse.send(f"/innbygger/{ADA}/malinger", {"sys": "132", "dia": "80"})
        for _ in range(2):
            shown = (await doctor.get(PART)).text
            assert re.search(r"Blodtrykk <strong[^>]*>132/80 mmHg", shown)
        assert "Ingenting nytt" in await read(doctor, shown)
        await office.put(people.condition("ada-pneumonia", "Pneumoni, i bedring", "2026-11-20"))
        shown = (await doctor.get(PART)).text
        assert "Pneumoni, i bedring" in shown
        assert "endret" in shown
        assert "132/80" not in shown


async def test_what_one_has_written_is_no_news_to_oneself(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor, office.worker("varm-lyngmo") as nurse:
        await nurse.get(PART)
        await doctor.get(PART)
        await nurse.send(f"/innbygger/{ADA}/malinger", {"puls": "71"})
        assert "Ingenting nytt" in (await nurse.get(PART)).text
        assert "Puls" in (await doctor.get(PART)).text


async def test_who_changes_what_another_wrote_knows_it_and_the_other_is_told(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor, office.worker("varm-lyngmo") as nurse:
        await nurse.send(f"/innbygger/{ADA}/malinger", {"puls": "171"})
        (pulse,) = await office.asked(f"Observation?patient={ADA}&code=8867-4&value-quantity=171")
        for one in (nurse, doctor):
            await one.get(PART)
        form = {"versjon": pulse["meta"]["versionId"], "grunn": "feil arm"}
        await doctor.send(f"/innbygger/{ADA}/malinger/{pulse['id']}/feilforing", form)
        assert "Ingenting nytt" in (await doctor.get(PART)).text
        news = (await nurse.get(PART)).text
        assert re.search(r"Puls <strong[^>]*>171", news)
        assert '<span class="tag">feilført</span>' in news


async def test_an_appointment_that_another_made_for_one_is_news(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        await doctor.get(PART)
        made = people.appointment("with-doctor", ADA, staff.WARD)
        made["participant"].append(
            {"actor": {"reference": "Practitioner/ivrig-steinroys"}, "status": "accepted"}
        )
        await office.put(people.place(staff.WARD), made | {"description": "Tilsyn"})
        assert "Tilsyn" in (await doctor.get(PART)).text


async def test_what_comes_after_the_page_was_shown_is_not_marked(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        await doctor.get(PART)
        await office.put(people.laboratory("first", "Natrium", 140, "mmol/L", "2026-11-26"))
        shown = (await doctor.get(PART)).text
        await office.put(people.laboratory("second", "Kalium", 4.1, "mmol/L", "2026-11-26"))
        left = await read(doctor, shown)
    assert "Kalium" in left
    assert "4,1 mmol/L" in left
    assert "Natrium" not in left


async def test_the_news_are_of_this_citizen(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        await doctor.get(PART)
        await office.put(people.condition("other", "Gikt", "2026-11-26", citizen=NEAR))
        assert "Gikt" not in (await doctor.get(PART)).text


async def test_a_long_list_says_that_there_is_more(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        await doctor.get(PART)
        many = [people.laboratory(f"many-{n}", f"Prøve {n}", n, "g/L", "2026-11-26") for n in range(20)]
        await office.put(*many)
        shown = (await doctor.get(PART)).text
    assert shown.count("<li>") == 12
    assert "Det er mer enn dette" in shown


async def test_a_moment_that_is_none_or_to_come_is_refused(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        for moment in ("", "i går", "2026-11-20", people.soon()):
            answer = await doctor.send(f"/innbygger/{ADA}/lest", {"til": moment})
            assert answer.status_code == 400, moment


def reading(text: str, value: str, minute: int, changed: str = "") -> dict[str, Any]:
    when = f"2026-11-26T08:{minute:02}:00Z"
    return {"type": "Observation", "text": text, "value": value, "unit": "", "when": when, "changed": changed}


def test_equal_readings_after_one_another_are_one_line_and_others_are_not() -> None:
    rows = [
        reading("Puls", "70 /min", 9),
        reading("Temperatur", "37 °C", 8),
        reading("Puls", "70 /min", 7),
        reading("Puls", "70 /min", 6),
        reading("Puls", "90 /min", 5),
        reading("Puls", "70 /min", 4),
        reading("Puls", "70 /min", 3, changed="changed"),
        reading("Journalnotat", "", 2),
        reading("Journalnotat", "", 1),
    ]
    told = [(one["text"], one["value"], one["count"], one["first"][14:16]) for one in folded(rows)]
    assert told == [
        ("Puls", "70 /min", 3, "06"),
        ("Temperatur", "37 °C", 1, "08"),
        ("Puls", "90 /min", 1, "05"),
        ("Puls", "70 /min", 1, "04"),
        ("Puls", "70 /min", 1, "03"),
        ("Journalnotat", "", 1, "02"),
        ("Journalnotat", "", 1, "01"),
    ]


@given(st.lists(st.tuples(st.sampled_from(["Puls", "BT"]), st.sampled_from(["1", "2", ""]))))
def test_folding_loses_no_reading_and_no_order(drawn: list[tuple[str, str]]) -> None:
    rows = [reading(text, value, 59 - number) for number, (text, value) in enumerate(drawn[:50])]
    lines = folded(rows)
    assert sum(one["count"] for one in lines) == len(rows)
    for text in ("Puls", "BT"):
        unfolded = [one["value"] for one in lines if one["text"] == text for _ in range(one["count"])]
        assert unfolded == [one["value"] for one in rows if one["text"] == text]


async def test_equal_readings_stand_in_one_line_with_how_many_and_since_when(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as doctor:
        await doctor.get(PART)
        for number in range(3):
            when = people.soon(-60 + number)
            await office.put(people.vital(f"same-{number}", "8867-4", "Puls", 72, "/min", when))
        shown = (await doctor.get(PART)).text
    assert shown.count("72 /min") == 1
    assert "3 ganger" in shown
