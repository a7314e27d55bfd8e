import re

import pytest

from fellesjournal.rollout.region.staff import WORKERS
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA, FAR
from world import staff

AT_WORK = [worker.id for worker in WORKERS if not any(post.until for post in worker.posts)]


async def test_every_named_worker_has_a_page_to_begin_at(office: Office) -> None:
    for id in AT_WORK:
        async with office.worker(id) as worker:
            page = await worker.get("")
            assert page.status_code == 200, (id, page.text)
            assert "<h1>" in page.text
            assert "Traceback" not in page.text


async def test_the_administrator_is_led_to_the_apps(office: Office) -> None:
    async with office.worker("praktisk-sandlo") as worker:
        page = (await worker.get("")).text
        assert "Ingen er i enhetens omsorg" not in page
        assert 'href="/smart/administrasjon"' in page
        assert (await worker.browser.get("/smart/administrasjon")).status_code == 200
    async with office.worker("varm-lyngmo") as worker:
        assert "/smart/administrasjon" not in (await worker.get("")).text


async def test_the_ward_sees_those_who_lie_there(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        page = await worker.get("")
    assert "Inneliggende" in page.text
    assert "Blid Fjellrype" in page.text
    assert "Lungebetennelse" in page.text
    assert "Fjern Havsule" not in page.text


async def test_who_has_several_services_stands_once_on_the_list_with_all_of_them(office: Office) -> None:
    alarm = people.home_service("ada-alarm", ADA, "Trygghetsalarm")
    async with office.worker("vennlig-solber") as worker:
        await office.put(alarm)
        page = await worker.get("/lister")
    services = page.text.partition("Har tjenester fra enheten")[2].partition("</section>")[0]
    assert services.count(f"/arbeid/innbygger/{ADA}") == 1
    assert re.search(r"Helsetjenester i hjemmet, Trygghetsalarm|Trygghetsalarm, Helsetjenester", page.text)


async def test_the_clinic_sees_who_comes_today(office: Office) -> None:
    async with office.worker("ryddig-perlemor") as worker:
        await office.put(people.place(staff.CLINIC), people.appointment("ada-today", ADA, staff.CLINIC))
        page = await worker.get("/lister")
    assert "Timer i dag" in page.text
    assert "Blid Fjellrype" in page.text


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_a_chart_is_whole_in_every_language(office: Office, language: str) -> None:
    async with office.worker("ivrig-steinroys", language) as worker:
        page = await worker.get(f"/innbygger/{ADA}")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    pulse = "Pulse" if language == "en" else "Puls<"
    for fact in ("Blid Fjellrype", "Pneumoni", "CRP", "82", pulse, "88", "Helsetjenester i hjemmet"):
        assert fact in page.text


async def test_each_part_of_the_chart_comes_by_itself(office: Office) -> None:
    async with office.worker("ivrig-steinroys") as worker:
        page = await worker.get(f"/innbygger/{ADA}")
        addresses = re.findall(r'data-part="/arbeid([^"]*)"', page.text)
        assert len(addresses) > 6
        for address in addresses:
            part = await worker.get(address)
            assert part.status_code == 200
            assert f'data-part="/arbeid{address}"' in part.text.lstrip().partition("\n")[0]


async def test_who_is_out_of_reach_is_as_one_who_does_not_exist(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        for path in (
            "/innbygger/{}",
            "/innbygger/{}/del/problems",
            "/innbygger/{}/malinger",
            "/innbygger/{}/diagnose",
            "/innbygger/{}/hendelser",
        ):
            far = await worker.get(path.format(FAR))
            nobody = await worker.get(path.format("ingen"))
            assert (far.status_code, nobody.status_code) == (404, 404), path
            assert far.text.replace(FAR, "ingen") == nobody.text, path


async def test_a_part_that_there_is_not_is_not_found(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        assert (await worker.get(f"/innbygger/{ADA}/del/nonsense")).status_code == 404


async def test_who_is_not_signed_in_is_led_to_the_entrance(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        worker.browser.cookies.clear()
        page = await worker.get(f"/innbygger/{ADA}")
        stream = await worker.get(f"/innbygger/{ADA}/hendelser")
    assert (page.status_code, stream.status_code) == (303, 303)
    assert page.headers["location"].startswith("/logg-inn?")


async def test_markup_in_names_and_notes_is_text(office: Office) -> None:
    await office.put(people.named(ADA, people.SCRIPT, "Fjellrype"))
    async with office.worker("ivrig-steinroys") as worker:
        chart = await worker.get(f"/innbygger/{ADA}")
        hits = await worker.get("/finn", q="fjell", innbygger=ADA)
        start = await worker.get("")
    for page in (chart, hits, start):
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;alert" in page.text


async def test_the_palette_finds_by_letters_and_by_birth_date(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        for typed in ("fje", "blid fjell", "1.2.1942"):
            hits = await worker.get("/finn", q=typed)
            assert f"/arbeid/innbygger/{ADA}" in hits.text, typed
        assert FAR not in (await worker.get("/finn", q="havsule")).text
        assert "Ingen treff" in (await worker.get("/finn", q="zzz")).text


async def test_the_frame_switches_to_nynorsk_and_it_stays(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        first = await worker.get(f"/innbygger/{ADA}")
        assert f'href="/arbeid/innbygger/{ADA}?sprak=nn"' in first.text
        await worker.get(f"/innbygger/{ADA}", sprak="nn")
        then = await worker.get(f"/innbygger/{ADA}")
    assert 'lang="nn"' in then.text
    assert "Vitale målingar" in then.text
