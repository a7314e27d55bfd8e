"""A file is told by its beginning, where its kind has one."""

import pytest

from fellesjournal.fhir.file_kinds import is_what_it_says

PDF, PNG, JPEG = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe0"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TRUE = {
    "application/pdf": PDF,
    "Application/PDF; version=1.7": b"\r\n" + PDF,
    "image/png": PNG,
    "image/jpeg": JPEG,
    "image/jpg": JPEG,
    "image/gif": b"GIF89a\1\0",
    "image/tiff": b"MM\0*",
    "image/webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "application/dicom": b"\0" * 128 + b"DICM",
    "application/zip": b"PK\5\6",
    DOCUMENT: b"PK\3\4",
    "application/vnd.oasis.opendocument.text": b"PK\3\4",
    "application/msword": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "application/rtf": b"{\\rtf1",
    "text/plain; charset=utf-8": "Blåbær".encode(),
    "text/xml": "<a/>".encode("utf-16"),
}


@pytest.mark.parametrize("kind", TRUE)
def test_a_file_is_of_its_kind_and_nothing_else_is(kind: str) -> None:
    assert is_what_it_says(kind, TRUE[kind])
    assert not is_what_it_says(kind, b"MZ\x90\0\3\0\0\0")


def test_nothing_is_known_of_kinds_that_have_no_beginning_of_their_own() -> None:
    assert is_what_it_says("application/octet-stream", b"MZ")
    assert is_what_it_says("application/fhir+json", b"")
    assert is_what_it_says("text/plain", b"")
    assert not is_what_it_says("image/png", b"")
