"""What the authorization server says of itself: only what holds (SMART App Launch 2.2, conformance.html)."""

from typing import Any

from fellesjournal.access.granted import PLAIN
from fellesjournal.access.signing import ALGORITHM
from fellesjournal.smart.client import ALGORITHMS
from fellesjournal.smart.server import AUTHORIZE, INTROSPECT, KEYS, REVOKE, TOKEN

CAPABILITIES = (
    "launch-ehr",
    "launch-standalone",
    "authorize-post",
    "client-public",
    "client-confidential-asymmetric",
    "sso-openid-connect",
    "context-ehr-patient",
    "context-standalone-patient",
    "permission-offline",
    "permission-patient",
    "permission-user",
    "permission-v1",
    "permission-v2",
)
_OAUTH_URIS = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
_SERVICE = "http://terminology.hl7.org/CodeSystem/restful-security-service"


def smart_configuration(origin: str, base: str) -> dict[str, Any]:
    """What .well-known/smart-configuration says; `origin`: the site's address, `base`: the FHIR service's."""
    return {
        "issuer": base,
        "jwks_uri": origin + KEYS,
        "authorization_endpoint": origin + AUTHORIZE,
        "token_endpoint": origin + TOKEN,
        "introspection_endpoint": origin + INTROSPECT,
        "revocation_endpoint": origin + REVOKE,
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "response_types_supported": ["code"],
        "scopes_supported": [*PLAIN, "patient/*.cruds", "user/*.cruds", "system/*.cruds"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt", "none"],
        "token_endpoint_auth_signing_alg_values_supported": list(ALGORITHMS),
        "capabilities": list(CAPABILITIES),
    }


def openid_configuration(origin: str, base: str) -> dict[str, Any]:
    """The same as OpenID Connect Discovery 1.0 has it."""
    return {
        **{
            name: value for name, value in smart_configuration(origin, base).items() if name != "capabilities"
        },
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "claims_supported": ["iss", "sub", "aud", "exp", "iat", "nonce", "name", "fhirUser"],
    }


def security(base: str, address: str = "") -> dict[str, Any]:
    """CapabilityStatement.rest.security of the FHIR service at `base`, on the site with an address."""
    origin = address or base.removesuffix("/fhir")
    addresses = {"authorize": AUTHORIZE, "token": TOKEN, "introspect": INTROSPECT, "revoke": REVOKE}
    uris = [{"url": name, "valueUri": origin + path} for name, path in addresses.items()]
    return {
        "extension": [{"url": _OAUTH_URIS, "extension": uris}],
        "service": [{"coding": [{"system": _SERVICE, "code": "SMART-on-FHIR"}], "text": "SMART App Launch"}],
        "description": "Apps that an administrator has registered, with what a person grants them.",
    }
