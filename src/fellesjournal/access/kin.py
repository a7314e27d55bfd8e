"""Citizens and the ties between them as the record has them, read for norway.representation."""

from datetime import date
from typing import Any

from fellesjournal.access.guard.ties import TIES
from fellesjournal.errors import NotFound
from fellesjournal.norway.profiles import ADDRESS_PROTECTION, HIDDEN_ADDRESS
from fellesjournal.norway.representation import Bond, Purpose, Someone, Tie

Tree = dict[str, Any]


def split(reference: str) -> tuple[str, str]:
    """Type and id of a reference."""
    kind, _, id = reference.partition("/")
    return kind, id


def name(patient: Tree) -> str:
    """Given names and family name."""
    own: Tree = next(iter(patient.get("name", ())), {})
    return " ".join([*own.get("given", ()), own.get("family", "")]).strip() or str(own.get("text", ""))


def someone(reference: str, patient: Tree) -> Someone:
    """Raises NotFound when the birth date is not known to the day: nothing can be said of ages then."""
    born = patient.get("birthDate", "")
    if len(born) != len("2026-11-26"):
        raise NotFound(f"{reference} has no full birth date.")
    return Someone(reference, date.fromisoformat(born), _home(patient), _is_protected(patient))


def _home(patient: Tree) -> str:
    """The registered address as a key, "" when there is none."""
    for address in patient.get("address", ()):
        if address.get("use", "home") == "home" and "period" not in address:
            parts = [*address.get("line", ()), address.get("postalCode", "")]
            return " ".join(" ".join(parts).lower().split())
    return ""


def _is_protected(patient: Tree) -> bool:
    return any(
        one.get("url") == ADDRESS_PROTECTION and one.get("valueCode") in HIDDEN_ADDRESS
        for one in patient.get("extension", ())
    )


def codes(related: Tree) -> set[str]:
    """The codes of TIES that a RelatedPerson bears."""
    return {
        coding.get("code", "")
        for concept in related.get("relationship", ())
        for coding in concept.get("coding", ())
        if coding.get("system") == TIES
    }


def bond(tie: Tie, holder: Someone, related: Tree) -> Bond:
    """One of the ties of a RelatedPerson who is the holder."""
    period = related.get("period", {})
    since, until = period.get("start", "0001-01-01"), period.get("end")
    purposes = frozenset(purpose for purpose in Purpose if purpose.value in codes(related))
    return Bond(tie, holder, _day(since), _day(until) if until else None, purposes)


def _day(text: str) -> date:
    return date.fromisoformat((text + "-01-01")[:10] if len(text) == len("2026") else (text + "-01")[:10])
