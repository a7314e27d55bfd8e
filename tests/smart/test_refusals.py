"""Bad input: each is refused with OAuth's word for it, and nothing comes of it."""

from typing import Any

import pytest

from smart.conftest import BACK, GROWTH, Site, hidden_field, onward, query_of


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "https://app.example/back/"},
        {"redirect_uri": "https://app.example/back?x=1"},
        {"redirect_uri": "https://evil.example/back"},
        {"redirect_uri": "-"},
        {"client_id": "unknown"},
        {"client_id": "-"},
    ],
)
async def test_an_unknown_app_or_address_is_never_sent_to(site: Site, changed: dict[str, str]) -> None:
    answer = await site.authorize(**changed)
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "refresh" not in answer.text


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"code_challenge": "-"}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": "-"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"state": "-"}, "invalid_request"),
        ({"aud": "-"}, "invalid_request"),
        ({"aud": "https://other.example/fhir"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "launch"}, "invalid_request"),
        ({"scope": "launch", "launch": "invented"}, "invalid_request"),
        ({"scope": "nonsense"}, "invalid_scope"),
        ({"scope": "-"}, "invalid_scope"),
        ({"scope": "system/Patient.rs"}, "invalid_scope"),
    ],
)
async def test_a_malformed_request_goes_back_to_the_app(
    site: Site, changed: dict[str, str], error: str
) -> None:
    given = query_of((await site.authorize(**changed)).headers["location"])
    assert given["error"] == error
    assert given["error_description"]
    assert given.get("state", "-") == changed.get("state", "s-1")


async def test_a_scope_beyond_the_registration_is_refused(site: Site) -> None:
    small = GROWTH._replace(id="small", scopes="patient/Observation.rs?category=laboratory launch/patient")
    await site.apps.register(small)
    for scope in ("patient/Observation.rs", "patient/Patient.r", "offline_access", "user/Observation.rs"):
        given = query_of((await site.authorize(client_id="small", scope=scope)).headers["location"])
        assert given["error"] == "invalid_scope"
        assert scope in given["error_description"]
    fitting = "patient/Observation.rs?category=laboratory unknown-scope"
    assert onward(await site.authorize(client_id="small", scope=fitting))


async def test_a_parameter_given_twice_is_refused(site: Site) -> None:
    async with site.program() as app:
        answer = await app.get("/smart/authorize", params=[*site.asks().items(), ("redirect_uri", BACK)])
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"code_verifier": "another-verifier-that-does-not-belong-to-the-challenge"},
        {"code_verifier": ""},
        {"redirect_uri": "https://app.example/other"},
        {"code": "invented"},
        {"client_id": "two"},
    ],
)
async def test_a_code_is_good_for_its_own_app_address_and_verifier(
    site: Site, changed: dict[str, str]
) -> None:
    await site.apps.register(GROWTH._replace(id="two"))
    await site.sign_in()
    code = (await site.granted())["code"]
    refused = await site.redeem(**{"code": code} | changed)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")
    assert refused.headers["cache-control"] == "no-store"


async def test_a_code_used_twice_ends_all_that_came_of_it(site: Site) -> None:
    await site.sign_in()
    code = (await site.granted(scope="launch/patient patient/*.rs offline_access"))["code"]
    tokens = (await site.redeem(code)).json()
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 200
    assert (await site.redeem(code)).json()["error"] == "invalid_grant"
    refused = await site.fhir(tokens["access_token"], "Patient/kari")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    renewed = await site.token(
        grant_type="refresh_token", client_id="growth", refresh_token=tokens["refresh_token"]
    )
    assert renewed.json()["error"] == "invalid_grant"


async def test_an_expired_code_is_refused(site: Site) -> None:
    await site.sign_in()
    code = (await site.granted())["code"]
    await site.pool.execute("update app_grant_code set expires = now() - interval '1 second'")
    refused = await site.redeem(code)
    assert refused.json()["error"] == "invalid_grant"
    assert "expired" in refused.json()["error_description"]


async def test_a_refresh_token_used_twice_ends_its_grant(site: Site) -> None:
    await site.sign_in()
    first = await site.tokens(scope="launch/patient patient/*.rs offline_access")
    renew = {"grant_type": "refresh_token", "client_id": "growth", "refresh_token": first["refresh_token"]}
    second = (await site.token(**renew)).json()
    assert (await site.fhir(second["access_token"], "Patient/kari")).status_code == 200
    assert (await site.token(**renew)).json()["error"] == "invalid_grant"
    for token in (first["access_token"], second["access_token"]):
        assert (await site.fhir(token, "Patient/kari")).status_code == 401
    last = await site.token(**renew | {"refresh_token": second["refresh_token"]})
    assert last.json()["error"] == "invalid_grant"


