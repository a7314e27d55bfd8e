"""The text of files: read in a process of its own, and found beside the resource that holds them."""

import asyncio

import asyncpg
import pytest

from fellesjournal.record.record import Record
from fellesjournal.record.wording import job
from fellesjournal.record.wording.reading import EMPTY, LONGEST_TEXT, READ, UNREADABLE, Reader
from fellesjournal.rollout.region.chart.pdf import pdf
from record.conftest import EVERYONE
from record.wording.charting import find, ids, letter, note, patient, put, read_files, said

SCANNED = pdf("", [], [])
"""Pages without a letter on them."""


async def read(kind: str, *contents: bytes) -> list[tuple[str, str]]:
    reader = Reader()
    done = [await reader.read(kind, content) for content in contents]
    await reader.close()
    return done


@pytest.fixture(autouse=True)
def _pdf() -> None:
    pytest.importorskip("pypdf")


async def test_a_pdf_is_read_a_scanned_one_is_empty_and_a_broken_one_is_told() -> None:
    whole, scanned, broken, after = await read(
        "application/pdf", said("Blåveis på øyet."), SCANNED, b"%PDF-1.4 nothing", said("Enda en.")
    )
    assert whole[0] == READ
    assert "Blåveis på øyet." in whole[1]
    assert (scanned, broken, after[0]) == ((EMPTY, ""), (UNREADABLE, ""), READ)


async def test_plain_text_is_read_in_either_encoding_and_a_script_is_not_read() -> None:
    texts = await read("text/plain", "blåveis".encode(), "blåveis".encode("cp1252"), b"\0\0")
    assert texts == [(READ, "blåveis"), (READ, "blåveis"), (EMPTY, "")]
    page = b"<p>Hei <b>du</b></p><script>alert(1)</script><style>p {}</style> der"
    assert await read("text/html", page) == [(READ, "Hei\ndu\nder")]
    assert len((await read("text/plain", b"ord " * 500_000))[0][1]) <= LONGEST_TEXT


async def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    reader = Reader(0.0)
    assert await reader.read("text/plain", b"feber") == (UNREADABLE, "")
    reader._timeout = 20
    assert await reader.read("text/plain", b"hoste") == (READ, "hoste")
    await reader.close()


async def test_a_child_that_dies_takes_one_file_with_it() -> None:
    reader = Reader()
    assert (await reader.read("text/plain", b"feber"))[0] == READ
    assert reader._child is not None
    reader._child.kill()
    await reader._child.wait()
    assert (await reader.read("text/plain", b"feber"))[0] == UNREADABLE
    assert (await reader.read("text/plain", b"feber"))[0] == READ
    await reader.close()


async def test_a_letter_is_found_by_its_text_once_it_is_read(record: Record, pool: asyncpg.Pool) -> None:
    await put(record, patient(), letter("brev", said("Søvnapné påvist.")))
    assert await ids(record, pool, "søvnapné") == []
    await read_files(pool)
    [found] = (await find(record, pool, "søvnapne")).finds
    assert found.in_file
    assert "Søvnapné" in [piece.text for piece in found.sentence if piece.is_hit]
    [file] = (await record.written(found.stored, scope=EVERYONE)).files
    assert file.state == READ
    assert await ids(record, pool, "epikrise påvist") == ["brev"]


async def test_another_file_in_the_same_words_is_read_anew(record: Record, pool: asyncpg.Pool) -> None:
    await put(record, patient(), letter("brev", said("Søvnapné.")))
    await read_files(pool)
    await put(record, letter("brev", said("Astma.")))
    assert (await find(record, pool, "mareritt")).waiting == 1
    await read_files(pool)
    assert (await ids(record, pool, "søvnapné"), await ids(record, pool, "astma")) == ([], ["brev"])
    await record.delete("DocumentReference", "brev", scope=EVERYONE)
    assert await ids(record, pool, "astma") == []
    assert await pool.fetchval("select count(*) from file_text") == 0


async def test_what_was_read_of_a_letter_that_was_changed_meanwhile_is_dropped(
    record: Record, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(record, patient(), letter("brev", b"feber", "text/plain"))
    reader = Reader()
    real = reader.read

    async def late(kind: str, content: bytes) -> tuple[str, str]:
        monkeypatch.setattr(reader, "read", real)
        await put(record, letter("brev", b"hoste", "text/plain"))
        return await real(kind, content)

    monkeypatch.setattr(reader, "read", late)
    async with pool.acquire() as connection:
        while await job.read_waiting(connection, reader):
            pass
    await reader.close()
    assert (await ids(record, pool, "feber"), await ids(record, pool, "hoste")) == ([], ["brev"])


async def test_broken_base64_and_what_only_looks_like_a_file_do_not_wait_for_ever(
    record: Record, pool: asyncpg.Pool
) -> None:
    await put(record, patient(), note("n", "Han sendte en application/pdf i går."))
    await put(record, letter("brev", b"x", "text/plain"))
    await pool.execute(
        "update resource set body = convert_to(replace(convert_from(body, 'utf8'), 'eA==', '!!'), 'utf8')"
    )
    await read_files(pool)
    assert await pool.fetchval("select count(*) from index_word where waiting") == 0
    assert await pool.fetchval("select state from file_text") == UNREADABLE.encode()


async def test_one_process_reads_for_all(
    record: Record, pool: asyncpg.Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "EVERY", 0.02)
    await put(record, patient(), letter("brev", b"feber", "text/plain"))

    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(database_url)

    async with job.reading(connect), job.reading(connect), asyncio.timeout(20):
        while not await ids(record, pool, "feber"):  # noqa: ASYNC110 - another task reads
            await asyncio.sleep(0.05)
