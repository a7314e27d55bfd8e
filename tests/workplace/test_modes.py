"""Modes: each kind of worker has one, with every part of the chart and lists that there are."""

import re

import pytest

from fellesjournal.rollout.region.directory import healthcare_service
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.staff import WORKERS
from fellesjournal.workplace.modes.modes import mode_for, modes
from workplace.conftest import Office
from workplace.people import ADA

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
