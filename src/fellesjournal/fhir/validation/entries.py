"""Bundle.entry: its fullUrl is an address, and that of its resource (FHIR R4, bundle.html#bundle-unique)."""

import re
from typing import Any

from fellesjournal.fhir.faults import Check, Faults, Local, fault, shown
from fellesjournal.fhir.resource import literal

_is_absolute = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+").fullmatch


def entry_check(shape: Check) -> Check:
    """The check of an entry of a Bundle; bdl-7 and bdl-8 say the rest of fullUrl."""

    def check(value: Any, local: Local) -> Faults:
        faults = shape(value, local)
        if type(value) is not dict:
            return faults
        url, resource = value.get("fullUrl"), value.get("resource")
        if type(url) is not str or not url or type(resource) is not dict:
            return faults
        wrong = _wrong(url, resource)
        return [*(faults or ()), *fault("value", wrong, ".fullUrl")] if wrong else faults

    return check


def _wrong(url: str, resource: dict[str, Any]) -> str:
    if not _is_absolute(url):
        return f"{shown(url)} is not an absolute URL: write the whole address, or urn:uuid:..."
    found = literal(url)
    if found is None or "id" not in resource:
        return ""
    named = f"{resource.get('resourceType')}/{resource['id']}"
    if f"{found.type}/{found.id}" == named:
        return ""
    return f"The address {shown(url)} is not that of the resource, which is {named[:160]}."
