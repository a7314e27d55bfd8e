"""Pictures that are taken, and what the radiologist wrote of them."""

from datetime import datetime
from enum import StrEnum

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, coding, reference
from fellesjournal.rollout.region.moments import written

_DICOM = "http://dicom.nema.org/resources/ontology/DCM"
_SECTION = "http://terminology.hl7.org/CodeSystem/v2-0074"


class Modality(StrEnum):
    """How pictures are taken: codes of DICOM."""

    CT = "CT"
    MRI = "MR"
    XRAY = "DX"
    ULTRASOUND = "US"
    MAMMOGRAPHY = "MG"
    DENSITY = "BMD"


def examination(
    chart: Chart,
    modality: Modality,
    what: str,
    found: str,
    span: tuple[datetime, datetime],
    by: str,
    unit: str,
    contact: str,
    request: str = "",
) -> str:
    """Write a study and its report; `span` is when they were taken and described, `request` the referral.
    Returns the reference to the report."""
    when, described = span
    study: Json = {
        "status": "available",
        "modality": [{"system": _DICOM, "code": modality.value}],
        "subject": chart.subject,
        "encounter": reference(contact),
        "started": written(when),
        "description": what,
    }
    report: Json = {
        "status": "final",
        "category": [coding(_SECTION, "RAD")],
        "code": {"text": what},
        "subject": chart.subject,
        "encounter": reference(contact),
        "effectiveDateTime": written(when),
        "issued": written(described),
        "performer": [reference(by), reference(unit)],
        "conclusion": found,
    }
    if request:
        study["basedOn"] = report["basedOn"] = [reference(request)]
    report["imagingStudy"] = [reference(chart.add("ImagingStudy", study))]
    return chart.add("DiagnosticReport", report)
