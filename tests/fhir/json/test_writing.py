"""Bodies as they are stored, and trees written with their decimals."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.json import decode_exact, encode, parse, with_meta

MOMENT = datetime(2026, 11, 23, 5, 0, 0, 123999, tzinfo=UTC)
META = b'"meta":{"versionId":"7","lastUpdated":"2026-11-23T05:00:00.123Z"'


def stored(raw: bytes) -> bytes:
    return with_meta(parse(raw), "Patient", "p1", 7, MOMENT)


def test_id_and_meta_stand_right_after_the_type() -> None:
    body = stored(b'{"resourceType":"Patient","active":true}')
    assert body == b'{"resourceType":"Patient","id":"p1",' + META + b'},"active":true}'


def test_the_clients_id_version_and_time_give_way() -> None:
    raw = b'{"resourceType":"Patient","id":"x","meta":{"versionId":"1","lastUpdated":"2001-01-01T00:00:00Z"}}'
    assert stored(raw) == b'{"resourceType":"Patient","id":"p1",' + META + b"}}"


def test_the_clients_other_meta_stays_as_written() -> None:
    raw = rb"""{"meta": {"tag": [ {"code" : "\u0041"} ], "versionId": "1", "source": "urn:x"},
        "resourceType": "Patient"}"""
    expected = META + rb',"tag":[{"code":"\u0041"}],"source":"urn:x"}'
    assert stored(raw) == b'{"resourceType":"Patient","id":"p1",' + expected + b"}"


def test_all_other_members_stay_as_written_and_in_order() -> None:
    raw = rb'{"z":1.50,"_id":{"x":[]},"id":"x","resourceType":"Patient","\"odd\u00e5":[1e2,"\/"],"a":null}'
    expected = '"z":1.50,"_id":{"x":[]},"\\"oddå":[1e2,"\\/"],"a":null}'.encode()
    assert stored(raw) == b'{"resourceType":"Patient","id":"p1",' + META + b"}," + expected


def test_an_id_in_its_place_and_names_spelt_with_escapes_change_nothing() -> None:
    for raw in (
        b'{"resourceType":"Patient","id":"p1","active":true}',
        b'{"resourceType":"Patient","active":true}',
        b'{"resourceType":"Patient","id":"p1","\\u006deta":{"versionId":"1"},"active":true}',
        b'{"resourceType":"Patient","\\u0069d":"x","active":true}',
        b'{"active":true,"id":"p1","resourceType":"Patient"}',
    ):
        assert stored(raw) == b'{"resourceType":"Patient","id":"p1",' + META + b'},"active":true}', raw
    inner = b'"contained":[{"resourceType":"Patient","id":"p1","meta":{"source":"x"}}]}'
    assert stored(b'{"resourceType":"Patient",' + inner) == (
        b'{"resourceType":"Patient","id":"p1",' + META + b"}," + inner
    )


def test_the_time_is_written_in_utc() -> None:
    oslo = MOMENT.astimezone(timezone(timedelta(hours=1)))
    document = parse(b'{"resourceType":"Patient"}')
    assert with_meta(document, "Patient", "p1", 7, oslo) == with_meta(document, "Patient", "p1", 7, MOMENT)


def test_what_is_stored_is_read_back_the_same() -> None:
    document = parse(b'{"resourceType":"Patient","name":[{"family":"\xc3\x86s"}],"x":12.340}')
    again = parse(with_meta(document, "Patient", "p1", 1, MOMENT))
    assert with_meta(again, "Patient", "p1", 1, MOMENT) == again.text
    assert {**document.tree, "id": "p1", "meta": again.tree["meta"]} == again.tree


@pytest.mark.parametrize(
    "number", ["1.50", "0.10", "-0.0", "100000000000000000000.000000000000000001", "1.0E-7"]
)
def test_decimals_keep_their_digits(number: str) -> None:
    text = f'{{"value":{number}}}'.encode()
    assert encode(decode_exact(text)) == text


@pytest.mark.parametrize("number", ["1.0E+2", "1e2", "12E-3", "1E400"])
def test_exponents_keep_their_value(number: str) -> None:
    tree = decode_exact(f'{{"value":{number}}}'.encode())
    assert tree["value"] == Decimal(number)
    assert decode_exact(encode(tree)) == tree


def test_whole_numbers_stay_whole() -> None:
    assert decode_exact(b'{"value":7}') == {"value": 7}
    assert type(decode_exact(b'{"value":7}')["value"]) is int


def test_an_exponent_out_of_all_bounds_is_refused() -> None:
    with pytest.raises(Invalid, match="exponent"):
        decode_exact(b'{"value":1e-99999999999999999999}')
