import re
from calendar import monthrange
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from fellesjournal.workplace.lifetime.axis import LEAST, axis, near
from fellesjournal.workplace.lifetime.window import WITHIN, YEAR, window
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA, today

PAGE = f"/innbygger/{ADA}/livslop"
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
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
        for first, last in (("2026", "2020"), ("x", "y"), ("1800", "2020"), ("²", "³"), ("2024", "2024-03")):
            page = await worker.get(PAGE, fra=first, til=last)
            assert (page.status_code, 'title="1942–' in page.text) == (200, True)


@given(st.integers(1900, 2026), STEPS, DAYS)
@example(2026, ["nearer"], date(2026, 2, 1))
def test_a_window_never_leaves_the_life_and_is_asked_for_by_its_names(
    born: int, steps: list[str], today: date
) -> None:
    seen = window("", "", born, today)
    for step in steps:
        seen = getattr(seen, step)()
        first, last = seen.days
        assert date(born, 1, 1) <= first < last <= date(2026, 12, 31)
        so_far = today.month if born == today.year else 0
        assert seen.months in (*WITHIN, so_far) or (seen.months % YEAR == 0 and first.month == 1)
        assert window(seen.since, seen.until, born, today) == seen


@given(st.integers(1930, 2026), DAYS)
@example(2026, date(2026, 1, 1))
@example(2026, date(2026, 2, 1))
def test_farther_often_enough_is_the_whole_life(born: int, today: date) -> None:
    seen = window("2026-01", "2026-01", born, today)
    assert seen.months == 1
    for _ in range(11):
        seen = seen.farther()
    assert seen.is_whole


def test_nearer_goes_on_to_the_present_month_and_its_days() -> None:
    seen, looked_at = window("2026", "2026", 1942, date(2026, 11, 26)), []
    for _ in range(4):
        seen = seen.nearer()
        looked_at.append((seen.since, seen.until))
    assert looked_at == [("2026-06", "2026-11"), ("2026-09", "2026-11"), *[("2026-11", "2026-11")] * 2]
    assert [one.said for one in near(*seen.days).pieces][::29] == ["01.11.", "30.11."]


async def test_a_course_ends_where_it_ended_and_what_goes_on_ends_today(office: Office) -> None:
    unended = people.condition("ada-over", "Urinveisinfeksjon", "2025-02-01", ended="2025-02-02")
    del unended["abatementDateTime"]
    await office.put(
        people.condition("ada-spring", "Bronkitt", "2025-03-01", ended="2025-04"),
        people.condition("ada-winter", "Angina", "2024-12-01", ended="2024-12-31"),
        people.condition("ada-on", "Gikt", "2025-01-01"),
        unended,
    )
    async with office.worker("ivrig-steinroys") as worker:
        year = (await worker.get(PAGE, fra="2025", til="2025")).text
        this = (await worker.get(PAGE, fra=str(today(12).year), til=str(today(12).year))).text

    def bar(page: str, name: str) -> tuple[float, float]:
        row = page[page.index(f"{name}</a>") :].partition("</tr>")[0]
        found = re.search(r'<rect x="([\d.]+)" y="1" width="([\d.]+)"', row)
        assert found
        return float(found[1]), float(found[2])

    begun, wide = bar(year, "Bronkitt")
    assert (round(begun + wide), round(begun)) == (round(1000 * 4 / 12), 168), (
        "through April, as two months are"
    )
    assert bar(year, "Gikt") == (0, 1000)
    assert bar(year, "Urinveisinfeksjon")[1] == 3, "it is over, and nobody has written when"
    assert "Angina</a>" not in year
    now = today(12).date()
    goes_on = sum(bar(this, "Gikt"))
    assert abs(goes_on - 1000 * (now.month - 1 + now.day / monthrange(now.year, now.month)[1]) / 12) < 1


async def test_results_are_on_it_with_their_values(office: Office) -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "id": "ada-ct",
        "status": "final",
        "subject": people.to(ADA),
    }
    await office.put(report | {"code": {"text": "CT av hodet"}, "effectiveDateTime": "2022-10-20"})
    async with office.worker("ivrig-steinroys") as worker:
        month = (await worker.get(PAGE, fra="2022-10", til="2022-10")).text
        other = (await worker.get(PAGE, fra="2022-11", til="2022-11")).text
        whole = (await worker.get(PAGE)).text
    assert "CRP 4 mg/L" not in whole
    assert "Prøvesvar tegnes når fem år eller mindre vises." in whole
    assert "Prøvesvar" in month
    for told in ("2022-10-03 CRP 4 mg/L", "2022-10-03 Ferritin 9 µg/L", "2022-10-20 CT av hodet"):
        assert told in month, told
    assert "Prøvesvar" not in other
    assert "fra=2022-09&amp;til=2022-11" not in month
    assert "fra=2022-08&amp;til=2022-10" in month, "farther: a quarter"


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
    ends = [*(one.first.year for one in pieces[1:]), years.stop]
    meant = [range(one.first.year, end) for one, end in zip(pieces, ends, strict=True)]
    assert meant[0].start == first
    for one, some in zip(pieces, meant, strict=True):
        assert one.is_gap == (len(some) > 1)
        if one.is_gap:
            assert len(some) >= LEAST
            assert not told & set(some)


async def test_each_form_of_a_medicine_is_drawn_for_when_it_was_used(office: Office) -> None:
    depot, injection = "Morfin 10 mg depottablett", "Morfin 10 mg/mL injeksjonsvæske"
    await office.put(
        medicine("ada-depot", depot, "2015-05-04", "2015-11-19"),
        medicine("ada-injection", injection, "2016-11-19"),
        medicine("ada-depot-again", depot, "2018-01-01", "2018-02-01"),
    )
    async with office.worker("ivrig-steinroys") as worker:
        page = (await worker.get(PAGE)).text
    rows = {name: page[page.index(name) :].partition("</tr>")[0] for name in (depot, injection)}
    assert re.findall(r"<title>(\d{4}-\d\d-\d\d)", rows[injection]) == ["2016-11-19"]
    assert re.findall(r"<title>(\d{4}-\d\d-\d\d)", rows[depot]) == ["2018-01-01", "2015-05-04"]


def medicine(id: str, text: str, begin: str, end: str = "") -> people.Json:
    """Morphine in some form; all forms have the code of the substance."""
    code = {"system": "http://www.whocc.no/atc", "code": "N02AA01"}
    return {
        "resourceType": "MedicationStatement",
        "id": id,
        "status": "completed" if end else "active",
        "contained": [{"resourceType": "Medication", "id": "m", "code": {"coding": [code], "text": text}}],
        "medicationReference": {"reference": "#m"},
        "subject": people.to(ADA),
        "effectivePeriod": {"start": begin} | ({"end": end} if end else {}),
    }
