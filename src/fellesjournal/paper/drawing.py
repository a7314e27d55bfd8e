"""Letters that the usual fonts lack, put together of what they have (Type 3 fonts: ISO 32000-1, 9.6.5).

Readers have no more of Helvetica than Adobe's standard letters. The c of "č" is there, and the caron; the
strokes of "đ" and "ŧ" and the hook of "ŋ" are drawn. A letter that cannot be made is an open box: it is seen
that something stands there, and what it is can be copied and read aloud.
"""

from collections.abc import Mapping
from unicodedata import normalize

from fellesjournal.paper.letters import MADE_OF, advance
from fellesjournal.paper.objects import Objects, string

_MARKS = {
    **{0x301: 194, 0x300: 193, 0x302: 195, 0x303: 196, 0x304: 197, 0x306: 198, 0x307: 199, 0x308: 200},
    **{0x30A: 202, 0x327: 203, 0x326: 203, 0x30B: 205, 0x328: 206, 0x30C: 207},
}
"""Accents as Unicode adds them to a letter: codes in Adobe's standard encoding (ISO 32000-1, D.2)."""
_BELOW = (0x327, 0x326, 0x328)
_WHOLE = {"Ł": 232, "ł": 248, "ı": 245}
_MARK_WIDE, _RAISED = 333, 195
"""How wide an accent is, and how much higher it stands on a capital."""
_BARS = {"đ": (270, 575, 290, 55), "Đ": (5, 335, 340, 65), "ŧ": (10, 230, 258, 55), "Ŧ": (120, 330, 370, 65)}
"""Strokes: left, bottom, width and height."""
_HOOKS = {"ŋ": 450, "Ŋ": 605}
"""Where the last stem of the letter is, from which a hook goes down."""


def fonts(objects: Objects, letters: Mapping[int, str], bases: Mapping[str, str]) -> dict[str, int]:
    """One font of such letters, by code, beside each of the `bases` ({"R": "Helvetica"}). Returns their
    numbers, {"Rx": 12}."""
    read = objects.stream(_unicode(letters))
    return {f"{name}x": _font(objects, letters, base, read, bold=name == "B") for name, base in bases.items()}


def _font(objects: Objects, letters: Mapping[int, str], base: str, read: int, *, bold: bool) -> int:
    usual, marks = (
        objects.add(f"<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/{encoding}>>".encode())
        for encoding in ("WinAnsiEncoding", "StandardEncoding")
    )
    codes = sorted(letters)
    drawn = "".join(f"/g{code} {objects.stream(_drawn(letters[code], bold=bold))} 0 R" for code in codes)
    widths = " ".join(str(advance(letters[code], bold=bold)) for code in codes)
    names = "".join(f"/g{code}" for code in codes)
    body = (
        f"<</Type/Font/Subtype/Type3/FontBBox[0 -250 1000 1000]/FontMatrix[.001 0 0 .001 0 0]"
        f"/CharProcs<<{drawn}>>/Encoding<</Type/Encoding/Differences[{codes[0]}{names}]>>"
        f"/FirstChar {codes[0]}/LastChar {codes[-1]}/Widths[{widths}]/ToUnicode {read} 0 R"
        f"/Resources<</Font<</U {usual} 0 R/S {marks} 0 R>>>>>>"
    )
    return objects.add(body.encode())


def _drawn(sign: str, *, bold: bool) -> bytes:
    """How a letter is drawn, in thousandths of its size."""
    wide = advance(sign, bold=bold)
    head = b"%d 0 d0 " % wide
    if sign in _WHOLE:
        return head + _shown("S", bytes([_WHOLE[sign]]))
    if sign in _BARS:
        return head + _shown("U", MADE_OF[sign].encode()) + b" %d %d %d %d re f" % _BARS[sign]
    if sign in _HOOKS:
        return head + _shown("U", MADE_OF[sign].encode()) + _hook(_HOOKS[sign], 80 + 30 * bold)
    apart = normalize("NFD", sign)
    base, marks = apart[0], [*map(ord, apart[1:])]
    if not base.isascii() or not base.isalpha() or any(mark not in _MARKS for mark in marks):
        return head + b"40 w 60 0 %d 700 re S" % (wide - 120)
    place = (wide - _MARK_WIDE) // 2
    shown = [
        _shown("S", bytes([_MARKS[mark]]), place, _RAISED if base.isupper() and mark not in _BELOW else 0)
        for mark in marks
    ]
    return head + b" ".join([_shown("U", base.encode()), *shown])


def _shown(font: str, code: bytes, x: int = 0, y: int = 0) -> bytes:
    return b"BT /%b 1000 Tf %d %d Td %b Tj ET" % (font.encode(), x, y, string(code))


def _hook(x: int, thick: int) -> bytes:
    """From the foot of a stem down and to the left."""
    return b" %d w %d 20 m %d -140 %d -180 %d -180 c S" % (thick, x, x, x - 20, x - 150)


def _unicode(letters: Mapping[int, str]) -> bytes:
    """Which letters the codes stand for (9.10.3)."""
    rows = [f"<{code:02X}><{ord(sign):04X}>" for code, sign in sorted(letters.items())]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    shown = "\n".join(f"{len(one)} beginbfchar\n" + "\n".join(one) + "\nendbfchar" for one in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CMapName /Beside def /CMapType 2 def\n"
        f"1 begincodespacerange\n<00><FF>\nendcodespacerange\n{shown}\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