async def test_a_refresh_token_is_its_own_apps_and_is_no_access_token(site: Site) -> None:
    await site.apps.register(GROWTH._replace(id="two"))
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/Patient.rs offline_access")
    refresh = tokens["refresh_token"]
    stolen = await site.token(grant_type="refresh_token", client_id="two", refresh_token=refresh)
    assert stolen.json()["error"] == "invalid_grant"
    more = await site.token(
        grant_type="refresh_token", client_id="growth", refresh_token=refresh, scope="patient/*.cruds"
    )
    assert more.json()["error"] == "invalid_scope"
    assert (await site.fhir(refresh, "Patient/kari")).status_code == 401
    fine = await site.token(grant_type="refresh_token", client_id="growth", refresh_token=refresh)
    assert fine.status_code == 200


async def test_a_token_of_a_role_that_has_ended_is_void(site: Site) -> None:
    await site.sign_in()
    role = await site.pool.fetchval("select practitioner_role from session")
    tokens = await site.tokens(scope="launch/patient patient/*.rs offline_access")
    code = (await site.granted())["code"]
    await site.end_role(role.removeprefix("PractitionerRole/"))
    site.restart()
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 401
    assert (await site.redeem(code)).json()["error"] == "invalid_grant"
    renewed = await site.token(
        grant_type="refresh_token", client_id="growth", refresh_token=tokens["refresh_token"]
    )
    assert renewed.json()["error"] == "invalid_grant"
    assert "no longer in force" in renewed.json()["error_description"]


async def test_an_expired_an_unknown_and_a_removed_apps_token_are_void(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/*.rs offline_access")
    access = tokens["access_token"]
    assert (await site.fhir("invented", "Patient/kari")).status_code == 401
    await site.pool.execute("update app_grant_token set expires = now() where kind = 'access'")
    assert (await site.fhir(access, "Patient/kari")).status_code == 401
    renew = {"grant_type": "refresh_token", "client_id": "growth", "refresh_token": tokens["refresh_token"]}
    renewed = (await site.token(**renew)).json()
    assert await site.apps.remove("growth")
    assert (await site.fhir(renewed["access_token"], "Patient/kari")).status_code == 401
    last = await site.token(**renew | {"refresh_token": renewed["refresh_token"]})
    assert (last.status_code, last.json()["error"]) == (401, "invalid_client")


async def test_an_answer_counts_once_and_only_from_our_own_page(site: Site) -> None:
    await site.sign_in()
    address, page = await site.consent()
    form = {"bevis": hidden_field(page.text, "bevis"), "svar": "ja"}
    forged = await site.browser.post(address, data=form, headers={"Origin": "https://evil.example"})
    assert forged.status_code == 400
    assert (await site.browser.post(address, data=form | {"bevis": "x"})).status_code == 400
    assert query_of(onward(await site.browser.post(address, data=form)))["code"]
    assert (await site.browser.post(address, data=form)).status_code == 400


async def test_an_app_that_another_person_launched_is_refused(site: Site) -> None:
    app = await site.apps.find("growth")
    assert app
    launch = await site.apps.launch(app, "Practitioner/klok-tindvik", "Patient/kari")
    await site.sign_in()
    _, page = await site.consent(scope="launch patient/*.rs", launch=launch)
    assert page.status_code == 400
    assert "åpnet av en annen" in page.text


async def test_a_patient_of_a_launch_cannot_be_exchanged(site: Site) -> None:
    app = await site.apps.find("growth")
    assert app
    launch = await site.apps.launch(app, "Practitioner/varm-lyngmo", "Patient/kari")
    await site.sign_in()
    address, page = await site.consent(scope="launch patient/*.rs", launch=launch)
    form = {"bevis": hidden_field(page.text, "bevis"), "pasient": "Patient/ola"}
    page = await site.browser.post(f"{address}/pasient", data=form, follow_redirects=True)
    assert "Kari Nordmann" in page.text
    assert "Ola Nordli" not in page.text


async def test_other_grant_types_and_missing_forms_are_refused(site: Site) -> None:
    for form, error in (
        ({"grant_type": "password", "client_id": "growth"}, "unsupported_grant_type"),
        ({"client_id": "growth"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "invalid_client"),
        ({"grant_type": "client_credentials", "client_id": "growth"}, "unauthorized_client"),
    ):
        assert (await site.token(**form)).json()["error"] == error


async def test_no_secret_is_in_the_database(site: Site) -> None:
    await site.sign_in()
    granted = await site.granted(scope="launch/patient patient/*.rs offline_access")
    tokens: dict[str, Any] = (await site.redeem(granted["code"])).json()
    secrets = [granted["code"], tokens["access_token"], tokens["refresh_token"], site.verifier]
    for table in ("app_grant_code", "app_grant_token", "app_grant", "app_request", "app_launch"):
        rows = await site.pool.fetch(f"select t::text as row from {table} t")
        assert not any(secret in row["row"] for row in rows for secret in secrets)
