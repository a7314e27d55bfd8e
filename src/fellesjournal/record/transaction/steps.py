"""The entries of a batch or transaction, understood. Resources stay slices of the body for now."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import msgspec

from fellesjournal.errors import Fault, Forbidden, Invalid, Issue, NotSupported
from fellesjournal.fhir.query import parse
from fellesjournal.fhir.resource import is_id
from fellesjournal.record.criteria import Criteria, criteria_of
from fellesjournal.record.means import Means
from fellesjournal.record.stored import Answered, Parameters
from fellesjournal.record.transaction.skeleton import checked

_NOTHING = msgspec.Raw(b"")
_ETAG = re.compile(r'(?:W/)?"?([1-9][0-9]{0,9})"?')
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_READS = ("GET", "HEAD")
_LAST_VERSION = 2**31 - 1

CheckRead = Callable[[Parameters], object]
"""Raises a Fault when what is read cannot be shown in the way that its parameters ask for."""

Permit = Callable[[str, str, str], object]
"""Raises Forbidden when the actor does not do what a method does to resources of a type ("": any). The third
argument says how the resource is found: by "id", by "search", by "history", or "" where it is not sought.
"""


class _Request(msgspec.Struct, rename="camel", gc=False):
    method: str
    url: str
    if_match: str = ""
    if_none_match: str = ""
    if_none_exist: str = ""


class _Entry(msgspec.Struct, rename="camel"):
    request: _Request
    full_url: str = ""
    resource: msgspec.Raw = _NOTHING


class _Bundle(msgspec.Struct, rename="camel"):
    type: str
    entry: list[_Entry] = []


_decode = msgspec.json.Decoder(_Bundle).decode


@dataclass(frozen=True, slots=True)
class Step:
    """One entry. `id` is "" when the request names none; `criteria` are set when it is conditional."""

    number: int
    method: str
    type: str
    id: str
    version: int
    history: bool
    criteria: Criteria | None
    parameters: Parameters
    full_url: str
    raw: msgspec.Raw
    if_match: int | None
    if_none_match: int | None

    @property
    def where(self) -> str:
        """The FHIRPath expression of the entry."""
        return f"Bundle.entry[{self.number}]"

    @property
    def searched(self) -> Sequence[tuple[str, str]]:
        """The search parameters of the entry, also those of a conditional interaction."""
        return self.criteria[1] if self.criteria else self.parameters


@dataclass(frozen=True, slots=True)
class Understood:
    """A Bundle that can be carried out: its type, its text without whitespace, its steps.

    `refused` has the entries of a batch that cannot be understood, by number; the steps leave them out.
    """

    kind: str
    text: bytes
    steps: list[Step]
    refused: dict[int, Fault]

    def asked(self, answers: list[Answered]) -> list[Answered]:
        """The answers, in the order of the entries, each with what its entry asked for."""
        asked = {step.number: (step.method, step.type, step.id) for step in self.steps}
        return [
            replace(answer, asked=asked[number]) if number in asked else answer
            for number, answer in enumerate(answers)
        ]


def read(
    means: Means, bundle: bytes, check_read: CheckRead | None, permit: Permit | None = None
) -> Understood:
    """Understand a batch or transaction.

    `check_read` is asked about the parameters of every GET, `permit` about every entry's method and type.

    Raises Invalid when it is neither, or for a transaction with every entry that cannot be understood.
    """
    text = checked(bundle)
    try:
        read_bundle = _decode(text)
    except msgspec.ValidationError as error:
        message, _, where = str(error).partition(" - at `")
        raise Invalid(
            Issue("structure", f"{message}.", where.rstrip("`").replace("$", "Bundle", 1))
        ) from None
    steps: list[Step] = []
    refused: dict[int, Fault] = {}
    for number, entry in enumerate(read_bundle.entry):
        try:
            step = _step(means, number, entry)
            if permit is not None:
                permit(step.method, step.type, _sought(step))
            if check_read is not None and step.method in _READS:
                check_read(step.parameters)
            steps.append(step)
        except Fault as fault:
            refused[number] = type(fault)(*(_placed(issue, number) for issue in fault.issues))
    if refused and read_bundle.type == "transaction":
        forbidden = [fault for fault in refused.values() if isinstance(fault, Forbidden)]
        issues = [issue for fault in forbidden or refused.values() for issue in fault.issues]
        raise Forbidden(*issues) if forbidden else Invalid(*issues)
    return Understood(read_bundle.type, text, steps, refused)


def _sought(step: Step) -> str:
    if step.history or step.version:
        return "history"
    if step.criteria is not None:
        return "search"
    if step.method in _READS and not step.id:
        return "search"
    return "id" if step.id else ""


def _placed(issue: Issue, number: int) -> Issue:
    known = issue.expression.startswith("Bundle.")
    return issue if known else issue._replace(expression=f"Bundle.entry[{number}].request")


def _step(means: Means, number: int, entry: _Entry) -> Step:
    request = entry.request
    method = request.method
    if method not in _METHODS:
        raise Invalid(f"'{method[:40]}' is not one of {', '.join(_METHODS)}.")
    path, _, query = _relative(request.url, means.preparer.bases).partition("?")
    parameters = parse(query.encode(), "the url")
    type_name, id, version, history = _address(means, method, path)
    if method == "POST":
        query = request.if_none_exist.removeprefix(type_name).removeprefix("?")
        wanted = parse(query.encode(), "ifNoneExist")
        criteria = criteria_of(type_name, wanted) if wanted else None
    else:
        criteria = criteria_of(type_name, parameters) if parameters and not id else None
    if method in ("PUT", "PATCH", "DELETE") and bool(id) == bool(criteria):
        raise Invalid(f"{method} needs an address as {type_name}/[id] or {type_name}?[criteria].")
    if method in ("POST", "PUT", "PATCH") and not entry.resource:
        raise Invalid(Issue("required", f"{method} needs a resource.", f"Bundle.entry[{number}].resource"))
    return Step(
        number,
        method,
        type_name,
        id,
        version,
        history,
        criteria,
        parameters,
        entry.full_url,
        entry.resource,
        _version(request.if_match, "ifMatch"),
        _version(request.if_none_match, "ifNoneMatch"),
    )


def _relative(url: str, bases: tuple[str, ...]) -> str:
    for base in bases:
        if url.startswith(base + "/"):
            return url[len(base) + 1 :]
    return url.removeprefix("/")


def _address(means: Means, method: str, path: str) -> tuple[str, str, int, bool]:
    """Type, id, version and whether it is a history: of "Patient", "Patient/1/_history/2" and so on."""
    parts = path.split("/") if path else []
    reads = method in _READS
    if "$" in path or (parts and parts[0] == "metadata"):
        raise NotSupported(
            f"{path[:200]} cannot be asked for here: send it by itself, or an operation in a batch."
        )
    version = 0
    history = reads and "_history" in parts
    if history:
        at = parts.index("_history")
        if parts[at + 1 :]:
            version = _version(parts[at + 1], "version") or 0
            history = False
        parts = parts[:at]
    if len(parts) > 2 or (not parts and not reads) or (len(parts) == 2 and method == "POST"):
        raise Invalid(f"{method} of '{path[:200]}' is no interaction of FHIR R4.")
    type_name = parts[0] if parts else ""
    if type_name:
        means.preparer.number(type_name)
    id = parts[1] if len(parts) == 2 else ""
    if id and not is_id(id):
        raise Invalid(f"'{id[:80]}' is not an id: 1 to 64 letters, digits, '-' and '.'.")
    return type_name, id, version, history


def _version(tag: str, name: str) -> int | None:
    if not tag:
        return None
    found = _ETAG.fullmatch(tag)
    if found is None:
        raise Invalid(f"{name} '{tag[:40]}' is not a version such as W/\"3\".")
    version = int(found[1])
    if version > _LAST_VERSION:
        raise Invalid(f"{name} '{tag}' is no version: no resource has that many.")
    return version
