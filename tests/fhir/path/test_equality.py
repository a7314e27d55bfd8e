"""Equality, equivalence, order and membership (FHIRPath N1, sections 6.1, 6.2 and 6.4)."""

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path import Item
from fellesjournal.fhir.path.equality import alike, identity, same
from fhir.path.conftest import Values

TRUE, FALSE, EMPTY = [True], [False], list[Any]()


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("{} = {}", EMPTY),
        ("{} != 'a'", EMPTY),
        ("1.10 = 1.1", TRUE),
        ("1 = 1.0", TRUE),
        ("1.2 / 1.8 = 0.67", FALSE),
        ("'a' = 'A'", FALSE),
        ("true = 'true'", FALSE),
        ("1 = true", FALSE),
        ("'1' = 1", FALSE),
        ("(1 | 2 | 3) = (1 | 2 | 3)", TRUE),
        ("(1 | 2 | 3) = (3 | 2 | 1)", FALSE),
        ("(1 | 2) = 1", FALSE),
        ("name = name", TRUE),
        ("name[0] = name[1]", FALSE),
        ("name.given = ('Kari' | 'Marie' | 'Kaja')", TRUE),
        ("name.given != ('Kari' | 'Marie' | 'Kaja')", FALSE),
        ("birthDate = '1980-05-17'", TRUE),
        ("23 = 23 '1'", TRUE),
        ("1 'cm' = 10.0 'mm'", TRUE),
        ("1 'cm' = 1 'm'", FALSE),
        ("1 'cm' = 1 's'", EMPTY),
        ("1 'wombat' = 1 'wombat'", TRUE),
        ("1 'wombat' = 1 'mg'", EMPTY),
        ("1 'h' = 3600 's'", TRUE),
        ("1 hour = 3600 's'", TRUE),
        ("1 year = 1 'a'", EMPTY),
        ("1 year = 12 months", TRUE),
        ("1 year = 12 'mo'", EMPTY),
        ("1 second = 1 's'", TRUE),
        ("7 days = 1 'wk'", TRUE),
        ("1 week = 7 days", TRUE),
        ("@2020.combine(@2020-01) = @2020.combine(@2020)", EMPTY),
        ("(@2020 | 1) = (@2020-01 | 2)", FALSE),
    ],
)
def test_equal(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("@2012 = @2012", TRUE),
        ("@2012 = @2013", FALSE),
        ("@2012-01 = @2012", EMPTY),
        ("@2012-02 = @2013", FALSE),
        ("@2012-01-01T10:30 = @2012-01-01T10:30", TRUE),
        ("@2012-01-01T10:30 = @2012-01-01T10:31", FALSE),
        ("@2012-01-01T10:30:31 = @2012-01-01T10:30", EMPTY),
        ("@2012-01-01T10:30:31.0 = @2012-01-01T10:30:31", TRUE),
        ("@2012-01-01T10:30:31.1 = @2012-01-01T10:30:31", FALSE),
        ("@2017-11-05T01:30:00.0-04:00 = @2017-11-05T01:15:00.0-05:00", FALSE),
        ("@2017-11-05T01:30:00.0-04:00 = @2017-11-05T00:30:00.0-05:00", TRUE),
        ("@2012-04-15T15:00:00+02:00 = @2012-04-15T13:00:00Z", TRUE),
        ("@2012-04-15T15:00:00 = @2012-04-15T15:00:00+02:00", TRUE),  # local time in Norway
        ("@2012-04-15 = @2012-04-15T", TRUE),
        ("@T10:30 = @T10:30", TRUE),
        ("@T10:30 = @T10:30:00", EMPTY),
        ("@T10:30:00 = @T10:30:00.000", TRUE),
        ("@2012 ~ @2012", TRUE),
        ("@2012-01 ~ @2012", FALSE),
        ("@2012-01-01T10:30:31 ~ @2012-01-01T10:30", FALSE),
        ("@T10:30 !~ @T10:30:00", TRUE),
    ],
)
def test_dates_are_equal_as_far_as_they_are_written(
    expression: str, found: list[Any], values: Values
) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("{} ~ {}", TRUE),
        ("1 ~ {}", FALSE),
        ("1.10 ~ 1.1", TRUE),
        ("1.2 / 1.8 ~ 0.67", TRUE),
        ("1.2 ~ 1", TRUE),
        ("1 ~ 2", FALSE),
        ("'aBc d' ~ 'AbC\\td'", TRUE),
        ("'ab' ~ 'a b'", FALSE),
        ("(1 | 2 | 3) ~ (3 | 2 | 1)", TRUE),
        ("(1 | 2 | 3) ~ (1 | 2 | 4)", FALSE),
        ("(1 | 2) !~ (1 | 2 | 3)", TRUE),
        ("name ~ (name[1] | name[0])", TRUE),
        ("name[0] ~ name[1]", FALSE),
        ("2.1 'cm' ~ 21 'mm'", TRUE),
        ("21 'mm' ~ 2 'cm'", TRUE),
        ("4 'g' ~ 4040 'mg'", TRUE),
        ("4 'g' ~ 5040 'mg'", FALSE),
        ("1 year ~ 1 'a'", TRUE),
        ("1 year ~ 11 months", TRUE),
        ("1 second ~ 1 's'", TRUE),
        ("'1' ~ 1", FALSE),
    ],
)
def test_equivalent(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("1 < 2 and 2 > 1 and 1 <= 1.0 and 1.0 >= 1", TRUE),
        ("'a' < 'b' and 'B' < 'a'", TRUE),
        ("true > {}", EMPTY),
        ("4 'm' > 4 'cm'", TRUE),
        ("4 'm' > 4 's'", EMPTY),
        ("6 days < 1 week and 8 days > 1 week", TRUE),
        ("1 year > 364 days", TRUE),
        ("1 year > 1 'd'", EMPTY),
        ("extension.value > 72 'kg'", EMPTY),
        ("@2018-03 < @2018-04", TRUE),
        ("@2018-03 < @2018-03-01", EMPTY),
        ("@2018-03-01 <= @2018-03-01", TRUE),
        ("@2018-03-01T10:30 > @2018-03-01T10:00", TRUE),
        ("@2018-03-01T10 > @2018-03-01T10:30", EMPTY),
        ("@2018-03-01T10:30:00 >= @2018-03-01T10:30:00.0", TRUE),
        ("@2017-11-05T01:30:00.0-04:00 < @2017-11-05T01:15:00.0-05:00", TRUE),
        ("@T10:30:00 > @T10:00:00", TRUE),
        ("@T10 < @T10:30", EMPTY),
        ("birthDate < @1981", TRUE),
        ("birthDate < now()", EMPTY),
    ],
)
def test_order(expression: str, found: list[Any], values: Values) -> None:
    if "now()" in expression:
        with pytest.raises(Invalid, match="no moment is given"):
            values(expression)
    else:
        assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("'Kari' in name.given", TRUE),
        ("'Ola' in name.given", FALSE),
        ("{} in name.given", EMPTY),
        ("'Ola' in {}", FALSE),
        ("name.given contains 'Kaja'", TRUE),
        ("{} contains 'Kaja'", FALSE),
        ("name contains {}", EMPTY),
        ("1 in (1.0 | 2)", TRUE),
        ("100 'cm' in (1 'm' | 2 'm')", TRUE),
        ("name[1] in name", TRUE),
    ],
)
def test_membership(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("1 < 'a'", r"'<' at character 3 cannot compare System.Integer with System.String"),
        ("name < name", "wants one value"),
        ("active > 1", "cannot compare boolean"),
        ("(1 | 2) in (1 | 2)", "'in' at character 9 wants one value"),
    ],
)
def test_what_has_no_order_is_refused(expression: str, says: str, values: Values) -> None:
    with pytest.raises(Invalid, match=says):
        values(expression)


