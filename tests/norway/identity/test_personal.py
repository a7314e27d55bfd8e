"""Numbers of eleven digits: kinds, forms, birth dates, the rule of 2032, and what is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.norway.identity.kinds import Form, Kind, Sex
from fellesjournal.norway.identity.personal import read
from norway.numbers import checked, number, numbers

TODAY = date(2026, 11, 25)
LATER = date(2033, 1, 1)
FORMS = [(0, Form.ORDINARY), (40, Form.NAV), (65, Form.DOLLY), (80, Form.TENOR)]


@pytest.mark.parametrize(("raised", "form"), FORMS)
@given(data=st.data())
def test_a_birth_number_tells_its_form_its_day_and_its_sex(
    raised: int, form: Form, data: st.DataObject
) -> None:
    text, born, individual = data.draw(numbers(month=raised))
    found = read(text, TODAY)
    assert found.kind is (Kind.LOCAL_HELP_NUMBER if form is Form.NAV else Kind.BIRTH_NUMBER)
    assert (found.form, found.born) == (form, born)
    assert found.sex is (Sex.MALE if individual % 2 else Sex.FEMALE)


@pytest.mark.parametrize(("raised", "form"), FORMS)
@given(data=st.data())
def test_a_d_number_has_forty_added_to_its_day(raised: int, form: Form, data: st.DataObject) -> None:
    text, _, _ = data.draw(numbers(day=40, month=raised).filter(lambda made: made[1].year >= 1940))
    found = read(text, TODAY)
    assert (found.kind, found.form) == (Kind.D_NUMBER, form)


@pytest.mark.parametrize("raised", [0, 80])
@given(data=st.data(), place=st.integers(0, 10), change=st.integers(1, 9))
def test_one_mistyped_digit_is_found(raised: int, data: st.DataObject, place: int, change: int) -> None:
    text, _, _ = data.draw(numbers(month=raised))
    wrong = text[:place] + str((int(text[place]) + change) % 10) + text[place + 1 :]
    for on in (TODAY, LATER):
        with pytest.raises(Invalid):
            read(wrong, on)


@pytest.mark.parametrize("raised", [0, 80])
@given(data=st.data(), place=st.integers(0, 9))
def test_two_neighbours_that_have_changed_places_are_found(
    raised: int, data: st.DataObject, place: int
) -> None:
    text, _, _ = data.draw(numbers(month=raised).filter(lambda made: made[0][place] != made[0][place + 1]))
    wrong = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    for on in (TODAY, LATER):
        with pytest.raises(Invalid):
            read(wrong, on)


@pytest.mark.parametrize(
    ("two_digits", "individual", "year"),
    [
        ("54", 500, 1854),
        ("99", 749, 1899),
        ("00", 499, 1900),
        ("00", 500, 2000),
        ("26", 750, 2026),
        ("40", 900, 1940),
        ("99", 998, 1999),
        ("39", 20, 1939),
    ],
)
def test_the_individual_number_tells_the_century(two_digits: str, individual: int, year: int) -> None:
    born = date(year, 5, 17)
    assert born.year % 100 == int(two_digits)
    found = read(number(born, individual, month=80), TODAY)
    assert found.born == born


@pytest.mark.parametrize(("two_digits", "individual"), [("45", 600), ("53", 749), ("60", 800), ("99", 750)])
def test_an_individual_number_outside_every_series_is_refused(two_digits: str, individual: int) -> None:
    made = [checked(f"1705{two_digits}{individual + step:03}") for step in (0, 2, 4)]
    with pytest.raises(Invalid, match="digits 7 to 9"):
        read(next(one for one in made if one), TODAY)


@pytest.mark.parametrize(
    "number_of_the_playground",
    [
        *("41814061033", "41814065640", "41814075603"),
        *("41810021827", "41810025091", "41810034422"),
    ],
)
def test_the_register_s_own_examples_of_the_d_numbers_new_series(number_of_the_playground: str) -> None:
    found = read(number_of_the_playground, TODAY)
    expected = date(1940, 1, 1) if number_of_the_playground[4:6] == "40" else date(2000, 1, 1)
    assert (found.kind, found.form, found.born) == (Kind.D_NUMBER, Form.TENOR, expected)


def test_a_d_number_of_the_old_series_is_not_of_one_unborn() -> None:
    found = read(number(date(1935, 3, 2), 301, day=40, month=80), TODAY)
    assert found.born == date(1935, 3, 2)


def test_the_register_s_own_example_of_the_rule_of_2032() -> None:
    nine = "020132" + "999"
    assert checked(nine) == nine + "97"
    assert checked(nine, remainder=1) is None
    assert checked(nine, remainder=2) == nine + "03"
    for remainder in (0, 2):
        text = checked(nine, remainder)
        assert text is not None
        found = read(text, LATER)
        assert (found.kind, found.born, found.sex) == (Kind.BIRTH_NUMBER, None, None)


@pytest.mark.parametrize("remainder", [1, 2, 3])
@given(data=st.data())
def test_a_new_check_digit_is_right_from_2032_and_tells_nothing(remainder: int, data: st.DataObject) -> None:
    text, _, _ = data.draw(numbers(remainder=remainder))
    found = read(text, LATER)
    assert (found.kind, found.born, found.sex) == (Kind.BIRTH_NUMBER, None, None)
    with pytest.raises(Invalid, match="before 2032-01-01"):
        read(text, TODAY)


@given(numbers(month=80, remainder=2))
def test_synthetic_numbers_of_the_new_rule_are_taken_before_it(made: tuple[str, date, int]) -> None:
    found = read(made[0], TODAY)
    assert (found.form, found.born, found.sex) == (Form.TENOR, None, None)


@pytest.mark.parametrize("remainder", range(4, 11))
def test_a_remainder_above_three_is_never_right(remainder: int) -> None:
    made = [checked(f"018180{individual:03}", remainder) for individual in range(0, 100, 2)]
    some = next(one for one in made if one)
    for on in (TODAY, LATER):
        with pytest.raises(Invalid, match="wrong check digit"):
            read(some, on)


@given(numbers())
def test_from_2032_no_number_tells_anything_of_its_bearer(made: tuple[str, date, int]) -> None:
    found = read(made[0], date(2032, 1, 1))
    assert (found.born, found.sex) == (None, None)


def test_one_born_on_the_day_is_born() -> None:
    text = number(TODAY, 500, month=80)
    assert read(text, TODAY).born == TODAY
    with pytest.raises(Invalid, match="after 2026-11-24"):
        read(text, date(2026, 11, 24))


@pytest.mark.parametrize(
    "six", ["001280", "321280", "310480", "290281", "013380", "719980", "013080", "016480"]
)
def test_a_day_that_the_calendar_does_not_have_is_refused(six: str) -> None:
    made = [checked(f"{six}{individual:03}") for individual in range(0, 40, 2)]
    with pytest.raises(Invalid, match="no day"):
        read(next(one for one in made if one), TODAY)


@given(st.integers(80_000_0000, 99_999_9999).map(lambda nine: checked(str(nine))).filter(bool))
def test_a_common_help_number_begins_with_eight_or_nine_and_tells_nothing(text: str) -> None:
    found = read(text, TODAY)
    assert (found.kind, found.born, found.sex) == (Kind.COMMON_HELP_NUMBER, None, None)


def test_a_message_does_not_hold_the_whole_number() -> None:
    text = number(date(1980, 1, 1), 0, month=80)
    wrong = text[:10] + str((int(text[10]) + 1) % 10)
    with pytest.raises(Invalid) as caught:
        read(wrong, TODAY)
    assert wrong not in str(caught.value)
    assert wrong[:6] + "*****" in str(caught.value)


@pytest.mark.parametrize("on", [TODAY, LATER])
def test_a_common_help_number_is_never_told_to_wait_for_2032(on: date) -> None:
    told = []
    for serial in range(80_000_000_000, 80_000_001_500):
        try:
            read(str(serial), on)
        except Invalid as error:
            told.append(str(error))
    assert len(told) > 1_000
    assert not any("2032" in one for one in told)
