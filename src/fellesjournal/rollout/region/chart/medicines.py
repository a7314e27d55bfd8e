"""Medicines: prescriptions, and the list of what is used and was used."""

import re
from datetime import date
from typing import NamedTuple

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import ATC, UNKNOWN, Json, Term, concept, reference

FEST = "http://ehelse.no/fhir/CodeSystem/FEST"
"""Where the state's register of medicines has its numbers."""
CONTAINED = "legemiddel"
"""The id of the Medication within a line of the medicine list."""
_STRENGTH = re.compile(r"\d|%|^(?:mg|g|mikrog|µg|E)(?:/|$)")
"""A word of a name that belongs to the strength: the form stands behind the last of them."""
_FOR_SO_LONG = re.compile(r"\bi \w+ (?:dager?|døgn|uker?|måneder?)\b|^Settes inn")
"""What a dose says of how long it is taken, or that it is put in."""
_ONCE = ("B01AB", "N02A")
"""ATC codes of what is not given out again without being asked for: heparins after operations, opioids."""
_A_YEAR = 3
"""How often a prescription for three months is given out again in the year that it is for."""


class Medicine(NamedTuple):
    """A medicine as it is prescribed: ATC code, name with strength and form, how it is taken."""

    atc: str
    name: str
    dose: str
    as_needed: bool = False

    @property
    def concept(self) -> Json:
        """CodeableConcept of the medicine."""
        return concept(Term(ATC, self.atc, self.name))

    @property
    def resource(self) -> Json:
        """The medicine as no-basis-Medication has it, to be contained. FEST's number for it and its form's in
        Volven's list 7448 are not known here, as R4 has a way to say."""
        form = self._form
        coded = self.concept
        coded["coding"].append({"system": FEST, "_code": UNKNOWN, "display": self.name})
        return {
            "resourceType": "Medication",
            "id": CONTAINED,
            "code": coded,
            "form": {"coding": [{"display": form}], "text": form},
        }

    @property
    def _form(self) -> str:
        words = self.name.split()
        last = max((place for place, word in enumerate(words) if _STRENGTH.search(word)), default=0)
        return " ".join(words[last + 1 :])

    @property
    def line(self) -> str:
        """It, and how it is taken, as a list in a letter has it: units keep their capital."""
        return f"{self.name}: {self.dose[:1].lower()}{self.dose[1:]}"

    @property
    def within(self) -> str:
        """The name as it stands within a sentence."""
        return self.name[:1].lower() + self.name[1:]


def prescription(
    chart: Chart,
    medicine: Medicine,
    on: date,
    by: str,
    *,
    reason: str = "",
    contact: str = "",
    current: bool,
    renewed: bool = True,
) -> str:
    """Write a prescription, for a year; a cure, and what says for how long it is used, is given out once.
    Returns the reference."""
    passes = _FOR_SO_LONG.search(medicine.dose) and "en uke uten" not in medicine.dose
    for_a_year = renewed and not passes and not medicine.atc.startswith(_ONCE)
    body: Json = {
        "status": "active" if current else "completed",
        "intent": "order",
        "medicationCodeableConcept": medicine.concept,
        "subject": chart.subject,
        "authoredOn": on.isoformat(),
        "requester": reference(by),
        "dosageInstruction": [_dosage(medicine)],
        "dispenseRequest": {"numberOfRepeatsAllowed": _A_YEAR if for_a_year else 0},
    }
    return chart.add("MedicationRequest", body | _why(reason) | _where(contact, "encounter"))


def statement(
    chart: Chart, medicine: Medicine, since: date, until: date | None, *, reason: str = "", why: str = ""
) -> str:
    """Write a line of the medicine list; `why` says why it was stopped. Returns the reference."""
    period = {"start": since.isoformat()} | ({"end": until.isoformat()} if until else {})
    body: Json = {
        "contained": [medicine.resource],
        "status": "stopped" if why else "completed" if until else "active",
        "medicationReference": {"reference": f"#{CONTAINED}", "display": medicine.name},
        "subject": chart.subject,
        "effectivePeriod": period,
        "dosage": [_dosage(medicine)],
    }
    if why:
        body["statusReason"] = [{"text": why}]
    return chart.add("MedicationStatement", body | _why(reason))


def _dosage(medicine: Medicine) -> Json:
    return {"text": medicine.dose} | ({"asNeededBoolean": True} if medicine.as_needed else {})


def _why(reason: str) -> Json:
    return {"reasonReference": [reference(reason)]} if reason else {}


def _where(contact: str, name: str) -> Json:
    return {name: reference(contact)} if contact else {}
