"""patch: a small change to the version that is there."""

import pytest

from fellesjournal.errors import Gone, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.record.record import Record
from record.conftest import EVERYONE, body, tree

ACTIVATE = b'[{"op":"add","path":"/active","value":true}]'


@pytest.fixture
async def kari(record: Record) -> Record:
    await record.update("Patient", "kari", body("Patient", id="kari", gender="female"), scope=EVERYONE)
    return record


async def test_a_patch_makes_the_next_version_and_is_found(kari: Record) -> None:
    written = await kari.patch("Patient", "kari", ACTIVATE, scope=EVERYONE)
    assert (written.stored.version, written.stored.method) == (2, "PATCH")
    assert tree(written.stored)["active"] is True
    assert len((await kari.search("Patient", [("active", "true")], scope=EVERYONE)).entries) == 1


async def test_a_patch_that_changes_nothing_makes_no_version(kari: Record) -> None:
    same = b'[{"op":"replace","path":"/gender","value":"female"}]'
    assert not (await kari.patch("Patient", "kari", same, scope=EVERYONE)).changed


async def test_a_patch_of_another_version_is_refused(kari: Record) -> None:
    with pytest.raises(PreconditionFailed):
        await kari.patch("Patient", "kari", ACTIVATE, scope=EVERYONE, if_match=7)


async def test_what_comes_out_of_a_patch_must_be_valid_and_keep_its_id(kari: Record) -> None:
    wrong = b'[{"op":"replace","path":"/gender","value":"x"}]'
    renamed = b'[{"op":"replace","path":"/id","value":"ola"}]'
    with pytest.raises(Unprocessable) as refused:
        await kari.patch("Patient", "kari", wrong, scope=EVERYONE)
    assert refused.value.issues[0].expression == "Patient.gender"
    with pytest.raises(Unprocessable, match="leave the id"):
        await kari.patch("Patient", "kari", renamed, scope=EVERYONE)


async def test_decimals_nobody_touched_keep_their_digits(record: Record) -> None:
    sent = (
        b'{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50}}'
    )
    written = await record.create("Observation", sent, scope=EVERYONE)
    patch = b'[{"op":"replace","path":"/status","value":"amended"}]'
    patched = await record.patch("Observation", written.stored.id, patch, scope=EVERYONE)
    assert b'{"value":1.50}' in (patched.stored.body or b"")


async def test_a_patch_of_what_is_not_there_says_so(kari: Record) -> None:
    with pytest.raises(NotFound):
        await kari.patch("Patient", "nobody", ACTIVATE, scope=EVERYONE)
    await kari.delete("Patient", "kari", scope=EVERYONE)
    with pytest.raises(Gone):
        await kari.patch("Patient", "kari", ACTIVATE, scope=EVERYONE)


async def test_a_patch_by_criteria_needs_exactly_one(kari: Record) -> None:
    written = await kari.patch_where("Patient", [("gender", "female")], ACTIVATE, scope=EVERYONE)
    assert written.stored.id == "kari"
    with pytest.raises(NotFound, match="Nothing matches Patient"):
        await kari.patch_where("Patient", [("gender", "male")], ACTIVATE, scope=EVERYONE)
    await kari.create("Patient", body("Patient", gender="female"), scope=EVERYONE)
    with pytest.raises(PreconditionFailed, match="matches several"):
        await kari.patch_where("Patient", [("gender", "female")], ACTIVATE, scope=EVERYONE)
