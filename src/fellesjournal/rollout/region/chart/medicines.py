"""Medicines: prescriptions, and the list of what is used and was used."""

from datetime import date
from typing import NamedTuple

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import ATC, Json, Term, concept, reference


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
    def within(self) -> str:
        """The name as it stands within a sentence."""
        return self.name[:1].lower() + self.name[1:]


def prescription(
    chart: Chart, medicine: Medicine, on: date, by: str, *, reason: str = "", contact: str = "", current: bool
) -> str:
    """Write a prescription for a year. Returns the reference."""
    body: Json = {
        "status": "active" if current else "completed",
        "intent": "order",
        "medicationCodeableConcept": medicine.concept,
        "subject": chart.subject,
        "authoredOn": on.isoformat(),
        "requester": reference(by),
        "dosageInstruction": [_dosage(medicine)],
        "dispenseRequest": {"numberOfRepeatsAllowed": 3},
    }
    return chart.add("MedicationRequest", body | _why(reason) | _where(contact, "encounter"))


def statement(
    chart: Chart, medicine: Medicine, since: date, until: date | None, *, reason: str = "", why: str = ""
) -> str:
    """Write a line of the medicine list; `why` says why it was stopped. Returns the reference."""
    period = {"start": since.isoformat()} | ({"end": until.isoformat()} if until else {})
    body: Json = {
        "status": "stopped" if why else "completed" if until else "active",
        "medicationCodeableConcept": medicine.concept,
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
