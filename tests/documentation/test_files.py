"""Files for a note: known by their content, kept with the draft, gone with it."""

import asyncpg
import pytest

from fellesjournal.documentation.answers import parse
from fellesjournal.documentation.files import LARGEST, Attachments, kind_of, titled
from fellesjournal.documentation.store import Drafts, Key
from fellesjournal.errors import Invalid, TooLarge

KEY = Key("ada", "Practitioner/a", "sar")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


async def test_a_file_is_kept_until_its_draft_is_gone(pool: asyncpg.Pool) -> None:
    drafts, files = Drafts(pool), Attachments(pool)
    draft = await drafts.begin(KEY, {})
    text = await files.add(draft, "C:\\bilder\\sår.png", PNG)
    answer = parse({"type": "attachment"}, text)["valueAttachment"]
    assert answer["title"] == "sår.png"
    [file] = (await files.of(draft)).values()
    assert (file["id"], file["contentType"], file["title"]) == (answer["id"], "image/png", "sår.png")
    await drafts.drop(KEY, draft.id)
    assert await files.of(draft) == {}


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<svg onload='x'>", b"GIF89a", b" %PDF-"])
async def test_what_is_no_pdf_or_picture_is_not_taken_in_whatever_it_is_called(
    pool: asyncpg.Pool, content: bytes
) -> None:
    draft = await Drafts(pool).begin(KEY, {})
    with pytest.raises(Invalid):
        await Attachments(pool).add(draft, "sår.png", content)


async def test_what_is_too_large_is_not_taken_in(pool: asyncpg.Pool) -> None:
    draft = await Drafts(pool).begin(KEY, {})
    with pytest.raises(TooLarge):
        await Attachments(pool).add(draft, "stor.png", PNG + b"\0" * LARGEST)


def test_a_file_is_what_its_content_begins_with() -> None:
    assert kind_of(b"%PDF-1.7") == "application/pdf"
    assert kind_of(b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert kind_of(b"") == ""


def test_a_title_is_a_bare_name() -> None:
    assert titled("../../etc/passwd") == "passwd"
    assert titled("  ") == titled("x/") == "fil"
    assert len(titled("a" * 500 + ".png")) == 100
