"""What is said of a code that a code system does not have."""

from fellesjournal.terminology.system import System


async def absence(system: System, code: str) -> str:
    """That there is no such code, and the one that may be meant.

    Only codes that differ in punctuation, spaces or capitals are suggested: a code that is merely similar is
    another diagnosis.
    """
    about = system.about
    where = f"{about.title} ({about.canonical})" if about.title else about.canonical
    return f"There is no code '{code}' in {where}.{suggestion(await system.alike(code))}"


def suggestion(codes: list[str]) -> str:
    """ " Did you mean I219?", or nothing."""
    return f" Did you mean {' or '.join(codes[:3])}?" if codes else ""
