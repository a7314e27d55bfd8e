"""A form of somebody else's as R4 wants it to be: what Helsenorge's tools write that R4 does not take is left
out or put where it belongs, and every mending is told. What cannot be mended is left for the record to
refuse. Pure.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from fellesjournal.documentation.own_forms import CITIZEN
from fellesjournal.documentation.templates import CALCULATED, UNIT, UNIT_OPTION

Json = dict[str, Any]

EXPRESSION = "http://hl7.org/fhir/StructureDefinition/cqf-expression"
_DISPLAYED = ("required", "repeats", "readOnly", "maxLength", "initial", "answerOption", "answerValueSet")
"""What an item that is only shown does not have (que-6, que-8, que-9)."""
_CODE = re.compile(r"\S+( \S+)*")
_URIS = ("url", "system", "uri", "questionnaire")
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")


class Mended(NamedTuple):
    """A Questionnaire, and what was changed in it: sentences, each once."""

    questionnaire: Json
    changes: tuple[str, ...]


def mended(questionnaire: Mapping[str, Any], *, citizens: bool = False) -> Mended:
    """The form as R4 takes it; where `citizens` send it by themselves, that is said in it."""
    changes: dict[str, None] = {}
    made: Json = _whole(dict(questionnaire), changes)
    if not _ID.fullmatch(str(made.get("id", ""))):
        made["id"] = re.sub(r"[^A-Za-z0-9.-]+", "-", str(made.get("name", "skjema")))[:64]
        changes[f"The form is called {made['id']}."] = None
    if citizens:
        made["status"] = "active"
        made["useContext"] = [*made.get("useContext", ()), _for_citizens()]
    return Mended(made, tuple(changes))


def _whole(node: Any, changes: dict[str, None]) -> Any:
    """A part of the form without what is empty, and with addresses, codes and items as they are written."""
    if isinstance(node, list):
        return [one for one in (_whole(each, changes) for each in node) if one not in ("", None, {}, [])]
    if not isinstance(node, dict):
        return node
    made: Json = {}
    for name, value in node.items():
        mended = value.strip() if name in _URIS and isinstance(value, str) else _whole(value, changes)
        if mended in ("", None, {}, []):
            changes["What is empty was left out."] = None
            continue
        if mended != value and isinstance(value, str):
            changes[f"Spaces round the address {mended} were left out."] = None
        made[name] = mended
    if "linkId" in made:
        return _item(made, changes)
    return _without_empty_extension(made)


def _item(item: Json, changes: dict[str, None]) -> Json:
    if item.get("type") == "display":
        if wrong := [name for name in _DISPLAYED if name in item]:
            changes[f"Texts that are only shown are not {', '.join(wrong)} (R4 que-6, que-8, que-9)."] = None
        item = {name: value for name, value in item.items() if name not in wrong}
    codes = [one for one in item.get("code", ()) if _CODE.fullmatch(one.get("code", ""))]
    if len(codes) < len(item.get("code", ())):
        changes["Codes that are no codes were left out."] = None
        item = {name: value for name, value in item.items() if name != "code"}
        item |= {"code": codes} if codes else {}
    if item.get("type") == "quantity" and any(one["url"] == UNIT for one in item.get("extension", ())):
        changes["The unit of a quantity stands in questionnaire-unitOption."] = None
        item["extension"] = [
            one | {"url": UNIT_OPTION} if one["url"] == UNIT else one for one in item["extension"]
        ]
    return _calculated(_without_empty_extension(item), changes)


def _calculated(item: Json, changes: dict[str, None]) -> Json:
    """Helsenorge writes an expression as a string in an extension that takes R4's Expression."""
    told = item.get("extension", ())
    if not any(one["url"] == EXPRESSION and "valueString" in one for one in told):
        return item
    changes["Expressions in strings stand in SDC's calculatedExpression."] = None
    made = [
        {
            "url": CALCULATED,
            "valueExpression": {"language": "text/fhirpath", "expression": one["valueString"]},
        }
        if one["url"] == EXPRESSION and "valueString" in one
        else one
        for one in told
    ]
    return item | {"extension": made}


def _without_empty_extension(made: Json) -> Json:
    """An extension whose value was empty says nothing."""
    if "extension" not in made:
        return made
    kept = [one for one in made["extension"] if len(one) > 1]
    bare = {name: value for name, value in made.items() if name != "extension"}
    return bare | ({"extension": kept} if kept else {})


def _for_citizens() -> Json:
    kind = {"system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": "user"}
    return {"code": kind, "valueCodeableConcept": {"text": CITIZEN}}
