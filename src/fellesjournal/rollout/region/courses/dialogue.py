"""Messages: citizen and GP on helsenorge, and between GP and hospital after a stay.

How many: about one e-consultation for two citizens a year, most between 30 and 60 (Helsedirektoratet).
"""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart import documents, messages
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.measures import CREATININE, POTASSIUM
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.adult_vaccination import HEPATITIS_A, give
from fellesjournal.rollout.region.courses.joints import HIP, KNEE
from fellesjournal.rollout.region.courses.municipal.young import LEARNING
from fellesjournal.rollout.region.courses.short_cases import CASES
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

TESTS, TRAVEL, PAPER = "Prøver", "Reise", "Attest"
KENYA = "Kenya"
TO = ("Thailand", "Vietnam", "India", KENYA, "Peru", "Marokko", "Egypt", "Tyrkia")
"""Where one travels for whom the vaccine is advised (FHI)."""
MALARIA = (
    " Til Kenya trengs også tabletter mot malaria. En reiseklinikk vurderer det og vaksine mot gulfeber."
)
NOBODY_TRAVELS = (date(2020, 3, 12), date(2021, 9, 1))
"""While the Ministry of Foreign Affairs advised against journeys, rounded."""
RECENT = (timedelta(days=10), timedelta(days=120))
"""How long after it was begun one writes of how a medicine works."""
MEDICAL = (Service.MEDICAL_WARD, Service.GERIATRIC_WARD)
"""Whose doctors ask the GP about tests and medicines."""
ASKED = (
    (
        "Prøvesvar",
        "Hei, jeg så at prøvesvarene er kommet. Er alt i orden?",
        "Hei, prøvene er gått gjennom. De gir ingen nye tiltak.",
    ),
    (
        "Time",
        "Hei, jeg har hatt vondt i kneet i tre uker. Bør jeg komme?",
        "Hei, hold leddet i gang. Øvelser står på helsenorge.no. Bestill time om det ikke er bra om to uker.",
    ),
    (
        PAPER,
        "Trenger en bekreftelse til trening om at jeg har vært syk.",
        "Den ligger som brev i journalen din. God bedring.",
    ),
    (
        TRAVEL,
        "Skal til {} om noen måneder, trenger jeg noen vaksiner?",
        "Hepatitt A er aktuelt. Du kan komme innom helsesekretæren for den de neste ukene.",
    ),
    (
        "Oppfølging",
        "Medisinen fungerer fint, ingen bivirkninger.",
        "Så bra. Da fortsetter du, og vi sees til kontroll som avtalt.",
    ),
)
HOSPITAL = (
    (
        "Spørsmål om pasient",
        "Vi går gjennom oppholdet. Kan dere sende siste medikamentliste?",
        "",
    ),
    (TESTS, "Ber om kontroll av kreatinin og kalium om en uke.", "Notert, pasienten har fått time."),
)


def writes(life: Life) -> None:
    """Now and then from 18 to 85."""
    if life.has(LEARNING):
        return
    travelled = False
    for day in life.now_and_then(0.1, life.birthday(18), min(life.birthday(85), life.ordinary_until)):
        if life.decline.mmse(day) < 22 or life.days.outside(day) != day:
            continue
        topic, asked, answer = life.chance.pick(ASKED)
        if topic == TRAVEL and (travelled or NOBODY_TRAVELS[0] <= day < NOBODY_TRAVELS[1]):
            continue
        if _has_reason(life, topic, day):
            travelled |= topic == TRAVEL
            country = life.chance.pick(TO)
            answer += MALARIA if topic == TRAVEL and country == KENYA else ""
            _citizen_asks(life, day, topic, asked.format(country), answer)
    for stay, reasons in life.stays:
        _hospital_asks(life, stay, reasons)


def _has_reason(life: Life, topic: str, day: date) -> bool:
    """Whether one can write about it: of medicines, tests and an illness those who have had them."""
    if life.decline.mmse(day) < 24 or (topic in {TRAVEL, PAPER} and life.age(day) >= 75):
        return False
    if topic == "Time":
        return not life.had(KNEE.problem, day) and not life.had(HIP.problem, day)
    if topic == "Oppfølging":
        return any(one.on(day) and RECENT[0] < day - one.since < RECENT[1] for one in life.treatments)
    if topic == PAPER:
        return lately.met(life, day)
    return topic != "Prøvesvar" or lately.tested(life, day)


