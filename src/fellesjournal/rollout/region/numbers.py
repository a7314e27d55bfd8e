"""Identity numbers for people and organisations that do not exist.

Persons have the tax authority's synthetic form (month + 80). Organisation numbers begin with 3: the
register's own begin with 8 or 9 (Brønnøysundregistrene, "The organization number").
"""

from collections.abc import Iterator
from datetime import date

from fellesjournal.norway.identity.kinds import Sex

_FIRST, _SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ORGANISATION = (3, 2, 7, 6, 5, 4, 3, 2)


def identity_number(born: date, serial: int, *, d_number: bool = False) -> str | None:
    """The number with this individual number, or None when its control digits would need to be 10."""
    day = born.day + 40 * d_number
    digits = [int(one) for one in f"{day:02}{born.month + 80:02}{born.year % 100:02}{serial:03}"]
    for weights in (_FIRST, _SECOND):
        control = -sum(weight * digit for weight, digit in zip(weights, digits, strict=True)) % 11
        if control > 9:
            return None
        digits.append(control)
    return "".join(map(str, digits))


def serials(born: date, sex: Sex, after: int = -1) -> Iterator[int]:
    """The individual numbers that someone born that day can have, in order, above `after`."""
    numbers = range(500) if born.year < 2000 else range(500, 1000)
    more = range(900, 1000) if 1940 <= born.year < 2000 else ()
    for one in (*numbers, *more):
        fits = one > after and one % 2 == (sex is Sex.MALE)
        if fits and identity_number(born, one) and identity_number(born, one, d_number=True):
            yield one


def organisation_number(place: int) -> str:
    """The number of the organisation at a place in the region, from 0; each place has another."""
    number = 31_000_000 + 2 * place
    for candidate in (number, number + 1):
        digits = [int(one) for one in str(candidate)]
        control = -sum(weight * digit for weight, digit in zip(_ORGANISATION, digits, strict=True)) % 11
        if control < 10:
            return f"{candidate}{control}"
    raise ValueError(f"neither {number} nor {number + 1} gives an organisation number")
