"""Who may represent whom on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.norway.ages import Parents, age_on
from fellesjournal.norway.representation import Answer, Bond, Purpose, Someone, Tie, representation

TODAY = date(2026, 11, 26)
ALL = frozenset(Purpose)
MOTHER = Someone("mother", date(1985, 3, 1), "Storgata 1")
FATHER = Someone("father", date(1984, 7, 9), "Elveveien 8")


def _child(age: int, address: str = "Storgata 1", *, protected: bool = False) -> Someone:
    return Someone("child", date(TODAY.year - age, 1, 15), address, protected)


def _parent(holder: Someone, since: date = date(2000, 1, 1), until: date | None = None) -> Bond:
    return Bond(Tie.PARENT, holder, since, until)


def _asked(child: Someone, by: Someone, *bonds: Bond, on: date = TODAY) -> Answer:
    return representation(child, by, bonds, on)


@pytest.mark.parametrize(
    ("age", "learns"),
    [
        (0, Parents.EVERYTHING),
        (11, Parents.EVERYTHING),
        (12, Parents.UNLESS_WITHHELD),
        (15, Parents.UNLESS_WITHHELD),
    ],
)
def test_a_parent_does_everything_and_learns_by_age(age: int, learns: Parents) -> None:
    answer = _asked(_child(age), MOTHER, _parent(MOTHER))
    assert answer.purposes == ALL
    assert {grant.learns for grant in answer.grants} == {learns}
    assert f"a child of {age} years" in answer.grants[0].reason
    assert ("stays withheld" in answer.grants[0].reason) == (age >= 12)


def test_a_parent_loses_access_on_the_sixteenth_birthday() -> None:
    child = Someone("child", date(2010, 11, 26), "Storgata 1")
    assert _asked(child, MOTHER, _parent(MOTHER), on=TODAY - timedelta(1)).purposes == ALL
    answer = _asked(child, MOTHER, _parent(MOTHER))
    assert not answer.grants
    assert answer.refusals == ("The child is 16: from 16 years parents have no access (pbrl § 4-3).",)


def test_with_divided_residence_both_parents_have_access() -> None:
    for parent in (MOTHER, FATHER):
        assert _asked(_child(8), parent, _parent(MOTHER), _parent(FATHER)).purposes == ALL


def test_a_child_that_lives_with_neither_is_represented_by_neither() -> None:
    for parent in (MOTHER, FATHER):
        answer = _asked(_child(8, "Fosterveien 2"), parent, _parent(MOTHER), _parent(FATHER))
        assert not answer.grants
        assert "not registered at the address" in answer.refusals[0]


@pytest.mark.parametrize("protected", ["child", "parent", "other parent"])
def test_a_protected_address_ends_all_representation(protected: str) -> None:
    mother = Someone("mother", MOTHER.born, MOTHER.address, protected == "other parent")
    father = Someone("father", FATHER.born, FATHER.address, protected == "parent")
    child = _child(8, protected=protected == "child")
    answer = _asked(child, father, _parent(mother), _parent(father))
    assert not answer.grants
    assert len(answer.refusals) == 1


def test_an_unknown_address_is_no_common_address() -> None:
    homeless = Someone("mother", MOTHER.born, "")
    assert not _asked(_child(8, ""), homeless, _parent(homeless)).grants


def test_the_home_of_one_who_has_lost_responsibility_does_not_count() -> None:
    ended = _parent(MOTHER, until=TODAY - timedelta(1))
    assert not _asked(_child(8), FATHER, ended, _parent(FATHER)).grants
    assert not _asked(_child(8), MOTHER, ended, _parent(FATHER)).grants


def test_the_last_day_of_a_tie_counts() -> None:
    assert _asked(_child(8), MOTHER, _parent(MOTHER, until=TODAY)).grants


def test_a_stranger_has_nothing() -> None:
    answer = _asked(_child(8), Someone("other", date(1990, 1, 1)), _parent(MOTHER))
    assert answer == (
        (),
        ("No parental responsibility, guardianship or power of attorney on 2026-11-26.",),
    )


def test_a_guardian_does_what_the_mandate_says() -> None:
    ward = Someone("ward", date(1950, 1, 1))
    bond = Bond(Tie.GUARDIAN, FATHER, date(2026, 1, 1), None, frozenset({Purpose.READ, Purpose.BOOK}))
    answer = _asked(ward, FATHER, bond)
    assert [grant.reason for grant in answer.grants] == [
        "Guardianship to read, since 2026-01-01.",
        "Guardianship to book, since 2026-01-01.",
    ]


def test_a_guardian_of_money_alone_sees_no_record() -> None:
    answer = _asked(Someone("ward", date(1950, 1, 1)), FATHER, Bond(Tie.GUARDIAN, FATHER, date(2026, 1, 1)))
    assert answer == ((), ("Guardianship since 2026-01-01, for nothing that concerns health services.",))


def test_a_power_of_attorney_ends_on_its_day() -> None:
    giver = Someone("giver", date(1950, 1, 1))
    bond = Bond(Tie.POWER_OF_ATTORNEY, FATHER, date(2026, 1, 1), date(2026, 6, 30), frozenset({Purpose.READ}))
    held = _asked(giver, FATHER, bond, on=date(2026, 6, 30))
    assert held.grants[0].reason == "Power of attorney to read, since 2026-01-01 until 2026-06-30."
    assert not _asked(giver, FATHER, bond, on=date(2026, 7, 1)).grants


def test_a_child_gives_no_power_of_attorney() -> None:
    bond = Bond(Tie.POWER_OF_ATTORNEY, FATHER, date(2026, 1, 1), None, ALL)
    answer = _asked(_child(15), FATHER, bond)
    assert not answer.grants
    assert "given by who is 16 or older" in answer.refusals[0]


def test_a_parent_whose_child_is_grown_may_have_a_power_of_attorney() -> None:
    bond = Bond(Tie.POWER_OF_ATTORNEY, MOTHER, date(2026, 2, 1), None, frozenset({Purpose.BOOK}))
    answer = _asked(_child(18), MOTHER, _parent(MOTHER), bond)
    assert answer.purposes == {Purpose.BOOK}
    assert len(answer.refusals) == 1


def test_nobody_represents_oneself_and_nobody_is_represented_before_birth() -> None:
    with pytest.raises(Invalid, match="does not represent oneself"):
        _asked(MOTHER, MOTHER)
    with pytest.raises(Invalid, match="no age on"):
        _asked(_child(0), MOTHER, _parent(MOTHER), on=date(2020, 1, 1))


people = st.builds(
    Someone,
    st.sampled_from(["a", "b", "c"]),
    st.dates(date(1950, 1, 1), date(2000, 1, 1)),
    st.sampled_from(["", "here", "there"]),
    st.booleans(),
)
days = st.dates(date(2015, 1, 1), date(2035, 1, 1))
bonds = st.lists(
    st.builds(
        Bond,
        st.sampled_from(Tie),
        people,
        days,
        st.none() | days,
        st.frozensets(st.sampled_from(Purpose)),
    ),
    max_size=5,
)
citizens = st.builds(
    Someone,
    st.just("citizen"),
    st.dates(date(1990, 1, 1), date(2015, 1, 1)),
    st.sampled_from(["", "here", "there"]),
    st.booleans(),
)


@given(citizens, people, bonds, days)
def test_whoever_is_granted_something_has_a_tie_on_the_day_and_no_protected_address(
    citizen: Someone, by: Someone, ties: list[Bond], on: date
) -> None:
    answer = representation(citizen, by, ties, on)
    assert answer.grants or answer.refusals
    for grant in answer.grants:
        assert not citizen.protected
        assert not by.protected
        assert any(t.tie is grant.tie and t.holder.id == by.id and t.holds(on) for t in ties)
        if grant.tie is Tie.PARENT:
            assert age_on(citizen.born, on) < 16
            assert citizen.address != ""
        if age_on(citizen.born, on) >= 12:
            assert grant.learns is not Parents.EVERYTHING


@given(citizens, people, bonds, days, bonds)
def test_another_tie_never_takes_away_what_one_gives(
    citizen: Someone, by: Someone, ties: list[Bond], on: date, more: list[Bond]
) -> None:
    few = representation(citizen, by, ties, on)
    many = representation(citizen, by, ties + more, on)
    assert few.purposes <= many.purposes
