"""What is said of a code that a code system does not have."""

from fellesjournal.terminology.system import System


async def absence(system: System, code: str, *, of_many: bool = False) -> str:
    """That there is no such code, and the one that may be meant; `of_many`: in no release.

    Only codes that differ in punctuation, spaces or capitals are suggested: a code that is merely similar is
    another diagnosis.
    """
    about = system.about
    named = about.url if of_many else about.canonical
    where = f"{about.title} ({named})" if about.title else named
    every = "any release here of " if of_many else ""
    return f"There is no code '{code}' in {every}{where}.{suggestion(await system.alike(code))}"


def suggestion(codes: list[str]) -> str:
    """ " Did you mean I219?", or nothing."""
    return f" Did you mean {' or '.join(codes[:3])}?" if codes else ""
