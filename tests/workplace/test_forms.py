from workplace.conftest import ORIGIN, Office
from workplace.people import ADA, FAR

MEASURE, DIAGNOSE = f"/innbygger/{ADA}/malinger", f"/innbygger/{ADA}/diagnose"
WHOLE_SET = {"puls": "88", "resp": "18", "spo2": "95", "temp": "37,9", "sys": "132", "dia": "80"}
WHOLE_SET |= {"oksygen": "luft", "bevissthet": "A"}


async def test_a_form_without_the_sessions_proof_is_refused(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        for path, form in ((MEASURE, {"puls": "70"}), (DIAGNOSE, {"kode": "x|y"})):
            for proof in ({}, {"bevis": "gjettet"}):
                answer = await worker.browser.post(f"/arbeid{path}", data=form | proof)
                assert answer.status_code == 403
    assert len(await office.asked(f"Observation?patient={ADA}&code=8867-4")) == 1


async def test_a_form_from_another_site_is_refused(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        worker.browser.headers["Origin"] = "https://ond.example"
        assert (await worker.send(MEASURE, {"puls": "70"})).status_code == 403
        worker.browser.headers["Origin"] = ORIGIN
        assert (await worker.send(MEASURE, {"puls": "70"})).status_code == 200


async def test_a_whole_set_is_stored_at_once_and_scored(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        page = await worker.send(MEASURE, WHOLE_SET)
    assert "Målingene er lagret" in page.text
    assert "<strong>1</strong>" in page.text  # saturation 95 gives one point, the rest none
    (pressure,) = await office.asked(f"Observation?patient={ADA}&code=85354-9")
    assert [one["valueQuantity"]["value"] for one in pressure["component"]] == [132, 80]
    assert pressure["performer"][0]["reference"] == "Practitioner/varm-lyngmo"
    temperature = (await office.asked(f"Observation?patient={ADA}&code=8310-5"))[0]
    assert temperature["valueQuantity"]["value"] == 37.9


async def test_what_is_no_number_is_told_and_what_was_typed_is_kept(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        page = await worker.send(MEASURE, {"puls": "åtti", "temp": "37,1"})
    assert "er ikke et tall" in page.text
    assert 'value="åtti"' in page.text
    assert 'value="37,1"' in page.text
    assert await office.asked(f"Observation?patient={ADA}&code=8310-5") == []


async def test_what_is_unlikely_is_asked_about_and_then_stored(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        asked = await worker.send(MEASURE, {"temp": "29"})
        assert "er uvanlig" in asked.text
        assert await office.asked(f"Observation?patient={ADA}&code=8310-5") == []
        saved = await worker.send(MEASURE, {"temp": "29", "sikker-temp": "29"})
    assert "Målingene er lagret" in saved.text


async def test_an_empty_form_says_what_it_wants(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        for nonsense in ({}, {"puls": "   "}, {"puls": "nan"}, {"puls": "inf"}, {"puls": "😀" * 200}):
            page = await worker.send(MEASURE, nonsense)
            assert page.status_code == 200
            assert "lagret" not in page.text, nonsense


async def test_nothing_is_stored_for_one_out_of_reach(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        answer = await worker.send(f"/innbygger/{FAR}/malinger", {"puls": "70"})
    assert answer.status_code == 404
    assert await office.asked(f"Observation?patient={FAR}") == []


async def test_a_diagnosis_is_found_by_letters_and_added(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        found = await worker.get(f"{DIAGNOSE}/finn", q="lårh")
        assert "Brudd i lårhals" in found.text
        page = await worker.send(DIAGNOSE, {"kode": "http://hl7.org/fhir/sid/icd-10-no|S72.0"})
        assert "Diagnosen er lagt til. Brudd i lårhals" in page.text
        assert "S72.0" in (await worker.get(f"/innbygger/{ADA}/del/problems")).text


async def test_a_code_of_the_other_system_is_chosen_and_not_taken(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        shared = (await worker.get(f"{DIAGNOSE}/finn", q="s72")).text
        own = (await worker.get(f"{DIAGNOSE}/finn", q="S72.0")).text
    assert "S72 er en kode i det andre kodeverket" in shared
    assert "data-choose" in shared
    assert shared.index("Skabb") < shared.index("Brudd i lårhals")
    assert ("Brudd i lårhals" in own, "data-choose" in own) == (True, False)


async def test_a_code_that_there_is_not_is_refused(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        for code in ("http://hl7.org/fhir/sid/icd-10-no|Q99.99", "urn:other|S72.0", ""):
            page = await worker.send(DIAGNOSE, {"kode": code})
            assert page.status_code == 422
            assert "Koden finnes ikke" in page.text


async def test_a_form_is_in_nynorsk_for_who_reads_nynorsk_and_the_note_is_the_same_for_all(
    office: Office,
) -> None:
    async with office.worker("varm-lyngmo", language="nn") as nurse:
        assert "Innkomst sjukepleie" in (await nurse.get(f"/innbygger/{ADA}/notat")).text
        form = (await nurse.get(f"/innbygger/{ADA}/notat/fallrisiko")).text
        assert "Falle siste 12 månader" in form
        assert "Falt siste 12 måneder" not in form
        refused = await nurse.send(f"/innbygger/{ADA}/notat/fallrisiko", {"sporsmal:0/usto:0": "0"})
        assert "Falle siste 12 månader: manglar svar." in refused.text
        asked = ("falt", "usto", "medisin", "svimmel", "forvirret", "syn")
        signed = await nurse.send(
            f"/innbygger/{ADA}/notat/fallrisiko", {f"sporsmal:0/{one}:0": "0" for one in asked}
        )
        assert "Notatet er signert." in signed.text
    [note] = [one for one in await office.asked(f"Composition?patient={ADA}") if one["id"] != "ada-note"]
    assert "Falt siste 12 måneder" in note["section"][0]["text"]["div"]
