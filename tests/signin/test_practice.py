"""Practice sign-in: anyone is whoever they pick, on practice sites only."""

from dataclasses import replace

import httpx
import pytest

from fellesjournal.signin import cookies
from signin.conftest import House, field


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
