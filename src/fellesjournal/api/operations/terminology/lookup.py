"""CodeSystem/$lookup (FHIR R4 codesystem-operation-lookup.html), also of CodeSystem/[id] as of a release."""

from decimal import Decimal
from typing import Any

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.operations.terminology import codes
from fellesjournal.api.operations.terminology.asked import Check, ask
from fellesjournal.api.operations.terminology.stored import Shelf
from fellesjournal.errors import Invalid
from fellesjournal.fhir import json
from fellesjournal.terminology import languages
from fellesjournal.terminology.coded import Coded, Manner
from fellesjournal.terminology.lookup import Looked
from fellesjournal.terminology.release import Designation, Property
from fellesjournal.terminology.terminology import Terminology

Tree = dict[str, Any]

_TAKES = {
    "code": "code",
    "system": "uri",
    "version": "string",
    "coding": "Coding",
    "date": "dateTime",
    "displayLanguage": "code",
    "property": "*code",
}


class LookingUp:
    """Answers GET and POST CodeSystem/$lookup, and the same of CodeSystem/[id], with Parameters."""

    def __init__(self, service: Terminology, check: Check, shelf: Shelf) -> None:
        self._service = service
        self._check = check
        self._shelf = shelf

    async def lookup(self, call: Call) -> Answer:
        """The code's texts and properties; without `property` all but the codes below it, `*` is all.

        A code that is no longer valid says so by the properties `inactive` and `validTo`.
        """
        asked = await ask(call, "$lookup", _TAKES, self._check)
        [coded] = codes.given(asked)
        wanted = frozenset(asked.all("property"))
        manner = codes.manner(asked, self._service)
        looked = await self._looked(call, coded, manner, children=not wanted.isdisjoint(("child", "*")))
        written = _described(looked, manner)
        written += [_designation(one) for one in looked.concept.designations if _is_wanted(one, wanted)]
        written += [
            one for name, one in _properties(looked) if not wanted or not wanted.isdisjoint((name, "*"))
        ]
        return Answer(200, json.encode({"resourceType": "Parameters", "parameter": written}))

    async def _looked(self, call: Call, coded: Coded, manner: Manner, *, children: bool) -> Looked:
        if not call.id:
            return await self._service.lookup(codes.with_system(coded), manner, children=children)
        system = await self._service.system_of(await self._shelf.tree(call))
        url = system.about.url
        if coded.system and await self._service.systems.url_of(coded.system) != url:
            raise Invalid(f"{call.type}/{call.id} is {url}, and the code is asked for in {coded.system}.")
        return await self._service.lookup_in(system, coded, manner, children=children)


def _described(looked: Looked, manner: Manner) -> list[Tree]:
    about = looked.about
    written = [{"name": "name", "valueString": about.title or about.name or about.url}]
    if about.version:
        written.append({"name": "version", "valueString": about.version})
    display = languages.display(looked.concept, about.language, manner.languages)
    return [*written, {"name": "display", "valueString": display}]


def _is_wanted(one: Designation, wanted: frozenset[str]) -> bool:
    if not wanted or not wanted.isdisjoint(("*", "designation")):
        return True
    return any(languages.speaks(one.language, name[5:]) for name in wanted if name.startswith("lang."))


def _designation(one: Designation) -> Tree:
    part: list[Tree] = []
    if one.language:
        part.append({"name": "language", "valueCode": one.language})
    if one.use:
        part.append({"name": "use", "valueCoding": {"code": one.use}})
    return {"name": "designation", "part": [*part, {"name": "value", "valueString": one.text}]}


def _properties(looked: Looked) -> list[tuple[str, Tree]]:
    concept = looked.concept
    said = [Property("inactive", "boolean", str(looked.inactive).lower())]
    if concept.abstract:
        said.append(Property("notSelectable", "boolean", "true"))
    if concept.definition:
        said.append(Property("definition", "string", concept.definition))
    if concept.valid_from:
        said.append(Property("validFrom", "dateTime", concept.valid_from.isoformat()))
    until = concept.valid_to or looked.until
    if until:
        said.append(Property("validTo", "dateTime", until.isoformat()))
    said += (Property("parent", "code", code) for code in concept.parents)
    said += (Property("child", "code", code) for code in looked.children)
    names = {one.name for one in said}
    said += (one for one in concept.properties if one.name not in names)
    return [(one.name, _property(one)) for one in said]


def _property(one: Property) -> Tree:
    value = {"name": "value", f"value{one.kind[:1].upper()}{one.kind[1:]}": _value(one)}
    return {"name": "property", "part": [{"name": "code", "valueCode": one.name}, value]}


def _value(one: Property) -> Any:
    match one.kind:
        case "boolean":
            return one.value == "true"
        case "integer":
            return int(one.value)
        case "decimal":
            return Decimal(one.value)
        case "Coding":
            system, _, code = one.value.rpartition("|")
            return {"system": system, "code": code} if system else {"code": code}
    return one.value
