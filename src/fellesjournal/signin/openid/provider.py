"""An identity provider as this site knows it: who it is, who we are to it, and what it must vouch for."""

import json
from dataclasses import dataclass, field
from typing import Any, Literal

from joserfc import errors, jwk

from fellesjournal.errors import Invalid

ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
"""Signatures that count, for tokens and proofs: those of HelseID. Never "none", never a shared secret."""

ORGANISATION_NUMBERS = "urn:oid:1.0.6523"
HELSEID = "helseid://claims/"

Key = jwk.ECKey | jwk.RSAKey


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `name` is what our own addresses call it.

    `level_claim` names the claim that tells how sure the provider is of the person, `levels` the values that
    are sure enough. `organisation` is our own (parent, child) organisation number, sent to HelseID.
    """

    name: str
    title: str
    kind: Literal["health-worker", "citizen"]
    issuer: str
    client_id: str
    key: Key = field(repr=False)
    algorithm: str
    scope: str
    levels: frozenset[str]
    level_claim: str
    pid_claim: str
    hpr_claim: str = ""
    acr_values: str = ""
    organisation: tuple[str, str] | None = None

    def authorization_details(self) -> list[dict[str, Any]]:
        """Which organisation the health worker acts for, as HelseID reads it; empty for other providers."""
        if self.organisation is None:
            return []
        parent, child = self.organisation
        identifier = {
            "system": ORGANISATION_NUMBERS,
            "type": "ENH",
            "value": f"NO:ORGNR:{parent}:{child}",
        }
        role = {"organization": {"identifier": identifier}}
        return [{"type": "helseid_authorization", "practitioner_role": role}]


def helseid(
    issuer: str, client_id: str, key: str, levels: tuple[str, ...], organisation: tuple[str, str] | None
) -> Provider:
    """HelseID, where health workers sign in. `key` is our private JWK. Raises Invalid for an unfit key."""
    private, algorithm = read_key(key)
    return Provider(
        name="helseid",
        title="HelseID",
        kind="health-worker",
        issuer=issuer,
        client_id=client_id,
        key=private,
        algorithm=algorithm,
        scope="openid profile helseid://scopes/identity/pid helseid://scopes/identity/security_level "
        "helseid://scopes/hpr/hpr_number",
        levels=frozenset(levels),
        level_claim=f"{HELSEID}identity/security_level",
        pid_claim=f"{HELSEID}identity/pid",
        hpr_claim=f"{HELSEID}hpr/hpr_number",
        organisation=organisation,
    )


def idporten(issuer: str, client_id: str, key: str, levels: tuple[str, ...]) -> Provider:
    """ID-porten, where citizens sign in. Raises Invalid for an unfit key."""
    private, algorithm = read_key(key)
    return Provider(
        name="idporten",
        title="ID-porten",
        kind="citizen",
        issuer=issuer,
        client_id=client_id,
        key=private,
        algorithm=algorithm,
        scope="openid profile",
        levels=frozenset(levels),
        level_claim="acr",
        pid_claim="pid",
        acr_values=" ".join(levels),
    )


def read_key(text: str) -> tuple[Key, str]:
    """A private key written as a JWK with "alg" and "kid", and that algorithm. Raises Invalid."""
    try:
        key = jwk.import_key(json.loads(text))
    except (ValueError, TypeError, errors.JoseError) as error:
        raise Invalid(f"The private key is not a JWK in JSON: {error}.") from None
    algorithm = str(key.as_dict().get("alg", ""))
    if not isinstance(key, jwk.ECKey | jwk.RSAKey) or not key.is_private:
        raise Invalid("The key is not a private RSA or EC key.")
    if algorithm not in ALGORITHMS:
        raise Invalid(
            f'The private key\'s "alg" is "{algorithm}": it must be one of {", ".join(sorted(ALGORITHMS))}.'
        )
    return key, algorithm
