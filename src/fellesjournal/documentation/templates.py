"""Templates: the small files in templates/, made into FHIR Questionnaires (R4, with SDC 4's expressions).

A file says id, title, kind (document type, list 9602), roles, and items. An item says id, text and type, and
what it has of: options, value_set, concept, required, repeats, when, any, calculated, initial, prefill, unit,
help, refers (the types a reference is chosen from). An option is a display, or "code|display"; options =
"iplos" are the scores of IPLOS.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from fellesjournal.access.approving import TEMPLATES
from fellesjournal.documentation.concepts import concepts
from fellesjournal.norway.codes.documents import DOCUMENT
from fellesjournal.norway.codes.iplos import SCORE

Json = dict[str, Any]

FOLDER = Path(__file__).parent / "templates"
BASE = TEMPLATES
ANSWER = "https://fellesjournal.no/fhir/CodeSystem/notat-svar"
CALCULATED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
PREFILLED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression"
ENABLED = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
ANSWERS = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-answerExpression"
UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
"""Of a number; a quantity has UNIT_OPTION."""
UNIT_OPTION = "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption"
REFERS = "http://hl7.org/fhir/StructureDefinition/questionnaire-referenceResource"
"""The types of which a reference is chosen."""
FOR_ROLE, FOR_DIAGNOSIS, FOR_UNIT = "user", "focus", "venue"
"""The kinds of useContext of roles, diagnoses and units."""
_CONTEXTS = (("roles", FOR_ROLE), ("diagnoses", FOR_DIAGNOSIS), ("units", FOR_UNIT))
VERSION = "1"

_ITEM = {
    "id", "text", "type", "options", "value_set", "concept", "required", "repeats", "when",
    "any", "items", "calculated", "initial", "prefill", "unit", "help", "refers",
}  # fmt: skip
_LETTERS = str.maketrans("æøåéö", "eoaeo")


class Template(NamedTuple):
    """One template. `kind` is a code of list 9602; `roles` are those it is offered to first, `diagnoses` the
    beginnings of codes with which it is offered before others of the same role and unit."""

    id: str
    title: str
    kind: str
    roles: tuple[str, ...]
    diagnoses: tuple[str, ...]
    units: tuple[str, ...]
    questionnaire: Json

    @property
    def canonical(self) -> str:
        """The canonical URL with version, as a QuestionnaireResponse names it."""
        return f"{self.questionnaire['url']}|{self.questionnaire['version']}"


@cache
def templates() -> Mapping[str, Template]:
    """All of them, by id. A word in a file that is not understood is a ValueError at start-up."""
    read = (template(tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml")))
    return {one.id: one for one in read}


def template(file: Mapping[str, Any]) -> Template:
    """A template from what its file says."""
    questionnaire = {
        "resourceType": "Questionnaire",
        "id": f"mal-{file['id']}",
        "url": BASE + file["id"],
        "version": VERSION,
        "name": re.sub(r"\W", "_", file["id"].title()),
        "title": file["title"],
        "status": "active",
        "experimental": False,
        "subjectType": ["Patient"],
        "language": "nb",
        "code": [{"system": DOCUMENT.system, "code": file["kind"]}],
        "item": [_item(one) for one in file["item"]],
    }
    several = {name: tuple(file.get(name, ())) for name in ("roles", "diagnoses", "units")}
    if contexts := [_context(code, one) for name, code in _CONTEXTS for one in several[name]]:
        questionnaire["useContext"] = contexts
    return Template(file["id"], file["title"], file["kind"], questionnaire=questionnaire, **several)


def offered(known: Iterable[Template], role: str, unit: str, codes: Sequence[str]) -> list[Template]:
    """Templates in order: by whom they are for, then the citizen's diagnoses, then by title."""

    def rank(one: Template) -> tuple[int, int, str]:
        coded = any(code.startswith(one.diagnoses) for code in codes) if one.diagnoses else False
        return (distance(one, role, unit), not coded, one.title)

    return sorted(known, key=rank)


