"""The plan of care of those who have nurses at home today: a primary contact, measures and goals."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart import plans
from fellesjournal.rollout.region.chart.plans import Measure
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.municipal.home_care import days_between, extent, hours_of
from fellesjournal.rollout.region.courses.municipal.home_notes import NOON, STROKES, is_recent, swallows
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.nursing_home import STOUT
from fellesjournal.rollout.region.courses.municipal.scores import WASHING, scores
from fellesjournal.rollout.region.courses.municipal.short_stays import LEARNS
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.units import Service

MEDICINES = Measure(
    "Legemidler", "Multidose gis ved hvert besøk. Ny rull hver fjortende dag.", "Tar medisinene sine riktig"
)
LAID_OUT = Measure(
    "Legemidler", "Multidose legges fram til neste besøk, tar den selv.", "Tar medisinene sine riktig"
)
HYGIENE = Measure(
    "Personlig hygiene", "Hjelp til dusj en gang i uken, tilrettelegge ved vask.", "Føler seg stelt, hel hud"
)
SAFETY = Measure("Tilsyn", "Ser til at alt er i orden, og at maten er spist.", "Trygg hjemme")
FALLS = Measure(
    "Fallforebygging",
    "Rullator ved sengen, faste sko, trene på å reise seg.",
    "Ingen fall hjemme",
)
FOOD = Measure("Ernæring", "Tilby mellommåltid. Vekt hver måned.", "Holder vekten")
FOOD_ALONE = FOOD._replace(how="Tilby mellommåltid.")
"""Of who is weighed more often for another reason."""
MEMORY = Measure(
    "Hukommelse", "Kalender på kjøkkenet. Si hvem du er, en ting om gangen.", "Trygg i hverdagen"
)
HEART = Measure(
    "Hjertesvikt", "Vekt to ganger i uken. Mer enn to kilo opp på tre dager: ring lege.", "Unngår innleggelse"
)
LUNGS = Measure(
    "Kols", "Se til at inhalasjon tas. Egenbehandlingsplan henger på kjøleskapet.", "Kan gå til butikken"
)
SUGAR = Measure(
    "Diabetes", "Blodsukker fastende to ganger i uken. Se på føttene.", "Blodsukker mellom 5 og 10"
)
SUGAR_LATER = SUGAR._replace(how="Blodsukker før maten to ganger i uken. Se på føttene.")
"""Of who is not seen before breakfast."""
STROKE = Measure(
    "Etter hjerneslag", "La selv gjøre det som går. Øvelser fra fysioterapeut daglig.", "Kler på seg selv"
)
TRAINS = Measure(
    "Hverdagsrehabilitering",
    "Fysioterapeut en gang i uken i fem uker, øvelser hver dag.",
    "Går til postkassen alene",
)
SETTLED = timedelta(days=4)
"""After the first visit of home care one is trained at the earliest."""
TRAINS_FROM = 65
"""From which age on the goal is to get to the mailbox alone."""
WASHES_ALONE = 2
"""The score up to which one needs nobody to wash."""
BY_ILLNESS = {"K77": HEART, "R95": LUNGS, "T90": SUGAR, "K90": STROKE}
"""By ICPC-2 code."""


def plan(life: Life, since: date, level: Level) -> None:
    """The team and the plan, from about when the services began; not of one who is away from home."""
    newest = max((day for one in _ill(life) if (day := life.first(one))), default=since)
    day = max(max(since, newest) + timedelta(days=14), life.era.since)
    day = life.days.outside(day, home_visit=True)
    if not life.records(day):
        return
    nurse = life.services.worker(Service.HOME_CARE, "sykepleier", life.person.number).reference
    unit = life.services.unit(Service.HOME_CARE).reference
    members = [(nurse, plans.PRIMARY_CONTACT), (life.services.gp.reference, plans.GP)]
    team = plans.team(life.chart, members, day, unit)
    life.decline.has_plan = True
    plans.plan(life.chart, _measures(life, day, level), day, nurse, unit, team)


def trains_at_home(life: Life) -> bool:
    """Whether home care's physiotherapist comes now: to the old who get help at home, where there is one."""
    today = life.era.until
    free = life.person.died is None and life.days.outside(today) == today
    helped = life.decline.helped_since is not None and life.age(today) >= TRAINS_FROM
    helped &= life.decline.mmse(today) >= LEARNS
    return helped and free and bool(life.services.workers(Service.HOME_CARE, "fysioterapeut"))


def first_training(life: Life) -> date:
    """The day on which the physiotherapist sees what is to be trained."""
    today, since = life.era.until, life.decline.helped_since or life.era.until
    back = Chance(life.seed, life.person.id, "training").between(22, 26)
    return working_day(max(since + SETTLED, today - timedelta(days=back)))


def _ill(life: Life) -> list[Problem]:
    """What has measures of its own: a stroke for some years."""
    known = [one for one in life.known(life.last) if one.icpc in BY_ILLNESS]
    return [one for one in known if one.icpc != STROKES or is_recent(life, one, life.last)]


def _measures(life: Life, since: date, level: Level) -> list[Measure]:
    ill = {one.icpc for one in _ill(life)}
    washed = dict(scores(life, life.last, level))[WASHING] > WASHES_ALONE
    first = HYGIENE if washed else SAFETY
    medicines = MEDICINES if days_between(life, level) == 1 else LAID_OUT
    always = [medicines, first] if swallows(life, life.last) else [SAFETY, *([HYGIENE] if washed else [])]
    always[0] = always[0]._replace(how=f"{always[0].how} Besøk: {extent(life, level)}.")
    chosen = [*always, *(measure for code, measure in BY_ILLNESS.items() if code in ill)]
    if min(hours_of(life, level)) >= NOON:
        chosen = [SUGAR_LATER if one is SUGAR else one for one in chosen]
    if trains_at_home(life):
        chosen.append(TRAINS._replace(since=first_training(life)))
    if life.decline.mmse(life.last) < 24:
        chosen.append(MEMORY)
    if life.age(life.last) > 78:
        chosen.append(FALLS)
        life.decline.has_walker(since)
    if level is Level.MUCH and life.body.weight(life.last) <= STOUT:
        chosen.append(FOOD_ALONE if HEART in chosen else FOOD)
    return chosen
