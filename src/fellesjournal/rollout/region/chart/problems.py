"""Problems: what a citizen has or has had, with ICPC-2 and ICD-10 where both have a code for it."""

from datetime import date
from typing import NamedTuple

from fellesjournal.rollout.region.chart.chart import Chart, Found
from fellesjournal.rollout.region.chart.coding import (
    CLINICAL,
    ICD10,
    ICPC2,
    VERIFICATION,
    Json,
    Term,
    coding,
    concept,
    reference,
)


class Problem(NamedTuple):
    """A problem in our words; either code may be "" when that system is not used for it."""

    text: str
    icpc: str
    icd: str = ""

    @property
    def within(self) -> str:
        """The text as it stands within a sentence: abbreviations and people's names keep their capital."""
        named = self.text[1:2].isupper() or self.text.startswith(("Alzheimers", "Parkinsons"))
        return self.text if named else self.text[:1].lower() + self.text[1:]

    @property
    def terms(self) -> list[Term]:
        """Its codes, the GP's first."""
        both = ((ICPC2, self.icpc), (ICD10, self.icd))
        return [Term(system, code, self.text) for system, code in both if code]


def condition(
    chart: Chart, problem: Problem, since: date, until: date | None, told: date, by: str, contact: str
) -> str:
    """Write a problem. `told` is the day it was written down, `contact` where ("" for none). Returns the
    reference."""
    body: Json = {
        "clinicalStatus": coding(CLINICAL, "resolved" if until else "active"),
        "verificationStatus": coding(VERIFICATION, "confirmed"),
        "category": [coding("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item")],
        "code": concept(*problem.terms),
        "subject": chart.subject,
        "onsetDateTime": since.isoformat(),
        "recordedDate": max(since, told).isoformat(),
        "recorder": reference(by),
    }
    if until:
        body["abatementDateTime"] = until.isoformat()
    if contact:
        place = len(chart.bodies)
        chart.found.append(Found(place, problem.text, problem.icpc, since, until, max(since, told), contact))
        body["encounter"] = reference(contact)
    return chart.add("Condition", body)


def ended(day: date) -> Json:
    """What changes in a problem that is over."""
    return {"clinicalStatus": coding(CLINICAL, "resolved"), "abatementDateTime": day.isoformat()}
