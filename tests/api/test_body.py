import asyncio
import gzip
from typing import Any

import pytest

from fellesjournal.api import body
from fellesjournal.api.faults import TimedOut, UnsupportedMediaType
from fellesjournal.api.options import Options
from fellesjournal.errors import Invalid, TooLarge

CORRUPT = gzip.compress(b"{}")[:10] + b"\xff" * 30
SMALL = Options(largest_body=1_000, body_timeout=0.05)


def arriving(*parts: bytes, then: str = "end") -> Any:
    """A receive channel that delivers the parts, then ends, hangs or is closed by the client."""
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    if then == "end":
        messages.append({"type": "http.request", "body": b"", "more_body": False})
    elif then == "gone":
        messages.append({"type": "http.disconnect"})

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop(0)
        await asyncio.Event().wait()
        raise AssertionError

    return receive


async def test_parts_are_put_together() -> None:
    assert await body.read(arriving(b"{", b"}"), {}, SMALL) == b"{}"


async def test_too_much_is_refused_before_it_is_read_when_announced() -> None:
    with pytest.raises(TooLarge):
        await body.read(arriving(then="hang"), {b"content-length": b"1001"}, SMALL)


@pytest.mark.parametrize("announced", [b"abc", b"-1", b""])
async def test_a_length_that_is_no_number_is_refused(announced: bytes) -> None:
    with pytest.raises(Invalid):
        await body.read(arriving(b"{}"), {b"content-length": announced}, SMALL)


async def test_too_much_is_refused_while_it_streams() -> None:
    with pytest.raises(TooLarge):
        await body.read(arriving(*[b"x" * 300] * 4, then="hang"), {}, SMALL)


async def test_gzip_is_read() -> None:
    packed = gzip.compress(b'{"resourceType":"Patient"}')
    assert (
        await body.read(arriving(packed), {b"content-encoding": b"gzip"}, SMALL)
        == b'{"resourceType":"Patient"}'
    )


@pytest.mark.parametrize(
    "packed",
    [b"junk", gzip.compress(b"{}" * 40)[:-9], b"", gzip.compress(b"{}") + b"more", CORRUPT],
    ids=["not gzip", "cut", "empty", "with more behind", "corrupt"],
)
async def test_broken_gzip_is_refused(packed: bytes) -> None:
    with pytest.raises(Invalid):
        await body.read(arriving(packed), {b"content-encoding": b"gzip"}, SMALL)


async def test_a_gzip_bomb_does_not_unfold() -> None:
    packed = gzip.compress(b"0" * 500_000)
    assert len(packed) < 1_000
    with pytest.raises(TooLarge):
        await body.read(arriving(packed), {b"content-encoding": b"gzip"}, SMALL)


async def test_other_encodings_are_refused() -> None:
    with pytest.raises(UnsupportedMediaType, match="br"):
        await body.read(arriving(b"x"), {b"content-encoding": b"br"}, SMALL)


async def test_a_slow_client_is_cut_off() -> None:
    with pytest.raises(TimedOut, match="nothing was stored"):
        await body.read(arriving(b"{", then="hang"), {}, SMALL)


async def test_a_client_that_hangs_up_is_noticed() -> None:
    with pytest.raises(Invalid, match="ended before"):
        await body.read(arriving(b"{", then="gone"), {}, SMALL)
