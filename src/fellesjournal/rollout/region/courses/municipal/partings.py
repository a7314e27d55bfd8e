"""Between hospital and municipality: the care messages that follow a stay of somebody who has services."""

from datetime import timedelta

from fellesjournal.rollout.region.chart.care_messages import Message, message
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.municipal.home_notes import swallows
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit


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
    message(chart, Message.ADMITTED, f"Innlagt med {why}.", stay.start + hours, ward, town, contact)
    help_ = "flere ganger om dagen" if step.level is Level.MUCH else "noen ganger i uken"
    takes = "multidose og rullator" if swallows(life, stay.day) else "rullator"
    told = f"Har hjemmesykepleie {help_}, {takes}. {_memory(life, stay)}"
    message(chart, Message.ADMISSION_REPORT, told, stay.start + 3 * hours, town, ward, contact)
    if stay.end.date() >= life.last:
        return
    ready = max(stay.start + 4 * hours, stay.end - 22 * hours)
    trains = stay.reference in life.trains_until
    needs = "Trenger opptrening før hjemreise." if trains else "Samme hjelp som før, vurderes hjemme."
    message(chart, Message.READY, f"Utskrivningsklar. {needs}", ready, ward, town, contact)
    where = "korttidsplass" if trains else "hjemmet"
    message(chart, Message.DISCHARGED, f"Utskrevet til {where}.", stay.end, ward, town, contact)
    report = f"Behandlet for {why}. Spiser og er oppe med støtte. Medisinliste er vedlagt epikrisen."
    message(chart, Message.DISCHARGE_REPORT, report, stay.end, ward, town, contact)


def _memory(life: Life, stay: Visit) -> str:
    return (
        "Kjent demens, trenger ro og enkle beskjeder."
        if life.decline.mmse(stay.day) < 24
        else "Til vanlig klar og orientert."
    )
