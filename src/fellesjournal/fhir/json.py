"""JSON as FHIR wants it: strict in what is let in, and never changing a byte that was written.

`parse` lets in one JSON object in UTF-8 and says of anything else where it is wrong and how to mend it.
The text it gives back is the body's own tokens without the whitespace between them: numbers keep their
written digits, strings their escapes, members their order (FHIR R4, json.html and datatypes.html#decimal).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from fellesjournal.errors import Invalid, Issue, TooLarge


class Limits(NamedTuple):
    """What a site lets in: bytes as sent, and levels of objects and arrays within one another."""

    size: int = 64 * 1024 * 1024
    depth: int = 128


class Document(NamedTuple):
    """A JSON object: its text in UTF-8 without insignificant whitespace, and its tree (decimals as float)."""

    text: bytes
    tree: dict[str, Any]


DEFAULT_LIMITS = Limits()

_decode = msgspec.json.Decoder().decode
_decode_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_encode = msgspec.json.Encoder().encode
encode = msgspec.json.Encoder(decimal_format="number").encode
"""A JSON tree as bytes; Decimals are written as numbers with their own digits."""

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s"{}\[\],:]+', re.DOTALL)
_WORTH_A_LOOK = re.compile(rb"\\(?:[bf]|u00(?:[01]|22|3[aA]))")
"""Escapes of control characters, and of the quotation marks and colons that upset the count of members."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONE_SURROGATE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_OTHER_ENCODINGS = {
    b"\xef\xbb\xbf": "a byte order mark (EF BB BF); save it as UTF-8 without one",
    b"\xff\xfe": "a UTF-16 byte order mark; send it as UTF-8",
    b"\xfe\xff": "a UTF-16 byte order mark; send it as UTF-8",
}


