"""Pictures of every screen of the workplace: `python -m bench.screens FOLDER --site http://127.0.0.1:8080`.

The site is a practice site that is running, such as `bin/demo`. Each screen is taken in light and dark, at
1366 x 768, at 1920 x 1080, and at 683 x 384 (1366 x 768 at 200 % zoom), with Debian's Chromium or the one
that Playwright has; what is printed is taken as it is on paper. The pictures are for
people to look at: nothing is compared, and the folder must be outside the tree.
"""

import argparse
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SIZES: tuple[ViewportSize, ...] = (
    {"width": 1366, "height": 768},
    {"width": 1920, "height": 1080},
    {"width": 683, "height": 384},
)
SCHEMES = ("light", "dark")
FLAGS = ["--no-sandbox", "--disable-gpu"]


class Screen(NamedTuple):
    """One picture: its name, its address below /arbeid ({} for the citizen that the first worklist has), what
    is opened beside the chart, the keys pressed before it is taken, and whether it is taken as on paper."""

    name: str
    address: str
    beside: str = ""
    keys: tuple[str, ...] = ()
    on_paper: bool = False


WORKERS = ("Ivrig Steinrøys", "Varm Lyngmo", "Vennlig Solbær", "Klok Tindvik")
"""A hospital doctor, a ward nurse, a home-care nurse, and one with several roles."""
FOR_EACH = (Screen("start", ""), Screen("chart", "/innbygger/{}"))
ONCE = (
    Screen("palette", "", keys=("Control+k", "l", "y")),
    Screen("help", "/innbygger/{}", keys=("F1",)),
    Screen("complain", "/innbygger/{}", keys=("F10",)),
    Screen("reports", "/tilbakemeldinger"),
    Screen("roles", "/rolle"),
    Screen("vitals", "/innbygger/{}", "/malinger"),
    Screen("core", "/innbygger/{}", "/kjerne"),
    Screen("allergy", "/innbygger/{}", "/kjerne/allergi/ny"),
    Screen("blocks", "/innbygger/{}", "/sperringer"),
    Screen("diagnosis", "/innbygger/{}", "/diagnose"),
    Screen("templates", "/innbygger/{}", "/notat"),
    Screen("note", "/innbygger/{}", "/notat/innkomst"),
    Screen("messages", "/innbygger/{}", "/meldinger"),
    Screen("to-sign", "/signere"),
    Screen("phrases", "/fraser"),
    Screen("lifetime", "/innbygger/{}/livslop"),
    Screen("chart-on-paper", "/innbygger/{}", on_paper=True),
    Screen("emergency", "/nodtilgang"),
    Screen("missing", "/innbygger/ingen"),
)
OUTSIDE = (("front", "/"), ("sign-in", "/logg-inn"), ("practice", "/logg-inn/ovelse"))


def main() -> int:
    """Take them all; says how many."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.screens", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("folder", type=Path, help="where the pictures are written, outside the tree")
    parser.add_argument("--site", default="http://127.0.0.1:8080", help="a running practice site")
    asked = parser.parse_args()
    folder: Path = asked.folder.resolve()
    if folder.is_relative_to(ROOT):
        print(
            f"{folder} is inside the tree: pictures are not committed. Name another folder.", file=sys.stderr
        )
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or playwright.chromium.executable_path
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        taken = sum(1 for _ in _all(browser, asked.site.rstrip("/"), folder))
        browser.close()
    print(f"{taken} pictures in {folder}")
    return 0


def _all(browser: Browser, site: str, folder: Path) -> Iterator[Path]:
    for size in SIZES:
        for scheme in SCHEMES:
            look = f"{size['width']}-{scheme}"
            for number, name in enumerate(WORKERS):
                context = browser.new_context(
                    viewport=size, color_scheme="dark" if scheme == "dark" else "light", locale="nb-NO"
                )
                page = context.new_page()
                if not number:
                    yield from _outside(page, site, folder, look)
                yield from _of(page, site, name, folder, look, FOR_EACH if number else (*FOR_EACH, *ONCE))
                context.close()


def _outside(page: Page, site: str, folder: Path, look: str) -> Iterator[Path]:
    for name, address in OUTSIDE:
        page.goto(f"{site}{address}")
        yield _taken(page, folder / f"{name}-{look}.png")


def _of(
    page: Page, site: str, worker: str, folder: Path, look: str, screens: tuple[Screen, ...]
) -> Iterator[Path]:
    """The screens of one worker; those of a citizen are left out where the worklist has nobody."""
    first = worker.partition(" ")[0]
    page.goto(f"{site}/logg-inn/ovelse?til=/arbeid&navn={first}")
    page.get_by_role("button", name=re.compile(worker)).first.click()
    if page.url.partition("?")[0].endswith("/rolle"):
        page.get_by_role("radio").first.check()
        page.locator("main form button").first.click()
    page.wait_for_url("**/arbeid")
    citizens = page.locator("main a[href*='/innbygger/']")
    citizen = (citizens.first.get_attribute("href") or "").rpartition("/")[2] if citizens.count() else ""
    for screen in screens:
        if "{}" in screen.address and not citizen:
            continue
        address = f"{site}/arbeid{screen.address.format(citizen)}"
        page.goto(address)
        if screen.beside:
            page.goto(f"{address}?apne=/arbeid/innbygger/{citizen}{screen.beside}")
            page.locator("#arbeid .part, #arbeid form.note").first.wait_for()
        for key in screen.keys:
            page.keyboard.press(key)
        page.emulate_media(media="print" if screen.on_paper else "screen")
        page.wait_for_timeout(400)  # what is fetched beside the page
        yield _taken(page, folder / f"{screen.name}-{first.lower()}-{look}.png")


def _taken(page: Page, file: Path) -> Path:
    page.screenshot(path=file)
    return file


if __name__ == "__main__":
    sys.exit(main())
