"""Sign-in as people meet it: Debian's Chromium, the served demo, and real providers on another site."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from app.first_start import started_before
from app.processes import environment_for, running, stop
from browsers import in_a_browser
from signin import providers

pytestmark = in_a_browser


class World(NamedTuple):
    """The journal's address, and those of its two providers."""

    site: str
    helseid: str
    idporten: str
    said: list[str]
    """What HelseID has printed."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("keys")
    key = folder / "ours.json"
    key.write_text(providers.OUR_KEY)
    with ExitStack() as stack:
        data, _ = stack.enter_context(started_before())
        environment = environment_for(data)
        site = f"http://127.0.0.1:{environment['FELLESJOURNAL_PORT']}"
        workers = stack.enter_context(providers.running(site))
        citizens = stack.enter_context(providers.running(site, in_id_token=False))
        environment |= settings(site, workers.issuer, citizens.issuer, key)
        process, address = stack.enter_context(running(environment, "demo"))
        assert address.rstrip("/") == site
        yield World(site, workers.issuer, citizens.issuer, workers.said)
        stop(process, signal.SIGINT)


def settings(site: str, helseid: str, idporten: str, key: Path) -> dict[str, str]:
    """The environment of a site with both providers."""
    return {
        "FELLESJOURNAL_SITE_URL": site,
        "FELLESJOURNAL_HELSEID_ISSUER": helseid,
        "FELLESJOURNAL_HELSEID_CLIENT": "journal",
        "FELLESJOURNAL_HELSEID_KEY": str(key),
        "FELLESJOURNAL_HELSEID_ORGANISATION": f"{providers.PARENT}:{providers.CHILD}",
        "FELLESJOURNAL_IDPORTEN_ISSUER": idporten,
        "FELLESJOURNAL_IDPORTEN_CLIENT": "journal",
        "FELLESJOURNAL_IDPORTEN_KEY": str(key),
    }


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new browser without cookies; a breach of the content security policy is a fault."""
    context = browser.new_context(locale="nb-NO")
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    yield opened
    context.close()
    assert [line for line in said if "Content Security Policy" in line] == []


def sign_in(page: Page, world: World, who: str) -> None:
    """Sign in at HelseID from the front page."""
    page.goto(world.site)
    page.get_by_role("link", name="Logg inn").click()
    page.get_by_role("button", name="Logg inn med HelseID").click()
    identify(page, world.helseid, who)


def identify(page: Page, issuer: str, who: str, level: str = "") -> None:
    """Be a person at a provider."""
    page.wait_for_url(re.compile(re.escape(issuer) + "/interaction/"))
    page.get_by_label("Person").fill(who)
    page.get_by_label("Level").fill(level)
    page.get_by_role("button", name="Identify").click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_a_shift_choose_switch_lock_reopen_sign_out(page: Page, world: World) -> None:
    sign_in(page, world, "nysgjerrig-furukongle")
    heading(page, "Velg rolle")
    page.get_by_label("Medisinstudent, lege med lisens").check()
    page.get_by_role("button", name="Bruk denne rollen").click()
    heading(page, "Du er logget inn")
    expect(page.get_by_text("Isfjell sykehus, medisinsk sengepost")).to_be_visible()
    page.get_by_role("link", name="Bytt rolle").click()
    page.get_by_label("Medisinstudent, sekretær").check()
    page.get_by_role("button", name="Bruk denne rollen").click()
    expect(page.get_by_text("Isfjell sykehus, hjertepoliklinikk")).to_be_visible()
    page.get_by_role("button", name="Lås skjermen").click()
    heading(page, "Skjermen er låst")
    expect(page.get_by_text("hjertepoliklinikk")).not_to_be_visible()
    page.get_by_role("button", name="Åpne igjen som Nysgjerrig Furukongle").click()
    identify(page, world.helseid, "nysgjerrig-furukongle")
    heading(page, "Du er logget inn")
    expect(page.get_by_text("Isfjell sykehus, hjertepoliklinikk")).to_be_visible()
    page.get_by_role("button", name="Logg ut").click()
    page.wait_for_url(re.compile(re.escape(world.helseid) + "/session/end"))
    page.get_by_role("button", name=re.compile("yes", re.IGNORECASE)).click()
    heading(page, "Du er logget ut")
    page.goto(f"{world.site}/logg-inn/meg")
    heading(page, "Logg inn")


