"""Lighthouse over the citizen's pages: `python -m bench.lighthouse LIGHTHOUSE`.

LIGHTHOUSE is the program of npm's package of that name, installed anywhere outside the tree. Without --site
a practice site of its own is built and started, and CITIZENS sign in there. Pages are found as people find
them: by their links, one of each kind whoever it is about, and the first step of a form. Lighthouse slows a
telephone and its network down as it always does. A row for each page, and at the end the lowest of each; exit
code 1 where a page is below AIMS.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from bench.server import Server

AIMS = {"accessibility": 100, "performance": 95}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-sync"
FORM = "/min/skjema/egne-malinger"
"""Our own form that everybody may send: its first step is a page too."""
TRIES = 3
"""A machine that does other things makes a page slow: the best of some tries is what the page can do."""
_LINK = re.compile(r'href="(/min(?:/[^"#?]*)?(?:\?kode=[^"#]*)?)"')
_IDS = re.compile(r"(/timer|/notat|/skjema/sendt|/skjema|/for)/[^/]+(?=/|$)|(/bestill)/.+")
_NO_PAGE = re.compile(
    r"^/min/ui/|/mine/arkiv|/sammendrag/|/journal/dokument/|/vedlegg/|/kalender|^/min/for/[^/]+/"
)
CITIZENS = ("trofast-fjordlykt", "hjelpsom-fjordlykt", "livlig-nypekrone")
"""Of every region: one with much in the record, one who acts for him, and a child, who has growth curves."""
REGION = "50"
"""Citizens of a site of its own."""


class Seen(NamedTuple):
    """What Lighthouse says of one page: of a hundred, milliseconds until the largest thing is there, and the
    rules of accessibility that it breaks."""

    scores: Mapping[str, int]
    painted: float
    broken: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether it is as good as is aimed at."""
        return all(self.scores[name] >= least for name, least in AIMS.items())


def main() -> int:
    """Look at them all; says what each got."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.lighthouse", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("lighthouse", type=Path, help="node_modules/.bin/lighthouse, outside the tree")
    parser.add_argument(
        "--citizen", action="append", help="the id of a Patient who signs in; may be repeated"
    )
    parser.add_argument("--site", help="a practice site that is running, such as http://127.0.0.1:8080")
    asked = parser.parse_args()
    with _site(asked.site) as site:
        found: dict[str, Seen] = {}
        for browser, path in _pages(site, asked.citizen or CITIZENS):
            found[path] = seen = best(asked.lighthouse, site + path, browser)
            print(_row(seen, path), flush=True)
    for name in AIMS:
        path = min(found, key=lambda one: found[one].scores[name])
        print(f"lowest {name}: {found[path].scores[name]}  {path}")
    slowest = max(found, key=lambda one: found[one].painted)
    print(f"latest painted: {found[slowest].painted:.0f} ms  {slowest}")
    return int(not all(seen.is_good for seen in found.values()))


def _row(seen: Seen, path: str) -> str:
    scores = "  ".join(f"{name} {score:3}" for name, score in seen.scores.items())
    return f"{scores}  {seen.painted:5.0f} ms  {path}  {' '.join(seen.broken)}".rstrip()


@contextmanager
def _site(address: str | None) -> Iterator[str]:
    """The address of a practice site; one of its own, with the stories' citizens, where none is named."""
    if address:
        yield address.rstrip("/")
        return
    server = Server()
    building = server.command("region", "build", "--citizens", REGION)
    subprocess.run(building, check=True, env=server.environment, stdout=subprocess.DEVNULL)
    with server:
        host, port = server.address
        yield f"http://{host}:{port}"


def _pages(site: str, citizens: Sequence[str]) -> Iterator[tuple[httpx.Client, str]]:
    """A page of each kind, with the browser of who is signed in. Raises SystemExit for who is unknown."""
    known: set[str] = set()
    for citizen in citizens:
        with httpx.Client(base_url=site, headers={"Origin": site}, timeout=60) as browser:
            landed = browser.post("/logg-inn/ovelse", data={"person": f"Patient/{citizen}"})
            if landed.status_code >= 400 or not browser.cookies:
                raise SystemExit(f"Nobody with the id {citizen} signs in at {site}.")
            for path in pages(browser, known):
                yield browser, path


def pages(browser: httpx.Client, known: set[str]) -> Iterator[str]:
    """The addresses of one page of each kind that is not `known` yet, and is from then on."""
    left, met = ["/min"], {"/min"}
    while left:
        path = left.pop(0)
        answer = browser.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        if _kind(path) not in known:
            known.add(_kind(path))
            yield path
        for found in _LINK.findall(answer.text):
            address = found.replace("&amp;", "&")
            if _kind(address) not in met and not _NO_PAGE.search(address):
                met.add(_kind(address))
                left.append(address)
    if FORM not in known:
        known.add(FORM)
        yield from _first_step(browser)


def _kind(address: str) -> str:
    return _IDS.sub(r"\1\2/*", address.partition("?")[0])


def _first_step(browser: httpx.Client) -> Iterator[str]:
    """The page that a form is begun on, where the visitor may."""
    proof = re.search(r'name="bevis" value="([^"]+)"', browser.get("/min").text)
    begun = browser.post(FORM, data={"gjor": "videre", "bevis": proof[1] if proof else ""})
    if begun.has_redirect_location:
        yield begun.headers["location"]


def best(lighthouse: Path, address: str, browser: httpx.Client) -> Seen:
    """The best of some looks at a page; the first that is good enough ends it. Chromium fails now and then:
    such a look counts for nothing."""
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    found: list[Seen] = []
    for _ in range(TRIES):
        if seen := _look(lighthouse, address, cookie):
            found.append(seen)
            if seen.is_good:
                break
    if not found:
        raise SystemExit(f"Lighthouse could not look at {address}.")
    return max(found, key=lambda one: sum(one.scores.values()))


def _look(lighthouse: Path, address: str, cookie: str) -> Seen | None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), "")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        headers = json.dumps({"Cookie": cookie})
        command: list[str | Path] = [
            *(lighthouse, address, "--quiet", "--output=json", f"--output-path={report}"),
            *(f"--only-categories={','.join(AIMS)}", f"--extra-headers={headers}", f"--chrome-flags={FLAGS}"),
        ]
        if subprocess.run(command, check=False, env=os.environ | {"CHROME_PATH": chromium}).returncode:
            return None
        told: dict[str, Any] = json.loads(report.read_text("utf-8"))
    parts = told["categories"]
    audits = told["audits"]
    rules = [one["id"] for one in parts["accessibility"]["auditRefs"]]
    return Seen(
        {name: round(100 * (parts[name]["score"] or 0)) for name in AIMS},
        float(audits["largest-contentful-paint"].get("numericValue", 0)),
        tuple(one for one in rules if audits[one]["score"] == 0),
    )


if __name__ == "__main__":
    sys.exit(main())
