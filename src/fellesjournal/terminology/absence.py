"""What is said of a code that a code system does not have."""

from fellesjournal.fhir.grammars import GRAMMARS
from fellesjournal.terminology.conditions import EVERYTHING
from fellesjournal.terminology.system import About, System


async def absence(system: System, code: str, *, of_many: bool = False) -> str:
    """That there is no such code, and the one that may be meant; `of_many`: in no release. Of a system that
    is here in part it is said that nobody here can tell.

    Only codes that differ in punctuation, spaces or capitals are suggested: a code that is merely similar is
    another diagnosis.
    """
    if system.about.url in GRAMMARS and system.about.complete:
        return GRAMMARS[system.about.url].refusal(code)
    meant = suggestion(await system.alike(code))
    if not system.about.complete:
        return f"The code '{code}' is not among {await part(system)}, so it may be right all the same.{meant}"
    named = system.about.url if of_many else system.about.canonical
    every = "any release here of " if of_many else ""
    return f"There is no code '{code}' in {every}{_titled(system.about, named)}.{meant}"


async def part(system: System) -> str:
    """How much there is of a system that is not here whole: "the 13 codes of LOINC (http://loinc.org|1) that
    are here, and it has more".
    """
    number = await system.count(EVERYTHING)
    codes = "one code" if number == 1 else f"{number} codes"
    return f"the {codes} of {_titled(system.about, system.about.canonical)} that are here, and it has more"


def suggestion(codes: list[str]) -> str:
    """ " Did you mean I219?", or nothing."""
    return f" Did you mean {' or '.join(codes[:3])}?" if codes else ""


def _titled(about: About, named: str) -> str:
    return f"{about.title} ({named})" if about.title else named
