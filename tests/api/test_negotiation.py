import pytest

from fellesjournal.api import negotiation
from fellesjournal.api.faults import NotAcceptable, UnsupportedMediaType
from fellesjournal.errors import Invalid


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/*",
        "application/fhir+json",
        "application/fhir+json; charset=utf-8",
        "application/fhir+json;fhirVersion=4.0",
        "application/json",
        "application/json+fhir",
        "text/json",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "application/fhir+xml, application/fhir+json;q=0.5",
        'application/fhir+json; q="x"',
        "Application/FHIR+JSON",
    ],
)
def test_json_is_served_to_who_takes_it(accept: str) -> None:
    negotiation.check_accept(accept)


@pytest.mark.parametrize(
    ("accept", "word"),
    [
        ("application/fhir+xml", "not XML"),
        ("text/xml", "not XML"),
        ("application/fhir+turtle", "turtle"),
        ("image/png", "image/png"),
        ("application/pdf", "PDF"),
        ("application/fhir+json;q=0", "R4"),
        ("application/fhir+json;fhirVersion=3.0", "4.0"),
    ],
)
def test_what_cannot_be_had_is_said_in_a_sentence(accept: str, word: str) -> None:
    with pytest.raises(NotAcceptable, match=word):
        negotiation.check_accept(accept)


@pytest.mark.parametrize(
    "value", ["json", "application/json", "application/fhir+json", "application/fhir json"]
)
def test_format_takes_short_and_long_names(value: str) -> None:
    negotiation.check_format(value)


@pytest.mark.parametrize("value", ["xml", "ttl", "text/html", ""])
def test_format_of_another_kind_is_refused(value: str) -> None:
    with pytest.raises(NotAcceptable):
        negotiation.check_format(value)


def test_prefer_is_read_whole() -> None:
    found = negotiation.preference('return="minimal"; handling=lenient, respond-async, wait=10')
    assert found == negotiation.Preference("minimal", True, True)


@pytest.mark.parametrize("header", ["return=everything", "handling=sloppy"])
def test_prefer_with_a_wrong_value_is_refused(header: str) -> None:
    with pytest.raises(Invalid, match=r"none of|neither"):
        negotiation.preference(header)


@pytest.mark.parametrize(
    "content_type",
    ["application/fhir+json", "application/json;charset=UTF-8", 'application/fhir+json; charset="utf-8"'],
)
def test_json_bodies_are_read(content_type: str) -> None:
    negotiation.check_resource_type(content_type)


@pytest.mark.parametrize(
    ("content_type", "word"),
    [
        ("", "no Content-Type"),
        ("text/plain", "text/plain"),
        ("application/fhir+xml", "not XML"),
        ("application/fhir+json; charset=iso-8859-1", "iso-8859-1"),
        ("application/fhir+json; charset=utf-16", "utf-16"),
        ("application/fhir+json; fhirVersion=5.0", "5.0"),
    ],
)
def test_other_bodies_are_refused(content_type: str, word: str) -> None:
    with pytest.raises(UnsupportedMediaType, match=word):
        negotiation.check_resource_type(content_type)


def test_gzip_is_for_who_reads_it() -> None:
    assert negotiation.takes_gzip(b"br, GZIP;q=0.5")
    for header in (b"", b"br", b"gzip;q=0", b"identity", b"x-gzip"):
        assert not negotiation.takes_gzip(header)
