"""What of an app's wishes a person can grant: what the role does not do is not granted, and is told."""

from typing import NamedTuple

from fellesjournal.access.granted import Clinical, clinical
from fellesjournal.access.policies import Act, Policy

ACTS = {"r": Act.READ, "s": Act.READ, "c": Act.CREATE, "u": Act.UPDATE, "d": Act.DELETE}


class Narrowed(NamedTuple):
    """The scopes as they can be granted, and those that the role leaves nothing of."""

    scopes: tuple[str, ...]
    left_out: tuple[str, ...]


def narrowed(scopes: list[str], policy: Policy | None, levels: tuple[str, ...]) -> Narrowed:
    """Scopes narrowed to the role's policy (None: no role binds) and to levels (patient, user, system)."""
    kept, left_out = list[str](), list[str]()
    for text in scopes:
        wanted = clinical(text)
        granted = text if wanted is None else _granted(text, wanted, policy, levels)
        (kept if granted else left_out).append(granted or text)
    return Narrowed(tuple(kept), tuple(left_out))


def _granted(text: str, wanted: Clinical, policy: Policy | None, levels: tuple[str, ...]) -> str:
    """A scope as it can be granted; as it was written when that is all of it, "" when it is nothing."""
    if wanted.level not in levels:
        return ""
    if policy is None:
        return text
    letters = "".join(one for one in wanted.letters if _permits(policy, ACTS[one], wanted.type))
    if letters == wanted.letters:
        return text
    _, _, query = text.partition("?")
    return f"{wanted.level}/{wanted.type}.{letters}{'?' if query else ''}{query}" if letters else ""


def _permits(policy: Policy, act: Act, type_name: str) -> bool:
    """Whether the role does such a thing to a type, or ("*") to any type."""
    return bool(policy.permitted[act]) if type_name == "*" else policy.allows(act, type_name)