def _citizen_asks(life: Life, day: date, topic: str, asked: str, answer: str) -> None:
    chart, by, gp = life.chart, life.person.reference, life.services.gp.reference
    sent = at(day, life.chance.between(7, 22), life.chance.between(0, 59))
    answered = at(
        working_day(day + timedelta(days=1)), life.chance.between(8, 15), life.chance.between(0, 59)
    )
    first = messages.message(chart, topic, asked, sent, by, gp)
    if life.records(answered.date()):
        messages.message(chart, topic, answer, answered, gp, by, first)
        if topic == TRAVEL:
            give(life, HEPATITIS_A, answered.date() + timedelta(days=life.chance.between(3, 20)), 1)
        if topic == PAPER:
            _confirmed(life, answered)


def _confirmed(life: Life, when: datetime) -> None:
    """The letter that the answer speaks of."""
    unit, gp = life.services.unit(Service.GP), life.services.gp
    lines = (f"Fra: {unit.name}", f"Skrevet av: {gp.name}")
    about = f"{life.person.given} {life.person.family_name} har vært til behandling hos fastlegen."
    documents.letter(
        life.chart,
        Kind.LETTER,
        "Bekreftelse",
        (("Bekreftelse", about),),
        when,
        gp.reference,
        unit.reference,
        "",
        lines,
    )


def _hospital_asks(life: Life, stay: Visit, reasons: tuple[Problem, ...]) -> None:
    """Something that is left after a stay; the tests that are asked for are taken."""
    day = stay.end.date() + timedelta(days=life.chance.between(2, 6))
    if not life.chance.yes(0.15) or day > life.ordinary_until or life.age(day) < 18:
        return
    topic, asked, answer = life.chance.pick(HOSPITAL)
    ward = stay.unit.service
    if ward not in MEDICAL or (topic == TESTS and CREATININE not in stay.tested):
        return
    chart, gp = life.chart, life.services.gp.reference
    doctor = life.services.worker(ward, "lege", life.chance.between(0, 99)).reference
    sent = at(working_day(day), 10, life.chance.between(0, 59))
    week = timedelta(days=9)
    soon = life.meetings.between(sent.date(), sent.date() + 2 * week)
    if topic == TESTS and any(one.service is Service.GP for one in soon):
        return
    reasons = tuple(_FOUND_TO_BE.get(one, one) for one in reasons)
    if life.records(sent.date()):
        if topic == TESTS and reasons:
            asked = f"Etter oppholdet for {reasons[0].within}: {asked[:1].lower()}{asked[1:]}"
        first = messages.message(chart, topic, asked, sent, doctor, gp)
        replied = sent + timedelta(hours=3)

        def reply() -> None:
            text = answer or _listed(life, replied.date())
            messages.message(chart, topic, text, replied, gp, doctor, first)

        life.at_the_end(reply)
        if topic == TESTS:
            checked = life.gp(sent.date() + timedelta(days=7), *(_left(life, stay) or reasons))
            checked.tests(panel(life, checked.day, CREATININE, POTASSIUM))
            checked.note(("Blodprøver", checked.say(*_ASKED_FOR)))


_FOUND_TO_BE = {one.problem: one.found_to_be for one in CASES if one.found_to_be}
"""What was assumed on arrival, and what the ward's letter calls it."""
_ASKED_FOR = (
    "Kreatinin og kalium er tatt, som sykehuset ba om. Ingen nye plager.",
    "Kreatinin og kalium er tekne, som sjukehuset bad om. Ingen nye plager.",
)


def _left(life: Life, stay: Visit) -> tuple[Problem, ...]:
    """What was found in the stay and lasts."""
    found = ((one, life.first(one)) for one in life.lasting)
    return tuple(one for one, since in found if since and stay.day <= since <= stay.end.date())


def _listed(life: Life, day: date) -> str:
    """The list as the doctor who asks gets it: what is used on the day, also for a while; told at the end."""
    cures = [medicine for first, over, medicine in life.on_cures if first <= day < over]
    used = "; ".join(one.name for one in [*life.medicines(day), *cures])
    return f"Listen i dag: {used}." if used else "Ingen faste medisiner i dag."
