"""What resources are called on a screen: names, codes, values, taken out of FHIR's shapes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from fellesjournal.norway.ages import age_on
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.ui.norwegian import OSLO

Json = dict[str, Any]

PERSONAL = {Kind.BIRTH_NUMBER.system, Kind.D_NUMBER.system, Kind.COMMON_HELP_NUMBER.system, "HNR"}


def person(resource: Mapping[str, Any]) -> str:
    """Given names and family name."""
    name: Json = next(iter(resource.get("name", ())), {})
    return name.get("text") or " ".join([*name.get("given", ()), name.get("family", "")]).strip()


def party(resource: Mapping[str, Any]) -> str:
    """What a person or an organisation is called."""
    name = resource.get("name", "")
    return name if isinstance(name, str) else person(resource)


def identity(patient: Mapping[str, Any]) -> str:
    """The identity number as people write it: six digits, a space, five."""
    found = [one.get("value", "") for one in patient.get("identifier", ()) if one.get("system") in PERSONAL]
    return f"{found[0][:6]} {found[0][6:]}" if found else ""


def age(patient: Mapping[str, Any], now: datetime) -> str:
    """84 years as a number; whole months below two years, days below two months, as "11 md" and "12 d"; ""
    when it is not known."""
    born = patient.get("birthDate", "")
    if len(born) != 10:
        return ""
    day = date.fromisoformat(born)
    on = now.astimezone(OSLO).date()
    if on < day:
        return ""
    years = age_on(day, on)
    months = (on.year - day.year) * 12 + on.month - day.month - (on.day < day.day)
    if months < 2:
        return f"{(on - day).days} d"
    return str(years) if years >= 2 else f"{months} md"


def concept(value: Mapping[str, Any] | None) -> str:
    """What a CodeableConcept is called: its text, else a display, else a code."""
    if not value:
        return ""
    codings = value.get("coding", ())
    said = value.get("text") or next((one["display"] for one in codings if "display" in one), "")
    return said or next((one["code"] for one in codings if "code" in one), "")


def code(value: Mapping[str, Any] | None, system: str) -> str:
    """The code of a system; "" when there is none."""
    codings = (value or {}).get("coding", ())
    return next((one.get("code", "") for one in codings if one.get("system") == system), "")


def dotted(icd10: str) -> str:
    """A code of ICD-10 as people write it: J18.9, though releases for machines leave the dot out."""
    is_bare = len(icd10) > 3 and icd10[1:3].isdigit() and icd10.isalnum()
    return f"{icd10[:3]}.{icd10[3:]}" if is_bare else icd10


def when(resource: Mapping[str, Any]) -> str:
    """The date or dateTime that a resource is about."""
    for name in ("effectiveDateTime", "onsetDateTime", "performedDateTime", "occurrenceDateTime", "date",
                 "authoredOn", "sent", "recordedDate", "start"):  # fmt: skip
        if value := resource.get(name):
            return str(value)
    for name in ("effectivePeriod", "period", "performedPeriod"):
        if value := resource.get(name, {}).get("start"):
            return str(value)
    return ""


def coded_as(value: Mapping[str, Any]) -> set[str]:
    """Every code of a CodeableConcept."""
    return {one.get("code", "") for one in value.get("coding", ())}


def is_wrong(resource: Mapping[str, Any]) -> bool:
    """Whether it was entered in error: it has been said, and is not so."""
    verified = coded_as(resource.get("verificationStatus", {}))
    return "entered-in-error" in {resource.get("status"), *verified}


def references(value: Any) -> set[str]:
    """Every reference in an element, be it a Reference, a list, or something that holds one."""
    if isinstance(value, Mapping):
        own = {str(value["reference"])} if "reference" in value else set()
        return own.union(*map(references, value.values()))
    return set().union(*map(references, value)) if isinstance(value, list) else set()
