"""Values as clients write them, and the values they find."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import PRESENT
from fellesjournal.fhir.search.values import (
    composite_values,
    reference_values,
    split_escaped,
    token_forms,
    token_values,
    token_variants,
    unescape,
    uri_ancestors,
)

CONCEPT = Source("Observation.code", "token", codes=frozenset({"CodeableConcept"}))
STATUS = Source(
    "Observation.status", "token", codes=frozenset({"code"}), systems=frozenset({"http://status"})
)
VERSION = Source("ValueSet.version", "token", codes=frozenset({"string"}))
PHONE = Source("Patient.telecom", "token", codes=frozenset({"ContactPoint"}))


@pytest.mark.parametrize(
    ("value", "separator", "parts"),
    [
        ("a,b", ",", ["a", "b"]),
        (r"a\,b,c", ",", [r"a\,b", "c"]),
        (r"a\\,b", ",", [r"a\\", "b"]),
        (r"a\|b|c", "|", [r"a\|b", "c"]),
        ("", ",", [""]),
        (",", ",", ["", ""]),
    ],
)
def test_separators_split_where_they_are_not_escaped(value: str, separator: str, parts: list[str]) -> None:
    assert split_escaped(value, separator) == parts


@given(st.lists(st.text(alphabet="ab,$|\\ "), min_size=1))
def test_escaped_parts_come_back_whole(parts: list[str]) -> None:
    def escape(part: str) -> str:
        return "".join(f"\\{c}" if c in "\\,$|" else c for c in part)

    for separator in ",$|":
        written = separator.join(map(escape, parts))
        assert [unescape(part) for part in split_escaped(written, separator)] == parts


@pytest.mark.parametrize(
    ("source", "value", "found"),
    [
        (CONCEPT, "8480-6", ["8480-6"]),
        (CONCEPT, "http://loinc.org|8480-6", ["http://loinc.org|8480-6"]),
        (CONCEPT, "|8480-6", ["|8480-6"]),
        (CONCEPT, "http://loinc.org|", ["http://loinc.org|"]),
        (CONCEPT, "|", []),
        (CONCEPT, r"a\|b", ["a|b"]),
        (CONCEPT, r"http://x|a\|b", ["http://x|a|b"]),
        (STATUS, "final", ["final"]),
        (STATUS, "http://status|final", ["final"]),
        (STATUS, "http://other|final", []),
        (STATUS, "http://status|", [PRESENT]),
        (VERSION, "1.0", ["1.0"]),
        (VERSION, "|1.0", ["1.0"]),
        (VERSION, "http://x|1.0", []),
        (PHONE, "+47 912 34 567", ["+4791234567"]),
        (PHONE, "email|Kari@X.no", ["email|kari@x.no"]),
    ],
)
def test_what_a_token_finds(source: Source, value: str, found: list[str]) -> None:
    assert token_values(source, value) == found


@pytest.mark.parametrize("name", ["http://status", "urn:oid:1"])
@pytest.mark.parametrize(
    ("source", "code", "found"),
    [
        (CONCEPT, "final", ["http://status|final", "urn:oid:1|final"]),
        (CONCEPT, "", ["http://status|", "urn:oid:1|"]),
        (CONCEPT, r"a\|b", ["http://status|a|b", "urn:oid:1|a|b"]),
        (STATUS, "final", ["final"]),
        (STATUS, "", [PRESENT]),
        (VERSION, "1.0", []),
    ],
)
def test_a_token_finds_its_code_under_every_name_of_the_code_system(
    source: Source, code: str, found: list[str], name: str
) -> None:
    assert token_values(source, f"{name}|{code}", names_of) == found


@pytest.mark.parametrize("source", [PHONE, replace(CONCEPT, codes=frozenset({"Identifier"}))])
def test_the_system_of_an_identifier_or_a_contact_point_has_one_name(source: Source) -> None:
    assert token_values(source, "urn:oid:1|a", names_of) == ["urn:oid:1|a"]


@pytest.mark.parametrize("value", ["final", "|final", "http://other|final"])
def test_a_token_of_no_system_or_of_another_gets_no_names(value: str) -> None:
    assert token_values(CONCEPT, value, names_of) == token_forms(value, names_of) == [value]


def names_of(system: str) -> list[str]:
    names = ["http://status", "urn:oid:1"]
    return names if system in names else [system]


@given(st.sampled_from(["", "http://a", "urn:oid:1"]), st.text(min_size=1))
def test_what_is_indexed_is_found_in_each_way_of_writing_it(system: str, code: str) -> None:
    def escape(text: str) -> str:
        return text.replace("\\", "\\\\").replace("|", "\\|")

    indexed = token_variants(system, code)
    for written in (escape(code), f"{escape(system)}|{escape(code)}"):
        forms = token_forms(written)
        assert forms
        assert set(forms) <= set(indexed)


def test_references_are_found_without_their_version() -> None:
    assert reference_values("Patient/1") == ("Patient/1",)
    assert reference_values("Patient/1/_history/2") == ("Patient/1/_history/2", "Patient/1")
    assert reference_values("http://x/ValueSet/a|1.0") == ("http://x/ValueSet/a|1.0", "http://x/ValueSet/a")


def test_a_uri_lies_below_its_path_segments() -> None:
    assert uri_ancestors("http://x.no/fhir/ValueSet/a") == [
        "http://x.no/fhir/ValueSet",
        "http://x.no/fhir",
        "http://x.no",
    ]
    assert uri_ancestors("urn:oid:1.2.3") == []


def test_composites_combine_every_value() -> None:
    assert composite_values(["a", "b"], ["c"]) == ["a\x1fc", "b\x1fc"]
