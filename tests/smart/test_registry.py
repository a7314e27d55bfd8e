"""The administrator's page for apps: seen, registered and suspended in a browser, by administrators alone."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from fellesjournal.smart.registry_texts import TEXTS
from fellesjournal.smart.texts import TEXTS as CONSENT
from smart.conftest import Site, hidden_field

ADMINISTRATOR = "Practitioner/praktisk-sandlo"
PAGE = "/smart/administrasjon"
NEW = {
    "navn": "Måltavle",
    "ansvarlig": "Eksempel AS",
    "slag": "public",
    "adresser": "https://tavle.example/a\r\nhttps://tavle.example/b",
    "tilganger": "launch/patient patient/*.rs",
}


async def send(site: Site, path: str = PAGE, **form: str) -> tuple[int, str]:
    proof = hidden_field((await site.browser.get(PAGE)).text, "bevis")
    answer = await site.browser.post(path, data={"bevis": proof, **form}, follow_redirects=True)
    return answer.status_code, answer.text


async def test_an_app_is_registered_and_stands_in_the_list_and_the_log(site: Site) -> None:
    await site.sign_in(ADMINISTRATOR)
    assert "Vekstkurve" in (await site.browser.get(PAGE)).text
    status, page = await send(site, **NEW)
    assert (status, "Måltavle er registrert. Klient-id-en er " in page) == (200, True)
    found = next(one for one in await site.apps.all() if one.name == "Måltavle")
    assert found.redirect_uris == ("https://tavle.example/a", "https://tavle.example/b")
    row = await site.pool.fetchrow(
        "select person, body from audit_event where interaction = 'app-registered'"
    )
    assert (row["person"], found.id.encode() in row["body"]) == (ADMINISTRATOR, True)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"navn": " "}, "Appen trenger et navn"),
        ({"adresser": "http://tavle.example"}, "må være en hel https-adresse"),
        ({"tilganger": "<b>x</b>"}, "ingen tilganger her: &lt;b&gt;x&lt;/b&gt;"),
        ({"slag": "service"}, "En tjeneste har ingen adresser"),
        ({"slag": "confidential", "nokler": "{"}, "lar seg ikke lese som et JWK-sett"),
    ],
)
async def test_what_is_wrong_is_told_and_what_was_written_is_kept(
    site: Site, changed: dict[str, str], said: str
) -> None:
    await site.sign_in(ADMINISTRATOR)
    status, page = await send(site, **(NEW | changed))
    assert (status, said in page, 'value="Eksempel AS"' in page) == (400, True, True)
    assert [one.name for one in await site.apps.all()] == ["Vekstkurve"]


async def test_a_suspended_app_gets_nothing_until_it_is_let_in_again(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/*.rs")
    site.browser.cookies.clear()
    await site.sign_in(ADMINISTRATOR)
    status, page = await send(site, f"{PAGE}/stans", app="growth", stans="ja")
    assert (status, "Slipp til Vekstkurve igjen" in page) == (200, True)
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 401
    assert (await site.authorize()).status_code == 400
    assert "Suspended" in (await site.browser.get(f"{PAGE}?sprak=en")).text
    await send(site, f"{PAGE}/stans", app="growth", stans="nei")
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 200
    assert (await send(site, f"{PAGE}/stans", app="none", stans="ja"))[0] == 404


async def test_to_others_there_is_no_such_page(site: Site) -> None:
    assert (await site.browser.get(PAGE)).status_code == 303
    await site.sign_in()
    proof = hidden_field((await site.browser.get("/smart/apper")).text, "bevis")
    for answer in (
        await site.browser.get(PAGE),
        await site.browser.post(PAGE, data={"bevis": proof, **NEW}),
        await site.browser.post(f"{PAGE}/stans", data={"bevis": proof, "app": "growth", "stans": "ja"}),
    ):
        assert (answer.status_code, "Vekstkurve" in answer.text) == (404, False)
        assert "Appen spurte" not in answer.text
    assert [one.name for one in await site.apps.all()] == ["Vekstkurve"]


async def test_a_citizen_is_told_in_words_that_the_page_is_not_theirs(site: Site) -> None:
    await site.sign_in("Patient/kari")
    page = await site.browser.get(PAGE)
    assert page.status_code == 404
    assert "det er ikke for deg i den rollen du har nå" in page.text
    assert "There is no" not in page.text


HOLE = re.compile(r"\{\w*\}")


def holes(said: object) -> object:
    """The holes of a text, or of the texts of a table by their names."""
    if isinstance(said, Mapping):
        return {name: holes(text) for name, text in said.items()}
    return HOLE.findall(str(said))


@pytest.mark.parametrize("words", [TEXTS, CONSENT])
def test_every_language_says_the_same_things(words: Mapping[str, Any]) -> None:
    assert words.keys() == {"nb", "nn", "en"}
    for language in ("nn", "en"):
        for name, said in words["nb"]._asdict().items():
            there = getattr(words[language], name)
            assert holes(there) == holes(said), (language, name)
            assert all(map(str.strip, there.values() if isinstance(there, Mapping) else [there]))


async def test_consent_is_asked_for_in_nynorsk_with_the_kinds_of_information(site: Site) -> None:
    await site.sign_in()
    page = (await site.browser.get("/smart/apper?sprak=nn", follow_redirects=True)).text
    assert '<html lang="nn"' in page
    assert "Appar som kan opnast herifrå" in page
    _, consent = await site.consent()
    for said in ("svarar for korleis", "rolla Sjukepleiar", "Gi tilgang"):
        assert said in consent.text, consent.text
