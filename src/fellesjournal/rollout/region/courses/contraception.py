"""Contraception: pill, mini pill, implant or hormonal coil, between pregnancies.

About half of women from 16 to 45 use hormones against pregnancy (Norwegian Prescription Database, rounded);
a long-acting method is advised first.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.births import births_of
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.devices import device
from fellesjournal.rollout.region.formulary import MINI_PILL
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after

PILL = Medicine(
    "G03AA07",
    "Levonorgestrel/etinyløstradiol 150/30 mikrog tablett",
    "1 tablett daglig i tre uker, så en uke uten",
)
IMPLANT = Medicine("G03AC08", "Etonogestrel 68 mg implantat", "Settes inn hvert tredje år")
COIL_OLD = Medicine("G02BA03", "Levonorgestrel 52 mg intrauterint innlegg", "Settes inn hvert femte år")
COIL = Medicine("G02BA03", "Levonorgestrel 52 mg intrauterint innlegg", "Settes inn hvert åttende år")
PUT_IN = {one: put_in for one in (IMPLANT, COIL) if (put_in := device(one))}
SPARED = timedelta(days=400)
"""What would be in use for so long at most is not put in."""
ADVICE = {
    PILL: Problem("Prevensjon med p-pille", "W11", "Z304"),
    MINI_PILL: Problem("Prevensjon med p-pille", "W11", "Z304"),
} | {one: put_in.about for one, put_in in PUT_IN.items()}

WISHES, NO_LONGER = "Ønsker å bli gravid", "Ønsker ikke lenger"
NO_OESTROGEN = ("N89", "K86", "K93", "K94")
"""ICPC-2 codes of migraine, high blood pressure and clots: a pill with oestrogen is then not given."""
YOUNG = ((PILL, 35.0), (MINI_PILL, 25.0), (IMPLANT, 25.0), (COIL, 15.0))
OLDER = ((PILL, 14.0), (MINI_PILL, 26.0), (IMPLANT, 15.0), (COIL, 45.0))


def uses(life: Life) -> None:
    """From the late teens until some months before a pregnancy, and again afterwards; not after 48, and not
    by those who live with a woman."""
    if not life.person.is_woman or life.person.lives_with_a_woman:
        return
    births = births_of(life.person, life.era.until, life.seed)
    begins = life.birthday(life.chance.between(16, 22))
    carried = [*((one.since, one.moment.date(), True) for one in births), *life.lost]
    for since, over, wished in sorted(carried):
        if life.chance.yes(0.55):
            ends = since - timedelta(days=life.chance.between(60, 300))
            _period(life, begins, ends, WISHES if wished else NO_LONGER)
        begins = over + timedelta(days=life.chance.between(60, 150))
    if life.chance.yes(0.55):
        _period(life, begins, life.birthday(48), "Trenger ikke lenger")


def _period(life: Life, since: date, until: date, why: str) -> None:
    if until <= since or until < life.era.since or since > life.last:
        return
    method = life.chance.weighted(YOUNG if life.age(since) < 25 else OLDER)
    if method is PILL and any(one.icpc in NO_OESTROGEN for one in life.known(since)):
        method = MINI_PILL
    if method in PUT_IN and until - since < SPARED:
        method = MINI_PILL
    visit = life.gp(since, ADVICE[method])
    asked = visit.say("Ønsker prevensjon. Metoder gjennomgått.", "Ønskjer prevensjon. Metodar gjennomgått.")
    if method is PILL:
        visit.pressure(life.body.systolic(since), life.body.diastolic(since))
        asked += visit.say(" Ikke migrene eller blodpropp.", " Ikkje migrene eller blodpropp.")
    plan = f"{method.name.split()[0]}. Informert om bruk og bivirkninger."
    if method in PUT_IN:
        plan = visit.say(
            f"{PUT_IN[method].called[0]} er satt inn i dag, uten vansker. Informert om bruk og bivirkninger.",
            f"{PUT_IN[method].called[1]} er sett inn i dag, utan vanskar. Informert om bruk og biverknader.",
        )
    visit.note(("Vurdering", asked), ("Plan", plan))
    life.uses(_of_its_day(method, visit.day), visit.day)
    ends = _when_worn_out(method, since, min(until, years_after(since, life.chance.between(3, 14))))
    _replaced(life, method, since, ends)
    if ends <= life.last:
        life.stop(method, ends, NO_LONGER if ends < until else why)


def _when_worn_out(method: Medicine, since: date, ends: date) -> date:
    """The day on which it ends; what is put in is not changed for the sake of its last year."""
    worn = since
    while method in PUT_IN and (next_one := years_after(worn, PUT_IN[method].works(worn))) <= ends:
        worn = next_one
    return worn if since < worn and ends - worn < SPARED else ends


def _of_its_day(method: Medicine, on: date) -> Medicine:
    """A coil that is put in while it was approved for five years says so."""
    return COIL_OLD if method is COIL and PUT_IN[COIL].works(on) != PUT_IN[COIL].years else method


def _replaced(life: Life, method: Medicine, since: date, ends: date) -> None:
    """What is put in works for some years, and is changed at a visit when they have gone."""
    if method not in PUT_IN:
        return
    years = PUT_IN[method].works(since)
    old = years_after(since, years)
    while old < min(ends, life.last):
        visit = life.gp(old, ADVICE[method])
        what = "Spiralen" if method is COIL else "P-staven"
        visit.note(
            (
                "Vurdering",
                visit.say(
                    f"{what} er byttet etter {years} år, uten vansker. Ønsker å fortsette.",
                    f"{what} er bytt etter {years} år, utan vanskar. Ønskjer å halde fram.",
                ),
            )
        )
        life.stop(method, visit.day, "Byttet til en ny")
        life.uses(_of_its_day(method, visit.day), visit.day)
        years = PUT_IN[method].works(visit.day)
        old = years_after(old, years)
