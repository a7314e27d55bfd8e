"""Why a token, a proof or an answer from a provider does not hold."""

from enum import StrEnum

from fellesjournal.errors import Unauthenticated


class Reason(StrEnum):
    """What is wrong: the log's word, and the key of the sentence that a person is shown."""

    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    TYPE = "type"
    UNKNOWN_KEY = "unknown-key"
    SIGNATURE = "signature"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    PARTY = "authorized-party"
    EXPIRED = "expired"
    NOT_YET = "not-yet-valid"
    TOO_OLD = "too-old"
    NONCE = "nonce"
    HASH = "hash"
    SUBJECT = "subject"
    EVENT = "event"
    REPLAYED = "replayed"
    LEVEL = "level"
    STALE_SIGN_IN = "stale-sign-in"
    DENIED = "denied"
    PROVIDER = "provider"
    DOWN = "provider-down"
    BEARER = "not-bound"
    PROOF_MISSING = "proof-missing"
    PROOF_KEY = "proof-key"
    PROOF_METHOD = "proof-method"
    PROOF_ADDRESS = "proof-address"
    PROOF_TOKEN = "proof-token"  # noqa: S105 -- a word, not a secret
    PROOF_TIME = "proof-time"
    PROOF_NONCE = "proof-nonce"
    CROSS_SITE = "cross-site"
    SESSION = "session"
    LOCKED = "locked"
    NO_ROLE = "no-role"
    ROLE_ENDED = "role-ended"
    UNKNOWN_PERSON = "unknown-person"


class Refused(Unauthenticated):
    """Credentials that do not hold: `reason`, a sentence, and the headers that an answer of 401 carries."""

    def __init__(
        self,
        reason: Reason,
        sentence: str,
        headers: tuple[tuple[str, str], ...] = (),
        *,
        person: str = "",
    ) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.why = reason.value
        self.person = person
        self.headers = headers or self.headers
