"""A yes to an app is remembered until it is withdrawn: for the same app, person, role and scopes."""

import pytest

from fellesjournal.access.apps import App
from smart.conftest import BACK, NURSE, SCOPES, Site, hidden_field, onward, query_of

READS = "launch/patient patient/*.rs"


async def is_asked(site: Site, **changed: str) -> bool:
    _, page = await site.consent(**changed)
    assert page.status_code == 200, page.text
    return "svar" in page.text


async def test_the_same_again_is_not_asked_about_and_gives_a_code(site: Site) -> None:
    await site.sign_in()
    assert await is_asked(site, scope=READS)
    await site.granted(scope=READS)
    _, page = await site.consent("ola", scope=READS)
    answer = await site.redeem(query_of(onward(page))["code"])
    assert (answer.status_code, answer.json()["patient"]) == (200, "ola")
    assert not await is_asked(site, scope="launch/patient patient/*.rs")


@pytest.mark.parametrize(
    "changed",
    [
        {"scope": f"{READS} offline_access"},
        {"scope": "user/*.rs"},
        {"scope": "launch/patient patient/*.cruds"},
    ],
)
async def test_more_is_asked_about(site: Site, changed: dict[str, str]) -> None:
    await site.sign_in()
    await site.granted(scope=READS)
    assert await is_asked(site, **changed)


async def test_another_person_another_app_and_a_no_are_asked(site: Site) -> None:
    await site.sign_in()
    assert "error" in await site.granted("nei", scope=READS)
    assert await is_asked(site, scope=READS)
    await site.granted(scope=READS)
    await site.apps.register(App("other", "Annen", "Eksempel AS", "public", (BACK,), "", SCOPES))
    assert await is_asked(site, scope=READS, client_id="other")
    site.browser.cookies.clear()
    await site.sign_in("Practitioner/ivrig-steinroys")
    assert await is_asked(site, scope=READS)


async def test_a_phone_app_with_a_scheme_of_its_own_is_asked_about_every_time(site: Site) -> None:
    phone = App("phone", "Lommeapp", "Eksempel AS", "public", ("no.example.app:/back",), "", SCOPES)
    await site.apps.register(phone)
    await site.sign_in()
    asked = {"client_id": "phone", "redirect_uri": "no.example.app:/back", "scope": READS}
    await site.granted(**asked)
    assert await is_asked(site, **asked)


async def test_what_one_has_said_yes_to_is_shown_and_withdrawn_with_all_tokens(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(scope=READS)
    page = (await site.browser.get("/smart/apper")).text
    assert "Det du har sagt ja til" in page
    assert "Vekstkurve, siden" in page
    assert "alt som rollen din har tilgang til" in page
    form = {"bevis": hidden_field(page, "bevis"), "app": "growth"}
    assert (await site.browser.post("/smart/apper/tilbaketrekking", data=form)).status_code == 303
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 401
    assert await is_asked(site, scope=READS)
    assert (await site.browser.post("/smart/apper/tilbaketrekking", data=form)).status_code == 404
    assert "You have not said yes to any app." in (await site.browser.get("/smart/apper?sprak=en")).text
    told = await site.pool.fetch("select body from audit_event where interaction = 'app-withdrawn'")
    assert [b"growth" in row["body"] for row in told] == [True]


async def test_nobody_withdraws_for_another(site: Site) -> None:
    await site.sign_in()
    await site.granted(scope=READS)
    site.browser.cookies.clear()
    await site.sign_in("Practitioner/ivrig-steinroys")
    page = (await site.browser.get("/smart/apper")).text
    form = {"bevis": hidden_field(page, "bevis"), "app": "growth"}
    assert (await site.browser.post("/smart/apper/tilbaketrekking", data=form)).status_code == 404
    site.browser.cookies.clear()
    await site.sign_in(NURSE)
    assert not await is_asked(site, scope=READS)
