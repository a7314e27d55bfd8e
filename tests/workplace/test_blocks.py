"""Blocks that a health worker sets and lifts for a citizen who has asked for it."""

import re

from workplace.conftest import Office
from workplace.people import ADA, FAR, NEAR
from world import staff

DOCTOR, NURSE, SECRETARY = "ivrig-steinroys", "varm-lyngmo", "ryddig-perlemor"
AT = f"/innbygger/{ADA}/sperringer"
ASKED = {"bedt": "ja", "hva": ""}


async def test_a_colleague_is_found_by_name_kept_out_and_let_in_again(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor, office.worker(NURSE) as nurse:
        assert "Ingenting er sperret." in (await doctor.get(AT)).text
        found = (await doctor.get(f"{AT}/finn", navn="Lyngmo")).text
        [who] = re.findall(r'value="(Practitioner/[^"]+)"', found)
        assert "Varm Lyngmo, " in found
        assert (await nurse.get(f"/innbygger/{ADA}")).status_code == 200
        page = (await doctor.send(AT, ASKED | {"hvem": who})).text
        assert "Sperret. Innbyggeren ser det under Deling." in page
        assert "Varm Lyngmo: Hele journalen" in page
        assert (await nurse.get(f"/innbygger/{ADA}")).status_code == 404
        [stored] = await office.asked(f"Consent?patient=Patient/{ADA}")
        assert stored["verification"][0]["verifiedWith"] == {"reference": f"Patient/{ADA}"}
        lifted = await doctor.send(f"{AT}/{stored['id']}/opphevelse", {"versjon": "1"})
        assert "Opphevet." in lifted.text
        assert (await nurse.get(f"/innbygger/{ADA}")).status_code == 200
        again = await doctor.send(f"{AT}/{stored['id']}/opphevelse", {"versjon": "1"})
        assert "Noen har endret dette" in again.text


async def test_a_kind_of_information_and_one_note_are_kept_from_a_unit(office: Office) -> None:
    ward = f"Organization/{staff.WARD}"
    async with office.worker(DOCTOR) as doctor, office.worker(NURSE) as nurse:
        page = (await doctor.get(AT)).text
        [note, *_] = re.findall(r'<option value="(Composition/[^"]+)"', page)
        assert f'value="{ward}"' in page  # who has met the citizen need not be searched for
        kept = await doctor.send(AT, ASKED | {"hvem": "alle", "hva": note})
        assert "Alle: Innkomstnotat" in kept.text
        assert "Innkomstnotat" not in (await nurse.get(f"/innbygger/{ADA}")).text
        assert "Pneumoni" in (await nurse.get(f"/innbygger/{ADA}")).text


async def test_a_form_that_is_not_whole_keeps_what_was_chosen(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor:
        for form, said in (
            ({"hvem": ""}, "Velg hvem som ikke skal se journalen."),
            ({"hvem": "Practitioner/nobody"}, "Velg hvem som ikke skal se journalen."),
            ({"hvem": f"Patient/{NEAR}"}, "Velg hvem som ikke skal se journalen."),
            ({"hvem": "alle", "hva": "Composition/none"}, "Velg hva de ikke skal se."),
            ({"hvem": "alle", "hva": "notes", "bedt": ""}, "Kryss av for at innbyggeren har bedt om det."),
        ):
            page = await doctor.send(AT, ASKED | form)
            assert said in page.text, form
        assert re.search(r'value="alle" checked', page.text)
        assert re.search(r'value="notes" selected', page.text)
        assert not await office.asked(f"Consent?patient=Patient/{ADA}")


async def test_nobody_else_sets_one_and_no_other_citizens_is_lifted(office: Office) -> None:
    async with office.worker(DOCTOR) as doctor, office.worker(SECRETARY) as secretary:
        await doctor.send(AT, ASKED | {"hvem": "alle", "hva": "notes"})
        [stored] = await office.asked(f"Consent?patient=Patient/{ADA}")
        lift = f"/{stored['id']}/opphevelse"
        assert (await doctor.send(f"/innbygger/{NEAR}/sperringer{lift}", {"versjon": "1"})).status_code == 404
        assert (await doctor.get(f"/innbygger/{FAR}/sperringer")).status_code == 404
        assert (await secretary.send(AT, ASKED | {"hvem": "alle"})).status_code in (403, 404)
        assert (await secretary.send(AT + lift, {"versjon": "1"})).status_code in (403, 404)
