"""The few ways a request can fail. Each surface maps them once (HTTP: api/outcome.py).

Every fault carries *all* its issues, each with the FHIRPath expression of the faulty element,
so that whoever sent it can mend everything in one go (FHIR R4, OperationOutcome).
"""

from typing import NamedTuple


class Issue(NamedTuple):
    """One thing that is wrong; `code` is from http://hl7.org/fhir/issue-type."""

    code: str
    diagnostics: str
    expression: str = ""
    severity: str = "error"


class Fault(Exception):
    """A refused request."""

    code = "processing"
    person = ""
    app = ""
    """Who was refused, as far as that is known where no actor is: for the log, and never shown."""
    citizen = 0
    """The citizen (key) whom a refused write was about, as far as that is known: for the log as well."""

    def __init__(self, *problems: str | Issue) -> None:
        self.issues = tuple(p if isinstance(p, Issue) else Issue(self.code, p) for p in problems)
        super().__init__("; ".join(issue.diagnostics for issue in self.issues))


class Invalid(Fault):
    """The request cannot be understood: malformed JSON, an unknown search parameter, a wrong prefix."""

    code = "invalid"


class Unprocessable(Fault):
    """The request is understood, but the resource breaks a rule of FHIR or of the record."""

    code = "processing"


class NotFound(Fault):
    """There is nothing here, or nothing that this actor may know of."""

    code = "not-found"


class Unauthenticated(Fault):
    """Who asks is not known: credentials are missing, or those that came do not hold."""

    code = "login"
    why = "nobody"
    """The reason in a word, for the log."""
    headers: tuple[tuple[str, str], ...] = (("www-authenticate", "Bearer"),)
    """What an answer over HTTP carries (RFC 9110 11.6.1)."""


class Forbidden(Fault):
    """What is asked for is not for this actor, whoever it is about: the role does not do such things."""

    code = "forbidden"


class Gone(Fault):
    """There was a resource here; it has been deleted."""

    code = "deleted"


class Conflict(Fault):
    """The request collides with the present state of the record."""

    code = "conflict"


class PreconditionFailed(Fault):
    """If-Match names another version, or the criteria match more than one resource."""

    code = "conflict"


class NotSupported(Fault):
    """FHIR has it, this server says plainly that it does not."""

    code = "not-supported"


class Broken(Fault):
    """A fault of our own, where it is the answer to a part of a request only."""

    code = "exception"


class TooLarge(Fault):
    """The request is larger than the site allows."""

    code = "too-long"
