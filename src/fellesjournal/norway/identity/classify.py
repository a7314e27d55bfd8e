"""From any identity number to what it is."""

from collections.abc import Callable
from datetime import date

from fellesjournal.errors import Invalid
from fellesjournal.norway.identity import digits, personal
from fellesjournal.norway.identity.kinds import BY_SYSTEM, Form, Identity, Kind

_SPACES = str.maketrans("", "", " \u00a0\u202f")
_OF_ELEVEN_DIGITS = {Kind.BIRTH_NUMBER, Kind.D_NUMBER, Kind.COMMON_HELP_NUMBER, Kind.LOCAL_HELP_NUMBER}
_LONGEST_SERIAL = 9
"""HPR, HER and RESH are running numbers without check digits; none has reached ten digits."""


def classify(text: str, on: date, system: str = "") -> Identity:
    """What the number is on the day `on`; spaces in it are ignored.

    `system` is Identifier.system (see Kind). Without it only what the digits themselves show can be told:
    numbers of eleven digits, DUF numbers (twelve), organisation numbers (nine with a right check digit).
    An HPR number, a HER-id and a RESH-id look alike and need their system.

    Raises Invalid; its message says what is wrong and how to mend it.
    """
    number = text.translate(_SPACES)
    if not (number.isascii() and number.isdigit()):
        raise Invalid(
            "An identity number is written with digits only; here there is something else, or nothing."
        )
    if not system:
        return _by_shape(number, on)
    kind = BY_SYSTEM.get(system)
    if kind is None:
        known = ", ".join(f"{one.system} ({one.title})" for one in BY_SYSTEM.values())
        raise Invalid(f"'{system}' is not a system of a Norwegian identity number. Those are {known}.")
    return _of_eleven_digits(number, on, kind) if kind in _OF_ELEVEN_DIGITS else _CHECKS[kind](number)


def _by_shape(number: str, on: date) -> Identity:
    if len(number) == 11:
        return personal.read(number, on)
    if len(number) == 12:
        return _duf(number)
    if len(number) == 9 and digits.organisation_is_right(number):
        return _organisation(number)
    if len(number) <= _LONGEST_SERIAL:
        raise Invalid(
            f"{number} may be an HPR-nummer, a HER-id or a RESH-id: say which, with the identifier's system."
            + (" It is no organisasjonsnummer: its check digit is wrong." if len(number) == 9 else "")
        )
    raise Invalid(
        f"{personal.shown(number)} has {len(number)} digits: a fødselsnummer, D-nummer or hjelpenummer has "
        "11, a DUF-nummer 12, an organisasjonsnummer 9. One is missing, or one too many."
    )


def _of_eleven_digits(number: str, on: date, wanted: Kind) -> Identity:
    _length(number, 11, wanted)
    found = personal.read(number, on)
    if found.form is Form.NAV and found.kind is Kind.LOCAL_HELP_NUMBER and wanted is Kind.BIRTH_NUMBER:
        return found._replace(kind=Kind.BIRTH_NUMBER)
    if found.kind is not wanted:
        raise Invalid(
            f"{personal.shown(number)} is a {found.kind.title}, not a {wanted.title}: {_remedy(found.kind)}"
        )
    return found


def _remedy(kind: Kind) -> str:
    if kind is Kind.LOCAL_HELP_NUMBER:
        return f"its system is {kind.system}, and it needs who gave it (assigner)."
    return f"its system is {kind.system}."


def _organisation(number: str) -> Identity:
    _length(number, 9, Kind.ORGANISATION_NUMBER)
    if not digits.organisation_is_right(number):
        raise Invalid(
            f"{number} has a wrong check digit: look the organisasjonsnummer up in Enhetsregisteret."
        )
    return Identity(number, Kind.ORGANISATION_NUMBER)


def _duf(number: str) -> Identity:
    _length(number, 12, Kind.DUF_NUMBER)
    if not digits.duf_is_right(number):
        raise Invalid(
            f"{personal.shown(number)} has wrong check digits: compare the DUF-nummer with its card."
        )
    return Identity(number, Kind.DUF_NUMBER)


def _serial(kind: Kind) -> Callable[[str], Identity]:
    """A number that was given out in order: with zeros before it, it is the same one."""

    def check(number: str) -> Identity:
        if len(number) > _LONGEST_SERIAL or not int(number):
            raise Invalid(f"{number} is no {kind.title}: it has one to nine digits, and is not 0.")
        return Identity(number.lstrip("0"), kind)

    return check


def _length(number: str, length: int, kind: Kind) -> None:
    if len(number) != length:
        raise Invalid(f"{personal.shown(number)} has {len(number)} digits; every {kind.title} has {length}.")


_CHECKS: dict[Kind, Callable[[str], Identity]] = {
    Kind.ORGANISATION_NUMBER: _organisation,
    Kind.DUF_NUMBER: _duf,
    Kind.HPR_NUMBER: _serial(Kind.HPR_NUMBER),
    Kind.HER_ID: _serial(Kind.HER_ID),
    Kind.RESH_ID: _serial(Kind.RESH_ID),
}
