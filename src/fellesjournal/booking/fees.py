"""The fee of one who did not come. Pure.

Whether one is asked is the service's: an extension with the amount, and from which age. It is flagged for
payment, as a ChargeItem that is planned; whoever bills decides.
"""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import chain
from typing import Any

from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.bundle import instant
from fellesjournal.fhir.dates import date_span
from fellesjournal.fhir.extensions import members
from fellesjournal.norway.codes.contacts import CANCELLED

Tree = Mapping[str, Any]
Made = dict[str, Any]

FEE = "https://fellesjournal.no/fhir/StructureDefinition/no-show-fee"
"""On a HealthcareService: amount (Money), and from-age (unsignedInt; 0 where it does not say)."""
NOT_MET = "IM"
"""Of list 7621. R4 lets no reason stand on an Appointment of status noshow: it stands on what is charged."""


class Meaningless(Unprocessable):
    """A fee that a service asks without saying how much."""


def fee(appointment: Tree, service: Tree, patient: Tree, now: datetime) -> Made | None:
    """What is flagged for payment when a citizen did not come; None where the service asks no fee, or not of
    one so young, or the appointment is not marked so. Raises Meaningless for a fee that is none.
    """
    if appointment.get("status") != "noshow":
        return None
    stated = [one for one in service.get("extension", ()) if one.get("url") == FEE]
    told = dict(chain.from_iterable(map(members, stated)))
    if not told:
        return None
    amount, least = told.get("amount"), told.get("from-age", 0)
    if not isinstance(amount, Mapping) or not isinstance(least, int) or "value" not in amount:
        text = "A fee for not coming has an amount (valueMoney) and perhaps from-age (valueUnsignedInt)."
        raise Meaningless(Issue("value", text, "HealthcareService.extension"))
    day = date_span(appointment["start"])[0].astimezone(NORWAY).date()
    if least and _age(patient, day) < least:
        return None
    made = _charge(appointment, amount, f"Patient/{patient['id']}", now)
    by = service.get("providedBy", {}).get("reference")
    return made | ({"performingOrganization": {"reference": by}} if by else {})


def _charge(appointment: Tree, amount: Mapping[str, Any], citizen: str, now: datetime) -> Made:
    listed = CANCELLED.find(NOT_MET)
    assert listed is not None
    coding = {"system": CANCELLED.system, "code": NOT_MET, "display": listed.display}
    return {
        "resourceType": "ChargeItem",
        "status": "planned",
        "code": {"coding": [coding], "text": "Gebyr: ikke møtt til avtalt time"},
        "subject": {"reference": citizen},
        "occurrenceDateTime": appointment["start"],
        "enteredDate": instant(now),
        "priceOverride": dict(amount),
        "supportingInformation": [{"reference": f"Appointment/{appointment['id']}"}],
    }


def _age(patient: Tree, day: date) -> int:
    """Whole years on a day; old enough for anything when nobody knows."""
    born = str(patient.get("birthDate", ""))
    if len(born) < len("2026-01-01"):
        return 999
    birth = date.fromisoformat(born)
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
