"""One answer: from what a person typed to FHIR's value, and back."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from fellesjournal.documentation.options import chosen, control_of, key_of
from fellesjournal.documentation.templates import UNIT, UNIT_OPTION
from fellesjournal.norway.writing import OSLO, clock, day_typed

Json = dict[str, Any]

_CODED = re.compile(r"\s*([A-Z]{1,2}\d[\dA-Z.]*)\s+(.+)")
_KNOWN = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_CLOCK = re.compile(r"(\d{1,2}\.\d{1,2}\.\d{4}),?\s+(?:kl\.?\s*)?(\d{1,2})[.:](\d{2})")
"""A day and a time of day, as people here write them: 26.11.2026 kl. 14.05."""
_PARTS = {"year": "-01-01", "yearMonth": "-01"}
"""What is lacking of a day, by the control that asks for a part of it."""
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:\S+")
_FILE = re.compile(r"(.+) #([0-9a-f]{16})")
_CHOSEN = re.compile(r"(.+) \[([A-Z][A-Za-z]{2,40}/[A-Za-z0-9.-]{1,64})\]", re.DOTALL)
_PICKED = re.compile(r"(.+) \[([^\s|\]]+)\|([^\s\]]+)\]", re.DOTALL)
"""A code that was found in a value set: what it is called, its system and itself."""
LARGEST = 1e9
INTEGER = 2_147_483_647


class Unreadable(Exception):
    """A text that is no answer to its item. `kind`: number, whole, date, moment, time, choice or address."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def parse(item: Mapping[str, Any], text: str) -> Json:
    """The answer that a text means: {"valueDecimal": 37.8}. Raises Unreadable; `text` is not blank."""
    text = text.strip()
    match item["type"]:
        case "boolean":
            return {"valueBoolean": text == "true"}
        case "decimal":
            return {"valueDecimal": _number(text)}
        case "integer":
            return {"valueInteger": _whole(text)}
        case "quantity":
            return {"valueQuantity": {"value": _number(text)} | unit_of(item)}
        case "date":
            return {"valueDate": _date(item, text)}
        case "dateTime":
            return {"valueDateTime": _moment(text)}
        case "time":
            return {"valueTime": _time(text)}
        case "choice" | "open-choice":
            return _choice(item, text)
        case "url":
            return {"valueUri": _address(text)}
        case "attachment":
            return {"valueAttachment": _attachment(clean(text))}
        case "reference":
            return {"valueReference": _reference(clean(text))}
    return {"valueString": clean(text)}


