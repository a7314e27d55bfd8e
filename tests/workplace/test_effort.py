"""What the common tasks cost, in keys, presses of the mouse and time; over budget is a failure.

Keys are counted in full; an interaction is a key, a press of the mouse, or one word or number.
docs/effort.md is made from these runs (--write-docs). Times are of a server and a browser on one machine.
"""

import re
from collections.abc import Callable, Iterator
from math import inf
from statistics import median
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from browsers import in_a_browser
from conftest import ROOT
from workplace import people
from workplace.booking import calendars
from workplace.people import ADA
from workplace.served import Effort, open_chart, put, served, sitting

pytestmark = in_a_browser


DOC = ROOT / "docs" / "effort.md"
RUNS = 3


class Task(NamedTuple):
    """A task with its budget; `seconds` is for the quickest of the runs, 0 where time is no matter."""

    name: str
    who: str
    keys: int | None
    interactions: int | None
    seconds: float
    do: Callable[[Page, Effort], None]


def open_citizen(page: Page, effort: Effort) -> None:
    effort.press("Control+k")
    effort.write("fje")
    effort.press("Enter")
    page.wait_for_url(f"**/innbygger/{ADA}")


def whole_set(page: Page, effort: Effort) -> None:
    effort.press("F4")
    expect(page.get_by_label("Puls")).to_be_focused()
    for place, value in enumerate(("88", "18", "95", "37,9", "132", "80")):
        if place:
            effort.press("Tab")
        effort.write(value)
    expect(page.locator("#arbeid .score")).to_contain_text(re.compile(r"NEWS2: *1"))
    effort.press("Enter")
    expect(page.locator("#arbeid .said")).to_contain_text(re.compile(r"NEWS2: *1"))


def add_diagnosis(page: Page, effort: Effort) -> None:
    effort.press("F8")
    expect(page.get_by_role("searchbox", name=re.compile("tekst eller kode"))).to_be_focused()
    effort.write("lårh")
    effort.press("Enter")
    expect(page.get_by_text("Diagnosen er lagt til")).to_be_visible()


def old_result(page: Page, effort: Effort) -> None:
    effort.press("Control+k")
    effort.write("ferr")
    page.get_by_role("option", name=re.compile("Ferritin")).wait_for()
    effort.press("Enter")
    expect(page.locator("#arbeid .series")).to_contain_text("03.10.2022")


def what_changed(page: Page, effort: Effort) -> None:
    expect(page.locator("#del-since")).to_contain_text("Kalium")


def switch_role(page: Page, effort: Effort) -> None:
    name = page.get_by_role("navigation", name="Deg").get_by_role("link")
    before = name.inner_text()
    name.click()
    effort.clicks, effort.interactions = 1, 1
    page.wait_for_url("**/arbeid/rolle**")
    expect(page.locator("main button").first).to_be_focused()
    effort.press("Enter")
    expect(name).not_to_have_text(before)


def reconnect(page: Page, effort: Effort) -> None:
    effort.press("Enter")
    page.wait_for_url(f"**/innbygger/{ADA}")


def book_three(page: Page, effort: Effort) -> None:
    effort.press("Control+k")
    effort.write("mul")
    page.get_by_role("option", name=re.compile("Multemyr")).wait_for()
    effort.press("Enter")
    page.wait_for_url("**/innbygger/solfrid")
    page.locator("body[data-connected=true]").wait_for()
    effort.press("F6")
    expect(page.get_by_label("Hva slags time")).to_be_focused()
    effort.write("ult")
    effort.press("Enter")
    expect(page.locator("#arbeid .times button").first).to_be_focused()
    effort.press("Enter")
    expect(page.locator("#arbeid .said")).to_contain_text("Timen er booket")


def move_appointment(page: Page, effort: Effort) -> None:
    page.locator("button.item[data-time]").first.click()
    effort.clicks, effort.interactions = 1, 1
    expect(page.get_by_role("heading", name="Flytt til")).to_be_focused()
    effort.press("Tab")
    effort.press("Enter")
    expect(page.locator("#arbeid .said")).to_contain_text("Timen er flyttet")


def has_come(page: Page, effort: Effort) -> None:
    expect(page.locator("table.reception a:focus")).to_be_visible()
    effort.press("k")
    expect(page.locator("#del-mottak .said")).to_contain_text("Merket som kommet")


