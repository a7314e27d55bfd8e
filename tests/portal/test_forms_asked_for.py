"""Forms that somebody asks for, forms for somebody else, and forms in two windows, changed, closed or
forged."""

import re
from typing import Any

import pytest

from fellesjournal.access.guard.ties import TIES
from fellesjournal.portal.forms.shelf import REQUESTED
from portal import people
from portal.conftest import Home
from portal.filling import answer, begin, form, hidden, question, send, through
from portal.people import CHILD, MOTHER, STRANGER
from workplace.people import ADA, SCRIPT, to
from world import staff

Json = dict[str, Any]
WARD = f"Organization/{staff.WARD}"


def asking(id: str, citizen: str, **more: Any) -> Json:
    """A task for a citizen: to answer a form."""
    return {
        "resourceType": "Task",
        "id": id,
        "status": "requested",
        "intent": "order",
        "for": to(citizen),
        "owner": to(citizen),
        "requester": {"reference": WARD, "display": "Sengeposten"},
        "authoredOn": "2026-11-24T08:00:00+01:00",
        **more,
    }


def inner(questionnaire: Json) -> Json:
    """A form that is not offered to everybody."""
    return {name: value for name, value in questionnaire.items() if name != "useContext"}


async def test_a_task_is_on_the_first_page_until_it_is_answered_and_done_when_it_is_confirmed(
    home: Home,
) -> None:
    await home.office.put(
        inner(form("kartlegging", question("plager", "text"))),
        asking("gjor", ADA, focus={"reference": "Questionnaire/kartlegging"}),
    )
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        first = await visitor.get()
        assert 'href="/min/skjema/kartlegging~gjor"' in first.text
        assert (await visitor.get("/skjema/kartlegging")).status_code == 404
        await through(visitor, "kartlegging~gjor", [{"plager:0": "Kløe"}])
        check = await visitor.get("/skjema/kartlegging~gjor/svar")
        assert f'name="til" value="{WARD}"' in check.text
        assert (await send(visitor, "kartlegging~gjor")).status_code == 303
        assert "kartlegging~gjor" not in (await visitor.get()).text
        assert "kartlegging~gjor" not in (await visitor.get("/skjema")).text.partition("Sendt")[0]
        [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
        done = await worker.send(f"/innbygger/{ADA}/svar/{response['id']}", {})
        assert done.status_code == 200
        assert "Gått gjennom" in (await visitor.get("/skjema")).text
    [task] = await home.office.asked("Task?_id=gjor")
    assert task["status"] == "completed"


@pytest.mark.parametrize("way", ["canonical", "request"])
async def test_a_form_is_asked_for_by_its_url_or_in_a_request(home: Home, way: str) -> None:
    wanted = inner(form("kartlegging", question("plager", "text")))
    told: Json = {"valueReference": {"reference": "Questionnaire/kartlegging"}}
    request: Json = {"resourceType": "ServiceRequest", "id": "gjor", "status": "active", "intent": "order"}
    request |= {"subject": to(ADA), "extension": [{"url": REQUESTED} | told]}
    inputs = [{"type": {"text": "skjema"}, "valueCanonical": f"{wanted['url']}|1"}]
    await home.office.put(wanted, asking("gjor", ADA, input=inputs) if way == "canonical" else request)
    async with home.visitor(ADA) as visitor:
        assert "kartlegging~gjor" in (await visitor.get()).text
        assert await begin(visitor, "kartlegging~gjor") == "/skjema/kartlegging~gjor/1"


@pytest.mark.parametrize(
    ("end", "says"),
    [
        ("2099-12-24", "Svar senest 24.12.2099."),
        ("2099-12-24T12:00:00+01:00", "Svar senest 24.12.2099."),
        ("2026-01-02", "Fristen var 02.01.2026. Du kan fortsatt svare."),
    ],
)
async def test_until_when_an_answer_is_wanted_is_told_wherever_the_form_is(
    home: Home, end: str, says: str
) -> None:
    wanted = inner(form("kartlegging", question("plager", "text")))
    focus = {"reference": "Questionnaire/kartlegging"}
    await home.office.put(wanted, asking("gjor", ADA, focus=focus, restriction={"period": {"end": end}}))
    async with home.visitor(ADA) as visitor:
        for path in ("", "/skjema", "/skjema/kartlegging~gjor"):
            assert says in (await visitor.get(path)).text, path
        await through(visitor, "kartlegging~gjor", [{"plager:0": "Kløe"}])
        assert says in (await visitor.get("/skjema/kartlegging~gjor/svar")).text


async def test_a_form_without_a_deadline_tells_of_none(home: Home) -> None:
    wanted = inner(form("kartlegging", question("plager", "text")))
    await home.office.put(wanted, asking("gjor", ADA, focus={"reference": "Questionnaire/kartlegging"}))
    async with home.visitor(ADA) as visitor:
        for path in ("", "/skjema", "/skjema/kartlegging~gjor", "/skjema/egne-malinger"):
            text = (await visitor.get(path)).text
            assert "Svar senest" not in text
            assert "Fristen var" not in text


async def test_a_mother_answers_for_her_child_and_it_is_in_the_childs_record(home: Home) -> None:
    base = f"/for/{CHILD}"
    async with home.visitor(MOTHER) as visitor:
        steps = [{"hva:2": "temperatur"}, {"nar:0": "2026-11-25T08:00"}, {"temperatur:0": "38,4"}, {}]
        at = await through(visitor, "egne-malinger", steps, base)
        assert at == f"{base}/skjema/egne-malinger/svar"
        assert "Ingen følger opp nå" in (await visitor.get(at)).text
        assert (await send(visitor, "egne-malinger", base=base)).status_code == 303
        assert "Egne målinger" in (await visitor.get(f"{base}/skjema")).text.partition("Sendt")[2]
        assert "Egne målinger" not in (await visitor.get("/skjema")).text.partition(">Sendt<")[2]
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={CHILD}")
    assert response["author"]["reference"] == f"Patient/{MOTHER}"
    assert await home.office.asked(f"QuestionnaireResponse?patient={MOTHER}&subject=Patient/{MOTHER}") == []
    async with home.visitor(STRANGER) as stranger:
        for path in (f"{base}/skjema", f"{base}/skjema/egne-malinger", f"/skjema/sendt/{response['id']}"):
            assert (await stranger.get(path)).status_code == 404, path


@pytest.mark.parametrize(("purposes", "sees"), [(("read",), True), (("book",), False)])
async def test_who_may_not_write_for_somebody_answers_no_forms_for_them(
    home: Home, purposes: tuple[str, ...], sees: bool
) -> None:
    codes = [{"system": TIES, "code": one} for one in ("power-of-attorney", *purposes)]
    stranger = next(one for one in people.resources() if one["id"] == STRANGER)
    await home.office.put({
        "resourceType": "RelatedPerson",
        "id": "fullmakt",
        "active": True,
        "patient": to(MOTHER),
        "identifier": stranger["identifier"],
        "relationship": [{"coding": codes}],
        "period": {"start": "2026-01-01"},
    })  # fmt: skip
    base = f"/for/{MOTHER}"
    async with home.visitor(STRANGER) as visitor:
        page = await visitor.get(f"{base}/skjema")
        assert page.status_code == (200 if sees else 404)
        assert "Dette kan du sende selv" not in page.text
        assert (await visitor.get(f"{base}/skjema/egne-malinger")).status_code == 404
        sent = await visitor.send(f"{base}/skjema/egne-malinger", {"gjor": "videre"})
        assert sent.status_code == 404


async def test_two_windows_with_other_words_are_both_kept_until_one_is_chosen(home: Home) -> None:
    await home.office.put(form("to", question("hvorfor")))
    async with home.visitor(ADA) as visitor:
        at = await begin(visitor, "to")
        one, other = [hidden((await visitor.get(at)).text) | {"gjor": "neste"} for _ in range(2)]
        first = await visitor.browser.post(f"/min{at}", data=one | {"hvorfor:0": "Fra telefonen"})
        assert first.status_code == 303
        second = await visitor.browser.post(f"/min{at}", data=other | {"hvorfor:0": "Fra pc-en"})
        assert second.status_code == 422
        assert "Fra telefonen" in second.text
        assert "Fra pc-en" in second.text
        assert (await send(visitor, "to", WARD)).status_code == 422
        chosen = re.findall(r'value="(valg\|[0-9a-f]+\|hvorfor:0)"', second.text)
        led = await answer(visitor, at, {"hvorfor:0": "Fra telefonen"}, chosen[0])
        assert led.status_code == 303
        assert "Fra pc-en" in (await visitor.get("/skjema/to/svar")).text
        assert (await send(visitor, "to", WARD)).status_code == 303
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    assert response["item"][0]["answer"] == [{"valueString": "Fra pc-en"}]


async def test_words_on_a_step_that_another_window_has_taken_away_are_kept(home: Home) -> None:
    when = [{"question": "har", "operator": "=", "answerBoolean": True}]
    await home.office.put(form("to", question("har", "boolean"), question("hvorfor", enableWhen=when)))
    async with home.visitor(ADA) as visitor:
        at = await through(visitor, "to", [{"har:0": "true"}])
        page = hidden((await visitor.get(at)).text) | {"gjor": "neste"}
        await answer(visitor, "/skjema/to/1", {"har:0": "false"})
        led = await visitor.browser.post(f"/min{at}", data=page | {"hvorfor:0": "Lenge skrevet"})
        assert led.headers["location"] == "/min/skjema/to/svar"
        assert "Lenge skrevet" not in (await visitor.get("/skjema/to/svar")).text
        await answer(visitor, "/skjema/to/1", {"har:0": "true"})
        assert "Lenge skrevet" in (await visitor.get("/skjema/to/svar")).text
        await visitor.send("/skjema/to/forkastet", {})
        late = await visitor.browser.post(f"/min{at}", data=page | {"hvorfor:0": "For sent"})
        assert late.headers["location"] == "/min/skjema?borte=ja"
        assert "sendt eller kastet" in (await visitor.get("/skjema?borte=ja")).text


async def test_the_same_words_in_two_windows_are_no_conflict(home: Home) -> None:
    await home.office.put(form("to", question("hvorfor")))
    async with home.visitor(ADA) as visitor:
        at = await begin(visitor, "to")
        one, other = [hidden((await visitor.get(at)).text) | {"gjor": "neste"} for _ in range(2)]
        for fields in (one, other):
            led = await visitor.browser.post(f"/min{at}", data=fields | {"hvorfor:0": "Likt"})
            assert led.status_code == 303
        assert (await answer(visitor, at, {"hvorfor:0": "Annet"})).status_code == 303


async def test_what_was_changed_in_another_window_is_looked_over_before_it_is_sent(home: Home) -> None:
    await home.office.put(form("to", question("hvorfor")))
    async with home.visitor(ADA) as visitor:
        at = await through(visitor, "to", [{"hvorfor:0": "Først"}])
        seen = hidden((await visitor.get(at)).text) | {"til": WARD}
        await answer(visitor, "/skjema/to/1", {"hvorfor:0": "Siden"})
        refused = await visitor.browser.post(f"/min{at}", data=seen)
        assert refused.status_code == 422
        assert "endret i et annet vindu" in refused.text
        assert "Siden" in refused.text


async def test_sending_twice_sends_once(home: Home) -> None:
    await home.office.put(form("to", question("hvorfor")))
    async with home.visitor(ADA) as visitor:
        at = await through(visitor, "to", [{"hvorfor:0": "Én gang"}])
        seen = hidden((await visitor.get(at)).text) | {"til": WARD}
        for _ in range(2):
            assert (await visitor.browser.post(f"/min{at}", data=seen)).status_code == 303
    assert len(await home.office.asked(f"QuestionnaireResponse?patient={ADA}")) == 1
    assert len(await home.office.asked(f"Communication?subject=Patient/{ADA}")) == 1


async def test_a_form_that_changes_meanwhile_is_answered_as_it_was_or_anew(home: Home) -> None:
    await home.office.put(form("nytt", question("gammel")))
    async with home.visitor(ADA) as visitor:
        await through(visitor, "nytt", [{"gammel:0": "Mitt svar"}])
        await home.office.put(form("nytt", question("ny"), version="2"))
        start = await visitor.get("/skjema/nytt")
        assert "Skjemaet er endret siden du begynte" in start.text
        assert "Mitt svar" in (await visitor.get("/skjema/nytt/svar")).text
        assert (await send(visitor, "nytt", WARD)).status_code == 303
        [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
        assert response["questionnaire"].endswith("|1")
        async with home.office.worker("varm-lyngmo") as worker:
            assert "Om gammel" in (await worker.get(f"/innbygger/{ADA}/svar/{response['id']}")).text
        await begin(visitor, "nytt")
        assert "Om ny?" in (await visitor.get("/skjema/nytt/1")).text
        await answer(visitor, "/skjema/nytt/1", {"ny:0": "x"})
        await home.office.put(form("nytt", question("nyest"), version="3"))
        await begin(visitor, "nytt", act="forfra")
        assert "Om nyest?" in (await visitor.get("/skjema/nytt/1")).text


async def test_a_form_that_is_closed_meanwhile_shows_what_was_written_and_is_not_sent(home: Home) -> None:
    await home.office.put(form("lukkes", question("hvorfor")))
    async with home.visitor(ADA) as visitor:
        at = await through(visitor, "lukkes", [{"hvorfor:0": "Mitt svar"}])
        await home.office.put(form("lukkes", question("hvorfor"), status="retired"))
        assert (await visitor.get(at)).headers["location"] == "/min/skjema/lukkes"
        page = await visitor.get("/skjema/lukkes")
        assert "Skjemaet er lukket" in page.text
        assert "Mitt svar" in page.text
        forced = await visitor.send("/skjema/lukkes/svar", {"til": WARD})
        assert forced.headers["location"] == "/min/skjema/lukkes"
        assert (await visitor.send("/skjema/lukkes/forkastet", {})).status_code == 303
        assert (await visitor.get("/skjema/lukkes")).status_code == 404
    assert await home.office.asked(f"QuestionnaireResponse?patient={ADA}") == []


async def test_what_is_forged_is_not_there_and_what_is_no_place_is_left_out(home: Home) -> None:
    await home.office.put(
        form("ekte", question("navn"), question("kjent", readOnly=True)),
        inner(form("skjult", question("navn"))),
        asking("andres", STRANGER, focus={"reference": "Questionnaire/skjult"}),
    )
    async with home.visitor(ADA) as visitor:
        for path in (
            *("/skjema/finnesikke", "/skjema/skjult", "/skjema/skjult~andres", "/skjema/ekte~gjor"),
            *("/skjema/mal-visitt", "/skjema/sendt/finnesikke", "/skjema/..%2Fekte", "/skjema/ekte%00"),
        ):
            assert (await visitor.get(path)).status_code == 404, path
        at = await begin(visitor, "ekte")
        for number in ("0", "9", "99999", "-1", "en", "1%2F2"):
            page = await visitor.get(f"/skjema/ekte/{number}")
            assert page.status_code in (200, 404), number
        forged = {"navn:0": "Ada", "kjent:0": "Overstyrt", "navn:99/x:0": "x", "kilde/navn:0": "x"}
        forged |= {"finnesikke:0": "x", "navn": "x", "navn:1000": "x"}
        await answer(visitor, at, forged)
        for act in (
            "flere|finnesikke",
            "fjern|navn:0",
            "valg|tom|finnes:0",
            "valg|x",
            "tull",
            "flere|",
            "fjern|",
        ):
            assert (await answer(visitor, at, {"navn:0": "Ada"}, act)).status_code in (303, 422), act
        unit = await send(visitor, "ekte", "Organization/ukjent")
        assert unit.status_code == 422
        assert "Velg hvem som skal få svarene" in unit.text
        assert (await send(visitor, "ekte", WARD)).status_code == 303
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    assert response["item"] == [{"linkId": "navn", "text": "Om navn?", "answer": [{"valueString": "Ada"}]}]


async def test_script_in_a_form_and_in_an_answer_is_text(home: Home) -> None:
    item = question("navn") | {"text": f"Navn {SCRIPT}"}
    await home.office.put(form("skript", item, title=f"Tittel {SCRIPT}"))
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        at = await begin(visitor, "skript")
        await answer(visitor, at, {"navn:0": f'"><b>{SCRIPT}'})
        pages = [await visitor.get(path) for path in ("/skjema", at, "/skjema/skript/svar")]
        await send(visitor, "skript", WARD)
        [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
        pages.append(await visitor.get(f"/skjema/sendt/{response['id']}"))
        pages.append(await worker.get(f"/innbygger/{ADA}/svar/{response['id']}"))
        pages.append(await worker.get(f"/innbygger/{ADA}/svar"))
    for page in pages:
        assert page.status_code == 200
        assert SCRIPT not in page.text


async def test_a_form_of_another_site_writes_nothing(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        at = await begin(visitor, "egne-malinger")
        forged = await visitor.browser.post(f"/min{at}", data={"hva:0": "vekt", "gjor": "neste"})
        assert forged.status_code == 403


async def test_a_form_that_cannot_be_filled_in_is_not_offered(home: Home) -> None:
    lost = question("b", enableWhen=[{"question": "a", "operator": "exists", "answerBoolean": True}])
    await home.office.put(form("odelagt", question("x"), lost) | {"item": [question("x"), lost]})
    async with home.visitor(ADA) as visitor:
        assert "odelagt" not in (await visitor.get("/skjema")).text
        assert (await visitor.get("/skjema/odelagt")).status_code == 400


async def test_answers_of_a_program_that_are_none_to_their_form_are_shown_as_they_are(home: Home) -> None:
    odd = {
        "resourceType": "QuestionnaireResponse",
        "id": "rart",
        "status": "completed",
        "subject": to(ADA),
        "author": to(ADA),
        "authored": "2026-11-24T08:00:00+01:00",
        "extension": [
            {
                "url": "https://fellesjournal.no/fhir/StructureDefinition/skjema-utgave",
                "valueString": "egne-malinger@1",
            }
        ],
        "item": [{"linkId": "hva", "text": "Hva?", "answer": [{"valueString": "Noe helt annet"}]}],
    }
    await home.office.put(odd)
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        assert "Noe helt annet" in (await visitor.get("/skjema/sendt/rart")).text
        page = await worker.get(f"/innbygger/{ADA}/svar/rart")
    assert "Noe helt annet" in page.text
    assert "Forslag til journalen" not in page.text


async def test_a_worker_reads_no_others_answers_through_this_citizen(home: Home) -> None:
    async with home.visitor(STRANGER) as visitor:
        await through(
            visitor, "egne-malinger", [{"hva:1": "vekt"}, {"nar:0": "2026-11-25T08:00"}, {"vekt:0": "70"}]
        )
        await send(visitor, "egne-malinger")
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={STRANGER}")
    async with home.office.worker("varm-lyngmo") as worker:
        for path in (f"/innbygger/{ADA}/svar/{response['id']}", f"/innbygger/{STRANGER}/svar"):
            assert (await worker.get(path)).status_code == 404, path
        sent = await worker.send(f"/innbygger/{ADA}/svar/{response['id']}", {"valg/vekt:0": "ja"})
        assert sent.status_code == 404


async def test_two_workers_at_once_decide_one_after_the_other(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        await through(
            visitor, "egne-malinger", [{"hva:1": "vekt"}, {"nar:0": "2026-11-25T08:00"}, {"vekt:0": "70"}]
        )
        await send(visitor, "egne-malinger", WARD)
    [response] = await home.office.asked(f"QuestionnaireResponse?patient={ADA}")
    place = f"/innbygger/{ADA}/svar/{response['id']}"
    async with home.office.worker("varm-lyngmo") as one, home.office.worker("ivrig-steinroys") as other:
        await one.send(place, {"valg/vekt:0": "nei", "grunn/vekt:0": "Feil vekt."})
        late = await other.send(place, {"valg/vekt:0": "ja"})
        assert "Feil vekt." in late.text
    assert await home.office.asked(f"Observation?patient={ADA}&code=29463-7") == []


async def test_a_worker_asks_for_a_form_and_gets_the_answers_back_to_the_unit(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        place = f"/innbygger/{ADA}/svar"
        assert "Før timen" in (await worker.get(place)).text
        nothing = await worker.send(place, {"skjema": "finnesikke"})
        assert "bedt om" not in nothing.text
        asked = await worker.send(place, {"skjema": "egne-malinger"})
        assert "Innbyggeren er bedt om å svare på «Egne målinger»." in asked.text
        [key] = set(re.findall(r'href="/min/skjema/(egne-malinger~[^"]+)"', (await visitor.get()).text))
        steps = [{"hva:1": "vekt"}, {"nar:0": "2026-11-25T08:00"}, {"vekt:0": "70"}, {}]
        assert (await through(visitor, key, steps)).endswith("/svar")
        assert (await send(visitor, key)).status_code == 303
        assert "egne-malinger~" not in (await visitor.get()).text
    [told] = await home.office.asked(f"Communication?subject=Patient/{ADA}")
    assert told["recipient"][0]["reference"] == WARD
    assert told["basedOn"][0]["reference"].startswith("Task/")
