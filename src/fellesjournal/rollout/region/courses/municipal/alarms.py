"""The safety alarm: about 80,000 have one (Helsedirektoratet); now and then it is pressed."""

from datetime import timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.courses.municipal.home_notes import Said, is_hurt
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.kin import the_partner
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

PRESSES = 7
"""Points of MMSE below which nobody presses, nor walks alone."""


def pressed(life: Life, step: Step) -> None:
    """The times that somebody came, or spoke, because the alarm was pressed."""
    often = 0.5 if step.level is Level.PRACTICAL else 1.2
    for day in life.now_and_then(often, step.since + timedelta(days=10), step.last(life.last)):
        if life.decline.mmse(day) < PRESSES:
            continue
        comes = life.chance.yes(0.55)
        way = Way.HOME if comes else Way.PHONE
        hour = life.chance.between(0, 23)
        visit = life.meet(Service.SAFETY_ALARM, "helsefagarbeider", day, way=way, hour=hour, minutes=25)
        visit.note(("Trygghetsalarm", _told(life, visit, comes=comes)))


def _told(life: Life, visit: Visit, *, comes: bool) -> str:
    if not comes:
        return visit.say(
            "Kom borti knappen ved et uhell. Alt i orden.", "Kom borti knappen ved eit uhell. Alt i orden."
        )
    if life.person.has_partner(visit.day):
        bokmaal, nynorsk = life.chance.other(_fit(life, visit, _BESIDE_A_PARTNER))
        who, nynorsk_who = the_partner(life.person)
        return visit.say(bokmaal.format(who), nynorsk.format(nynorsk_who))
    return visit.say(*life.chance.other(_fit(life, visit, _ALONE)))


def _fit(life: Life, visit: Visit, texts: Said) -> Said:
    """Those that fit one who may not walk after a fall."""
    hurt = is_hurt(life, visit.day)
    return [one for one in texts if not (hurt and "gikk selv" in one[0])]


_ALONE = (
    (
        "Falt på badet, ikke skadet. Hjulpet opp. Ingen smerter, gikk selv etterpå.",
        "Fall på badet, ikkje skadd. Hjelpt opp.",
    ),
    (
        "Satt på gulvet ved sengen. Ikke slått seg. Hjulpet opp og til toalett.",
        "Sat på golvet ved senga. Hjelpt opp.",
    ),
    (
        "Redd og urolig, trodde noen var i huset. Ble hos brukeren en stund.",
        "Redd og uroleg. Vart verande ei stund.",
    ),
)
_BESIDE_A_PARTNER = (
    (
        "Falt på badet, ikke skadet. {} klarte ikke løftet alene. Hjulpet opp, gikk selv etterpå.",
        "Fall på badet, ikkje skadd. {} greidde ikkje løftet åleine. Hjelpt opp.",
    ),
    (
        "{} trykket. Satt på gulvet ved sengen, ikke slått seg. Hjulpet opp og til toalett.",
        "{} trykte. Sat på golvet ved senga. Hjelpt opp.",
    ),
    (
        "Uvel og redd. {} var hos. Snakket med begge til det gikk over.",
        "Uvel og redd. {} var hos. Snakka med begge til det gjekk over.",
    ),
)
"""Of who lives with somebody, who gets a name there."""
