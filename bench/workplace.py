"""Bench `workplace`: what each screen of a citizen with 10,000 resources costs, on the server and in a
browser, and how soon a change is at a thousand open screens.

One nurse sits at all screens, signed in as people are on a practice site.

The aim ("server time per screen p95 <= 100 ms, 16 clients") is measured in two ways, and both are printed.

- `x16`: sixteen clients, each of which asks for the same screen again in the moment it has the answer. That
  measures how many screens a machine can answer, not how long somebody waits: with c CPU-ms a screen and n
  cores, which the load client shares, all wait for each other and nobody is answered before 16 c / n. On two
  cores the aim is then an aim for the cost: about 10 CPU-ms, the client's own among them.
- `at work` (also alone: `python -m bench shift`): sixteen people who go from screen to screen, about a
  second after each answer (PAUSE). Nobody reads a chart in a second, and who opens one is there for some ten,
  so this is still the load of a hundred and more who work: 16 screens a second at most. A thousand people
  with a screen each ten seconds are 100 a second: at 15 CPU-ms one and a half cores, and so more than two are
  needed for that.
"""

import asyncio
import random
import re
import subprocess
from array import array
from dataclasses import replace
from http.client import HTTPConnection
from itertools import chain
from typing import Any
from urllib.parse import quote, urlencode

import asyncpg

from bench.browser import QUICK_VISITS, VISITS, bench_browser
from bench.load import Client, Load
from bench.long_life import CITIZEN, READER, lengthened
from bench.measuring import Effort, measure, middle
from bench.open_screens import QUICK_ROUNDS, ROUNDS, bench_open_screens
from bench.report import percentile, show
from bench.server import Server

ABOUT = f"/arbeid/innbygger/{CITIZEN}"
WEIGHT = quote("http://loinc.org|29463-7")
PARTS = (
    "access",
    "identity",
    "since",
    "problems",
    "medicines",
    "vitals",
    "results",
    "plan",
    "contacts",
    "documents",
)
SCREENS = {
    "start": "/arbeid",
    "chart": ABOUT,
    **{f"part {name}": f"{ABOUT}/del/{name}" for name in PARTS},
    "vitals": f"{ABOUT}/malinger",
    "results series": f"{ABOUT}/prove?kode={WEIGHT}",
    "lifetime": f"{ABOUT}/livslop",
    "notes": f"{ABOUT}/notat",
    "palette, people": "/arbeid/finn?q=tro",
    "palette, within": f"/arbeid/finn?q=vekt&innbygger={CITIZEN}",
}
CLIENTS = (1, 16)
REGION, QUICK_REGION = 100, 20
"""Citizens, beside those of the stories."""
PAUSE = 1.0
"""Seconds, about, that somebody looks at a screen before asking for another."""
AIM = 100.0
"""Milliseconds of the server within which nineteen of twenty screens are answered."""


class Screen:
    """One screen, asked for again and again."""

    def __init__(self, name: str, path: str, cookie: str) -> None:
        self._name, self._path = name, path
        self._headers = f"Cookie: {cookie}\r\n".encode()

    async def once(self, client: Client) -> bool:
        """One request; anything but the screen is a fault."""
        answer = await client.ask(self._name, "GET", self._path, headers=self._headers)
        client.expect(answer.status == 200, f"{self._path}: {answer.status}")
        return True


class Shift:
    """Somebody who goes from screen to screen, in no order, and looks at each for about PAUSE."""

    def __init__(self, cookie: str) -> None:
        self._headers = f"Cookie: {cookie}\r\n".encode()

    async def once(self, client: Client) -> bool:
        """One screen; anything but the screen is a fault."""
        await asyncio.sleep(PAUSE * random.uniform(0.5, 1.5))
        name, path = random.choice(list(SCREENS.items()))
        answer = await client.ask(name, "GET", path, headers=self._headers)
        client.expect(answer.status == 200, f"{path}: {answer.status}")
        return True


