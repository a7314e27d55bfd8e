"""Those under 67 who have services for years: disabilities from childhood, multiple sclerosis, and short
help after operations.

About 3 of 100 under 67 have services (KPR, Helsedirektoratet); a support person is the most usual after
home nursing, and 4,000 in the country have personal assistants (BPA).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import radiology, refer, report
from fellesjournal.rollout.region.courses.municipal import planned
from fellesjournal.rollout.region.courses.municipal.catalogue import (
    CARE_PAY,
    HOME_NURSING,
    PERSONAL_ASSISTANT,
    PRACTICAL_HELP,
    RELIEF,
    SUPPORT,
    Grant,
)
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.home_care import LATELY
from fellesjournal.rollout.region.courses.municipal.need import ABLE, Level
from fellesjournal.rollout.region.formulary import DIMETHYL_FUMARATE
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import working_day, years_after
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

LEARNING = Problem("Moderat psykisk utviklingshemning", "P85", "F719")
AUTISM = Problem("Autisme", "P99", "F840")
PALSY = Problem("Cerebral parese", "N99", "G809")
SCLEROSIS = Problem("Multippel sklerose", "N86", "G35")
NUMB = Problem("Nummenhet i bein", "N06", "R208")
_LESIONS = "Flere lesjoner rundt hjernehulene, forenlig med demyeliniserende sykdom."
FROM_CHILDHOOD = ((LEARNING, 45.0), (AUTISM, 35.0), (PALSY, 20.0))
SHARE = 0.024
"""Of all who are born."""
NEW_SCLEROSIS: Risk = ((18, 0.08), (25, 0.14), (45, 0.08), (60, 0.0))

MENTAL = ("P72", "P73", "P74", "P76", "P80", "P82", "P15", "P19", "P98")
"""ICPC-2 codes."""

SUPPORTED = Grant(SUPPORT, "fire timer per uke sammen med støttekontakt")
ASSISTED = Grant(PERSONAL_ASSISTANT, "32 timer per uke, du er selv arbeidsleder")
VISITED = Grant(HOME_NURSING, "oppfølging i egen bolig, inntil sju timer per uke")
TALKED_TO = Grant(HOME_NURSING, "samtale hjemme en gang i uken")
HELPED = Grant(PRACTICAL_HELP, "hjelp til rengjøring og innkjøp, to timer per uke")
WEEKENDS = Grant(RELIEF, "en helg i måneden", Service.SHORT_STAY)
PAID = Grant(CARE_PAY, "seks timer per uke", Service.ALLOCATION)


def grows_up_with(life: Life) -> None:
    """A disability from childhood, and what is given for it as a child and as an adult."""
    if not life.chance.yes(SHARE) or life.age(life.last) > 66:
        return
    problem = life.chance.weighted(FROM_CHILDHOOD)
    found = life.person.born + timedelta(days=life.chance.between(500, 1800))
    life.problem(problem, found)
    life.decline.disabled_since = found
    adult, child = life.birthday(18), life.birthday(life.chance.between(5, 9))
    of_mind = problem is not PALSY
    if life.chance.yes(0.6) and child < life.last:
        relieved = f"{problem.text}. Familien trenger avlastning."
        _given(life, [WEEKENDS, PAID], child, adult, relieved, of_mind=of_mind)
    if adult < life.last and life.chance.yes(0.85):
        why = f"{problem.text} fra barneårene."
        _given(life, _as_adult(life, problem), adult, None, why, of_mind=of_mind)


def _as_adult(life: Life, problem: Problem) -> Sequence[Grant]:
    if problem is PALSY:
        return [ASSISTED] if life.chance.yes(0.45) else [HELPED, SUPPORTED]
    return [VISITED, SUPPORTED] if problem is LEARNING or life.chance.yes(0.4) else [SUPPORTED]


def has_sclerosis(life: Life) -> None:
    """Multiple sclerosis: yearly control, and help after some years for half."""
    found = life.onset(NEW_SCLEROSIS)
    if found is None:
        return
    visit = _is_looked_into(life, found)
    life.problem(SCLEROSIS, visit.day, visit=visit)
    life.uses(DIMETHYL_FUMARATE, visit.day, SCLEROSIS)
    helped = years_after(found, life.chance.between(7, 20)) if life.chance.yes(0.5) else None
    if helped and life.decline.able_on:
        helped = max(helped, life.decline.able_on + ABLE)
    if helped:
        life.stop(DIMETHYL_FUMARATE, years_after(helped, 1), "Ikke lenger anfall, gradvis forverring")
    for day in life.every(12, visit.day + timedelta(days=330)):
        control = life.meet(Service.CLINIC, "lege", day, SCLEROSIS, minutes=45)
        worse = helped is not None and day > helped
        control.note(
            (
                "Årskontroll",
                "Gradvis dårligere gangfunksjon, bruker rullestol ute."
                if worse
                else "Stabil, ingen nye anfall.",
            )
        )
    if helped and helped < life.last and life.age(helped) < 67:
        grants = [ASSISTED] if life.chance.yes(0.25) else [VISITED, HELPED]
        _given(life, grants, helped, None, "Multippel sklerose med nedsatt gangfunksjon.", of_mind=False)


def _is_looked_into(life: Life, found: date) -> Visit:
    """From the GP by pictures to the clinic, where it has a name on about the day."""
    asks = life.gp(found - timedelta(days=75), NUMB)
    asks.note(
        ("Aktuelt", "Nummen i høyre bein i to uker. Så uklart på ett øye i to uker i fjor, gikk over."),
        ("Plan", "MR av hodet og vurdering hos nevrolog, henvist."),
    )
    pictures = radiology(life, asks, NUMB, Modality.MRI, "MR caput", _LESIONS, 3)
    question = "Nummenhet, tidligere synstap på ett øye. MR er bestilt."
    _, seen = refer(life, asks, Service.CLINIC, NUMB, question, 9)
    seen = max(seen, pictures.day + timedelta(days=7))
    visit = life.meet(Service.CLINIC, "lege", seen, SCLEROSIS, minutes=60)
    life.episode(NUMB, asks, (visit.day - asks.day).days)
    sections = (
        ("Vurdering", "To anfall med synstap og nummenhet, typiske funn på MR. Attakkpreget MS."),
        ("Plan", "Starter med dimetylfumarat. MS-sykepleier er kontakt. Ses her én gang i året."),
    )
    visit.note(*sections, kind=Kind.CLINIC_NOTE)
    report(life, visit, *sections)
    return visit


def _given(
    life: Life, grants: Sequence[Grant], since: date, until: date | None, why: str, *, of_mind: bool
) -> None:
    until = min((one for one in (until, life.decline.moves_in) if one), default=None)
    decide(life, grants, since, until, Level.SOME, why, of_mind=of_mind)
    end = min(until or life.last, life.last)
    if any(one.service is HOME_NURSING for one in grants):
        for day in _days(life, 3, since, end):
            visit = life.meet(
                Service.HOME_CARE, "helsefagarbeider", day, way=Way.HOME, hour=life.chance.between(9, 18)
            )
            visit.note(("Hjemmebesøk", life.chance.other(_TOLD)))
        if end == life.era.until:
            planned.visits(life, end, 3, (15,), 60, "Oppfølging i egen bolig")
    for day in life.every(12, since, end, misses=0):
        visit = life.meet(Service.ALLOCATION, "saksbehandler", day, minutes=60)
        last = until is not None and until < day + timedelta(days=400)
        onwards = "Tiltakene fortsetter inntil videre." if last else _AGAIN
        visit.note(("Ansvarsgruppemøte", f"Bruker, pårørende og tjenestene til stede. {onwards}"))


_AGAIN = "Tiltakene fortsetter, nytt møte om et år."


def _days(life: Life, apart: int, since: date, until: date) -> Iterator[date]:
    """Days of visits so many days apart: a sample of the years, and those of the last weeks, which lead to
    those that are planned from today on."""
    today = life.era.until
    weeks = (today - max(since, today - LATELY)).days // apart if until >= today else 0
    first = today - timedelta(days=weeks * apart)
    yield from (day for day in life.every(1.5, since, min(until, first)) if day < first)
    yield from (first + timedelta(days=one * apart) for one in range(weeks))


_TOLD = (
    "Laget mat sammen. Gode rutiner.",
    "Hjelp til å planlegge uka, ukeplan på kjøleskapet.",
    "Fulgte til butikken. Holder budsjettet.",
    "Litt nedstemt, ville ikke ut. Snakket sammen over en kopp te.",
    "Ryddet kjøkkenet, satte på vask. Blid.",
    "Gått gjennom posten. Trenger hjelp til å svare på et brev.",
    "Fin dag. Viste bilder fra helgeturen.",
    "Minnet om tannlegetime, skrevet på kalenderen.",
)


def is_followed(life: Life) -> None:
    """Mental illness: somebody from the municipality comes every week for some years. Nurses in
    home care write it, so it has no label of psychiatry, as what a GP writes has none."""
    if life.birthday(18) > life.last:
        return
    ill = [one for one in life.known(life.last) if one.icpc in MENTAL]
    since = life.first(*ill)
    if since is None or not life.chance.yes(0.22):
        return
    begins = max(since, life.birthday(18)) + timedelta(days=life.chance.between(200, 1500))
    until = begins + timedelta(days=life.chance.between(300, 2500))
    if life.age(begins) > 66 or until < life.era.since or begins > life.last:
        return
    why = f"{ill[0].text}, trenger støtte i hverdagen."
    decide(life, [TALKED_TO], begins, until, Level.SOME, why, of_mind=True)
    goes_on = until >= life.era.until
    for day in _days(life, 7, begins, until if goes_on else until - timedelta(days=6)):
        hour = life.chance.between(10, 15)
        visit = life.meet(Service.HOME_CARE, "sykepleier", day, way=Way.HOME, hour=hour, minutes=45)
        visit.note(("Hjemmebesøk psykisk helse", life.chance.other(_TALKED)))
    if goes_on:
        planned.visits(life, life.era.until, 7, (12,), 45, "Samtale hjemme", until)
    else:
        last = life.meet(Service.HOME_CARE, "sykepleier", until, way=Way.HOME, hour=11, minutes=45)
        last.note(("Hjemmebesøk psykisk helse", _ENDED))


_TALKED = (
    "Sliter med å komme ut. Gikk en tur sammen, bedre etterpå.",
    "Fin uke. Har vært på aktivitetshuset to ganger.",
    "Sover dårlig. Snakket om døgnrytme og om å legge bort telefonen om kvelden.",
    "Åpnet post og betalte regninger sammen.",
    "Tung uke, mye grubling. Skrev ned hva som hjalp sist.",
    "Handlet og laget middag sammen. Mer overskudd enn sist.",
    "Ble på kafé i en time, lenger enn før. Fornøyd etterpå.",
)


_ENDED = (
    "Klarer hverdagen selv nå. Enige om å avslutte i dag, kan søke igjen. Tildelingskontoret er orientert."
)


def after_operation(life: Life) -> None:
    """Some weeks of home nursing for those who go home early with a wound that must be dressed: after
    operations on bones, not through a keyhole."""
    open_wounds = life.services.unit(Service.ORTHOPAEDIC_WARD)
    for stay, reasons in life.stays:
        home = working_day(stay.end.date() + timedelta(days=1))
        day = working_day(home + timedelta(days=1))  # who decides comes the day before, when they are at home
        until = day + timedelta(days=life.chance.between(16, 35))
        if (
            not stay.operated
            or stay.unit != open_wounds
            or not 18 <= life.age(stay.day) < 67
            or until >= life.last
        ):
            continue
        if not life.chance.yes(0.6):
            continue
        after = reasons[0].within if reasons else "operasjon"
        decide(
            life, [Grant(HOME_NURSING, "sårstell en gang i uken")], day, until, None,
            f"Nylig innlagt med {after}.", quickly=True, limited=True,
        )  # fmt: skip
        dressed = list(life.every(0.2, day, until, misses=0))
        for number, one in enumerate(dressed):
            visit = life.meet(Service.HOME_CARE, "sykepleier", one, way=Way.HOME, hour=10)
            healed = number == len(dressed) - 1
            visit.note(("Sårstell", _HEALED if healed else _DRESSED[min(number, len(_DRESSED) - 1)]))


_DRESSED = (
    "Rent og tørt operasjonssår, ingen feber. Ny bandasje.",
    "Litt rødt langs sårkanten, ikke varmt. Vasket, ny bandasje.",
    "Rødmen er borte, såret er tørt. Ny bandasje.",
    "Skorpe midt på, ellers lukket. Tynn bandasje mot klærne.",
    "Lukket i hele lengden, litt stram hud. Dekket til en uke til.",
)
_HEALED = "Såret er grodd. Viser selv fram arret, avsluttes."
