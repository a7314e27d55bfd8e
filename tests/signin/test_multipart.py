"""Forms with files, as browsers send them."""

import httpx
from hypothesis import example, given
from hypothesis import strategies as st

from fellesjournal.signin.multipart import File, read


def sent(fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[str, bytes]:
    request = httpx.Request("POST", "http://127.0.0.1/", data=fields, files=files)
    return request.headers["content-type"], request.read()


@example(b"\r\n", "").via("line ends at the end of a file")
@example(b"a\n\r\n\n", "").via("line ends at the end of a file")
@example(bytes(range(256)) * 40, "--").via("every byte")
@given(st.binary(min_size=1), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_fields_and_files_arrive_as_they_were_sent(content: bytes, text: str) -> None:
    fields, files = read(*sent({"a:0": text, "bevis": "x"}, {"fil/b:0": ("sår.png", content)}))
    assert fields == {"a:0": text, "bevis": "x"}
    assert files == {"fil/b:0": File("sår.png", content)}


def test_an_empty_file_field_is_no_file() -> None:
    empty = b'--x\r\nContent-Disposition: form-data; name="fil"; filename=""\r\n\r\n\r\n--x--\r\n'
    assert read("multipart/form-data; boundary=x", empty) == ({}, {})


@given(st.binary())
def test_what_is_no_form_has_nothing_in_it(body: bytes) -> None:
    for content_type in ("multipart/form-data", "multipart/form-data; boundary=xyzzy", "text/plain"):
        assert read(content_type, body) == ({}, {})
