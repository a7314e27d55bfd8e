"""The fixed column of the chart: who it is, what is dangerous, whom to call, how one lives and speaks."""

from functools import partial

from fellesjournal.norway.writing import phone
from fellesjournal.ui import naming
from fellesjournal.workplace.asking import Asking, Facts, of
from fellesjournal.workplace.core import core
from fellesjournal.workplace.core.allergies import ALLERGIES, is_none_known
from fellesjournal.workplace.core.language import LANGUAGE, needs_interpreter, preferred
from fellesjournal.workplace.core.living import LIVING
from fellesjournal.workplace.core.near import NEAR, is_nearest, persons, phone_of, relation_of, tie_of
from fellesjournal.workplace.core.reservations import RESERVATIONS
from fellesjournal.workplace.desk import Desk, Json

SHOWS = ("Patient", "AllergyIntolerance", "Flag", "RelatedPerson", "Consent")
_GROWN = 18
_NORWEGIAN = {"nb", "nn", "no", ""}


_KINDS = (ALLERGIES, NEAR, RESERVATIONS, LIVING)


async def ask(desk: Desk, id: str) -> Asking:
    """What the column shows. How one lives is read with it, but does not make it live: every pulse that is
    measured would fetch it anew."""
    return Asking((of(id, "Flag"), *(core.question(kind, id) for kind in _KINDS)), partial(_facts, desk))


def _facts(desk: Desk, flags: list[Json], *found: list[Json]) -> Facts:
    patient = desk.citizen
    allergies, near, reservations, living = map(core.held, _KINDS, found)
    return {
        "gender": gender_of(patient, naming.age(patient, desk.now)),
        "died": patient.get("deceasedDateTime", ""),
        "name": naming.person(patient),
        "age": naming.age(patient, desk.now),
        "number": naming.identity(patient),
        "contact": _contact(patient),
        "allergies": [_allergy(one) for one in _gravest_first(allergies) if not is_none_known(one)],
        "none_known": next((one.get("recordedDate", "") for one in allergies if is_none_known(one)), ""),
        "flags": [naming.concept(one.get("code")) for one in flags if one["status"] == "active"],
        "kin": _kin(desk, near)[:6],
        "reservations": [core.title(desk, RESERVATIONS, one) for one in reservations],
        "living": [naming.concept(one.get("valueCodeableConcept")) for one in living],
        "speaks": _speaks(desk, patient),
        "interpreter": needs_interpreter(patient),
        "may": {kind.name: desk.writes(kind.type_name) for kind in core.KINDS.values()},
    }


def gender_of(patient: Json, age: str) -> str:
    """The name of a text: children are girls and boys."""
    gender = str(patient.get("gender", "unknown"))
    is_child = bool(age) and (not age.isdigit() or int(age) < _GROWN)
    return {"female": "girl", "male": "boy"}.get(gender, gender) if is_child else gender


def _speaks(desk: Desk, patient: Json) -> str:
    """The language, where it is not Norwegian."""
    code = preferred(patient)
    if code in _NORWEGIAN:
        return ""
    said = next((naming.concept(one["language"]) for one in patient["communication"]), "")
    return core.option(desk, LANGUAGE, LANGUAGE.fields[0], code) or said


def _kin(desk: Desk, near: list[Json]) -> list[Json]:
    """Each of those near once, the nearest first: who also acts for the citizen is in the record twice."""
    rows = [_near(desk, same) for same in persons(near)]
    return sorted(rows, key=lambda row: not row["nearest"])


def _near(desk: Desk, same: list[Json]) -> Json:
    """One person, by all that is told of them."""
    ties = (desk.t.ties[tie] for one in same if (tie := tie_of(one)))
    return {
        "name": naming.person(same[0]),
        "relation": next(filter(None, (*map(relation_of, same), *ties)), ""),
        "nearest": any(map(is_nearest, same)),
        "phone": phone(next(filter(None, map(phone_of, same)), "")),
    }


def _contact(patient: Json) -> list[str]:
    """Address, telephone and e-mail, a line each."""
    address: Json = next(iter(patient.get("address", ())), {})
    lines = [*address.get("line", ()), address.get("city", "")]
    reached = (phone(each.get("value", "")) for each in patient.get("telecom", ()))
    return [one for one in (*lines, *reached) if one]


def _gravest_first(allergies: list[Json]) -> list[Json]:
    return sorted(allergies, key=lambda one: one.get("criticality") != "high")


def _allergy(allergy: Json) -> str:
    reaction: Json = next(iter(allergy.get("reaction", ())), {})
    shown = ", ".join(filter(None, map(naming.concept, reaction.get("manifestation", ()))))
    return naming.concept(allergy.get("code")) + (f": {shown}" if shown else "")