def written(item: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """The text that stands in the field of an answer: the inverse of `parse`."""
    name, value = next((name, value) for name, value in answer.items() if name.startswith("value"))
    match name:
        case "valueBoolean":
            return "true" if value else "false"
        case "valueDecimal" | "valueInteger":
            return _comma(value)
        case "valueQuantity":
            return _comma(value.get("value", ""))
        case "valueDate" | "valueDateTime":
            return said(answer)
        case "valueTime":
            return str(value)[:5]
        case "valueCoding":
            return _coded(item, value)
        case "valueAttachment":
            title = str(value.get("title", ""))
            return f"{title} #{value['id']}" if "id" in value else title
        case "valueReference":
            if item["type"] in ("choice", "open-choice"):
                return key_of(answer)
            display = str(value.get("display", ""))
            return f"{display} [{value['reference']}]" if "reference" in value else display
    return str(value)


def said(answer: Mapping[str, Any]) -> str:
    """An answer as people read it: "37,8 °C", "Nedsatt", "26.11.2026"."""
    name, value = next((name, value) for name, value in answer.items() if name.startswith("value"))
    match name:
        case "valueBoolean":
            return "Ja" if value else "Nei"
        case "valueDecimal" | "valueInteger":
            return _comma(value)
        case "valueQuantity":
            return f"{_comma(value['value'])} {value.get('unit', '')}".strip()
        case "valueDate" | "valueDateTime":
            return clock(value)
        case "valueTime":
            return str(value)[:5]
        case "valueCoding":
            return str(value.get("display") or value.get("code", ""))
        case "valueAttachment":
            return str(value.get("title", ""))
        case "valueReference":
            return str(value.get("display", ""))
    return str(value)


def number_of(answer: Mapping[str, Any]) -> float | None:
    """The number that an answer is; None for what is none."""
    if "valueQuantity" in answer:
        return float(answer["valueQuantity"]["value"])
    value = answer.get("valueDecimal", answer.get("valueInteger"))
    return None if value is None else float(value)


def unit_of(item: Mapping[str, Any]) -> Json:
    """The unit of an item, as members of a Quantity."""
    for one in item.get("extension", ()):
        if one["url"] in (UNIT, UNIT_OPTION):
            coding = one["valueCoding"]
            known = {"unit": coding.get("display", ""), "system": coding.get("system")}
            return {name: said for name, said in (known | {"code": coding.get("code")}).items() if said}
    return {}


def is_picked(text: str) -> bool:
    """Whether a text is a code that was found in a value set."""
    return bool(_PICKED.fullmatch(text.strip()))


def clean(text: str) -> str:
    """Text as FHIR holds it: without control characters but line ends and tabs (R4 2.24.0.1, string)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\n\t" or ord(one) >= 32).encode("utf-8", "ignore").decode()


def _coded(item: Mapping[str, Any], coding: Json) -> str:
    """A code that was chosen; one of a value set with what it is called."""
    code = str(coding.get("code", ""))
    option = chosen(item, code or str(coding.get("display", "")))
    return option.key if option else f"{code} {coding.get('display', '')}".strip()


def _number(text: str) -> float:
    try:
        value = float(text.replace(",", ".").replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        raise Unreadable("number") from None
    if not abs(value) < LARGEST:
        raise Unreadable("number")
    return int(value) if value == int(value) else value


def _whole(text: str) -> int:
    value = _number(text)
    if value != int(value) or abs(value) > INTEGER:
        raise Unreadable("whole")
    return int(value)


def _date(item: Mapping[str, Any], text: str) -> str:
    """A day; a month or a year where that is what is asked for (R4 date)."""
    text = day_typed(text) or text
    rest = _PARTS.get(control_of(item), "")
    try:
        return date.fromisoformat(text + rest).isoformat()[: 10 - len(rest)]
    except ValueError:
        raise Unreadable("date") from None


def _moment(text: str) -> str:
    """A day with a time of day, else as much of a day as is known (R4 dateTime)."""
    if found := _CLOCK.fullmatch(text):
        text = f"{day_typed(found[1]) or found[1]}T{found[2].zfill(2)}:{found[3]}"
    text = day_typed(text) or text
    try:
        if _KNOWN.fullmatch(text):
            return date.fromisoformat(text + "-01-01"[len(text) - 4 :]).isoformat()[: len(text)]
        return datetime.fromisoformat(text).replace(tzinfo=OSLO).isoformat(timespec="seconds")
    except ValueError:
        raise Unreadable("moment") from None


def _time(text: str) -> str:
    try:
        return time.fromisoformat(text.replace(".", ":")).strftime("%H:%M:%S")
    except ValueError:
        raise Unreadable("time") from None


def _address(text: str) -> str:
    if not _URI.fullmatch(text):
        raise Unreadable("address")
    return text


def _attachment(text: str) -> Json:
    """A file that was sent is known by what stands after its name; without that it is a name alone."""
    found = _FILE.fullmatch(text)
    return {"id": found[2], "title": found[1]} if found else {"title": text}


def _reference(text: str) -> Json:
    """Something in the record, chosen from a list; or words alone."""
    found = _CHOSEN.fullmatch(text)
    return {"reference": found[2], "display": found[1]} if found else {"display": text}


def _choice(item: Mapping[str, Any], text: str) -> Json:
    if option := chosen(item, text):
        return option.answer
    if "answerValueSet" in item and (found := _PICKED.fullmatch(text)):
        return {"valueCoding": {"system": found[2], "code": found[3], "display": found[1]}}
    coded = _CODED.fullmatch(text)
    if coded and "answerValueSet" in item:
        system = item["answerValueSet"].removesuffix("?fhir_vs")
        return {"valueCoding": {"system": system, "code": coded[1], "display": coded[2]}}
    if item["type"] == "choice":
        raise Unreadable("choice")
    return {"valueString": clean(text)}


def _comma(value: float | str) -> str:
    return str(value).replace(".", ",")
