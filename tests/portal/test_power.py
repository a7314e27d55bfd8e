"""A power of attorney at the portal: three steps, one press to end it, and what is told to whom."""

import re

import pytest

from fellesjournal.norway.profiles import ADDRESS_PROTECTION
from portal import people
from portal.conftest import Home, Visitor
from portal.people import CHILD, MOTHER, STRANGER
from workplace.people import ADA

STEPS = {"les": "ja", "lenge": "year"}


def number_of(id: str) -> str:
    return str(next(one for one in people.resources() if one["id"] == id)["identifier"][0]["value"])


WHO = {"nummer": number_of(STRANGER), "etternavn": "rosevik"}


async def given(visitor: Visitor, **more: str) -> None:
    page = await visitor.send("/deling/fullmakt", WHO | STEPS | more)
    assert page.headers["location"] == "/min/deling?gitt=ja"


async def test_a_power_of_attorney_is_given_in_three_steps_and_ended_in_one(home: Home) -> None:
    async with home.visitor(MOTHER) as visitor, home.visitor(STRANGER) as stranger:
        assert "Steg 1 av 3" in (await visitor.get("/deling/fullmakt")).text
        second = await visitor.send("/deling/fullmakt/hva", WHO)
        assert "Steg 2 av 3" in second.text
        third = await visitor.send("/deling/fullmakt/se", WHO | STEPS)
        assert "Lese journalen min" in third.text
        assert "Skrive meldinger" not in third.text
        await given(visitor)
        page = await visitor.get("/deling", gitt="ja")
        assert "Fullmakten er gitt" in page.text
        assert "Fremmed Rosevik" in page.text
        assert f"/min/for/{MOTHER}" in (await stranger.get()).text
        assert (await stranger.get(f"/for/{MOTHER}/journal")).status_code == 200
        id = re.findall(r"/deling/fullmakt/([^/]+)/avslutt", page.text)[0]
        await visitor.send(f"/deling/fullmakt/{id}/avslutt", {})
        assert "Ingen handler for deg" in (await visitor.get("/deling")).text
        assert (await stranger.get(f"/for/{MOTHER}/journal")).status_code == 404


async def test_who_holds_one_gives_it_up(home: Home) -> None:
    async with home.visitor(MOTHER) as visitor, home.visitor(STRANGER) as stranger:
        await given(visitor, bestill="ja", les="")
        home_page = await stranger.get(f"/for/{MOTHER}")
        assert "Mild Rosevik" in home_page.text
        assert "/innsyn" not in home_page.text
        for path in re.findall(rf'href="/min(/for/{MOTHER}[^"]*)"', home_page.text):
            assert (await stranger.get(path)).status_code == 200, path
        page = await stranger.get(f"/for/{MOTHER}/deling")
        assert "Du kan si den fra deg" in page.text
        id = re.findall(r"/deling/fullmakt/([^/]+)/avslutt", page.text)[0]
        ended = await stranger.send(f"/for/{MOTHER}/deling/fullmakt/{id}/avslutt", {})
        assert ended.headers["location"] == "/min/deling"
        assert (await stranger.get(f"/for/{MOTHER}")).status_code == 404


@pytest.mark.parametrize(
    ("step", "form", "said"),
    [
        ("/hva", {"nummer": "12", "etternavn": "Rosevik"}, "elleve sifrene"),
        ("/hva", {"nummer": WHO["nummer"], "etternavn": " "}, "elleve sifrene"),
        ("/se", WHO | {"lenge": "year"}, "Velg minst én ting"),
        ("/se", WHO | {"les": "ja", "lenge": "evig"}, "Velg minst én ting"),
        ("", WHO | {"les": "ja"}, "Velg minst én ting"),
        ("/se", WHO | {"skriv": "ja", "lenge": "year"}, "må også lese"),
        ("", WHO | STEPS | {"nummer": "x"}, "elleve sifrene"),
        ("", WHO | STEPS | {"etternavn": "Annen"}, "Vi finner ingen"),
        ("", WHO | STEPS | {"nummer": number_of(CHILD)}, "Vi finner ingen"),
    ],
)
async def test_a_form_that_is_not_whole_is_asked_for_again_with_what_was_typed(
    home: Home, step: str, form: dict[str, str], said: str
) -> None:
    async with home.visitor(MOTHER) as visitor:
        page = await visitor.send(f"/deling/fullmakt{step}", form)
        assert page.status_code == 400
        assert said in page.text
        assert form["etternavn"].strip() in page.text
        assert "Ingen handler for deg" in (await visitor.get("/deling")).text


async def test_a_second_one_to_the_same_is_told_of(home: Home) -> None:
    async with home.visitor(MOTHER) as visitor:
        await given(visitor)
        assert "alt fullmakt" in (await visitor.send("/deling/fullmakt", WHO | STEPS)).text


async def test_another_who_is_protected_is_told_of_as_nobody(home: Home) -> None:
    stranger = next(one for one in people.resources() if one["id"] == STRANGER)
    hidden = {"extension": [{"url": ADDRESS_PROTECTION, "valueCode": "strengtFortrolig"}]}
    async with home.visitor(MOTHER) as visitor:
        nobody = await visitor.send("/deling/fullmakt", WHO | STEPS | {"nummer": "0" * 11})
        await home.office.put(stranger | hidden)
        protected = await visitor.send("/deling/fullmakt", WHO | STEPS)
        strip = re.compile(r'value="[^"]*"')
        assert strip.sub("", nobody.text) == strip.sub("", protected.text)
    async with home.visitor(STRANGER) as visitor:
        page = await visitor.get("/deling/fullmakt")
        assert "Adressen din er skjult" in page.text
        assert "<form method" not in page.text.partition("<main")[2]
        assert (await visitor.send("/deling/fullmakt", WHO | STEPS)).status_code == 403


async def test_a_parent_is_shown_with_what_the_tie_gives(home: Home) -> None:
    async with home.visitor(CHILD) as child, home.visitor(MOTHER) as mother:
        page = await child.get("/deling")
        assert "Mild Rosevik" in page.text
        assert "Ser alt, men ikke det helsepersonell holder tilbake" in page.text
        assert "Du må ha fylt 16 år" in (await child.get("/deling/fullmakt")).text
        assert "Bare den som eier journalen" in (await mother.get(f"/for/{CHILD}/deling/fullmakt")).text
        moved = next(one for one in people.resources() if one["id"] == CHILD)
        await home.office.put(moved | {"address": [{"line": ["Bortveien 3"], "postalCode": "9902"}]})
        assert "Ser ikke journalen nå" in (await child.get("/deling")).text


async def test_nobody_ends_the_power_of_others(home: Home) -> None:
    async with home.visitor(MOTHER) as visitor, home.visitor(ADA) as other:
        await given(visitor)
        id = re.findall(r"/deling/fullmakt/([^/]+)/avslutt", (await visitor.get("/deling")).text)[0]
        for forged in (id, "rosevik-mother", "ukjent"):
            assert (await other.send(f"/deling/fullmakt/{forged}/avslutt", {})).status_code == 404
        assert f"{id}/avslutt" in (await visitor.get("/deling")).text
