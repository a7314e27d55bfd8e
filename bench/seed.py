"""The nine resources of the CRUD workload: their bodies, references and changes (k6/crud.js)."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

Tree = dict[str, Any]

ORDER = (
    "Patient",
    "Location",
    "Organization",
    "Practitioner",
    "Encounter",
    "Observation",
    "MedicationRequest",
    "Claim",
    "ExplanationOfBenefit",
)
FILES = Path(__file__).with_name("seed")


@cache
def _text(type: str) -> bytes:
    return (FILES / f"{type}.json").read_bytes()


def fresh(type: str, made: dict[str, Tree]) -> Tree:
    """A new resource of `type` that points to the ones already `made` in this iteration."""
    tree: Tree = msgspec.json.decode(_text(type))
    if refer := REFERENCES.get(type):
        refer(tree, {name: {"reference": f"{name}/{other['id']}"} for name, other in made.items()})
    return tree


def _encounter(tree: Tree, to: dict[str, Tree]) -> None:
    tree["subject"], tree["serviceProvider"] = to["Patient"], to["Organization"]
    tree["location"][0]["location"] = to["Location"]
    tree["participant"][0]["individual"] = to["Practitioner"]


def _observation(tree: Tree, to: dict[str, Tree]) -> None:
    tree["subject"], tree["encounter"] = to["Patient"], to["Encounter"]


def _medication_request(tree: Tree, to: dict[str, Tree]) -> None:
    tree["subject"], tree["encounter"], tree["requester"] = to["Patient"], to["Encounter"], to["Practitioner"]


def _claim(tree: Tree, to: dict[str, Tree]) -> None:
    tree["patient"], tree["provider"] = to["Patient"], to["Organization"]
    tree["prescription"] = to["MedicationRequest"]
    tree["item"][0]["encounter"] = [to["Encounter"]]


def _explanation(tree: Tree, to: dict[str, Tree]) -> None:
    order, coverage = tree["contained"]
    order["subject"], order["requester"], order["performer"] = (
        to["Patient"],
        to["Practitioner"],
        [to["Practitioner"]],
    )
    coverage["beneficiary"] = to["Patient"]
    tree["patient"], tree["provider"], tree["claim"] = to["Patient"], to["Practitioner"], to["Claim"]
    tree["careTeam"][0]["provider"] = to["Practitioner"]
    tree["item"][0]["encounter"] = [to["Encounter"]]


REFERENCES: dict[str, Callable[[Tree, dict[str, Tree]], None]] = {
    "Encounter": _encounter,
    "Observation": _observation,
    "MedicationRequest": _medication_request,
    "Claim": _claim,
    "ExplanationOfBenefit": _explanation,
}


def change(tree: Tree) -> None:
    """The one change the update makes to the resource that was created."""
    type = tree["resourceType"]
    if type in TOGGLES:
        member, one, other = TOGGLES[type]
        tree[member] = other if tree.get(member) == one else one
    elif type in ("Location", "Organization"):
        tree["name"] += f" {time.time_ns() // 1_000_000}"
    else:
        tree["issued" if type == "Observation" else "created"] = datetime.now(UTC).isoformat(
            "T", "milliseconds"
        )


TOGGLES = {
    "Encounter": ("status", "planned", "in-progress"),
    "MedicationRequest": ("status", "on-hold", "draft"),
    "Patient": ("gender", "unknown", "other"),
    "Practitioner": ("gender", "unknown", "other"),
}
