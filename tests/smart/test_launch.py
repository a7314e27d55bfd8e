"""Launches that go as they should: standalone and from the journal, by a worker and by a citizen."""

from joserfc import jwk, jwt

from fellesjournal.access.granted import granted
from smart.conftest import BASE, GROWTH, KARIS_NUMBER, ORIGIN, Site, hidden_field, onward, query_of


async def test_the_site_describes_itself_below_the_fhir_base(site: Site) -> None:
    async with site.program() as app:
        found = (await app.get("/fhir/.well-known/smart-configuration")).json()
        openid = (await app.get("/fhir/.well-known/openid-configuration")).json()
        statement = (await app.get("/fhir/metadata")).json()
        for name in ("authorization", "token", "introspection", "revocation"):
            assert found[f"{name}_endpoint"].startswith(f"{ORIGIN}/smart/")
            assert (await app.post(found[f"{name}_endpoint"])).status_code in (400, 401)
        assert (await app.get(found["jwks_uri"])).json()["keys"][0]["alg"] == "RS256"
    assert found["issuer"] == openid["issuer"] == BASE
    assert found["code_challenge_methods_supported"] == ["S256"]
    assert {"launch-ehr", "launch-standalone", "permission-v2", "client-public"} <= set(found["capabilities"])
    security = statement["rest"][0]["security"]
    assert security["service"][0]["coding"][0]["code"] == "SMART-on-FHIR"
    uris = {one["url"]: one["valueUri"] for one in security["extension"][0]["extension"]}
    assert uris["authorize"] == found["authorization_endpoint"]
    assert uris["token"] == found["token_endpoint"]


