"""Numbers of eleven digits: fødselsnummer, D-nummer, and the help numbers built like them.

DDMMYY, three individual digits, two check digits. A D-number has 40 added to the day; a number that no real
person can bear has 80 (Tenor), 65 (NAV Dolly) or 40 (older NAV, and local help numbers) added to the month.
A common help number begins with 8 or 9, and the rest tells nothing (Norsk helsenett, "Hva er felles
hjelpenummer?"). Messages show the first six digits only: they end up in logs.
"""

from datetime import date
from enum import StrEnum

from fellesjournal.errors import Invalid
from fellesjournal.norway.identity import birth, digits
from fellesjournal.norway.identity.kinds import Form, Identity, Kind


class Why(StrEnum):
    """What is wrong with eleven digits: for those who tell it in another language."""

    DAY = "day"
    CHECK_DIGIT = "check-digit"
    TOO_NEW = "too-new"
    CENTURY = "century"
    FUTURE = "future"


class NoNumber(Invalid):
    """Eleven digits that are no number of a person."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why


NEW_RULE = date(2032, 1, 1)
"""From this day the register gives out numbers whose first check may leave 0, 1, 2 or 3."""


def read(number: str, on: date) -> Identity:
    """What eleven digits are, on the day `on`.

    A number with 40 added to its month is taken for a local help number; `classify` knows from its system
    when it is an older synthetic number. Raises NoNumber.
    """
    if number[0] in "89":
        _check_digits(number, digits.first_remainder(number), new_rule=None)
        return Identity(number, Kind.COMMON_HELP_NUMBER)
    kind, form, day, month = _parts(number)
    remainder = digits.first_remainder(number)
    _check_digits(number, remainder, new_rule=form is not Form.ORDINARY or on >= NEW_RULE)
    two_digits, individual = int(number[4:6]), int(number[6:9])
    if not birth.is_a_day(two_digits, month, day):
        raise _no_day(number)
    days = birth.days(two_digits, month, day, individual, d_number=kind is Kind.D_NUMBER)
    new = remainder > 0 or (not days and form is not Form.ORDINARY)
    if new or on >= NEW_RULE:  # a new number may fit the old rule: what it then seems to tell is chance
        return Identity(number, kind, form)
    if not days:
        raise NoNumber(
            Why.CENTURY,
            f"{shown(number)} is no {kind.title}: its digits 7 to 9 do not go with the year {number[4:6]}.",
        )
    born = next((one for one in days if one <= on), None)
    if born is None:
        raise NoNumber(
            Why.FUTURE,
            f"{shown(number)} tells of a birth on {days[0]}, which is after {on}: check the digits.",
        )
    return Identity(number, kind, form, born, birth.sex(individual))


def shown(number: str) -> str:
    """A person's number as messages show it."""
    return number[:6] + "*" * (len(number) - 6)


def _parts(number: str) -> tuple[Kind, Form, int, int]:
    day, month = int(number[:2]), int(number[2:4])
    form = next((form for form in Form if 1 <= month - form.value <= 12), None)
    if form is None:
        raise _no_day(number)
    if day > 40:
        return Kind.D_NUMBER, form, day - 40, month - form.value
    kind = Kind.LOCAL_HELP_NUMBER if form is Form.NAV else Kind.BIRTH_NUMBER
    return kind, form, day, month - form.value


def _check_digits(number: str, remainder: int, *, new_rule: bool | None) -> None:
    """`new_rule`: whether the rule of 2032 is in force; None for numbers that it is not about."""
    second = digits.second_is_right(number)
    if second and (remainder == 0 or (new_rule and remainder <= 3)):
        return
    if second and remainder <= 3 and new_rule is False:
        raise NoNumber(
            Why.TOO_NEW,
            f"{shown(number)} has a check digit that no such number has before {NEW_RULE}: "
            "compare it with where it came from.",
        )
    raise NoNumber(
        Why.CHECK_DIGIT,
        f"{shown(number)} has a wrong check digit: a digit is mistyped, or two have changed places.",
    )


def _no_day(number: str) -> NoNumber:
    return NoNumber(
        Why.DAY,
        f"{shown(number)} begins with what is no day: the first six digits are the day, the month and the "
        "two last digits of the year.",
    )
