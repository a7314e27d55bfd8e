import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import asyncpg
import httpx
import msgspec
import pytest
import pytest_asyncio

from app.processes import lend_definitions
from fellesjournal.app import transfer, wiring
from fellesjournal.app.front.page import FrontPage
from fellesjournal.app.front.texts import TEXTS
from fellesjournal.app.rooms import Knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compile import compile_parameters
from world import sample


@pytest.fixture(scope="session")
def know(definitions: Definitions) -> Knowledge:
    return Knowledge(definitions, compile_parameters(definitions.search_parameters, definitions))


@pytest_asyncio.fixture
async def client(
    pool: asyncpg.Pool, database_url: str, know: Knowledge, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    """The whole house over a record that holds the sample."""
    settings = Settings(practice_site=True, data=tmp_path, database_url=database_url)
    lend_definitions(tmp_path)
    file = tmp_path / "sample.ndjson"
    file.write_bytes(b"\n".join(map(msgspec.json.encode, sample.resources())))
    report = await transfer.import_paths(settings, database_url, [file], processes=1)
    assert (report.created, report.listed) == (114, [])
    transport = httpx.ASGITransport(wiring.surface(settings, know, pool))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as asking:
        yield asking


async def test_the_page_shows_what_is_in_the_record(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert page.status_code == 200
    numbers = dict(re.findall(r">(\w+)</a></th><td>(\d+)</td>", page.text))
    assert numbers == {
        "Observation": "72",
        "Encounter": "24",
        "Condition": "8",
        "Patient": "8",
        "Organization": "1",
        "Practitioner": "1",
    }
    assert '<tfoot><tr><th scope="row">Til sammen</th><td>114</td>' in page.text


async def test_both_languages(client: httpx.AsyncClient) -> None:
    for path, language in (("/", "nb"), ("/en", "en")):
        page, words = await client.get(path), TEXTS[language]
        assert f'<html lang="{language}">' in page.text
        for text in (words.practice, words.contents, words.try_it, words.call_it):
            assert text in page.text
        assert f'href="{words.other_link}"' in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_every_example_finds_something(client: httpx.AsyncClient) -> None:
    for example in (example for words in TEXTS.values() for example in words.examples):
        answer = await client.get(f"/fhir/{example.path}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["entry"], example.path


async def test_every_link_leads_somewhere(client: httpx.AsyncClient) -> None:
    for page in ("/", "/en"):
        links = _Links((await client.get(page)).text).found
        assert len(links) > 10
        for link in links:
            assert (await client.get(link)).status_code == 200, link


async def test_where_there_is_nothing_a_page_says_so(client: httpx.AsyncClient) -> None:
    page = await client.get("/nowhere/at/all")
    assert (page.status_code, "Her er det ingenting" in page.text) == (404, True)
    assert TEXTS["nb"].practice in page.text
    for link in _Links(page.text).found:
        assert (await client.get(link)).status_code == 200, link


async def test_an_empty_record_is_said_to_be_empty(pool: asyncpg.Pool, know: Knowledge) -> None:
    transport = httpx.ASGITransport(wiring.surface(Settings(practice_site=True), know, pool))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asking:
        assert TEXTS["en"].empty in (await asking.get("/en")).text


async def test_a_site_with_real_people_says_nothing_of_practice_and_counts_nobody(
    pool: asyncpg.Pool, know: Knowledge
) -> None:
    transport = httpx.ASGITransport(wiring.surface(Settings(), know, pool))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as asking:
        for path, words in (("/", TEXTS["nb"]), ("/en", TEXTS["en"]), ("/nowhere", TEXTS["nb"])):
            page = (await asking.get(path)).text
            for text in (words.practice, words.contents, words.live, words.try_it):
                assert text not in page
        assert TEXTS["nb"].sign_in in (await asking.get("/")).text


async def test_numbers_are_not_counted_anew_for_every_reader() -> None:
    asked = 0

    async def counts() -> dict[str, int]:
        nonlocal asked
        asked += 1
        return {"Patient": asked}

    page = FrontPage(counts, Settings(practice_site=True))
    assert await page.fresh_numbers() == {"Patient": 1}
    assert await page.fresh_numbers() == {"Patient": 1}


class _Links(HTMLParser):
    """Every href of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "href" and value]
