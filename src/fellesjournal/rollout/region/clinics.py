"""Referrals, and the hospital's clinics that answer them with a note and a letter to the GP."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart import orders
from fellesjournal.rollout.region.chart.documents import Kind, Section
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.helped import afterwards
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service, Unit
from fellesjournal.rollout.region.visit import Visit


def refer(
    life: Life, visit: Visit, to: Service, problem: Problem, question: str, weeks: float
) -> tuple[str, date]:
    """A referral with its letter, and the day on which the citizen is seen, about so many weeks later. It
    is completed when that day has been, active while it is waited for, and revoked by death."""
    wait = max(4, round(life.chance.normal(weeks, weeks / 5) * 7))
    seen = visit.day + timedelta(days=wait)
    if not visit.recorded:
        return "", seen
    status = "completed" if seen < life.last else "revoked" if life.person.died else "active"
    return referred(life, visit, life.services.unit(to), problem, question, status), seen


def referred(life: Life, visit: Visit, unit: Unit, problem: Problem, question: str, status: str) -> str:
    """A referral to a unit with its letter. Returns the reference."""
    made = orders.referral(
        life.chart,
        f"Henvisning til {unit.name}",
        problem,
        visit.start,
        visit.worker.reference,
        unit.reference,
        visit.reference,
        status=status,
    )
    person = life.person
    about = ("Gjelder", f"{person.given} {person.family_name}, født {person.born:%d.%m.%Y}.")
    visit.letter(
        Kind.REFERRAL, "Henvisning", unit.name, about, ("Problemstilling", problem.text), ("Ønskes", question)
    )
    return made


def clinic(
    life: Life,
    service: Service,
    day: date,
    problem: Problem,
    *sections: Section,
    policy: str = "lege",
    minutes: int = 30,
) -> Visit:
    """A visit to a clinic; without sections nothing is written yet."""
    visit = life.meet(service, policy, day, problem, minutes=minutes)
    if sections:
        visit.note(*sections, kind=Kind.CLINIC_NOTE)
    return visit


def concluded(life: Life, visit: Visit, *sections: Section) -> None:
    """What a clinic found, in its note and in its letter, and who sees to what from then on."""
    told = [(title, afterwards(life, visit, text)) for title, text in sections]
    visit.note(*told)
    report(life, visit, *told)


def report(life: Life, visit: Visit, *sections: Section) -> None:
    """The clinic's letter to the GP, or to the doctor of the nursing home."""
    person = life.person
    about = ("Gjelder", f"{person.given} {person.family_name}, født {person.born:%d.%m.%Y}.")
    to = life.own_doctor(visit.day).name
    visit.letter(Kind.CLINIC_LETTER, "Poliklinisk epikrise", to, about, *sections)


def radiology(
    life: Life, asks: Visit, problem: Problem, modality: Modality, what: str, found: str, weeks: float = 2
) -> Visit:
    """Pictures that somebody asks for: request, examination, report. Returns the visit to radiology."""
    unit = life.services.unit(Service.RADIOLOGY)
    seen = asks.day + timedelta(days=max(1, round(life.chance.normal(weeks * 7, weeks))))
    request = ""
    if asks.recorded:
        status = "completed" if seen < life.last else "revoked" if life.person.died else "active"
        by = asks.worker.reference
        request = orders.referral(
            life.chart, what, problem, asks.start, by, unit.reference, asks.reference, status=status
        )
    visit = life.meet(Service.RADIOLOGY, "lege", seen, problem)
    visit.pictures(modality, what, found, request=request)
    return visit