async def test_standalone_the_person_chooses_the_patient_and_the_app_sees_that_one(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens()
    assert tokens["patient"] == "kari"
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert tokens["scope"] == "openid fhirUser launch/patient patient/*.rs"
    assert "refresh_token" not in tokens
    assert await site.ids(tokens["access_token"], "Observation") == {"lab-kari", "vital-kari"}
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 200
    assert (await site.fhir(tokens["access_token"], "Patient/ola")).status_code == 404


async def test_the_id_token_says_who_it_was(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(nonce="n-1")
    async with site.program() as app:
        keys = jwk.KeySet.import_key_set((await app.get("/smart/jwks")).json())
    claims = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (BASE, "growth", "n-1")
    assert claims["fhirUser"] == f"{BASE}/Practitioner/varm-lyngmo"
    assert claims["exp"] - claims["iat"] == 600


async def test_whoever_is_not_signed_in_signs_in_on_the_way(site: Site) -> None:
    address = onward(await site.authorize())
    led = await site.browser.get(address)
    assert led.headers["location"].startswith("/logg-inn?til=/smart/samtykke/")
    signed = await site.browser.post(
        "/logg-inn/ovelse", data={"person": "Practitioner/varm-lyngmo", "til": address}
    )
    assert signed.headers["location"] == address
    assert "Hvilken pasient" in (await site.browser.get(address)).text


async def test_from_the_journal_the_patient_comes_along(site: Site) -> None:
    await site.sign_in()
    page = await site.browser.get("/smart/apper?pasient=ola")
    form = {"bevis": hidden_field(page.text, "bevis"), "app": "growth", "pasient": "ola"}
    launched = onward(await site.browser.post("/smart/apper", data=form))
    assert launched.startswith("https://app.example/launch?")
    given = query_of(launched)
    assert given["iss"] == BASE
    asked = {"launch": given["launch"], "scope": "launch patient/Observation.rs"}
    tokens = await site.tokens(**asked)
    assert tokens["patient"] == "ola"
    assert await site.ids(tokens["access_token"], "Observation") == {"lab-ola", "vital-ola"}
    again = query_of((await site.authorize(**asked)).headers["location"])
    assert (again["error"], again["state"]) == ("invalid_request", "s-1")


async def test_an_app_is_opened_about_the_bearer_of_an_identity_number(site: Site) -> None:
    await site.sign_in()
    page = await site.browser.get("/smart/apper")
    assert "fødselsnummer eller D-nummer" in page.text
    form = {"bevis": hidden_field(page.text, "bevis"), "app": "growth"}
    for number in ("01818012399", "kari", "Patient/kari"):
        answer = await site.browser.post("/smart/apper", data=form | {"nummer": number})
        assert (answer.status_code, f'value="{number}"' in answer.text) == (422, True)
        assert "Ingen som du har tilgang til, har dette nummeret" in answer.text
    written = f"{KARIS_NUMBER[:6]} {KARIS_NUMBER[6:]}"
    opened = await site.browser.post("/smart/apper", data=form | {"nummer": written})
    assert "launch=" in onward(opened)
    told = await site.pool.fetchval("select body from audit_event where interaction = 'app-launched'")
    assert b"Patient/kari" in told


async def test_the_page_says_about_whom_an_app_is_opened(site: Site) -> None:
    await site.sign_in()
    page = await site.browser.get("/smart/apper?pasient=ola")
    assert "<strong>Ola" in page.text
    assert (await site.browser.get("/smart/apper?pasient=per")).status_code == 404


async def test_a_citizen_grants_their_own_record_and_nothing_else(site: Site) -> None:
    await site.sign_in("Patient/kari")
    _, page = await site.consent(scope="launch/patient patient/*.cruds", sprak="en")
    assert "Bare din egen journal" in page.text
    tokens = await site.tokens(scope="launch/patient patient/*.cruds")
    assert tokens["patient"] == "kari"
    assert await site.ids(tokens["access_token"], "Observation") == {"lab-kari", "vital-kari"}
    assert (await site.fhir(tokens["access_token"], "Observation/lab-kari", "DELETE")).status_code == 403


async def test_the_consent_page_says_in_plain_words_what_is_granted(site: Site) -> None:
    await site.sign_in()
    scope = "openid fhirUser launch/patient patient/Observation.rs?category=laboratory patient/AuditEvent.rs"
    address, page = await site.consent(scope=f"{scope} patient/Condition.cru offline_access")
    for said in (
        "Vil du gi Vekstkurve tilgang?",
        "Eksempel AS",
        "Kari Nordmann",
        "Varm Lyngmo, sykepleier",
        "målinger og funn (Observation), bare laboratoriesvar",
        "kjerneinformasjon (Condition)",
        "hvem du er",
        "ikke lenger enn 30 dager",
        "rollen din kan ikke gi det: innsynslogg (AuditEvent)",
    ):
        assert said in page.text
    assert "Content-Security-Policy" in page.headers
    english = (await site.browser.get(f"{address}?sprak=en")).text
    assert "Give Vekstkurve access?" in english
    assert "only laboratory results" in english


async def test_what_is_granted_is_narrowed_to_the_role_and_told(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/AuditEvent.rs patient/Observation.rs")
    assert tokens["scope"] == "launch/patient patient/Observation.rs"
    assert granted(tokens["scope"]).has("r", "Observation")


async def test_a_search_constraint_holds_in_the_api(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/Observation.rs?category=laboratory")
    token = tokens["access_token"]
    assert await site.ids(token, "Observation?_total=accurate") == {"lab-kari"}
    assert (await site.fhir(token, "Observation/vital-kari")).status_code == 404
    refused = await site.fhir(token, "Patient/kari")
    assert refused.status_code == 403
    assert refused.headers["www-authenticate"] == 'Bearer error="insufficient_scope"'


async def test_a_refresh_token_gives_new_tokens_once(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/*.rs offline_access")
    renew = {"grant_type": "refresh_token", "client_id": "growth"}
    second = (await site.token(**renew, refresh_token=tokens["refresh_token"])).json()
    assert second["patient"] == "kari"
    assert second["refresh_token"] != tokens["refresh_token"]
    assert await site.ids(second["access_token"], "Patient") == {"kari"}
    third = await site.token(grant_type="refresh_token", refresh_token=second["refresh_token"])
    assert third.status_code == 200


async def test_the_person_says_no(site: Site) -> None:
    await site.sign_in()
    assert await site.granted("nei") | {"error_description": ""} == {
        "error": "access_denied",
        "state": "s-1",
        "error_description": "",
    }


async def test_a_lasting_grant_can_be_withdrawn(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/*.rs offline_access")
    page = (await site.browser.get("/smart/apper")).text
    assert "Trekk tilbake tilgangen for Vekstkurve" in page
    number = page.partition('name="tilgang" value="')[2].partition('"')[0]
    form = {"bevis": hidden_field(page, "bevis"), "tilgang": number}
    assert (await site.browser.post("/smart/apper/tilbaketrekking", data=form)).status_code == 303
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 401
    assert "Ingen apper har varig tilgang" in (await site.browser.get("/smart/apper")).text


async def test_only_citizens_within_reach_are_offered(site: Site) -> None:
    await site.sign_in()
    address = onward(await site.authorize())
    page = (await site.browser.get(address)).text
    assert "Kari Nordmann" in page
    assert "Ola Nordli" in page
    assert "Per Fjell" not in page
    assert "Ola" not in (await site.browser.get(f"{address}?navn=kari")).text
    proof = hidden_field(page, "bevis")
    chosen = await site.browser.post(f"{address}/pasient", data={"bevis": proof, "pasient": "Patient/per"})
    assert chosen.status_code == 404


async def test_the_form_may_be_posted_by_the_app(site: Site) -> None:
    await site.sign_in()
    async with site.program(Origin="https://app.example") as app:
        answer = await app.post("/smart/authorize", data=site.asks())
    assert onward(answer).startswith("/smart/samtykke/")


async def test_the_app_in_a_user_scope_reaches_whom_the_person_reaches(site: Site) -> None:
    await site.sign_in()
    tokens = await site.tokens(scope="user/Observation.rs")
    assert "patient" not in tokens
    found = await site.ids(tokens["access_token"], "Observation")
    assert found == {"lab-kari", "vital-kari", "lab-ola", "vital-ola"}


async def test_an_app_of_two_addresses_is_sent_to_the_one_it_named(site: Site) -> None:
    other = "https://app.example/back?tenant=7"
    await site.apps.register(GROWTH._replace(id="two", redirect_uris=(*GROWTH.redirect_uris, other)))
    await site.sign_in()
    address, page = await site.consent(client_id="two", redirect_uri=other)
    proof = hidden_field(page.text, "bevis")
    done = await site.browser.post(address, data={"bevis": proof, "svar": "ja"})
    assert onward(done).startswith(f"{other}&code=")
