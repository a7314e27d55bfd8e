"""Whether what a profile says of an element narrows what R4 says of it (R4, profiling.html#limitations).

R4's own rules are asked of every resource. A profile that allows more would allow nothing, and one that asks
for what R4 refuses could never be kept.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from fellesjournal.fhir.definitions import Definitions, Member
from fellesjournal.fhir.faults import Found, fault, shown

_SYSTEM = "http://hl7.org/fhirpath/"
_UNBOUNDED = "*"


def widened(
    element: dict[str, Any], members: Sequence[Member], place: str, definitions: Definitions
) -> list[Found]:
    """The faults of an ElementDefinition at `place` whose path may be written as `members`, one or more."""
    return [*_types(element, members, place, definitions), *_numbers(element, members, place)]


def _types(
    element: dict[str, Any], members: Sequence[Member], place: str, definitions: Definitions
) -> Iterator[Found]:
    allowed = sorted({member.type for member in members})
    listed = element.get("type")
    for index, entry in enumerate(listed if type(listed) is list else ()):
        code = entry.get("code") if type(entry) is dict else None
        if type(code) is not str or code.startswith(_SYSTEM):
            continue
        if not any(definitions.is_a(code, each) for each in allowed):
            known = ", ".join(allowed) if len(allowed) <= 15 else "another type"
            message = f"{shown(element['path'])} is written as {known}, and can never be {shown(code)}."
            yield from fault("value", message, f"{place}.type[{index}].code", code, allowed)


def _numbers(element: dict[str, Any], members: Sequence[Member], place: str) -> Iterator[Found]:
    base = members[0].element
    most, least = _most(element.get("max")), element.get("min")
    path = shown(element["path"])
    if base.max is not None and most is not None and most > base.max:
        message = f"{path} stands at most {_times(base.max)} in R4: a profile may allow fewer, and not more."
        yield from fault("value", message, f"{place}.max")
    if type(least) is not int:
        return
    if base.max is not None and least > base.max:
        message = f"{path} stands at most {_times(base.max)} in R4, and can never stand {_times(least)}."
        yield from fault("value", message, f"{place}.min")
    if least < base.min and not _is_part(element, base.choice):
        message = (
            f"{path} stands at least {_times(base.min)} in R4: a profile may ask for more, and not less."
        )
        yield from fault("value", message, f"{place}.min")


def _most(written: Any) -> float | None:
    if written == _UNBOUNDED:
        return float("inf")
    return int(written) if type(written) is str and written.isascii() and written.isdigit() else None


def _is_part(element: dict[str, Any], choice: bool) -> bool:
    """Whether this is a slice, or one type of a choice: that may be absent where another stands."""
    last = str(element.get("id", "")).rpartition(".")[2]
    return "sliceName" in element or ":" in last or (choice and not element["path"].endswith("[x]"))


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
