"""Practice sign-in: anyone is whoever they pick, on practice sites only."""

import re
from dataclasses import replace

import httpx
import pytest

from fellesjournal.access import people
from fellesjournal.signin import practice
from signin.conftest import House


async def pick(visitor: httpx.AsyncClient, who: str, place: str = "") -> httpx.Response:
    return await visitor.post("/logg-inn/ovelse", data={"person": who, "til": place})


async def test_one_role_is_put_on_without_asking(house: House) -> None:
    async with house.visitor() as visitor:
        answer = await pick(visitor, "Practitioner/varm-lyngmo")
        assert (answer.status_code, answer.headers["location"]) == (303, "/logg-inn/meg")
        page = await visitor.get("/logg-inn/meg")
        assert page.status_code == 200
        for said in ("Varm Lyngmo", "Sykepleier", "Isfjell sykehus, medisinsk sengepost", "Logg ut"):
            assert said in page.text
        assert "Bytt rolle" not in page.text
    assert [event.what for event in house.events] == ["signed-in", "role"]


async def test_the_list_has_everyone_by_unit_with_each_role(house: House) -> None:
    async with house.visitor() as visitor:
        page = (await visitor.get("/logg-inn/ovelse")).text
    clinic = page[page.index("<h2>Isfjell sykehus, hjertepoliklinikk</h2>") :]
    clinic = clinic[: clinic.index("</section>")]
    assert "Nysgjerrig Furukongle" in clinic
    assert "Medisinstudent, sekretær" in clinic
    assert page.count("Nysgjerrig Furukongle") == 2
    assert "Lomvi" not in page, "the one whose role has ended is not offered"


async def test_a_name_narrows_the_list(house: House) -> None:
    async with house.visitor() as visitor:
        page = (await visitor.get("/logg-inn/ovelse", params={"navn": "tind"})).text
        assert "Klok Tindvik" in page
        assert "Varm Lyngmo" not in page
        nobody = (await visitor.get("/logg-inn/ovelse", params={"navn": "<script>"})).text
        assert "Ingen har et navn" in nobody
        assert "<script>" not in nobody


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Klok Tindvik", "Klok Tindvik"),
        ("tindvik  KLO", "Klok Tindvik"),
        ("Tindvik, Klok", "Klok Tindvik"),
        ("arvaken nordlys", "Årvåken Nordlys"),
        ("Steinroys ivrig", "Ivrig Steinrøys"),
    ],
)
async def test_the_words_of_a_name_are_found_in_any_order_and_spelling(
    house: House, typed: str, found: str
) -> None:
    async with house.visitor() as visitor:
        page = (await visitor.get("/logg-inn/ovelse", params={"navn": typed})).text
        assert found in page
        assert "Varm Lyngmo" not in page


async def test_words_of_two_people_find_neither(house: House) -> None:
    async with house.visitor() as visitor:
        page = (await visitor.get("/logg-inn/ovelse", params={"navn": "Klok Lyngmo"})).text
        assert "Ingen har et navn" in page


async def test_a_citizen_is_found_by_the_whole_name(house: House) -> None:
    async with house.visitor() as visitor:
        asked = {"som": "innbygger", "navn": "fjellrype blid"}
        page = (await visitor.get("/logg-inn/ovelse", params=asked)).text
        assert "Blid Fjellrype" in page
        assert "Rolig Sjøstjerne" not in page


async def test_a_citizen_is_picked_and_has_no_role_to_choose(house: House) -> None:
    async with house.visitor() as visitor:
        page = (await visitor.get("/logg-inn/ovelse", params={"som": "innbygger"})).text
        assert "Blid Fjellrype" in page
        await pick(visitor, "Patient/person-1")
        me = (await visitor.get("/logg-inn/meg")).text
        assert "Blid Fjellrype" in me
        assert (await visitor.get("/logg-inn/rolle")).headers["location"] == "/logg-inn/meg"


@pytest.mark.parametrize(
    ("asked", "citizens"),
    [
        ({"til": "/min"}, True),
        ({"til": "/min/meldinger"}, True),
        ({"til": "/minst"}, False),
        ({"til": "/arbeid"}, False),
        ({"til": "/min", "som": "helsepersonell"}, False),
    ],
)
async def test_who_is_on_the_way_to_their_own_record_is_shown_citizens_first(
    house: House, asked: dict[str, str], citizens: bool
) -> None:
    async with house.visitor() as visitor:
        page = (await visitor.get("/logg-inn/ovelse", params=asked)).text
        assert ("Blid Fjellrype" in page) is citizens


async def test_someone_who_is_not_there_is_not_let_in(house: House) -> None:
    async with house.visitor() as visitor:
        for who in ("Practitioner/nobody", "Device/1", "", "Organization/isfjell-sykehus"):
            answer = await pick(visitor, who)
            assert answer.status_code == 404, who
            assert "set-cookie" not in answer.headers


async def test_the_place_asked_for_is_gone_to_and_never_another_site(house: House) -> None:
    async with house.visitor() as visitor:
        assert (await pick(visitor, "Patient/person-1", "/fhir/Patient?x=1")).headers["location"] == (
            "/fhir/Patient?x=1"
        )
        for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "/a\nb"):
            answer = await pick(visitor, "Patient/person-1", elsewhere)
            assert answer.headers["location"] == "/min", elsewhere


async def test_elsewhere_the_addresses_do_not_exist(house: House) -> None:
    site = "https://journal.example"
    real = replace(house, reception=replace(house.reception, practice=False, address=site))
    async with real.visitor(site) as visitor:
        assert (await visitor.get("/logg-inn/ovelse")).status_code == 404
        answer = await pick(visitor, "Practitioner/varm-lyngmo")
        assert answer.status_code == 404
        assert "set-cookie" not in answer.headers
        entrance = (await visitor.get("/logg-inn")).text
        assert "ovelse" not in entrance
        assert "Øvelse" not in entrance
    assert await house.pool.fetchval("select count(*) from session") == 0


async def test_a_practice_site_is_called_by_the_name_of_this_machine(house: House) -> None:
    async with house.visitor("http://evil.example:8080") as visitor:
        answer = await pick(visitor, "Practitioner/varm-lyngmo")
        assert answer.status_code == 400
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("som", ["innbygger", "helsepersonell"])
async def test_a_list_that_is_cut_says_so(house: House, som: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.visitor() as visitor:
        whole = (await visitor.get("/logg-inn/ovelse", params={"som": som})).text
        assert "Det er flere enn disse" not in whole
        monkeypatch.setattr(practice, "MOST_CITIZENS", 0)
        monkeypatch.setattr(people, "MOST_SHOWN", 3)
        cut = (await visitor.get("/logg-inn/ovelse", params={"som": som})).text
    assert "Det er flere enn disse" in cut
    assert cut.count('name="person"') < whole.count('name="person"')


async def test_citizens_are_told_apart_by_their_year_of_birth(house: House) -> None:
    async with house.visitor() as visitor:
        page = (await visitor.get("/logg-inn/ovelse", params={"som": "innbygger"})).text
    assert re.search(r"<small>født \d{4}</small>", page)
