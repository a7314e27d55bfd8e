"""Between hospital and municipality: the care messages that follow a stay of somebody who has services."""

from datetime import timedelta

from fellesjournal.rollout.region.chart.care_messages import Message, message
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.municipal.home_care import days_between
from fellesjournal.rollout.region.courses.municipal.home_notes import swallows
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.endings import Place
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

FOUND = 4
"""Hours after arrival at which the ward has seen the pictures, and tells the municipality why one lies there:
it has a day for that."""


def tell(life: Life, home: list[Step]) -> None:
    """Messages of the stays in a time with nurses at home."""
    for stay, reasons in life.stays:
        held = [one for one in home if one.since <= stay.day and (one.until is None or stay.day < one.until)]
        if held and held[-1].level >= Level.SOME and (stay.end - stay.start).days >= 1:
            _stay(life, stay, reasons, held[-1])


def _stay(life: Life, stay: Visit, reasons: tuple[Problem, ...], step: Step) -> None:
    town, ward = life.services.unit(Service.HOME_CARE).reference, stay.unit.reference
    chart, contact = life.chart, stay.reference
    why = reasons[0].within if reasons else "observasjon"
    hours = timedelta(hours=1)
    message(chart, Message.ADMITTED, f"Innlagt med {why}.", stay.start + FOUND * hours, ward, town, contact)
    takes = "multidose og rullator" if swallows(life, stay.day) else "rullator"
    told = f"Har hjemmesykepleie {_how_often(life, step)}, {takes}. {_memory(life, stay)}"
    life.decline.has_walker(stay.day)
    message(chart, Message.ADMISSION_REPORT, told, stay.start + 2 * FOUND * hours, town, ward, contact)
    if stay.end.date() >= life.last:
        return
    ready = max(stay.start + 3 * FOUND * hours, stay.end - 22 * hours)
    where, needs = _goes_on(life, stay)
    message(chart, Message.READY, f"Utskrivningsklar. {needs}", ready, ward, town, contact)
    message(chart, Message.DISCHARGED, f"Utskrevet til {where}.", stay.end, ward, town, contact)
    report = f"Behandlet for {why}. Spiser og er oppe med støtte. Medisinliste er vedlagt epikrisen."
    message(chart, Message.DISCHARGE_REPORT, report, stay.end, ward, town, contact)


def _how_often(life: Life, step: Step) -> str:
    """As the decision says it."""
    if step.level is Level.MUCH:
        return "flere ganger om dagen"
    return "en gang om dagen" if days_between(life, step.level) == 1 else "noen ganger i uken"


def _goes_on(life: Life, stay: Visit) -> tuple[str, str]:
    """Where to after the ward, and what is needed there."""
    day, ending = stay.end.date(), life.ending
    if stay.reference in life.trains_until:
        return "korttidsplass", "Trenger opptrening før hjemreise."
    comes_to_die = ending is not None and ending.place is Place.NURSING_HOME and ending.since <= day
    if comes_to_die or life.decline.lives_in(day):
        return "sykehjem", "Trenger heldøgns omsorg."
    return "hjemmet", "Samme hjelp som før, vurderes hjemme."


def _memory(life: Life, stay: Visit) -> str:
    """How clear one is at home: also of one whose doctor is looking into why he or she forgets."""
    dementia = life.decline.dementia
    if dementia is None or stay.day < dementia.noticed:
        return "Til vanlig klar og orientert."
    if stay.day < dementia.since:
        return "Husker dårligere den siste tiden, utredes hos fastlegen."
    return "Kjent demens, trenger ro og enkle beskjeder."
