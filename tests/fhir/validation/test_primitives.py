"""The format of every primitive type (FHIR R4, datatypes.html#primitive)."""

from typing import Any

import pytest

from fellesjournal.fhir.validation import Validator
from fhir.validation.conftest import Faults
from fhir.validation.samples import holding

UUID = "urn:uuid:c757873d-ec9a-4326-a141-556f43239520"

SOUND: dict[str, list[Any]] = {
    "base64Binary": ["aGVsbG8=", "aGVs\nbG8=", " aGVsbG8= ", "AA==", "+/+/"],
    "boolean": [True, False],
    "canonical": ["http://example.org/vs|1.0", "#local", "urn:oid:1.2.3"],
    "code": ["a", "two words", "a/b-c.d", "Å", "CHEST\u00a0"],
    "date": ["2020", "2020-02", "2020-02-29", "0001-01-01", "9999-12-31", "2000-02-29"],
    "dateTime": [
        "2020",
        "2020-12",
        "2020-12-31",
        "2020-12-31T23:59:60Z",
        "2020-12-31T00:00:00.123456789+14:00",
        "2020-12-31T00:00:00-03:30",
    ],
    "decimal": [0, -1, 1.5, 1e300, 12345678901234567890],
    "id": ["a", "A-z.09", "x" * 64],
    "instant": ["2020-12-31T23:59:59Z", "2020-12-31T23:59:59.1+01:00"],
    "integer": [0, -(2**31), 2**31 - 1],
    "markdown": ["# x", "a\n\tb\r\n"],
    "oid": ["urn:oid:1.2.3", "urn:oid:2.16.840.1.113883", "urn:oid:0.0"],
    "positiveInt": [1, 2**31 - 1],
    "string": ["x", " ", "\u00e5 \U0001f600\n", "x" * 1024 * 1024],
    "time": ["00:00:00", "23:59:60", "12:30:00.5"],
    "unsignedInt": [0, 2**31 - 1],
    "uri": ["urn:x", "http://example.org/a?b=c#d", "relative/path", "a\u00a0b"],
    "url": ["mailto:a@example.org", "https://example.org"],
    "uuid": [UUID],
}

FAULTY: dict[str, list[Any]] = {
    "base64Binary": ["", "a", "aGVsbG8", "aGV$bG8=", "=aGVs", "aGVsbG8=aGVs", "\u00e5\u00e5\u00e5\u00e5"],
    "boolean": ["true", 0, 1, None, "", []],
    "canonical": ["", "a b", 7],
    "code": ["", " a", "a ", "a  b", "a\n", 7, True],
    "date": [
        "",
        "20",
        "0000",
        "2020-1",
        "2020-00",
        "2020-13",
        "2020-02-30",
        "2021-02-29",
        "1900-02-29",
        "2020-04-31",
        "2020-12-32",
        "2020-12-31T00:00:00Z",
        "2020-12-31 ",
        "31.12.2020",
        "\u0662\u0660\u0662\u0660",
        2020,
    ],
    "dateTime": [
        "",
        "2020-02-30",
        "2021-02-29T00:00:00Z",
        "2020-12-31T24:00:00Z",
        "2020-12-31T23:60:00Z",
        "2020-12-31T23:59Z",
        "2020-12-31T23:59:59",
        "2020-12-31T23:59:59+15:00",
        "2020-12-31T23:59:59+0100",
        "2020-12-31t23:59:59z",
        "2020-12-31 23:59:59Z",
        "2020-12-31T23:59:59Z\n",
        2020,
    ],
    "decimal": ["1.5", True, None, 10**400, -(10**400)],
    "id": ["", "x" * 65, "a_b", "a b", "\u00e5", 7],
    "instant": ["2020", "2020-12-31", "2020-12-31T23:59:59", "2021-02-29T00:00:00Z"],
    "integer": [2**31, -(2**31) - 1, 1.0, 1.5, "1", True, 10**400],
    "markdown": ["", 7],
    "oid": ["1.2.3", "urn:oid:3.1", "urn:oid:1.02", "urn:oid:1", "urn:oid:1."],
    "positiveInt": [0, -1, 2**31, 1.0, "1"],
    "string": ["", 7, True, ["x"], {"value": "x"}, "x" * (1024 * 1024 + 1)],
    "time": ["12:30", "24:00:00", "12:60:00", "12:30:00Z", "1:00:00"],
    "unsignedInt": [-1, 2**31, 0.0, "0"],
    "uri": ["", "a b", " a", "a\n", 7],
    "url": ["", "http://example.org/a b"],
    "uuid": [UUID.upper(), UUID[9:], UUID[:-1], "urn:uuid:"],
}


def cases(values: dict[str, list[Any]]) -> list[Any]:
    return [
        pytest.param(kind, value, id=f"{kind}-{str(value)[:30]!a}")
        for kind, listed in values.items()
        for value in listed
    ]


@pytest.mark.parametrize(("kind", "value"), cases(SOUND))
def test_sound(faults: Faults, kind: str, value: Any) -> None:
    assert faults(holding(kind, value)) == []


@pytest.mark.parametrize(("kind", "value"), cases(FAULTY))
def test_faulty(faults: Faults, kind: str, value: Any) -> None:
    found = faults(holding(kind, value))
    assert {expression for expression, _ in found} == {f"Basic.extension[0].value.ofType({kind})"}


def test_every_primitive_is_tried() -> None:
    assert set(SOUND) == set(FAULTY)
    assert len(SOUND) == 19


def test_what_is_no_base64_is_told_in_plain_words(validator: Validator) -> None:
    [issue] = validator.validate(holding("base64Binary", "aGVsbG8"))
    assert issue.diagnostics == (
        "This is not base64: it has A-Z, a-z, 0-9, + and / in groups of four, the last one filled up with =."
    )
