"""An appointment stored as it becomes, and with it the fee of one who did not come: flagged for payment where
the service asks one, and taken back when the mark is undone; both in one transaction.
"""

from collections.abc import Iterable

from fellesjournal.booking.fees import NOT_MET, fee
from fellesjournal.workplace.booking import parties, words
from fellesjournal.workplace.desk import Desk, Json

MISSED = "noshow"
PLANNED = "planned"
"""The status of a fee that nobody has billed: what is billed is not taken back here."""


async def store(desk: Desk, one: Json, becomes: Json) -> tuple[Json, str]:
    """What is stored, and a sentence about a fee; "" where there is none.

    Raises Conflict or PreconditionFailed as the record does, Unprocessable for a fee that means nothing.
    """
    fees, said = [], ""
    if becomes["status"] == MISSED and one["status"] != MISSED:
        fees = await _fees(desk, becomes)
        said = ", ".join(desk.t.timebok.fee.format(amount=_amount(each)) for each in fees)
        if fees and not desk.writes("ChargeItem"):
            fees, said = [], desk.t.timebok.fee_by_others
    elif one["status"] == MISSED and becomes["status"] != MISSED:
        fees = [each | {"status": "entered-in-error"} for each in await _flagged(desk, one)]
        said = desk.t.timebok.fee_taken_back if fees else ""
    if not fees:
        return await desk.update(becomes), said
    await desk.transact([becomes, *fees])
    return await desk.read("Appointment", one["id"]), said


async def _fees(desk: Desk, one: Json) -> list[Json]:
    """What the first service that asks a fee asks of each who did not come."""
    citizens = [each.partition("/")[2] for each in words.citizens(one)]
    patients = await desk.search("Patient", [("_id", ",".join(citizens))]) if citizens else []
    asked = [
        [made for service in await _services(desk, one) if (made := fee(one, service, patient, desk.now))]
        for patient in patients
    ]
    return [some[0] for some in asked if some]


async def _services(desk: Desk, one: Json) -> list[Json]:
    """Those that take part; else those of the unit that give the kind of visit."""
    named = [each.partition("/")[2] for each in words.comes(one) if each.startswith("HealthcareService/")]
    if named:
        return await desk.search("HealthcareService", [("_id", ",".join(named))])
    kinds = set(_codes(one.get("serviceType", ())))
    given = await parties.services(desk, desk.actor.unit)
    return [each for each in given if kinds & set(_codes(each.get("type", ())))]


async def _flagged(desk: Desk, one: Json) -> list[Json]:
    """The fees of an appointment that nobody has billed yet."""
    citizens = ",".join(words.citizens(one))
    found = await desk.search("ChargeItem", [("subject", citizens), ("code", NOT_MET)]) if citizens else []
    name = f"Appointment/{one['id']}"
    return [
        each
        for each in found
        if each["status"] == PLANNED
        and any(about.get("reference") == name for about in each.get("supportingInformation", ()))
    ]


def _codes(concepts: Iterable[Json]) -> list[tuple[str, str]]:
    codings = (coding for one in concepts for coding in one.get("coding", ()))
    return [(coding.get("system", ""), coding["code"]) for coding in codings if "code" in coding]


def _amount(charge: Json) -> str:
    money = charge["priceOverride"]
    return f"{money['value']:g} {money.get('currency', '')}".strip()