def parse(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one JSON object.

    Raises TooLarge when it is longer than `limits.size`, otherwise Invalid with line and column: malformed or
    truncated JSON, another encoding than UTF-8, something else than an object, too deep, a member named twice
    at any depth (also when it is spelt with escapes), control characters, numbers no computer can hold.
    """
    if len(raw) > limits.size:
        raise TooLarge(
            f"The body is {len(raw)} bytes; this site takes at most {limits.size}. Send it in parts."
        )
    try:
        text = msgspec.json.format(raw, indent=-1)
        tree = _decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid(explain(raw, error, limits)) from None
    if type(tree) is not dict:
        raise Invalid(f"The body must be a JSON object, {{...}}; this is {_KINDS[type(tree)]}.")
    if text.count(b"{") + text.count(b"[") > limits.depth and _is_deeper(tree, limits.depth):
        raise Invalid(_too_deep(limits))
    # Every member ends its name with `":`. Writing the tree again gives fewer of them when a name came twice.
    if _WORTH_A_LOOK.search(text) or text.count(b'":') != _encode(tree).count(b'":'):
        faults = list(_inspect(raw, str(tree.get("resourceType", ""))))
        if faults:
            raise Invalid(*faults)
    return Document(text, tree)


def written_here(text: bytes) -> Document:
    """What this program itself has just written, by msgspec from a tree: it is compact, and no member is in
    it twice, so that half of what `parse` does is not needed.
    """
    return Document(text, _decode(text))


def with_meta(document: Document, type_name: str, id: str, version: int, updated: datetime) -> bytes:
    """The resource as it is stored: the text, with `id` and `meta` written right after `resourceType`.

    The client's other members of meta, and all other members, stand as they were written. `updated` is aware
    and cut to milliseconds.
    """
    text = document.text
    named, identified = f'{{"resourceType":"{type_name}"', f'"id":"{id}"'
    placed = (
        f'{named},{identified},"meta":{{"versionId":"{version}","lastUpdated":"{_moment(updated)}"'.encode()
    )
    if b'"meta":' not in text and b"\\u" not in text:
        head = f"{named},{identified}".encode()
        if text.startswith(head):
            return b"%b}%b" % (placed, text[len(head) :])
        if b'"id":' not in text and text.startswith(named.encode()):
            return b"%b}%b" % (placed, text[len(named) :])
    members = _decode_members(text)
    parts: list[Any] = [placed]
    meta = members.get("meta")
    if meta is not None:
        _append(parts, _decode_members(meta), ("versionId", "lastUpdated"))
    parts.append(b"}")
    _append(parts, members, ("resourceType", "id", "meta"))
    parts.append(b"}")
    return b"".join(parts)


def decode_exact(text: bytes) -> Any:
    """The tree with every fractional number as the Decimal that was written: 1.50 stays 1.50."""
    return _decode_exact(text)


@lru_cache(maxsize=64)
def _moment(updated: datetime) -> str:
    return f"{updated.astimezone(UTC).isoformat(timespec='milliseconds')[:-6]}Z"


@lru_cache(maxsize=4096)
def _lead(name: str) -> bytes:
    return b"," + _encode(name) + b":"


def _append(parts: list[Any], members: dict[str, msgspec.Raw], but: tuple[str, ...]) -> None:
    for name, value in members.items():
        if name not in but:
            parts += (_lead(name), value)


def _decimal(written: str) -> Decimal:
    try:
        return Decimal(written)
    except InvalidOperation:
        raise Invalid(f"The number {written[:40]} has an exponent out of all bounds.") from None


_decode_exact = msgspec.json.Decoder(float_hook=_decimal).decode

_KINDS = {
    list: "an array",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


def _is_deeper(tree: dict[str, Any], depth: int) -> bool:
    level: list[Any] = [tree]
    for _ in range(depth):
        level = [
            below
            for node in level
            for below in (node.values() if type(node) is dict else node)
            if type(below) is dict or type(below) is list
        ]
        if not level:
            return False
    return True


def _too_deep(limits: Limits) -> str:
    return f"Objects and arrays stand more than {limits.depth} levels deep; this site takes no more."


def explain(raw: bytes, error: Exception, limits: Limits = DEFAULT_LIMITS) -> str:
    """In plain words, why the decoder gave up."""
    if not raw.strip():
        return "The body is empty; JSON is expected."
    if b"\x00" in raw[:2] or raw.startswith(tuple(_OTHER_ENCODINGS)):
        return _explain_start(raw)
    if isinstance(error, RecursionError):
        return _too_deep(limits)
    if isinstance(error, UnicodeDecodeError):
        return _explain_encoding(raw)
    if isinstance(error, msgspec.ValidationError):
        return _explain_number(raw)
    return _explain_syntax(raw, str(error))


def _explain_start(raw: bytes) -> str:
    for mark, what in _OTHER_ENCODINGS.items():
        if raw.startswith(mark):
            return f"The body starts with {what}."
    return "The body looks like UTF-16 or UTF-32; send it as UTF-8."


def _explain_encoding(raw: bytes) -> str:
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        where = _position(raw, error.start)
        return f"The body is not UTF-8: byte {raw[error.start]:#04x} at {where}. Save or send it as UTF-8."
    return "The body is not UTF-8. Save or send it as UTF-8."


def _explain_number(raw: bytes) -> str:
    for token in _TOKEN.finditer(raw):
        written = token[0]
        if written[:1] in b"-0123456789":
            try:
                _decode(written)
            except msgspec.DecodeError:
                where = _position(raw, token.start())
                return (
                    f"The number {written[:40].decode()} at {where} is out of range. Write a number "
                    "a computer can hold (up to about 1.7e308), or the text as a string."
                )
    return "A number is out of range."


def _explain_syntax(raw: bytes, message: str) -> str:
    surrogate = _LONE_SURROGATE.search(raw)
    if surrogate and ("truncated" in message or "surrogate" in message):
        where = _position(raw, surrogate.start())
        return (
            f"The escape {surrogate[0].decode()} at {where} is half of a surrogate pair. "
            "Write both halves, or the character itself in UTF-8."
        )
    offset = re.search(r"\(byte (\d+)\)", message)
    if offset is None:
        where = _position(raw, len(raw))
        return f"The JSON ends too early, at {where}: a closing quote, brace or bracket is missing."
    what = message.removeprefix("JSON is malformed: ").partition(" (byte")[0]
    at = int(offset[1]) - (what == "trailing characters")  # here the decoder points behind the first of them
    return f"The JSON is malformed at {_position(raw, at)}: {what}{_advice(raw, at, what)}."


def _advice(raw: bytes, at: int, what: str) -> str:
    here = raw[at : at + 10]
    if re.match(rb"[-+]?(?:NaN|Infinity|nan|inf)", here):
        return ". JSON has no NaN or Infinity; leave the member out or say why with an extension"
    if what == "invalid character" and re.match(rb"[\x00-\x1f]", here):
        return f" (control character {here[0]:#04x}). In a string write \\n, \\r or \\t; leave others out"
    if here.startswith(b"'"):
        return ". Names and strings stand in double quotes"
    return ". JSON has no comments" if here.startswith(b"/") else ""


def _position(raw: bytes, offset: int) -> str:
    line = raw.count(b"\n", 0, offset) + 1
    start = raw.rfind(b"\n", 0, offset) + 1
    return f"line {line}, column {len(raw[start:offset].decode(errors='replace')) + 1}"


def _inspect(raw: bytes, root: str) -> Iterator[Issue]:
    """Members named twice and control characters in well-formed JSON, each with its place. Slow and exact."""
    stack: list[_Level] = []
    for token in _TOKEN.finditer(raw):
        written = token[0]
        if written in b"{[":
            stack.append(_Level(written == b"{"))
        elif written in b"}]":
            stack.pop()
        elif written == b",":
            stack[-1].next()
        elif written == b":":
            stack[-1].named = True
        elif written[:1] == b'"':
            yield from _inspect_string(raw, token.start(), _decode(written), stack, root)


class _Level:
    """An object or array being read: the names seen in it, and where in it we are."""

    def __init__(self, is_object: bool) -> None:
        self.names: set[str] | None = set() if is_object else None
        self.name = ""
        self.index = 0
        self.named = False

    def next(self) -> None:
        self.index += 1
        self.named = False


def _inspect_string(raw: bytes, offset: int, value: str, stack: list[_Level], root: str) -> Iterator[Issue]:
    control = _CONTROL.search(value)
    if control:
        yield Issue(
            "value",
            f"The string at {_position(raw, offset)} holds the control character U+{ord(control[0]):04X}; "
            "FHIR allows none below U+0020 but tab, line feed and carriage return. Leave it out.",
            _path(stack, root),
        )
    level = stack[-1]
    if level.names is None or level.named:
        return
    level.name = value
    if value in level.names:
        yield Issue(
            "structure",
            f'The member "{value[:80]}" stands twice in one object, again at {_position(raw, offset)}. '
            "Keep one of them.",
            _path(stack, root),
        )
    level.names.add(value)


def _path(stack: list[_Level], root: str) -> str:
    steps = (f".{level.name}" if level.names is not None else f"[{level.index}]" for level in stack)
    return (root + "".join(steps)).lstrip(".")
