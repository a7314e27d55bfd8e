"""Bench `chartsearch`: the palette's search in the chart of a citizen with 10,000 resources, 300 PDFs among
them.

The resources are those of the region's written stories, put many times into one record; the letters are
made of their sentences. What is asked is what people type, and each beginning of it from three letters on,
through HTTP and as a doctor.
"""

import asyncio
import base64
import random
import re
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import asyncpg
import httpx
import msgspec

from bench import report
from bench.server import Server
from fellesjournal.rollout.region.chart.pdf import pdf
from fellesjournal.rollout.region.region import Plan, Region

CITIZEN, DOCTOR = "bench-tung", "lun-rogneber"
RESOURCES, LETTERS = 10_000, 300
BATCH = 400
SENTENCES_A_LETTER = 120
"""Some three pages."""
AIM = 300.0
"""Milliseconds, p95."""
TYPED = (
    *("lungebetennelse", "blodtrykk", "delir", "hjertesvikt", "trening", "smerter i bekkenet", "osteoporose"),
    *("diabetes", "fall på badet", "rollator", "amlodipin", "kronisk obstruktiv lungesykdom", "mareritt"),
    *("krykker", "væskerestriksjon", '"ble liggende i to timer"', "kontroll", "hoftebrudd", "ferritin"),
    *("sjukdommar", "osteoprose", "finnes ikke her", "vekt", "Solbær", "NEWS2"),
)
SIZES = """
select relname, pg_total_relation_size(oid) as bytes from pg_class
where relname in ('index_word', 'file_text', 'index_text', 'index_term', 'resource')
"""
WAITING = "select count(*) from index_word where waiting"
Figures = dict[str, Any]


def bench_chartsearch(rounds: int) -> Figures:
    """p50 and p95 in milliseconds through HTTP, CPU milliseconds of a search, and bytes of the index."""
    with Server() as server:
        site = f"http://{server.address[0]}:{server.address[1]}"
        with httpx.Client(base_url=site, headers={"Origin": site}, timeout=300) as client:
            _fill(client)
            began = time.monotonic()
            sizes = asyncio.run(_read(server.database_url))
            read = time.monotonic() - began
            client.post("/logg-inn/ovelse", data={"person": f"Practitioner/{DOCTOR}"})
            asked = [*_typed()]
            for text in asked[:: len(asked) // 20]:
                _found(client, text)
            first = _measured(server, client, asked, "first asked")
            again = _measured(server, client, random.sample(asked * rounds, len(asked)), "asked again")
    rows = [(name, size / RESOURCES) for name, size in sizes.items()]
    report.show("bytes per resource, with indexes", ("table", "bytes"), rows)
    report.say(f"{LETTERS} letters were read within {read:.0f} s of the last write.")
    return {"chartsearch": {"first": first, "again": again, "bytes": sizes, "aim": AIM}}


def _measured(server: Server, client: httpx.Client, asked: list[str], name: str) -> Figures:
    before, times = server.cost(), []
    for text in asked:
        began = time.perf_counter()
        _found(client, text)
        times.append(1000 * (time.perf_counter() - began))
    cost = server.cost().since(before)
    figures = {
        "p50": report.median(times),
        "p95": report.percentile(times, 0.95),
        "worst": max(times),
        "server_ms": 1000 * cost.server / len(asked),
        "database_ms": 1000 * cost.database / len(asked),
    }
    columns = ("", "p50", "p95", "worst", "CPU of the server", "of PostgreSQL")
    title = f"{len(asked)} searches, one client: milliseconds (aim p95 {AIM:.0f})"
    report.show(title, columns, [(name, *figures.values())])
    slowest = sorted(zip(times, asked, strict=True), reverse=True)[:5]
    report.say("slowest: " + ", ".join(f"{text} {spent:.0f}" for spent, text in slowest))
    return figures


def _typed() -> Iterator[str]:
    """What is typed, letter by letter."""
    for text in TYPED:
        yield from (text[:length] for length in range(3, len(text) + 1))


def _found(client: httpx.Client, text: str) -> None:
    answer = client.get("/arbeid/finn", params={"q": text, "innbygger": CITIZEN})
    assert answer.status_code == 200, answer.text[:500]


def _fill(client: httpx.Client) -> None:
    """The units and workers, and the citizen with everything."""
    plan = Plan(60, "søk", date.today(), 1)
    stories = [*Region(plan).stories()]
    names = sorted({msgspec.json.decode(body)["id"] for body in stories if b'"Patient"' in body[:60]})
    told = [body for body in stories if b'{"reference":"Patient/' in body]
    apart = b'"RelatedPerson"', b'"Appointment"'  # one citizen cannot have the appointments of sixteen
    told = [body for body in told if not any(one in body[:40] for one in apart)]
    _store(client, [*map(msgspec.json.decode, Region(plan).foundation())])
    _store(client, [_patient()])
    made = [_copied(body, names, copy) for copy in range(1 + RESOURCES // len(told)) for body in told]
    letters = _letters(told)
    _store(client, [*made[: RESOURCES - len(letters)], *letters])


def _patient() -> Figures:
    return {
        "resourceType": "Patient",
        "id": CITIZEN,
        "name": [{"given": ["Tung"], "family": "Benkegran"}],
        "generalPractitioner": [{"reference": f"PractitionerRole/{DOCTOR}-1"}],
    }


def _copied(body: bytes, names: list[str], copy: int) -> Figures:
    """A resource of a story as one of this citizen's."""
    text = re.sub(rf"Patient/({'|'.join(names)})\"", f'Patient/{CITIZEN}"', body.decode())
    copied: Figures = msgspec.json.decode(re.sub(rf"({'|'.join(names)})-(\d+)", rf"b{copy}-\1-\2", text))
    return copied


def _letters(told: list[bytes]) -> list[Figures]:
    drawn = random.Random(1)
    texts = [text for body in told for text in re.findall(r"<p>([^<]{20,})</p>", body.decode())]
    letters = []
    for number in range(LETTERS):
        sections = [("VURDERING", drawn.choice(texts)) for _ in range(SENTENCES_A_LETTER)]
        data = base64.b64encode(pdf("Epikrise", ["Isfjell sykehus"], sections)).decode()
        letters.append(
            {
                "resourceType": "DocumentReference",
                "id": f"bench-letter-{number}",
                "status": "current",
                "subject": {"reference": f"Patient/{CITIZEN}"},
                "date": f"20{10 + number % 16}-03-01T12:00:00+01:00",
                "description": "Epikrise",
                "content": [{"attachment": {"contentType": "application/pdf", "data": data}}],
            }
        )
    return letters


def _store(client: httpx.Client, resources: list[Figures]) -> None:
    for start in range(0, len(resources), BATCH):
        entries = [
            {"resource": one, "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}}
            for one in resources[start : start + BATCH]
        ]
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
        headers = {"Content-Type": "application/fhir+json"}
        answer = client.post("/fhir", content=msgspec.json.encode(bundle), headers=headers)
        assert answer.status_code == 200, answer.text[:2000]


async def _read(url: str) -> dict[str, int]:
    """Wait until all letters are read; the sizes of the tables then."""
    connection = await asyncpg.connect(url)
    try:
        while await connection.fetchval(WAITING):  # noqa: ASYNC110 - another process reads
            await asyncio.sleep(0.5)
        await connection.execute("vacuum analyze")
        return {row["relname"]: row["bytes"] for row in await connection.fetch(SIZES)}
    finally:
        await connection.close()