_ITEMS = st.one_of(
    st.builds(Item, st.sampled_from(("a", "b", "1")), st.just("string")),
    st.builds(Item, st.integers(0, 3), st.just("System.Integer")),
    st.builds(Item, st.sampled_from((0.0, 1.0, 1.5)), st.just("decimal")),
    st.builds(Item, st.booleans(), st.just("boolean")),
    st.builds(Item, st.sampled_from(("2020", "2020-01", "2020-01-01")), st.just("date")),
    st.builds(Item, st.sampled_from(("10:00", "10:00:00", "10:00:00.0")), st.just("time")),
    st.builds(
        lambda value, unit: Item(
            {"value": value, "system": "http://unitsofmeasure.org", "code": unit}, "Quantity", "Quantity"
        ),
        st.sampled_from((1, 1000)),
        st.sampled_from(("g", "mg", "s")),
    ),
    st.builds(lambda text: Item({"family": text}, "HumanName", "HumanName"), st.sampled_from(("a", "b"))),
)


@given(_ITEMS, _ITEMS)
def test_two_items_have_one_identity_when_they_are_equal(first: Item, second: Item) -> None:
    assert (identity(first) == identity(second)) is (same(first, second) is True)
    assert same(first, copy.deepcopy(first)) is True


@given(_ITEMS, _ITEMS)
def test_equivalence_has_an_answer_whichever_comes_first(first: Item, second: Item) -> None:
    assert alike(first, second) is alike(second, first)
    assert alike(first, copy.deepcopy(first)) is True
    if same(first, second) is True:
        assert alike(first, second) is True


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        ({"given": ["A", "B"]}, {"given": ["b", "a"]}, True),
        ({"given": ["A", "A"]}, {"given": ["A", "B"]}, False),
        ({"given": ["A"]}, {"given": ["A", "A"]}, False),
        ({"rank": 1}, {"rank": Decimal("1.0")}, True),
        ({"rank": Decimal("0.67")}, {"rank": 0.7}, True),
        ({"rank": 1}, {"rank": True}, False),
        ({"rank": 1}, {"rank": "1"}, False),
        ({"rank": 1}, {}, False),
    ],
)
def test_elements_are_equivalent_part_by_part(first: Any, second: Any, answer: bool) -> None:
    left, right = Item(first, "HumanName", "HumanName"), Item(second, "HumanName", "HumanName")
    assert alike(left, right) is alike(right, left) is answer
