"""A form of anybody's made ready to be filled in: one language, and the shape that this room lays out.

A FHIR R4 Questionnaire says some things in several ways, and Helsenorge's says some in ways of its own (the
profile sdf-Questionnaire with its extensions). All that is brought to one way here: options that are
references or stand in a contained ValueSet, boxes to tick, texts that are help, calculated and known values,
sums of scores. What a form says in words is text, markdown too. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fellesjournal.documentation import scores
from fellesjournal.documentation.controls import extended
from fellesjournal.documentation.options import CONTROL, control_of
from fellesjournal.documentation.responses import ORIGINAL
from fellesjournal.documentation.templates import ANSWERS, CALCULATED, ENABLED, PREFILLED
from fellesjournal.errors import Invalid
from fellesjournal.fhir.path import Path

Json = dict[str, Any]

TICK = "check-box"
"""The control of what is ticked: several options, or yes alone."""
HELP = "help"
"""The control of a text that helps with the item above it."""
DEEPEST, MOST = 8, 2_000
"""Levels and items of a form that is shown."""
_SAID = ("display", "help", "inline", "highlight")
_ASIDE = ("sidebar",)
"""Controls of texts that Helsenorge shows beside a form, and not in it."""
_HELSENORGE = "sdf-Questionnaire"
_TYPES = frozenset({
    *("group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text"),
    *("url", "choice", "open-choice", "attachment", "reference", "quantity"),
})  # fmt: skip
_SIGNS = {"%": "%25", "/": "%2F", ":": "%3A"}
"""What places are made with, as it stands in an id within a place."""
FHIRPATH = "text/fhirpath"
KNOWN = frozenset({"resource", "rootResource", "context", "form", "ucum", "sct", "loinc"})
"""The names (%resource) that an expression of what is asked may use."""
_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'")
_NAME = re.compile(r"%[`'\"]?([A-Za-z][\w-]*)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_]|[*_](?!\w)|^#{1,6} +)", re.MULTILINE)


def prepared(questionnaire: Mapping[str, Any], language: str = "") -> Json:
    """The form in a language, as far as it says its words in that. Raises Invalid for one that cannot be
    filled in: every fault with where it is."""
    known = list(_flat(questionnaire.get("item", ())))
    if wrong := [*_faults(known), *_too_deep(questionnaire.get("item", ()))]:
        raise Invalid(f"The form {questionnaire.get('url', '')} cannot be shown: {'; '.join(wrong[:10])}.")
    making = _Making(questionnaire, language)
    items = scores.summed([*making.items(questionnaire.get("item", ()))])
    return dict(questionnaire) | {"title": title_of(questionnaire, language), "item": items}


def title_of(questionnaire: Mapping[str, Any], language: str) -> str:
    """What a form is called."""
    return _words(questionnaire, "title", language) or str(questionnaire.get("name", ""))


def description_of(questionnaire: Mapping[str, Any], language: str) -> str:
    """What a form is for."""
    return plain(_words(questionnaire, "description", language))


def plain(markdown: str) -> str:
    """The words of a text in markdown, in its lines."""
    return _EMPHASIS.sub("", _LINK.sub(r"\1", markdown)).strip()


class _Making:
    """One form that is being made ready."""

    def __init__(self, questionnaire: Mapping[str, Any], language: str) -> None:
        self._language = language
        profiles = questionnaire.get("meta", {}).get("profile", ())
        self._ticks = any(one.endswith(_HELSENORGE) for one in profiles)
        self._sets = {f"#{one['id']}": one for one in questionnaire.get("contained", ()) if "id" in one}

    def items(self, items: Sequence[Json]) -> Iterator[Json]:
        for item in items:
            if control_of(item) not in _ASIDE:
                yield self._item(item)

    def _item(self, item: Json) -> Json:
        made = {name: value for name, value in item.items() if name not in ("item", "answerOption", "text")}
        made |= {"linkId": _safe(item["linkId"]), "text": self._text(item), ORIGINAL: item["linkId"]}
        if control_of(item) in _SAID:
            return {**made, "type": "display"}
        made |= self._chosen(item)
        made |= self._expressions(item, made)
        if conditions := item.get("enableWhen"):
            made["enableWhen"] = [one | {"question": _safe(one["question"])} for one in conditions]
        if self._ticks and item["type"] == "boolean" and not control_of(item):
            made["extension"] = [*made.get("extension", ()), _control(TICK)]
        if (item["type"] in ("choice", "open-choice") and control_of(item) == TICK) or _several(item):
            made["repeats"] = True
        inner = [*self.items(item.get("item", ()))]
        return made | ({"item": inner} if inner else {})

    def _text(self, item: Json) -> str:
        marked = extended(item.get("_text", {}), "rendering-markdown")
        text = _words(item, "text", self._language) or (marked if isinstance(marked, str) else "")
        return " ".join(filter(None, (item.get("prefix", ""), plain(text))))

    def _chosen(self, item: Json) -> Json:
        """The options that an item gives, in whichever way."""
        given = [self._option(one) for one in item.get("answerOption", ())]
        given += [
            {"valueReference": {name: value for name, value in one["valueReference"].items() if name != "id"}}
            for one in item.get("extension", ())
            if one["url"].endswith("/sdf-optionReference")
        ]
        contained = self._sets.get(item.get("answerValueSet", ""))
        if contained is not None:
            given += [{"valueCoding": one} for one in _concepts(contained)]
        return {"answerOption": given} if given else {}

    def _option(self, option: Json) -> Json:
        coding = option.get("valueCoding", {})
        if said := _words(coding, "display", self._language):
            kept = {name: value for name, value in coding.items() if name != "_display"}
            return option | {"valueCoding": kept | {"display": said}}
        return option

    def _expressions(self, item: Json, made: Json) -> Json:
        """Helsenorge's expressions as those of SDC: what is known of the citizen, and what is calculated."""
        known = extended(item, "sdf-fhirpath")
        calculated = extended(item, "cqf-expression", "sdf-calculatedExpression")
        found = [_expression(PREFILLED, known), _expression(CALCULATED, calculated)]
        more = [one for one in found if one]
        if not more:
            return {}
        return {
            "extension": [*item.get("extension", ()), *more],
            "readOnly": made.get("readOnly", bool(found[1])),
        }