def test_another_person_cannot_open_a_locked_screen(page: Page, world: World) -> None:
    sign_in(page, world, "varm-lyngmo")
    heading(page, "Du er logget inn")
    page.get_by_role("button", name="Lås skjermen").click()
    page.get_by_role("button", name="Åpne igjen som Varm Lyngmo").click()
    identify(page, world.helseid, "ivrig-steinroys")
    heading(page, "Det gikk ikke")
    page.goto(f"{world.site}/logg-inn/meg")
    heading(page, "Logg inn")  # the provider has told us that the first person is no longer there


def test_signing_out_at_the_provider_ends_the_session_here(page: Page, world: World) -> None:
    sign_in(page, world, "varm-lyngmo")
    heading(page, "Du er logget inn")
    page.goto(f"{world.helseid}/session/end")
    page.get_by_role("button", name=re.compile("yes", re.IGNORECASE)).click()
    page.wait_for_url(re.compile("/session/end/success"))
    assert [line for line in world.said if line.startswith("backchannel")] == []
    page.goto(f"{world.site}/logg-inn/meg")
    heading(page, "Logg inn")


def test_a_citizen_signs_in_at_id_porten(page: Page, world: World) -> None:
    page.goto(f"{world.site}/logg-inn")
    page.get_by_role("button", name="Logg inn med ID-porten").click()
    identify(page, world.idporten, "citizen", "idporten-loa-substantial")
    heading(page, "Det gikk ikke")
    expect(page.get_by_role("alert")).to_contain_text("ikke er sikkert nok her")


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(page: Page, world: World) -> None:
    sign_in(page, world, "varm-lyngmo")
    heading(page, "Du er logget inn")
    assert page.evaluate("document.cookie") == ""
    (cookie,) = [one for one in page.context.cookies(world.site) if one["name"] == "fellesjournal"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)


def test_practice_sign_in_by_keyboard_alone(page: Page, world: World) -> None:
    page.goto(f"{world.site}/logg-inn/ovelse")
    page.get_by_label("Navn").focus()
    page.keyboard.type("varm")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("navn=varm"))
    for _ in range(12):
        page.keyboard.press("Tab")
        if "Varm Lyngmo" in page.evaluate("document.activeElement.innerText"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    heading(page, "Du er logget inn")


@pytest.mark.parametrize("width", [320, 360, 1366])
def test_no_page_is_wider_than_the_screen(page: Page, world: World, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    shots = os.environ.get("FELLESJOURNAL_SHOTS")

    def look(name: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.locator("html").get_attribute("lang") == "nb"
        if shots:
            page.screenshot(path=f"{shots}/{name}-{width}.png", full_page=True)

    for name, path in (
        ("front", "/"),
        ("entrance", "/logg-inn"),
        ("practice", "/logg-inn/ovelse"),
        ("citizens", "/logg-inn/ovelse?som=innbygger"),
        ("out", "/logg-inn/ute"),
        ("refused", "/logg-inn/retur"),
    ):
        page.goto(f"{world.site}{path}")
        look(name)
    page.goto(f"{world.site}/logg-inn/ovelse?navn=nysgjerrig")
    page.get_by_role("button", name="Nysgjerrig Furukongle").first.click()
    look("role")
    page.get_by_role("button", name="Bruk denne rollen").click()
    look("me")
    page.get_by_role("button", name="Lås skjermen").click()
    look("locked")
