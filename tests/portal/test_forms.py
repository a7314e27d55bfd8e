"""Forms in the portal: found, filled in one step at a time, sent, and followed."""

from portal.conftest import Home
from portal.filling import answer, begin, send, through
from workplace.people import ADA
from world import staff

WARD = f"Organization/{staff.WARD}"
MEASURED = [
    {"hva:0": "blodtrykk", "hva:1": "vekt"},
    {"nar:0": "2026-11-25T08:00"},
    {"trykk:0/over:0": "138", "trykk:0/under:0": "84", "trykk:0/puls:0": ""},
    {"vekt:0": "71,5"},
    {"merknad:0": "Målt i ro."},
]


async def test_own_measurements_are_asked_for_step_by_step_and_land_in_the_record(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        assert "Egne målinger" in (await visitor.get("/skjema")).text
        at = await through(visitor, "egne-malinger", MEASURED)
        assert at == "/skjema/egne-malinger/svar"
        check = await visitor.get(at)
        assert "138 mmHg" in check.text
        assert "71,5 kg" in check.text
        assert "Temperatur" not in check.text
        sent = await send(visitor, "egne-malinger", WARD)
        assert sent.headers["location"] == "/min/skjema?sendt=ja", sent.text
        shown = await visitor.get("/skjema")
        assert "Sendt, ikke åpnet ennå" in shown.text
        [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
        one = await visitor.get(f"/skjema/sendt/{response['id']}")
        assert "Målt i ro." in one.text
    assert response["author"]["reference"] == f"Patient/{ADA}"
    assert response["item"][2]["item"][0]["answer"] == [{"valueInteger": 138}]
    [told] = await home.office.asked(f"Communication?subject=Patient/{ADA}")
    assert told["recipient"][0]["reference"] == WARD
    assert told["payload"][0]["contentReference"]["reference"] == f"QuestionnaireResponse/{response['id']}"


async def test_a_worker_confirms_some_and_sets_some_aside_and_the_citizen_sees_it(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        await through(visitor, "egne-malinger", MEASURED)
        await send(visitor, "egne-malinger", WARD)
        assert "Svar på skjema fra innbyggere" in (await worker.get("")).text
        assert "Egne målinger" in (await worker.get(f"/innbygger/{ADA}/svar")).text
        assert "Egne målinger" not in (await worker.get(f"/innbygger/{ADA}/meldinger")).text
        [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
        place = f"/innbygger/{ADA}/svar/{response['id']}"
        read = await worker.get(place)
        assert "Målt i ro." in read.text
        assert "Overtrykk <strong>138 mmHg</strong>" in read.text
        assert "Åpnet" in (await visitor.get("/skjema")).text
        chosen = {"valg/panel-85354-9": "ja", "valg/vekt:0": "nei"}
        lacking = await worker.send(place, chosen)
        assert lacking.status_code == 422
        assert "Skriv hvorfor" in lacking.text
        assert await home.office.asked(f"Observation?patient={ADA}&code=85354-9") == []
        done = await worker.send(place, chosen | {"grunn/vekt:0": "Vekten var med klær."})
        assert done.status_code == 200
        assert "Lagt til side" in done.text
        assert "Svar på skjema fra innbyggere" not in (await worker.get("")).text
        [pressure] = await home.office.asked(f"Observation?patient={ADA}&code=85354-9")
        again = await worker.send(place, {"valg/panel-85354-9": "ja"})
        assert again.status_code == 200
        assert len(await home.office.asked(f"Observation?patient={ADA}&code=85354-9")) == 1
        followed = await visitor.get(f"/skjema/sendt/{response['id']}")
        assert "Gått gjennom" in followed.text
        assert "Vekten var med klær." in followed.text
        assert "138" in (await visitor.get("/journal/malinger")).text
    assert pressure["performer"][0]["reference"] == f"Patient/{ADA}"
    assert pressure["effectiveDateTime"] == "2026-11-25T08:00:00+01:00"
    assert pressure["derivedFrom"] == [{"reference": f"QuestionnaireResponse/{response['id']}"}]
    assert pressure["extension"][0]["valueReference"]["reference"] == "Practitioner/varm-lyngmo"
    assert await home.office.asked(f"Observation?patient={ADA}&code=29463-7") == []


async def test_what_is_conditional_repeated_and_calculated_is_asked_and_becomes_allergies(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        at = await through(visitor, "for-timen", [{"grunn:0": "Jeg sover dårlig."}, {"smerter:0": "false"}])
        page = await visitor.get(at)
        assert "De siste to ukene" in page.text
        await answer(visitor, at, {f"plager:0/{one}:0": "2" for one in ("sovn", "slapp", "trist")})
        assert "6" in (await visitor.get(at)).text.partition("Sum")[2]
        at = "/skjema/for-timen/5"
        at = (await answer(visitor, at, {"taler:0": "true"})).headers["location"].removeprefix("/min")
        first = {"taler-ikke:0/stoff:0": "Penicillin", "taler-ikke:0/skjer:0": "Utslett"}
        more = await answer(visitor, at, first, "flere|taler-ikke")
        at = more.headers["location"].removeprefix("/min")
        second = {"taler-ikke:1/stoff:0": "Nøtter", "taler-ikke:1/skjer:0": ""}
        at = (await answer(visitor, at, second)).headers["location"].removeprefix("/min")
        assert "bilde" in (await visitor.get(at)).text
        check = await visitor.get("/skjema/for-timen/svar")
        assert "Nøtter" in check.text
        assert "Sum" in check.text
        await send(visitor, "for-timen", WARD)
        [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
        place = f"/innbygger/{ADA}/svar/{response['id']}"
        chosen = {f"valg/taler-ikke:{row}/stoff:0": "ja" for row in (0, 1)}
        assert (await worker.send(place, chosen)).status_code == 200
    allergies = await home.office.asked(f"AllergyIntolerance?patient={ADA}")
    assert {one["code"]["text"] for one in allergies} == {"Penicillin", "Nøtter"}
    assert {one["recorder"]["reference"] for one in allergies} == {"Practitioner/varm-lyngmo"}
    assert {one["asserter"]["reference"] for one in allergies} == {f"Patient/{ADA}"}


async def test_a_row_too_many_is_taken_away_and_the_others_move_up(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        steps = [{"grunn:0": "x"}, {"smerter:0": "true"}]
        at = await through(visitor, "for-timen", steps)
        fields = {"vondt:0/hvor:0": "Kne", "vondt:0/styrke:0": "4"}
        for place, text in (("vondt:0/hvor:1", "Hofte"), ("vondt:0/hvor:2", "Rygg")):
            led = await answer(visitor, at, fields, "flere|vondt:0/hvor")
            at, fields = led.headers["location"].removeprefix("/min"), {place: text}
        await answer(visitor, at, fields, "fjern|vondt:0/hvor:1")
        page = await visitor.get("/skjema/for-timen/3")
    assert 'value="Kne"' in page.text
    assert 'value="Rygg"' in page.text
    assert 'name="vondt:0/hvor:2"' not in page.text
    assert "Hofte" not in page.text


async def test_a_form_goes_on_where_it_was_in_another_browser(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        at = await through(visitor, "egne-malinger", MEASURED[:2])
        kept = await answer(visitor, at, {"trykk:0/over:0": "138"}, "lagre")
        assert kept.headers["location"] == "/min/skjema?lagret=ja"
    async with home.visitor(ADA, "en") as elsewhere:
        listed = await elsewhere.get("/skjema")
        assert "Begun, but not sent" in listed.text
        assert await begin(elsewhere, "egne-malinger") == "/skjema/egne-malinger/1"
        page = await elsewhere.get("/skjema/egne-malinger/3")
    assert 'value="138"' in page.text
    assert "Upper pressure" in page.text


async def test_an_unlikely_value_is_asked_about_and_taken_when_it_is_right(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        at = await through(visitor, "egne-malinger", [{"hva:3": "blodsukker"}, {"nar:0": "2026-11-25T08:00"}])
        asked = await answer(visitor, at, {"blodsukker:0": "44"})
        assert asked.status_code == 422
        assert "Blodsukker: 44 mmol/L. Det er uvanlig." in asked.text
        led = await answer(visitor, at, {"blodsukker:0": "44", "sikker": "ja"})
        assert led.status_code == 303


async def test_every_fault_is_told_at_its_question_and_what_was_written_stays(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        at = await through(visitor, "egne-malinger", MEASURED[:2])
        page = await answer(visitor, at, {"trykk:0/over:0": "hundre", "trykk:0/under:0": ""})
        assert page.status_code == 422
        assert "Overtrykk: skriv et helt tall" in page.text
        assert "Svar på: Undertrykk" in page.text
        assert 'value="hundre"' in page.text
        assert page.text.count('aria-invalid="true"') == 2
        early = await send(visitor, "egne-malinger", WARD)
        assert early.status_code == 422
        assert "Overtrykk: skriv et helt tall" in early.text
    assert await home.office.asked(f"QuestionnaireResponse?patient={ADA}") == []
