"""From application to decision: asked for, seen at home with IPLOS, decided in a letter, given from a day
on.

A decision says which service, how much of it, when and for how long, on what ground, and how to complain
within four weeks (forvaltningsloven §§ 24, 25 and 27, pasient- og brukerrettighetsloven §§ 2-7 and 7-5;
Helsedirektoratet's guide IS-2442).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from fellesjournal.norway.writing import listed
from fellesjournal.rollout.region.chart import decisions, documents
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind, Section
from fellesjournal.rollout.region.courses.municipal.catalogue import FREE, HOME_NURSING, PRACTICAL_HELP, Grant
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.scores import assess, is_helped_outdoors
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, last_working_day, working_day
from fellesjournal.rollout.region.units import Service, Worker
from fellesjournal.rollout.region.visit import Visit

PRACTICAL_HELP_ALONE = "praktisk-bistand"
RENAMED = date(2021, 1, 1)
SEEN = timedelta(days=20)
"""How long before help begins an officer has come, at most."""
_ABOVE_BEFORE, _ABOVE = "Fylkesmannen", "Statsforvalteren"
"""To whom one complains, before that day and from it on."""


def decide(
    life: Life,
    grants: Sequence[Grant],
    since: date,
    until: date | None,
    level: Level | None,
    why: str,
    *,
    quickly: bool = False,
    limited: bool = False,
    of_mind: bool = False,
) -> None:
    """Decide on services from a day until another, or that go on. `quickly` is out of hospital, where the
    application comes days before; a decision that is `limited` tells its last day. Without a level
    nobody is scored: a wound says nothing of how one manages. `of_mind` says that the body is as it should
    be. What was decided before the recorded years is there as care."""
    ended = until if until is not None and until <= life.last else life.person.died
    nursed = ended is None and any(one.service is HOME_NURSING for one in grants)
    life.decline.helped |= nursed
    if level is not None and not of_mind:
        life.decline.outdoors.append((since - SEEN, is_helped_outdoors(life, since, level)))
    if nursed and level is not None and level >= Level.SOME:
        life.decline.helped_since = since
    if level is not None and not of_mind:
        _is_helped(life, grants, since, ended or date.max)
    if since > life.last or (ended is not None and (ended < life.era.since or ended < since)):
        return
    alone = level is Level.PRACTICAL and all(one.service is not HOME_NURSING for one in grants)
    with life.chart.labelled(PRACTICAL_HELP_ALONE if alone else life.chart.label):
        ends = until if limited else None
        applied = _apply(life, grants, since, ends, why, quickly=quickly)
        manager = life.services.worker(Service.ALLOCATION, "saksbehandler", 0)
        if nursed:
            life.decline.applied = applied.get(HOME_NURSING.text, "")
        if ended is None:
            life.decline.applied_for_cleaning = applied.get(PRACTICAL_HELP.text, "")
        if applied:
            manager = _letter(
                life,
                grants,
                since,
                ends,
                level,
                why,
                list(applied.values()),
                quickly=quickly,
                of_mind=of_mind,
            )
        _give(life, grants, since, ended or ends, manager.reference, applied, goes_on=ended is None)


def _is_helped(life: Life, grants: Sequence[Grant], since: date, until: date) -> None:
    """Remember from when until when somebody comes to the home, which others do not contradict."""
    services = [one.service for one in grants]
    nursed = HOME_NURSING in services
    if nursed or PRACTICAL_HELP in services:
        life.decline.helped_at_home.append((since, until, nursed))


def _give(
    life: Life,
    grants: Sequence[Grant],
    since: date,
    until: date | None,
    manager: str,
    applied: Mapping[str, str],
    *,
    goes_on: bool,
) -> None:
    """The services, each by the unit that gives it, with the application that it answers; `until` is also the
    day to come on which one that goes on will end, as its decision says."""
    for grant in grants:
        unit = life.services.unit(grant.unit).reference
        request = applied.get(grant.service.text, "")
        status = "active" if goes_on else "finished"
        decisions.care(life.chart, grant.service, status, (since, until), unit, manager, request)


def _apply(
    life: Life, grants: Sequence[Grant], since: date, until: date | None, why: str, *, quickly: bool
) -> dict[str, str]:
    """The applications, by service."""
    day = _at_once(since) if quickly else since - timedelta(days=life.chance.between(18, 45))
    if not life.records(day):
        return {}
    office = life.services.unit(Service.ALLOCATION).reference
    when = at(day, 9 if quickly else life.chance.between(9, 14))
    return {
        grant.service.text: decisions.application(
            life.chart,
            grant.service,
            when,
            life.person.reference,
            office,
            why,
            decisions.Granted(f"{grant.extent[0].upper()}{grant.extent[1:]}", since, until),
        )
        for grant in grants
    }


def _letter(
    life: Life,
    grants: Sequence[Grant],
    since: date,
    until: date | None,
    level: Level | None,
    why: str,
    applied: Sequence[str],
    *,
    quickly: bool,
    of_mind: bool,
) -> Worker:
    """The visit and the letter, which answers what was applied for; returns who decided."""
    seen = _at_once(since) if quickly else working_day(since - timedelta(days=life.chance.between(6, 14)))
    hour = life.chance.between(10, 13)
    visit = _seen(life, seen, hour)
    scores = assess(life, visit, level, of_mind=of_mind) if visit.recorded and level else {}
    visit.note(("Kartleggingsbesøk", f"{why} {_needs(scores)}".strip()))
    usual = last_working_day(since - timedelta(days=3))
    decided = seen if quickly else working_day(max(visit.day, usual))
    if life.records(decided):
        name = f"{life.person.given} {life.person.family_name}"
        documents.letter(
            life.chart,
            Kind.LETTER,
            f"Vedtak om {listed([one.service.text.lower() for one in grants])}",
            _sections(grants, since, until, why, scores, _ABOVE if decided >= RENAMED else _ABOVE_BEFORE),
            at(decided, 15),
            visit.worker.reference,
            visit.unit.reference,
            "",
            (f"Fra: {visit.unit.name}", f"Til: {name}", f"Saksbehandler: {visit.worker.name}"),
            applied,
        )
    return visit.worker


def _at_once(since: date) -> date:
    """When somebody is applied for, seen and decided on who needs the service from a day on: the last day on
    which the office was open, or the day before where that is too long ago."""
    day = last_working_day(since)
    return day if since - day <= timedelta(days=3) else since - timedelta(days=1)


def _seen(life: Life, day: date, hour: int) -> Visit:
    """The officer's visit at home, or to the ward: what is found there is written as a part of the stay."""
    if life.days.outside(day, home_visit=True) == day:
        return life.meet(Service.ALLOCATION, "saksbehandler", day, way=Way.HOME, hour=hour)
    unit, start, over = life.services.unit(Service.ALLOCATION), at(day, hour), at(day, hour, 30)
    officer = life.services.worker(Service.ALLOCATION, "saksbehandler", life.chance.between(0, 999))
    stays = (stay.reference for stay, _ in life.stays if stay.start < start and over < stay.end)
    return Visit(life.chart, next(stays, ""), start, over, unit, officer, life.services)


