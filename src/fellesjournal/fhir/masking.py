"""What tells where somebody is, taken out of a resource, and put back into it.

Hidden are, wherever they stand: values of the datatypes Address and ContactPoint, references to places and to
organisations (and those of which it is not known what they refer to), the contacts, general practitioner and
managing organisation of a Patient, addresses of attachments outside this record, meta.source, contained
places, and the narrative. In the place of each stands an element that says it is masked (FHIR R4,
extension-data-absent-reason.html), so that the rest stays valid; the narrative and contained places are left
out. The masked form says of itself that it is one (v3-ObservationValue MASKED in meta.security).

What people have written in other free text is not looked into.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from fellesjournal.errors import Conflict, Forbidden
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.definitions.elements import Member
from fellesjournal.fhir.json import decode_exact, encode

ABSENT = {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}
LABEL = {"system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue", "code": "MASKED"}
PLACES = frozenset(
    {"Organization", "Location", "HealthcareService", "PractitionerRole", "Endpoint", "Schedule", "Slot"}
)
"""The resource types that tell where somebody is met: a slot by its schedule, that by whose it is."""
_DATATYPES = frozenset({"Address", "ContactPoint"})
_REFERENCES = frozenset({"Patient.generalPractitioner", "Patient.managingOrganization"})
_TOKEN = re.compile(r"masked-([0-9]+)-([0-9]+)")
_RELATIVE = re.compile(r"([A-Z][A-Za-z]+)/[^/]")
_STAMPS = ("versionId", "lastUpdated")

Tree = dict[str, Any]


@dataclass(slots=True)
class _Found:
    """What one resource hides. `values` in their order: the whole element, or the members it consists of;
    `places` are the ids of its contained places.
    """

    version: int
    places: frozenset[str]
    values: list[Tree] = field(default_factory=list)
    tops: list[str] = field(default_factory=list)
    """The member of the resource that each value stands in directly; "" when it stands deeper."""
    paths: list[str] = field(default_factory=list)
    """The element that each value is, "Patient.address"."""

    def hide(self, value: Tree, path: str, top: str) -> Tree:
        """The element that stands for a value."""
        self.values.append(value)
        self.paths.append(path)
        self.tops.append(top)
        return {"id": f"masked-{self.version}-{len(self.values) - 1}", "extension": [ABSENT]}


class Masking:
    """Masks resources by the datatypes of their elements. Not changed by use; one per process is enough."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions

    def masked(self, body: bytes, version: int) -> bytes:
        """The masked form of a resource that stands at a version."""
        tree, _ = self._masked(decode_exact(body), version)
        meta = tree.get("meta", {})
        labels = [label for label in meta.get("security", ()) if not _is_label(label)]
        tree["meta"] = {**meta, "security": [*labels, LABEL]}
        return bytes(encode(_first(tree, ("resourceType", "id", "meta"))))

    def restored(self, edited: bytes, full: bytes, version: int, *, removing: bool) -> bytes:
        """What a change of the masked form makes of the full form that stands at `version`.

        Nothing that is hidden is lost; when the actor sees it (`removing`) it may be left out. Raises
        Forbidden when the change leaves out a hidden element, or puts it where it would not be hidden;
        Conflict when it builds on another version.
        """
        before, tree = decode_exact(full), decode_exact(edited)
        _, found = self._masked(before, version)
        used: set[int] = set()
        tree = _put_back(tree, found, used)
        if not removing:
            _keep_left_out(tree, before, found, used)
            _keep_contained(tree, before, found)
            if "text" in before:
                tree.setdefault("text", before["text"])
            self._require_hidden(tree, version, found, used)
        _unlabel(tree, before)
        tree = _first(tree, tuple(before))
        return full if _said(tree) == _said(before) else bytes(encode(tree))

    def _require_hidden(self, tree: Tree, version: int, found: _Found, used: set[int]) -> None:
        """Raise Forbidden unless all that was put back is hidden again, as the element that it was.

        Who does not see a value could otherwise read it from another element, or from what is said of one
        that it does not fit.
        """
        _, again = self._masked(tree, version)
        there = Counter(zip(again.paths, (bytes(encode(one)) for one in again.values), strict=True))
        put = Counter((found.paths[number], bytes(encode(found.values[number]))) for number in used)
        if put - there:
            raise Forbidden(
                "A masked element stands in the place of another. Leave the masked elements as they were "
                "read."
            )

    def _masked(self, tree: Tree, version: int) -> tuple[Tree, _Found]:
        contained = tree.get("contained", ())
        places = frozenset(one.get("id", "") for one in contained if one["resourceType"] in PLACES)
        found = _Found(version, places)
        masked = self._object(tree["resourceType"], tree, found, top=True)
        if contained:
            _drop_orphans(masked)
        return masked, found

    def _object(self, path: str, node: Tree, found: _Found, *, top: bool = False) -> Tree:
        members = self._definitions.members(path)
        out: Tree = {}
        for name, value in node.items():
            member = members.get(name.removeprefix("_"))
            if member is None:
                out[name] = value
            elif member.type == "Narrative" and "." not in path and name == "text":
                continue
            elif _is_outside(path, name, value):
                hidden = {one: node[one] for one in (name, f"_{name}") if one in node}
                out[f"_{name}"] = found.hide(hidden, f"{path}.{name}", "")
            else:
                out.setdefault(name, self._values(path, name, member, value, found, name if top else ""))
        return {name: value for name, value in out.items() if value != []}

    def _values(self, path: str, name: str, member: Member, value: Any, found: _Found, top: str) -> Any:
        if type(value) is list:
            kept = [one for one in value if not _is_place(member, one)]
            return [self._value(path, name, member, one, found, top) for one in kept]
        return self._value(path, name, member, value, found, top)

    def _value(self, path: str, name: str, member: Member, value: Any, found: _Found, top: str) -> Any:
        if type(value) is not dict:
            return value
        if name.startswith("_"):
            return self._object("Element", value, found)
        if f"{path}.{name}" == "Patient.contact":
            hidden = found.hide(value, f"{path}.{name}", top)
            return {"id": hidden["id"], "name": {"extension": hidden["extension"]}}
        if self._is_hidden(path, member, value, found):
            return found.hide(value, f"{path}.{name}", top)
        below = value["resourceType"] if member.type == "Resource" else member.children
        return self._object(below, value, found)

    def _is_hidden(self, path: str, member: Member, value: Tree, found: _Found) -> bool:
        if member.type in _DATATYPES or f"{path}.{member.name}" in _REFERENCES:
            return True
        return member.type == "Reference" and _tells_place(value, member.element.targets, found.places)


