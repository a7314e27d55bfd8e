"""The rules of StructureDefinitions that are written out: each is broken, and answered as FHIRPath does."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.invariants.invariant import by_path
from fellesjournal.fhir.invariants.structures import STRUCTURES
from fellesjournal.fhir.validation import Validator

R4 = "http://hl7.org/fhir/StructureDefinition/"
EXTENDED = {"extension": [{"url": "urn:x", "valueString": "x"}]}
PARTS = ("snapshot", "differential")


def element(named: str, **members: Any) -> dict[str, Any]:
    full = {"definition": "x", "min": 0, "max": "1", "base": {"path": named, "min": 0, "max": "1"}}
    return {"id": named, "path": named, **full, **members}


def structure(root: dict[str, Any], below: dict[str, Any], url: str = "urn:x", part: str = "") -> Any:
    """A profile of Basic with two elements in one part, or in both."""
    elements = {"element": [element("Basic", **root), element("Basic.code", **below)]}
    return {
        "resourceType": "StructureDefinition",
        "url": url,
        "name": "Prove",
        "status": "draft",
        "kind": "resource",
        "abstract": False,
        "type": "Basic",
        "baseDefinition": R4 + "Basic",
        "derivation": "constraint",
        **{name: elements for name in PARTS if part in ("", name)},
    }


BROKEN: dict[str, tuple[Any, str]] = {
    "the root is a slice": (structure({"sliceName": "x"}, {}), "sdf-23"),
    "the root has a label": (structure({"label": "x"}, {}), "sdf-9"),
    "the root has a code": (structure({"code": [{"code": "x"}]}, {}), "sdf-9"),
    "the root has requirements": (structure({"_requirements": EXTENDED}, {}), "sdf-9"),
    "a type of R4 has a slash": (structure({}, {"type": [{"code": "urn:a/b"}]}, R4 + "x"), "sdf-19"),
    "a type of R4 has no value": (structure({}, {"type": [{"_code": EXTENDED}]}, R4 + "x"), "sdf-19"),
    "R4 has default values": (structure({}, {"defaultValueCode": "x"}, R4 + "x"), "sdf-22"),
    "a profile has default values": (structure({}, {"_defaultValueCode": EXTENDED}), "sdf-21"),
    "a path of signs": (structure({}, {"path": "!?."}), "eld-19"),
    "a slice with a space": (structure({}, {"sliceName": "a b"}), "eld-16"),
    "types of the root": (structure({"type": [{"code": "Basic"}]}, {}), "sdf-15"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_each_rule_is_broken(definitions: Definitions, name: str) -> None:
    tree, key = BROKEN[name]
    said = [issue.diagnostics for issue in Validator(definitions).validate(tree)]
    assert any(one.startswith(f"{key}: ") for one in said), said


def test_a_sound_structure_breaks_none(definitions: Definitions) -> None:
    sound = [
        structure({}, {"type": [{"code": "CodeableConcept"}]}, R4 + "x"),
        structure({}, {"type": [{"code": "http://hl7.org/fhirpath/System.String"}]}, R4 + "x"),
        structure({}, {"type": [{"code": "urn:a/b"}]}),
        structure({}, {"label": "x", "requirements": "x", "code": [{"code": "x"}], "sliceName": "a/b-[1]"}),
    ]
    assert [Validator(definitions).validate(tree) for tree in sound] == [[]] * len(sound)


texts = st.text(alphabet="Aa0.:/[x] -|\u00e6", max_size=12)
members = st.fixed_dictionaries(
    {"path": texts},
    optional={
        "sliceName": texts,
        "label": texts,
        "requirements": texts,
        "code": st.just([{"code": "x"}]),
        "min": st.integers(0, 3),
        "max": st.sampled_from(["*", "0", "1", "2"]),
        "type": st.lists(
            st.fixed_dictionaries({"code": texts | st.just("http://hl7.org/fhirpath/System.String")}),
            min_size=1,
            max_size=2,
        ),
    },
)


@given(members, members, st.sampled_from(["urn:x", R4 + "x", "http://hl7.org/fhir/"]), st.sampled_from(PARTS))
def test_what_is_written_out_answers_as_fhirpath_does(
    definitions: Definitions, root: dict[str, Any], below: dict[str, Any], url: str, part: str
) -> None:
    tree = structure(root, below, url, part)
    local = Local(tree, tree)
    for expression, native in STRUCTURES.items():
        kind, values = _asked(expression, tree, part)
        for value in values:
            slow = by_path(expression, kind, definitions)(value, local)
            assert type(slow) is not bool or native(value, local) is slow, (expression, value)


def _asked(expression: str, tree: Any, part: str) -> tuple[str, list[Any]]:
    """The type that a rule stands on, and the values it is asked of."""
    elements = tree[part]["element"]
    if expression.startswith(("path.matches", "min.empty")):
        return "ElementDefinition", elements
    if expression.startswith("empty()"):
        return "string", [one["max"] for one in elements]
    if "%resource" in expression:
        own = "snapshot" if "resource.snapshot" in expression else "differential"
        return f"StructureDefinition.{own}", [tree[own]] if own == part else []
    return "StructureDefinition", [tree]
