"""Files of messages, and the team's queue: a message waits until it is answered or closed."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from fellesjournal.documentation.files import LARGEST
from portal.conftest import Home, Visitor
from portal.people import STRANGER
from signin.conftest import field
from workplace.people import ADA, to
from world import staff

WARD = f"Organization/{staff.WARD}"
NURSE = "varm-lyngmo"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
MESSAGE = {"til": WARD, "emne": "Utslett", "tekst": "Se bildet."}


async def sent(visitor: Visitor, name: str, content: bytes) -> httpx.Response:
    page = await visitor.get("/meldinger")
    form = MESSAGE | {"bevis": field(page.text, "bevis")}
    return await visitor.browser.post("/min/meldinger", data=form, files={"fil": (name, content)})


async def test_a_picture_is_seen_by_both_sides_and_by_nobody_else(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker(NURSE) as worker:
        assert (await sent(visitor, "../../utslett.png", PNG)).status_code == 303
        [stored] = await home.office.asked(f"Communication?subject=Patient/{ADA}")
        address = f"/meldinger/{stored['id']}/vedlegg/1"
        assert address in (await visitor.get("/meldinger")).text
        shown = await visitor.get(address)
        assert (shown.content, shown.headers["content-type"]) == (PNG, "image/png")
        assert "script-src 'none'" in shown.headers["content-security-policy"]
        page = (await worker.get(f"/innbygger/{ADA}/meldinger")).text
        assert ">utslett.png</a>" in page
        assert (await worker.get(f"/innbygger/{ADA}{address}")).content == PNG
        for place in ("0", "2", "x", "-1", "99999"):
            forged = f"/meldinger/{stored['id']}/vedlegg/{place}"
            assert (await visitor.get(forged)).status_code == 404
    async with home.visitor(STRANGER) as stranger:
        assert (await stranger.get(address)).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"<svg onload=alert(1)>"),
        ("a.pdf", b"MZ" + b"\x00" * 50),
        ("a.png", PNG + b"\x00" * LARGEST),
    ],
)
async def test_what_is_no_picture_or_pdf_by_its_content_is_refused(
    home: Home, name: str, content: bytes
) -> None:
    async with home.visitor(ADA) as visitor:
        page = await sent(visitor, name, content)
        assert (page.status_code, "bilde eller en PDF" in page.text) == (400, True)
    assert await home.office.asked(f"Communication?subject=Patient/{ADA}") == []


async def test_a_message_waits_in_the_queue_until_it_is_answered(home: Home) -> None:
    async with home.visitor(ADA) as visitor, home.office.worker(NURSE) as worker:
        await visitor.send("/meldinger", MESSAGE)
        assert "/arbeid/meldinger" in (await worker.get("")).text
        queue = (await worker.get("/meldinger")).text
        assert "Utslett (ulest)" in queue
        await worker.get(f"/innbygger/{ADA}/meldinger")
        assert "Utslett<" in (await worker.get("/meldinger")).text, "it was read, and waits"
        [stored] = await home.office.asked(f"Communication?subject=Patient/{ADA}")
        await worker.send(f"/meldinger/{stored['id']}/ansvar", {})
        assert "Gi den fra deg" in (await worker.get("/meldinger")).text
        assert "<td>Varm Lyngmo</td>" in (await worker.get("/meldinger")).text
        await worker.send(f"/meldinger/{stored['id']}/ansvar", {})
        assert "<td>Varm Lyngmo</td>" not in (await worker.get("/meldinger")).text
        await worker.send(f"/innbygger/{ADA}/meldinger", {"svar": stored["id"], "tekst": "Kom innom."})
        assert "Ingen meldinger venter" in (await worker.get("/meldinger")).text
        assert (await worker.send(f"/meldinger/{stored['id']}/ferdig", {})).status_code == 404


async def test_the_unit_begins_a_message_that_the_citizen_reads_and_answers(home: Home) -> None:
    new = {"emne": "Prøvesvar", "tekst": "Svaret er fint. Ta kontakt om plagene kommer igjen."}
    async with home.visitor(ADA) as visitor, home.office.worker(NURSE) as worker:
        for wrong in (new | {"emne": " "}, new | {"emne": "x" * 121}, new | {"tekst": ""}):
            assert (await worker.send(f"/innbygger/{ADA}/meldinger", wrong)).status_code == 400
        page = await worker.send(f"/innbygger/{ADA}/meldinger", new)
        assert "Meldingen er sendt" in page.text
        [stored] = await home.office.asked(f"Communication?subject=Patient/{ADA}")
        assert "inResponseTo" not in stored
        read = (await visitor.get("/meldinger")).text
        assert new["emne"] in read
        assert new["tekst"] in read
        answer = {"til": WARD, "svar": stored["id"], "emne": "Prøvesvar", "tekst": "Takk!"}
        assert (await visitor.send("/meldinger", answer)).status_code == 303
        assert "Prøvesvar" in (await worker.get("/meldinger")).text
    async with home.visitor(STRANGER) as stranger:
        assert new["tekst"] not in (await stranger.get("/meldinger")).text


async def test_what_has_waited_too_long_is_an_alarm_and_is_closed_without_an_answer(home: Home) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=12)
    old = {
        "resourceType": "Communication",
        "id": "gammel",
        "status": "in-progress",
        "subject": to(ADA),
        "topic": {"text": "Takk for sist"},
        "sent": long_ago.isoformat(timespec="seconds"),
        "sender": to(ADA),
        "recipient": [{"reference": WARD}],
        "payload": [{"contentString": "Takk."}],
    }
    elsewhere = old | {"id": "annet", "recipient": [{"reference": f"Organization/{staff.HOME}"}]}
    await home.office.put(old, elsewhere)
    async with home.office.worker(NURSE) as worker:
        assert "Over fristen" in (await worker.get("/meldinger")).text
        assert (await worker.send("/meldinger/annet/ferdig", {})).status_code == 404
        assert (await worker.send("/meldinger/annet/ansvar", {})).status_code == 404
        await worker.send("/meldinger/gammel/ferdig", {})
        assert "Ingen meldinger venter" in (await worker.get("/meldinger")).text