def signed_in(address: tuple[str, int]) -> str:
    """The session's cookie of the reader, in the first of the roles."""
    origin = f"http://{address[0]}:{address[1]}"
    headers = {"Origin": origin, "Content-Type": "application/x-www-form-urlencoded"}
    connection = HTTPConnection(*address)

    def ask(method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        connection.request(method, path, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        set_ = [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie", ())]
        if kept := [one for one in set_ if one.startswith("fellesjournal=")]:
            headers["Cookie"] = kept[0]
        return answer.read().decode(), answer.headers.get("Location", "")

    text, place = ask("POST", "/logg-inn/ovelse", {"person": f"Practitioner/{READER}"})
    if "rolle" in place + text:
        page, _ = ask("GET", "/logg-inn/rolle")
        found = {name: _field(page, name) for name in ("bevis", "rolle")}
        ask("POST", "/logg-inn/rolle", found)
    connection.close()
    return headers["Cookie"]


def bench_workplace(server: Server, effort: Effort) -> dict[str, Any]:
    """Build a small region with its stories, lengthen one life, and measure screens, browser and events."""
    is_quick = effort.is_quick
    size = _filled(server, REGION)
    cookie, (host, port) = signed_in(server.address), server.address
    visits, rounds = (QUICK_VISITS, QUICK_ROUNDS) if is_quick else (VISITS, ROUNDS)
    brief = replace(effort, warm_up=1 if is_quick else 5, runs=1, seconds=3 if is_quick else 15)
    return {
        "resources": size,
        "browser": bench_browser(f"http://{host}:{port}", ABOUT, cookie, visits),
        "live": asyncio.run(bench_open_screens(server.address, cookie, rounds)),
        "screens": bench_screens(server, brief),
        "at work": bench_at_work(server, replace(brief, seconds=15 if is_quick else 120)),
    }


def bench_shift(server: Server, effort: Effort) -> dict[str, Any]:
    """The same record, and sixteen people at work alone: a minute of measuring, or fifteen seconds."""
    size = _filled(server, QUICK_REGION if effort.is_quick else REGION)
    brief = replace(effort, warm_up=3, runs=1, seconds=15 if effort.is_quick else 60)
    return {"resources": size, "at work": bench_at_work(server, brief)}


def _filled(server: Server, citizens: int) -> int:
    """Build the region, and lengthen the life; gives how many resources that holds."""
    built = server.command("region", "build", "--citizens", str(citizens))
    subprocess.run(built, env=server.environment, check=True, stdout=subprocess.DEVNULL)
    size = asyncio.run(lengthened(server.address))
    asyncio.run(_analysed(server.database_url))
    return size


async def _analysed(url: str) -> None:
    """As autovacuum would have left it by the time that a record has grown so large."""
    connection = await asyncpg.connect(url)
    await connection.execute("vacuum (analyze)")
    await connection.close()


def bench_screens(server: Server, effort: Effort) -> dict[str, Any]:
    """Milliseconds and CPU-ms of each screen, with one client and with sixteen."""
    cookie = signed_in(server.address)
    figures, rows = {}, []
    for name, path in SCREENS.items():
        row: list[float] = []
        for clients in CLIENTS:
            with Load(Screen(name, path, cookie), server.address, clients) as load:
                run = middle(measure(server, load, effort))
            if run.measured.faults:
                raise RuntimeError(f"{name}: {run.measured.listed[:3]}")
            times = run.measured.times[name]
            p50, p95 = (1000 * percentile(times, share) for share in (0.5, 0.95))
            row += [p50, p95, run.server_ms, run.database_ms]
        figures[name] = dict(zip(_COLUMNS, row, strict=True))
        rows.append((name, *row))
    show(f"screens of a long record (aim: p95 {AIM:.0f} ms)", ("screen", *_COLUMNS), rows)
    return figures


def bench_at_work(server: Server, effort: Effort) -> dict[str, Any]:
    """Milliseconds of the screens that sixteen people open who look at each before the next."""
    with Load(Shift(signed_in(server.address)), server.address, CLIENTS[-1]) as load:
        run = middle(measure(server, load, effort))
    if run.measured.faults:
        raise RuntimeError(f"at work: {run.measured.listed[:3]}")
    times = run.measured.times
    shown = {**dict(sorted(times.items())), "all": array("d", chain.from_iterable(times.values()))}
    figures = {
        name: {
            "screens": len(each),
            "p50": 1000 * percentile(each, 0.5),
            "p95": 1000 * percentile(each, 0.95),
        }
        for name, each in shown.items()
    }
    all_of_them = figures["all"]
    show(
        f"{CLIENTS[-1]} people at work, {run.measured.seconds:.0f} s (aim: p95 {AIM:.0f} ms)",
        ("screens/s", "p50", "p95", "p95 / aim", "server CPU-ms", "PostgreSQL's", "load average"),
        [
            (
                run.per_second,
                all_of_them["p50"],
                all_of_them["p95"],
                all_of_them["p95"] / AIM,
                run.server_ms,
                run.database_ms,
                run.load_average,
            )
        ],
    )
    show(
        "each screen of theirs",
        ("screen", "screens", "p50", "p95"),
        [(name, *found.values()) for name, found in figures.items()],
    )
    return figures | {"all": all_of_them | {"server_ms": run.server_ms, "database_ms": run.database_ms}}


_COLUMNS = [
    f"{what} x{clients}" for clients in CLIENTS for what in ("p50", "p95", "server CPU-ms", "PostgreSQL's")
]


def _field(page: str, name: str) -> str:
    """The first value of a field in a form."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    if found is None:
        raise RuntimeError(f"there is no field {name} where the reader chooses a role")
    return found[1]
