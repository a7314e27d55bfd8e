"""Forms of our own that citizens send by themselves: the small files in forms/, made into Questionnaires.

A file is written as a template's (templates.py), with a description, and has the words of nynorsk and English
in tables of those names: by the id of an item, and of options by how bokmål says them. `moment` is the item
that says when what is told of was so.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fellesjournal.documentation.concepts import OWN
from fellesjournal.documentation.templates import template

Json = dict[str, Any]

FOLDER = Path(__file__).parent / "forms"
CITIZEN = "innbygger"
"""The role that a form is for, in its useContext, when citizens send it by themselves."""
TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
MOMENT = {"system": OWN, "code": "tidspunkt", "display": "Når det var"}
"""The code of the item that says when."""
_OTHERS = ("nn", "en")


@cache
def own_forms() -> Mapping[str, Json]:
    """The Questionnaires, by id. A word in a file that is not there in every language is a KeyError."""
    read = (_form(tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml")))
    return {one["id"]: one for one in read}


def is_offered(questionnaire: Mapping[str, Any]) -> bool:
    """Whether citizens send a form without having been asked to."""
    contexts = questionnaire.get("useContext", ())
    return questionnaire.get("status") == "active" and any(
        one["code"].get("code") == "user" and one.get("valueCodeableConcept", {}).get("text") == CITIZEN
        for one in contexts
    )


def _form(file: Mapping[str, Any]) -> Json:
    made = template(file).questionnaire
    words = {language: file[language] for language in _OTHERS}
    items = [_item(one, words, file.get("moment", "")) for one in made["item"]]
    said = {"description": file["description"], **_said("title", words), **_said("description", words)}
    return made | {"id": file["id"], "item": items} | said


def _item(item: Json, words: Mapping[str, Json], moment: str) -> Json:
    made = item | _said("text", words, item["linkId"])
    if item["linkId"] == moment:
        made["code"] = [MOMENT]
    if options := item.get("answerOption"):
        made["answerOption"] = [one | {"valueCoding": _coding(one["valueCoding"], words)} for one in options]
    inner = [_item(one, words, moment) for one in item.get("item", ())]
    return made | ({"item": inner} if inner else {})


def _coding(coding: Json, words: Mapping[str, Json]) -> Json:
    tables = {language: said["options"] for language, said in words.items()}
    return coding | _said("display", tables, coding["display"])


def _said(name: str, words: Mapping[str, Json], key: str = "") -> Json:
    """The other languages of an element, beside it (R4 extension translation)."""
    told = [
        {
            "url": TRANSLATION,
            "extension": [
                {"url": "lang", "valueCode": language},
                {"url": "content", "valueString": said[key or name]},
            ],
        }
        for language, said in words.items()
    ]
    return {f"_{name}": {"extension": told}}
