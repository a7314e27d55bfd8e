"""Where households come from: citizenship, what is spoken, who needs an interpreter, who has a D-number.

About eleven of a hundred are foreign citizens (Statistics Norway, 05183), and as many more speak another
language at home. How many speak Sami is not counted; six of a thousand here, more than nine of ten of them
North Sami.
"""

from typing import NamedTuple

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.people import Family, Person


class Origin(NamedTuple):
    """A country (ISO 3166-1) and what most who come from there speak (BCP 47)."""

    country: str
    language: str


ORIGINS = (
    (Origin("PL", "pl"), 24.0), (Origin("LT", "lt"), 10.0), (Origin("UA", "uk"), 14.0),
    (Origin("SE", "sv"), 9.0), (Origin("SY", "ar"), 9.0), (Origin("SO", "so"), 7.0),
    (Origin("DE", "de"), 6.0), (Origin("ER", "ti"), 6.0), (Origin("AF", "fa"), 4.0),
    (Origin("PK", "ur"), 5.0), (Origin("PH", "tl"), 4.0), (Origin("TH", "th"), 2.0),
)  # fmt: skip
UNDERSTOOD = ("nb", "nn", "se", "smj", "sma", "sv", "da")
"""Who speaks these understands Norwegian."""
INTERPRETERS = {
    "ar": "arabisk", "de": "tysk", "fa": "dari", "lt": "litauisk", "pl": "polsk", "so": "somalisk",
    "th": "thai", "ti": "tigrinja", "tl": "filippinsk", "uk": "ukrainsk", "ur": "urdu",
}  # fmt: skip
"""What each language is called where an interpreter is asked for."""
SCHOOLED = 1998
"""Year of birth from which those who are told of have been at school here."""
SAMI = (("se", 93.0), ("smj", 4.0), ("sma", 3.0))


def needs_interpreter(person: Person) -> bool:
    """Whether the register says that talks are with an interpreter: not of who has gone to school
    here, as those have who came long ago."""
    understands = person.language in UNDERSTOOD or (person.born.year >= SCHOOLED and not person.d_number)
    return not understands and person.serial % 5 < 2


def give(family: Family, chance: Chance) -> None:
    """Give a family its origin. Children born here to foreign citizens speak Norwegian best."""
    share, here, temporary, sami = chance.share(), chance.yes(0.45), chance.yes(0.1), chance.weighted(SAMI)
    origin = chance.weighted(ORIGINS)
    for person in family.persons:
        grown = not (person.mother or person.father)
        if share < 0.006:
            person.language = sami
        elif share < 0.15:
            person.citizenship = "NO" if here else origin.country
            person.language = origin.language if grown else "nb"
            person.d_number = temporary and not here and len(family.persons) < 3 and person.born.year > 1965
