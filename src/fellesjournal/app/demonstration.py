"""The demo: a practice site below the data folder, with synthetic citizens."""

import os
import webbrowser
from dataclasses import replace
from datetime import date
from pathlib import Path

from rich.console import Console

from fellesjournal.app import server
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.region import POCKET, SEED, Plan

YEARS = 10
"""Years of record in the demo."""


def settings(given: Settings) -> Settings:
    """The demo's settings; they are put in the environment too, for the server's workers to read.

    Raises Trouble for a database that nobody has said is for practice.
    """
    if given.database_url and not given.practice_site:
        raise Trouble(
            "In the demo anybody may be anybody: set FELLESJOURNAL_PRACTICE_SITE=true if no real person is "
            "in the database that DATABASE_URL names."
        )
    chosen = replace(given, data=given.data / "demo", practice_site=True)
    os.environ["FELLESJOURNAL_DATA"] = str(chosen.data)
    os.environ["FELLESJOURNAL_PRACTICE_SITE"] = "true"
    os.environ["FELLESJOURNAL_PORT"] = str(chosen.port)
    return chosen


def region(chosen: Settings, today: date) -> Plan:
    """The region of the demo: the small one, with records that end on the day it was first built."""
    mark = chosen.data / "region"
    if not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(years_after(today, -YEARS).isoformat())
    return Plan(POCKET, SEED, date.fromisoformat(mark.read_text()), YEARS)


def lacks_terminology(chosen: Settings, made_from: str) -> bool:
    """Whether the code systems of set-up are to be loaded; `made_from` is what they are made from now."""
    mark = _terminology_mark(chosen)
    return not mark.exists() or mark.read_text() != made_from


def mark_terminology(chosen: Settings, made_from: str) -> None:
    """Note that the code systems are loaded, and what they were made from."""
    _terminology_mark(chosen).write_text(made_from)


def welcome(chosen: Settings, console: Console) -> None:
    """Say where the demo is, and show it when there is a desktop."""
    address = f"{server.address_of(chosen)}/"
    console.print(f"\nFellesjournal is ready: {address}\nFHIR R4 service: {address}fhir\nStop with Ctrl-C.")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(address)


def _terminology_mark(chosen: Settings) -> Path:
    return chosen.data / "code-systems"
