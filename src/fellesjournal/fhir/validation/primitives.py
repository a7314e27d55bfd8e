"""The formats of R4's primitive types (FHIR R4, datatypes.html#primitive)."""

import binascii
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from fellesjournal.fhir.faults import Check, Faults, Local, fault, shown, wrong_kind
from fellesjournal.fhir.resource import is_id
from fellesjournal.fhir.validation.narrative import check_xhtml

MAX_STRING = 1024 * 1024
"""Characters in a string (datatypes.html#string)."""

_YEAR = "(?!0000)[0-9]{4}"
_DAY = (
    "-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|[12][0-9]))"
)
_MONTH = "-(?:0[1-9]|1[0-2])"
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?"
_ZONE = "(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"

_is_date = re.compile(f"{_YEAR}(?:{_DAY}|{_MONTH})?").fullmatch
_is_date_time = re.compile(f"{_YEAR}(?:{_DAY}(?:T{_TIME}{_ZONE})?|{_MONTH})?").fullmatch
_is_instant = re.compile(f"{_YEAR}{_DAY}T{_TIME}{_ZONE}").fullmatch
_is_time = re.compile(_TIME).fullmatch
_is_code = re.compile(r"\S+(?:\s\S+)*", re.ASCII).fullmatch
_SPACE = re.compile(r"\s+", re.ASCII)
_is_oid = re.compile(r"urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+").fullmatch
_is_uuid = re.compile("urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch


def check_boolean(value: Any, local: Local) -> Faults:
    """true or false, not as a string."""
    return None if type(value) is bool else wrong_kind(value, "true or false (without quotes)")


def check_string(value: Any, local: Local) -> Faults:
    """A string that is not empty and not longer than a megabyte."""
    if type(value) is str and 0 < len(value) <= MAX_STRING:
        return None
    if type(value) is not str:
        return wrong_kind(value, "a string")
    if not value:
        return _empty()
    return fault("too-long", f"A string has at most {MAX_STRING} characters; this one has {len(value)}.")


def check_uri(value: Any, local: Local) -> Faults:
    """A URI, URL or canonical: no whitespace in it."""
    if type(value) is str and value.split() == [value]:
        return None
    if type(value) is not str:
        return wrong_kind(value, "a string")
    if not value:
        return _empty()
    if not _SPACE.search(value):
        return None
    return fault("value", f"A URI has no spaces or line breaks in it; {shown(value)} has.")


def check_decimal(value: Any, local: Local) -> Faults:
    """A number a double can hold, roughly; its digits are kept as written."""
    if type(value) is float or (type(value) is int and -_HUGE < value < _HUGE) or type(value) is Decimal:
        return None
    if type(value) is int:
        return fault("value", "The number is out of range: at most about 1.7e308 can be stored.")
    return wrong_kind(value, "a number (without quotes)")


_HUGE = 10**308


def check_base64(value: Any, local: Local) -> Faults:
    """Base64 with padding; whitespace between the characters is allowed."""
    if type(value) is not str:
        return wrong_kind(value, "a string")
    if not value:
        return _empty()
    try:
        binascii.a2b_base64(_SPACE.sub("", value) if _SPACE.search(value) else value, strict_mode=True)
    except ValueError:
        said = "it has A-Z, a-z, 0-9, + and / in groups of four, the last one filled up with ="
        return fault("value", f"This is not base64: {said}.")
    return None


def _whole_number(low: int, high: int) -> Check:
    def check(value: Any, local: Local) -> Faults:
        if type(value) is int and low <= value <= high:
            return None
        if type(value) is int:
            return fault("value", f"{shown(value)} is out of range: {low} to {high}.")
        return wrong_kind(value, "a whole number (without quotes, point or exponent)")

    return check


def _pattern(matches: Callable[[str], object], description: str) -> Check:
    def check(value: Any, local: Local) -> Faults:
        if type(value) is str:
            if matches(value):
                return None
            return fault("value", f"{shown(value)} is not {description}.") if value else _empty()
        return wrong_kind(value, "a string")

    return check


def _calendar(matches: Callable[[str], object], description: str) -> Check:
    def check(value: Any, local: Local) -> Faults:
        if type(value) is str:
            if matches(value):
                if value[4:10] != "-02-29" or _is_leap(int(value[:4])):
                    return None
                return fault("value", f"{shown(value)} is no real date: {value[:4]} is not a leap year.")
            return fault("value", f"{shown(value)} is not {description}.") if value else _empty()
        return wrong_kind(value, "a string")

    return check


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _empty() -> Faults:
    return fault("value", "A string must not be empty: leave the member out when there is no value.")


PRIMITIVES: dict[str, Check] = {
    "base64Binary": check_base64,
    "boolean": check_boolean,
    "canonical": check_uri,
    "code": _pattern(_is_code, "a code: no space before or after it, and only single ones within"),
    "date": _calendar(_is_date, "a real date: YYYY, YYYY-MM or YYYY-MM-DD"),
    "dateTime": _calendar(
        _is_date_time,
        "a real date and time: YYYY, YYYY-MM, YYYY-MM-DD or, with seconds and time zone, "
        "YYYY-MM-DDThh:mm:ss+hh:mm",
    ),
    "decimal": check_decimal,
    "id": _pattern(is_id, "an id: 1 to 64 of the characters A-Z a-z 0-9 - and ."),
    "instant": _calendar(_is_instant, "a real instant: YYYY-MM-DDThh:mm:ss.sss+hh:mm"),
    "integer": _whole_number(-(2**31), 2**31 - 1),
    "markdown": check_string,
    "oid": _pattern(_is_oid, "an OID: urn:oid: and numbers with points between"),
    "positiveInt": _whole_number(1, 2**31 - 1),
    "string": check_string,
    "time": _pattern(_is_time, "a time of day: hh:mm:ss"),
    "unsignedInt": _whole_number(0, 2**31 - 1),
    "uri": check_uri,
    "url": check_uri,
    "uuid": _pattern(_is_uuid, "a UUID: urn:uuid: and 32 lower-case hexadecimal digits, 8-4-4-4-12"),
    "xhtml": check_xhtml,
}
