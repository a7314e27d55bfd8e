"""Which codes are known, and our own profiles."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import asyncpg

from fellesjournal.app.conformance import (
    LISTED_BY_SET_UP,
    BoundCodes,
    KnownCodes,
    norwegian_resources,
    stored_profiles,
)
from fellesjournal.app.settings import Settings
from fellesjournal.fhir.codes import grammars
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.grammars import BY_DOCUMENT
from fellesjournal.fhir.validation import Validator
from fellesjournal.terminology import loading
from fellesjournal.terminology.library import FhirLibrary
from fellesjournal.terminology.sources import currencies, time_zones
from fellesjournal.terminology.terminology import Terminology


def test_codes_without_a_system_are_known_of_fhirs_own_value_sets(definitions: Definitions) -> None:
    codes = KnownCodes(definitions)
    gender = "http://hl7.org/fhir/ValueSet/administrative-gender"
    assert codes.member(gender, "", "female") is True
    assert codes.member(gender, "", "rosa") is False
    assert codes.member("http://example.org/ValueSet/unknown", "", "x") is None
    assert codes.member("http://example.org/ValueSet/unknown", "urn:x", "x") is None


def test_our_own_profiles_for_norway_are_sound(definitions: Definitions) -> None:
    validator = Validator(definitions)
    trees = list(norwegian_resources())
    assert [issue for tree in trees for issue in validator.validate(tree)] == []
    assert len({tree["url"] for tree in trees}) == len(trees)


def test_what_is_written_and_validated_is_held_to_what_the_terminology_can_use(
    definitions: Definitions,
) -> None:
    validate = stored_profiles(Settings(), definitions, KnownCodes(definitions)).validator.validate
    system = {
        "resourceType": "CodeSystem",
        "status": "active",
        "content": "complete",
        "concept": [{"code": "a", "property": [{"code": "parent", "valueCode": "a"}]}],
    }
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": system}]}
    assert [each.expression for each in validate(system)] == ["CodeSystem.concept[0]"]
    assert [each.expression for each in validate(bundle)] == ["Bundle.entry[0].resource.concept[0]"]
    condition = {"property": "display", "op": "regex", "value": "("}
    include = {"system": "urn:x", "filter": [condition]}
    told = validate({"resourceType": "ValueSet", "status": "active", "compose": {"include": [include]}})
    assert [each.expression for each in told] == ["ValueSet.compose.include[0].filter[0].value"]
    include["filter"] = [condition | {"op": "resembles", "value": "x"}]
    told = validate({"resourceType": "ValueSet", "status": "active", "compose": {"include": [include]}})
    assert [each.expression for each in told] == ["ValueSet.compose.include[0].filter[0].op"]


WITHOUT_CODES = {"http://loinc.org/vs/LL379-9"}
"""What R4 requires that nobody here can judge: LOINC's own answer list, which is in no package of HL7's."""


def _required(definitions: Definitions) -> Iterator[str]:
    """Every value set that R4 requires of an element of its types, its profiles and its extensions."""
    for name in definitions.type_names:
        for elements in definitions.type(name).elements.values():
            for element in elements:
                yield element.value_set if element.strength == "required" else element.limit
    for url in definitions.structure_urls:
        for element in (definitions.structure(url) or {})["differential"]["element"]:
            if element.get("binding", {}).get("strength") == "required":
                yield element["binding"].get("valueSet", "").partition("|")[0]


def test_every_value_set_that_r4_requires_is_listed_or_judged_by_a_grammar(definitions: Definitions) -> None:
    unlisted = {url for url in _required(definitions) if url and definitions.value_set_codes(url) is None}
    judged = {url for url in unlisted if grammars(definitions, url) is not None}
    assert unlisted - judged == LISTED_BY_SET_UP | WITHOUT_CODES
    assert judged == set(BY_DOCUMENT) | {
        f"http://hl7.org/fhir/ValueSet/{name}" for name in ("all-languages", "mimetypes", "ucum-units")
    }


async def test_a_currency_and_a_time_zone_are_held_to_the_lists_that_set_up_loads(
    pool: asyncpg.Pool, definitions: Definitions
) -> None:
    codes = KnownCodes(definitions)
    profiles = stored_profiles(Settings(), definitions, codes)
    zone = {"url": "http://hl7.org/fhir/StructureDefinition/tz-code", "valueCode": "Europe/Bergen"}
    invoice = {"resourceType": "Invoice", "status": "draft", "totalNet": {"value": 1, "currency": "NKR"}}
    visit: dict[str, Any] = {"resourceType": "Basic", "code": {"text": "x"}, "created": "2026-11-26"}
    visit["_created"] = {"extension": [zone]}
    assert profiles.validate(invoice) == profiles.validate(visit) == []
    service = Terminology(pool, FhirLibrary(definitions), lambda: date(2026, 11, 26))
    codes.memberships = service.memberships
    async with pool.acquire() as connection:
        for release in (currencies.release("x"), time_zones.release(["Europe/Oslo"], "1", "x")):
            await loading.load(connection, release)
        await BoundCodes(definitions, profiles, service).refresh(connection)
    assert [issue.expression for issue in profiles.validate(invoice)] == ["Invoice.totalNet.currency"]
    for currency in ("NOK", "DEM"):
        paid = invoice | {"totalNet": {"value": 1, "currency": currency}}
        assert profiles.validate(paid) == []
    assert [issue.code for issue in profiles.validate(visit)] == ["code-invalid"]
    zone["valueCode"] = "Europe/Oslo"
    assert profiles.validate(visit) == []
