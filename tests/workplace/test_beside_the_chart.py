"""What opens beside the chart: a series of results, the courses of a condition, notes and documents."""

import base64
import re
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.conftest import stay
from fellesjournal.ui.drawing import EDGE, HEIGHT, WIDTH, drawn
from fellesjournal.ui.norwegian import OSLO, along
from record.wording.charting import read_files
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA, NEAR
from world import staff

ALLERGY = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
PDF = b"%PDF-1.4\n%%EOF\n"


def document(id: str, kind: str, content: bytes, citizen: str = ADA) -> people.Json:
    data = base64.b64encode(content).decode()
    return {
        "resourceType": "DocumentReference",
        "id": id,
        "status": "current",
        "type": {"text": "Henvisning"},
        "subject": people.to(citizen),
        "date": "2024-05-17T12:00:00+02:00",
        "content": [{"attachment": {"contentType": kind, "data": data}}],
    }


async def test_a_result_is_found_by_letters_and_opens_as_a_series(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        hits = await worker.get("/finn", q="ferr", innbygger=ADA)
        assert "Ferritin 9 µg/L" in hits.text
        assert "03.10.2022" in hits.text
        page = await worker.get(f"/innbygger/{ADA}/prove", kode=people.code_of("Ferritin"))
        assert "03.10.2022" in page.text
        crp = (await worker.get(f"/innbygger/{ADA}/prove", kode=people.code_of("CRP"))).text
    assert crp.index("82") < crp.index("03.10.2022")
    assert crp.count("<circle") == 2


async def test_a_note_is_found_by_a_word_in_it_and_opens_at_the_word(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        hits = await worker.get("/finn", q="tungpusten", innbygger=ADA)
        assert "Innkomstnotat" in hits.text
        page = await worker.get(f"/innbygger/{ADA}/journalnotat/ada-note", q="tungpusten")
        assert "Ivrig Steinrøys</p>" in page.text, "who wrote it is told though the note names nobody"
    assert "<mark>tungpusten</mark>" in page.text
    assert "&lt;script&gt;" in page.text


async def test_hits_stand_by_kind_with_day_source_and_sentence(office: Office) -> None:
    person = {"display": "Lun Rognebær"}
    reaction = {"reaction": [{"manifestation": [{"text": "Utslett over hele magen"}]}]}
    await office.put(
        {
            "resourceType": "AllergyIntolerance",
            "id": "rash",
            "clinicalStatus": {"coding": [{"system": ALLERGY, "code": "active"}]},
            "code": {"text": "Amoksicillin"},
            "patient": people.to(ADA),
            "recordedDate": "2019-03-01",
            "recorder": person,
            **reaction,
        }
    )
    async with office.worker("ivrig-steinroys") as worker:
        hits = (await worker.get("/finn", q="utslettet", innbygger=ADA)).text
        page = await worker.get(f"/innbygger/{ADA}/funn/AllergyIntolerance/rash", q="utslettet")
    assert 'aria-label="Kritisk, 1 treff"' in hits
    for fact in ("Amoksicillin", "01.03.2019", "Lun Rognebær", "<mark>Utslett</mark> over hele magen"):
        assert fact in hits
    assert f"/arbeid/innbygger/{ADA}/funn/AllergyIntolerance/rash?q=utslettet" in hits
    assert "<mark>Utslett</mark> over hele magen" in page.text


async def test_all_hits_of_a_kind_are_shown_when_asked_for(office: Office) -> None:
    await office.put(
        *(
            people.note(f"flu-{day}", f"Notat {day}", "Influensa.", f"2026-11-{day:02}")
            for day in range(1, 8)
        ),
        people.condition("flu", "Influensa", "2026-11-01"),
    )
    async with office.worker("ivrig-steinroys") as worker:
        first = (await worker.get("/finn", q="influensa", innbygger=ADA)).text
        every = (await worker.get("/finn", q="influensa", innbygger=ADA, typer="Composition")).text
        wrong = await worker.get("/finn", q="influensa", innbygger=ADA, typer="Komposisjon")
    assert ("Notat 7" in first, "Notat 3" in first, 'data-more="Composition"' in first) == (True, False, True)
    assert "Notat: vis alle 7" in first
    assert all(f"Notat {day}" in every for day in range(1, 8))
    assert ("data-more" in every, "Diagnose" in every) == (False, False)
    assert wrong.status_code == 400


async def test_a_hit_tells_who_wrote_it_where_it_only_refers_to_them(office: Office) -> None:
    asserter = {"asserter": {"reference": "Practitioner/ivrig-steinroys"}}
    await office.put(people.condition("flu", "Influensa", "2026-11-01") | asserter)
    async with office.worker("varm-lyngmo") as worker:
        hits = await worker.get("/finn", q="influensa", innbygger=ADA)
        page = await worker.get(f"/innbygger/{ADA}/funn/Condition/flu", q="influensa")
    assert "Ivrig Steinrøys" in hits.text
    assert "Ivrig Steinrøys" in page.text


async def test_what_is_found_of_another_citizen_is_not_opened_here(office: Office) -> None:
    await office.put(people.condition("gout", "Gikt", "2020-01-01", citizen=NEAR))
    async with office.worker("ivrig-steinroys") as worker:
        for path in ("Condition/gout", "Condition/ingen", "Organization/hospital"):
            assert (await worker.get(f"/innbygger/{ADA}/funn/{path}")).status_code == 404, path


async def test_a_letter_wrong_and_nothing_found_are_told(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        corrected = (await worker.get("/finn", q="tungpustn", innbygger=ADA)).text
        nothing = (await worker.get("/finn", q="mareritt", innbygger=ADA)).text
    assert "i stedet" in corrected
    assert "<mark>tungpusten</mark>" in corrected
    assert "fant ingen" in nothing


async def test_the_text_of_a_letter_is_shown_below_it_and_marked(office: Office) -> None:
    await office.put(document("text", "text/plain", b"Uke 1.\n\nSover bra, <b>ingen</b> delir."))
    await read_files(office.pool)
    async with office.worker("ivrig-steinroys") as worker:
        hits = (await worker.get("/finn", q="delir", innbygger=ADA)).text
        page = (await worker.get(f"/innbygger/{ADA}/dokument/text", q="delir")).text
    assert "i filen" in hits
    assert "&lt;b&gt;ingen&lt;/b&gt; <mark>delir</mark>" in page


async def test_a_diagnosis_opens_with_its_earlier_courses(office: Office) -> None:
    coded = {"coding": [{"system": people.ICD10, "code": "J18.9"}], "text": "Pneumoni"}
    old = people.condition("first", "Pneumoni", "2011-02-01", ended="2011-03-01") | {"code": coded}
    new = people.condition("second", "Pneumoni", "2026-11-20") | {"code": coded}
    because = stay("because", ADA, staff.WARD, "2011-02-01", "2011-02-09", reasonCode=[coded])
    await office.put(old, new, because | {"type": [{"text": "Innleggelse"}]})
    async with office.worker("ivrig-steinroys") as worker:
        page = await worker.get(f"/innbygger/{ADA}/forlop/second")
    for fact in ("20.11.2026", "01.02.2011 – 01.03.2011", "Innleggelse"):
        assert fact in page.text


async def test_a_letter_is_shown_as_the_file_that_it_is(office: Office) -> None:
    await office.put(
        document("letter", "application/pdf", PDF), document("text", "text/plain", b"Hei <b>du</b>")
    )
    async with office.worker("ivrig-steinroys") as worker:
        page = await worker.get(f"/innbygger/{ADA}/dokument/letter")
        assert f'src="/arbeid/innbygger/{ADA}/dokument/letter/fil"' in page.text
        assert "frame-src 'self'" in page.headers["content-security-policy"]
        file = await worker.get(f"/innbygger/{ADA}/dokument/letter/fil")
        assert (file.content, file.headers["content-type"]) == (PDF, "application/pdf")
        assert file.headers["x-frame-options"] == "SAMEORIGIN"
        assert "script-src 'none'" in file.headers["content-security-policy"]
        assert "Hei &lt;b&gt;du" in (await worker.get(f"/innbygger/{ADA}/dokument/text")).text


async def test_a_file_that_could_run_is_not_shown(office: Office) -> None:
    await office.put(document("page", "text/html", b"<script>alert(1)</script>"))
    async with office.worker("ivrig-steinroys") as worker:
        assert "kan ikke vises" in (await worker.get(f"/innbygger/{ADA}/dokument/page")).text
        assert (await worker.get(f"/innbygger/{ADA}/dokument/page/fil")).status_code == 404


async def test_what_is_anothers_is_not_found_under_this_citizen(office: Office) -> None:
    await office.put(
        document("hers", "application/pdf", PDF, NEAR),
        people.condition("gout", "Gikt", "2020-01-01", citizen=NEAR),
    )
    async with office.worker("ivrig-steinroys") as worker:
        for path in ("dokument/hers", "dokument/hers/fil", "forlop/gout", "notat/ingen"):
            assert (await worker.get(f"/innbygger/{ADA}/{path}")).status_code == 404, path
        assert (await worker.get(f"/innbygger/{ADA}/prove", kode="a|b")).status_code == 404
        assert (await worker.get(f"/innbygger/{ADA}/prove")).status_code == 404


async def test_only_the_citizens_own_pages_open_beside_the_chart(office: Office) -> None:
    own = f"/arbeid/innbygger/{ADA}/journalnotat/ada-note"
    async with office.worker("ivrig-steinroys") as worker:
        assert f'hx-get="{own}" hx-trigger' in (await worker.get(f"/innbygger/{ADA}", apne=own)).text
        for other in ("https://ond.example/", f"/arbeid/innbygger/{ADA}/../x", "/logg-inn"):
            assert "hx-trigger" not in (await worker.get(f"/innbygger/{ADA}", apne=other)).text


VALUES = st.lists(
    st.tuples(st.integers(0, 10**8), st.floats(-1e6, 1e6, allow_nan=False)), min_size=2, max_size=30
)
BOUND = st.none() | st.floats(-1e6, 1e6, allow_nan=False)


@given(VALUES, BOUND, BOUND)
def test_every_value_is_inside_the_drawing_in_the_order_of_time(
    values: list[tuple[int, float]], low: float | None, high: float | None
) -> None:
    series = [(BEGIN + timedelta(seconds=second), number) for second, number in sorted(values)]
    drawing = drawn(series, low, high)
    assert drawing is not None
    assert list(drawing.places) == sorted(drawing.places, key=lambda place: place[0])
    for x, y in drawing.places:
        assert EDGE - 0.01 <= x <= WIDTH - EDGE + 0.01
        assert -0.01 <= y <= HEIGHT + 0.01


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, ("01.11. 12:00", "02.11. 00:00", "02.11. 12:00")),
        (40, ("01.11.", "21.11.", "11.12.")),
        (730, ("01.11.24", "01.11.25", "01.11.26")),
    ],
)
def test_the_axis_of_time_has_short_dates(days: int, said: tuple[str, ...]) -> None:
    begin = datetime(2024, 11, 1, 12, tzinfo=OSLO)
    assert along(begin, begin + timedelta(days=days), 3) == said


