"""Identity numbers that are written to the record: right on every site, and nobody's on a practice site."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.app.conformance import extra_checks
from fellesjournal.app.identity_numbers import identifier_check
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Found, Local
from fellesjournal.fhir.validation import Validator
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import Kind
from norway.numbers import number, numbers

DAY = date(2026, 11, 25)
LOCAL = Local({}, {})
BORN = date(1980, 5, 17)
SYNTHETIC = number(BORN, 102, month=80)


def ordinary() -> str:
    """A number that somebody might have, found by trying; none is written down here."""
    for tail in range(10_000):
        with suppress(Invalid):
            return classify(f"1507019{tail:04}", DAY, Kind.BIRTH_NUMBER.system).value
    raise AssertionError("no number fits")


def found(value: Any, *, synthetic_only: bool = False) -> list[Found]:
    return identifier_check(lambda: DAY, synthetic_only=synthetic_only)(value, LOCAL) or []


def numbered(kind: Kind, value: str) -> dict[str, str]:
    return {"system": kind.system, "value": value}


def test_a_number_that_somebody_may_have_is_refused_without_being_repeated() -> None:
    (refusal,) = found(numbered(Kind.BIRTH_NUMBER, ordinary()), synthetic_only=True)
    assert (refusal.path, refusal.code) == (".value", "business-rule")
    assert ordinary() not in refusal.message
    assert found(numbered(Kind.BIRTH_NUMBER, ordinary())) == []


def test_it_is_refused_under_the_wrong_system_too_and_without_one() -> None:
    assert found(numbered(Kind.D_NUMBER, ordinary()), synthetic_only=True)
    assert found({"value": ordinary()}, synthetic_only=True)
    for system in ("http://example.org/members", "urn:oid:2.16.578.1.12.4.1.4.9", "fnr"):
        assert found({"system": system, "value": ordinary()}, synthetic_only=True)
        assert not found({"system": system, "value": ordinary()})
        assert not found({"system": system, "value": SYNTHETIC}, synthetic_only=True)


def test_a_hyphen_hides_no_number_and_another_country_may_have_its_own() -> None:
    hyphened = f"{ordinary()[:6]}-{ordinary()[6:]}"
    assert found({"system": "http://example.org/members", "value": hyphened}, synthetic_only=True)
    assert not found({"system": "urn:oid:1.2.208.176.1.2", "value": ordinary()}, synthetic_only=True)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_system_that_is_nearly_norways_is_an_error_that_names_the_right_one(kind: Kind) -> None:
    bare = kind.system.removeprefix("urn:oid:")
    near = {
        bare,
        f"oid:{bare}",
        f"URN:OID:{bare}",
        f"urn:oid: {bare}",
        f" {kind.system}",
        kind.system.lower(),
    }
    for system in near - {kind.system}:
        for value in ({"system": system}, {"system": system, "value": SYNTHETIC}):
            (error,) = found(value)
            assert (error.path, error.code, error.severity) == (".system", "value", "error")
            assert f'"{kind.system}"' in error.message
    assert found({"system": kind.system}) == []
    if bare != kind.system:
        assert found({"system": f"{kind.system}.7"}) == []


def test_a_near_miss_lets_no_number_through_on_a_practice_site() -> None:
    refused = found({"system": "2.16.578.1.12.4.1.4.1", "value": ordinary()}, synthetic_only=True)
    assert [each.path for each in refused] == [".system", ".value"]


def test_no_resource_of_a_practice_site_has_somebodys_number_for_id(definitions: Definitions) -> None:
    def faulty(id: str, settings: Settings) -> list[str]:
        tree = {
            "resourceType": "Patient",
            "id": id,
            "contained": [{"resourceType": "Practitioner", "id": id}],
            "generalPractitioner": [{"reference": f"#{id}"}],
        }
        validator = Validator(definitions, extra=extra_checks(settings))
        return [issue.expression for issue in validator.validate(tree)]

    practice = Settings(practice_site=True)
    assert sorted(faulty(ordinary(), practice)) == ["Patient.contained[0].id", "Patient.id"]
    assert faulty(SYNTHETIC, practice) == faulty("12345678901", practice) == []
    assert faulty(ordinary(), Settings(practice_site=False)) == []
    assert faulty(ordinary(), Settings(practice_site=True, synthetic_numbers_only=False)) == []


@pytest.mark.parametrize("sign", ["\t", "/", "\u200b", "\u2013", " "])
@pytest.mark.parametrize("system", ["", Kind.BIRTH_NUMBER.system, "http://example.org/members"])
def test_no_sign_between_the_digits_hides_a_number(sign: str, system: str) -> None:
    value = {"system": system, "value": sign.join((ordinary()[:6], ordinary()[6:]))}
    assert any(one.code == "business-rule" for one in found(value, synthetic_only=True))


@pytest.mark.parametrize("raised", [40, 65, 80])
def test_a_synthetic_number_is_taken(raised: int) -> None:
    value = numbered(Kind.BIRTH_NUMBER, number(BORN, 102, month=raised))
    assert found(value, synthetic_only=True) == found(value) == []


@pytest.mark.parametrize(
    "value", [None, "x", {}, {"system": 1}, {"system": Kind.BIRTH_NUMBER.system}, {"value": SYNTHETIC}]
)
def test_what_is_no_number_is_left_to_other_checks(value: object) -> None:
    assert found(value, synthetic_only=True) == found(value) == []


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (Kind.BIRTH_NUMBER, SYNTHETIC[:-1] + str((int(SYNTHETIC[-1]) + 1) % 10), "has a wrong check digit"),
        (Kind.BIRTH_NUMBER, SYNTHETIC[:-1], "has 10 digits; every fødselsnummer has 11"),
        (Kind.BIRTH_NUMBER, number(BORN, 102, day=40, month=80), "is a D-nummer, not a fødselsnummer"),
        (Kind.BIRTH_NUMBER, f"{SYNTHETIC[:6]}-{SYNTHETIC[6:]}", "is written with digits only"),
        (Kind.BIRTH_NUMBER, f"{SYNTHETIC[:6]} {SYNTHETIC[6:]}", "is stored without spaces"),
        (Kind.D_NUMBER, SYNTHETIC, "is a fødselsnummer, not a D-nummer"),
        (Kind.COMMON_HELP_NUMBER, SYNTHETIC, "not a felles hjelpenummer"),
        (Kind.HPR_NUMBER, "1234567890", "it has one to nine digits"),
        (Kind.HPR_NUMBER, "Storm", "is written with digits only"),
        (Kind.ORGANISATION_NUMBER, "999999998", "look the organisasjonsnummer up in Enhetsregisteret"),
        (Kind.ORGANISATION_NUMBER, "999 999 999", "is stored without spaces"),
        (Kind.HPR_NUMBER, "000000123", "is stored without leading zeros"),
        (Kind.HER_ID, "0", "it has one to nine digits"),
        (Kind.RESH_ID, "x", "is written with digits only"),
    ],
)
def test_a_number_that_is_none_of_its_kind_is_an_error_on_every_site(
    kind: Kind, value: str, reason: str
) -> None:
    for synthetic_only in (True, False):
        (error,) = found(numbered(kind, value), synthetic_only=synthetic_only)
        assert (error.path, error.code, error.severity) == (".value", "value", "error")
        assert reason in error.message


def test_what_is_not_known_for_certain_is_no_error() -> None:
    (warning,) = found(numbered(Kind.DUF_NUMBER, "202600000000"))
    assert warning.severity == "warning"
    assert found(numbered(Kind.LOCAL_HELP_NUMBER, "bed 12")) == []
    assert found({"system": "http://example.org/members", "value": "1"}) == []
    assert found({"value": "1"}) == []


@given(numbers(month=80), st.integers(0, 10), st.integers(1, 9))
def test_every_mistyped_digit_is_seen(made: tuple[str, date, int], place: int, by: int) -> None:
    right = made[0]
    wrong = right[:place] + str((int(right[place]) + by) % 10) + right[place + 1 :]
    assert found(numbered(Kind.BIRTH_NUMBER, right)) == []
    assert found(numbered(Kind.BIRTH_NUMBER, wrong))


def test_only_a_practice_site_refuses_what_is_right_and_only_if_it_wants_to() -> None:
    def refuses(settings: Settings) -> bool:
        return bool(extra_checks(settings)["Identifier"](numbered(Kind.BIRTH_NUMBER, ordinary()), LOCAL))

    assert refuses(Settings(practice_site=True))
    assert not refuses(Settings(practice_site=True, synthetic_numbers_only=False))
    assert not refuses(Settings(practice_site=False))


def test_identifiers_are_looked_at_wherever_they_stand(definitions: Definitions) -> None:
    validator = Validator(definitions, extra=extra_checks(Settings(practice_site=False)))
    wrong = numbered(Kind.HPR_NUMBER, "x")
    person = {"resourceType": "Practitioner", "id": "p", "identifier": [wrong]}
    patient = {
        "resourceType": "Patient",
        "contained": [person],
        "generalPractitioner": [{"reference": "#p"}, {"identifier": wrong}],
    }
    assert [issue.expression for issue in validator.validate(patient)] == [
        "Patient.contained[0].identifier[0].value",
        "Patient.generalPractitioner[1].identifier.value",
    ]
