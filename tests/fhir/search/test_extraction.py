"""What resources are found by: a worked example for each type of parameter and of element."""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from fellesjournal.fhir.search.compile import ParametersByType
from fellesjournal.fhir.search.entries import IndexEntries
from fellesjournal.fhir.search.extraction import Extractor
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.search.terms import hash64, key_of, path_number
from fellesjournal.fhir.search.values import BELOW, IDENTIFIER, OF_TYPE, TEXT, composite_path, composite_salt
from fellesjournal.fhir.text import grams
from fhir.search import reading

UCUM = "http://unitsofmeasure.org"
LOINC = "http://loinc.org"

Extract = Callable[[dict[str, Any]], tuple[IndexEntries, dict[str, SearchParameter]]]


@pytest.fixture
def extract(extractor: Extractor, parameters: ParametersByType) -> Extract:
    def extract_one(tree: dict[str, Any]) -> tuple[IndexEntries, dict[str, SearchParameter]]:
        return extractor.extract(tree), parameters[tree["resourceType"]]

    return extract_one


def coding(code: str, display: str = "", system: str = LOINC) -> dict[str, Any]:
    return {"system": system, "code": code} | ({"display": display} if display else {})


def quantity(value: Any, code: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": code, "system": UCUM, "code": code} | more


def test_a_concept_is_found_by_code_system_and_text(extract: Extract) -> None:
    concept = {"coding": [coding("8480-6", "Systolisk blodtrykk"), {"code": "BT"}], "text": "Blodtrykk, øvre"}
    entries, known = extract({"resourceType": "Observation", "status": "final", "code": concept})
    for value in ("8480-6", f"{LOINC}|8480-6", f"{LOINC}|", "BT", "|BT"):
        assert reading.has_token(entries, known["code"], value), value
    for value in ("|8480-6", f"{LOINC}|BT", "8480", "http://other|"):
        assert not reading.has_token(entries, known["code"], value), value
    assert reading.has_token(entries, known["status"], "http://hl7.org/fhir/observation-status|final")
    texts = {text.folded for text in entries.concept_texts if text.path == path_number("Observation.code")}
    assert texts == {"systolisk blodtrykk", "blodtrykk ovre"}
    assert all(reading.has_value(entries, known["code"], TEXT + text) for text in texts)


def test_an_identifier_is_found_also_by_its_type(extract: Extract) -> None:
    kind = {"coding": [coding("MR", system="http://v2-0203")], "text": "Journalnummer"}
    identifier = {"system": "urn:oid:1.2", "value": "44", "type": kind}
    entries, known = extract({"resourceType": "Patient", "identifier": [identifier, {"value": "loose"}]})
    parameter = known["identifier"]
    for value in ("44", "urn:oid:1.2|44", "urn:oid:1.2|", "|loose"):
        assert reading.has_token(entries, parameter, value), value
    assert reading.has_value(entries, parameter, OF_TYPE + "http://v2-0203|MR|44")
    assert reading.has_value(entries, parameter, TEXT + "journalnummer")


def test_booleans_and_contact_points_are_tokens(extract: Extract) -> None:
    telecom = [{"system": "phone", "value": "+47 912 34 567"}, {"system": "email", "value": "Kari@X.no"}]
    entries, known = extract({"resourceType": "Patient", "active": True, "telecom": telecom})
    assert reading.has_token(entries, known["active"], "true")
    assert not reading.has_token(entries, known["active"], "false")
    assert reading.has_token(entries, known["phone"], "+4791234567")
    assert not reading.has_token(entries, known["phone"], "kari@x.no")
    assert reading.has_token(entries, known["email"], "kari@X.NO")
    assert reading.has_token(entries, known["telecom"], "email|kari@x.no")
    assert reading.has_token(entries, known["deceased"], "false")


@pytest.mark.parametrize(
    ("deceased", "answer"),
    [({}, "false"), ({"deceasedBoolean": False}, "false"), ({"deceasedBoolean": True}, "true"),
     ({"deceasedDateTime": "2020"}, "true")],
)  # fmt: skip
def test_an_expression_of_another_form_is_evaluated(
    deceased: dict[str, Any], answer: str, extract: Extract
) -> None:
    entries, known = extract({"resourceType": "Patient"} | deceased)
    assert reading.has_token(entries, known["deceased"], answer)
    assert not reading.has_token(entries, known["deceased"], "true" if answer == "false" else "false")


def test_a_reference_is_found_by_target_type_and_identifier(extract: Extract) -> None:
    subject = {"reference": "Patient/kari", "identifier": {"system": "urn:fnr", "value": "1"}}
    performer = [
        {"reference": "Organization/a/_history/3"},
        {"reference": "https://x.no/fhir/Practitioner/p"},
    ]
    entries, known = extract({"resourceType": "Observation", "subject": subject, "performer": performer})
    assert reading.has_value(entries, known["subject"], "Patient/kari")
    assert reading.has_value(entries, known["subject"], IDENTIFIER + "urn:fnr|1")
    assert reading.is_present(entries, known["patient"])
    for value in ("Organization/a", "Organization/a/_history/3", "https://x.no/fhir/Practitioner/p"):
        assert reading.has_value(entries, known["performer"], value), value
    assert {link.target for link in entries.links} == {key_of("Patient/kari"), key_of("Organization/a")}


def test_a_contained_reference_is_there_but_is_no_address(extract: Extract) -> None:
    contained = [{"resourceType": "Device", "id": "d"}]
    entries, known = extract(
        {"resourceType": "Observation", "contained": contained, "subject": {"reference": "#d"}}
    )
    assert reading.is_present(entries, known["subject"])
    assert not reading.is_present(entries, known["patient"])
    assert entries.links == []


def test_a_uri_is_found_by_what_is_above_it(extract: Extract) -> None:
    entries, known = extract({"resourceType": "ValueSet", "url": "http://x.no/ValueSet/a"})
    assert reading.has_value(entries, known["url"], "http://x.no/ValueSet/a")
    for address in ("http://x.no", "http://x.no/ValueSet", "http://x.no/ValueSet/a"):
        assert reading.has_value(entries, known["url"], BELOW + address), address
    assert not reading.has_value(entries, known["url"], "http://x.no/ValueSet")


def test_meta_is_found_in_every_type(extract: Extract) -> None:
    meta = {"tag": [coding("x")], "profile": ["http://x.no/StructureDefinition/p|2"], "source": "http://s"}
    entries, known = extract({"resourceType": "Basic", "id": "b", "meta": meta})
    assert reading.has_token(entries, known["_tag"], f"{LOINC}|x")
    assert reading.has_value(entries, known["_profile"], "http://x.no/StructureDefinition/p")
    assert reading.has_value(entries, known["_source"], "http://s")


def test_names_and_addresses_are_found_by_each_part(extract: Extract) -> None:
    name = [{"family": "Ås", "given": ["Kari", None, "Marie"], "_given": [None, {"id": "x"}, None]}]
    address = [{"line": ["Storgata 1"], "city": "Tromsø", "postalCode": "9008"}]
    entries, known = extract({"resourceType": "Patient", "name": name, "address": address})

    def folded(code: str) -> list[str]:
        return [row.folded for row in reading.strings(entries, known[code])]

    assert folded("name") == ["as", "kari", "marie"]
    assert folded("family") == ["as"]
    assert folded("given") == ["kari", "marie"]
    assert folded("address") == ["storgata 1", "tromso", "9008"]
    (city,) = reading.strings(entries, known["address-city"])
    assert (city.exact, city.grams) == (
        hash64("Tromsø"),
        grams("tromso", path_number("Patient.address.city")),
    )


@pytest.mark.parametrize(
    ("element", "first", "last"),
    [
        ({"effectiveDateTime": "2020-05"}, "2020-05", "2020-05"),
        ({"effectiveInstant": "2020-05-17T10:00:00Z"}, "2020-05-17T10:00:00Z", "2020-05-17T10:00:00Z"),
        ({"effectivePeriod": {"start": "2020-05-17", "end": "2020-06"}}, "2020-05-17", "2020-06"),
        ({"effectiveTiming": {"event": ["2020-05-17", "2020-05-01"]}}, "2020-05-01", "2020-05-17"),
        (
            {"effectiveTiming": {"repeat": {"boundsPeriod": {"start": "2020", "end": "2021"}}}},
            "2020",
            "2021",
        ),
    ],
)
def test_a_date_is_found_over_all_its_time(
    element: dict[str, Any], first: str, last: str, extract: Extract
) -> None:
    entries, known = extract({"resourceType": "Observation"} | element)
    assert reading.spans(entries, known["date"], first, last)


def test_an_open_period_has_no_end(extract: Extract) -> None:
    entries, known = extract({"resourceType": "Observation", "effectivePeriod": {"start": "2020"}})
    assert [row.high for row in reading.dates(entries, known["date"])] == [2**62]


def test_a_day_that_there_is_not_is_present_but_not_found_by_date(extract: Extract) -> None:
    entries, known = extract({"resourceType": "Patient", "birthDate": "2021-02-30"})
    assert reading.is_present(entries, known["birthdate"])
    assert entries.dates == []


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (quantity(Decimal("5.40"), "mg"), 5.4, 5.4),
        (quantity(5.4, "mg", comparator="<="), -math.inf, 5.4),
        (quantity(5, "mg", comparator="<"), -math.inf, math.nextafter(5, 0)),
        (quantity(5, "mg", comparator=">="), 5, math.inf),
        (quantity(5, "mg", comparator=">"), math.nextafter(5, 6), math.inf),
    ],
)
def test_a_quantity_has_bounds_as_written(
    value: dict[str, Any], low: float, high: float, extract: Extract
) -> None:
    entries, known = extract({"resourceType": "Observation", "valueQuantity": value})
    (row,) = reading.numbers(entries, known["value-quantity"])
    assert (row.low, row.high) == (low, high)
    assert row.units == [hash64(f"{UCUM}|mg"), hash64("mg")]
    assert row.canonical_unit == hash64("g")


