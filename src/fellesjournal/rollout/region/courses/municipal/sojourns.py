"""Stays in institutions of the municipality: written also when they began before the recorded years."""

from datetime import date

from fellesjournal.rollout.region.chart import contacts
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at
from fellesjournal.rollout.region.sickrooms import room_of
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit


def sojourn(life: Life, service: Service, since: date, until: date | None, *reasons: Problem) -> Visit:
    """A stay that ends on a day, or goes on while the citizen lives. Nothing is written of one that was over
    before the recorded years."""
    unit = life.services.unit(service)
    nurse = life.services.worker(service, "sykepleier", life.person.number)
    start = at(since, life.chance.between(13, 15), 5 * life.chance.between(0, 11))
    ended = until if until is not None and until <= life.last else life.person.died
    died = ended is not None and ended == life.person.died
    hour = life.chance.between(0, 23) if died else life.chance.between(11, 13) if ended else 22
    leaves = at(ended or life.last, hour, 5 * life.chance.between(0, 11))
    end = max(start, life.at_dawn(leaves))
    reference = ""
    if end.date() >= life.era.since and since <= life.last:
        shown = None if ended is None else end
        room = room_of(unit, life.person, since) if shown is None else ""
        reference = contacts.encounter(
            life.chart, Way.STAY, start, shown, unit.reference, nurse.reference, reasons, room=room
        )
        doctor = life.services.worker(service, "lege", life.person.number)
        life.remember(service, since, end.date(), doctor, reference, begins=start)
    return Visit(life.chart, reference, start, end, unit, nurse, life.services)


def hours_into(stay: Visit, day: date, hour: int) -> float:
    """How many hours after a stay began an hour of a day is; at least one."""
    return max(1.0, (at(day, hour) - stay.start).total_seconds() / 3600)
