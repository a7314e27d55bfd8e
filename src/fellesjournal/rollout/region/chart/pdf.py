"""A plain letter as a PDF 1.4 file (ISO 32000-1): one font that every reader has, no compression.

Its bytes depend on the text alone, with no date or id of its own, as a region's must.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap

WIDTH, TOP, LEADING, LINES = 92, 790, 14, 52
"""Characters in a line, where the first line stands, points between lines, lines on a page."""


def pdf(title: str, lines: Sequence[str], sections: Sequence[tuple[str, str]]) -> bytes:
    """The letter's bytes. Text is WinAnsi: a character it lacks becomes a question mark."""
    rows = list(_rows(title, lines, sections))
    pages = [rows[at : at + LINES] for at in range(0, len(rows), LINES)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, page in enumerate(pages):
        resources = f"/Resources<</Font<</F 3 0 R>>>>/Contents {5 + 2 * number} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{resources}>>".encode())
        content = _content(page)
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
    return _file(objects)


def _rows(title: str, lines: Sequence[str], sections: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from (title, "", *lines, "")
    for heading, text in sections:
        yield heading.upper()
        for paragraph in text.split("\n\n"):
            yield from wrap(paragraph, WIDTH)
            yield ""


def _content(rows: Sequence[str]) -> bytes:
    shown = [f"({_escaped(row)})'" for row in rows]
    return f"BT/F 10 Tf {LEADING} TL 60 {TOP} Td {' '.join(shown)} ET".encode("cp1252", "replace")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _file(objects: Sequence[bytes]) -> bytes:
    parts, places, at = [b"%PDF-1.4\n"], [], 9
    for number, one in enumerate(objects, 1):
        part = b"%d 0 obj%b\nendobj\n" % (number, one)
        places.append(at)
        parts.append(part)
        at += len(part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table))
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, at))
    return b"".join(parts)
