"""Three languages at sign-in; what a person has chosen follows them to any machine."""

import httpx

from fellesjournal.signin.texts import LANGUAGES, TEXTS
from signin.conftest import House

NURSE, OTHER = "Practitioner/varm-lyngmo", "Practitioner/ivrig-steinroys"


async def come_in(visitor: httpx.AsyncClient, person: str) -> None:
    """Sign in as somebody."""
    answer = await visitor.post("/logg-inn/ovelse", data={"person": person})
    assert answer.status_code == 303


async def language(visitor: httpx.AsyncClient) -> str:
    """What the page about oneself is written in."""
    page = await visitor.get("/logg-inn/meg")
    assert page.status_code == 200, page.text
    return page.text.partition('lang="')[2].partition('"')[0]


def test_every_language_says_everything_and_nothing_twice() -> None:
    assert TEXTS.keys() == LANGUAGES.keys()
    for name in TEXTS["nb"]._fields:
        said = [getattr(texts, name) for texts in TEXTS.values()]
        assert all(said), name
        if isinstance(said[0], str):
            assert len({one.count("{}") for one in said}) == 1, name
        else:
            assert len({frozenset(one) for one in said}) == 1, name
    same = [
        name for name in TEXTS["nb"]._fields if TEXTS["nn"]._asdict()[name] == TEXTS["en"]._asdict()[name]
    ]
    assert same == []


async def test_the_entrance_offers_the_other_two(house: House) -> None:
    async with house.visitor() as visitor:
        page = await visitor.get("/logg-inn?sprak=nn")
    assert '<html lang="nn">' in page.text
    assert "Vel korleis du vil logge inn." in page.text
    assert "?sprak=nb" in page.text
    assert "?sprak=en" in page.text
    assert "?sprak=nn" not in page.text


async def test_what_was_chosen_before_signing_in_is_the_persons_own_choice(house: House) -> None:
    async with house.visitor() as visitor:
        await visitor.get("/logg-inn?sprak=nn")
        await come_in(visitor, NURSE)
        assert await language(visitor) == "nn"
    async with house.visitor() as elsewhere:
        await come_in(elsewhere, NURSE)
        assert await language(elsewhere) == "nn"


async def test_a_choice_made_while_signed_in_follows_the_person(house: House) -> None:
    async with house.visitor() as visitor, house.visitor() as elsewhere:
        await come_in(visitor, NURSE)
        await come_in(elsewhere, NURSE)
        await visitor.get("/logg-inn/meg?sprak=en")
        assert await language(visitor) == "en"
        assert await language(elsewhere) == "en"


async def test_the_next_at_the_same_machine_keeps_their_own(house: House) -> None:
    async with house.visitor() as visitor:
        await come_in(visitor, OTHER)
        await visitor.get("/logg-inn/meg?sprak=nb")
        await visitor.post("/logg-inn/ut")
        visitor.cookies.clear()
        await come_in(visitor, NURSE)
        await visitor.get("/logg-inn/meg?sprak=nn")
    async with house.visitor() as visitor:
        visitor.cookies.set("sprak", "nn")
        await come_in(visitor, OTHER)
        assert await language(visitor) == "nb"


async def test_a_language_that_there_is_not_changes_nothing(house: House) -> None:
    async with house.visitor() as visitor:
        await come_in(visitor, NURSE)
        await visitor.get("/logg-inn/meg?sprak=nn")
        await visitor.get("/logg-inn/meg?sprak=klingon")
        assert await language(visitor) == "nn"
