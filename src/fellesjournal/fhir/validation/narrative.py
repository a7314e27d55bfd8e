"""The XHTML of a narrative: well-formed, harmless, not empty (FHIR R4, narrative.html; txt-1 and txt-2)."""

import re
from html.entities import name2codepoint
from typing import Any
from xml.parsers import expat

from fellesjournal.fhir.faults import Faults, Found, Local, fault, shown, wrong_kind

_NAMESPACE = "http://www.w3.org/1999/xhtml"

_ELEMENT_NAMES = """
    a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr
    i img li ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var
"""
_ATTRIBUTE_NAMES = """
    abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff
    charset cite class colspan compact coords dir frame headers height href hreflang hspace id lang longdesc
    name nowrap rel rev rowspan rules scope shape span src start style summary tabindex title type valign
    value vspace width xmlns xml:lang xml:id xml:space
"""
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_ADDRESSES = frozenset(("href", "src", "cite", "longdesc"))
_ACTIVE_ADDRESS = re.compile(r"javascript:|vbscript:|data:(?!image/)", re.IGNORECASE)
_ACTIVE_STYLE = re.compile(r"javascript:|vbscript:|expression\(|@import|-moz-binding", re.IGNORECASE)
_WITHOUT_BLANKS = dict.fromkeys(range(0x21))
"""For str.translate: browsers pass over blanks and control characters in an address."""
_HTML_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]*;")


def check_xhtml(value: Any, local: Local) -> Faults:
    """One <div xmlns="http://www.w3.org/1999/xhtml"> of the elements and attributes a narrative may have."""
    if type(value) is not str:
        return wrong_kind(value, "a string of XHTML")
    reader = _Reader()
    try:
        reader.parser.Parse(value, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        reader.say("structure", f"The XHTML is not well-formed: {reason} (line {error.lineno}).")
    except _ForbiddenError as error:
        reader.say("structure", str(error))
    else:
        reader.finish(value)
    finally:
        del (
            reader.parser
        )  # it holds the reader, which holds it: some kilobytes until somebody looks for cycles
    return reader.faults or None


class _ForbiddenError(Exception):
    """Stops the parser at once."""


class _Reader:
    """Listens to the XML parser and notes what is wrong."""

    def __init__(self) -> None:
        self.faults: list[Found] = []
        self._has_content = False
        self._is_root = True
        self._entities = 0
        parser = self.parser = expat.ParserCreate()
        # HTML's own named entities need no declaration here; with this they reach SkippedEntityHandler.
        parser.UseForeignDTD(True)
        parser.StartDoctypeDeclHandler = self._declaration
        parser.XmlDeclHandler = self._declaration
        parser.ProcessingInstructionHandler = self._declaration
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text
        parser.SkippedEntityHandler = self._entity

    def say(self, code: str, message: str) -> None:
        """Note a fault, once."""
        found = fault(code, message)[0]
        if found not in self.faults:
            self.faults.append(found)

    def finish(self, value: str) -> None:
        """What can only be said when all has been read."""
        if not self._has_content:
            self.say("invariant", "txt-2: a narrative must have some text or an image.")
        # The parser drops unknown entities in attributes without a word, where they could hide a script.
        if "&" in value and len(_HTML_ENTITY.findall(value)) > self._entities:
            self.say(
                "structure", "In attributes and comments write characters themselves, not named entities."
            )

    def _declaration(self, *about: object) -> None:
        raise _ForbiddenError(
            "A narrative has no <!DOCTYPE ...>, <?xml ...?> or other declaration: leave it out."
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._is_root:
            self._is_root = False
            self._root(name, attributes)
        if name not in _ELEMENTS:
            self.say("invariant", f"txt-1: <{name[:40]}> is not allowed in a narrative.")
        for attribute, value in attributes.items():
            self._attribute(name, attribute, value)

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if name != "div":
            self.say("structure", f"A narrative is one <div>; this starts with <{name[:40]}>.")
        elif attributes.get("xmlns") != _NAMESPACE:
            self.say("structure", f'The <div> of a narrative must have xmlns="{_NAMESPACE}".')

    def _attribute(self, element: str, name: str, value: str) -> None:
        if name not in _ATTRIBUTES:
            self.say("invariant", f"txt-1: the attribute {name[:40]} is not allowed in a narrative.")
        elif (name in _ADDRESSES and _is_active_address(value)) or (
            name == "style" and _ACTIVE_STYLE.search(value.translate(_WITHOUT_BLANKS))
        ):
            self.say("invariant", f"txt-1: a narrative has no active content; {name} {shown(value)} is.")
        if element == "img" and name == "src":
            self._has_content = True

    def _text(self, text: str) -> None:
        if not self._has_content and not text.isspace():
            self._has_content = True

    def _entity(self, name: str, is_parameter: bool) -> None:
        self._has_content = True
        self._entities += 1
        if name not in name2codepoint:
            self.say("structure", f"The entity &{name[:40]}; is not known: write the character itself.")


def _is_active_address(address: str) -> bool:
    if ":" not in address or address.startswith(("http://", "https://")):
        return False
    return _ACTIVE_ADDRESS.match(address.translate(_WITHOUT_BLANKS)) is not None
