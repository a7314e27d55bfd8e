"""What there is to remark on the codes that a resource carries, whatever they are bound to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from fellesjournal.errors import Fault
from fellesjournal.fhir import ucum
from fellesjournal.terminology.absence import absence
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.system import System
from fellesjournal.terminology.systems import Systems
from fellesjournal.terminology.validation import grouping, is_called, misnamed, no_unit


class Remark(NamedTuple):
    """One thing to know about a code; `severity` and `code` are those of errors.Issue."""

    about: str
    """The member of the Coding that it is about: system, code or display."""
    code: str
    text: str
    severity: str = "warning"


async def remarks(systems: Systems, asked: Iterable[Coded], *, abstract: bool = False) -> dict[Coded, Remark]:
    """What there is to remark on some of the codes; `abstract`: codes that only group others will do.

    Warnings: a code that no release of its system has, where all are complete; one that only groups others; a
    display that none of them knows. Information: that a system is not here is said once, at the first of its
    codes, and of a system that is here in part, that it has not the code. The day does not matter: a code
    that was once valid stays readable. A few statements per code system.
    """
    by_system: dict[tuple[str, str], list[Coded]] = defaultdict(list)
    for one in dict.fromkeys(asked):
        by_system[await systems.url_of(one.system), one.version].append(one)
    said: dict[Coded, Remark] = {}
    for (url, version), coded in by_system.items():
        try:
            releases = await systems.every(url, version)
        except Fault as fault:
            text = f"{fault} Codes of it were not checked."
            said[coded[0]] = Remark("system", "not-found", text, "information")
        else:
            said |= await _on_codes(releases, coded, abstract=abstract)
    return said


async def _on_codes(
    releases: Sequence[System], asked: Sequence[Coded], *, abstract: bool
) -> dict[Coded, Remark]:
    had: dict[Coded, list[Concept]] = defaultdict(list)
    for release in releases:
        concepts = await release.concepts({one.code for one in asked})
        for one in asked:
            if one.code in concepts:
                had[one].append(concepts[one.code])
    said: dict[Coded, Remark | None] = {
        one: _on_known(one, had[one], abstract=abstract) if one in had else await _on_absent(releases, one)
        for one in asked
    }
    return {one: remark for one, remark in said.items() if remark is not None}


def _on_known(asked: Coded, had: Sequence[Concept], *, abstract: bool) -> Remark | None:
    """The newest release says whether the code groups others; every release may name it."""
    newest = had[0]
    if newest.abstract:
        return None if abstract else Remark("code", "business-rule", grouping(asked, newest.display))
    named = any(one.display != one.code or one.designations for one in had)
    if asked.display and named and not any(is_called(one, asked.display) for one in had):
        return Remark("display", "value", misnamed(asked, newest.display))
    return None


async def _on_absent(releases: Sequence[System], asked: Coded) -> Remark | None:
    in_part = next((one for one in releases if not one.about.complete), None)
    if in_part is None:
        text = await absence(releases[0], asked.code, of_many=len(releases) > 1)
        return Remark("code", "code-invalid", text)
    if in_part.about.url == ucum.URL:  # units are put together by a grammar: no list has them all
        return None if ucum.parse(asked.code) else Remark("code", "code-invalid", no_unit(asked.code))
    return Remark("code", "informational", await absence(in_part, asked.code), "information")
