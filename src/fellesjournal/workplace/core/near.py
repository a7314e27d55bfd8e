"""Those who are near: kin and others, and which of them the citizen has named as the nearest (pbrl § 1-3 b).

Relations are of list 9033. Ties that give somebody a right (guardianship, powers) are not touched here.
"""

from collections.abc import Iterable
from itertools import chain

from fellesjournal.access.guard.ties import TIES
from fellesjournal.norway.codes.people import KIN
from fellesjournal.norway.writing import phone
from fellesjournal.ui import naming
from fellesjournal.workplace.core.kind import HL7, Field, Filled, Json, Kind, code_in, coded, ended_period

_CONTACT = HL7 + "v2-0131"
_NEAREST = "N"
TIED = ("parent", "guardian", "power-of-attorney")
RELATIONS = tuple(one.code for one in KIN.codes if one.valid_to is None and one.active)


def relation(code: str) -> str:
    """What list 9033 calls a relation."""
    found = KIN.find(code)
    return found.display if found else code


def relation_of(one: Json) -> str:
    """What somebody is to the citizen as kin, in words; "" where it is not told."""
    told = one.get("relationship", ())
    listed = (relation(code) for each in told if (code := code_in(each, KIN.system)))
    said = (str(each["text"]) for each in told if "text" in each)
    shown = (
        str(each["display"]) for concept in told for each in concept.get("coding", ()) if "display" in each
    )
    return next(chain(said, listed, shown), "")


def tie_of(one: Json) -> str:
    """By what somebody has a right here: one of TIED; "" for who has none."""
    codings = [each for concept in one.get("relationship", ()) for each in concept.get("coding", ())]
    named = (each.get("code", "") for each in codings if each.get("system") == TIES)
    return next((code for code in named if code in TIED), "")


def is_nearest(one: Json) -> bool:
    """Whether the citizen has named this one as the nearest."""
    return any(code_in(each, _CONTACT) == _NEAREST for each in one.get("relationship", ()))


def persons(near: Iterable[Json]) -> list[list[Json]]:
    """Those of the same person together, in the order of the first of each: the register tells of somebody,
    and so does the citizen. They share an identity number; or a name with a relation or a telephone, where
    their numbers do not speak against it. First in each is what is changed here."""
    found: list[list[Json]] = []
    for one in near:
        same = next((group for group in found if all(_is_same(one, other) for other in group)), None)
        if same is None:
            found.append([one])
        else:
            same.append(one)
    return [sorted(group, key=lambda one: (bool(tie_of(one)), bool(_numbers(one)))) for group in found]


def source_of(one: Json) -> str:
    """Where it comes from: "register" for what has an identity number, which no form here asks for, "given"
    for what was told here."""
    return "register" if _numbers(one) else "given"


def phone_of(one: Json) -> str:
    """The first telephone, as it is written; "" without one."""
    phones = (each.get("value", "") for each in one.get("telecom", ()) if each.get("system") == "phone")
    return str(next(phones, ""))


def _is_same(one: Json, other: Json) -> bool:
    numbers, others = _numbers(one), _numbers(other)
    if numbers and others:
        return bool(numbers & others)
    if naming.person(one).casefold() != naming.person(other).casefold():
        return False
    said = [(relation_of(each), phone(phone_of(each))) for each in (one, other)]
    return any(mine and mine == theirs for mine, theirs in zip(*said, strict=True))


def _numbers(one: Json) -> set[str]:
    return {each["value"] for each in one.get("identifier", ()) if each.get("system") in naming.PERSONAL}


def _make(before: Json, filled: Filled) -> Json:
    fields = filled.fields
    kept = [
        one
        for one in before.get("relationship", ())
        if not code_in(one, KIN.system) and not code_in(one, _CONTACT)
    ]
    said = [coded(KIN.system, fields["relasjon"]) | {"text": relation(fields["relasjon"])}]
    if fields["naermest"] == "ja":
        said.append(coded(_CONTACT, _NEAREST))
    name = {**next(iter(before.get("name", ())), {}), "family": fields["etternavn"]}
    name.pop("text", None)
    name["given"] = fields["fornavn"].split()
    made = {
        "resourceType": "RelatedPerson",
        **before,
        "active": True,
        "patient": filled.subject,
        "relationship": [*said, *kept],
        "name": [name, *before.get("name", ())[1:]],
    }
    others = [one for one in before.get("telecom", ()) if one.get("system") != "phone"]
    called = [{"system": "phone", "value": fields["telefon"]}] if fields["telefon"] else []
    made.pop("telecom", None)
    return made | ({"telecom": [*called, *others]} if called or others else {})


def _read(one: Json) -> dict[str, str]:
    name: Json = next(iter(one.get("name", ())), {})
    relations = (code_in(each, KIN.system) for each in one.get("relationship", ()))
    return {
        "fornavn": " ".join(name.get("given", ())),
        "etternavn": name.get("family", "") or naming.person(one),
        "relasjon": next(filter(None, relations), ""),
        "naermest": "ja" if is_nearest(one) else "nei",
        "telefon": phone_of(one),
    }


def _end(one: Json, now: str) -> Json:
    return {**one, "active": False, "period": ended_period(one, now[:10])}


NEAR = Kind(
    "parorende",
    "RelatedPerson",
    (
        Field("fornavn", required=True),
        Field("etternavn", required=True),
        Field("relasjon", RELATIONS, required=True),
        Field("naermest", ("ja", "nei")),
        Field("telefon"),
    ),
    lambda one: one.get("active", True) is not False,
    _make,
    _read,
    _end,
)
