"""$validate of a resource, at type and instance level (FHIR R4 resource-operation-validate.html)."""

from typing import Any

import msgspec

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Site
from fellesjournal.api.operations import parameters
from fellesjournal.errors import Fault, Invalid, Issue
from fellesjournal.fhir import json, outcome
from fellesjournal.fhir.validation import Validator

_MODES = ("", "create", "update", "delete", "profile")
_TAKEN = ("mode", "profile", "resource")

NOT_CHECKED = Issue(
    "informational",
    "Not checked yet: R4's constraints written in FHIRPath (invariants such as dom-6), and profiles.",
    severity="information",
)


class Validating:
    """Answers POST [type]/$validate and [type]/[id]/$validate: 200 whatever is found, with every fault."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._validator = Validator(site.definitions)

    async def validate(self, call: Call) -> Answer:
        """Takes the resource itself, or Parameters with `resource`, `mode` and `profile`."""
        document = json.parse(await call.resource())
        asked = dict(call.parameters)
        if document.tree.get("resourceType") == "Parameters" and call.type != "Parameters":
            given = parameters.incoming(document)
            asked |= {name: _text(value) for name, value in given.items() if name != "resource"}
            document = json.parse(given["resource"]) if "resource" in given else json.Document(b"", {})
        _check_asked(asked)
        issues = await self._issues(call, document.tree, asked)
        all_well = Issue(
            "informational", f"Nothing was found wrong with this {call.type}.", severity="information"
        )
        return Answer(200, outcome.render([*(issues or [all_well]), NOT_CHECKED]))

    async def _issues(self, call: Call, tree: dict[str, Any], asked: dict[str, str]) -> list[Issue]:
        issues = _profile(asked)
        mode = asked.get("mode") or ("update" if call.id else "")
        if mode == "delete":
            return issues + await self._missing(call)
        if not tree:
            raise Invalid(
                'There is nothing to validate: send a resource, or Parameters with one in "resource".'
            )
        kind = tree.get("resourceType")
        if kind != call.type:
            issues.append(Issue("invalid", f"This is no {call.type}, but {kind!r}.", "Resource.resourceType"))
        if mode == "update" and call.id and tree.get("id") != call.id:
            text = f"An update of {call.type}/{call.id} must have that id in the body."
            issues.append(Issue("value", text, f"{call.type}.id"))
        return issues + self._validator.validate(tree)

    async def _missing(self, call: Call) -> list[Issue]:
        """Deleting is possible for all that is there."""
        if not call.id:
            return [Issue("required", "Whether something can be deleted is asked of [type]/[id].")]
        try:
            async with self._site.open() as journal:
                await journal.read(call.type, call.id)
        except Fault as fault:
            return list(fault.issues)
        return []


def _check_asked(asked: dict[str, str]) -> None:
    for name in asked:
        if name not in _TAKEN:
            raise Invalid(f"$validate takes {', '.join(_TAKEN)}, not '{name}'.")
    if asked.get("mode", "") not in _MODES:
        raise Invalid(f"The mode is one of {', '.join(_MODES[1:])}, not '{asked['mode']}'.")


def _profile(asked: dict[str, str]) -> list[Issue]:
    if not asked.get("profile"):
        return []
    text = f"Only the rules of FHIR R4 itself were checked, not those of {asked['profile']}."
    return [Issue("not-supported", text, severity="warning")]


def _text(value: bytes) -> str:
    return str(msgspec.json.decode(value))
