"""Constraints of StructureDefinitions written out in Python, as in native.py.

The definition of a large type has more than a thousand elements, and each rule is asked about all of them.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from fellesjournal.fhir.faults import Local

Predicate = Callable[[Any, Local], bool]

_R4 = "http://hl7.org/fhir/StructureDefinition"
_BARE = frozenset(("label", "_label", "code", "requirements", "_requirements"))
_SYSTEM_TYPE = r"|http://hl7\.org/fhirpath/System\.[A-Z][A-Za-z]+"
_is_code_of_differential = re.compile(r"[a-zA-Z0-9]+" + _SYSTEM_TYPE).fullmatch
_is_code_of_snapshot = re.compile(r"[a-zA-Z0-9.]+" + _SYSTEM_TYPE).fullmatch
# What is within the expression's brackets; RE2's \s is these five.
_has_letter = re.compile(r"""[^ \t\n\f\r.,:;'"/|?!@#$%&*()\[\]{}]""").search


def _elements(value: Any, *parts: str) -> Iterator[dict[str, Any]]:
    """The ElementDefinitions of the parts of a StructureDefinition."""
    for part in parts or ("snapshot", "differential"):
        yield from value.get(part, {}).get("element", ())


def _is_root(element: dict[str, Any]) -> bool:
    path = element.get("path")
    return type(path) is str and "." not in path


def _root_slice(value: Any, local: Local) -> bool:
    """sdf-23: the first element is no slice. One whose path has no value cannot be asked."""
    return not any(
        ("sliceName" in element or "_sliceName" in element) and (_is_root(element) or "path" not in element)
        for element in _elements(value)
    )


def _root_words(value: Any, local: Local) -> bool:
    """sdf-9: the first element has no label, code or requirements."""
    return not any(_is_root(element) and not _BARE.isdisjoint(element) for element in _elements(value))


def _type_codes(value: Any, local: Local) -> bool:
    """sdf-19: R4's own definitions name types of FHIR, or of FHIRPath's System."""
    url = value.get("url")
    if type(url) is str and not url.startswith(_R4):
        return True
    return all(
        type(code := entry.get("code")) is str and is_code(code) is not None
        for part, is_code in (("differential", _is_code_of_differential), ("snapshot", _is_code_of_snapshot))
        for element in _elements(value, part)
        for entry in element.get("type", ())
    )


def _element_path(value: Any, local: Local) -> bool:
    """eld-19, whose expression finds its pattern anywhere: a path has something beside special characters."""
    path = value.get("path")
    return type(path) is str and _has_letter(path) is not None


def _snapshot_paths(value: Any, local: Local) -> bool:
    """sdf-8: a snapshot's elements stand below its first, which is the type itself."""
    elements, structure = value["element"], local.resource
    first = elements[0]["path"]
    if structure["kind"] != "logical" and first != structure["type"]:
        return False
    return all(element["path"].startswith(f"{first}.") for element in elements[1:])


def _differential_paths(value: Any, local: Local) -> bool:
    """sdf-8a: a differential's elements stand below the type."""
    elements, structure = value["element"], local.resource
    first = elements[0]["path"]
    if structure["kind"] != "logical" and not first.startswith(structure["type"]):
        return False
    above = first.partition(".")[0]
    return all(element["path"].startswith(f"{above}.") for element in elements[1:])


def _min_and_max(value: Any, local: Local) -> bool:
    """eld-2: min is no more than max."""
    low, high = value.get("min"), value.get("max")
    return low is None or high is None or high == "*" or low <= int(high)


def _maximum(value: Any, local: Local) -> bool:
    """eld-3: a maximum is a whole number, or "*"."""
    return bool(value == "*" or (value.isascii() and value.isdigit()))


STRUCTURES: dict[str, Predicate] = {
    "(snapshot | differential).element.all(path.contains('.').not() implies sliceName.empty())": _root_slice,
    "children().element.where(path.contains('.').not()).label.empty() and "
    "children().element.where(path.contains('.').not()).code.empty() and "
    "children().element.where(path.contains('.').not()).requirements.empty()": _root_words,
    "url.startsWith('http://hl7.org/fhir/StructureDefinition') implies ("
    "differential.element.type.code.all(matches('^[a-zA-Z0-9]+$') or "
    r"matches('^http:\\/\\/hl7\\.org\\/fhirpath\\/System\\.[A-Z][A-Za-z]+$')) and "
    r"snapshot.element.type.code.all(matches('^[a-zA-Z0-9\\.]+$') or "
    r"matches('^http:\\/\\/hl7\\.org\\/fhirpath\\/System\\.[A-Z][A-Za-z]+$')))": _type_codes,
    r"""path.matches('[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}"""
    r"""(\\.[^\\s\\.,:;\\\'"\\/|?!@#$%&*()\\[\\]{}]{1,64}(\\[x\\])?(\\:[^\\s\\.]+)?)*')""": _element_path,
    "(%resource.kind = 'logical' or element.first().path = %resource.type) and element.tail()"
    ".all(path.startsWith(%resource.snapshot.element.first().path&'.'))": _snapshot_paths,
    "(%resource.kind = 'logical' or element.first().path.startsWith(%resource.type)) and "
    "(element.tail().empty() or element.tail().all(path.startsWith(%resource.differential.element.first()"
    ".path.replaceMatches('\\\\..*','')&'.')))": _differential_paths,
    "min.empty() or max.empty() or (max = '*') or iif(max != '*', min <= max.toInteger())": _min_and_max,
    "empty() or ($this = '*') or (toInteger() >= 0)": _maximum,
}
"""By expression."""
