"""What a ward writes around an operation: before it, on the way back from it, and on the days after."""

from datetime import datetime, timedelta

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

_BONES, _NO_WOUND = "N", ("F", "U")
"""How the codes of operations on bones begin, and of what leaves hardly a mark."""
_BEFORE, _AWAKE = timedelta(minutes=40), 1.1
"""For so long before it nobody comes on a round, and hours after it until one is awake enough for it."""
_ORDINALS = ("", "Første", "Andre", "Tredje", "Fjerde", "Femte", "Sjette", "Sjuende", "Åttende")


def _operation(stay: Visit) -> tuple[datetime, datetime, Operation] | None:
    """The operation of a stay that leaves a wound."""
    told = [(start, end, one) for start, end, one in stay.theatre if one and one.code[0] not in _NO_WOUND]
    return told[-1] if told else None


def around(stay: Visit, hours: float) -> float:
    """The hours after arrival at which a doctor comes, or when one who is in theatre then is awake again."""
    if operation := _operation(stay):
        start, end, _ = operation
        if start - _BEFORE < stay.start + timedelta(hours=hours) < end + timedelta(hours=_AWAKE):
            return (end - stay.start).total_seconds() / 3600 + _AWAKE
    return hours


def of_the_operation(life: Life, stay: Visit, hours: float, chance: Chance) -> str:
    """What a doctor writes of the operation so many hours after arrival; "" where there is none."""
    operation = _operation(stay)
    if operation is None:
        return ""
    start, end, done = operation
    now = stay.start + timedelta(hours=hours)
    days = (now.date() - start.date()).days
    if now < start:
        when = "i dag" if days == 0 else "i morgen"
        return f"{chance.other(_FASTING if days == 0 else _WAITS)} Opereres {when}: {done.within}."
    thinned = " Blodproppforebyggende gis." if life.taking("B01A", now.date()) else ""
    if days == 0:
        return f"Operert i dag: {done.within}, ferdig {end:%H.%M}. {chance.other(_BACK)}{thinned}"
    goes = _ON_LEGS if done.code[0] == _BONES else _ON_FEET
    goes = _FIRST_DAY if goes is _ON_LEGS and days == 1 else goes
    goes = _WITHIN if done.code.startswith(_VAGINAL) else goes
    return f"{_number(days)} dag etter {done.within}. {chance.other(goes)}{thinned}"


def back_from(stay: Visit, hours: float, said: str) -> str:
    """What a nurse writes so many hours after arrival, of one who may have been in theatre."""
    operation = _operation(stay)
    now = stay.start + timedelta(hours=hours)
    if operation is None or now < operation[0]:
        return said
    _, end, done = operation
    days = (now.date() - end.date()).days
    dry = "Lite blødning." if done.code.startswith(_VAGINAL) else _DRY
    if days == 0:
        return f"Tilbake fra operasjon, ferdig {end:%H.%M}. Våken. {dry} Har fått smertestillende, drikker."
    return f"{_number(days)} dag etter operasjonen. {said} {dry}"


def gets_up(life: Life, stay: Visit) -> None:
    """The day after bones were put right a physiotherapist gets one up, of a stay that goes on."""
    operation = _operation(stay)
    if operation is None or operation[2].code[0] != _BONES:
        return
    days = (operation[0].date() - stay.day).days + 1
    if days < (stay.end.date() - stay.day).days:
        trainer = stay.by(life.services.worker(Service.ORTHOPAEDIC_WARD, "fysioterapeut", 0))
        trainer.note(("Fysioterapi", _TRAINED), after=stay.hours_to(days, 11.6))


def _number(days: int) -> str:
    return _ORDINALS[days] if days < len(_ORDINALS) else f"{days}."


_DRY = "Bandasjen er tørr."
_VAGINAL = "LE"
"""How the codes begin (NCSP) of operations that leave no wound to dress."""
_WITHIN = ("Oppegående, lite blødning. Later vannet.", "Lite smerter, lite blødning. Oppe hele dagen.")
_FASTING = ("Fastende fra midnatt.", "Faster, væske i blodåren.")
_WAITS = ("Smertelindret, venter på operasjon.", "Faster fra midnatt, informert om inngrepet.")
_BACK = (
    "Våken, bandasjen er tørr. Smertelindret. Opp i morgen.",
    "Tilbake på avdelingen. Rolig, lite smerter. Ikke blødning gjennom bandasjen.",
)
_FIRST_DAY = (
    "Tørr bandasje, god sirkulasjon og følelse i foten. Skal opp med fysioterapeut, smertestillende før det.",
    "Bandasjen er tørr. Smertene er til å leve med. Opptrening med fysioterapeut fra i dag.",
)
_ON_LEGS = (
    "Tørr bandasje. Oppe med fysioterapeut, smertestillende før trening.",
    "Bandasjen er tørr. Går med hjelpemiddel. Smertene er til å leve med, behovsmedisin ved trening.",
    "Rent og tørt operasjonssår. Øver på å gå, mindre smerter.",
)
_ON_FEET = (
    "Tørre bandasjer, myk mage. Oppe og går i gangen, begynner å spise.",
    "Oppegående. Såret er tørt, smertene dempes av tabletter. Spiser litt mer.",
)
_TRAINED = "Oppe for første gang etter operasjonen. Går noen skritt med støtte av én. Øver i sengen."
