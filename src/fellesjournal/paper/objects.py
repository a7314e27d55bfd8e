"""The outer form of a PDF file (ISO 32000-1, 7.5): numbered objects, and where each begins."""

import hashlib
import zlib


class Objects:
    """The objects of one file; each is known by its number, from 1."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = []

    def reserve(self) -> int:
        """A number whose object is put later."""
        self._bodies.append(b"null")
        return len(self._bodies)

    def put(self, number: int, body: bytes) -> None:
        """The object of a number that was reserved."""
        self._bodies[number - 1] = body

    def add(self, body: bytes) -> int:
        """One more object. Returns its number."""
        number = self.reserve()
        self.put(number, body)
        return number

    def stream(self, content: bytes) -> int:
        """One more object: packed bytes. Returns its number."""
        packed = zlib.compress(content, 9)
        return self.add(b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed))

    def file(self, root: int, info: int) -> bytes:
        """The file; its id follows from its content."""
        parts, places = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"], []
        at = len(parts[0])
        for number, body in enumerate(self._bodies, 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            places.append(at)
            parts.append(part)
            at += len(part)
        id = hashlib.sha256(b"".join(parts)).hexdigest()[:32].encode()
        table = b"".join(b"%010d 00000 n \n" % place for place in places)
        size = len(places) + 1
        parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table))
        named = b"/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (root, info, id, id)
        parts.append(b"trailer<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (size, named, at))
        return b"".join(parts)


def text(value: str) -> bytes:
    """A text string of any letters (7.9.2.2)."""
    return b"<%b>" % ("\ufeff" + value).encode("utf-16-be").hex().encode()


def string(value: bytes) -> bytes:
    """A string of bytes as it stands in a page (7.3.4.2)."""
    for sign in (b"\\", b"(", b")"):
        value = value.replace(sign, b"\\" + sign)
    return b"(%b)" % value
