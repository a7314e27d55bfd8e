"""Dependence on alcohol and opioids: what is said at the GP, treatment, and labels that protect it.

How many: about 5 in 100 drink harmfully and 1 in 100 is treated (FHI); 8,000 in Norway are in opioid
treatment (LAR), 1 to 2 in 1,000. Labelled ETHUD and OPIOIDUD, as HL7 names them.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import ALT, HAEMOGLOBIN
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.formulary import OXYCODONE, TRAMADOL, ZOPICLONE
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.visit import Visit

ALCOHOL = Problem("Alkoholavhengighet", "P15", "F102")
OPIOIDS = Problem("Opioidavhengighet, i LAR", "P19", "F112")
ACAMPROSATE = Medicine("N07BB03", "Acamprosat 333 mg enterotablett", "2 tabletter 3 ganger daglig")
BUPRENORPHINE = Medicine(
    "N07BC01", "Buprenorfin 8 mg sublingvaltablett", "2 tabletter daglig, utleveres på apotek"
)

DRINKS: Risk = ((25, 0.25), (40, 0.6), (65, 0.3))
INJECTS: Risk = ((20, 0.12), (35, 0.06), (50, 0))


def depends(life: Life) -> None:
    """From the day it is talked about; everything is labelled."""
    times = 0.5 if life.person.is_woman else 1.5
    drinks = life.onset(DRINKS, times)
    injects = life.onset(INJECTS, times)
    if drinks:
        with life.chart.labelled("ETHUD"):
            _drinks(life, drinks)
    if injects and injects.year >= HEROIN and not drinks:
        with life.chart.labelled("OPIOIDUD"):
            _in_treatment(life, injects)
    if drinks or (injects and injects.year >= HEROIN):
        life.shuns += [OXYCODONE.atc, TRAMADOL.atc, ZOPICLONE.atc]


HEROIN = 1975
"""The year from which on those fell ill who are in this treatment now."""


def _drinks(life: Life, day: date) -> None:
    visit = life.gp(day, ALCOHOL, minutes=40)
    visit.tests(panel(life, day, HAEMOGLOBIN, ill={ALT: life.chance.uniform(70, 180)}))
    visit.note(
        (
            "Aktuelt",
            "Forteller at drikkingen har økt siste halvåret, nå daglig. Skjelver om morgenen. Ønsker hjelp.",
        ),
        (
            "Plan",
            "Trapper ned hjemme med tett oppfølging. Tilbud fra kommunens rustjeneste. Ny time om to uker.",
        ),
    )
    life.problem(ALCOHOL, day, visit=visit)
    dry = life.gp(visit.day + timedelta(days=14), ALCOHOL)
    dry.note(
        ("Samtale", "Trappet ned uten kramper eller uro. Tørr i fire dager. Møter rustjenesten neste uke.")
    )
    if life.chance.yes(0.3):
        life.uses(ACAMPROSATE, dry.day, ALCOHOL)
        life.stop(ACAMPROSATE, day + timedelta(days=life.chance.between(250, 400)), "Behandlingstid fullført")
    for seen in life.every(5, dry.day, misses=0.3):
        met = life.gp(seen, ALCOHOL)
        liver, told, onwards = life.chance.other(_SINCE_LAST)
        met.tests(panel(life, seen, ill={ALT: life.chance.uniform(*liver)}))
        _talks(life, met, told, onwards)


_LATELY = timedelta(days=30)
"""For so long after a stay it is spoken of."""


def _talks(life: Life, met: Visit, told: str, onwards: str) -> None:
    """What is said, and what one has been admitted with in the last weeks."""

    def write() -> None:
        lain = [
            about[0].within
            for one, about in life.stays
            if about and timedelta() <= met.day - one.end.date() < _LATELY
        ]
        lately = f" Nylig innlagt med {lain[-1]}." if lain else ""
        met.note(("Samtale", f"{told}{lately}"), ("Plan", onwards))

    life.at_the_end(write)


_SINCE_LAST = (
    ((18, 42), "Avholdende siden sist. Går i gruppe.", "Fortsetter i gruppen."),
    ((18, 40), "Ikke drukket. Sover bedre, mer overskudd.", "Samme plan. Har nummer til rustjenesten."),
    ((20, 45), "Tørr, men kjenner sug i selskaper.", "Sier nei på forhånd, går tidlig. Ringer ved sug."),
    ((30, 68), "En sprekk siden sist, ellers tørr. Motivert.", "Gått gjennom hva som utløste den."),
    ((35, 75), "To kvelder med øl denne måneden, har fortalt det hjemme.", "Skriver dagbok over drikking."),
    ((55, 120), "Drikker igjen i helgene. Snakket åpent om det.", "Snakker med rustjenesten om nye mål."),
    (
        (50, 110),
        "Har drukket hver kveld en periode, stoppet for to uker siden.",
        "Holder seg unna kveldene hos naboen.",
    ),
)
"""ALT in U/L, what is told, and what is agreed on."""


def _in_treatment(life: Life, day: date) -> None:
    life.problem(OPIOIDS, day)
    life.uses(BUPRENORPHINE, day, OPIOIDS)
    for seen in life.every(4, day, misses=0.25):
        met = life.gp(seen, OPIOIDS)
        met.note(
            (
                "LAR-kontroll",
                life.chance.other(
                    (
                        "Stabil på buprenorfin. Rene urinprøver. Faste rutiner hjemme.",
                        "Møter som avtalt. Ønsker lengre hentefrekvens, tas opp i ansvarsgruppe.",
                        "Noe sidebruk av benzodiazepiner. Avtale om tettere oppfølging.",
                    )
                ),
            )
        )
