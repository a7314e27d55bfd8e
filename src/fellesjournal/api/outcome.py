"""The one place where a fault becomes a status code and an OperationOutcome (FHIR R4 http.html 3.1.0.5)."""

from fellesjournal import errors
from fellesjournal.api.faults import HttpFault
from fellesjournal.fhir import outcome

_STATUS: dict[type[errors.Fault], int] = {
    errors.Invalid: 400,
    errors.Unprocessable: 422,
    errors.Unauthenticated: 401,
    errors.NotFound: 404,
    errors.Forbidden: 403,
    errors.Gone: 410,
    errors.Conflict: 409,
    errors.PreconditionFailed: 412,
    errors.NotSupported: 400,
    errors.TooLarge: 413,
    errors.Broken: 500,
}


def status_of(fault: errors.Fault) -> int:
    """The HTTP status of a fault: its nearest known category, 400 for any other."""
    if isinstance(fault, HttpFault):
        return fault.status
    return next((_STATUS[kind] for kind in type(fault).__mro__ if kind in _STATUS), 400)


def body_of(fault: errors.Fault) -> bytes:
    """The OperationOutcome that names every issue of the fault."""
    return outcome.render(fault.issues)


def crashed(request_id: str) -> bytes:
    """The OperationOutcome of a fault of our own: no trace, but the name by which the log finds it."""
    text = f"Something went wrong in the server. Nothing was stored. Please report request {request_id}."
    return outcome.render([errors.Issue("exception", text, severity="fatal")])
