"""Each kind of token that does not hold is refused with its own reason."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.access.single_use import SingleUse
from fellesjournal.signin.openid import id_token, logout_token, token
from fellesjournal.signin.openid.refusal import Reason, Refused
from signin import providers
from signin.tokens import CLIENT, Keys, signed, times

KEY, OTHER = providers.new_key("k1", "PS256"), providers.new_key("k1", "PS256")
NONCE, ACCESS = "n-0S6", "access-token"


AT = int(time.time())
"""The second at which everything here happens, however long the tests take."""
NOW = datetime.fromtimestamp(AT, UTC)


async def refusal_of(
    claims: dict[str, Any], key: str = KEY, after: datetime | None = None, **header: Any
) -> str:
    """Why an ID token with these claims is refused; "" when it is taken."""
    whole = times(AT, aud=CLIENT, sub="someone", nonce=NONCE, auth_time=AT) | claims
    try:
        found = await token.verified(signed(key, whole, **header), Keys(KEY).discovery())
        id_token.check(found, CLIENT, NONCE, ACCESS, NOW, after)
    except Refused as refused:
        return refused.reason
    return ""


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({}, ""),
        ({"aud": [CLIENT]}, ""),
        ({"at_hash": id_token.half_hash(ACCESS, "PS256")}, ""),
        ({"exp": AT - 30, "iat": AT - 200}, ""),
        ({"iat": AT + 30}, ""),
        ({"exp": AT - 600, "iat": AT - 900}, Reason.EXPIRED),
        ({"iat": AT + 600, "exp": AT + 900}, Reason.NOT_YET),
        ({"nbf": AT + 600}, Reason.NOT_YET),
        ({"iat": AT - 3600}, Reason.TOO_OLD),
        ({"iss": "https://evil.example"}, Reason.ISSUER),
        ({"aud": "other"}, Reason.AUDIENCE),
        ({"aud": None}, Reason.AUDIENCE),
        ({"aud": [CLIENT, "other"]}, Reason.PARTY),
        ({"aud": [CLIENT, "other"], "azp": CLIENT}, Reason.PARTY),
        ({"azp": "other"}, Reason.PARTY),
        ({"nonce": "of another sign-in"}, Reason.NONCE),
        ({"nonce": None}, Reason.NONCE),
        ({"at_hash": id_token.half_hash("another", "PS256")}, Reason.HASH),
        ({"sub": None}, Reason.SUBJECT),
        ({"sub": ""}, Reason.SUBJECT),
        ({"exp": None}, Reason.MALFORMED),
        ({"exp": "tomorrow"}, Reason.MALFORMED),
        ({"iat": True}, Reason.MALFORMED),
    ],
)
async def test_an_id_token_is_held_to_every_rule(claims: dict[str, Any], reason: str) -> None:
    assert await refusal_of(claims) == reason


async def test_an_id_token_signed_otherwise_is_refused() -> None:
    assert await refusal_of({}, OTHER) == Reason.SIGNATURE
    assert await refusal_of({}, providers.new_key("k9", "ES256")) == Reason.UNKNOWN_KEY
    assert await refusal_of({}, providers.new_key("k1", "ES256")) in (Reason.MALFORMED, Reason.SIGNATURE)


@pytest.mark.parametrize("algorithm", ["none", "HS256", "", "PS256 "])
def test_an_algorithm_that_does_not_count_is_refused_before_any_key_is_looked_for(algorithm: str) -> None:
    from base64 import urlsafe_b64encode

    head = urlsafe_b64encode(b'{"alg":"%s","kid":"k1"}' % algorithm.encode()).rstrip(b"=").decode()
    with pytest.raises(Refused) as refused:
        token.header_of(f"{head}.e30.c2ln")
    assert refused.value.reason is Reason.ALGORITHM


@given(
    st.text(max_size=60) | st.from_regex(r"[A-Za-z0-9_\-]{0,20}\.[A-Za-z0-9_\-]{0,20}\.[A-Za-z0-9_\-]{0,20}")
)
def test_whatever_is_no_token_is_a_refusal_and_never_a_crash(text: str) -> None:
    with pytest.raises(Refused):
        token.header_of(text)


async def test_a_reopening_must_be_a_new_proof_of_who_it_is() -> None:
    assert await refusal_of({"auth_time": AT}, after=NOW - timedelta(seconds=5)) == ""
    assert await refusal_of({"auth_time": AT - 600}, after=NOW) == Reason.STALE_SIGN_IN
    assert await refusal_of({"auth_time": None}, after=NOW) == Reason.STALE_SIGN_IN


async def test_a_new_key_is_found_and_invented_keys_do_not_hammer_the_provider() -> None:
    new = providers.new_key("k2", "ES256")
    clock = [0.0]
    keys = Keys(KEY)
    discovery = keys.discovery(clock=lambda: clock[0])
    assert (await discovery.key("k1")).kid == "k1"
    keys.keys = [new]
    for _ in range(5):
        with pytest.raises(Refused) as refused:
            await discovery.key("k2")
        assert refused.value.reason is Reason.UNKNOWN_KEY
    assert keys.asked.count("/keys") == 1
    clock[0] += 31
    assert (await discovery.key("k2")).kid == "k2"
    assert keys.asked.count("/keys") == 2
    with pytest.raises(Refused):
        await discovery.key("k1")


async def test_a_provider_that_goes_down_is_known_from_before_and_otherwise_told_of() -> None:
    clock = [0.0]
    keys = Keys(KEY)
    known, unknown = keys.discovery(clock=lambda: clock[0]), keys.discovery()
    await known.key("k1")
    keys.up = False
    clock[0] += 4000
    assert (await known.key("k1")).kid == "k1"
    with pytest.raises(Refused) as refused:
        await unknown.key("k1")
    assert refused.value.reason is Reason.DOWN


async def test_the_description_of_another_issuer_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        await Keys(KEY, issuer="https://evil.example").discovery().key("k1")
    assert refused.value.reason is Reason.ISSUER


EVENTS: dict[str, Any] = {logout_token.EVENT: {}}


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({}, ""),
        ({"sid": None}, ""),
        ({"sub": None}, ""),
        ({"sub": None, "sid": None}, Reason.MALFORMED),
        ({"jti": None}, Reason.MALFORMED),
        ({"events": None}, Reason.EVENT),
        ({"events": {"other": {}}}, Reason.EVENT),
        ({"nonce": "x"}, Reason.EVENT),
        ({"aud": "other"}, Reason.AUDIENCE),
        ({"exp": AT - 600, "iat": AT - 700}, Reason.EXPIRED),
        ({"iat": AT - 3600}, Reason.TOO_OLD),
        ({"iss": "https://evil.example"}, Reason.ISSUER),
    ],
)
async def test_a_logout_token_is_held_to_every_rule_and_used_once(
    claims: dict[str, Any], reason: str, pool: asyncpg.Pool
) -> None:
    whole = times(AT, aud=CLIENT, sub="someone", sid="s-1", events=EVENTS) | claims
    text, issuer, once = (
        signed(KEY, whole, typ="logout+jwt"),
        Keys(KEY).discovery(),
        SingleUse(pool, clock=lambda: NOW),
    )
    if reason:
        with pytest.raises(Refused) as refused:
            await logout_token.read(text, issuer, CLIENT, NOW, once)
        assert refused.value.reason == reason
        return
    found = await logout_token.read(text, issuer, CLIENT, NOW, once)
    assert found == (whole["sub"] or "", whole["sid"] or "")
    with pytest.raises(Refused) as refused:
        await logout_token.read(text, issuer, CLIENT, NOW, SingleUse(pool, clock=lambda: NOW))
    assert refused.value.reason is Reason.REPLAYED


async def test_an_id_token_is_no_logout_token(pool: asyncpg.Pool) -> None:
    text = signed(KEY, times(AT, aud=CLIENT, sub="someone", nonce=NONCE))
    with pytest.raises(Refused) as refused:
        await logout_token.read(text, Keys(KEY).discovery(), CLIENT, NOW, SingleUse(pool, clock=lambda: NOW))
    assert refused.value.reason is Reason.EVENT
