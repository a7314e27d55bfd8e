"""A birth as both records tell it: the mother's and the child's agree, whichever is written first.

Shares are those of the Medical Birth Registry of Norway (FHI), rounded: one of six by caesarean section, one
of eleven by vacuum or forceps, one of twenty before week 37.
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.body import Body
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.moments import at
from fellesjournal.rollout.region.people import Person


class Birth(NamedTuple):
    """One birth. Weight in grams, length and head in centimetres."""

    moment: datetime
    gestation: int
    """Days since the first day of the last period."""
    labour: int
    """Hours at the ward before the birth."""
    way: str
    """vaginal, vakuum, akutt keisersnitt or planlagt keisersnitt"""
    apgar: tuple[int, int]
    weight: int
    length: int
    head: float
    home: date
    """The day on which mother and child leave the ward."""

    @property
    def since(self) -> date:
        """The first day of the last period."""
        return self.moment.date() - timedelta(days=self.gestation)

    @property
    def due(self) -> date:
        """The day on which it was expected, 283 days after that day as ultrasound counts here."""
        return self.since + timedelta(days=283)

    @property
    def arrival(self) -> datetime:
        """When the mother came to the ward."""
        return self.moment - timedelta(hours=self.labour)

    @property
    def is_caesarean(self) -> bool:
        """Whether the child was born by operation."""
        return "keisersnitt" in self.way

    @property
    def age(self) -> str:
        """Full weeks and days, as they are written."""
        return f"{self.gestation // 7}+{self.gestation % 7}"


_WAYS = (("vaginal", 74), ("vakuum", 9), ("akutt keisersnitt", 11), ("planlagt keisersnitt", 6))


_HEAVY = ((4500, 281), (4200, 273), (3900, 266), (3600, 259), (3300, 252))
"""From which weight in grams on a child is of so many days at least (Skjærven and others, Acta Obstet Gynecol
Scand 2000; 79: 440, the 97th of a hundred, rounded)."""


def birth_of(child: Person, seed: str) -> Birth:
    """How a child was born."""
    chance = Chance(seed, "birth", child.id)
    body = Body(child, Chance(seed, child.id))
    way = chance.weighted(_WAYS)
    planned = way == "planlagt keisersnitt"
    gestation = round(chance.normal(280, 7))
    if body.weight_line < -0.1 and chance.yes(0.3):
        gestation = chance.between(245, 258)
    elif planned:
        gestation = min(gestation, 274)
    grams = 10 * round(body.weight(child.born) * 100)
    gestation = max(gestation, next((days for least, days in _HEAVY if grams >= least), 0))
    gestation = min(gestation, 293)
    stays = (4, 7) if gestation < 259 else (2, 3) if "keisersnitt" in way else (1, 3)
    hour = chance.between(9, 13) if planned else chance.between(0, 23)
    first = 9 if chance.yes(0.85) else chance.between(5, 8)
    return Birth(
        moment=at(child.born, hour, chance.between(0, 59)),
        gestation=gestation,
        labour=2 if planned else chance.between(2, 14),
        way=way,
        apgar=(first, 10 if first == 9 else 9),
        weight=grams,
        length=round(body.height(child.born)),
        head=round(body.head(child.born), 1),
        home=child.born + timedelta(days=chance.between(*stays)),
    )


def births_of(mother: Person, until: date, seed: str) -> list[Birth]:
    """The births of the children a woman has in the region, oldest first, and the one she may be expecting
    on the last day."""
    mine = [one for one in mother.children if one.mother is mother]
    births = [birth_of(child, seed) for child in sorted(mine, key=lambda one: one.born)]
    expected = _expected(mother, births, until, Chance(seed, "expecting", mother.id))
    return [*births, expected] if expected else births


def _expected(mother: Person, births: list[Birth], until: date, chance: Chance) -> Birth | None:
    """About four of a hundred women from 20 to 40 are pregnant on a given day."""
    likely = 0.07 if mother.partner else 0.012
    lately = births and (until - births[-1].moment.date()).days < 450
    if not (20 <= mother.age(until) <= 40) or mother.died or lately or not chance.yes(likely):
        return None
    moment = at(until + timedelta(days=chance.between(1, 210)), 12)
    return Birth(moment, 280, 4, "vaginal", (9, 10), 3500, 50, 35.0, moment.date() + timedelta(days=2))
