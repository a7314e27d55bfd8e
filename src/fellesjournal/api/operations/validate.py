"""$validate of a resource, at type and instance level (FHIR R4 resource-operation-validate.html)."""

from typing import Any

import msgspec

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Site
from fellesjournal.api.operations import parameters
from fellesjournal.api.review import by_severity, review
from fellesjournal.errors import Fault, Invalid, Issue
from fellesjournal.fhir import json, outcome

_MODES = ("", "create", "update", "delete", "profile")
_TAKEN = ("mode", "profile", "resource")


class Validating:
    """Answers POST [type]/$validate and [type]/[id]/$validate: 200 whatever is found.

    The answer has every error, then what is advised against, then what could not be judged here.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    async def validate(self, call: Call) -> Answer:
        """Takes the resource itself, or Parameters with `resource`, `mode` and `profile`.

        `mode` create, update or delete: as if it were to be done. Mode profile: the resource that is stored
        under the id, unless one is sent, is held to the profile named.
        """
        document = json.parse(await call.resource())
        asked = dict(call.parameters)
        if document.tree.get("resourceType") == "Parameters" and call.type != "Parameters":
            given = parameters.incoming(document)
            asked |= {name: _text(value) for name, value in given.items() if name != "resource"}
            document = json.parse(given["resource"]) if "resource" in given else json.Document(b"", {})
        _check_asked(asked)
        issues = await self._issues(call, document.tree, asked)
        if not any(issue.severity == "error" for issue in issues):
            issues.append(Issue("informational", _all_in_all(call.type, issues), severity="information"))
        return Answer(200, outcome.render(issues))

    async def _issues(self, call: Call, tree: dict[str, Any], asked: dict[str, str]) -> list[Issue]:
        mode = asked.get("mode") or ("update" if call.id else "")
        if mode == "delete":
            return await self._missing(call)
        if mode == "profile" and call.id and not tree:
            tree = await self._stored(call)
        if not tree:
            raise Invalid(
                'There is nothing to validate: send a resource, or Parameters with one in "resource".'
            )
        issues: list[Issue] = []
        kind = tree.get("resourceType")
        if kind != call.type:
            issues.append(Issue("invalid", f"This is no {call.type}, but {kind!r}.", "Resource.resourceType"))
        if mode == "update" and call.id and tree.get("id") != call.id:
            text = f"An update of {call.type}/{call.id} must have that id in the body."
            issues.append(Issue("value", text, f"{call.type}.id"))
        named = [asked["profile"]] if asked.get("profile") else []
        return by_severity([*issues, *await review(self._site, tree, named)])

    async def _stored(self, call: Call) -> dict[str, Any]:
        """The resource as it is in the record."""
        async with self._site.open(call) as journal:
            stored = await journal.read(call.type, call.id)
        return json.parse(stored.body).tree if stored.body else {}

    async def _missing(self, call: Call) -> list[Issue]:
        """Deleting is possible for all that is there."""
        if not call.id:
            return [Issue("required", "Whether something can be deleted is asked of [type]/[id].")]
        try:
            async with self._site.open(call) as journal:
                await journal.read(call.type, call.id)
        except Fault as fault:
            return list(fault.issues)
        return []


def _all_in_all(kind: str, issues: list[Issue]) -> str:
    """The last word on a resource without errors; it does not say that all is well beside a warning."""
    if not issues:
        return f"Nothing was found wrong with this {kind}."
    warnings = sum(issue.severity == "warning" for issue in issues)
    others = len(issues) - warnings
    told = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((warnings, "warning"), (others, "remark"))
        if number
    ]
    return f"This {kind} has no errors; there {'is' if len(issues) == 1 else 'are'} {' and '.join(told)}."


def _check_asked(asked: dict[str, str]) -> None:
    for name in asked:
        if name not in _TAKEN:
            raise Invalid(f"$validate takes {', '.join(_TAKEN)}, not '{name}'.")
    if asked.get("mode", "") not in _MODES:
        raise Invalid(f"The mode is one of {', '.join(_MODES[1:])}, not '{asked['mode']}'.")
    if asked.get("mode") == "profile" and not asked.get("profile"):
        raise Invalid('The mode profile needs a "profile": the URL of the one that is to be kept.')


def _text(value: bytes) -> str:
    return str(msgspec.json.decode(value))
