"""Two who write at once, and one who writes on two machines: nobody is locked out, no word is lost."""

import re

from workplace.conftest import Office, Worker
from workplace.people import ADA

DOCTOR, NURSE = "ivrig-steinroys", "varm-lyngmo"
AT = f"/innbygger/{ADA}/notat/visitt"
PLACE = "vurdering-gruppe:0/vurdering:0"
VISIT = {"funn:0/allmenn:0": "god"}


async def opened(worker: Worker) -> dict[str, str]:
    """What a form that is opened now says of itself."""
    page = (await worker.get(AT)).text
    return dict(re.findall(r'name="(skjema|sett|utkast)" value="([^"]*)"', page))


async def test_two_authors_write_and_sign_their_own(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor, office.worker(NURSE) as nurse:
        forms = [await opened(doctor), await opened(nurse)]
        for worker, form, text in ((doctor, forms[0], "Legens ord"), (nurse, forms[1], "Sykepleierens ord")):
            assert (await worker.send(f"{AT}/utkast", form | {PLACE: text})).status_code == 200
        for worker, form, text in ((nurse, forms[1], "Sykepleierens ord"), (doctor, forms[0], "Legens ord")):
            assert "signert" in (await worker.send(AT, VISIT | form | {PLACE: text})).text
    notes = await office.asked(f"Composition?patient={ADA}")
    texts = str([one["section"] for one in notes])
    assert "Legens ord" in texts
    assert "Sykepleierens ord" in texts


async def test_one_author_on_two_machines_sees_both_texts_and_chooses(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        office_form, ward_form = await opened(worker), await opened(worker)
        assert (await worker.send(f"{AT}/utkast", office_form | {PLACE: "På kontoret"})).status_code == 200
        met = await worker.send(f"{AT}/utkast", ward_form | {PLACE: "På posten"})
        assert met.status_code == 409
        assert "ingen er mistet" in met.text
        fields = await worker.get(f"{AT}/felter", **ward_form)
        assert "<blockquote>På kontoret</blockquote>" in fields.text
        refused = await worker.send(AT, VISIT | ward_form | {PLACE: "På posten nå"})
        assert refused.status_code == 422
        assert "Vurdering: to tekster. Velg hvilken som gjelder." in refused.text
        assert "<blockquote>På posten nå</blockquote>" in refused.text
        assert "\nPå kontoret</textarea>" in refused.text
        new = dict(re.findall(r'name="(skjema|sett|utkast)" value="([^"]*)"', refused.text))
        choice = re.search(rf'value="(begge\|[^"|]+\|{PLACE})"', refused.text)
        assert choice
        chosen = await worker.send(f"{AT}/valg", VISIT | new | {PLACE: "På kontoret", "valg": choice[1]})
        assert "\nPå kontoret\nPå posten nå</textarea>" in chosen.text
        assert "blockquote" not in chosen.text
        last = dict(re.findall(r'name="(skjema|sett|utkast)" value="([^"]*)"', chosen.text))
        done = await worker.send(AT, VISIT | last | {PLACE: "På kontoret\nPå posten nå"})
        assert "Notatet er signert." in done.text


async def test_what_another_machine_wrote_is_seen_before_it_is_signed(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        office_form, ward_form = await opened(worker), await opened(worker)
        await worker.send(f"{AT}/utkast", office_form | {"fritekst:0": "Skrevet på kontoret"})
        told = await worker.send(AT, VISIT | ward_form | {PLACE: "Bedring.", "fritekst:0": ""})
        assert told.status_code == 422
        assert "Fritekst: skrevet på en annen maskin" in told.text
        assert "Skrevet på kontoret" in told.text
        new = dict(re.findall(r'name="(skjema|sett|utkast)" value="([^"]*)"', told.text))
        whole = {PLACE: "Bedring.", "fritekst:0": "Skrevet på kontoret"}
        assert "Notatet er signert." in (await worker.send(AT, VISIT | new | whole)).text
        late = await worker.send(f"{AT}/utkast", ward_form | {"fritekst:0": "For sent"})
        assert late.status_code == 410


async def test_a_choice_that_is_no_longer_there_or_is_nonsense_changes_nothing(office: Office) -> None:
    async with office.worker(DOCTOR) as worker:
        form = await opened(worker)
        await worker.send(f"{AT}/utkast", form | {PLACE: "Mitt"})
        for choice in ("bytt|x|y", "bytt", "", f"bytt||{PLACE}", f"begge|<b>|{PLACE}"):
            page = await worker.send(f"{AT}/valg", form | {PLACE: "Mitt", "valg": choice})
            assert page.status_code == 200
            assert "\nMitt</textarea>" in page.text
