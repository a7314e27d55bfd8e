"""The workplace as people meet it: live between two browsers, within reach of a keyboard, whole for all."""

import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect

from access.conftest import stay
from axe import AXE, wrong_with
from browsers import in_a_browser
from workplace import people, templates
from workplace.booking import calendars
from workplace.people import ADA
from workplace.served import SCREEN, open_chart, put, served, sitting
from world import staff

pytestmark = in_a_browser

expect.set_options(timeout=15_000)  # of a machine that does much else

DOCTOR, HOME_NURSE, WARD_NURSE = "Ivrig Steinrøys", "Vennlig Solbær", "Varm Lyngmo"
EXPERT = "Grundig Skjellsand"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        put(address, *templates.resources())
        put(address, *calendars.resources(), *calendars.booked())
        yield address


def measure(page: Page, *values: str) -> None:
    """Write vital signs with the keyboard alone."""
    page.keyboard.press("F4")
    expect(page.get_by_label("Puls")).to_be_focused()
    for value in values[:-1]:
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    page.keyboard.type(values[-1])
    page.keyboard.press("Enter")
    expect(page.get_by_text("Målingene er lagret")).to_be_visible()


def test_the_doctor_sees_what_the_home_nurse_measures_and_loses_no_letter(
    browser: Browser, site: str
) -> None:
    with sitting(browser, site, DOCTOR) as doctor, sitting(browser, site, HOME_NURSE) as nurse:
        open_chart(doctor, ADA)
        open_chart(nurse, ADA)
        doctor.keyboard.press("F8")
        field = doctor.get_by_role("searchbox", name=re.compile("tekst eller kode"))
        expect(field).to_be_focused()
        doctor.keyboard.type("lungeb")
        measure(nurse, "71", "", "", "", "148", "84")
        expect(doctor.locator("#del-vitals")).to_contain_text("148/84", timeout=3000)
        expect(doctor.locator("#del-since")).to_contain_text("148/84")
        expect(field).to_be_focused()
        doctor.keyboard.type("etennelse")
        expect(field).to_have_value("lungebetennelse")


def test_a_reflex_does_not_save_what_is_unlikely_and_a_tick_does(browser: Browser, site: str) -> None:
    with sitting(browser, site, WARD_NURSE) as nurse:
        open_chart(nurse, people.NEAR)
        nurse.keyboard.press("F4")
        expect(nurse.get_by_label("Puls")).to_be_focused()
        saturation = nurse.get_by_label("Oksygenmetning")

        def enter() -> None:
            asked = saturation.element_handle()
            nurse.keyboard.press("Enter")
            asked.wait_for_element_state("hidden")  # what is answered stands in its place

        saturation.fill("900")
        enter()
        expect(nurse.locator("#arbeid")).to_contain_text("900 % kan ikke stemme")
        expect(saturation).to_be_focused()
        nurse.keyboard.type("910")
        for _ in range(2):
            enter()
            expect(nurse.locator("#arbeid")).to_contain_text("910 % kan ikke stemme")
            expect(saturation).to_be_focused()
        nurse.keyboard.press("Tab")
        nurse.keyboard.press("Space")
        nurse.keyboard.press("Enter")
        expect(nurse.get_by_text("Målingene er lagret")).to_be_visible()
        expect(nurse.locator("#del-vitals")).to_contain_text("usannsynlig")
        assert wrong_with(nurse, "an unlikely value") == []


