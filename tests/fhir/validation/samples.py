"""Small resources that are sound, to be made faulty."""

from typing import Any

CODE = {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]}

OTHER_CODE = {"coding": [{"system": "http://loinc.org", "code": "8462-4"}]}


def patient(**members: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", **members}


def observation(**members: Any) -> dict[str, Any]:
    return {"resourceType": "Observation", "status": "final", "code": CODE, **members}


def basic(**members: Any) -> dict[str, Any]:
    """A resource whose extensions carry values of every type."""
    return {"resourceType": "Basic", "code": CODE, **members}


def holding(kind: str, value: Any) -> dict[str, Any]:
    """A resource with one value of a primitive type."""
    return basic(extension=[{"url": "urn:x", f"value{kind[0].upper()}{kind[1:]}": value}])


def narrated(div: Any) -> dict[str, Any]:
    return patient(text={"status": "generated", "div": div})
