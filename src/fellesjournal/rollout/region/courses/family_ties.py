"""Next of kin, parental responsibility, guardians and powers of attorney, as the register and the citizen
have them.

Both parents of a child have responsibility, also when they live apart (barnelova §§ 34, 35); it ends at 18.
A power of attorney is given to a grown child or the one lived with, for what it names
(norway/representation.py).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart import relations
from fellesjournal.rollout.region.chart.relations import (
    ATTORNEY,
    BOOK,
    GUARDIAN,
    PARENT,
    READ,
    WRITE,
    Relative,
)
from fellesjournal.rollout.region.citizens import identifier, is_married, telecom
from fellesjournal.rollout.region.courses.municipal.young import LEARNING
from fellesjournal.rollout.region.kin import elsewhere
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.names import family_name, given_name
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.reach import phone

ADULT = 18
ELSEWHERE = 1_000_000
"""Added to the citizen's place for the phone of somebody who does not live in the region."""


def bind(life: Life) -> None:
    """Who is near, and whom the citizen trusts to act."""
    are_near(life)
    one, grown = life.person, _grown_child(life)
    trusted = grown or (one.partner if one.partner and not one.partner.died else None)
    if trusted and not one.household.protection and not trusted.household.protection:
        _attorney(life, trusted)


def are_near(life: Life) -> None:
    """Everybody has somebody who is called when something happens."""
    one = life.person
    if one.mother or one.father:
        _parents(life)
    if one.partner:
        kin = "EF" if is_married(one) else "SA"
        relation(life, one.partner, kin, until=one.widowed)
    grown = _grown_child(life)
    if grown:
        relation(life, grown, "DA" if grown.is_woman else "SO")
    partner = one.partner and not one.widowed
    if not (one.mother or one.father or partner or grown):
        _somebody_elsewhere(life)


def relation(
    life: Life,
    who: Person,
    kin: str,
    ties: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
) -> None:
    """Write a relation to somebody who lives in the region, by list 9033, with ties by the door's codes."""
    relative = Relative(
        who.family_name,
        who.given,
        who.sex.value,
        telecom(who) if life.era.until.year - who.born.year >= ADULT else (),
        identifier(who),
        who.household.protection.value,
    )
    over = until is not None and until < life.era.until
    relations.related(life.chart, relative, kin, ties, since, until, over=over)


def _parents(life: Life) -> None:
    child = life.person
    of_age = life.birthday(ADULT)
    guards = life.has(LEARNING) and of_age <= life.last
    both = [one for one in (child.mother, child.father) if one]
    for place, parent in enumerate(both):
        kin = _as_parent(parent, place)
        over = parent.died
        if over is None and of_age > life.era.until:
            relation(life, parent, kin, (PARENT,), child.born)
        elif over is None and guards:
            relation(life, parent, kin, (GUARDIAN, READ, BOOK, WRITE), of_age)
            guards = False
        else:
            relation(life, parent, kin, (), None, over)


def _as_parent(parent: Person, place: int) -> str:
    """Mother and father; the second of two women is medmor, of two men medfar."""
    if place == 0 or parent.sex is not (parent.partner or parent).sex or parent.partner is None:
        return "MO" if parent.is_woman else "FA"
    return "MM" if parent.is_woman else "MF"


def _grown_child(life: Life) -> Person | None:
    grown = [one for one in life.person.children if one.died is None and one.age(life.era.until) >= ADULT]
    return grown[0] if grown else None


def _somebody_elsewhere(life: Life) -> None:
    chance, kin = life.chance, elsewhere(life.person, life.era.until)
    gender = "female" if kin in {"MO", "SI", "DA"} else "male"
    shared = life.person.family_name if kin != "AP" and chance.yes(0.5) else family_name(chance)
    called = (phone(ELSEWHERE + life.person.number),)
    relations.related(life.chart, Relative(shared, given_name(chance), gender, called), kin)


def _attorney(life: Life, trusted: Person) -> None:
    """Likelier for the old, and for most who begin to forget."""
    dementia = life.decline.dementia
    likely = (
        0.6 if dementia else 0.2 if life.age(life.last) >= 75 else 0.03 if life.age(life.last) >= 30 else 0.0
    )
    if not life.chance.yes(likely):
        return
    since = dementia.since if dementia else years_after(life.last, -life.chance.between(0, 5))
    until = years_after(since, 3) - timedelta(days=1) if life.chance.yes(0.15) else None
    everything = dementia is not None or life.chance.yes(0.5)
    purposes = (READ, BOOK, WRITE) if everything else life.chance.pick(((READ,), (BOOK,), (READ, BOOK)))
    kin = ("DA" if trusted.is_woman else "SO") if trusted in life.person.children else "EF"
    kin = kin if trusted is not life.person.partner or is_married(life.person) else "SA"
    relation(life, trusted, kin, (ATTORNEY, *purposes), max(since, trusted.born), until)
