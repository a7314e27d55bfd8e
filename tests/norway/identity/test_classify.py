"""From any number, with or without its system, to what it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import BY_SYSTEM, HELP_NUMBER_TYPE, OID, Form, Identity, Kind
from fellesjournal.norway.identity.practice import refused_on_practice_site
from norway.numbers import number, numbers

TODAY = date(2026, 11, 25)
BORN = date(1980, 1, 1)
SYNTHETIC = number(BORN, 0, month=80)
SYNTHETIC_D = number(BORN, 0, day=40, month=80)
LOCAL = number(BORN, 0, month=40)
ORGANISATION = "123456785"
"""The register's own example."""
DUF = ("200205705502", "200900595509")
"""From the tests of the public package Skaar.Fodselsnummer."""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SYNTHETIC, Kind.BIRTH_NUMBER),
        (f" {SYNTHETIC[:6]} {SYNTHETIC[6:]}", Kind.BIRTH_NUMBER),
        (SYNTHETIC_D, Kind.D_NUMBER),
        (LOCAL, Kind.LOCAL_HELP_NUMBER),
        (ORGANISATION, Kind.ORGANISATION_NUMBER),
        ("123 456 785", Kind.ORGANISATION_NUMBER),
        (DUF[0], Kind.DUF_NUMBER),
        (DUF[1], Kind.DUF_NUMBER),
    ],
)
def test_a_number_is_known_by_its_shape(text: str, kind: Kind) -> None:
    found = classify(text, TODAY)
    assert found.kind is kind
    assert found.value == text.replace(" ", "")


@pytest.mark.parametrize("kind", [Kind.HPR_NUMBER, Kind.HER_ID, Kind.RESH_ID])
def test_running_numbers_are_known_by_their_system(kind: Kind) -> None:
    assert classify("9900001", TODAY, kind.system) == Identity("9900001", kind)
    for wrong in ("0", "1234567890"):
        with pytest.raises(Invalid, match=f"no {kind.title}"):
            classify(wrong, TODAY, kind.system)


def test_a_running_number_without_its_system_is_asked_for_it() -> None:
    with pytest.raises(Invalid, match="HPR-nummer, a HER-id or a RESH-id"):
        classify("9900001", TODAY)
    with pytest.raises(Invalid, match="no organisasjonsnummer"):
        classify("123456784", TODAY)


@pytest.mark.parametrize("text", ["", "   ", "1234567890a", "0101-80", "٠١٠١٨٠٠٠٠٠٠", "1²"])
def test_what_is_not_digits_is_no_number(text: str) -> None:
    with pytest.raises(Invalid, match="digits only"):
        classify(text, TODAY)


@pytest.mark.parametrize("text", ["1234567890", "1234567890123"])
def test_a_length_that_no_number_has_is_named(text: str) -> None:
    with pytest.raises(Invalid, match=f"has {len(text)} digits"):
        classify(text, TODAY)


def test_a_system_that_is_none_is_answered_with_those_there_are() -> None:
    with pytest.raises(Invalid, match=r"urn:oid:2\.16\.578\.1\.12\.4\.1\.4\.4 \(HPR-nummer\)"):
        classify("9900001", TODAY, "http://hl7.no/fhir/NamingSystem/HPR")


@pytest.mark.parametrize(
    ("text", "wanted", "message"),
    [
        (SYNTHETIC_D, Kind.BIRTH_NUMBER, r"is a D-nummer, not a fødselsnummer: its system is .*4\.2\."),
        (SYNTHETIC, Kind.D_NUMBER, r"is a fødselsnummer, not a D-nummer: its system is .*4\.1\."),
        (LOCAL, Kind.D_NUMBER, r"is a hjelpenummer, not a D-nummer: its system is HNR, and it needs who"),
        (SYNTHETIC, Kind.COMMON_HELP_NUMBER, "is a fødselsnummer, not a felles hjelpenummer"),
        (SYNTHETIC[:10], Kind.BIRTH_NUMBER, "has 10 digits; every fødselsnummer has 11"),
        (ORGANISATION[:8], Kind.ORGANISATION_NUMBER, "has 8 digits; every organisasjonsnummer has 9"),
        ("123456784", Kind.ORGANISATION_NUMBER, "wrong check digit"),
        ("200205705503", Kind.DUF_NUMBER, "wrong check digits"),
        (DUF[0][:11], Kind.DUF_NUMBER, "has 11 digits"),
    ],
)
def test_a_number_that_is_not_of_its_system_is_told_what_it_is(text: str, wanted: Kind, message: str) -> None:
    with pytest.raises(Invalid, match=message):
        classify(text, TODAY, wanted.system)


def test_forty_added_to_the_month_is_synthetic_when_the_system_says_so() -> None:
    assert classify(LOCAL, TODAY).kind is Kind.LOCAL_HELP_NUMBER
    assert classify(LOCAL, TODAY, "HNR").kind is Kind.LOCAL_HELP_NUMBER
    found = classify(LOCAL, TODAY, Kind.BIRTH_NUMBER.system)
    assert (found.kind, found.form, found.born) == (Kind.BIRTH_NUMBER, Form.NAV, BORN)


@given(st.integers(0, 9999_9999), st.integers(0, 9))
def test_nine_digits_are_an_organisation_number_for_one_last_digit_at_most(eight: int, last: int) -> None:
    taken = []
    for digit in range(10):
        try:
            classify(f"{eight:08}{digit}", TODAY, Kind.ORGANISATION_NUMBER.system)
        except Invalid:
            continue
        taken.append(digit)
    assert len(taken) <= 1


@given(st.text(max_size=14), st.sampled_from(["", *BY_SYSTEM, "urn:oid:1.2.3"]))
def test_any_text_is_a_number_or_has_a_reason(text: str, system: str) -> None:
    try:
        outcome = classify(text, TODAY, system).value
    except Invalid as invalid:
        outcome = str(invalid)
    assert outcome.isdigit() or outcome.endswith(".")


def test_every_kind_has_its_own_system() -> None:
    assert len(BY_SYSTEM) == len(Kind)
    assert {system for system in BY_SYSTEM if not system.startswith(OID)} == {"HNR"}
    assert HELP_NUMBER_TYPE == ("urn:oid:2.16.578.1.12.4.1.1.8327", "HNR")


@given(numbers())
def test_a_practice_site_refuses_what_a_real_person_may_bear(made: tuple[str, date, int]) -> None:
    ordinary = classify(made[0], TODAY)
    reason = refused_on_practice_site(ordinary, practice=True)
    assert reason is not None
    assert "80 (or 65, or 40) added to the month" in reason
    assert made[0] not in reason
    assert refused_on_practice_site(ordinary, practice=False) is None


@pytest.mark.parametrize("raised", [40, 65, 80])
def test_a_practice_site_takes_every_synthetic_form(raised: int) -> None:
    for day in (0, 40):
        synthetic = classify(number(BORN, 0, day=day, month=raised), TODAY)
        assert refused_on_practice_site(synthetic, practice=True) is None


def test_a_practice_site_refuses_numbers_that_do_not_show_whether_they_are_made_up() -> None:
    for identity in (Identity("9" * 11, Kind.COMMON_HELP_NUMBER), Identity(DUF[0], Kind.DUF_NUMBER)):
        reason = refused_on_practice_site(identity, practice=True)
        assert reason is not None
        assert "local help number" in reason
    assert refused_on_practice_site(Identity("9900001", Kind.HPR_NUMBER), practice=True) is None
    assert refused_on_practice_site(Identity(ORGANISATION, Kind.ORGANISATION_NUMBER), practice=True) is None
