"""One request, one booking: a key that its sender chooses is written into the Appointment (Idempotency-Key).

A client that has lost the answer sends the same again, and gets the Appointment that there is. The key is an
identifier of it, hashed together with who sent it, so that two senders never share one; what was asked is
hashed beside it, so that one key cannot mean two things. Pure.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

from fellesjournal.errors import Issue, Unprocessable

SYSTEM = "https://fellesjournal.no/fhir/NamingSystem/booking-request"
"""Identifier.system of the key of a request; Identifier.type.text is the digest of what was asked."""
LONGEST = 255


class Request(NamedTuple):
    """The key of a request and what was asked, both hashed; `key` "": the sender gave none."""

    key: str
    content: str

    @property
    def criteria(self) -> list[tuple[str, str]] | None:
        """What finds the Appointment that the request made; None without a key."""
        return [("identifier", f"{SYSTEM}|{self.key}")] if self.key else None

    def signed(self, appointment: Mapping[str, Any]) -> dict[str, Any]:
        """The Appointment with the key of the request."""
        if not self.key:
            return dict(appointment)
        own = {"system": SYSTEM, "value": self.key, "type": {"text": self.content}}
        return dict(appointment) | {"identifier": [*appointment.get("identifier", ()), own]}

    def made(self, appointment: Mapping[str, Any]) -> bool:
        """Whether the Appointment is what the request made. Raises Unprocessable for a key that was used for
        something else.
        """
        for one in appointment.get("identifier", ()):
            if self.key and (one.get("system"), one.get("value")) == (SYSTEM, self.key):
                if one.get("type", {}).get("text") != self.content:
                    text = "This Idempotency-Key was used for another request: choose a new one."
                    raise Unprocessable(Issue("business-rule", text, "http.Idempotency-Key"))
                return True
        return False


def request(sender: str, act: str, key: str, content: bytes) -> Request:
    """A request of a sender ("Practitioner/4") for an act ("book")."""
    if len(key) > LONGEST:
        raise Unprocessable(Issue("value", f"A key has at most {LONGEST} signs.", "http.Idempotency-Key"))
    return Request(_hashed(f"{sender}\n{act}\n{key}".encode()) if key else "", _hashed(content))


def _hashed(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:32]
