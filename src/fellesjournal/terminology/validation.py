"""Whether a code is in a code system (FHIR R4, CodeSystem $validate-code)."""

from collections import defaultdict
from collections.abc import Sequence

from fellesjournal.errors import NotFound
from fellesjournal.fhir import ucum
from fellesjournal.terminology import languages, validity
from fellesjournal.terminology.absence import absence
from fellesjournal.terminology.coded import Coded, Manner, Verdict
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.system import About, System
from fellesjournal.terminology.systems import Gone, Systems


async def in_systems(systems: Systems, asked: Sequence[Coded], manner: Manner) -> list[Verdict]:
    """A verdict on each code, in order; one statement for each code system and version among them.

    Of a code whose code system is not here it is said that nobody here can tell.
    """
    groups: dict[tuple[str, str], list[Coded]] = defaultdict(list)
    for one in asked:
        groups[one.system, one.version].append(one)
    verdicts: dict[Coded, Verdict] = {}
    for (url, version), coded in groups.items():
        try:
            system = await systems.get(url, version, manner.day)
        except NotFound as fault:
            verdicts.update((one, untold(one, fault)) for one in coded)
        else:
            verdicts.update(zip(coded, await in_system(systems, system, coded, manner), strict=True))
    return [verdicts[one] for one in asked]


def untold(asked: Coded, fault: NotFound) -> Verdict:
    """The verdict on a code whose code system is not here, or not with its codes."""
    which = f"{asked.system}|{asked.version}" if asked.version else asked.system
    return Verdict(False, str(fault), unknown_system=which)


async def in_system(
    systems: Systems, system: System, asked: Sequence[Coded], manner: Manner
) -> list[Verdict]:
    """A verdict on each code by one code system."""
    found = await system.concepts([one.code for one in asked])
    return [
        judged(found[one.code], system.about, one, manner)
        if one.code in found
        else await _absent(systems, system, one, manner)
        for one in asked
    ]


def judged(concept: Concept, about: About, asked: Coded, manner: Manner) -> Verdict:
    """The verdict on a code that is there: its dates, whether it may be chosen, its display."""
    shown = languages.display(concept, about.language, manner.languages)
    faults, hints = [], []
    if not validity.within(concept, manner.on):
        faults.append(f"{asked.written} ({shown}) {_dates(concept)}, not on {manner.on}.")
    elif not concept.active:
        hints.append(f"{asked.written} ({shown}) is inactive.")
    if concept.abstract and not manner.abstract:
        (hints if manner.abstract is None else faults).append(grouping(asked, shown))
    if asked.display and not is_called(concept, asked.display):
        faults.append(misnamed(asked, shown))
    coded = Coded(concept.code, about.url, about.version, shown)
    return Verdict(not faults, " ".join(faults or hints), shown, coded)


def grouping(asked: Coded, shown: str) -> str:
    """That a code only groups others."""
    return f"{asked.written} ({shown}) only groups others: choose one below it."


def misnamed(asked: Coded, shown: str) -> str:
    """That a code is called otherwise."""
    return f"{asked.written} is called '{shown}', not '{asked.display}'."


async def _absent(systems: Systems, system: System, asked: Coded, manner: Manner) -> Verdict:
    about = system.about
    if about.url == ucum.URL:
        return as_unit(asked, about)
    gone = None if asked.version or manner.day else await systems.gone(system, asked.code)
    if gone is None:
        which = "" if about.complete else about.canonical
        return Verdict(False, await absence(system, asked.code), unknown_system=which, partly=bool(which))
    shown = languages.display(gone.concept, gone.system.about.language, manner.languages)
    return Verdict(False, no_longer(gone, asked.code, about, shown), shown)


def no_longer(gone: Gone, code: str, about: About, shown: str) -> str:
    """That a code is gone from the release in force, when it went, and where it is still to be read."""
    last = f" It was valid until {gone.until}." if gone.until else ""
    return (
        f"The code '{code}' ({shown}) is no longer in {about.canonical}: the last release that had it "
        f"is {gone.system.about.version}.{last}"
    )


def as_unit(asked: Coded, about: About) -> Verdict:
    """The verdict on a unit that UCUM's table does not list: units are put together by a grammar."""
    if ucum.parse(asked.code) is None:
        return Verdict(False, no_unit(asked.code))
    return Verdict(True, "", asked.code, Coded(asked.code, about.url, about.version, asked.code))


def no_unit(code: str) -> str:
    """That a code is none of UCUM's."""
    return f"'{code}' is no unit of UCUM: it is neither listed nor put together by UCUM's grammar."


def _dates(concept: Concept) -> str:
    if concept.valid_from and concept.valid_to:
        return f"is valid from {concept.valid_from} to {concept.valid_to}"
    return (
        f"is valid from {concept.valid_from}" if concept.valid_from else f"was valid until {concept.valid_to}"
    )


def is_called(concept: Concept, display: str) -> bool:
    """Whether a text is one of the concept's."""
    texts = (concept.display, *(one.text for one in concept.designations))
    return _plain(display) in map(_plain, texts)


def _plain(text: str) -> str:
    """Texts are the same regardless of case and spacing."""
    return " ".join(text.casefold().split())
