"""Letters as bytes of PDF's strings, and how wide they are.

Two of the fonts that every reader has (ISO 32000-1, 9.6.2.2) are used: Helvetica and Helvetica-Bold. What
WinAnsi has is written in it; all else, the letters of Sámi among it, in a font beside it (drawing.py) whose
codes are given out as letters come. The widths are those of Adobe's metrics (Core14_AFMs).
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from unicodedata import normalize

_FIRST, _LAST, _LARGEST = 33, 255, 0xFFFF
_DIGITS = (556,) * 10
_PLAIN = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, *_DIGITS),
    *(278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556),
    *(556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556),
    *(500, 722, 500, 500, 500, 334, 260, 334, 584),
)
_BOLD = (
    *(278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, *_DIGITS),
    *(333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833),
    *(722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556),
    *(611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611),
    *(556, 778, 556, 556, 500, 389, 280, 389, 584),
)
_WIDE = {"æ": 889, "Æ": 1000, "ø": 611, "Ø": 778, "—": 1000, "…": 1000, "•": 350}
_USUAL = 611
"""Of a letter whose width is not known: rather too much, so that no line is too long."""
MADE_OF = {"đ": "d", "Đ": "D", "ŧ": "t", "Ŧ": "T", "ŋ": "n", "Ŋ": "N", "ł": "l", "Ł": "L", "ı": "i"}
"""Letters that are another letter with a stroke or a hook, or without its dot."""


@lru_cache(maxsize=4_096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is, in points."""
    return sum(advance(sign, bold=bold) for sign in text) * size / 1_000


def advance(sign: str, *, bold: bool = False) -> int:
    """How wide a letter is, in thousandths of the size."""
    table = _BOLD if bold else _PLAIN
    base = ord(MADE_OF.get(sign) or normalize("NFD", sign)[0])
    return _WIDE.get(sign) or (table[base - 32] if 32 <= base < 127 else _USUAL)


def wrapped(text: str, room: float, size: float, *, bold: bool = False) -> Iterator[str]:
    """A text as lines that are no wider than `room` points; a word that is wider is broken."""
    for part in text.split("\n"):
        line = ""
        for word in part.split():
            longer = f"{line} {word}" if line else word
            if width(longer, size, bold=bold) <= room:
                line = longer
                continue
            if line:
                yield line
            line = word
            while width(line, size, bold=bold) > room:
                fits = _fitting(line, room, size, bold=bold)
                yield line[:fits]
                line = line[fits:]
        yield line


def _fitting(word: str, room: float, size: float, *, bold: bool) -> int:
    """How many letters of a word fit, one at least."""
    return next((at for at in range(len(word), 1, -1) if width(word[:at], size, bold=bold) <= room), 1)


class Letters:
    """Gives out the codes of letters that WinAnsi lacks; the first 223 of a document have one each."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def runs(self, text: str) -> Iterator[tuple[bool, bytes]]:
        """A text in pieces of one font each: whether it is the font beside WinAnsi, and the bytes. A letter
        that no code is left for is a question mark.
        """
        shown = filter(str.isprintable, normalize("NFC", text))
        coded = map(self._coded, shown)
        for beside, pieces in groupby(coded, key=lambda one: one[0]):
            yield beside, b"".join(code for _, code in pieces)

    def _coded(self, sign: str) -> tuple[bool, bytes]:
        try:
            return False, sign.encode("cp1252")
        except UnicodeEncodeError:
            pass
        is_full = len(self._codes) > _LAST - _FIRST
        if (is_full and sign not in self._codes) or ord(sign) > _LARGEST:
            return False, b"?"
        return True, bytes([self._codes.setdefault(sign, _FIRST + len(self._codes))])

    @property
    def beside(self) -> Mapping[int, str]:
        """The letters of the font beside WinAnsi, by code."""
        return {code: sign for sign, code in self._codes.items()}
