"""Which scale of saturation NEWS2 takes for a citizen: 2 when a doctor has chosen it, and until one ends it.

The choice is a Flag with its doctor and its time: it stands in the column, and its history tells who did
what. RCP 2017: scale 2 is for hypercapnic respiratory failure only, and a competent clinician decides.
"""

from collections.abc import Iterable
from typing import NamedTuple

from fellesjournal.access.journal import Question
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.asking import of
from fellesjournal.workplace.desk import Desk, Json, NotYours
from fellesjournal.workplace.vitals.rules import Scale
from fellesjournal.workplace.vitals.signs import OWN

CODE = "news2-skala-2"
_CHOOSERS = {"lege", "psykiatrisk-lege"}


class Chosen(NamedTuple):
    """The scale in force; `flag` is the choice of scale 2."""

    scale: Scale
    flag: Json | None = None

    @property
    def by(self) -> str:
        """Who chose it."""
        return str((self.flag or {}).get("author", {}).get("display", ""))

    @property
    def since(self) -> str:
        """When."""
        return str((self.flag or {}).get("period", {}).get("start", ""))


def may_choose(desk: Desk) -> bool:
    """Whether the active role is a doctor's."""
    return desk.actor.role in _CHOOSERS and desk.writes("Flag")


async def chosen(desk: Desk, id: str) -> Chosen:
    """The scale of a citizen now."""
    return among(await desk.search("Flag", asked(id).parameters))


def asked(id: str) -> Question:
    """The search for the flags of a citizen."""
    return of(id, "Flag", _count="50")


def among(flags: Iterable[Json]) -> Chosen:
    """The scale that the flags of a citizen say."""
    for one in flags:
        codes = {(each.get("system"), each.get("code")) for each in one["code"].get("coding", ())}
        if one["status"] == "active" and (OWN, CODE) in codes:
            return Chosen(2, one)
    return Chosen(1)


async def choose(desk: Desk) -> None:
    """Take scale 2 for the citizen, or end it; what has been done already stays as it is.

    Raises Forbidden for others than doctors, PreconditionFailed when somebody else was quicker.
    """
    if not may_choose(desk):
        raise NotYours(desk.t.vitals.scale_doctor)
    id, wanted = desk.part_of_path("id"), desk.form.get("skala", "")
    now = await chosen(desk, id)
    moment = desk.now.astimezone(OSLO).isoformat(timespec="seconds")
    if wanted == "2" and now.flag is None:
        await desk.create(_flag(desk, id, moment))
    elif wanted == "1" and now.flag is not None:
        period = {**now.flag.get("period", {}), "end": moment}
        await desk.transact([{**now.flag, "status": "inactive", "period": period}])


def _flag(desk: Desk, id: str, moment: str) -> Json:
    return {
        "resourceType": "Flag",
        "status": "active",
        "category": [
            {
                "coding": [
                    {"system": "http://terminology.hl7.org/CodeSystem/flag-category", "code": "clinical"}
                ]
            }
        ],
        "code": {"coding": [{"system": OWN, "code": CODE}], "text": desk.t.vitals.scale_flag},
        "subject": {"reference": f"Patient/{id}"},
        "period": {"start": moment},
        "author": {"reference": desk.actor.person, "display": desk.actor.display},
    }
