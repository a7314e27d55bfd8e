"""Stays at hospital: admission, rounds, nurses' notes, and the discharge summary that agrees with them.

The headings of a discharge summary follow the national standard for its content (Direktoratet for e-helse,
HIS 1036 and the guidance to forskrift om pasientjournal § 8).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.norway.writing import listed
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.measures import Measure
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.driving import drives, without_advice
from fellesjournal.rollout.region.helped import afterwards, on_arrival
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.lying import Lying, lies_today
from fellesjournal.rollout.region.moments import at, month, working_day
from fellesjournal.rollout.region.naming import stopped
from fellesjournal.rollout.region.strips import read_off
from fellesjournal.rollout.region.theatre import back_from
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill, measured, news2, rounds, scored, second_scale, signs
from fellesjournal.rollout.region.ward_rounds import Nurses


class Story(NamedTuple):
    """A stay in words: what happened before, what was found, what was thought and done."""

    before: str
    found: str
    thought: str
    plan: str


class Farewell(NamedTuple):
    """A discharge in words: the course of the stay, and what others are asked to do."""

    course: str
    onwards: str


_WELL, _DAY = Ill(), timedelta(days=1)
_JUST = timedelta(days=10)
"""For so long after what passes it is told of, of one who has nothing else."""
_LATELY = timedelta(days=270)
"""For so long after a stay it is told of at the next one."""
_SOON = timedelta(hours=4)
"""Within which pictures are described that the note on arrival tells of."""
GROWN = 18
"""Age from which one comes without a parent."""
FORGETS = 15
"""MMSE below which the ward has to help with most things."""


def seen_first(story: Story) -> float:
    """Hours until pictures are taken: before the note on arrival when it tells what they show, else after."""
    return 0.2 if _READS.search(story.found) else 1.7


_FALLS = re.compile(r"Blodtrykket faller (\d+) mmHg stående")
_READS = re.compile(r"\b(CT|MR|Røntgen|Ultralyd): ")
"""How a note on arrival tells what pictures show."""


_PAINED = re.compile(r"[Ss]merte|[Uu]rolig|[Vv]ondt")
"""How a note on arrival tells of what keeps one from being drowsy."""


def admit(
    life: Life,
    service: Service,
    day: date,
    nights: int,
    problem: Problem,
    story: Story,
    ill: Ill = _WELL,
    tests: Mapping[Measure, float] | None = None,
    *,
    planned: bool = False,
    dying: bool = False,
    fought: bool = False,
) -> Visit:
    """A stay from about the day on: moved a little when the citizen is elsewhere, open when it is not over.
    A `planned` one begins on the morning of a working day. One that would reach the last illness is not
    written; the one in which the citizen dies is `dying`, and `fought` when everything is done first."""
    if not dying:
        day = life.days.free(day, nights)
        while planned and day != _operating(day):
            day = life.days.free(_operating(day), nights)
        if _reaches_the_end(life, day, nights):
            return _unwritten(life, service, day)
    over = day + timedelta(days=nights) < life.era.until
    start = at(day, 7, 5 * life.chance.between(0, 11)) if planned else None
    stay = life.stay(service, "lege", day, nights, problem, going_on=not over, start=start)
    if stay.recorded:
        score = _arrives(life, stay, story, ill, tests or {})
        measured = rounds(life, stay, ill, first=score, dying=dying)
        arrival = _PLANNED if planned else _WATCHED if fought else _GRAVE if dying else _FIRST
        _nursed(life, stay, arrival, story)
        if stay.goes_on and not dying:
            lies_today(life, stay, Lying(problem, story.plan, ill), measured)
    return stay


def discharge(life: Life, stay: Visit, problem: Problem, farewell: Farewell, *, died: bool = False) -> None:
    """The discharge summary: in the record, and as a letter to the GP. It waits for the whole life to be
    told, so that its medicines are all that are used; of a stay that goes on none is written."""
    if stay.recorded and (died or stay.end.date() < life.era.until):
        life.at_the_end(lambda: _summary(life, stay, problem, farewell, died))


def _operating(day: date) -> date:
    """The day, or the next on which operations are planned: working days, but not around Christmas."""
    if (day.month, day.day) >= (12, 20):
        day = date(day.year + 1, 1, 2)
    return working_day(day)


def _reaches_the_end(life: Life, day: date, nights: int) -> bool:
    if life.person.died is None:
        return False
    end = life.ending.since if life.ending else life.person.died
    return day + timedelta(days=nights) >= end


def _unwritten(life: Life, service: Service, day: date) -> Visit:
    start, services = at(day, 12), life.services
    worker = services.worker(service, "lege", 0)
    return Visit(life.chart, "", start, start, services.unit(service), worker, services)


def _arrives(life: Life, stay: Visit, story: Story, ill: Ill, tests: Mapping[Measure, float]) -> int:
    """What is found on arrival. Returns the NEWS2."""
    first, nursed = signs(life, stay.day, ill), Nurses(life, stay).at()
    measured(life, nursed, first)
    if falls := _FALLS.search(story.found):
        nursed.standing(first.systolic - int(falls[1]), first.diastolic - 6, after=0.2)
    read_off(stay, story.found)
    if tests:
        stay.tests(tests, after=0.5)
    score = news2(first, retains=second_scale(life, stay.day))
    named = scored(life, first, stay.day)
    state = (
        f"{story.found} BT {first.systolic}/{first.diastolic}, puls {first.pulse}, respirasjonsfrekvens "
        f"{first.breaths}, SpO2 {first.saturation} % uten oksygen, temperatur {comma(first.temperature)}."
    )

    def write() -> None:
        now = named if stay.goes_on else scored(life, first, stay.day)
        seen = [one for one in stay.described if _READS.search(story.found) and one < stay.start + _SOON]
        stay.note(
            ("Tidligere sykdommer", f"{history(life, stay.day)}{_lain_before(life, stay)}"),
            ("Allergier", intolerances(life, stay.day)),
            ("Aktuelt", on_arrival(life, stay.day, story.before)),
            ("Faste legemidler", medicine_list(life, stay.day - timedelta(days=1))),
            ("Status", f"{state} {now}.".removesuffix(" .")),
            ("Vurdering", story.thought),
            ("Plan", story.plan),
            after=max([1.0, *((one - stay.start).total_seconds() / 3600 for one in seen)]),
        )

    life.at_the_end(write)
    return score


def history(life: Life, on: date) -> str:
    """What the citizen is known with, in one sentence."""
    carries = any(first <= on < born for first, born in life.pregnancies)
    told = [_known_with(life, on), *(["Gravid."] if carries else ()), *life.body.in_plaster(on)]
    return " ".join(told)


def _lain_before(life: Life, stay: Visit) -> str:
    """Earlier stays for the same, of one who is known with something else."""
    about = next((reasons for other, reasons in life.stays if other.reference == stay.reference), ())
    same = sorted(one.day for one, why in life.stays if why == about and one.end < stay.start)
    years = dict.fromkeys(_when(one, stay.day) for one in same)
    lasting = any(one in life.lasting for one in about)
    again = [one for one, why in life.stays if why == about and _is_told(one, stay.day)]
    told = [f" Innlagt med det samme i {listed([*years])}."] if years else []
    if lasting:
        told = [
            f" Sist innlagt med det samme i {month(one.day)}."
            for one in sorted(again, key=lambda one: one.end)[-1:]
            if stay.start - one.end < _LATELY
        ]
    if life.known(stay.day) or life.episodes.under_way(stay.day):
        lately = [
            f" Innlagt med {_named(why[0])} i {month(other.day)}."
            for other, why in life.stays
            if why and why != about and _is_told(other, stay.day) and stay.start - other.end < _LATELY
        ]
        told += lately
    return "".join(told)


def _named(problem: Problem) -> str:
    """What it was, without what was assumed on arrival."""
    return problem.within.split(", antatt")[0]


def _when(day: date, on: date) -> str:
    """The year in which it was, with the month where that is this year's."""
    return month(day) if day.year == on.year else str(day.year)


