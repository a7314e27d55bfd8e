"""Whether a medicine is safe for one citizen on a day, by the table, and what is given instead.

The doctor's question when something is prescribed, and again when something new is found.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.contraindications import Against, Rule, rules_for
from fellesjournal.rollout.region.life import Life

MARGIN = 1.12
"""Doses are lowered before filtration falls below the limit: two tests differ by a tenth."""
STEP = timedelta(days=91)
"""How often filtration is looked at."""
CURED = timedelta(days=21)
"""How long before a reaction on a holiday nobody has a cure of the same at home, or it had come then."""


def chosen(life: Life, medicine: Medicine, on: date, others: Iterable[Medicine]) -> Medicine | None:
    """The medicine, or what is given instead of it on the day beside the others; None when there is nothing,
    or when it is used already."""
    used, asked = list(others), {medicine}
    while rule := _first(life, medicine, on, used):
        if rule.instead is None or rule.instead in asked:
            return None
        medicine = rule.instead
        asked.add(medicine)
    return None if any(one.atc == medicine.atc for one in used) else medicine


def into_a_vein(life: Life, plan: str, day: date) -> str:
    """A plan that names penicillin, with clindamycin for one known on the day not to tolerate it
    (Helsedirektoratet, antibiotics in hospital)."""
    since = life.allergies.get("J01C")
    return plan.replace("Penicillin", "Klindamycin") if since and since <= day else plan


def gives_way(medicine: Medicine, to: Medicine) -> bool:
    """Whether the first is ended when the second is begun; of two that forbid each other the first stays."""
    return medicine is not to and _yields(medicine, to) and not _yields(to, medicine)


def _yields(medicine: Medicine, to: Medicine) -> bool:
    return any(one.against is Against.MEDICINE and to.atc.startswith(one.of) for one in rules_for(medicine))


def becomes_unsafe(life: Life, medicine: Medicine, since: date, until: date) -> tuple[date, Against] | None:
    """The first day after the one on which it is begun when something else than a medicine forbids it, and
    what kind of thing that is."""
    found = [(day, rule.against) for rule in rules_for(medicine) if (day := _from(life, rule, since, until))]
    return min(found, key=lambda one: one[0], default=None)


def _first(life: Life, medicine: Medicine, on: date, others: list[Medicine]) -> Rule | None:
    return next((one for one in rules_for(medicine) if _forbids(life, one, on, others)), None)


def _forbids(life: Life, rule: Rule, on: date, others: list[Medicine]) -> bool:
    if rule.against is Against.MEDICINE:
        return any(one.atc.startswith(rule.of) for one in others)
    if rule.against is Against.ALLERGY:
        return any(day - CURED <= on for day in _reacted(life, rule))
    if rule.against is Against.FILTRATION:
        return life.body.filtration(on) < rule.below * MARGIN
    if rule.against is Against.PREGNANCY:
        return any(since <= on <= until for since, until in life.pregnancies)
    if rule.against is Against.STAY:
        return any(day <= on for day in _stays(life, rule))
    return any(one.icpc in rule.of for one in life.known(on + timedelta(days=1)))


def _reacted(life: Life, rule: Rule) -> list[date]:
    return [life.allergies[one] for one in rule.of if one in life.allergies]


def _stays(life: Life, rule: Rule) -> list[date]:
    return [stay.day for stay, reasons in life.stays if any(one.icpc in rule.of for one in reasons)]


def _from(life: Life, rule: Rule, since: date, until: date) -> date | None:
    """The first day of a time in which the rule begins to forbid."""
    begins: list[date] = []
    if rule.against is Against.PREGNANCY:
        begins = [first for first, _ in life.pregnancies]
    elif rule.against is Against.PROBLEM:
        begins = [day for one in life.known(until) if one.icpc in rule.of and (day := life.first(one))]
    elif rule.against is Against.STAY:
        begins = _stays(life, rule)
    elif rule.against is Against.ALLERGY:
        begins = _reacted(life, rule)
    elif rule.against is Against.FILTRATION and life.body.filtration(until) < rule.below * MARGIN:
        begins = [_falls_below(life, rule.below * MARGIN, since, until)]
    return min((day for day in begins if since < day <= until), default=None)


def _falls_below(life: Life, limit: float, since: date, until: date) -> date:
    day = since
    while day < until and life.body.filtration(day) >= limit:
        day += STEP
    return min(day, until)
