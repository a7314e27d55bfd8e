"""`_summary` and `_elements`: part of a resource, cut out of its bytes (FHIR R4 search.html 3.1.1.5.8).

Only the members that are looked into are decoded; all others are copied byte for byte, so decimals keep
their written precision. A resource that may have been cut carries the tag SUBSETTED.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

import msgspec

from fellesjournal.api.faults import invalid_value
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions

_SUBSETTED = msgspec.Raw(
    b'{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}'
)
_ALWAYS = frozenset({"resourceType", "id", "meta"})

_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_objects = msgspec.json.Decoder(list[dict[str, msgspec.Raw]]).decode
_items = msgspec.json.Decoder(list[msgspec.Raw]).decode
_encode = msgspec.json.Encoder().encode


@dataclass(slots=True)
class Plan:
    """Which members of an object are kept: whole, or in part by the plan of the objects below."""

    whole: set[str] = field(default_factory=set)
    parts: "dict[str, Plan]" = field(default_factory=dict)


class Subset:
    """Cuts resources as `_summary` (true, text, data) and `_elements` ask. Plans are made once per type."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._plans: dict[tuple[str, str], Plan] = {}

    def cut(self, kind: str, body: bytes, summary: str, elements: tuple[str, ...] = ()) -> bytes:
        """The part of a resource of type `kind`; `elements` counts when `summary` is "false"."""
        members = _members(body)
        if summary == "data":
            members.pop("text", None)
            members.pop("_text", None)
        else:
            plan = self._plan(kind, summary) if summary != "false" else self._chosen(kind, elements)
            members = _kept(members, plan)
        members["meta"] = _tagged(members.get("meta"))
        return _encode(members)

    def check(self, kinds: Iterable[str], elements: tuple[str, ...]) -> None:
        """Raise Invalid unless every one of `_elements` is in a type of `kinds`; none: in any of R4's."""
        if not elements:
            return
        known = set(_ALWAYS)
        types = tuple(kinds) or self._definitions.resource_types
        for kind in types:
            for name, member in self._definitions.members(kind).items():
                known |= {name, member.element.name}
        where = types[0] if len(types) == 1 else "FHIR R4"
        for written in elements:
            head, _, rest = written.partition(".")
            name = (rest.partition(".")[0] if rest and head[:1].isupper() else head).removesuffix("[x]")
            if name not in known:
                near = get_close_matches(name, known, n=1)
                hint = f" Did you mean '{near[0]}'?" if near else ""
                raise Invalid(invalid_value("_elements", f"{where} has no element '{name}'.{hint}"))

    def _plan(self, kind: str, summary: str) -> Plan:
        key = (kind, summary)
        if key not in self._plans:
            self._plans[key] = self._summarised(kind, kind) if summary == "true" else self._text(kind)
        return self._plans[key]

    def _summarised(self, kind: str, path: str) -> Plan:
        plan = Plan(set(_ALWAYS))
        for name, member in self._definitions.members(path).items():
            element = member.element
            if not (element.summary or element.min):
                continue
            if element.children.startswith(f"{kind}.") and element.children != path:
                plan.parts[name] = self._summarised(kind, element.children)
            else:
                plan.whole.add(name)
        return plan

    def _text(self, kind: str) -> Plan:
        return Plan({*_ALWAYS, "text", *self._mandatory(kind)})

    def _mandatory(self, kind: str) -> set[str]:
        return {name for name, member in self._definitions.members(kind).items() if member.element.min}

    def _chosen(self, kind: str, elements: tuple[str, ...]) -> Plan:
        """`_elements` names top-level elements, with or without the type; "value" means every value[x]."""
        asked = {name.removeprefix(f"{kind}.").removesuffix("[x]").partition(".")[0] for name in elements}
        members = self._definitions.members(kind)
        chosen = {name for name, member in members.items() if name in asked or member.element.name in asked}
        return Plan({*_ALWAYS, *chosen, *self._mandatory(kind)})


def _kept(members: dict[str, msgspec.Raw], plan: Plan) -> dict[str, msgspec.Raw]:
    kept = {}
    for name, value in members.items():
        if name in plan.whole or name.removeprefix("_") in plan.whole:
            kept[name] = value
        elif name in plan.parts:
            kept[name] = _part(value, plan.parts[name])
    return kept


def _part(value: msgspec.Raw, plan: Plan) -> msgspec.Raw:
    if bytes(value).lstrip().startswith(b"["):
        return msgspec.Raw(_encode([_kept(one, plan) for one in _objects(value)]))
    return msgspec.Raw(_encode(_kept(_members(value), plan)))


def _tagged(meta: msgspec.Raw | None) -> msgspec.Raw:
    members = _members(meta) if meta is not None else {}
    tags = _items(members["tag"]) if "tag" in members else []
    members["tag"] = msgspec.Raw(_encode([*tags, _SUBSETTED]))
    return msgspec.Raw(_encode(members))