async def test_a_curve_beside_the_chart_and_in_it_has_dates(office: Office) -> None:
    for day, value in (("02", 90), ("12", 70)):
        await office.put(people.vital(f"d{day}", "8867-4", "Puls", value, "/min", f"2026-11-{day}T08:00:00Z"))
    async with office.worker("ivrig-steinroys") as worker:
        series = (await worker.get(f"/innbygger/{ADA}/prove", kode="http://loinc.org|8867-4")).text
        part = (await worker.get(f"/innbygger/{ADA}/del/vitals")).text
    assert re.findall(r"<span>(\d\d\.\d\d\.)</span>", series)[::4] == ["02.11.", "21.11."]
    assert '<span class="since">02.11.–21.11.</span>' in part


def test_one_value_makes_no_line() -> None:
    assert drawn([(BEGIN, 1.0)]) is None


async def test_a_message_tells_who_wrote_it_to_whom_though_it_names_neither(office: Office) -> None:
    parties = ({"reference": f"Patient/{ADA}"}, {"reference": "Practitioner/ivrig-steinroys"},
               {"reference": f"Organization/{staff.WARD}"})  # fmt: skip
    for number, (sender, to) in enumerate(permutations(parties, 2)):
        await office.put({
            "resourceType": "Communication", "id": f"message-{number}", "status": "completed",
            "subject": people.to(ADA), "sender": sender, "recipient": [to], "sent": "2026-11-26T08:00:00Z",
            "payload": [{"contentString": "Hei"}],
        })  # fmt: skip
    [ward] = await office.asked(f"Organization?_id={staff.WARD}")
    async with office.worker("varm-lyngmo") as nurse:
        page = (await nurse.get(f"/innbygger/{ADA}/meldinger")).text
    names = ["Blid Fjellrype", "Ivrig Steinrøys", ward["name"]]
    told = re.findall(r"\d\d:\d\d, ([^<→]+) → ([^<]+)</p>", page)
    with_citizen = [pair for pair in permutations(names, 2) if names[0] in pair]
    assert sorted(told) == sorted(with_citizen)
