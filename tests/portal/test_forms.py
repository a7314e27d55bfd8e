"""Forms in the portal: found, filled in one step at a time, sent, and followed."""

from portal.conftest import Home
from portal.filling import send, through
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