def test_units_of_one_kind_meet_in_base_units(extract: Extract) -> None:
    def canonical(value: float, code: str) -> tuple[float | None, int | None]:
        entries, known = extract({"resourceType": "Observation", "valueQuantity": quantity(value, code)})
        (row,) = reading.numbers(entries, known["value-quantity"])
        return row.canonical_low, row.canonical_unit

    assert canonical(5.4, "g/dL") == canonical(54, "g/L")
    assert canonical(1.1, "kg") == canonical(1100, "g")
    assert canonical(5.4, "spoon") == (None, None)


def test_ucum_is_the_same_under_its_oid(extract: Extract) -> None:
    entries = [
        extract({"resourceType": "Observation", "valueQuantity": quantity(5.4, "g/dL", system=system)})[0]
        for system in (UCUM, "urn:oid:2.16.840.1.113883.6.8")
    ]
    assert entries[0].numbers == entries[1].numbers


def test_ranges_samples_money_and_plain_numbers(extract: Extract) -> None:
    entries, known = extract({"resourceType": "Condition", "onsetRange": {"low": quantity(3, "a")}})
    (row,) = reading.numbers(entries, known["onset-age"])
    assert (row.low, row.high, row.canonical_high) == (3, math.inf, math.inf)
    samples = {"origin": quantity(100, "mV"), "factor": 2, "data": "1 E -5 10"}
    entries, known = extract({"resourceType": "Observation", "valueSampledData": samples})
    (row,) = reading.numbers(entries, known["value-quantity"])
    assert (row.low, row.high) == (90, 120)
    entries, known = extract({"resourceType": "Invoice", "totalNet": {"value": 250, "currency": "NOK"}})
    (row,) = reading.numbers(entries, known["totalnet"])
    assert row.units == [hash64("urn:iso:std:iso:4217|NOK"), hash64("NOK")]
    entries, known = extract({"resourceType": "RiskAssessment", "prediction": [{"probabilityDecimal": 0.2}]})
    (row,) = reading.numbers(entries, known["probability"])
    assert (row.low, row.units) == (0.2, None)