def _tells_place(reference: Tree, targets: tuple[str, ...], places: frozenset[str]) -> bool:
    if reference.keys() <= {"id", "extension"}:
        return False
    if reference.get("type") in PLACES:
        return True
    literal = reference.get("reference")
    if literal is None:
        return not targets or "Resource" in targets or not PLACES.isdisjoint(targets)
    if literal.startswith("#"):
        return literal[1:] in places
    relative = _RELATIVE.match(literal)
    return relative is None or relative[1] in PLACES


def _is_outside(path: str, name: str, value: Any) -> bool:
    """Whether it is an address on the network outside this record."""
    if (path, name) == ("Meta", "source"):
        return True
    return (path, name) == ("Attachment", "url") and _RELATIVE.match(value) is None


def _is_place(member: Member, value: Any) -> bool:
    return member.name == "contained" and value["resourceType"] in PLACES


def _is_label(label: Tree) -> bool:
    return {"system": label.get("system"), "code": label.get("code")} == LABEL


def _drop_orphans(tree: Tree) -> None:
    """Leave out contained resources that nothing refers to any more (R4, dom-3)."""
    while contained := tree.get("contained"):
        text = encode(tree)
        kept = [
            one for one in contained if f'"#{one.get("id", "")}"'.encode() in text or b'"#"' in encode(one)
        ]
        if len(kept) == len(contained):
            return
        tree["contained"] = kept
        if not kept:
            del tree["contained"]


def _put_back(node: Any, found: _Found, used: set[int]) -> Any:
    """The tree with every masked element replaced by what it stands for."""
    if type(node) is list:
        return [_put_back(one, found, used) for one in node]
    if type(node) is not dict:
        return node
    hidden = _meant(node, found, used)
    if hidden is not None:
        return hidden
    out: Tree = {}
    for name, value in node.items():
        if name.startswith("_") and type(value) is dict and (members := _meant(value, found, used)):
            out |= members
        else:
            out[name] = _put_back(value, found, used)
    return out


def _meant(node: Tree, found: _Found, used: set[int]) -> Tree | None:
    id = node.get("id")
    token = _TOKEN.fullmatch(id) if type(id) is str and "resourceType" not in node else None
    if token is None:
        return None
    version, number = int(token[1]), int(token[2])
    if version != found.version or number >= len(found.values):
        raise Conflict(
            f"The change builds on version {version} of what is masked, but the resource is at version "
            f"{found.version}. Read it again and repeat the change on top."
        )
    if number in used:
        raise Forbidden(f"The masked element '{id}' stands there twice. Leave it where it was.")
    used.add(number)
    return found.values[number]


def _keep_left_out(tree: Tree, before: Tree, found: _Found, used: set[int]) -> None:
    """Put back what a change says nothing of. Raises Forbidden when it says something else."""
    absent: dict[str, list[Tree]] = {}
    for number, top in enumerate(found.tops):
        if number in used:
            continue
        if not top or top in tree:
            raise Forbidden(
                "Part of this resource is masked, because the address is protected. Who does not see it "
                f"cannot change or remove it{f': {top}' if top else ''}. "
                "Leave the masked elements as they were read."
            )
        absent.setdefault(top, []).append(found.values[number])
    for top, values in absent.items():
        tree[top] = values if type(before[top]) is list else values[0]


def _keep_contained(tree: Tree, before: Tree, found: _Found) -> None:
    there = [one.get("id") for one in tree.get("contained", ())]
    if taken := sorted(found.places.intersection(there)):
        raise Forbidden(f"The id '{taken[0]}' of a contained resource is in use. Choose another one.")
    gone = [one for one in before.get("contained", ()) if one.get("id") not in there]
    if found.places and gone:
        ids = [one.get("id") for one in before["contained"]]
        both = [*tree.get("contained", ()), *gone]
        tree["contained"] = sorted(
            both, key=lambda one: ids.index(one["id"]) if one.get("id") in ids else len(ids)
        )


def _unlabel(tree: Tree, before: Tree) -> None:
    """Without the label of the masked form, unless the full form has it too."""
    meta = tree.get("meta")
    if meta is None or any(map(_is_label, before.get("meta", {}).get("security", ()))):
        return
    labels = [label for label in meta.get("security", ()) if not _is_label(label)]
    rest = {name: value for name, value in meta.items() if name != "security"}
    tree["meta"] = rest | ({"security": labels} if labels else {})
    if not tree["meta"]:
        del tree["meta"]


def _said(tree: Tree) -> Tree:
    """Without what every version has of its own."""
    meta = {name: value for name, value in tree.get("meta", {}).items() if name not in _STAMPS}
    return {**tree, "meta": meta}


def _first(tree: Tree, names: tuple[str, ...]) -> Tree:
    return {name: tree[name] for name in names if name in tree} | tree
