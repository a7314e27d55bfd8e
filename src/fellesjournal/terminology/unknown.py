"""Codes that nobody has heard of, in code systems that are here in full."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from fellesjournal.errors import Fault
from fellesjournal.terminology.absence import absence
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.system import System
from fellesjournal.terminology.systems import Systems


async def unknown(systems: Systems, asked: Iterable[Coded]) -> dict[Coded, str]:
    """What there is to say of those of the codes that their code system does not have, in no release.

    Only of systems whose every release here is complete, and not where a release is named that is not here.
    The day does not matter: a code that was once valid stays readable. A few statements per code system.
    """
    by_url: dict[str, list[Coded]] = defaultdict(list)
    for one in dict.fromkeys(asked):
        by_url[await systems.url_of(one.system)].append(one)
    said: dict[Coded, str] = {}
    for url, coded in by_url.items():
        releases = await _complete(systems, url)
        versions = {"", *(release.about.version for release in releases)}
        for one in await _in_none([one for one in coded if one.version in versions], releases):
            said[one] = await absence(releases[0], one.code, of_many=len(releases) > 1)
    return said


async def _complete(systems: Systems, url: str) -> Sequence[System]:
    """The releases of a code system, the newest first; none where one of them is not complete."""
    releases: Sequence[System] = (await systems.loaded()).get(url, ())
    if not releases:
        try:
            found = await systems.find(url)
        except Fault:  # a CodeSystem without codes, or with a hierarchy in a circle: it can say nothing
            return ()
        releases = [found] if found else ()
    return releases if all(one.about.complete for one in releases) else ()


async def _in_none(asked: list[Coded], releases: Sequence[System]) -> list[Coded]:
    for release in releases:
        known = await release.concepts({one.code for one in asked}) if asked else {}
        asked = [one for one in asked if one.code not in known]
    return asked if releases else []
