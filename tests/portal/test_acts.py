"""What citizens do: block, lift, write messages; and forms that are not whole or not theirs."""

from fellesjournal.norway.profiles import ADDRESS_PROTECTION
from portal import booking, people
from portal.conftest import Home
from portal.people import CHILD, MOTHER, STRANGER
from workplace.people import ADA, to
from world import staff

WARD = f"Organization/{staff.WARD}"
BLOCK = {"hvem": WARD, "hva": "", "forstatt": "ja"}


async def test_a_block_of_a_unit_holds_until_it_is_lifted(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        assert (await worker.get(f"/innbygger/{ADA}")).status_code == 200
        page = await visitor.send("/deling/sperring", BLOCK)
        assert page.headers["location"] == "/min/deling"
        shown = await visitor.get("/deling")
        assert "Opphev" in shown.text
        assert (await worker.get(f"/innbygger/{ADA}")).status_code == 404
        lift = shown.text.partition("/deling/sperring/")[2].partition("/opphev")[0]
        await visitor.send(f"/deling/sperring/{lift}/opphev", {})
        assert "Du har ingen sperringer" in (await visitor.get("/deling")).text
        assert (await worker.get(f"/innbygger/{ADA}")).status_code == 200


async def test_a_block_that_names_a_unit_by_reference_alone_is_not_said_to_be_for_all(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        await visitor.send("/deling/sperring", BLOCK)
        [stored] = await home.office.asked(f"Consent?patient=Patient/{ADA}")
        name = stored["provision"]["actor"][0]["reference"].pop("display")
        await home.office.put(stored)
        page = (await visitor.get("/deling")).text
    assert f'<span class="title">{name}</span>' in page
    assert '<span class="title">Alle</span>' not in page


async def test_a_block_of_notes_leaves_the_rest_open(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        await visitor.send("/deling/sperring", BLOCK | {"hva": "notes"})
        page = await worker.get(f"/innbygger/{ADA}")
    assert "Pneumoni" in page.text
    assert "Innkomstnotat" not in page.text


async def test_a_person_and_a_document_are_kept_apart_from_the_rest(home: Home) -> None:
    doctor = "Practitioner/ivrig-steinroys"
    meeting = {
        "resourceType": "Encounter",
        "id": "ada-met",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": to(ADA),
        "period": {"start": "2026-11-20T10:00:00+01:00", "end": "2026-11-20T11:00:00+01:00"},
        "participant": [{"individual": {"reference": doctor}}],
    }
    await home.office.put(meeting)
    workers = home.office.worker
    async with (
        home.visitor(ADA) as visitor,
        workers("ivrig-steinroys") as one,
        workers("varm-lyngmo") as other,
    ):
        page = (await visitor.get("/deling")).text
        assert f'<option value="{doctor}">Ivrig Steinrøys</option>' in page
        assert '<option value="Composition/ada-note">Innkomstnotat, ' in page
        kept = BLOCK | {"hvem": doctor, "hva": "Composition/ada-note"}
        assert (await visitor.send("/deling/sperring", kept)).status_code == 303
        assert "Innkomstnotat, " in (await visitor.get("/deling")).text.partition("Sperr journalen")[0]
        for worker, sees in ((one, False), (other, True)):
            chart = (await worker.get(f"/innbygger/{ADA}")).text
            assert ("Innkomstnotat" in chart, "Pneumoni" in chart) == (sees, True)
        assert (await visitor.send("/deling/sperring", BLOCK | {"hvem": doctor})).status_code == 303
        assert (await one.get(f"/innbygger/{ADA}")).status_code == 404
        assert (await other.get(f"/innbygger/{ADA}")).status_code == 200
        for wrong in ({"hvem": "Practitioner/lun-rogneber"}, {"hva": "Composition/other"}):
            assert (await visitor.send("/deling/sperring", BLOCK | wrong)).status_code == 400


async def test_a_block_is_not_set_by_accident_or_for_nobody(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        for wrong in ({"forstatt": ""}, {"hvem": ""}, {"hvem": "Organization/ukjent"}, {"hva": "alt mulig"}):
            page = await visitor.send("/deling/sperring", BLOCK | wrong)
            assert page.status_code == 400, wrong
            assert 'role="alert"' in page.text
        assert "Du har ingen sperringer" in (await visitor.get("/deling")).text


async def test_nobody_lifts_anothers_block(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        await visitor.send("/deling/sperring", BLOCK)
        shown = (await visitor.get("/deling")).text
    block = shown.partition("/deling/sperring/")[2].partition("/opphev")[0]
    async with home.visitor(STRANGER) as stranger:
        assert (await stranger.send(f"/deling/sperring/{block}/opphev", {})).status_code == 404
    async with home.visitor(ADA) as visitor:
        assert "Opphev" in (await visitor.get("/deling")).text


async def test_a_message_goes_to_a_unit_and_is_answered_in_its_thread(home: Home) -> None:
    message = {"til": WARD, "emne": "Hjemreise", "tekst": "Når kan jeg dra hjem?"}
    async with home.visitor(ADA) as visitor:
        sent = await visitor.send("/meldinger", message)
        assert sent.headers["location"] == "/min/meldinger?sendt=ja"
        page = await visitor.get("/meldinger")
        assert "Når kan jeg dra hjem?" in page.text
        assert "ikke åpnet ennå" in page.text
        stored = (await home.office.asked(f"Communication?subject=Patient/{ADA}"))[0]
        assert stored["recipient"][0]["reference"] == WARD
        answer = {"til": WARD, "svar": stored["id"], "tekst": "Takk."}
        await visitor.send("/meldinger", answer)
        page = await visitor.get("/meldinger")
    assert page.text.count("<section") == 1
    assert page.text.count("<article") == 2


async def test_a_message_is_on_the_units_list_until_it_is_read_and_the_answer_comes_back(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker("varm-lyngmo") as worker:
        await visitor.send("/meldinger", {"til": WARD, "emne": "Hjemreise", "tekst": "Når kan jeg dra hjem?"})
        start = await worker.get("")
        assert "Uleste meldinger" in start.text
        assert "Hjemreise" in start.text
        read = await worker.get(f"/innbygger/{ADA}/meldinger")
        assert "Når kan jeg dra hjem?" in read.text
        assert "Uleste meldinger" not in (await worker.get("")).text
        assert "mottatt" in (await visitor.get("/meldinger")).text
        stored = (await home.office.asked(f"Communication?subject=Patient/{ADA}"))[0]
        await worker.send(f"/innbygger/{ADA}/meldinger", {"svar": stored["id"], "tekst": "I morgen."})
        page = await visitor.get("/meldinger")
        assert "I morgen." in page.text
        assert page.text.count("<section") == 1
        empty = await worker.send(f"/innbygger/{ADA}/meldinger", {"svar": stored["id"], "tekst": " "})
        assert empty.status_code == 400


async def test_a_message_that_is_not_whole_stands_as_it_was_written(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        form = {"til": "Organization/another", "emne": "Hoste", "tekst": "Det blir ikke bedre."}
        page = await visitor.send("/meldinger", form)
        assert (page.status_code, "Velg hvem meldingen er til" in page.text) == (400, True)
        assert 'value="Hoste"' in page.text
        assert "Det blir ikke bedre.</textarea>" in page.text


async def test_who_has_a_protected_address_is_told_why_there_is_nobody_to_write_to(home: Home) -> None:
    stranger = next(one for one in people.resources() if one["id"] == STRANGER)
    protected = {"url": ADDRESS_PROTECTION, "valueCode": "strengtFortrolig"}
    async with home.visitor(STRANGER) as visitor:
        assert "når du har en fastlege" in (await visitor.get("/meldinger")).text
        await home.office.put(stranger | {"extension": [protected]})
        for path in ("/meldinger", "/mine/retting", "/deling", "/bestill"):
            assert "Adressen din er skjult" in (await visitor.get(path)).text, path


async def test_an_answer_to_what_is_no_message_of_ones_own_is_not_found(home: Home) -> None:
    between = {
        "resourceType": "Communication",
        "id": "between-services",
        "status": "completed",
        "subject": {"reference": f"Patient/{ADA}"},
        "sender": {"reference": WARD},
        "recipient": [{"reference": WARD}],
        "payload": [{"contentString": "Utskrives i morgen."}],
    }
    await home.office.put(between)
    async with home.visitor(ADA) as visitor:
        form = {"til": WARD, "tekst": "Hei", "svar": "between-services"}
        assert (await visitor.send("/meldinger", form)).status_code == 404


async def test_one_writes_to_the_doctors_office_and_answers_a_person_by_way_of_a_unit(home: Home) -> None:
    mother = next(one for one in people.resources() if one["id"] == MOTHER)
    await home.office.put(*booking.resources(), booking.doctor_of(mother), FROM_THE_DOCTOR)
    office = f"Organization/{booking.OFFICE}"
    async with home.visitor(MOTHER) as visitor:
        page = (await visitor.get("/meldinger")).text
        answer = page[page.index('id="svarer-fra-legen"') :]
        assert f'<option value="{office}">' in page
        assert f'<option value="{office}">' in answer, "an answer goes to a unit, never to a person"
        sent = await visitor.send("/meldinger", {"til": office, "svar": "fra-legen", "tekst": "Takk!"})
        assert sent.headers["location"] == "/min/meldinger?sendt=ja"
        assert "Takk!" in (await visitor.get("/meldinger")).text.partition('id="trad-fra-legen"')[2]


FROM_THE_DOCTOR = {
    "resourceType": "Communication",
    "id": "fra-legen",
    "status": "completed",
    "subject": {"reference": f"Patient/{MOTHER}"},
    "sent": "2026-11-20T10:00:00+01:00",
    "sender": {"reference": "Practitioner/lun-rogneber"},
    "recipient": [{"reference": f"Patient/{MOTHER}"}],
    "payload": [{"contentString": "Prøvene var fine."}],
}


async def test_an_empty_message_and_one_to_a_stranger_are_told_of(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        assert (await visitor.send("/meldinger", {"til": WARD, "tekst": "  "})).status_code == 400
        page = await visitor.send("/meldinger", {"til": "Organization/ukjent", "tekst": "Hei"})
        assert page.status_code == 400
        assert await home.office.asked(f"Communication?subject=Patient/{ADA}") == []


async def test_a_form_of_another_site_does_nothing(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        page = await visitor.browser.post("/min/deling/sperring", data=BLOCK)
        assert page.status_code == 403
        assert "Du har ingen sperringer" in (await visitor.get("/deling")).text


async def test_a_mother_does_not_block_for_her_child(home: Home) -> None:
    async with home.visitor(MOTHER) as visitor:
        page = await visitor.get(f"/for/{CHILD}/deling")
        assert "Sperr journalen" not in page.text
        sent = await visitor.send(f"/for/{CHILD}/deling/sperring", BLOCK | {"hvem": "alle"})
        assert sent.status_code == 403
