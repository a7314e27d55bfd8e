"""Which of a concept's texts is shown to whom (FHIR R4, displayLanguage; BCP 47, RFC 4647 lookup)."""

from collections.abc import Iterable

from fellesjournal.errors import Invalid
from fellesjournal.terminology.release import Concept, Designation

_SHOWN = ("display", "preferredForLanguage", "", "short", "synonym", "consumer", "fsn")
"""The uses of a designation, the best display first."""
_NORWEGIAN = {"no": "nb"}


def wanted(written: str) -> tuple[str, ...]:
    """The languages of a `displayLanguage`, best first: "nn", or as in Accept-Language "nn, nb;q=0.8".

    Raises Invalid for a weight that is no number.
    """
    weighed = []
    for place, part in enumerate(part for part in written.split(",") if part.strip()):
        tag, _, weight = part.partition(";")
        try:
            rank = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            raise Invalid(f"displayLanguage is a language such as nb or en-GB, not '{written}'.") from None
        weighed.append((-rank, place, tag.strip()))
    return tuple(tag for rank, _, tag in sorted(weighed) if rank < 0 and tag != "*")


def speaks(tag: str, asked: str) -> bool:
    """Whether a text in the language `tag` serves who asked: nb-NO serves nb, nb serves nb-NO, no is nb."""
    mine, theirs = (_NORWEGIAN.get(one, one) for one in (tag.lower(), asked.lower()))
    return bool(mine and theirs) and (
        mine == theirs or mine.startswith(f"{theirs}-") or theirs.startswith(f"{mine}-")
    )


def display(concept: Concept, language: str, asked: Iterable[str]) -> str:
    """The display in the first language asked for that there is, else the display as it is.

    `language` is that of the display.
    """
    for tag in asked:
        if speaks(language, tag):
            return concept.display
        if found := designated(concept.designations, tag):
            return found
    return concept.display


def designated(designations: Iterable[Designation], tag: str) -> str:
    """The text among designations that is the best display in a language, "" when there is none."""
    spoken = [one for one in designations if speaks(one.language, tag)]
    return min(spoken, key=lambda one: _place(one.use)).text if spoken else ""


def _place(use: str) -> int:
    return _SHOWN.index(use) if use in _SHOWN else len(_SHOWN)
