"""Fixed values and patterns (FHIR R4, ElementDefinition.fixed[x] and pattern[x])."""

from typing import Any


def has_pattern(value: Any, pattern: Any) -> bool:
    """Does the value have all that the pattern has? Lists need one item for each of the pattern's."""
    if type(pattern) is dict:
        return type(value) is dict and all(
            name in value and has_pattern(value[name], part) for name, part in pattern.items()
        )
    if type(pattern) is list:
        return type(value) is list and all(any(has_pattern(item, part) for item in value) for part in pattern)
    return is_fixed(value, pattern)


def is_fixed(value: Any, fixed: Any) -> bool:
    """Is it that very value? true is not 1."""
    if type(value) is bool or type(fixed) is bool:
        return value is fixed
    return bool(value == fixed)


def spelt(value: Any) -> str:
    """A fixed value or pattern as a message shows it."""
    if type(value) is dict:
        return "{" + ", ".join(f"{name}: {spelt(part)}" for name, part in value.items()) + "}"
    if type(value) is list:
        return "[" + ", ".join(map(spelt, value)) + "]"
    return f'"{value}"' if type(value) is str else str(value).lower()
