"""The region's municipalities: from one large to many tiny, as in Norway.

Names are invented; a test looks for real ones among them. Numbers begin with 99, which is no county.
"""

from fellesjournal.rollout.region.units import Municipality

FEWEST, MOST = 2, 85
TYPICAL = 5_000
"""Citizens for each municipality more."""
STEEPNESS = 0.9
"""The exponent of Zipf's law: of a full region, one in six lives in the largest."""

_FIRST = (
    "Rype", "Torske", "Krekling", "Havørn", "Svaber", "Multe", "Gauke", "Oter", "Isfugl", "Snøugle",
    "Røyskatt", "Blåskjell", "Tyttebær", "Lomvi", "Fjellrev", "Marihøne", "Kongekrabbe",
)  # fmt: skip
_SECOND = ("dal", "nes", "vik", "øy", "lia")
_ASCII = str.maketrans({"æ": "e", "ø": "o", "å": "a"})


def municipalities(citizens: int, hospitals: int) -> tuple[Municipality, ...]:
    """The municipalities of a region of so many citizens, the largest first, each with its hospital."""
    number = max(FEWEST, min(MOST, citizens // TYPICAL))
    weights = [1 / (place + 1) ** STEEPNESS for place in range(number)]
    total = sum(weights)
    return tuple(
        _municipality(place, weight / total, citizens, place % hospitals)
        for place, weight in enumerate(weights)
    )


def _municipality(place: int, share: float, citizens: int, hospital: int) -> Municipality:
    name = _name(place)
    return Municipality(
        f"99{place + 1:02}",
        name,
        slug(name),
        share,
        max(1, round(citizens * share)),
        hospital,
        nynorsk=place % 5 == 4,
    )


def slug(name: str) -> str:
    """A name as the beginning of ids."""
    return name.lower().translate(_ASCII).replace(" ", "-")


def _name(place: int) -> str:
    """Isfjell, the first, is where the stories are told."""
    if place == 0:
        return "Isfjell"
    second, first = divmod(place - 1, len(_FIRST))
    return _FIRST[first] + _SECOND[second]