def _sections(
    grants: Sequence[Grant],
    since: date,
    until: date | None,
    why: str,
    scores: dict[int, int],
    above: str = _ABOVE,
) -> list[Section]:
    given = "\n\n".join(f"{one.service.text}: {one.extent}." for one in grants)
    ends = (
        f"til {until:%d.%m.%Y}" if until else "inntil videre. Vi vurderer behovet på nytt når det endrer seg"
    )
    laws = list(dict.fromkeys(one.service.law for one in grants if one.service.law))
    paid = [one for one in grants if one.service not in FREE]
    price = (
        f"Du betaler egenandel for {listed([one.service.text.lower() for one in paid])}."
        if paid
        else "Tjenesten er gratis."
    )
    return [
        ("Vedtak", f"Søknaden er innvilget. Du får:\n\n{given}"),
        ("Når og hvor lenge", f"Fra {since:%d.%m.%Y} {ends}."),
        ("Begrunnelse", f"{why} {_needs(scores)}{_otherwise(grants, scores)}".strip()),
        ("Regler", f"Vedtaket bygger på {listed([*laws, _RIGHT])}."),
        ("Betaling", price),
        (
            "Klage",
            "Du kan klage på vedtaket innen fire uker fra du fikk dette brevet. Send klagen til oss. Endrer "
            f"vi ikke vedtaket, sender vi den til {above}. Du kan få hjelp til å klage, og du kan se "
            "sakens dokumenter.",
        ),
    ]


_RIGHT = "pasient- og brukerrettighetsloven § 2-1 a"


def _needs(scores: dict[int, int]) -> str:
    """What another must help with, in words."""
    helped = [_WORDS[number] for number, score in scores.items() if number in _WORDS and 3 <= score <= 5]
    if not scores:
        return ""
    return f"Trenger hjelp til {listed(helped)}." if helped else "Klarer det meste selv."


def _otherwise(grants: Sequence[Grant], scores: Mapping[int, int]) -> str:
    """Why what is needed besides is not granted, of one who lives at home and is given the cleaning."""
    given = " ".join(f"{one.service.text} {one.extent}".lower() for one in grants)
    if PRACTICAL_HELP.text.lower() not in given:
        return ""
    helped = [number for number, score in scores.items() if 3 <= score <= 5]
    told = [said for number, word, said in _ELSEWHERE if number in helped and word not in given]
    nursed = any(one.service is HOME_NURSING for one in grants)
    return "".join(f" {_ORDERED if one is _DELIVERED and nursed else one}" for one in told)


_DELIVERED = "Butikken kjører varer hjem etter bestilling, derfor innvilges ikke hjelp til innkjøp."
_ORDERED = "Hjemmetjenesten bestiller varer sammen med deg, og butikken kjører dem hjem."
_ELSEWHERE = (
    (2, "innkjøp", _DELIVERED),
    (9, "mat", "Ferdig middag kan bestilles fra kommunens kjøkken når som helst, uten vedtak."),
)
"""Numbers of needs, the word of a grant that meets each, and why it is not granted."""
_WORDS = {
    1: "å delta sosialt", 2: "innkjøp", 3: "beslutninger i hverdagen", 4: "å ivareta egen helse",
    5: "å bevege seg inne", 6: "husarbeid", 7: "personlig hygiene", 8: "påkledning", 9: "å lage mat",
    10: "å spise", 11: "toalettbesøk", 12: "å gå ute", 15: "å huske",
}  # fmt: skip