def _expression(url: str, text: Any) -> Json | None:
    if not isinstance(text, str) or not text.strip():
        return None
    return {"url": url, "valueExpression": {"language": "text/fhirpath", "expression": text}}


def _control(code: str) -> Json:
    return {"url": CONTROL, "valueCodeableConcept": {"coding": [{"code": code}]}}


def _several(item: Json) -> bool:
    """Whether an item that says nothing of it may be answered more than once."""
    most = extended(item, "questionnaire-maxOccurs")
    return isinstance(most, int) and most > 1


def _concepts(contained: Mapping[str, Any]) -> list[Json]:
    """The codes of a ValueSet that lists them."""
    return [
        {"system": part.get("system", ""), **{name: one[name] for name in ("code", "display") if name in one}}
        for part in contained.get("compose", {}).get("include", ())
        for one in part.get("concept", ())
    ] or [
        {name: one[name] for name in ("system", "code", "display") if name in one}
        for one in contained.get("expansion", {}).get("contains", ())
    ]


def _words(element: Mapping[str, Any], name: str, language: str) -> str:
    """The text of an element in a language (R4 extension translation), else as it is."""
    for one in element.get(f"_{name}", {}).get("extension", ()):
        if one["url"].endswith("/StructureDefinition/translation"):
            parts = {part["url"]: part for part in one.get("extension", ())}
            if parts.get("lang", {}).get("valueCode", "").partition("-")[0] == language:
                content = parts.get("content", {})
                return str(content.get("valueString") or content.get("valueMarkdown", ""))
    return str(element.get(name, ""))


def _safe(link: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in link)


def _faults(known: Sequence[Json]) -> Iterator[str]:
    """What hinders that a form is filled in."""
    links = [one.get("linkId", "") for one in known]
    if len(known) > MOST:
        yield f"it has {len(known)} items, and at most {MOST} are shown"
    for one in known:
        where = f"item {one.get('linkId', '')!r}"
        if one.get("type") not in _TYPES:
            yield f"{where} has the type {one.get('type')!r}"
        if unknown := [
            each["question"] for each in one.get("enableWhen", ()) if each["question"] not in links
        ]:
            yield f"{where} depends on {unknown[0]!r}, which it does not have"
        yield from (f"{where} {said}" for said in _strange(one))
        for expression in _paths(one):
            try:
                Path(expression)
            except Invalid as fault:
                yield f"{where}: {fault}"
    yield from (f"the linkId {one!r} stands twice" for one in {one for one in links if links.count(one) > 1})


def _strange(item: Json) -> Iterator[str]:
    """What of the expressions that decide what is asked is not understood: left out, it would be a question
    that nobody sees."""
    for one in item.get("extension", ()):
        said = one.get("valueExpression", {}) if one["url"] in (ENABLED, ANSWERS) else {}
        if (language := said.get("language", FHIRPATH)) != FHIRPATH:
            yield f"has an expression in {language!r}, and {FHIRPATH} is understood"
        bare = _QUOTED.sub("", str(said.get("expression", "")))
        yield from (
            f"asks for %{name}, which is not known" for name in _NAME.findall(bare) if name not in KNOWN
        )


def _paths(item: Json) -> Iterator[str]:
    for one in item.get("extension", ()):
        if one["url"] in (CALCULATED, PREFILLED, ENABLED, ANSWERS):
            yield str(one.get("valueExpression", {}).get("expression", ""))
        elif one["url"].endswith(("/sdf-fhirpath", "/cqf-expression", "/sdf-calculatedExpression")):
            yield from filter(None, [str(one.get("valueString", "")).strip()])


def _too_deep(items: Sequence[Json], depth: int = 1) -> Iterator[str]:
    if items and depth > DEEPEST:
        yield f"it is more than {DEEPEST} levels deep"
    elif items:
        for one in items:
            yield from _too_deep(one.get("item", ()), depth + 1)


def _flat(items: Sequence[Json]) -> Iterator[Json]:
    for item in items:
        yield item
        yield from _flat(item.get("item", ()))
