"""Check digits: weighted sums modulo 11.

Sources: Skatteetaten "Nytt fødselsnummer fra 2032" (both rules for the numbers of eleven digits),
Brønnøysundregistrene "The organization number". The Directorate of Immigration does not publish the rule of
the DUF number; it is the one that Statistics Norway checks with (statisticsnorway/kostra-kontrollprogram), so
a right sum means "probably".
"""

from collections.abc import Iterable

_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_ORGANISATION = (3, 2, 7, 6, 5, 4, 3, 2, 1)
_DUF = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)


def first_remainder(number: str) -> int:
    """What is left of an eleven-digit number's first check: 0 until 2032, 0 to 3 from then on."""
    return _remainder(_FIRST, number)


def second_is_right(number: str) -> bool:
    """Whether the last of eleven digits fits the ten before it; the rule does not change in 2032."""
    return _remainder(_SECOND, number) == 0


def organisation_is_right(number: str) -> bool:
    """Whether the last of nine digits fits the eight before it."""
    return _remainder(_ORGANISATION, number) == 0


def duf_is_right(number: str) -> bool:
    """Whether the two last of twelve digits are the weighted sum of the ten before, modulo 11."""
    return _remainder(_DUF, number) == int(number[10:])


def _remainder(weights: Iterable[int], number: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=False)) % 11
