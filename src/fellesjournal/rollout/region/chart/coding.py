"""The code systems that the region's records use, and codes and quantities as FHIR writes them."""

from typing import Any, NamedTuple

from fellesjournal.norway.identity.kinds import OID

Json = dict[str, Any]

ICPC2, ICD10, ATC = OID + "1.7170", OID + "1.7110", OID + "1.7180"
NKPK = OID + "1.7275"
"""Norsk klinisk prosedyrekodeverk: surgery, medicine and radiology together."""
DOCUMENT, SERVICE, VARIABLE = OID + "1.9602", OID + "1.9151", OID + "1.9111"
LOINC, UCUM = "http://loinc.org", "http://unitsofmeasure.org"
_HL7 = "http://terminology.hl7.org/CodeSystem/"
ACT, CATEGORY = _HL7 + "v3-ActCode", _HL7 + "observation-category"
CLINICAL, VERIFICATION = _HL7 + "condition-clinical", _HL7 + "condition-ver-status"


def _absent(reason: str) -> Json:
    url = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
    return {"extension": [{"url": url, "valueCode": reason}]}


UNKNOWN, NOT_APPLICABLE = _absent("unknown"), _absent("not-applicable")
"""What stands for a value that is not known, or that cannot be, where a profile asks for one (R4,
data-absent-reason)."""


class Term(NamedTuple):
    """A code with what people call it here."""

    system: str
    code: str
    text: str


def concept(*terms: Term) -> Json:
    """A CodeableConcept of one meaning in one or more systems; the first one's text is shown."""
    return {"coding": [{"system": one.system, "code": one.code} for one in terms], "text": terms[0].text}


def coding(system: str, code: str) -> Json:
    """A CodeableConcept of a code that needs no words."""
    return {"coding": [{"system": system, "code": code}]}


HOME_SERVICES = coding(OID + "1.7619", "7")
"""Where appointments at home belong, by the list that Helsenorge sorts them by (hn-basis-appointment)."""
AT_HOME = coding(OID + "1.7617", "Hjemmebesok")
"""The kind of appointment that is a visit at home: citizens may cancel it until it begins."""


def quantity(value: float, unit: str, code: str) -> Json:
    """A Quantity in a UCUM unit."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def reference(to: str) -> Json:
    """A Reference."""
    return {"reference": to}
