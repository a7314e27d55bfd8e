"""Pregnancies that end in a child: check-ups by the programme, birth at the ward, control afterwards.

Check-ups in the weeks of the national guideline (Helsedirektoratet, 2018); gestational diabetes in one of
fifteen and pre-eclampsia in one of forty (Medical Birth Registry, rounded). The first ultrasound in weeks
11 to 14 has been offered to all since 2022.
"""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.births import Birth, births_of
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.maternity import FETAL_HEART, FUNDUS
from fellesjournal.rollout.region.chart.measures import FERRITIN, GLUCOSE, HAEMOGLOBIN, HBA1C
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.clinics import clinic, refer
from fellesjournal.rollout.region.courses import preeclampsia, sleepless
from fellesjournal.rollout.region.courses.mood import DEPRESSION
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, last_working_day, working_day
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.strips import PROTEIN
from fellesjournal.rollout.region.units import Service, Worker
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.ward_rounds import Nurses

PREGNANT = Problem("Graviditet", "W78", "Z321")
CONTROL = Problem("Svangerskapskontroll", "W781", "Z349")
BIRTH = Problem("Fødsel, ett levende født barn", "W90", "Z370")
HARD_BIRTH = Problem("Komplisert fødsel, ett levende født barn", "W92", "Z370")
DIABETES = Problem("Svangerskapsdiabetes", "W85", "O244")
AFTERWARDS = Problem("Etterkontroll etter fødsel", "W18", "Z392")
PLANNED = "planlagt keisersnitt"
SECTION = Operation("MCA10", "Keisersnitt i nedre segment")

CALM = (126, 80)
"""mmHg that the line of the pressure stays under where there is no pre-eclampsia: above 140/90 it is followed
up."""
LEAST = 10.8
"""g/dL of haemoglobin in week 28 of those who are not treated for lack of iron."""
MUCH = 500
"""ml of blood lost at a birth from which on it is spoken of, and the haemoglobin is measured."""
MORNING = 7
"""The hour at which blood is taken at the ward."""
WEEKS = (9, 24, 28, 32, 36, 38, 40, 41)
"""Of check-ups, besides the ultrasound in week 18."""


def carries(life: Life) -> None:
    """Every child of a woman that is born in the recorded years, and the one that is on the way."""
    if not life.person.is_woman:
        return
    for before, birth in enumerate(births_of(life.person, life.era.until, life.seed)):
        if birth.moment.date() >= life.era.since:
            is_told(life, birth, before)


class _Expecting:
    """What goes for one pregnancy: how much is gained, and what goes wrong."""

    def __init__(self, life: Life, birth: Birth) -> None:
        chance = life.chance
        self.birth = birth
        self.gain = chance.normal(13.5, 2.5)
        self.diabetes = birth.gestation > 260 and chance.yes(0.065)
        planned = birth.way == PLANNED
        self.ill_on = last_working_day(birth.arrival.date()) if chance.yes(0.025) and not planned else None
        """The day on which pre-eclampsia is found, after which one stays until the child is born."""
        self.sent: datetime | None = None
        """When one comes to the ward for it."""

    @property
    def checked_until(self) -> date:
        """The day from which on there are no more ordinary check-ups."""
        return min(self.ill_on or date.max, self.birth.arrival.date() - timedelta(days=2)) - timedelta(days=2)

    def week(self, day: date) -> int:
        """Full weeks on a day."""
        return (day - self.birth.since).days // 7


def is_told(life: Life, birth: Birth, before: int) -> None:
    """One pregnancy, of a woman who has given birth so many times before."""
    expecting = _Expecting(life, birth)
    tenth, born = birth.since + timedelta(days=70), birth.moment.date()
    for share, back in ((0.5, 3), (0.5, 220)):
        life.body.weighs_more.append(Shift(share * expecting.gain, tenth, 210, born, back))
    life.body.less_blood.append(Shift(1.7, birth.since, 190, born, 40))
    for week in WEEKS:
        day = birth.since + timedelta(days=7 * week + life.chance.between(0, 4))
        if working_day(day) >= expecting.checked_until:
            break
        if week == 9:
            _first(life, expecting, day, before)
        else:
            _check(life, expecting, day)
    if birth.since.year >= 2022:
        _ultrasound(life, expecting, 12)
    _ultrasound(life, expecting, 18)
    if expecting.ill_on and life.days.outside(expecting.ill_on) == expecting.ill_on:
        _falls_ill(life, expecting, expecting.ill_on)
    _gives_birth(life, expecting, before)


