"""FHIR's CodeSystem (R4, codesystem.html) as a release: HL7's own, a package's, one that a user posts."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from fellesjournal.errors import Unprocessable
from fellesjournal.terminology.release import Concept, Designation, Property, Release

CONTENTS = ("complete", "fragment", "example")
"""Kinds of content that have codes of their own."""

IS_A = "is-a"
UPWARD = frozenset({"parent", "subsumedBy"})
DOWNWARD = "child"
INACTIVE = frozenset({"retired", "inactive"})
"""Values of the property `status` that end a concept (FHIR R4, codesystem-concept-properties)."""

_USES = {"900000000000003001": "fsn", "900000000000013009": "synonym"}
"""SNOMED CT's words for kinds of designations."""
_OUR_USES = frozenset({"synonym", "short", "consumer", "fsn"})


class _Coding(msgspec.Struct, frozen=True):
    system: str = ""
    code: str = ""


class _Designation(msgspec.Struct):
    value: str
    language: str = ""
    use: _Coding = _Coding()


class _Value(msgspec.Struct, rename="camel"):
    code: str
    value_code: str | None = None
    value_coding: _Coding | None = None
    value_string: str | None = None
    value_integer: int | None = None
    value_boolean: bool | None = None
    value_date_time: str | None = None
    value_decimal: float | None = None


class _Concept(msgspec.Struct):
    code: str
    display: str = ""
    definition: str = ""
    designation: list[_Designation] = []
    property: list[_Value] = []
    concept: list["_Concept"] = []


class _Identifier(msgspec.Struct):
    value: str = ""


class _Declared(msgspec.Struct):
    code: str
    description: str = ""


class _CodeSystem(msgspec.Struct, rename="camel"):
    url: str
    content: str
    version: str = ""
    name: str = ""
    title: str = ""
    language: str = ""
    publisher: str = ""
    copyright: str = ""
    case_sensitive: bool = True
    hierarchy_meaning: str = IS_A
    identifier: list[_Identifier] = []
    property: list[_Declared] = []
    concept: list[_Concept] = []


def release(
    resource: Mapping[str, Any],
    *,
    version: str = "",
    language: str = "nb",
    licence: str = "",
    source: str = "",
) -> Release:
    """The release that a CodeSystem gives; `version`, `language` and `licence` are for those that name none.

    Its concepts stand in the order of the resource. Nesting, and the properties parent, subsumedBy and child,
    are the hierarchy where its meaning is is-a or not told. Raises Unprocessable for what is no CodeSystem
    with codes, with the place.
    """
    name = source or str(resource.get("url") or "CodeSystem")
    if (kind := resource.get("resourceType")) != "CodeSystem":
        raise Unprocessable(f"{name}: it is no CodeSystem: its resourceType is {kind}.")
    try:
        system = msgspec.convert(resource, _CodeSystem)
    except (msgspec.ValidationError, RecursionError) as error:
        raise Unprocessable(f"{name}: it is no CodeSystem: {error}.") from None
    if system.content not in CONTENTS:
        raise Unprocessable(f"{name}: it has no codes of its own (its content is {system.content}).")
    language = system.language or language
    return Release(
        url=system.url,
        version=system.version or version,
        name=system.name,
        title=" ".join((system.title or system.name).split()),
        concepts=_concepts(system, language),
        language=language,
        oid=_oid(system),
        publisher=system.publisher,
        licence=system.copyright or licence,
        source=source,
        content=system.content,
        case_sensitive=system.case_sensitive,
        properties={one.code: one.description for one in system.property},
    )


def _oid(system: _CodeSystem) -> str:
    prefix = "urn:oid:"
    named = [one.value for one in system.identifier] + [system.url]
    return next((value.removeprefix(prefix) for value in named if value.startswith(prefix)), "")


def _concepts(system: _CodeSystem, language: str) -> Iterator[Concept]:
    subsuming = system.hierarchy_meaning == IS_A
    adopted: dict[str, list[str]] = {}
    for one, _ in _walk(system.concept):
        for value in one.property:
            if value.code == DOWNWARD and value.value_code:
                adopted.setdefault(value.value_code, []).append(one.code)
    for one, above in _walk(system.concept):
        properties = tuple(Property(value.code, *_value(value)) for value in one.property)
        parents = [above] if above else []
        parents += [value.value for value in properties if value.name in UPWARD]
        parents += adopted.get(one.code, [])
        concept = _concept(one, properties, language)
        if subsuming:
            concept.parents = tuple(dict.fromkeys(parents))
        elif above:
            concept.properties += (Property("parent", "code", above),)
        yield concept


def _walk(concepts: list[_Concept]) -> Iterator[tuple[_Concept, str]]:
    """Every concept with the code of the one it stands in, in the order of the resource."""
    waiting = [(one, "") for one in reversed(concepts)]
    while waiting:
        one, above = waiting.pop()
        yield one, above
        waiting.extend((inner, one.code) for inner in reversed(one.concept))


def _concept(one: _Concept, properties: tuple[Property, ...], language: str) -> Concept:
    known = {(value.name, value.value) for value in properties}
    ended = any(("status", status) in known for status in INACTIVE)
    return Concept(
        code=one.code,
        display=" ".join(one.display.split()) or one.code,
        definition=one.definition,
        designations=tuple(
            Designation(text.language or language, _use(text.use), text.value) for text in one.designation
        ),
        properties=properties,
        active=not ended and ("inactive", "true") not in known,
        abstract=bool({("notSelectable", "true"), ("abstract", "true")} & known),
    )


def _use(use: _Coding) -> str:
    return _USES.get(use.code, use.code if use.code in _OUR_USES else "synonym")


def _value(value: _Value) -> tuple[str, str]:
    """The kind and the text of a property's value."""
    if value.value_coding is not None:
        return "Coding", f"{value.value_coding.system}|{value.value_coding.code}"
    if value.value_boolean is not None:
        return "boolean", str(value.value_boolean).lower()
    kinds = {
        "code": value.value_code,
        "string": value.value_string,
        "integer": value.value_integer,
        "dateTime": value.value_date_time,
        "decimal": value.value_decimal,
    }
    return next(((kind, str(text)) for kind, text in kinds.items() if text is not None), ("string", ""))
