"""Leg ulcers and pressure sores: seen to at home twice a week until they are healed.

One of a hundred over 70 has one (Norsk interessefaggruppe for sårheling, rounded).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.municipal import planned
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.units import Service

ULCER = Problem("Venøst leggsår", "S97", "I830")
CLOSED = 0.2
"""Centimetres: what is smaller is not measured."""
NEW: Risk = ((55, 0.8), (65, 2.5), (75, 7), (85, 11))


def heals(life: Life) -> None:
    """From the GP's referral until it is closed."""
    day = life.onset(NEW)
    end = life.decline.moves_in or life.last
    if day is None or day + timedelta(days=40) >= end or not life.records(day):
        return
    size = life.chance.uniform(2, 5)
    side = life.chance.pick(("høyre", "venstre"))
    visit = life.gp(day, ULCER)
    visit.note(
        (
            "Funn",
            f"Sår på {side} legg, {_centimetres(size)} cm, lite puss. Puls i foten, ankel-arm-indeks 1,0.",
        ),
        ("Plan", "Kompresjon. Hjemmesykepleien steller såret to ganger i uken."),
    )
    closed = day + timedelta(days=life.chance.between(50, 150))
    closed = min(closed, life.decline.moves_in or closed)
    life.episode(ULCER, visit, (closed - day).days)
    decide(
        life, [Grant(HOME_NURSING, "sårstell to ganger i uken")], day + timedelta(days=7), closed, None,
        "Leggsår som trenger stell og kompresjon.", quickly=True, limited=True,
    )  # fmt: skip
    _seen_to(life, day + timedelta(days=8), closed, min(closed, end), size)


def _seen_to(life: Life, since: date, closed: date, until: date, size: float) -> None:
    day, whole = since, (closed - since).days
    while day < until:
        left = size * (1 - (day - since).days / whole)
        visit = life.meet(Service.HOME_CARE, "sykepleier", day, way=Way.HOME, hour=10, minutes=30)
        if life.chance.yes(0.5):
            smell = (
                "Litt lukt, skiftet til sølvbandasje." if life.chance.yes(0.12) else "Rent, granulerer fint."
            )
            found = f"Såret er {_centimetres(left)} cm. {smell}" if left > CLOSED else "Nesten lukket."
            visit.note(("Sårstell", f"{found} Kompresjon lagt på."))
        day += timedelta(days=life.chance.between(3, 4))
    if until == life.last:
        planned.visits(life, day, 4, (10,), 30, "Sårstell", closed)


def _centimetres(size: float) -> str:
    return f"{size:.1f} x {size * 0.7:.1f}".replace(".", ",")