def _first(life: Life, expecting: _Expecting, day: date, before: int) -> None:
    visit = life.gp(day, PREGNANT, minutes=40)
    life.weighs(visit)
    _pressure(life, visit, 0)
    visit.tests(
        {
            HAEMOGLOBIN: life.body.haemoglobin_on(day) + life.chance.normal(0, 0.25),
            FERRITIN: max(8.0, life.chance.normal(45, 18)),
            HBA1C: life.chance.normal(32, 2),
        }
    )
    times = "Har ikke født før." if before == 0 else f"Har født {before} barn tidligere."
    due = expecting.birth.due
    smokes = "Røyker fem om dagen, vil slutte." if life.body.smokes else "Røyker ikke."
    visit.note(
        ("Anamnese", f"{times} Positiv graviditetstest. Litt kvalm, ellers i god form. {smokes}"),
        (
            "Plan",
            f"Termin etter siste menstruasjon {due:%d.%m.%Y}. Folat. Henvist til ultralyd. Egenerklæring.",
        ),
    )
    early = ", helst også i uke 12" if expecting.birth.since.year >= 2022 else ""
    refer(life, visit, Service.MATERNITY, PREGNANT, f"Ultralyd i uke 18{early}.", 8)
    life.episode(PREGNANT, visit, (expecting.birth.moment.date() - visit.day).days)
    life.pregnancies.append((visit.day, expecting.birth.moment.date()))


def _check(life: Life, expecting: _Expecting, day: date) -> None:
    week = expecting.week(day)
    sugar = week == 28 and expecting.diabetes
    minutes, hour = (150, 9) if sugar else (30, None)
    day = working_day(day)
    visit = life.meet(Service.HEALTH_STATION, "jordmor", day, CONTROL, hour=hour, minutes=minutes)
    life.weighs(visit)
    _pressure(life, visit, 0)
    told = expecting.week(visit.day)
    _child_is_measured(life, visit, told)
    if week == 28:
        blood = life.body.haemoglobin_on(visit.day) + life.chance.normal(0, 0.25)
        visit.tests({HAEMOGLOBIN: max(LEAST, blood)})
        _sugar(life, expecting, visit)
    else:
        visit.looked_for(PROTEIN, found=False)
        visit.note(("Svangerskapskontroll", _told(life, visit, told)))


def _child_is_measured(life: Life, visit: Visit, week: int) -> None:
    visit.measure(FUNDUS, week - 1 + life.chance.normal(0, 1))
    visit.measure(FETAL_HEART, life.chance.normal(140, 7))


def _falls_ill(life: Life, expecting: _Expecting, day: date) -> None:
    """Pre-eclampsia, found by the midwife, who sends her to the ward, where the birth is set going."""
    hour = life.chance.between(9, 13)
    visit = life.meet(Service.HEALTH_STATION, "jordmor", day, CONTROL, hour=hour)
    if not visit.recorded:
        return
    life.weighs(visit)
    preeclampsia.high_pressure(life, visit)
    _child_is_measured(life, visit, expecting.week(visit.day))
    visit.looked_for(PROTEIN, found=True)
    visit.note(
        ("Vurdering", "Hodepine og hevelser siden i går, blodtrykket er steget. Protein 2+ i urin."),
        ("Plan", "Mistanke om preeklampsi. Sendt til fødeavdelingen samme dag."),
    )
    life.episode(preeclampsia.PREECLAMPSIA, visit, (expecting.birth.home - visit.day).days + 30)
    expecting.sent = visit.end + timedelta(hours=2)


def _told(life: Life, visit: Visit, week: int) -> str:
    lies = "Hodeleie. " if week >= 36 else ""
    said = life.chance.other(
        (
            visit.say("Kjenner godt med liv.", "Kjenner godt med liv."),
            visit.say("Litt bekkenplager mot kveld.", "Litt plager i bekkenet mot kvelden."),
            visit.say("Sover dårlig, ellers bra.", "Søv dårleg, elles bra."),
        )
    )
    return f"Uke {week}. {said} {lies}Ikke protein i urin. Fosterlyd fin."


def _sugar(life: Life, expecting: _Expecting, visit: Visit) -> None:
    if not expecting.diabetes:
        visit.note(
            ("Svangerskapskontroll", f"Uke {expecting.week(visit.day)}. Alt vel. Snakket om fødselen.")
        )
        return
    visit.tests({GLUCOSE: life.chance.uniform(5.0, 5.7)})
    later = life.chance.uniform(9.0, 10.6)
    visit.tests({GLUCOSE: later}, after=2)
    visit.note(
        (
            "Vurdering",
            f"Glukosebelastning: {later:.1f} mmol/L etter to timer. Svangerskapsdiabetes.".replace(
                ".", ",", 1
            ),
        ),
        ("Plan", "Kostveiledning, måler blodsukker hjemme. Henvist til svangerskapspoliklinikk."),
        after=2.3,
    )
    life.episode(DIABETES, visit, (expecting.birth.moment.date() - visit.day).days)
    _, seen = refer(life, visit, Service.MATERNITY, DIABETES, "Svangerskapsdiabetes. Oppfølging.", 1.5)
    met = clinic(life, Service.MATERNITY, seen, DIABETES)
    met.note(("Svangerskapspoliklinikk", "Blodsukkeret er innenfor målene med kost. Fosteret følger kurven."))