def test_an_admission_shows_on_the_worklists_of_two_and_leaves_the_focus(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor, sitting(browser, site, WARD_NURSE) as nurse:
        for page in (doctor, nurse):
            page.locator("body[data-connected=true]").wait_for()
            expect(page.locator("#lister")).to_contain_text("Blid Fjellrype")
            expect(page.locator("#lister")).not_to_contain_text("Ny Nattlys")
        doctor.get_by_role("link", name="Blid Fjellrype").first.focus()
        nurse.keyboard.press("Control+k")
        nurse.keyboard.type("nat")
        new = people.named("nattlys", "Ny", "Nattlys", birthDate="1955-05-05")
        put(site, new, stay("nattlys-stay", "nattlys", staff.WARD, "2026-11-25"))
        for page in (doctor, nurse):
            expect(page.locator("#lister")).to_contain_text("Ny Nattlys", timeout=5000)
        expect(doctor.get_by_role("link", name="Blid Fjellrype").first).to_be_focused()
        expect(nurse.get_by_role("combobox")).to_have_value("nat")
        put(site, stay("nattlys-stay", "nattlys", staff.WARD, "2026-11-25", status="finished"))
        expect(doctor.locator("#lister")).not_to_contain_text("Ny Nattlys", timeout=5000)


def test_the_lifetime_goes_to_months_by_its_keys_and_the_help_lists_them(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        doctor.goto(f"{site}/arbeid/innbygger/{ADA}/livslop?fra=2022&til=2022")
        for address in ("fra=2022-07&til=2022-12", "fra=2022-10&til=2022-12", "fra=2022-12&til=2022-12"):
            doctor.keyboard.press("+")
            doctor.wait_for_url(f"**/livslop?{address}")
        doctor.keyboard.press("ArrowLeft")
        doctor.wait_for_url("**/livslop?fra=2022-11&til=2022-11")
        assert wrong_with(doctor, "the days of a month") == []
        doctor.keyboard.press("F1")
        for told in ("← Tidligere", "→ Senere", "+ Nærmere", "- Lenger ut", "F9 Til journalen"):
            expect(doctor.get_by_role("dialog").get_by_role("row", name=told)).to_be_visible()


def test_how_old_a_score_is_is_told_anew_now_and_then(browser: Browser, site: str) -> None:
    put(site, people.news2("ages-score", {"resp": 3, "puls": 2}, 2))
    with sitting(browser, site, WARD_NURSE) as nurse:
        nurse.clock.install()
        nurse.goto(f"{site}/arbeid")
        expect(nurse.locator("#lister")).to_contain_text("middels")
        with nurse.expect_request("**/arbeid/lister"):
            nurse.clock.fast_forward(121_000)
        assert wrong_with(nurse, "a ward's list") == []


def test_what_is_new_is_marked_as_read_with_one_key(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        put(site, people.condition("atrial", "Atrieflimmer", "2026-11-26"))
        expect(doctor.locator("#del-since")).to_contain_text("Atrieflimmer")
        doctor.keyboard.press("F2")
        expect(doctor.locator("#del-since")).to_contain_text("Ingenting nytt")
        expect(doctor.locator("#del-problems")).to_contain_text("Atrieflimmer")


def test_a_lost_connection_shows_and_catches_up(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        doctor.route("**/hendelser?*", lambda route: route.abort())
        doctor.goto(f"{site}/arbeid/innbygger/{ADA}")
        lost = doctor.get_by_role("status").filter(has_text="Mistet forbindelsen")
        expect(lost).to_be_visible()
        put(site, people.condition("lost", "Urinretensjon", "2026-11-26"))
        doctor.unroute("**/hendelser?*")
        expect(doctor.locator("#del-problems")).to_contain_text("Urinretensjon", timeout=10_000)
        expect(lost).to_be_hidden()


def parts_fetched(page: Page) -> list[str]:
    """The parts that the page fetches from now on."""
    fetched: list[str] = []
    page.on("request", lambda one: fetched.append(one.url.rpartition("/")[2]) if "/del/" in one.url else None)
    return fetched


def test_a_stream_that_dies_goes_on_where_it_was_and_only_what_changed_is_fetched(
    browser: Browser, site: str
) -> None:
    opened: list[str] = []

    def die(route: Route) -> None:
        """The first stream opens and dies, the next ones do not come about."""
        opened.append(route.request.url.partition("?fra=")[2])
        if len(opened) > 1:
            return route.abort()
        return route.fulfill(content_type="text/event-stream", body=f"retry: 100\nid: {opened[0]}\n\n")

    with sitting(browser, site, DOCTOR) as doctor:
        doctor.route("**/hendelser?*", die)
        doctor.goto(f"{site}/arbeid/innbygger/{ADA}")
        fetched = parts_fetched(doctor)
        lost = doctor.get_by_role("status").filter(has_text="Mistet forbindelsen")
        expect(lost).to_be_visible()
        put(site, people.condition("died", "Hoftebrudd, opplevd uten nett", "2026-11-26"))
        doctor.unroute("**/hendelser?*")
        expect(doctor.locator("#del-problems")).to_contain_text("opplevd uten nett")
        expect(lost).to_be_hidden()
        assert opened[0]
        assert set(fetched) <= {"present", "problems", "since"}


def test_a_burst_of_measurements_is_few_fetches_and_the_last_is_seen(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        fetched = parts_fetched(doctor)
        begun = time.monotonic()
        for number in range(100):
            put(
                site,
                people.vital(f"burst-{number}", "8867-4", "Puls", 60 + number, "/min", people.soon(-60)),
            )
        seconds = time.monotonic() - begun
        put(site, people.vital("burst-last", "8867-4", "Puls", 233, "/min", people.soon(0)))
        expect(doctor.locator("#del-vitals")).to_contain_text("233")
        assert fetched.count("vitals") <= 4 + seconds / 0.15
        assert set(fetched) <= {"present", "vitals", "results", "since"}


def test_the_palette_runs_what_the_page_offers_and_keeps_to_the_keyboard(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        doctor.keyboard.press("Control+k")
        doctor.keyboard.type("mål vit")
        doctor.get_by_role("option", name="Mål vitale tegn").wait_for()
        doctor.keyboard.press("Enter")
        expect(doctor.get_by_label("Puls")).to_be_focused()
        doctor.keyboard.press("Control+k")
        expect(doctor.get_by_role("dialog")).to_be_visible()
        doctor.keyboard.press("Escape")
        expect(doctor.get_by_label("Puls")).to_be_focused()


def test_what_can_be_done_is_listed_before_anything_is_typed_and_enter_does_none_of_it(
    browser: Browser, site: str
) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        doctor.keyboard.press("Control+k")
        expect(doctor.get_by_role("option", name="Legg til diagnose")).to_contain_text("F8")
        doctor.keyboard.press("Enter")
        expect(doctor.get_by_role("dialog")).to_be_visible()
        doctor.keyboard.press("ArrowDown")
        expect(doctor.locator("[role=option][aria-selected=true]")).to_have_count(1)


def test_a_fault_of_the_server_takes_no_word_from_the_screen(browser: Browser, site: str) -> None:
    def broken(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=500, body="Broken.")
        else:
            route.continue_()

    with sitting(browser, site, WARD_NURSE) as nurse:
        nurse.route("**/malinger", broken)
        open_chart(nurse, ADA)
        nurse.keyboard.press("F4")
        expect(nurse.get_by_label("Puls")).to_be_focused()
        nurse.keyboard.type("77")
        nurse.keyboard.press("Enter")
        expect(nurse.get_by_text("Serveren feilet")).to_be_visible()
        expect(nurse.get_by_label("Puls")).to_have_value("77")
        nurse.unroute("**/malinger")
        nurse.get_by_label("Puls").press("Enter")
        expect(nurse.get_by_text("Målingene er lagret")).to_be_visible()
        expect(nurse.get_by_text("Serveren feilet")).to_be_hidden()


def test_enter_never_opens_one_whom_an_older_answer_found(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        doctor.keyboard.press("Control+k")
        doctor.keyboard.type("solfrid")
        expect(doctor.get_by_role("option", name=re.compile("Solfrid Multemyr"))).to_be_visible()

        def late(route: Route) -> None:
            time.sleep(0.5)
            route.continue_()

        doctor.route("**/finn?q=fjellrype", late)
        doctor.get_by_role("combobox").fill("fjellrype")
        doctor.keyboard.press("Enter")
        doctor.wait_for_url(f"**/innbygger/{ADA}")


def test_words_in_a_chart_are_found_told_and_opened_where_they_stand(browser: Browser, site: str) -> None:
    long = " ".join(["Sov godt i natt."] * 400)
    put(site, people.note("far-down", "Langt notat", f"{long} Delir mot morgenen. {long}", "2026-11-22"))
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        doctor.keyboard.press("Control+k")
        doctor.keyboard.type("delir")
        row = doctor.get_by_role("group", name=re.compile("Notat, 1")).get_by_role("option")
        expect(row.locator("mark")).to_have_text("Delir")
        expect(row).to_contain_text("mot morgenen")
        expect(doctor.get_by_role("dialog").get_by_role("status")).to_have_text("Notat, 1 treff")
        doctor.keyboard.press("Enter")
        expect(doctor.locator("#arbeid mark")).to_be_in_viewport()
        doctor.keyboard.press("Control+k")
        doctor.keyboard.type("mareritt")
        expect(doctor.get_by_role("listbox")).to_contain_text("fant ingen")
        expect(doctor.get_by_role("dialog").get_by_role("status")).to_contain_text("Prøv et annet ord")


def test_what_is_typed_before_the_pane_is_there_stands_in_its_field(browser: Browser, site: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    with sitting(browser, site, DOCTOR) as doctor:
        doctor.route("**/diagnose", hold)
        open_chart(doctor, ADA)
        with doctor.expect_request("**/diagnose"):
            doctor.keyboard.press("F8")
        doctor.keyboard.type("skab")
        expect(doctor.get_by_role("searchbox", name=re.compile("tekst eller kode"))).to_have_count(0)
        held[0].continue_()
        expect(doctor.get_by_role("searchbox", name=re.compile("tekst eller kode"))).to_have_value("skab")
        expect(doctor.get_by_role("button", name=re.compile("Skabb")).first).to_be_visible()


def test_what_is_not_sent_is_there_again_when_the_form_is_and_leaving_asks(
    browser: Browser, site: str
) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        doctor.keyboard.press("F4")
        expect(doctor.get_by_label("Puls")).to_be_focused()
        doctor.keyboard.type("88")
        doctor.get_by_role("button", name="Meldinger").click()
        doctor.get_by_label("Emne").fill("Prøvesvar")
        doctor.get_by_label("Melding", exact=True).fill("Svaret er fint.")
        doctor.keyboard.press("F4")
        expect(doctor.get_by_label("Puls")).to_have_value("88")
        doctor.get_by_role("button", name="Meldinger").click()
        expect(doctor.get_by_label("Emne")).to_have_value("Prøvesvar")
        doctor.on("dialog", stay)
        doctor.get_by_role("link", name="Fellesjournal", exact=True).click(no_wait_after=True)
        expect(doctor.get_by_label("Melding", exact=True)).to_have_value("Svaret er fint.")
        doctor.remove_listener("dialog", stay)
        doctor.get_by_label("Melding", exact=True).press("Control+Enter")
        expect(doctor.get_by_text("Meldingen er sendt")).to_be_visible()
    assert asked == ["beforeunload"]


def test_enter_does_not_take_a_code_of_the_other_system(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        doctor.keyboard.press("F8")
        expect(doctor.get_by_role("searchbox", name=re.compile("tekst eller kode"))).to_be_focused()
        doctor.keyboard.type("S72")
        doctor.keyboard.press("Enter")
        scabies = doctor.get_by_role("button", name=re.compile("Skabb"))
        expect(scabies).to_be_focused()
        expect(doctor.get_by_text("S72 er en kode i det andre kodeverket")).to_be_visible()
        doctor.keyboard.press("Enter")
        expect(doctor.get_by_text("Diagnosen er lagt til. Skabb")).to_be_visible()


def test_all_hits_of_a_kind_come_up_by_the_keyboard(browser: Browser, site: str) -> None:
    days = range(10, 17)
    put(site, *(people.note(f"itch-{day}", f"Kveld {day}", "Hudkløe.", f"2026-10-{day}") for day in days))
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        doctor.keyboard.press("Control+k")
        doctor.keyboard.type("hudkløe")
        hits = doctor.get_by_role("group", name=f"Notat, {len(days)} treff").get_by_role("option")
        expect(doctor.get_by_role("listbox")).to_have_attribute("data-for", "hudkløe")
        expect(hits.last).to_have_text(f"Notat: vis alle {len(days)}")
        for _ in range(4):
            doctor.keyboard.press("ArrowDown")
        doctor.keyboard.press("Enter")
        expect(hits).to_have_count(len(days))
        expect(hits.first).to_have_attribute("aria-selected", "true")
        expect(doctor.get_by_role("combobox")).to_be_focused()
        doctor.keyboard.press("ArrowUp")
        doctor.keyboard.press("Enter")
        expect(doctor.locator("#arbeid mark")).to_have_text("Hudkløe")


def test_the_score_follows_what_is_typed_and_a_letter_chooses_the_level(browser: Browser, site: str) -> None:
    with sitting(browser, site, WARD_NURSE) as nurse:
        open_chart(nurse, ADA)
        nurse.keyboard.press("F4")
        expect(nurse.get_by_label("Puls")).to_be_focused()
        nurse.keyboard.type("135")
        score = nurse.locator("#arbeid .score")
        expect(score).to_contain_text("minst 3")
        expect(score).to_have_class(re.compile("band-single"))
        expect(nurse.get_by_label("Puls")).to_be_focused()
        for value in ("18", "96", "37.0", "120", "80"):
            nurse.keyboard.press("Tab")
            nurse.keyboard.type(value)
        expect(score).to_contain_text("NEWS2: 3")
        nurse.keyboard.press("Tab")
        nurse.keyboard.press("n")
        expect(score).to_contain_text("NEWS2: 5")
        nurse.get_by_label("Bevissthet").press("c")
        expect(score).to_contain_text("NEWS2: 8")
        expect(score).to_have_class(re.compile("band-high"))
        nurse.get_by_label("Puls").press("Enter")
        expect(nurse.get_by_text("Målingene er lagret")).to_be_visible()
        expect(nurse.locator("#arbeid table.grid")).to_contain_text("135")


def test_the_arrows_reach_a_wrong_value_and_two_presses_take_it_back(browser: Browser, site: str) -> None:
    with sitting(browser, site, WARD_NURSE) as nurse:
        open_chart(nurse, ADA)
        nurse.keyboard.press("F4")
        nurse.get_by_label("Temperatur").fill("36,6")
        nurse.keyboard.press("Enter")
        expect(nurse.locator("#del-vitals")).to_contain_text("36,6")
        expect(nurse.get_by_label("Puls")).to_be_focused()
        for _ in range(3):
            nurse.keyboard.press("ArrowDown")
        nurse.keyboard.press("ArrowLeft")
        expect(nurse.get_by_role("button", name=re.compile("^36,6"))).to_be_focused()
        nurse.keyboard.press("Enter")
        expect(nurse.get_by_role("button", name="Merk som feilført")).to_be_focused()
        nurse.keyboard.press("Enter")
        expect(nurse.get_by_text("Verdien er merket som feilført")).to_be_visible()
        expect(nurse.locator("#del-vitals")).not_to_contain_text("36,6")


def test_who_comes_and_goes_shows_in_the_others_column(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        open_chart(doctor, ADA)
        present = doctor.locator("#del-present")
        with sitting(browser, site, WARD_NURSE) as nurse:
            open_chart(nurse, ADA)
            expect(present).to_contain_text("Varm Lyngmo")
            expect(nurse.locator("#del-present")).to_contain_text("Ivrig Steinrøys")
        expect(present).not_to_contain_text("Varm Lyngmo")


def test_help_tells_the_keys_and_one_key_complains(browser: Browser, site: str) -> None:
    with sitting(browser, site, WARD_NURSE) as nurse:
        open_chart(nurse, ADA)
        nurse.keyboard.press("?")
        overlay = nurse.get_by_role("dialog", name="Taster og hjelp")
        expect(overlay).to_contain_text("Mål vitale tegn")
        expect(overlay).to_contain_text("F10")
        nurse.keyboard.press("Escape")
        nurse.keyboard.press("F10")
        expect(nurse.get_by_label("Hva er galt")).to_be_focused()
        nurse.keyboard.type("Hva med en mørkere farge?")
        nurse.keyboard.press("Control+Enter")
        expect(nurse.get_by_text("Meldingen har nummer")).to_be_visible()
        nurse.get_by_role("link", name="Det jeg har sagt fra om").last.click()
        expect(nurse.locator("main")).to_contain_text("mørkere farge?")
        expect(nurse.locator("main")).to_contain_text("/arbeid/innbygger/{}")


def test_an_allergy_is_added_with_the_keyboard_and_shows_on_the_other_screen(
    browser: Browser, site: str
) -> None:
    with sitting(browser, site, DOCTOR) as doctor, sitting(browser, site, WARD_NURSE) as nurse:
        open_chart(doctor, ADA)
        open_chart(nurse, ADA)
        nurse.keyboard.press("F7")
        expect(nurse.locator("#arbeid [data-focus], #arbeid :focus")).to_contain_text("Legg til")
        nurse.keyboard.press("Enter")
        expect(nurse.locator("#arbeid").get_by_label("Hva")).to_be_focused()
        nurse.keyboard.type("Penicillin")
        nurse.keyboard.press("Tab")
        nurse.keyboard.type("Utslett")
        nurse.keyboard.press("Enter")
        expect(nurse.get_by_text("Lagret.")).to_be_visible()
        expect(nurse.locator("#del-identity")).to_contain_text("Penicillin: Utslett")
        expect(doctor.locator("#del-identity")).to_contain_text("Penicillin: Utslett", timeout=3000)


def test_what_is_printed_from_a_dark_screen_is_dark_text_on_white(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR, color_scheme="dark") as doctor:
        open_chart(doctor, ADA)
        fills = filled_with(doctor.pdf(print_background=True))
        assert "1 1 1" in fills
        assert max(float(one.split()[0]) for one, _ in fills.most_common(2)) < 0.5
        assert doctor.locator("html").get_attribute("data-color-scheme") == "auto"


def filled_with(printed: bytes) -> Counter[str]:
    """How often each colour (red, green, blue) is taken for text and surfaces in a PDF of Chromium's."""
    streams = re.findall(rb"FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", printed, re.DOTALL)
    drawn = b"".join(zlib.decompressobj().decompress(one) for one in streams)
    return Counter(one.decode() for one in re.findall(rb"([\d.]+ [\d.]+ [\d.]+) rg", drawn))


def test_a_long_life_has_its_empty_years_in_one_piece_and_fits_every_screen(
    browser: Browser, site: str
) -> None:
    for width, height in ((1366, 768), (683, 384)):
        with sitting(browser, site, DOCTOR, viewport={"width": width, "height": height}) as doctor:
            doctor.goto(f"{site}/arbeid/innbygger/{ADA}/livslop")
            expect(doctor.locator(".years .gap").first).to_have_attribute("title", re.compile("^1942–"))
            expect(doctor.locator(".lifetime")).to_contain_text("er trykt sammen og grå: 1942–")
            assert doctor.evaluate("document.documentElement.scrollWidth") <= width
            doctor.keyboard.press("+")
            expect(doctor).to_have_url(re.compile("fra="))


PAGES = {
    "start": "/arbeid",
    "chart": f"/arbeid/innbygger/{ADA}",
    "series": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/prove%3Fkode%3D{people.code_of('CRP')}",
    "note": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/journalnotat/ada-note",
    "measure": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/malinger",
    "core": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/kjerne",
    "allergy": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/kjerne/allergi/ny",
    "blocks": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/sperringer",
    "diagnose": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/diagnose",
    "found": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/funn/Encounter/ada-stay%3Fq%3Dlunge",
    "course": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/forlop/ada-pneumonia",
    "lifetime": f"/arbeid/innbygger/{ADA}/livslop",
    "emergency": "/arbeid/nodtilgang",
    "messages": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/meldinger",
    "answers": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/svar",
    "queue": "/arbeid/meldinger",
    "roles": "/arbeid/rolle",
    "reports": "/arbeid/tilbakemeldinger",
    "to sign": "/arbeid/signere",
    "co-sign": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/medsignering/{templates.WAITING}",
    "move": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/signert/{templates.SIGNED}/flytt",
    "phrases": "/arbeid/fraser",
    "form": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/notat/kartlegging-iplos",
    "missing": "/arbeid/innbygger/ingen",
    "ask for a time": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/time%3Fbok={calendars.UNIT}",
    "times": f"/arbeid/innbygger/{ADA}?apne=/arbeid/innbygger/{ADA}/time/forslag"
    f"%3Fbok={calendars.UNIT}%26hva=ultralyd",
    "book": f"/arbeid/timebok/{calendars.UNIT}",
    "calendar in and out": "/arbeid/timebok/Practitioner-klok-tindvik/kalender",
    "week of a unit": f"/arbeid/timebok/{calendars.UNIT}?vis=uke",
}


EXPERTS_PAGES = {
    "shelf": "/arbeid/maler",
    "template in use": "/arbeid/maler/mal-visitt",
    "template to approve": f"/arbeid/maler/{templates.SENT}",
    "template sent back": f"/arbeid/maler/{templates.RETURNED}",
}


def in_the_expert_group(page: Page, site: str) -> None:
    page.goto(f"{site}/arbeid/rolle?til=/arbeid/maler")
    page.get_by_role("button", name="Faggruppe").click()
    page.wait_for_url("**/arbeid/maler")


SIZES = ((1366, 768), (683, 384), (1920, 1080))
"""Of screens; the second is the first at 200 per cent."""


def stays_within(page: Page, name: str) -> None:
    """No page is wider than the screen, whichever it is."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
    page.set_viewport_size(SCREEN)


PARTS = 4
"""Of the pages, so that two workers share them."""


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_shuts_anybody_out_or_scrolls(browser: Browser, site: str, part: int) -> None:
    found = []
    with sitting(browser, site, DOCTOR) as doctor:
        for name, path in list(PAGES.items())[part::PARTS]:
            doctor.goto(f"{site}{path}")
            if "apne" in path:
                doctor.locator("#arbeid .part, #arbeid form.note").first.wait_for()
            stays_within(doctor, name)
            found += wrong_with(doctor, name)
            if name in ("start", "chart"):
                doctor.keyboard.press("Control+k")
                doctor.keyboard.type("crp")
                doctor.get_by_role("listbox").locator("*").first.wait_for()
                found += wrong_with(doctor, f"palette over {name}")
    assert found == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed (npm install)")
def test_no_page_of_the_expert_group_shuts_anybody_out_or_scrolls(browser: Browser, site: str) -> None:
    found = []
    with sitting(browser, site, EXPERT) as expert:
        in_the_expert_group(expert, site)
        for name, path in EXPERTS_PAGES.items():
            expert.goto(f"{site}{path}")
            stays_within(expert, name)
            found += wrong_with(expert, name)
    assert found == []


def test_who_one_is_is_read_whole_on_any_screen(browser: Browser, site: str) -> None:
    with sitting(browser, site, DOCTOR) as doctor:
        bar = doctor.locator("header.frame .who a, header.frame .practice")
        for width, height in SIZES:
            doctor.set_viewport_size({"width": width, "height": height})
            cut = bar.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length")
            assert (bar.count(), cut) == (2, 0), "who one is, and that it is practice"
