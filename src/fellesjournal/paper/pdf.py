"""A document as a tagged PDF 1.7 file (ISO 32000-1): its bytes depend on the document alone.

It is not PDF/UA (ISO 14289-1), which wants fonts in the file: those used here are the reader's own.
"""

from fellesjournal.paper import drawing
from fellesjournal.paper.document import Document
from fellesjournal.paper.letters import Letters
from fellesjournal.paper.objects import Objects, text
from fellesjournal.paper.setting import HEIGHT, WIDTH, Setting
from fellesjournal.paper.tags import tree

_FONTS = {"R": "Helvetica", "B": "Helvetica-Bold"}


def pdf(document: Document) -> bytes:
    """The file's bytes."""
    letters = Letters()
    setting = Setting(letters)
    for block in document.blocks:
        setting.set(block)
    if document.footer:
        setting.foot(document.footer)
    objects = Objects()
    root, above = objects.reserve(), objects.reserve()
    resources = objects.add(f"<</Font<<{_fonts(objects, letters)}>>>>".encode())
    pages = [
        _page(objects, above, resources, b"\n".join(content), number)
        for number, content in enumerate(setting.pages)
    ]
    kids = " ".join(f"{one} 0 R" for one in pages)
    objects.put(above, f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode())
    read = tree(objects, setting.document, pages)
    told = b"/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/Lang%b" % text(
        document.language
    )
    objects.put(root, b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R%b>>" % (above, read, told))
    info = objects.add(b"<</Title%b/Producer%b>>" % (text(document.title), text("Fellesjournal")))
    return objects.file(root, info)


def _page(objects: Objects, above: int, resources: int, content: bytes, number: int) -> int:
    stream = objects.stream(content)
    body = (
        f"<</Type/Page/Parent {above} 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources {resources} 0 R"
        f"/Contents {stream} 0 R/StructParents {number}/Tabs/S>>"
    )
    return objects.add(body.encode())


def _fonts(objects: Objects, letters: Letters) -> str:
    """The fonts by the names that pages know them by; those beside WinAnsi only where they are used."""
    named = {}
    for name, base in _FONTS.items():
        plain = f"<</Type/Font/Subtype/Type1/BaseFont/{base}/Encoding/WinAnsiEncoding>>"
        named[name] = objects.add(plain.encode())
    if letters.beside:
        named |= drawing.fonts(objects, letters.beside, _FONTS)
    return "".join(f"/{name} {number} 0 R" for name, number in named.items())