def _known_with(life: Life, on: date) -> str:
    known = list(dict.fromkeys(one.within for one in (*life.known(on), *life.episodes.under_way(on))))
    if known:
        return f"Kjent med {listed(known)}."
    lain = {_named(why[0]): _when(one.day, on) for one, why in life.stays if why and _is_told(one, on)}
    told = [f"{what} i {when}" for what, when in lain.items()]
    there = life.episodes.open(on) or life.episodes.open(on - _DAY)
    before = [] if there else life.episodes.open(on - _JUST)
    now = [
        f"{'Har' if there else 'Hadde nylig'} {one.within}, ellers frisk." for one in (there or before)[:1]
    ]
    well = "Somatisk frisk." if life.episodes.hides(on) else "Tidligere stort sett frisk."
    otherwise = now[0] if now else well
    if told and now:
        return f"Innlagt med {listed(told)}. {otherwise}"
    return f"Innlagt med {listed(told)}, ellers frisk." if told else otherwise


def _is_told(stay: Visit, on: date) -> bool:
    """Whether a stay was before the day, and is spoken of at the next: births are not."""
    born = stay.unit.service in (Service.MATERNITY, Service.CHILDRENS_WARD)
    return stay.end.date() < on and not born


def intolerances(life: Life, on: date) -> str:
    """What the citizen is known not to tolerate on a day."""
    return " ".join(said for since, said in life.reactions if since <= on) or "Ingen kjente."


