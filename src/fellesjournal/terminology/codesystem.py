"""A CodeSystem resource with its concepts inside, read into concepts (FHIR R4, codesystem.html)."""

from collections.abc import Iterator
from typing import Any

from fellesjournal.terminology.release import Concept, Designation, Property
from fellesjournal.terminology.system import About

Tree = dict[str, Any]

_UP = ("parent", "subsumedBy")
_ABSTRACT = ("notSelectable", "abstract")
_RETIRED = ("retired", "inactive", "withdrawn")
_CONCEPT_PROPERTIES = "http://hl7.org/fhir/concept-properties#"


def about(tree: Tree) -> About:
    """What the resource says of the system. A resource in no stated language is taken as English."""
    return About(
        url=tree.get("url", ""),
        version=tree.get("version", ""),
        name=tree.get("name", ""),
        title=tree.get("title") or tree.get("name", ""),
        language=tree.get("language", "en"),
        content=tree.get("content", "complete"),
        case_sensitive=tree.get("caseSensitive", True),
        properties={one["code"]: one.get("description", "") for one in tree.get("property", ())},
    )


def has_codes(tree: Tree) -> bool:
    """Whether the resource has the codes of a system: a supplement has those of another, a stub has none."""
    content = tree.get("content", "complete")
    return content == "complete" or (content != "supplement" and bool(tree.get("concept")))


def concepts(tree: Tree) -> dict[str, Concept]:
    """The concepts by code, in the order of the resource; the hierarchy by nesting and by properties."""
    standard = {
        one["code"]: one.get("uri", "").removeprefix(_CONCEPT_PROPERTIES) for one in tree.get("property", ())
    }
    found: dict[str, Concept] = {}
    above: dict[str, list[str]] = {}
    for written, parent in _nested(tree.get("concept", ())):
        code = written["code"]
        if code not in found:
            found[code] = _concept(written, standard)
        lines = above.setdefault(code, [])
        lines.extend([parent] if parent else [])
        for one in written.get("property", ()):
            if one["code"] in _UP:
                lines.append(str(_value(one)[1]))
            elif one["code"] == "child":
                above.setdefault(str(_value(one)[1]), []).append(code)
    for code, concept in found.items():
        concept.parents = tuple(dict.fromkeys(one for one in above[code] if one in found))
    return found


def _nested(listed: list[Tree]) -> Iterator[tuple[Tree, str]]:
    """Each concept and the code it stands below. A loop, for nesting may be deep."""
    waiting = [(one, "") for one in reversed(list(listed))]
    while waiting:
        written, parent = waiting.pop()
        yield written, parent
        waiting.extend((one, written["code"]) for one in reversed(written.get("concept", [])))


def _concept(written: Tree, standard: dict[str, str]) -> Concept:
    kept = []
    concept = Concept(written["code"], written.get("display") or written["code"])
    for one in written.get("property", ()):
        name, (kind, value) = standard.get(one["code"]) or one["code"], _value(one)
        if name in _ABSTRACT:
            concept.abstract = value == "true"
        elif name == "inactive":
            concept.active = value != "true"
        elif name == "status":
            concept.active = value not in _RETIRED
        if one["code"] not in (*_UP, "child"):
            kept.append(Property(one["code"], kind, value))
    concept.definition = written.get("definition", "")
    concept.designations = tuple(_designation(one) for one in written.get("designation", ()))
    concept.properties = tuple(kept)
    return concept


def _designation(written: Tree) -> Designation:
    return Designation(written.get("language", ""), written.get("use", {}).get("code", ""), written["value"])


def _value(written: Tree) -> tuple[str, str]:
    """The type of a property's value, and the value as text."""
    for name, value in written.items():
        if name.startswith("value"):
            kind = name.removeprefix("value")
            if kind == "Coding":
                return kind, f"{value.get('system', '')}|{value.get('code', '')}"
            text = str(value).lower() if isinstance(value, bool) else str(value)
            return kind[:1].lower() + kind[1:], text
    return "string", ""


def listed(include: Tree) -> dict[str, Concept]:
    """The concepts that a value set lists itself, for a system that is not here."""
    return {
        one["code"]: Concept(
            one["code"],
            one.get("display") or one["code"],
            designations=tuple(_designation(each) for each in one.get("designation", ())),
        )
        for one in include.get("concept", ())
    }