def _ultrasound(life: Life, expecting: _Expecting, week: int) -> None:
    day = expecting.birth.since + timedelta(days=7 * week + life.chance.between(1, 5))
    visit = life.meet(Service.MATERNITY, "jordmor", day, CONTROL)
    seen = (
        "Ett levende foster, normal utvikling."
        if week < 15
        else (
            "Ett levende foster, alle mål som ventet. Normal anatomi, morkake på bakvegg, ikke lavtsittende."
        )
    )
    due = expecting.birth.due
    visit.note((f"Ultralyd uke {week}", f"{seen} Termin {due:%d.%m.%Y}."), kind=Kind.PREGNANCY)


def _gives_birth(life: Life, expecting: _Expecting, before: int) -> None:
    birth = expecting.birth
    came = expecting.sent or birth.arrival
    hard = birth.way != "vaginal"
    problem = HARD_BIRTH if hard else BIRTH
    nights = (birth.home - came.date()).days
    still = birth.home >= life.era.until
    stay = life.stay(Service.MATERNITY, "jordmor", came.date(), nights, problem, start=came, going_on=still)
    if not stay.recorded:
        return
    midwives = Nurses(life, stay, "jordmor")
    hours = (birth.moment - stay.start).total_seconds() / 3600
    if expecting.sent:
        preeclampsia.waits(life, stay, midwives, hours)
        _falls_again(life, stay, midwives, hours)
    else:
        _pressure(life, midwives.at(), 6)
    midwives.note((_arrived(birth), _arrival_note(expecting, before)), after=0)
    if birth.is_caesarean:
        stay.by(_doctor(life, birth)).operation(SECTION, 40, after=max(0.5, hours - 0.25))
    lost = life.chance.between(7, 12) * 50 if birth.is_caesarean else life.chance.between(4, 11) * 50
    sex = _sex(birth, life)
    born = (
        f"{_way(life, expecting)} i uke {birth.age} klokka {birth.moment:%H.%M}. {sex}, {birth.weight} g, "
        f"{birth.length} cm. Apgar {birth.apgar[0]}/{birth.apgar[1]}. Blødning {lost} ml. Morkaken hel."
    )
    planned, after = _bled(life, stay, lost, hours)
    midwives.note(("Fødselen", born + planned), kind=Kind.PREGNANCY, after=hours + 1)
    if still:
        midwives.note(("Barsel", life.chance.pick(_AT_THE_WARD)), after=hours + life.chance.uniform(4, 12))
    elif birth.home <= life.last:
        course = life.chance.pick(("Ammer bra.", "Ammer, men såre bryst.", "Ammer og gir litt tillegg."))
        midwives.at((stay.end - stay.start).total_seconds() / 3600).letter(
            Kind.DISCHARGE,
            "Epikrise etter fødsel",
            "Fastlege og helsestasjon",
            ("Gjelder", f"{life.person.given} {life.person.family_name}, født {life.person.born:%d.%m.%Y}."),
            ("Diagnose", f"{problem.text}."),
            ("Fødselen", f"{birth.moment:%d.%m.%Y}. {born}"),
            ("Barseltid", f"{_FALLS if expecting.sent else 'Ukomplisert.'} {course}{after}"),
            ("Videre", "Hjemmebesøk av jordmor og helsesykepleier. Etterkontroll om seks uker."),
            after=(stay.end - stay.start).total_seconds() / 3600,
        )
    _afterwards(life, birth, was_ill=expecting.sent is not None)


def _falls_again(life: Life, stay: Visit, midwives: Nurses, hours: float) -> None:
    """The pressure of who was sent for pre-eclampsia, before she goes home."""
    later = (stay.end - stay.start).total_seconds() / 3600 - 1
    if later > hours + 12:
        _pressure(life, midwives.at(later), 8, after=later)


_FALLS = "Blodtrykket har falt etter fødselen, måles av jordmor hjemme."


