"""Text made comparable: "Øyvind Ås-Hansen" and "oyvind as hansen" are found by each other."""

import html
import re
import unicodedata

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "œ": "oe", "ł": "l", "ħ": "h", "ı": "i"}
)
_SILENT = "'’‘`´.\u02bc"
"""Marks that stand inside a word, as in O'Brien and St.Olav: the word goes on without them."""

_ASCII = str.maketrans({c: None if c in _SILENT else " " for c in map(chr, range(128)) if not c.isalnum()})
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_PHONE = re.compile(r"\+?[\d\s().\-/\u00a0]{4,}", re.ASCII)


def fold(text: str) -> str:
    """The text without regard to case, accents, punctuation and spacing (FHIR R4, search.html#string).

    Norwegian letters fold as they are commonly written without them: å to a, ø to o, æ to ae.
    Folding what is folded changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_ASCII).split())
    spoken = "".join(c for c in text if c not in _SILENT)
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", spoken).casefold())
    kept = (c if c.isalnum() else " " for c in spread.translate(_LETTERS) if unicodedata.category(c) != "Mn")
    return " ".join("".join(kept).split())


def grams(folded: str, path: int) -> list[int]:
    """The distinct runs of three characters of a folded text, each as a 32-bit number; none below three.

    `path` is the number of the element path the text stands at: the same run elsewhere is another number.
    Different runs may share a number: what grams find must be compared again.
    """
    points = [ord(c) & 1023 for c in folded]
    runs = {a << 20 | b << 10 | c for a, b, c in zip(points, points[1:], points[2:], strict=False)}
    return sorted(run ^ path for run in runs)


def plain_text(xhtml: str) -> str:
    """What a person reads in a narrative (Narrative.div): no tags, entities resolved, spaces collapsed."""
    return " ".join(html.unescape(_TAG.sub(" ", xhtml)).split())


def contact_point(value: str) -> str:
    """A telephone number or address of a ContactPoint as it is compared: lower case, numbers unspaced."""
    if _PHONE.fullmatch(value):
        return "".join(c for c in value if c.isdigit() or c == "+")
    return value.lower()