def test_a_quantity_carries_the_codes_beside_it(extract: Extract) -> None:
    components = [
        {"code": {"coding": [coding("8480-6")]}, "valueQuantity": quantity(120, "mm[Hg]")},
        {
            "code": {"coding": [coding("8462-4"), coding("dia", system="")]},
            "valueQuantity": quantity(80, "mm[Hg]"),
        },
        {"code": {"text": "?"}, "valueQuantity": quantity(1, "1")},
    ]
    entries, known = extract({"resourceType": "Observation", "component": components})
    rows = reading.numbers(entries, known["component-code-value-quantity"].components[1])
    assert rows == reading.numbers(entries, known["component-value-quantity"])
    assert [(row.grp, row.low, row.code, row.system) for row in rows] == [
        (0, 120, hash64("8480-6"), hash64(LOINC)),
        (1, 80, hash64("8462-4"), hash64(LOINC)),
        (1, 80, hash64("dia"), None),
        (2, 1, None, None),
    ]


def test_three_parts_meet_in_their_group(extract: Extract) -> None:
    reference = {"chromosome": {"coding": [coding("7", system="http://chr")]}}
    variants = [{"start": 10, "end": 20}, {"start": 30, "end": 40}]
    entries, known = extract(
        {"resourceType": "MolecularSequence", "referenceSeq": reference, "variant": variants}
    )
    _, start, end = known["chromosome-variant-coordinate"].components
    assert [(r.grp, r.low, r.code) for r in reading.numbers(entries, start)] == [
        (0, 10, hash64("7")),
        (1, 30, hash64("7")),
    ]
    assert [(r.grp, r.low) for r in reading.numbers(entries, end)] == [(0, 20), (1, 40)]


