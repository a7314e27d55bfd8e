"""Modes: each kind of worker has one, with every part of the chart and lists that there are."""

import re
import tomllib
from typing import Any

import pytest

from conftest import ROOT
from fellesjournal.rollout.region.directory import healthcare_service
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.staff import WORKERS
from fellesjournal.workplace.modes.modes import mode_for, modes
from workplace import people
from workplace.conftest import Office
from workplace.people import ADA
from world import staff

PAGE = ROOT / "docs" / "modes.md"
TEXTS = ROOT / "src" / "fellesjournal" / "workplace" / "texts" / "nb.toml"
SCREENS = (
    "worklists",
    "chart",
    "note",
    "measurements",
    "life course",
    "core information",
    "appointments: the day's book, the reception, capacity, the waitlist",
)
"""All that a mode has: everything else, such as documents and series, opens in the work pane of the chart."""
UNITS = {unit.id: unit for unit in Places(200).units}


@pytest.mark.parametrize(
    ("role", "services", "expected"),
    [
        ("lege", ["KA01"], "fastlege"),
        ("lege", ["KA02"], "legevakt"),
        ("sykepleier", ["KA02"], "legevakt"),
        ("lege", ["110"], "sykehuslege"),
        ("lege", [], "sykehuslege"),
        ("sykepleier", ["110"], "sengepost"),
        ("sykepleier", ["KP02"], "hjemmesykepleie"),
        ("helsefagarbeider", ["KP01"], "sykehjem"),
        ("fysioterapeut", ["KR01"], "terapeut"),
        ("helsesykepleier", ["KF01"], "helsestasjon"),
        ("saksbehandler", ["KD0501"], "saksbehandler"),
        ("helsesekretaer", ["KA01"], "sekretaer"),
        ("personvernombud", [], "andre"),
    ],
)
def test_the_role_and_what_the_unit_offers_decide_the_mode(
    role: str, services: list[str], expected: str
) -> None:
    assert mode_for(role, services).id == expected


def test_every_named_worker_of_the_region_has_the_mode_of_the_unit() -> None:
    found = {}
    for worker in WORKERS:
        for post in worker.posts:
            service = healthcare_service(UNITS[post.unit])
            codes = [one["coding"][0]["code"] for one in service["specialty"]] if service else []
            found[post.unit.partition("-")[2], post.policy] = mode_for(post.policy, codes).id
    assert found["legekontor", "lege"] == "fastlege"
    assert found["hjemmetjeneste", "sykepleier"] == "hjemmesykepleie"
    assert found["sykehjem", "lege"] == "sykehjem"
    assert {one.id for one in modes()} - set(found.values()) <= {"helsestasjon"}


async def test_a_chart_has_its_parts_in_the_order_of_the_mode(office: Office) -> None:
    async with office.worker("varm-lyngmo") as worker:
        page = await worker.get(f"/innbygger/{ADA}")
    shown = re.findall(r'id="del-([a-z]+)"', page.text)
    mode = mode_for("sykepleier", ["110"])
    assert shown[-7:] == [*mode.left, *mode.right]


async def test_a_case_officer_is_offered_the_note_and_no_measuring(office: Office) -> None:
    assert "measure" in mode_for("saksbehandler", []).spares
    assert [one.id for one in modes() if one.spares] == ["saksbehandler"]
    applied = people.home_service("ada-applied", ADA, "Praktisk bistand")
    await office.put(applied | {"managingOrganization": {"reference": f"Organization/{staff.OFFICE}"}})
    async with office.worker("varm-lyngmo") as worker:
        nurse = (await worker.get(f"/innbygger/{ADA}")).text
    async with office.worker("grundig-skjellsand") as worker:
        officer = (await worker.get(f"/innbygger/{ADA}")).text
    for key in ("F4", "F8"):
        assert f'data-key="{key}"' in nurse
        assert f'data-key="{key}"' not in officer
    assert "/notat" in officer


def test_the_page_shows_the_modes(write_docs: bool) -> None:
    page = _page()
    if write_docs:
        PAGE.write_text(page)
    assert PAGE.read_text() == page, "run `bin/test --write-docs tests/workplace/test_modes.py`"


def _page() -> str:
    words: dict[str, Any] = tomllib.loads(TEXTS.read_text("utf-8"))
    lines = [
        "# Modes of the workplace",
        "",
        "How the workplace looks to each kind of worker: made from",
        "`src/fellesjournal/workplace/modes/modes.toml` by `bin/test --write-docs`, and checked by every",
        "test run. Roles are those of [roles.md](roles.md); services are the beginnings of the codes of what",
        "the unit offers (lists 8663 and 8451). The first that fits is taken.",
        f"Every mode has the same {len(SCREENS)} screens: {', '.join(SCREENS)}.",
        "",
        "| Mode | Roles | Services | Worklists, in order | At the top of the chart |",
        "|---|---|---|---|---|",
    ]
    for one in modes():
        lists = ", ".join(words["start"][name] for name in one.lists)
        top = ", ".join(
            words[name]["title"] for pair in zip(one.left, one.right, strict=False) for name in pair
        )
        roles, services = ", ".join(one.roles) or "all others", ", ".join(one.services) or "any"
        lines.append(f"| {one.title['nb']} ({one.title['en']}) | {roles} | {services} | {lists} | {top} |")
    return "\n".join(lines) + "\n"
