"""Small profiles and resources to try them on."""

from typing import Any

URL = "http://lyngdalsfjord.example/fhir/StructureDefinition/"
CORE = "http://hl7.org/fhir/StructureDefinition/"


def profile(kind: str, *elements: dict[str, Any], name: str = "prove", base: str = "") -> dict[str, Any]:
    """A profile with a differential; an element's path is its id without slices."""
    return {
        "resourceType": "StructureDefinition",
        "url": URL + name,
        "name": name,
        "kind": "resource",
        "abstract": False,
        "type": kind,
        "derivation": "constraint",
        "baseDefinition": base or CORE + kind,
        "differential": {"element": [{"id": kind, "path": kind}, *elements]},
    }


def element(id: str, **members: Any) -> dict[str, Any]:
    """An ElementDefinition: "Patient.identifier:fnr.system"."""
    path = ".".join(segment.partition(":")[0] for segment in id.split("."))
    slice_name = id.rpartition(".")[2].partition(":")[2]
    named = {"sliceName": slice_name} if slice_name else {}
    return {"id": id, "path": path, **named, **members}


def sliced(id: str, kind: str, path: str, **more: Any) -> dict[str, Any]:
    """An element that is sliced by one discriminator."""
    slicing = {"discriminator": [{"type": kind, "path": path}], "rules": "open", **more}
    return element(id, slicing=slicing)


def typed(code: str, **more: Any) -> list[dict[str, Any]]:
    """ElementDefinition.type."""
    return [{"code": code, **more}]


def patient(**members: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", **members}


def observation(**members: Any) -> dict[str, Any]:
    return {"resourceType": "Observation", "status": "final", "code": {"text": "x"}, **members}
