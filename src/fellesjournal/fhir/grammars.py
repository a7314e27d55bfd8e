"""Code systems that are rules of writing: their codes are judged by a grammar, because no list has them all.

    "image/png; q=0.9"  urn:ietf:bcp:13        RFC 2045 section 5.1, the syntax of Content-Type
    "nb-NO"             urn:ietf:bcp:47        RFC 5646 section 2.1, the syntax of a language tag
    "mmol/L"            http://unitsofmeasure.org   UCUM, see fhir.ucum

What is well-formed is accepted: whether somebody has registered the type or the language is not asked.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from fellesjournal.fhir import ucum

MEDIA_TYPES = "urn:ietf:bcp:13"
LANGUAGES = "urn:ietf:bcp:47"

SHORT_FORMATS = frozenset(("xml", "json", "ttl"))
"""What R4 lets stand for its own media types where a program says what it speaks (http.html#mime-type)."""

BY_DOCUMENT = {"http://www.rfc-editor.org/bcp/bcp13.txt": MEDIA_TYPES}
"""Documents that R4 names where a value set should stand (Expression.language), and what they define."""

_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[^"\\\r\n]|\\[^\r\n])*"'
_MEDIA_TYPE = re.compile(rf"{_NAME}/{_NAME}(?:\s*;\s*{_NAME}=(?:{_NAME}|{_QUOTED}))*", re.ASCII)
_PRIVATE = r"x(?:-[a-z0-9]{1,8})+"
_LANGUAGE = re.compile(
    rf"""(?: (?: [a-z]{{2,3}} (?:-[a-z]{{3}}){{0,3}} | [a-z]{{4,8}} )   # language, extended language
             (?: -[a-z]{{4}} )?                                         # script
             (?: -(?:[a-z]{{2}}|[0-9]{{3}}) )?                          # region
             (?: -(?:[a-z0-9]{{5,8}}|[0-9][a-z0-9]{{3}}) )*             # variants
             (?: -[0-9a-wy-z](?:-[a-z0-9]{{2,8}})+ )*                   # extensions
             (?: -{_PRIVATE} )?
           | {_PRIVATE} )""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_IRREGULAR = frozenset(
    [
        *("en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo"),
        *("i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-be-fr", "sgn-be-nl", "sgn-ch-de"),
    ]
)
"""Tags older than the grammar that do not follow it; the other old ones do (RFC 5646, grandfathered)."""


class Grammar(NamedTuple):
    """A code system that is a rule: `names` are what it is called by, `form` is the rule in a sentence."""

    names: tuple[str, ...]
    title: str
    form: str
    accepts: Callable[[str], bool]

    def refusal(self, code: str) -> str:
        """That a code is not written by the rule, and how it is."""
        return f"'{code[:80]}' is none of the {self.title}. {self.form}"


def is_media_type(text: str) -> bool:
    """Whether a text has the syntax of a media type, perhaps with parameters; image/* too."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """Whether a text is a well-formed language tag."""
    return _LANGUAGE.fullmatch(text) is not None or text.lower() in _IRREGULAR


def is_unit(text: str) -> bool:
    """Whether a text is a unit of UCUM."""
    return ucum.parse(text) is not None


_ALL = (
    Grammar(
        (MEDIA_TYPES,),
        "media types (BCP 13)",
        "A media type is written as type/subtype, such as application/pdf or text/plain; charset=utf-8.",
        is_media_type,
    ),
    Grammar(
        (LANGUAGES,),
        "language tags (BCP 47)",
        "A language tag is a language, perhaps with script and region after hyphens: nb, nn-NO or zh-Hant.",
        is_language,
    ),
    Grammar(
        ucum.NAMES,
        "units of UCUM",
        "A unit is listed in UCUM or put together by its grammar: mg, mmol/L or 10*9/L.",
        is_unit,
    ),
)

GRAMMARS: Mapping[str, Grammar] = {name: one for one in _ALL for name in one.names}
"""By every name of the code system."""
