"""Identity numbers made from their parts, so that none needs to be written down."""

from datetime import date

from hypothesis import strategies as st

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def checked(nine: str, remainder: int = 0) -> str | None:
    """The nine digits with their check digits, or None when the register would skip them."""
    first = (remainder - sum(w * int(d) for w, d in zip(FIRST, nine, strict=True))) % 11
    second = -sum(w * int(d) for w, d in zip(SECOND, f"{nine}{first}"[:10], strict=True)) % 11
    return None if 10 in (first, second) else f"{nine}{first}{second}"


def number(born: date, individual: int, *, day: int = 0, month: int = 0, remainder: int = 0) -> str:
    """The number of one born then, `day` and `month` added; the next individual number if one is skipped."""
    date_part = f"{born.day + day:02}{born.month + month:02}{born.year % 100:02}"
    for digits in range(individual, individual + 10, 2):
        made = checked(f"{date_part}{digits:03}", remainder)
        if made:
            return made
    raise ValueError(f"no number for {born} near {individual}")


births = st.dates(date(1860, 1, 1), date(2026, 11, 25))


@st.composite
def numbers(draw: st.DrawFn, *, day: int = 0, month: int = 0, remainder: int = 0) -> tuple[str, date, int]:
    """A number by today's rules for births, with its birth date and individual number."""
    born = draw(births)
    if born.year >= 2000:
        low, high = 500, 999
    elif born.year >= 1900:
        low, high = 0, 499
    else:
        low, high = 500, 599
    individual = draw(st.integers(low, high))
    nine = f"{born.day + day:02}{born.month + month:02}{born.year % 100:02}{individual:03}"
    made = checked(nine, remainder)
    if made is None:
        return draw(numbers(day=day, month=month, remainder=remainder))
    return made, born, individual
