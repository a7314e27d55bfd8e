"""ValueSet/$expand (FHIR R4 valueset-operation-expand.html)."""

from typing import Any

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.operations.terminology.asked import Asked, Check, Takes, ask
from fellesjournal.api.operations.terminology.stored import Shelf
from fellesjournal.errors import Invalid, NotSupported
from fellesjournal.fhir import json
from fellesjournal.terminology import languages
from fellesjournal.terminology.composing import Composed
from fellesjournal.terminology.drawing import Pins
from fellesjournal.terminology.expansion import Wanted
from fellesjournal.terminology.terminology import Terminology

Tree = dict[str, Any]

TAKES: Takes = {
    "url": "uri",
    "valueSet": "ValueSet",
    "valueSetVersion": "string",
    "context": "uri",
    "contextDirection": "code",
    "filter": "string",
    "date": "dateTime",
    "offset": "integer",
    "count": "integer",
    "includeDesignations": "boolean",
    "designation": "*string",
    "includeDefinition": "boolean",
    "activeOnly": "boolean",
    "excludeNested": "boolean",
    "excludeNotForUI": "boolean",
    "excludePostCoordinated": "boolean",
    "displayLanguage": "code",
    "exclude-system": "*canonical",
    "system-version": "*canonical",
    "check-system-version": "*canonical",
    "force-system-version": "*canonical",
}
_NOT_ECHOED = ("url", "valueSet", "valueSetVersion", "includeDefinition")
_VALUE = {
    "boolean": "valueBoolean",
    "integer": "valueInteger",
    "code": "valueCode",
    "dateTime": "valueDateTime",
}


class Expanding:
    """Answers GET and POST ValueSet/$expand and ValueSet/[id]/$expand with a ValueSet."""

    def __init__(self, service: Terminology, check: Check, shelf: Shelf) -> None:
        self._service = service
        self._check = check
        self._shelf = shelf

    async def expand(self, call: Call) -> Answer:
        """The value set of `url`, of the path's id, or as it is sent, with its codes.

        Codes are nested only for `excludeNested=false`, and where they are few and no page is asked for.
        """
        asked = await ask(call, "$expand", TAKES, self._check)
        if "context" in asked:
            raise NotSupported("The context of a value set is not known here: name the value set by url.")
        wanted = self._wanted(asked)
        return Answer(200, json.encode(await self._service.expand(await self._composed(call, asked), wanted)))

    async def _composed(self, call: Call, asked: Asked) -> Composed:
        tree = await self._shelf.tree(call) if call.id else asked.get("valueSet")
        if tree is not None:
            return await self._service.value_set_of(tree, asked.day())
        if "url" not in asked:
            raise Invalid("Name the value set by url, or send it as valueSet.")
        return await self._service.value_set(asked.text("url"), asked.text("valueSetVersion"), asked.day())

    def _wanted(self, asked: Asked) -> Wanted:
        return Wanted(
            today=self._service.today(),
            day=asked.day(),
            text=asked.text("filter"),
            offset=asked.number("offset") or 0,
            count=asked.number("count"),
            active_only=asked.flag("activeOnly"),
            nested=not asked.flag("excludeNested", otherwise=True),
            for_ui=asked.flag("excludeNotForUI"),
            languages=languages.wanted(asked.text("displayLanguage")),
            designations=asked.flag("includeDesignations", otherwise="designation" in asked),
            only_designations=tuple(asked.all("designation")),
            definition=asked.flag("includeDefinition"),
            without=tuple(asked.all("exclude-system")),
            pins=Pins(
                _versions(asked, "system-version"),
                _versions(asked, "check-system-version"),
                _versions(asked, "force-system-version"),
            ),
            echoed=tuple(_echoed(asked)),
        )


def _versions(asked: Asked, name: str) -> dict[str, str]:
    found = {}
    for canonical in asked.all(name):
        url, bar, version = canonical.partition("|")
        if not (url and bar and version):
            raise Invalid(
                f"'{name}' is a code system with its version, [system]|[version], not '{canonical}'."
            )
        found[url] = version
    return found


def _echoed(asked: Asked) -> list[Tree]:
    """ValueSet.expansion.parameter: what was asked for that the codes depend on."""
    return [
        {"name": name, _VALUE.get(kind, "valueUri" if kind == "*canonical" else "valueString"): value}
        for name, kind in TAKES.items()
        if name not in _NOT_ECHOED
        for value in asked.all(name)
    ]
