"""Complaining in place: the state of the screen goes along, and nothing of a citizen."""

from datetime import UTC, datetime

from fellesjournal.support.reports import Answer, Reports
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA

NURSE = "varm-lyngmo"
STATE = {
    "sti": f"/arbeid/innbygger/{ADA}",
    "felt": f"/arbeid/innbygger/{ADA}/malinger/{ADA}-pulse/feilforing",
    "skjerm": "1366x768",
    "ms": "431",
}


async def kept(office: Office) -> str:
    """Everything that the support list holds, as one text."""
    rows = await office.pool.fetch("select to_jsonb(support_report) - 'person' as row from support_report")
    return "\n".join(str(row["row"]) for row in rows)


async def test_the_state_of_the_screen_goes_along(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        page = await nurse.send("/tilbakemelding", STATE | {"setning": "Kurven er treg", "oppgave": "måling"})
    assert "Meldingen har nummer" in page.text
    (one,) = await Reports(office.pool).listed()
    assert one.said.place == "/arbeid/innbygger/{}"
    assert one.said.pane == "/arbeid/innbygger/{}/malinger/{}/feilforing"
    assert (one.said.role, one.said.screen, one.said.took) == ("sykepleier", "1366x768", 431)
    assert (one.said.sentence, one.said.task) == ("Kurven er treg", "måling")
    assert one.said.unit_kind == "sykehusavdeling"


async def test_no_identity_id_or_name_of_a_citizen_gets_in(office: Office) -> None:
    kin = {"resourceType": "RelatedPerson", "id": "kin", "patient": people.to(ADA)}
    await office.put(kin | {"name": [{"given": ["Trygg"], "family": "Søstersønn"}]})
    text = (
        f"Blid Fjellrype (01.02.1942, 02814212345) og sønnen Trygg Søstersønn, blid fjellrype, BLID, "
        f"Patient/{ADA}, naboen Solfrid Multemyr, blid@example.org, telefon 900 12 345"
    )
    forged = {
        "sti": f"/arbeid/innbygger/{ADA}",
        "felt": f"/Fjellrype/02814212345/{ADA}?navn=Blid Fjellrype",
        "skjerm": "Blid Fjellrype",
        "ms": "02814212345",
    }
    async with office.worker(NURSE) as nurse:
        for state in (STATE, forged):
            sent = state | {"setning": text, "oppgave": text}
            assert "Meldingen har nummer" in (await nurse.send("/tilbakemelding", sent)).text
    held = (await kept(office)).casefold()
    for word in ("blid", "fjellrype", "trygg", "søstersønn", "solfrid", "multemyr", "1942", "0281", "90012"):
        assert word not in held, word
    assert f"/{ADA}" not in held
    assert "900 12" not in held


async def test_names_on_a_worklist_are_taken_out_too(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        await nurse.send("/tilbakemelding", {"sti": "/arbeid", "setning": "solfrid står to ganger"})
    (one,) = await Reports(office.pool).listed()
    assert one.said.sentence == "[fjernet] står to ganger"


async def test_one_sees_ones_own_reports_and_what_came_of_them(office: Office) -> None:
    async with office.worker(NURSE) as nurse, office.worker("ivrig-steinroys") as doctor:
        await nurse.send("/tilbakemelding", STATE | {"setning": "Kurven er treg"})
        (one,) = await Reports(office.pool).listed()
        answer = Answer(datetime.now(UTC), "Drift", "Rettet i neste versjon", True)
        await Reports(office.pool).answer(one.id, answer)
        own = await nurse.get("/tilbakemeldinger")
        others = await doctor.get("/tilbakemeldinger")
    assert "Kurven er treg" in own.text
    assert "lukket" in own.text
    assert "Rettet i neste versjon" in own.text
    assert "Kurven er treg" not in others.text


async def test_an_empty_report_is_told_and_not_kept(office: Office) -> None:
    async with office.worker(NURSE) as nurse:
        page = await nurse.send("/tilbakemelding", STATE | {"setning": "   "})
    assert "Skriv en setning først" in page.text
    assert await kept(office) == ""
