from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.workplace.lifetime.axis import LEAST, axis
from fellesjournal.workplace.lifetime.window import Window, window
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA

PAGE = f"/innbygger/{ADA}/livslop"
STEPS = st.lists(st.sampled_from(["nearer", "farther", "earlier", "later"]), max_size=12)


async def test_a_whole_life_stands_on_one_page(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        page = await worker.get(PAGE)
    assert page.status_code == 200
    assert 'title="1942–' in page.text
    for fact in ("Hoftebrudd", "Pneumoni", "Innkomstnotat", "Lungebetennelse"):
        assert fact in page.text, fact


async def test_nearer_leaves_out_what_was_over_before(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        page = await worker.get(PAGE, fra="2020", til="2026")
    assert "Hoftebrudd" not in page.text
    assert "Pneumoni" in page.text
    assert "?fra=2024&amp;til=2026" in page.text


async def test_courses_of_the_same_condition_share_a_row(office: Office) -> None:
    await office.put(people.condition("ada-again", "Hoftebrudd", "2019-01-01", ended="2019-06-01"))
    async with office.worker("ivrig-steinroys") as worker:
        page = (await worker.get(PAGE)).text
    row = page[page.index("Hoftebrudd</a>") :].partition("</tr>")[0]
    assert row.count("<title>") == 2


async def test_what_would_be_drawn_over_each_other_is_one_that_tells_of_both(office: Office) -> None:
    for day in ("02", "03"):
        await office.put(people.note(f"ada-{day}", f"Notat {day}", "Tekst.", f"2015-06-{day}"))
    async with office.worker("ivrig-steinroys") as worker:
        whole = (await worker.get(PAGE)).text
        near = (await worker.get(PAGE, fra="2015", til="2015")).text
    assert "<title>2015-06-03 Notat 03; 2015-06-02 Notat 02</title>" in whole
    assert "<title>2015-06-03 Notat 03</title>" in near.replace("\n", "")


async def test_years_that_make_no_sense_are_the_whole_life(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        for first, last in (("2026", "2020"), ("x", "y"), ("1800", "2020"), ("²", "³")):
            page = await worker.get(PAGE, fra=first, til=last)
            assert (page.status_code, 'title="1942–' in page.text) == (200, True)


@given(st.integers(1900, 2026), STEPS)
def test_a_window_never_leaves_the_life(born: int, steps: list[str]) -> None:
    seen = window("", "", born, 2026)
    for step in steps:
        seen = getattr(seen, step)()
        assert born <= seen.first <= seen.last <= 2026


@given(st.integers(1930, 2026))
def test_farther_often_enough_is_the_whole_life(born: int) -> None:
    seen = Window(2026, 2026, born, 2026)
    for _ in range(8):
        seen = seen.farther()
    assert (seen.first, seen.last) == (born, 2026)


async def test_years_in_which_nothing_begins_or_ends_are_pressed_together_and_said(office: Office) -> None:
    await office.put(people.condition("ada-old", "Astma", "1950-03-01"))
    async with office.worker("ivrig-steinroys") as worker:
        whole = (await worker.get(PAGE)).text
        nothing = (await worker.get(PAGE, fra="1951", til="1955")).text
    assert "<span>1950</span>" in whole
    assert 'title="1942–1949: ingenting begynner eller slutter">1942–1949</span>' in whole
    assert "er trykt sammen og grå: 1942–1949, 1951–" in whole
    assert "<span>1951</span>" in nothing
    assert "trykt sammen" not in nothing


async def test_what_shares_a_code_is_one_condition_whatever_it_is_called(office: Office) -> None:
    both = people.condition("ada-both", "Astma", "2001-03-01", ended="2002-01-01")
    coded = {"coding": [{"system": "http://hl7.org/fhir/sid/icpc-2", "code": "R96"}]}
    both["code"] = coded | {"text": "Astma"}
    called = people.condition("ada-called", "Bronkial astma", "2011-03-01")
    called["code"] = coded | {"text": "Bronkial astma"}
    await office.put(both, called)
    async with office.worker("ivrig-steinroys") as worker:
        page = (await worker.get(PAGE)).text
    row = page[page.index("astma</a>") :].partition("</tr>")[0]
    assert "2 forløp" in row
    assert page.count("stma</a>") == 1


async def test_a_stay_and_what_was_done_have_rows_of_their_own(office: Office) -> None:
    done = {"resourceType": "Procedure", "id": "ada-done", "status": "completed"}
    what = {"code": {"text": "Hofteprotese"}, "performedDateTime": "2012-05-04"}
    await office.put(done | what | {"subject": people.to(ADA)})
    async with office.worker("ivrig-steinroys") as worker:
        page = (await worker.get(PAGE)).text
    assert "<title>2012-05-04 Hofteprotese</title>" in page
    assert page.index(">Innleggelser</a>") < page.index(">Tiltak</a>")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sets(st.integers(1950, 2026)))
def test_every_day_has_a_place_in_the_picture_in_order(day: date, told: set[int]) -> None:
    drawn = axis(range(1950, 2027), told)
    here = drawn.place(day.toordinal())
    assert 0 <= here <= drawn.place(day.toordinal() + 1) <= 1000


@given(st.integers(1930, 2026), st.sets(st.integers(1930, 2026)))
def test_the_axis_has_every_year_once_and_gaps_only_where_nothing_is_told(first: int, told: set[int]) -> None:
    years = range(first, 2027)
    pieces = axis(years, told).pieces
    assert [year for one in pieces for year in range(one.first, one.last + 1)] == list(years)
    for one in pieces:
        if one.is_gap:
            assert one.last - one.first + 1 >= LEAST
            assert not told & set(range(one.first, one.last + 1))
