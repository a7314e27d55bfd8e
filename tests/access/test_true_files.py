"""Files that people and apps send are what they say, whichever way they come."""

import base64
from typing import Any

import msgspec
import pytest

from access.conftest import put
from access.test_door import KARI, NURSE, House, house
from fellesjournal.access.true_files import require_true_files
from fellesjournal.errors import Unprocessable
from record.conftest import bundle, entry

__all__ = ["house"]

Json = dict[str, Any]

PDF, PAGE = b"%PDF-1.7 \n", b"<script>alert(1)</script>"


def data(content: bytes) -> str:
    return base64.b64encode(content).decode()


def letter(content: bytes, kind: str = "application/pdf", **members: Any) -> Json:
    file = {"contentType": kind, "data": data(content)}
    about = {"subject": {"reference": "Patient/kari"}, "author": [{"reference": NURSE.person}]}
    return {
        "resourceType": "DocumentReference",
        "status": "current",
        **about,
        "content": [{"attachment": file}],
        **members,
    }


async def test_one_that_is_not_is_refused_and_told_where(house: House) -> None:
    sent = msgspec.json.encode(letter(PAGE))
    with pytest.raises(Unprocessable) as refused:
        await house.ask(NURSE, "create", "DocumentReference", sent)
    (issue,) = refused.value.issues
    assert issue.expression == "DocumentReference.content[0].attachment"
    assert "application/pdf" in issue.diagnostics
    for spelt in (sent.replace(b"contentType", b"content\\u0054ype"), sent.replace(b"data", b"dat\\u0061")):
        await house.refuses(Unprocessable, NURSE, "create", "DocumentReference", spelt)
    whole = bundle(entry("POST", "DocumentReference", letter(PAGE)))
    await house.refuses(Unprocessable, NURSE, "transact", whole)


async def test_one_that_is_may_be_sent_and_is_not_changed_for_another(house: House) -> None:
    written = await house.ask(NURSE, "create", "DocumentReference", msgspec.json.encode(letter(PDF)))
    id = written.stored.id
    path = "/content/0/attachment/data"
    patch = msgspec.json.encode([{"op": "replace", "path": path, "value": data(PAGE)}])
    await house.refuses(Unprocessable, NURSE, "patch", "DocumentReference", id, patch)
    changed = msgspec.json.encode(letter(PAGE, id=id))
    await house.refuses(Unprocessable, NURSE, "update", "DocumentReference", id, changed)


async def test_what_a_system_brought_in_as_it_was_may_stay_when_the_rest_changes(house: House) -> None:
    await put(house.record, letter(PAGE, id="old"))
    described = msgspec.json.encode(letter(PAGE, id="old", description="Epikrise"))
    await house.ask(NURSE, "update", "DocumentReference", "old", described)
    other = msgspec.json.encode(letter(PAGE + b" ", id="old"))
    await house.refuses(Unprocessable, NURSE, "update", "DocumentReference", "old", other)


async def test_citizens_are_held_to_it_too(house: House) -> None:
    file = {"contentType": "image/png", "data": data(PAGE)}
    answers = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "subject": {"reference": "Patient/kari"},
        "author": {"reference": "Patient/kari"},
        "item": [{"linkId": "1", "answer": [{"valueAttachment": file}]}],
    }
    await house.refuses(Unprocessable, KARI, "create", "QuestionnaireResponse", msgspec.json.encode(answers))


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1", b"%PDF-1.", b"%PDF-1.4", b"%PDF-1.4" * 1000])
@pytest.mark.parametrize("space", ["", " ", "\n"])
def test_base64_is_read_with_its_white_space_and_whatever_its_end(content: bytes, space: str) -> None:
    tree = letter(content)
    file = tree["content"][0]["attachment"]
    file["data"] = space.join(file["data"])
    require_true_files(tree, None)
