"""A power of attorney in three steps: to whom, what for and how long, and yes. Ended with one press.

What has been answered goes with the form from step to step: nothing is stored, and no number stands in an
address.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from starlette.responses import Response

from fellesjournal.access import kin
from fellesjournal.access.journal import Power
from fellesjournal.access.representing import Given
from fellesjournal.errors import Conflict, NotFound
from fellesjournal.norway.ages import HEALTH_MAJORITY, age_on, reaches
from fellesjournal.norway.profiles import ADDRESS_PROTECTION, HIDDEN_ADDRESS
from fellesjournal.norway.representation import Grant, Purpose, Tie
from fellesjournal.portal.folder import Amiss, Folder
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import OSLO

FIELDS = {Purpose.READ: "les", Purpose.BOOK: "bestill", Purpose.WRITE: "skriv"}
LASTS: Mapping[str, tuple[int, int]] = {
    "month": (0, 30),
    "half-year": (0, 182),
    "year": (1, 0),
    "two-years": (2, 0),
    "five-years": (5, 0),
}
"""How long: years and days from today."""
DIGITS = 11


async def who(folder: Folder) -> Response:
    """The first step. Who may give none is told why: it is about themselves."""
    return folder.page("fullmakt-hvem.html", hindered=await hindered(folder), fault="", typed={})


async def what(folder: Folder) -> Response:
    """The second step: what for and how long. An answer to the first that cannot be right is asked anew."""
    if fault := _fault_of_who(folder):
        return _who_again(folder, fault)
    return _what(folder)


async def look(folder: Folder) -> Response:
    """The third step: what will be, in words."""
    if fault := _fault_of_who(folder):
        return _who_again(folder, fault)
    if fault := _fault_of_what(folder):
        return _what(folder, 400, fault)
    return folder.page(
        "fullmakt-se.html",
        typed=folder.form,
        number=f"{_number(folder)[:6]} {_number(folder)[6:]}",
        purposes=[one.value for one in Purpose if one in _purposes(folder)],
        fields=[FIELDS[one] for one in _purposes(folder)],
        until=_until(folder).isoformat(),
    )


async def give(folder: Folder) -> Response:
    """Give it. Nobody of that name and number, and who may hold none, are told of in the same words."""
    if fault := _fault_of_who(folder):
        return _who_again(folder, fault)
    if fault := _fault_of_what(folder):
        return _what(folder, 400, fault)
    family = folder.form.get("etternavn", "")
    power = Power(_number(folder), family, frozenset(_purposes(folder)), _until(folder))
    try:
        await folder.journal.give_power(power)
    except NotFound:
        return _who_again(folder, folder.t.power.nobody)
    except Conflict:
        return _who_again(folder, folder.t.power.has_one)
    return folder.redirect("/deling?gitt=ja")


async def end(folder: Folder) -> Response:
    """End one that the visitor gave or holds. Raises NotFound."""
    await folder.journal.end_power(folder.part_of_path("id"))
    return folder.visit.redirect("/min/deling")


async def hindered(folder: Folder) -> str:
    """Why the visitor may give none, as a word of the catalogue's `hindered`; "" when they may."""
    if folder.actor.represents:
        return "another"
    patient = await folder.read("Patient", folder.citizen)
    protections = (one for one in patient.get("extension", ()) if one.get("url") == ADDRESS_PROTECTION)
    if any(one.get("valueCode") in HIDDEN_ADDRESS for one in protections):
        return "protected"
    born = patient.get("birthDate", "")
    if len(born) == len("2026-11-26") and age_on(date.fromisoformat(born), _today(folder)) < HEALTH_MAJORITY:
        return "young"
    return ""


async def representatives(folder: Folder) -> list[Json]:
    """Those bound to the citizen by a tie, with what it gives today: nothing is told as just that."""
    related = await folder.search("RelatedPerson", [("patient", folder.citizen), ("_count", "50")])
    given = await folder.representing.given(folder.patient)
    nothing = Given("", ())
    return [
        _representative(folder, one, ties, given.get(one["id"], nothing).grants)
        for one in related
        if one.get("active", True) and (ties := _ties(one))
    ]


async def held(folder: Folder) -> str:
    """The power of attorney by which the visitor acts for this citizen, as the id of its RelatedPerson; ""
    for none."""
    given = await folder.representing.given(folder.patient) if folder.actor.represents else {}
    return next(
        (
            id
            for id, one in given.items()
            if one.holder == folder.actor.person
            and any(g.tie.value == "power-of-attorney" for g in one.grants)
        ),
        "",
    )


def _representative(folder: Folder, related: Json, ties: list[str], grants: Sequence[Grant]) -> Json:
    return {
        "id": related["id"],
        "name": naming.person(related),
        "ties": ties,
        "purposes": [grant.purpose.value for grant in grants],
        "learns": next((grant.learns.name.lower() for grant in grants), ""),
        "until": related.get("period", {}).get("end", ""),
        "ends": Tie.POWER_OF_ATTORNEY.value in ties and not folder.actor.represents,
    }


def _what(folder: Folder, status: int = 200, fault: str = "") -> Response:
    return folder.page(
        "fullmakt-hva.html", status, typed=folder.form, fields=FIELDS, lasts=tuple(LASTS), fault=fault
    )


def _who_again(folder: Folder, fault: str) -> Response:
    """The first step once more, with what was typed."""
    return folder.page("fullmakt-hvem.html", 400, hindered="", fault=fault, typed=folder.form)


def _fault_of_who(folder: Folder) -> str:
    number = _number(folder)
    whole = number.isascii() and number.isdigit() and len(number) == DIGITS
    return "" if whole and folder.form.get("etternavn", "").strip() else folder.t.power.who_missing


def _fault_of_what(folder: Folder) -> str:
    purposes = _purposes(folder)
    if not purposes or folder.form.get("lenge") not in LASTS:
        return str(folder.t.power.what_missing)
    blind = Purpose.WRITE in purposes and Purpose.READ not in purposes
    return str(folder.t.power.read_too) if blind else ""


def _number(folder: Folder) -> str:
    """The number without the spaces that people write in it."""
    return "".join(folder.form.get("nummer", "").split())


def _purposes(folder: Folder) -> list[Purpose]:
    return [purpose for purpose, field in FIELDS.items() if folder.form.get(field) == "ja"]


def _until(folder: Folder) -> date:
    """The last day. Raises Amiss for a time that is not offered."""
    if (lasts := LASTS.get(folder.form.get("lenge", ""))) is None:
        raise Amiss(folder.t.power.what_missing)
    years, days = lasts
    return reaches(_today(folder), years) + timedelta(days=days)


def _today(folder: Folder) -> date:
    return folder.now.astimezone(OSLO).date()


def _ties(related: Json) -> list[str]:
    known = {tie.value for tie in Tie}
    return sorted(kin.codes(related) & known)
