"""The part with notes and documents: the newest of both together, and that there are older ones is told."""

import re

from playwright.sync_api import Browser, expect

from browsers import in_a_browser
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA
from workplace.served import open_chart, put, served, sitting

PART = f"/innbygger/{ADA}/del/documents"


def written(months: range) -> list[people.Json]:
    """Notes on the first and tenth of each month of 2025, and a letter on the fifth of each second."""
    made: list[people.Json] = []
    for month in months:
        for day in ("01", "10"):
            made.append(
                people.note(f"n{month}-{day}", f"Visitt {month}.{day}", "Tekst.", f"2025-{month:02}-{day}")
            )
        if month % 2:
            made.append(letter(f"l{month}", f"Epikrise {month}", f"2025-{month:02}-05T10:00:00+01:00"))
    return made


def letter(id: str, title: str, when: str) -> people.Json:
    return {
        "resourceType": "DocumentReference",
        "id": id,
        "status": "current",
        "type": {"text": title},
        "subject": people.to(ADA),
        "date": when,
        "content": [{"attachment": {"contentType": "application/pdf", "data": "JVBERi0="}}],
    }


def days(page: str) -> list[str]:
    """The days of the rows, as they are sorted."""
    return [
        "".join(reversed(re.split(r"\.", day))) for day in re.findall(r'"value">(\d\d\.\d\d\.\d{4})', page)
    ]


async def test_the_newest_of_notes_and_letters_together_stand_there_with_nothing_left_out_between(
    office: Office,
) -> None:
    everything = written(range(1, 13))
    await office.put(*everything)
    async with office.worker("ivrig-steinroys") as doctor:
        page = (await doctor.get(PART)).text
    dates = ["2026-11-20", *sorted((one["date"][:10] for one in everything), reverse=True)]
    assert days(page) == [one.replace("-", "") for one in dates[:14]]
    assert "De 14 nyeste er vist; det er flere." in page


async def test_more_are_shown_until_there_are_no_more_and_the_part_stays_so(office: Office) -> None:
    await office.put(*written(range(1, 13)))
    async with office.worker("ivrig-steinroys") as doctor:
        more = (await doctor.get(PART, vis="60", fra="14")).text
    assert len(days(more)) == 31
    assert "det er flere" not in more
    assert f'data-part="/arbeid{PART}?vis=60"' in more
    assert more.count("data-focus") == 1


async def test_a_number_that_makes_no_sense_is_the_usual_one_and_all_that_there_is_needs_no_line(
    office: Office,
) -> None:
    await office.put(*written(range(1, 6)))
    async with office.worker("ivrig-steinroys") as doctor:
        for asked in ("", "100000", "-1", "²"):
            page = (await doctor.get(PART, vis=asked)).text
            assert len(days(page)) == 14, asked
            assert "det er flere" not in page


@in_a_browser
def test_more_are_shown_by_the_keyboard_and_the_first_of_them_is_gone_to(browser: Browser) -> None:
    with served() as site:
        put(site, *written(range(1, 13)))
        with sitting(browser, site, "Ivrig Steinrøys") as page:
            open_chart(page, ADA)
            part = page.locator("#del-documents")
            part.get_by_role("button", name="Vis flere").focus()
            page.keyboard.press("Enter")
            expect(part.get_by_text("Visitt 1.01")).to_be_visible()
            expect(part.locator("tr").nth(14).get_by_role("link")).to_be_focused()
            put(site, people.note("newer", "Tilsyn", "Nytt.", "2026-11-25"))
            expect(part).to_contain_text("Tilsyn")
            expect(part.get_by_text("Visitt 1.01")).to_be_visible()
