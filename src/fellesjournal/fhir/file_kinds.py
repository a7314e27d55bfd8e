"""By what files of the kinds that people send begin: one that is called otherwise than what it is, is found.

The beginnings are those of the formats' own specifications: ISO 32000 (PDF), ISO 15948 (PNG), ITU-T T.81
(JPEG), GIF89a, TIFF 6.0, RFC 9649 (WebP), DICOM PS3.10, APPNOTE.TXT (ZIP, of which the documents of ISO 29500
and ISO 26300 are made), MS-CFB (older documents), and Rich Text Format 1.9. Text has no zero bytes, unless it
says to be UTF-16.
"""

from collections.abc import Callable

LOOKED_AT = 1024
"""Bytes at the beginning of a file that its kind is told by: readers take a PDF that begins within them."""

Test = Callable[[bytes], bool]


def _begins(*beginnings: bytes) -> Test:
    return lambda content: content.startswith(beginnings)


def _is_text(content: bytes) -> bool:
    return b"\0" not in content or content.startswith((b"\xff\xfe", b"\xfe\xff"))


_OLE = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_ZIP = _begins(b"PK\x03\x04", b"PK\x05\x06")
_TESTS: dict[str, Test] = {
    "application/pdf": lambda content: b"%PDF-" in content,
    "image/png": _begins(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": _begins(b"\xff\xd8\xff"),
    "image/jpg": _begins(b"\xff\xd8\xff"),
    "image/gif": _begins(b"GIF87a", b"GIF89a"),
    "image/tiff": _begins(b"II*\0", b"MM\0*"),
    "image/webp": lambda content: content[:4] == b"RIFF" and content[8:12] == b"WEBP",
    "application/dicom": lambda content: content[128:132] == b"DICM",
    "application/zip": _ZIP,
    "application/msword": _OLE,
    "application/vnd.ms-excel": _OLE,
    "application/vnd.ms-powerpoint": _OLE,
    "application/rtf": _begins(b"{\\rtf"),
    "text/rtf": _begins(b"{\\rtf"),
}
_FAMILIES: tuple[tuple[str, Test], ...] = (
    ("application/vnd.openxmlformats-officedocument.", _ZIP),
    ("application/vnd.oasis.opendocument.", _ZIP),
    ("text/", _is_text),
)


def is_what_it_says(kind: str, beginning: bytes) -> bool:
    """Whether content may be of the media type that it is sent as, by its first LOOKED_AT bytes (fewer when
    it is shorter). Of a type that is not told by its beginning nothing is known: True.
    """
    plain = kind.partition(";")[0].strip().lower()
    test = _TESTS.get(plain)
    if test is None:
        test = next((one for family, one in _FAMILIES if plain.startswith(family)), None)
    return test is None or test(beginning)