def _bled(life: Life, stay: Visit, lost: int, hours: float) -> tuple[str, str]:
    """What the note and the letter say of much blood that is lost at a birth, so many hours into the stay:
    its haemoglobin is measured on the first morning that comes some hours later."""
    if lost <= MUCH:
        return "", ""
    low = life.body.haemoglobin_on(stay.day) - lost / 600
    writes, settled = (stay.start + timedelta(hours=hours + after) for after in (1, 6))
    taken = at(settled.date() + timedelta(days=settled.hour >= MORNING), MORNING)
    stay.tests({HAEMOGLOBIN: low}, after=(taken - stay.start).total_seconds() / 3600)
    when = "i morgen" if taken.date() > writes.date() else f"klokka {MORNING}"
    told = f" Oksytocin gitt, livmor trekker seg godt sammen. Hb {when}."
    return told, f" Hb {low:.1f} g/dL etter fødselen.".replace(".", ",", 1)


_AT_THE_WARD = (
    "Oppe og dusjet. Barnet tar godt tak og dier hver tredje time. Livmor godt sammentrukket.",
    "Sovet litt. Ammer med hjelp, har fått vist liggestilling. Blødning som ventet.",
    "Sliten, men glad. Barnet ligger hud mot hud. Har latt vannet, smerter under kontroll.",
)


def _arrived(birth: Birth) -> str:
    return "Innkomst" if birth.way != PLANNED else "Innkomst til planlagt keisersnitt"


def _arrival_note(expecting: _Expecting, before: int) -> str:
    birth = expecting.birth
    days = ((expecting.sent or birth.arrival).date() - birth.since).days
    times = f"P{before}, uke {days // 7}+{days % 7}."
    if expecting.sent:
        return f"{times} Sendt fra jordmor. Preeklampsi, ingen rier. Fødselen settes i gang. Fosterlyd 140."
    if birth.way == PLANNED:
        return f"{times} Fastende. Kjent indikasjon, informert og samtykker."
    return f"{times} Regelmessige rier, klart fostervann. Hodeleie, fosterlyd 140."


_WAY = {
    "vaginal": "Spontan vaginal fødsel",
    "satt i gang": "Vaginal fødsel etter igangsetting",
    "vakuum": "Fødsel med vakuum ved {} på grunn av langsom framgang",
    "akutt keisersnitt": "Akutt keisersnitt på grunn av truende asfyksi",
    "planlagt keisersnitt": "Planlagt keisersnitt",
}


def _doctor(life: Life, birth: Birth) -> Worker:
    """Who operates, or sets the cup."""
    return life.services.worker(Service.MATERNITY, "lege", birth.arrival.toordinal())


def _way(life: Life, expecting: _Expecting) -> str:
    birth = expecting.birth
    way = "satt i gang" if expecting.sent and birth.way == "vaginal" else birth.way
    return _WAY[way].format(f"lege {_doctor(life, birth).name}")


def _sex(birth: Birth, life: Life) -> str:
    child = next(one for one in life.person.children if one.born == birth.moment.date())
    return "Jente" if child.is_woman else "Gutt"


def _afterwards(life: Life, birth: Birth, *, was_ill: bool) -> None:
    at_home = life.meet(
        Service.HEALTH_STATION, "jordmor", birth.home + timedelta(days=1), AFTERWARDS, way=Way.HOME
    )
    if was_ill:
        _pressure(life, at_home, 6)
    pressed = " Blodtrykket er normalt." if was_ill else ""
    at_home.note(
        ("Hjemmebesøk", f"Mor og barn i fin form. Amming går seg til. Livmor godt sammentrukket.{pressed}")
    )
    control = life.gp(birth.moment.date() + timedelta(days=life.chance.between(42, 56)), AFTERWARDS)
    _pressure(life, control, 0)
    healed = "Operasjonsarret er pent." if birth.is_caesarean else "Underliv tilhelet."
    life.at_the_end(lambda: _says_how_she_is(life, control, healed))
    sleepless.says_so(life, control)


def _says_how_she_is(life: Life, control: Visit, healed: str) -> None:
    """Who is followed for depression is not in fine form: known when the whole life is told."""
    low = life.episodes.lasts(DEPRESSION, control.day, control.day)
    form = "Kroppen har kommet seg. Fortsatt nedstemt, følges for det." if low else _IN_FORM
    spoken = _OF_TRAINING if life.person.lives_with_a_woman else "Snakket om prevensjon."
    control.note(("Etterkontroll", f"{form} {healed} {spoken}"))


_IN_FORM = "Fin form, sover som ventet."
_OF_TRAINING = "Snakket om trening av bekkenbunnen."
"""Two women need no contraception."""


def _pressure(life: Life, visit: Visit, raised: float, *, after: float = 0) -> None:
    day = visit.day
    systolic, diastolic = (
        min(life.body.systolic(day) - 3, CALM[0]),
        min(life.body.diastolic(day) - 3, CALM[1]),
    )
    visit.pressure(
        systolic + raised + life.chance.normal(0, 4),
        diastolic + raised / 2 + life.chance.normal(0, 3),
        after=after,
    )
