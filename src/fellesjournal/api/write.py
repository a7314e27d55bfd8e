"""What create, update and patch share: how a written resource is answered (FHIR R4 http.html#ops)."""

from fellesjournal.api.answer import Answer, version_headers
from fellesjournal.api.call import Call
from fellesjournal.api.door import Site, Written
from fellesjournal.api.review import review
from fellesjournal.errors import Invalid, Issue
from fellesjournal.fhir import json, outcome
from fellesjournal.fhir.query import Parameters, parse


async def answer(site: Site, call: Call, written: Written) -> Answer:
    """201 with Location or 200 with Content-Location; the body as `Prefer: return=` asks.

    An OperationOutcome says what was done, and after that what $validate would say of the resource.
    """
    stored = written.stored
    address = f"{call.base}/{stored.type}/{stored.id}/_history/{stored.version}".encode()
    headers = version_headers(stored.version, stored.updated)
    headers.append((b"location" if written.created else b"content-location", address))
    status = 201 if written.created else 200
    match call.preference.returns:
        case "minimal":
            return Answer(status, b"", headers)
        case "OperationOutcome":
            done = Issue("informational", _sentence(written), severity="information")
            body = json.parse(stored.body).tree if stored.body else {}
            return Answer(status, outcome.render([done, *await review(site, body, [])]), headers)
    return Answer(status, stored.body or b"", headers)


def said(sentence: str) -> bytes:
    """An OperationOutcome that all went well."""
    return outcome.render([Issue("informational", sentence, severity="information")])


def criteria(call: Call) -> Parameters:
    """The search criteria of a conditional interaction. Raises Invalid when there are none."""
    if not call.parameters:
        raise Invalid(
            f"{call.method} without an id needs search criteria, such as {call.type}?identifier=system|value."
        )
    return call.parameters


def if_none_exist(call: Call) -> Parameters | None:
    """The criteria of the If-None-Exist header, None without it."""
    header = call.headers.get(b"if-none-exist")
    if header is None:
        return None
    query = header.strip().removeprefix(call.type.encode()).removeprefix(b"?")
    found = parse(query, "If-None-Exist")
    if not found:
        raise Invalid("If-None-Exist holds no search criteria, such as identifier=system|value.")
    return found


def no_parameters(call: Call) -> None:
    """Raise Invalid when a write to one address also carries search criteria."""
    if call.parameters:
        name = call.parameters[0][0]
        raise Invalid(
            f"'{name}' has no meaning here: {call.method} of an address with an id takes no criteria."
        )


def _sentence(written: Written) -> str:
    stored = written.stored
    what = "created" if written.created else "stored" if written.changed else "left as it was"
    return f"{stored.type}/{stored.id} was {what}, version {stored.version}."
