"""Medicines settled when a whole life has been told: what is safe, on which days, by whom, and renewed when.

A medicine is begun, changed and stopped where somebody was met about it: on the day that the course names, at
the nearest contact at which the list is gone through, or else at a short one on the telephone. Prescriptions
last for a year. They are renewed where the list is gone through, or by the GP when the citizen asks for it
without a contact, several at once.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart import medicines, messages
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.contraindications import Against
from fellesjournal.rollout.region.devices import Device, afterwards, device
from fellesjournal.rollout.region.dosing import by_weight
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.meetings import EARLIER, LATER, Meeting
from fellesjournal.rollout.region.moments import at, working_day, years_after
from fellesjournal.rollout.region.naming import Changes
from fellesjournal.rollout.region.safety import becomes_unsafe, chosen, gives_way
from fellesjournal.rollout.region.sold import available, novelty
from fellesjournal.rollout.region.treatments import Treatment
from fellesjournal.rollout.region.units import Service

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
RENEWED, SOON = timedelta(days=75), timedelta(days=40)
"""How long before it runs out something is renewed at a contact, and asked for without one."""
WRITTEN = 0.15
"""Of those who ask without a contact, how many do so in a message; others call the secretary, or use the
service for renewals."""
TRIPTANS, ADDICTIVE, TAPERED = "N02CC", ("N05B", "N05C", "N02A"), "Trappet ned"
FULFILLED = "fullført"
"""How it is told why something ended whose end was known from the beginning: a year of it, or five."""
AFTER_BIRTH = timedelta(days=56)
"""When what was paused in a pregnancy is begun again."""
LISTED = 12
"""Years before the recorded ones from which lists are kept: what was begun before has another name now."""
WHY = {
    Against.MEDICINE: "Brukes ikke sammen med ny medisin",
    Against.FILTRATION: "Nedsatt nyrefunksjon",
    Against.PREGNANCY: "Gravid",
    Against.PROBLEM: "Brukes ikke ved ny sykdom",
    Against.STAY: "Kan gi ny blødning",
    Against.ALLERGY: "Tåles ikke",
}
HAPPENED = (WHY[Against.PREGNANCY], WHY[Against.STAY], "Smertefri etter operasjonen")
"""What ends for one of these does not end before it."""


_SAID = re.compile(r"i \d+ dager")
"""For how long a cure is taken, as its dose says it: for the days that are prescribed, whatever is given."""


def settle(life: Life) -> None:
    """Let what the courses told of become a list of medicines, and write it."""
    life.turn_to("prescribing")
    life.settled(_reviewed(life, _on_days_of_contacts(life)))
    asked: list[date] = []
    changes = Changes(life)
    for treatment in life.treatments:
        _write(life, treatment, asked, changes)
    _cure(life, changes)
    changes.write()


def _cure(life: Life, changes: Changes) -> None:
    """Write the short cures: what is safe beside the list, and beside a cure that is not over."""
    taken: list[tuple[date, Medicine]] = []
    for cure in sorted(life.cures, key=lambda one: one.visit.start):
        day = cure.visit.day
        beside = [medicine for until, medicine in taken if until > day] + life.medicines(day)
        medicine = chosen(life, cure.medicine, day, beside)
        if medicine is None or any(one.atc == medicine.atc for one in beside):
            continue
        medicine = by_weight(medicine, life.body.weight(day))
        medicine = medicine._replace(dose=_SAID.sub(f"i {cure.days} dager", medicine.dose))
        goes_on = (
            one.since for one in life.treatments if one.medicine.atc == medicine.atc and one.since > day
        )
        until = min((day + timedelta(days=cure.days), *goes_on))
        taken.append((until, medicine))
        life.on_cures.append((day, until, medicine))
        changes.cures(cure.visit, medicine)
        going_on = until > life.last and life.person.died is None
        by, contact, reason = cure.visit.worker.reference, cure.visit.reference, cure.reason
        medicines.prescription(
            life.chart, medicine, day, by, reason=reason, contact=contact, current=going_on, renewed=False
        )
        ended = None if going_on else min(until, life.last)
        medicines.statement(life.chart, medicine, day, ended, reason=reason)


def _on_days_of_contacts(life: Life) -> list[Treatment]:
    found = []
    wished = life.treatments
    for one in wished:
        if _is_refused(life, one, wished):
            continue
        since = one.since if one.since < life.first_day else _moved(life, one, one.since)
        if since is None:
            continue
        until = one.until
        unsafe = becomes_unsafe(life, one.medicine, since, until or life.last)
        if unsafe and unsafe[1] is Against.STAY:
            until = None
        if until is not None and until >= life.first_day and not one.full:
            if put_in := device(one.medicine):
                changed = any(
                    other.medicine.atc == one.medicine.atc and other.since == until for other in wished
                )
                until = until if changed else _taken_out(life, until, put_in, one.why)
            else:
                until = _moved(life, one, until)
        if until is None or until > since:
            one.since, one.until, one.why = since, until, one.why if until else ""
            found.append(one)
    return found


def _is_refused(life: Life, one: Treatment, wished: list[Treatment]) -> bool:
    """Whether it would not be begun beside what is used: then nobody is called about it."""
    beside = [other.medicine for other in wished if other.since < one.since and other.on(one.since)]
    same = any(other.atc == one.medicine.atc for other in beside)
    return not same and chosen(life, one.medicine, one.since, beside) is None


def _moved(life: Life, one: Treatment, day: date) -> date | None:
    """The day on which somebody is met about it, or called; None when that is after the last day."""
    if life.meetings.on(day, one.label):
        return day
    later = _met_about(life, one, day, day + LATER)
    if later:
        return later[0].first
    earlier = _met_about(life, one, day - EARLIER, day - DAY)
    if earlier and not (day == one.until and one.why in HAPPENED):
        return earlier[-1].first
    met = _called(life, day, one.label)
    return met[0] if met and met[0] <= life.last else None


def _taken_out(life: Life, day: date, put_in: Device, why: str) -> date | None:
    """The day of a visit at which what was put in is taken out; `why` says what follows."""
    visit = life.gp(day, put_in.about)
    done = visit.say(
        f"{put_in.called[0]} er tatt ut, uten vansker.", f"{put_in.called[1]} er teken ut, utan vanskar."
    )
    visit.note(("Inngrep", done), ("Plan", visit.say(*afterwards(life.person, visit.day, why))))
    return visit.day if visit.recorded else None


def _met_about(life: Life, one: Treatment, since: date, until: date) -> list[Meeting]:
    """The contacts from day to day at which what it is taken for is gone through."""
    problem = life.problem_at(one.reason)
    until = min(until, life.last)
    met = life.meetings.between(since, until, one.label)
    return [other for other in met if other.goes_through(problem, life.lasting)]


def _called(life: Life, day: date, label: str) -> tuple[date, Meeting] | None:
    """A telephone call about medicines, when nobody is met that day; at a nursing home its doctor's round.
    What is written of it is what came of it (naming.py)."""
    met = life.meetings.after(working_day(day), working_day(day), label)
    if met:
        return met
    with life.chart.labelled(label):
        if life.decline.lives_in(day):
            visit = life.meet(Service.NURSING_HOME, "lege", day, minutes=10)
        else:
            visit = life.gp(day, way=Way.PHONE, minutes=5)
    if not visit.recorded:
        return None
    life.calls[visit.reference] = visit
    return life.meetings.after(visit.day, visit.day, label)


def _reviewed(life: Life, treatments: list[Treatment]) -> list[Treatment]:
    """What is safe: each is asked about when it is begun, and again when something new forbids it."""
    kept: list[Treatment] = []
    waiting = sorted(treatments, key=_order)
    while waiting:
        one = waiting.pop(0)
        for other in kept:
            if other.on(one.since) and gives_way(other.medicine, one.medicine):
                waiting.append(Treatment(other.medicine, one.since, other.until, other.reason, other.why))
                other.until, other.why = one.since, WHY[Against.MEDICINE]
        used = [other for other in kept if other.on(one.since)]
        _make_room(used, one)
        beside = [other.medicine for other in used if other.on(one.since)]
        medicine = chosen(life, one.medicine, one.since, beside)
        if medicine and (new := novelty(medicine, one.since)):
            waiting += _once_sold(one, new.since)
            older = available(new.before, one.since)
            medicine = chosen(life, older, one.since, beside) if older else None
        if medicine is None:
            waiting.sort(key=_order)
            continue
        one.medicine = medicine
        waiting += _until_unsafe(life, one)
        kept.append(one)
        waiting.sort(key=_order)
    for one in kept:
        if one.until and one.until > life.last:
            one.until = None
    return _joined([one for one in kept if one.until is None or one.until > one.since])


def _joined(kept: list[Treatment]) -> list[Treatment]:
    """What is followed by the same, since nothing else was safe, is not ended."""
    found: list[Treatment] = []
    for one in sorted(kept, key=_order):
        before = next((other for other in found if _goes_on(other, one)), None)
        if before is None:
            found.append(one)
        else:
            before.until, before.why, before.full = one.until, one.why, one.full
    return found


def _goes_on(before: Treatment, one: Treatment) -> bool:
    same = before.medicine == one.medicine and before.label == one.label
    return same and before.until == one.since and device(one.medicine) is None


def _once_sold(one: Treatment, on: date) -> Iterator[Treatment]:
    """What is wished for, from the day on which it is sold; what was used before it ends then."""
    if one.until is None or one.until > on:
        yield Treatment(one.medicine, on, one.until, one.reason, one.why, one.label, one.full)
        one.until, one.why, one.full = on, "Byttet til nyere legemiddel", False


def _order(one: Treatment) -> tuple[date, str, str]:
    return one.since, one.medicine.atc, one.medicine.name


def _make_room(used: list[Treatment], new: Treatment) -> None:
    """Another strength of the same is ended when this is begun."""
    for one in used:
        if one.medicine.atc == new.medicine.atc and one.medicine != new.medicine:
            one.until, one.why = new.since, "Dosen er endret"


def _until_unsafe(life: Life, one: Treatment) -> Iterator[Treatment]:
    """End it when something forbids it; what is given instead then, and afterwards."""
    until = one.until or life.last
    unsafe = becomes_unsafe(life, one.medicine, one.since, until)
    if unsafe is None:
        return
    day, against = unsafe
    known = max(day, life.first_day)
    met = _hears(life, one, known, until) or _called(life, known, one.label)
    if met is None or met[0] >= until:
        return
    ends = met[0]
    planned, meant, one.until = one.until, one.why, ends
    pregnancy = next((last for first, last in life.pregnancies if first <= ends <= last), None)
    one.why = WHY[against]
    again = pregnancy + AFTER_BIRTH if pregnancy else None
    instead_until = min(again, planned or again) if again else planned
    after = meant if instead_until == planned else ""
    yield Treatment(one.medicine, ends, instead_until, one.reason, after, label=one.label)
    resumed = _moved(life, one, again) if again and (planned is None or again < planned) else None
    if resumed and (planned is None or resumed < planned) and not one.medicine.atc.startswith("G"):
        yield Treatment(one.medicine, resumed, planned, one.reason, meant, one.label)


def _write(life: Life, one: Treatment, asked: list[date], changes: Changes) -> None:
    ended = one.until or life.person.died
    if ended and ended < life.first_day:
        return
    with life.chart.labelled(one.label):
        prescribed = list(_prescribed(life, one, ended or life.last, asked))
        for place, (day, met) in enumerate(prescribed):
            named = changes.begins if day == one.since else changes.renews
            named(day, met, one.medicine)
            current = ended is None and place == len(prescribed) - 1
            by, contact = (met.by, met.reference) if met else (life.services.gp.reference, "")
            medicines.prescription(
                life.chart, one.medicine, day, by, reason=one.reason, contact=contact, current=current
            )
        changes.ends(one)
        why = one.why if one.until else ""
        since = _listed_since(life, one)
        medicines.statement(life.chart, one.medicine, since, ended, reason=one.reason, why=why)


def _listed_since(life: Life, one: Treatment) -> date:
    """Since when the list has it: what is older came on it on some day of the first year that lists have."""
    first = years_after(life.era.since, -LISTED)
    if one.since >= first:
        return one.since
    return first + timedelta(
        days=Chance(life.seed, life.person.id, "listed", one.medicine.atc).between(1, 364)
    )


def _prescribed(
    life: Life, one: Treatment, last: date, asked: list[date]
) -> Iterator[tuple[date, Meeting | None]]:
    """The days of prescriptions and where they were written: the first, and those that renew it before it
    runs out, but for the last weeks of what ends as planned."""
    lasts = YEAR * _years(one.medicine)
    if one.since >= life.first_day:
        yield one.since, life.meetings.on(one.since, one.label)
        out = one.since + lasts
    else:
        out = life.first_day + (one.since - life.first_day) % lasts
    planned = one.until is not None and one.why.endswith(FULFILLED)
    needed = last - SOON if planned else last
    while out <= needed and device(one.medicine) is None:
        out = _after_birth(life, one.medicine, out)
        if out > last:
            return
        earliest = max(out - RENEWED, one.since + DAY, life.first_day)
        latest = last - 2 * SOON if one.why == TAPERED else last
        if earliest >= latest:
            return
        day, met = _renewed(life, one, earliest, min(out, latest), asked)
        if day is None or day >= last:
            return
        yield day, met
        out = day + lasts


def _after_birth(life: Life, medicine: Medicine, out: date) -> date:
    """When it is asked for again: what stops attacks of migraine not by one who is with child."""
    carried = (last for first, last in life.pregnancies if first - EARLIER <= out <= last)
    return next(carried, out - AFTER_BIRTH) + AFTER_BIRTH if medicine.atc.startswith(TRIPTANS) else out


def _years(medicine: Medicine) -> int:
    """How long a prescription lasts: what is taken as needed twice as long, but for what makes dependent."""
    return 2 if medicine.as_needed and not medicine.atc.startswith(ADDICTIVE) else 1


def _renewed(
    life: Life, one: Treatment, earliest: date, out: date, asked: list[date]
) -> tuple[date | None, Meeting | None]:
    """When and where it is renewed before it runs out; without a contact on one of the days on which the
    citizen has `asked`."""
    met = _met_about(life, one, earliest, out)
    if met:
        return met[-1].first, met[-1]
    if one.label or life.decline.lives_in(out):
        return _called(life, working_day(out), one.label) or (None, None)
    days = [day for day in asked if earliest <= day <= out]
    if not days:
        wished = life.chance.day(max(earliest, out - SOON), out)
        days = [working_day(life.days.outside(wished))]
        asked += days
        if life.chance.yes(WRITTEN):
            _writes(life, days[0], one.medicine)
    return max(days), None


def _hears(life: Life, one: Treatment, day: date, until: date) -> tuple[date, Meeting] | None:
    """Somebody who is met on the day on which it is found, or the next with whom the list is gone through."""
    found = life.meetings.on(day, one.label)
    if found:
        return day, found
    later = _met_about(life, one, day, min(until, day + LATER))
    return (later[0].first, later[0]) if later else None


def _writes(life: Life, day: date, medicine: Medicine) -> None:
    """The message that is answered on the day, of one who writes messages: what is not taken every day is
    named."""
    asked = day - DAY
    fit = 18 <= life.age(day) < 85 and life.decline.mmse(day) >= 24 and day < life.ordinary_until
    slow = any(one.icpc == "P85" for one in life.known(day))
    if not fit or slow or not life.records(asked) or life.days.outside(asked) != asked:
        return
    by, gp = life.person.reference, life.services.gp.reference
    fixed = not medicine.as_needed and re.search("tablett|kapsel", medicine.name)
    asks = _ASKS if fixed else _ASKS_FOR.format(medicine.within.split()[0])
    sent = at(asked, life.chance.between(7, 21), life.chance.between(0, 59))
    first = messages.message(life.chart, "Resept", asks, sent, by, gp)
    answered = at(day, life.chance.between(8, 14), life.chance.between(0, 59))
    messages.message(life.chart, "Resept", _RENEWED, answered, gp, by, first)


_ASKS_FOR = "Hei, jeg trenger en ny resept. Det gjelder {}."
_ASKS = "Kan jeg få fornyet resept? Jeg har igjen for en uke."
_RENEWED = "Resepten er fornyet og ligger klar i Reseptformidleren."