def distance(one: Template, role: str, unit: str) -> int:
    """How far a template is from what a role writes at a unit (words that tell what it is called): 0 for the
    role at such units, 1 for the role wherever it is, 2 for the role at other units, 3 for other roles."""
    if role not in one.roles:
        return 3
    if not one.units:
        return 1
    return 0 if any(word in unit.lower() for word in one.units) else 2


def _context(code: str, text: str) -> Json:
    coding = {"system": "http://terminology.hl7.org/CodeSystem/usage-context-type", "code": code}
    return {"code": coding, "valueCodeableConcept": {"text": text}}


def _item(said: Mapping[str, Any]) -> Json:
    if unknown := set(said) - _ITEM:
        raise ValueError(f"item {said.get('id')}: {', '.join(sorted(unknown))} is not understood")
    made: Json = {"linkId": said["id"], "text": said["text"], "type": _type(said)}
    made |= {name: True for name in ("required", "repeats") if said.get(name)}
    made |= _extensions(said) | _conditions(said) | _choices(said)
    if name := said.get("concept"):
        one = concepts()[name]
        made["code"] = [{"system": one.system, "code": one.code, "display": one.text}]
    if "initial" in said and "answerOption" not in made:
        made["initial"] = [_initial(made["type"], said["initial"])]
    if said.get("calculated"):
        made["readOnly"] = True
    inner = [_item(one) for one in said.get("items", ())]
    if said.get("help"):
        inner.append({"linkId": f"{said['id']}-hjelp", "text": said["help"], "type": "display"})
    return made | ({"item": inner} if inner else {})


def _type(said: Mapping[str, Any]) -> str:
    if "type" in said:
        return str(said["type"])
    if "items" in said:
        return "group"
    return "choice" if "options" in said else "string"


def _extensions(said: Mapping[str, Any]) -> Json:
    found: list[Json] = []
    for name, url in (("calculated", CALCULATED), ("prefill", PREFILLED)):
        if name in said:
            expression = {"language": "text/fhirpath", "expression": said[name]}
            found.append({"url": url, "valueExpression": expression})
    found += [{"url": REFERS, "valueCode": one} for one in said.get("refers", ())]
    if unit := said.get("unit") or (concepts()[said["concept"]].ucum if "concept" in said else ""):
        shown = concepts()[said["concept"]].unit if "concept" in said else unit
        coding = {"system": "http://unitsofmeasure.org", "code": unit, "display": shown}
        url = UNIT_OPTION if _type(said) == "quantity" else UNIT
        found.append({"url": url, "valueCoding": coding})
    return {"extension": found} if found else {}


def _conditions(said: Mapping[str, Any]) -> Json:
    rows = [
        {"question": question, "operator": operator} | _expected(expected)
        for question, operator, expected in said.get("when", ())
    ]
    if not rows:
        return {}
    return {"enableWhen": rows} | (
        {"enableBehavior": "any" if said.get("any") else "all"} if rows[1:] else {}
    )


def _expected(expected: Any) -> Json:
    match expected:
        case bool():
            return {"answerBoolean": expected}
        case int():
            return {"answerInteger": expected}
        case float():
            return {"answerDecimal": expected}
    return {"answerCoding": {"system": ANSWER, "code": slug(str(expected))}}


def _choices(said: Mapping[str, Any]) -> Json:
    options = said.get("options", ())
    if options == "iplos":
        return {"answerOption": [_option(SCORE.system, one.code, one.display) for one in SCORE.codes]}
    if options:
        pairs = ((*text.split("|", 1),) if "|" in text else (slug(text), text) for text in options)
        made = [_option(ANSWER, *pair) for pair in pairs]
        first = said.get("initial")
        chosen = {"initialSelected": True}
        return {
            "answerOption": [one | chosen if one["valueCoding"]["display"] == first else one for one in made]
        }
    return {"answerValueSet": said["value_set"]} if "value_set" in said else {}


def _option(system: str, code: str, display: str) -> Json:
    return {"valueCoding": {"system": system, "code": code, "display": display}}


def _initial(type_: str, value: Any) -> Json:
    return {f"value{'String' if type_ == 'text' else type_[0].upper() + type_[1:]}": value}


def slug(text: str) -> str:
    """A display as a code: small letters a to z, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().translate(_LETTERS)).strip("-")