def test_two_equal_parts_make_one_term(extract: Extract) -> None:
    tree = {"code": {"coding": [coding("a")]}, "valueCodeableConcept": {"coding": [coding("b")]}}
    entries, known = extract({"resourceType": "Observation"} | tree)
    for code in ("code-value-concept", "combo-code-value-concept"):
        salted = composite_salt(known[code])
        assert hash64("a\x1fb") ^ salted in entries.terms
        assert hash64(f"{LOINC}|a\x1f{LOINC}|") ^ salted in entries.terms
        assert hash64("b\x1fa") ^ salted not in entries.terms


def test_a_code_and_a_reference_make_one_term(extract: Extract) -> None:
    relates = [{"code": "replaces", "target": {"reference": "DocumentReference/old"}}]
    entries, known = extract({"resourceType": "DocumentReference", "relatesTo": relates})
    assert (
        hash64("replaces\x1fDocumentReference/old") ^ composite_salt(known["relationship"]) in entries.terms
    )


def test_a_code_with_a_date_or_a_string_makes_rows(extract: Extract) -> None:
    code = {"code": {"coding": [coding("a")]}}
    entries, known = extract({"resourceType": "Observation", "valueDateTime": "2020"} | code)
    (row,) = reading.dates(entries, known["value-date"])
    assert (row.code, row.system) == (hash64("a"), hash64(LOINC))
    entries, known = extract({"resourceType": "Observation", "valueString": "Høy"} | code)
    path = path_number(composite_path(known["code-value-string"]))
    assert {row.folded for row in entries.strings if row.path == path} == {
        "a\x1fhoy",
        f"{LOINC}|a\x1fhoy",
        f"{LOINC}|\x1fhoy",
    }


def test_bundles_are_found_by_their_first_resource(extract: Extract) -> None:
    entry = [
        {"resource": {"resourceType": "Composition", "id": "c"}},
        {"resource": {"resourceType": "Patient"}},
    ]
    entries, known = extract({"resourceType": "Bundle", "type": "document", "entry": entry})
    assert reading.has_value(entries, known["composition"], "Composition/c")


def test_extensions_are_read_where_a_parameter_says_so(extract: Extract) -> None:
    url = "http://hl7.org/fhir/StructureDefinition/patient-extensions-Patient-mothersMaidenName"
    entries, known = extract({"resourceType": "Patient", "extension": [{"url": url, "valueString": "Lund"}]})
    assert [row.folded for row in reading.strings(entries, known["mothersMaidenName"])] == ["lund"]


def test_words_for_people_are_kept_and_nothing_else(extract: Extract) -> None:
    entries, _ = extract(
        {
            "resourceType": "Condition",
            "id": "c1",
            "text": {"status": "generated", "div": "<div><p>Feber</p></div>"},
            "contained": [{"resourceType": "Practitioner", "id": "p", "name": [{"text": "Dr. Moe"}]}],
            "identifier": [{"system": "http://x", "value": "9988"}],
            "code": {"coding": [coding("R50", "Feber av ukjent årsak")]},
            "subject": {"reference": "Patient/1", "display": "Kari"},
            "note": [{"text": "Hostet i **natt**"}],
            "extension": [
                {"url": "http://x", "valueString": "Merknad"},
                {"url": "http://y", "valueCode": "z"},
            ],
        }
    )
    assert entries.narrative == "Feber"
    assert set(entries.content.split("\n")) == {
        "Feber",
        "Dr. Moe",
        "Feber av ukjent årsak",
        "Kari",
        "Hostet i **natt**",
        "Merknad",
    }


@pytest.mark.parametrize(
    ("tree", "patient"),
    [
        ({"resourceType": "Patient", "id": "kari"}, "kari"),
        ({"resourceType": "Observation", "subject": {"reference": "Patient/kari"}}, "kari"),
        ({"resourceType": "Observation", "performer": [{"reference": "Patient/ola"}]}, "ola"),
        (
            {
                "resourceType": "Observation",
                "performer": [{"reference": "Patient/ola"}],
                "subject": {"reference": "Patient/kari"},
            },
            "kari",
        ),
        ({"resourceType": "Observation", "subject": {"reference": "Group/g"}}, None),
        ({"resourceType": "Practitioner", "id": "p"}, None),
    ],
)
def test_a_resource_stands_in_the_record_of_its_patient(
    tree: dict[str, Any], patient: str | None, extractor: Extractor
) -> None:
    assert extractor.extract(tree).citizen == (key_of(f"Patient/{patient}") if patient else 0)


def test_entries_come_once(extract: Extract) -> None:
    twice = [{"reference": "Practitioner/p"}] * 2
    entries, _ = extract(
        {"resourceType": "Observation", "performer": twice, "category": [{"coding": [coding("a", "A")]}] * 2}
    )
    for rows in (entries.terms, entries.links, entries.concept_texts):
        assert len(rows) == len(set(rows))
