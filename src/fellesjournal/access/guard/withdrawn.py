"""What was written in the wrong citizen's record: it stands there as entered in error, and its earlier
versions are read by nobody who treats.

helsepersonelloven § 44 wants what was written on the wrong person out of that record, unless general
considerations speak against it (supervision, a claim); § 42 wants a correction to show. So the versions are
kept, out of reach of every role that does not name the part of the record wrong-citizen
(access/roles/labels.toml), and the present version says that something was withdrawn. To delete the versions
for good is the decision of who is responsible for the record, and not made here.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fellesjournal.errors import Issue, Unprocessable

Tree = dict[str, Any]

WRONG_CITIZEN = ("https://fellesjournal.no/fhir/CodeSystem/del-av-journalen", "feil-innbygger")
"""The security label (meta.security) of what was written in the wrong citizen's record."""
EARLIER = -1
"""Instead of a resource type, in a restriction: it is of the resource's earlier versions alone."""
_ERROR = "entered-in-error"


def is_withdrawn(resource: Tree) -> bool:
    """Whether a resource bears the label."""
    labels = resource.get("meta", {}).get("security", ())
    return any((one.get("system"), one.get("code")) == WRONG_CITIZEN for one in labels)


def require_error(resource: Tree) -> None:
    """Raise Unprocessable for the label on what is not entered in error, or of which nobody is the author."""
    name = resource["resourceType"]
    if name not in AUTHORS:
        known = ", ".join(AUTHORS)
        text = (
            f"The label {WRONG_CITIZEN[1]} is for what notes are made of and become: {known}; not for {name}."
        )
        raise Unprocessable(Issue("business-rule", text, f"{name}.meta.security"))
    verified = resource.get("verificationStatus", {}).get("coding", ())
    if _ERROR not in (resource.get("status"), *(one.get("code") for one in verified)):
        text = f"What bears the label {WRONG_CITIZEN[1]} is entered in error: say so in its status."
        raise Unprocessable(Issue("business-rule", text, f"{name}.meta.security"))


def authors_of(resource: Tree) -> set[str]:
    """References to those who wrote a resource of one of the types AUTHORS."""
    found = AUTHORS[resource["resourceType"]](resource)
    return {str(one.get("reference", "")).partition("/_history/")[0] for one in found}


def _one(name: str) -> Callable[[Tree], Iterable[Tree]]:
    return lambda resource: [resource.get(name, {})]


def _several(name: str) -> Callable[[Tree], Iterable[Tree]]:
    return lambda resource: resource.get(name, ())


def _performers(procedure: Tree) -> Iterator[Tree]:
    return (one.get("actor", {}) for one in procedure.get("performer", ()))


AUTHORS: dict[str, Callable[[Tree], Iterable[Tree]]] = {
    "Composition": _several("author"),
    "QuestionnaireResponse": _one("author"),
    "Observation": _several("performer"),
    "Condition": _one("recorder"),
    "AllergyIntolerance": _one("recorder"),
    "Procedure": _performers,
    "DocumentReference": _several("author"),
}
"""The references to who wrote a resource, by type: what a note consists of, and what its answers become."""
