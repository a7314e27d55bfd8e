"""What a profile says of each value of an element: types, fixed values, codes, targets, rules in FHIRPath."""

from decimal import Decimal
from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.codes import codings, membership
from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.definitions import Constraint, Member
from fellesjournal.fhir.faults import Found, Local, fault, notice
from fellesjournal.fhir.invariants import Invariant
from fellesjournal.fhir.invariants.invariant import breaches, breaches_of_faulty
from fellesjournal.fhir.profiles.asking import has_errors
from fellesjournal.fhir.profiles.items import Item
from fellesjournal.fhir.profiles.targets import Targets
from fellesjournal.fhir.profiles.tree import CORE, Node
from fellesjournal.fhir.profiles.values import has_pattern, is_fixed, spelt
from fellesjournal.fhir.profiles.workshop import Workshop

_UNIVERSAL = frozenset(
    ["ele-1", "ext-1", "dom-2", "dom-3", "dom-4", "dom-5", "dom-6", "txt-1", "txt-2", "ref-1"]
)
_NUMBERS = (int, float, Decimal)
_SYSTEM = "http://hl7.org/fhirpath/"


class ValueRules:
    """The rules of one node for each value; those that R4 has itself are left out."""

    def __init__(self, node: Node, members: tuple[Member, ...], shop: Workshop) -> None:
        self._shop = shop
        base = members[0].element if members else None
        self._fixed, self._pattern = node.value("fixed"), node.value("pattern")
        self._longest = node.definition.get("maxLength")
        self._least, self._most = node.value("minValue"), node.value("maxValue")
        codes = {entry["code"] for entry in node.types if not entry["code"].startswith(_SYSTEM)}
        known = {member.type for member in members}
        self._types = codes if base is not None and base.choice and codes and not known <= codes else None
        self._profiles = {
            entry["code"]: [url for url in entry["profile"] if url != CORE + entry["code"]]
            for entry in node.types
            if entry.get("profile")
        }
        self._targets = Targets(node, base.targets, shop) if base is not None else None
        binding = node.definition.get("binding", {})
        self._value_set = binding.get("valueSet", "")
        self._strength = binding.get("strength", "")
        if base is not None and (base.strength, base.value_set) == (
            self._strength,
            self._value_set.partition("|")[0],
        ):
            self._value_set = ""
        self._constraints = _own(node, members, shop)
        self._invariants: dict[str, tuple[Invariant, ...]] = {}
        self.idle = not (
            self._constraints
            or self._types is not None
            or any(self._profiles.values())
            or (self._targets is not None and not self._targets.idle)
            or self._fixed is not None
            or self._pattern is not None
            or self._longest is not None
            or self._least is not None
            or self._most is not None
            or (self._value_set and self._strength in ("required", "extensible"))
        )

    def faults(self, item: Item, local: Local) -> list[Found]:
        """What the value does not keep."""
        if self.idle:
            return []
        if self._types is not None and item.type not in self._types:
            return fault(
                "structure", f"This is written as {' or '.join(sorted(self._types))}, not {item.type}."
            )
        found = self._form(item) if item.value is not None else []
        found += self._profile(item, local)
        if self._targets is not None and item.type == "Reference":
            found += self._targets.faults(item.value, local)
        if not self._constraints:
            return found
        invariants = self._invariants_of(item.kind)
        if found:
            return found + breaches_of_faulty(invariants, item.value, local)
        return _asked(invariants, item.value, local)

    def _form(self, item: Item) -> list[Found]:
        found: list[Found] = []
        if self._fixed is not None and not is_fixed(item.value, self._fixed):
            found += fault("value", f"This must be {spelt(self._fixed)}.")
        if self._pattern is not None and not has_pattern(item.value, self._pattern):
            found += fault("value", f"This must have {spelt(self._pattern)}.")
        if self._longest is not None and type(item.value) is str and len(item.value) > self._longest:
            found += fault("too-long", f"This has at most {self._longest} characters, not {len(item.value)}.")
        if not self._is_within(item.value):
            found += fault(
                "value", f"This is outside the limits: {spelt(self._least)} to {spelt(self._most)}."
            )
        return found + self._codes(item)

    def _is_within(self, value: Any) -> bool:
        """Between minValue[x] and maxValue[x]; what cannot be compared is."""
        return _in_order(self._least, value) and _in_order(value, self._most)

    def _codes(self, item: Item) -> list[Found]:
        if not self._value_set or self._strength not in ("required", "extensible"):
            return []
        found = codings(item.type, item.value)
        if not found and self._strength == "extensible":
            return []
        answer = membership(self._shop.codes, self._value_set, found)
        if answer is None:
            return self._untold()
        if answer:
            return []
        severity = "error" if self._strength == "required" else "warning"
        named = ", ".join(f"{system}|{code}"[:120] for system, code in found[:5]) or "a text without a code"
        return notice(severity, "code-invalid", f"{named} is not in the value set {self._value_set}.")

    def _untold(self) -> list[Found]:
        """Of a value set that is at fault itself a warning; of one that is not here, where it is required."""
        reason = self._shop.codes.unjudged(self._value_set)
        if self._strength != "required" and not reason.faulty:
            return []
        severity = "warning" if reason.faulty else "information"
        message = f"Whether the code is in {self._value_set} is not known here. {reason.why}".rstrip()
        return notice(severity, "not-supported", message)

    def _profile(self, item: Item, local: Local) -> list[Found]:
        """A value keeps one of the profiles named for its type; only known ones can be asked."""
        urls = self._profiles.get(item.type)
        if not urls or type(item.value) is not dict:
            return []
        asked = [self._shop.profile(url) for url in urls]
        answers = [profile.faults(item.value, local) or [] for profile in asked if profile is not None]
        if len(answers) < len(asked) or any(not has_errors(answer) for answer in answers):
            return []
        return min(answers, key=len)

    def _invariants_of(self, kind: str) -> tuple[Invariant, ...]:
        if kind not in self._invariants:
            self._invariants[kind] = self._shop.invariants.of(self._constraints, kind)
        return self._invariants[kind]


def _asked(invariants: tuple[Invariant, ...], value: Any, local: Local) -> list[Found]:
    try:
        return breaches(invariants, value, local) or []
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        # The value has faults that R4's own rules tell.
        return breaches_of_faulty(invariants, value, local)


def _in_order(low: Any, high: Any) -> bool:
    if type(low) is str and type(high) is str:
        try:
            return date_bounds(low)[0] <= date_bounds(high)[1]
        except Invalid:
            return True
    if type(low) in _NUMBERS and type(high) in _NUMBERS:
        return bool(low <= high)
    return True


def _own(node: Node, members: tuple[Member, ...], shop: Workshop) -> list[Constraint]:
    """The rules that R4 does not put on the element or its type."""
    places = {place for member in members for place in (member.element.path, member.children or member.type)}
    known = {rule.key for place in places for rule in shop.definitions.constraints(place)}
    if not members:
        known = {rule.key for rule in shop.definitions.constraints(node.name)}
    return [
        Constraint(rule["key"], rule["severity"], rule.get("human", ""), rule["expression"])
        for rule in node.definition.get("constraint", ())
        if rule["key"] not in known | _UNIVERSAL and "expression" in rule
    ]
