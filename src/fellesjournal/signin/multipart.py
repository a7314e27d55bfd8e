"""A form with files in it (RFC 7578), read with the parser for mail that Python has."""

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from typing import NamedTuple

KIND = "multipart/form-data"


class File(NamedTuple):
    """A file that was sent: the name that its sender gives it, and what is in it."""

    name: str
    content: bytes


def read(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, File]]:
    """The fields and the files of a form, by name; a file field that was left empty is none. What is no form
    has neither."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    fields: dict[str, str] = {}
    files: dict[str, File] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        title = part.get_filename()
        if title is None:
            fields[name] = content.decode("utf-8", "replace")
        elif content:
            files[name] = File(title, content)
    return fields, files