TASKS = (
    Task("Find and open a citizen", "Ivrig Steinrøys", 6, None, 1.0, open_citizen),
    Task("Write a full NEWS2 set", "Varm Lyngmo", 22, None, 0, whole_set),
    Task("Add a diagnosis", "Ivrig Steinrøys", None, 3, 0, add_diagnosis),
    Task("Find a result from four years ago", "Ivrig Steinrøys", None, 4, 0, old_result),
    Task("See what has changed since the last visit", "Ivrig Steinrøys", 0, 0, 0, what_changed),
    Task("Switch role", "Klok Tindvik", None, 2, 0, switch_role),
    Task("Come back to a locked screen", "Varm Lyngmo", None, 1, 2.0, reconnect),
    Task("Book a citizen, a worker and a room by phone", "Ryddig Perlemor", 12, None, 30.0, book_three),
    Task("Move an appointment", "Ryddig Perlemor", None, 3, 0, move_appointment),
    Task("Note that a citizen has come", "Ryddig Perlemor", 1, None, 0, has_come),
)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        put(address, *calendars.resources())
        yield address


def begin(task: Task, page: Page, site: str, run: int) -> None:
    """Be where the task begins."""
    if task.do in (open_citizen, switch_role, book_three):
        page.goto(f"{site}/arbeid")
        return
    if task.do in (move_appointment, has_come):
        at = calendars.moment(9 + run, "09:00") if task.do is move_appointment else calendars.today(run)
        put(site, calendars.appointment(f"effort-{at:%d-%H}", at, 30, f"Patient/{ADA}", calendars.ROOM))
        place = "mottak" if task.do is has_come else f"{calendars.UNIT}?dag={at:%Y-%m-%d}"
        page.goto(f"{site}/arbeid/timebok/{place}")
        return
    open_chart(page, ADA)
    if task.do is what_changed:
        put(site, people.laboratory(f"effort-{run}", "Kalium", 4.1, "mmol/L", "2026-11-26"))
    if task.do is reconnect:
        page.get_by_role("button", name="Lås").click()
        expect(page.get_by_role("button", name=re.compile("Åpne igjen"))).to_be_focused()


def test_the_common_tasks_are_within_their_budgets(browser: Browser, site: str, write_docs: bool) -> None:
    rows = []
    for task in TASKS:
        with sitting(browser, site, task.who) as page:
            times = []
            for run in range(RUNS):
                begin(task, page, site, run)
                effort = Effort(page)
                task.do(page, effort)
                times.append(effort.seconds())
                if not write_docs and times[-1] <= (task.seconds or inf):
                    break  # what is within its budget is done again for the page's median alone
        assert not (effort.clicks and task.keys), task.name  # a budget of keys is one without the mouse
        assert task.keys is None or effort.keys <= task.keys, f"{task.name}: {effort.keys} keys"
        assert task.interactions is None or effort.interactions <= task.interactions, task.name
        assert not task.seconds or min(times) <= task.seconds, f"{task.name}: {min(times):.1f} s"
        rows.append((task, effort, median(times)))
    if write_docs:
        DOC.write_text(report(rows))
    assert counts(DOC.read_text()) == counts(report(rows)), "docs/effort.md is behind: run with --write-docs"


def report(rows: list[tuple[Task, Effort, float]]) -> str:
    lines = [
        f"| {task.name} | {did.keys} | {did.clicks} | {did.interactions} | {_budget(task)} | {seconds:.1f} |"
        for task, did, seconds in rows
    ]
    return "\n".join(
        (
            "# What the common tasks cost",
            "",
            "Counted in a browser by `bin/test --write-docs tests/workplace/test_effort.py`; over budget is",
            "a failing test. An interaction is a key, a press of the mouse, or one word or number.",
            f"Seconds are the median of {RUNS} runs, server and browser on one machine.",
            "",
            "| Task | Keys | Mouse | Interactions | Budget | Seconds |",
            "|---|---|---|---|---|---|",
            *lines,
            "",
        )
    )


def _budget(task: Task) -> str:
    parts = [f"{task.keys} keys, no mouse" if task.keys is not None else ""]
    parts.append(f"{task.interactions} interactions" if task.interactions is not None else "")
    parts.append(f"{task.seconds:g} s" if task.seconds else "")
    return ", ".join(filter(None, parts))


def counts(page: str) -> list[str]:
    """The table without its times."""
    return [line.rpartition(" | ")[0] for line in page.splitlines()]