def medicine_list(life: Life, on: date) -> str:
    """What is used on a day, a line for each medicine, and until when what is a cure."""
    used = [one.line for one in life.medicines(on)]
    used += [
        f"{one.line}, til {until:%d.%m.%Y}" for since, until, one in life.on_cures if since <= on < until
    ]
    return "\n\n".join(used) or "Ingen faste."


def comma(number: float) -> str:
    """A number with one decimal as it is written here."""
    return f"{number:.1f}".replace(".", ",")


def _nursed(life: Life, stay: Visit, arrival: Sequence[str], story: Story) -> None:
    """A note on arrival, and of long stays one of an afternoon or an evening in the middle of it."""
    nursed = Nurses(life, stay)
    resident, forgets = life.decline.lives_in(stay.day), life.decline.mmse(stay.day) < FORGETS
    child, last = life.age(stay.day) < GROWN, arrival in (_GRAVE, _WATCHED)
    if child:
        arrival = _CHILD_WATCHED if last else _CHILD_PLANNED if arrival is _PLANNED else _CHILD
    elif not last and (resident or arrival is not _PLANNED):
        arrival = _RESIDENT if resident else _FORGETFUL if forgets else arrival
        arrival = _YOUNG if arrival is _FIRST and life.age(stay.day) < _OLD else arrival
    if "forvirret" in story.before:
        arrival = [one for one in arrival if "klar" not in one and "Sier fra" not in one]
    if _PAINED.search(f"{story.before} {story.found}"):
        arrival = [one for one in arrival if "Trøtt" not in one]
    hours = (stay.end - stay.start).total_seconds() / 3600
    nursed.note(("Sykepleie", life.chance.other(arrival)), after=min(0.7, hours / 2))
    if last:
        dying = _CHILD_DYING if child else _DYING
        nursed.note(("Sykepleie", life.chance.pick(dying)), after=max(7, hours - 8))
    elif hours > 60 and not stay.goes_on:
        middle = stay.hours_to((stay.end - stay.start).days // 2 + 1, life.chance.uniform(14, 21.8))
        weak = stay.reference in life.trains_until and "humerus" not in story.thought
        later = _CALM if resident or forgets else _SLOW if weak else _LATER
        alone = "enerom" in story.plan
        later = (_CHILD_ALONE if alone else _CHILD_LATER) if child else _ALONE if alone else later
        said = life.chance.other(later)
        life.at_the_end(lambda: nursed.note(("Sykepleie", back_from(stay, middle, said)), after=middle))


def _summary(life: Life, stay: Visit, problem: Problem, farewell: Farewell, died: bool) -> None:
    days = (stay.end.date() - stay.day).days
    staying = f"Innlagt {stay.day:%d.%m.%Y}, {'død' if died else 'utskrevet'} {stay.end:%d.%m.%Y}."
    sections = [
        ("Diagnose", f"{problem.text} ({problem.icd})." if problem.icd else f"{problem.text}."),
        ("Oppholdet", f"{staying} {days} {'døgn' if days else 'døgn, samme dag'}."),
        ("Forløp", farewell.course),
    ]
    came_for = [one.text for other, why in life.stays for one in why if other.reference == stay.reference]
    if came_for and problem.text not in came_for:
        sections.insert(1, ("Innleggelsesdiagnose", f"{came_for[0]}."))
    if not died:
        sections.append(("Legemidler ved utskrivning", medicine_list(life, stay.end.date())))
        if over := stopped(life, stay):
            sections.append(("Endret under oppholdet", over))
    onwards = farewell.onwards
    if not drives(life, stay.end.date()):
        onwards = without_advice(onwards)
    asked = f" {_PRESSED}" if stay.end.date() in life.body.asked_of else ""
    told = afterwards(life, stay, f"{onwards}{asked}")
    sections.append(("Oppfølging" if not died else "Videre", told))
    sections = stay.worded(sections)
    stay.note(*sections, kind=Kind.DISCHARGE, after=10_000, exact=True)
    name = f"{life.person.given} {life.person.family_name}"
    about = ("Gjelder", f"{name}, født {life.person.born:%d.%m.%Y}.")
    stay.letter(
        Kind.DISCHARGE, "Epikrise", life.own_doctor(stay.end.date()).name, about, *sections, after=10_000
    )


_PRESSED = "Blodtrykket har vært høyt under oppholdet, bes målt hos fastlegen."
_FIRST = (
    "Mottatt på avdelingen, orientert om rutiner. Har ringesnor. Pårørende er varslet.",
    "Kommer fra mottaket. Trøtt, men klar. Pårørende er varslet etter ønske.",
    "Kommer i seng fra mottaket. Trykkavlastning vurdert, ikke behov nå. Vil vekkes til målinger.",
    "Innkomstsamtale tatt. Bolig og hjelpemidler er kartlagt. Fallrisiko vurdert.",
)
_YOUNG = (
    *_FIRST[:2],
    "Kommer fra mottaket. Venekanyl er på plass, tørst. Vil vekkes til målinger.",
    "Innkomstsamtale tatt. Sier fra selv når noe trengs. Pårørende ringer selv ved behov.",
)
_OLD = 60
"""Age from which skin and falls are looked into on arrival."""
_PLANNED = (
    "Kommer til avtalt tid. Innkomstsamtale tatt, klargjort til operasjon. Har ringesnor.",
    "Møtt fastende. Identitetsbånd og skjorte på, legemidler gjennomgått.",
    "Innkomst etter planen. Dusjet hjemme, hel hud. Bolig og hjelpemidler er kartlagt.",
)
_GRAVE = (
    "Mottatt på enerom. Lagt godt til rette, munnstell. Pårørende er varslet og på vei.",
    "Lagt til rette i seng på enerom, ro rundt. Pårørende er her, seng til den som vil overnatte.",
)
_WATCHED = (
    "Mottatt på overvåkingsplass, to venekanyler og kateter på plass. Pårørende er varslet og på vei.",
    "Tatt rett til overvåkingen. Lege og sykepleier ved sengen, pårørende får forklart det som skjer.",
)
_CHILD = (
    "Kommer med en forelder, som blir på rommet. Vist rundt på avdelingen.",
    "Mottatt sammen med en forelder. Navnebånd på, bedøvende krem på hånden. Trøtt.",
    "En forelder følger og får seng ved siden av. Vil vekkes til målinger.",
)
_CHILD_PLANNED = (
    "Kommer til avtalt tid sammen med en forelder, som får være med til innsovning.",
    "Møtt fastende. Bedøvende krem er lagt på hjemme. En forelder er med og blir til i morgen.",
)
_CHILD_WATCHED = (
    "Mottatt på overvåkingsrom sammen med foreldrene. To sykepleiere hos, venekanyler på plass.",
    "Kommer i ambulanse med en forelder, den andre er på vei. Tatt rett til overvåkingsrommet.",
)
_CHILD_LATER = (
    "Mer våken i dag. Drukket saft og spist is. Forelder hos, sover på rommet.",
    "Oppe i stol, ser film. Spiser litt når forelder sitter ved siden av.",
)
_CHILD_ALONE = (
    "Holder seg på rommet med en forelder. Drikker små mengder ofte. Smittevernrutiner følges.",
    "Bedre i dag. Ser film i sengen, spist litt. Forelder hos, ikke vært utenfor rommet.",
)
_CHILD_DYING = (
    "Foreldrene er hos hele tiden og får ta den tiden de trenger. Ligger rolig.",
    "Ligger tett inntil en forelder. Ingen tegn til smerte. Familien er tilbudt samtale.",
)
_FORGETFUL = (
    "Kjent demens, spør hvor dette er. Rolig når noen sitter hos. Hjulpet til sengs, pårørende er varslet.",
    "Kommer fra mottaket. Rett til rom uten uro, lys på badet. Trenger hjelp til det meste.",
)
_RESIDENT = (
    "Kommer fra sykehjem, rapport mottatt. Trenger hjelp til stell. Pårørende er varslet.",
    "Bor på sykehjem. Rolig, hjulpet til sengs. Får god tid til stell og måltider.",
)
_CALM = (
    "Stelt i seng, oppe i stol et par timer.",
    "Spist litt med hjelp. Rolig dag, besøk av familien.",
)
_SLOW = (
    "Reiser seg med hjelp av en, går til badet med rollator. Blir fort sliten.",
    "Opp i stol til måltidene. Trenger hjelp til stell nedentil. Ustø.",
)
_LATER = (
    "Oppe til måltider. Steller seg med litt tilrettelegging.",
    "Bedre i dag. Oppe og gått med tilsyn. Spist halve porsjoner.",
    "Rolig dag. Snakket med pårørende på telefon.",
    "Oppe det meste av dagen. Spør om utreise; lege informert.",
)
_ALONE = (
    "Holder seg på rommet. Drikker små mengder ofte. Smittevernrutiner følges.",
    "Bedre i dag. Oppe i stol på rommet, spist litt der. Mindre kvalm.",
)
_DYING = (
    "Sover mye. Munnstell og snuing etter behov. Pårørende er her og får ta den tiden de trenger.",
    "Uro lindret med behovsmedisin. Familien er informert om at det går mot slutten.",
    "Ligger rolig, ikke smertepreget. Pårørende sitter hos.",
)
