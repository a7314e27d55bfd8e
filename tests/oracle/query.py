"""Reading the name and the value of a search parameter (FHIR R4, search.html#escaping and #prefix)."""

from dataclasses import dataclass

PREFIXES = ("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap")


@dataclass(frozen=True)
class Name:
    """A parameter's name, taken apart: code, modifier, and what follows the dot of a chain."""

    code: str
    modifier: str = ""
    rest: str = ""


def read_name(text: str) -> Name:
    """ "subject:Patient.name:exact" -> Name("subject", "Patient", "name:exact")."""
    head, _, rest = text.partition(".")
    code, _, modifier = head.partition(":")
    return Name(code, modifier, rest)


def split(text: str, separator: str) -> list[str]:
    r"""Split at every separator that no backslash escapes; the escapes stay for the next level."""
    parts, current, position = [], "", 0
    while position < len(text):
        if text[position] == "\\" and position + 1 < len(text):
            current += text[position : position + 2]
            position += 2
            continue
        if text[position] == separator:
            parts.append(current)
            current = ""
        else:
            current += text[position]
        position += 1
    return [*parts, current]


def plain(text: str) -> str:
    r"""Without its escapes: \, \$ \| and \\ stand for the character itself."""
    result, escaped = "", False
    for character in text:
        if character == "\\" and not escaped:
            escaped = True
            continue
        result += character if character in ",$|\\" or not escaped else "\\" + character
        escaped = False
    return result + ("\\" if escaped else "")


def escape(text: str) -> str:
    r"""With a backslash before every , $ | and \."""
    return "".join("\\" + c if c in ",$|\\" else c for c in text)


def read_prefix(text: str) -> tuple[str, str]:
    """ "ge2020" -> ("ge", "2020"); without prefix: eq."""
    return (text[:2], text[2:]) if text[:2] in PREFIXES else ("eq", text)
