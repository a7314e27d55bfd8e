"""Templates in their versions: those of the files are the first; the others are Questionnaires of the record.

A version is a Questionnaire of its own, with the URL of its template: draft while it is written, active when
another than its author has approved it, retired when a later one is, or when it is taken out of use: then the
template is offered no more until a new version of it is in force. A version of the files is stored as a
Questionnaire when it is retired. A template's id tells the version from
the second on ("visitt@2"), so that drafts and notes stay with the one they were begun in.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fellesjournal.documentation.templates import (
    ANSWERS,
    BASE,
    ENABLED,
    FOR_DIAGNOSIS,
    FOR_ROLE,
    FOR_UNIT,
    Template,
    templates,
)
from fellesjournal.norway.codes.documents import DOCUMENT

Json = dict[str, Any]

OTHERWISE = "B02-2"
"""The kind of document of a template that says none."""


def url_of(id: str) -> str:
    """The URL of a template, whichever its version."""
    return BASE + id.partition("@")[0]


def version_of(id: str) -> str:
    """The version that an id names."""
    return id.partition("@")[2] or "1"


def from_questionnaire(questionnaire: Mapping[str, Any]) -> Template:
    """A template from its Questionnaire: what the file said stands in code and useContext."""
    name, version = questionnaire["url"].removeprefix(BASE), questionnaire.get("version", "1")
    kinds = (one["code"] for one in questionnaire.get("code", ()) if one.get("system") == DOCUMENT.system)
    return Template(
        name if version == "1" else f"{name}@{version}",
        questionnaire.get("title", name),
        next((one for one in kinds if DOCUMENT.find(one)), OTHERWISE),
        _context(questionnaire, FOR_ROLE),
        _context(questionnaire, FOR_DIAGNOSIS),
        _context(questionnaire, FOR_UNIT),
        dict(questionnaire),
    )


def newest(stored: Iterable[Json]) -> dict[str, Template]:
    """What is written from now, by id: of each template the last version that is in force. `stored` are the
    Questionnaires of the record, of any status."""
    ours = [one for one in stored if one["url"].startswith(BASE) and one["status"] != "draft"]
    found = {one.questionnaire["url"]: (1, one) for one in templates().values()}
    for questionnaire in sorted(ours, key=_number):
        url, number = questionnaire["url"], _number(questionnaire)
        is_other = number > 1 or url not in found or questionnaire["status"] == "retired"
        if number >= found.get(url, (0,))[0] and is_other:
            found[url] = (number, from_questionnaire(questionnaire))
    in_force = [one for _, one in found.values() if one.questionnaire["status"] == "active"]
    return {one.id: one for one in in_force}


def unheeded(questionnaire: Mapping[str, Any]) -> dict[str, str]:
    """The items of a template that say by an expression when they are asked, or what may be chosen (SDC 4,
    enableWhenExpression and answerExpression), by linkId with the text of each. The forms of citizens heed
    these, notes do not: a note would ask what is not to be asked."""
    found: dict[str, str] = {}
    for item in questionnaire.get("item", ()):
        if any(one["url"] in (ENABLED, ANSWERS) for one in item.get("extension", ())):
            found[item["linkId"]] = item.get("text", item["linkId"])
        found |= unheeded(item)
    return found


def next_version(stored: Sequence[Json], url: str) -> str:
    """The version that a new draft of a template becomes."""
    numbers = [_number(one) for one in stored if one["url"] == url]
    seeds = [1 for one in templates().values() if one.questionnaire["url"] == url]
    return str(max([0, *numbers, *seeds]) + 1)


def _context(questionnaire: Mapping[str, Any], code: str) -> tuple[str, ...]:
    return tuple(
        one["valueCodeableConcept"]["text"]
        for one in questionnaire.get("useContext", ())
        if one["code"]["code"] == code
    )


def _number(questionnaire: Mapping[str, Any]) -> int:
    version = questionnaire.get("version", "1")
    return int(version) if version.isdecimal() else 0
