"""Types compiled to checks: each member of a JSON object has its own, found by name.

A check returns None for a sound value and builds paths only on the way back from a fault, so that a sound
resource is walked once, with one dictionary look-up per member.
"""

from collections.abc import Callable, Mapping
from typing import Any

from fellesjournal.fhir.codes import Codes, grammars
from fellesjournal.fhir.definitions import Definitions, Element, Member
from fellesjournal.fhir.faults import Check, Faults, Found, Local, below, fault, wrong_kind
from fellesjournal.fhir.grammars import SHORT_FORMATS
from fellesjournal.fhir.invariants import Invariant, Invariants
from fellesjournal.fhir.invariants.invariant import breaches, breaches_of_faulty
from fellesjournal.fhir.validation.bindings import advised, bound, bound_code, bound_concept
from fellesjournal.fhir.validation.entries import entry_check
from fellesjournal.fhir.validation.primitives import PRIMITIVES
from fellesjournal.fhir.validation.recurring import BY_THEMSELVES, remembering
from fellesjournal.fhir.validation.references import reference_check
from fellesjournal.fhir.validation.siblings import check_sibling

_VALUE = ("value", "_value")
_FORMATS = frozenset(
    [
        "CapabilityStatement.format",
        "TestScript.setup.action.operation.accept",
        "TestScript.setup.action.operation.contentType",
        "TestScript.setup.action.assert.contentType",
    ]
)
"""Elements bound to media types where R4, by its text or its own examples, has the short words too."""
_REMEMBERED = 500
"""Sets of members of one type: a region has far fewer, and a stranger can send any number."""


class Shapes:
    """The checks of all types, each compiled when it is first needed."""

    def __init__(
        self,
        definitions: Definitions,
        invariants: Invariants,
        resource: Check,
        contained: Check,
        codes: Codes | None = None,
        advice: Codes | None = None,
        extra: Mapping[str, Check] | None = None,
    ) -> None:
        """`resource` checks a whole resource within another (in a Bundle), `contained` a contained one.

        `codes` knows value sets that Definitions cannot list in full, for required bindings. With `advice`,
        codes outside an extensible binding are told as warnings. `extra` are checks beside R4's, by type;
        those of "Resource" are of every resource.
        """
        self._extra = extra or {}
        self._codes = codes
        self._advice = advice
        self._definitions = definitions
        self._invariants = invariants
        self._resource = resource
        self._contained = contained
        self._shapes: dict[str, Check] = {}

    def of(self, path: str) -> Check:
        """The check of the JSON objects of a type or backbone: "Patient", "Patient.contact"."""
        if path not in self._shapes:
            members = self._definitions.members(path)
            is_resource = self._definitions.is_resource_type(path)
            table = _Table(members, self.of, is_resource)
            # Known before its members are, because types contain themselves.
            check = _object_check(table, is_resource, self._invariants.on(path))
            check = remembering(check) if path in BY_THEMSELVES else check
            for name in (path, "Resource") if is_resource else (path,):
                check = _both(check, self._extra[name]) if name in self._extra else check
            self._shapes[path] = check
            table.tests.update((name, self._member(member)) for name, member in members.items())
        return self._shapes[path]

    def _member(self, member: Member) -> Check:
        test = self._coded(self._value(member), member)
        path = member.element.path
        if path != member.children:
            invariants = self._invariants.on(path, member.children or member.type)
            if invariants:
                test = _invariant_check(test, invariants)
        return test if member.element.max == 1 else _list_check(test, member.element)

    def _coded(self, test: Check, member: Member) -> Check:
        """The check with what a binding says that Definitions cannot list in full, and with advice."""
        element = member.element
        required = element.value_set if element.strength == "required" else element.limit
        if self._codes is not None and required and self._definitions.value_set_codes(required) is None:
            besides = SHORT_FORMATS if element.path in _FORMATS else frozenset[str]()
            form = " ".join(one.form for one in grammars(self._definitions, required) or ())
            test = bound(test, self._codes, member.type, required, form=form, besides=besides)
        if self._advice is not None and element.strength == "extensible":
            test = advised(test, self._advice, member.type, element.value_set)
        return test

    def _value(self, member: Member) -> Check:
        element = member.element
        codes = None
        if element.strength == "required":
            codes = self._definitions.value_set_codes(element.value_set)
        if member.type in PRIMITIVES:
            if codes is not None and member.type == "code":
                return bound_code(codes, element.value_set)
            return PRIMITIVES[member.type]
        if member.type == "Resource":
            return self._contained if member.name == "contained" else self._resource
        shape = self.of(member.children)
        if member.type == "Extension":
            return _extension_check(shape)
        if member.element.path == "Bundle.entry":
            return entry_check(shape)
        if member.type == "Reference":
            return reference_check(shape, element.targets, self._definitions.is_resource_type)
        if codes is not None and member.type == "CodeableConcept":
            return bound_concept(shape, codes, element.value_set)
        return shape


def _object_check(table: "_Table", is_resource: bool, invariants: tuple[Invariant, ...]) -> Check:
    tests, sound = table.tests, table.sound

    def check(value: Any, local: Local) -> Faults:
        if type(value) is not dict:
            return wrong_kind(value, "an object")
        faults: Faults = None
        if tuple(value) in sound:
            for name, item in value.items():
                found = tests[name](item, local)
                if found is not None:
                    faults = (faults or []) + table.placed(name, found, value)
        else:
            faults = table.asked(value, local, is_resource)
        if faults is not None:
            return faults + breaches_of_faulty(invariants, value, local) or None
        return breaches(invariants, value, local) if invariants else None

    return check


def _both(check: Check, extra: Check) -> Check:
    def check_both(value: Any, local: Local) -> Faults:
        faults, more = check(value, local), extra(value, local)
        return [*(faults or ()), *more] if more else faults

    return check_both


def _extension_check(shape: Check) -> Check:
    """The form of an extension, and ext-1 (FHIR R4, extensibility.html): a value or extensions, not both.

    What is known of the extension is asked when the whole resource has been read.
    """

    def check(value: Any, local: Local) -> Faults:
        local.extended = True
        faults = shape(value, local)
        if type(value) is not dict:
            return faults
        has_value = _has_value(value)
        if has_value != ("extension" in value):
            return faults
        said = "has both a value and extensions" if has_value else "has neither a value nor extensions"
        return (faults or []) + fault(
            "invariant", f"ext-1: an extension holds one of the two, and this {said}."
        )

    return check


def _has_value(extension: dict[str, Any]) -> bool:
    """A value may be absent and say why (_valueString); one that is misspelt is told of by its name."""
    for name in extension:  # noqa: SIM110 - any() takes three times as long
        if name.startswith(_VALUE):
            return True
    return False


def _invariant_check(test: Check, invariants: tuple[Invariant, ...]) -> Check:
    def check(value: Any, local: Local) -> Faults:
        faults = test(value, local)
        if faults is not None:
            return faults + breaches_of_faulty(invariants, value, local)
        return breaches(invariants, value, local)

    return check


def _list_check(test: Check, element: Element) -> Check:
    low, high = element.min, element.max

    def check(value: Any, local: Local) -> Faults:
        if type(value) is not list:
            return wrong_kind(value, "an array, as the element repeats")
        faults: Faults = None
        for index, item in enumerate(value):
            found = test(item, local)
            if found is not None:
                faults = faults or []
                faults += below(f"[{index}]", found)
        if not value:
            return fault("structure", "An array must not be empty: leave the member out.")
        if len(value) < low or (high is not None and len(value) > high):
            bounds = f"at least {low}" if len(value) < low else f"at most {high}"
            faults = (faults or []) + fault(
                "structure", f"There must be {bounds} of these, not {len(value)}."
            )
        return faults

    return check


class _Table:
    """What is known of the members of one type, for the rare cases that the quick look-up leaves."""

    def __init__(
        self, members: Mapping[str, Member], shape: Callable[[str], Check], is_resource: bool
    ) -> None:
        self.tests: dict[str, Check] = {"resourceType": _sound} if is_resource else {}
        self.required = frozenset(n for n, m in members.items() if m.element.min and not m.element.choice)
        elements = {member.element.name: member.element for member in members.values()}
        self.choices = tuple(_Choice(element) for element in elements.values() if element.choice)
        self.sound: set[tuple[str, ...]] = set()
        """Names of members, in their order, with which an object has what it must and nothing twice."""
        self._members = members
        self._shape = shape
        self._steps: dict[str, str] = {}
        for name, m in members.items():
            step = f".{m.element.name}.ofType({m.type})" if m.element.choice else f".{name}"
            self._steps[name] = step
            if m.type in PRIMITIVES:
                self._steps["_" + name] = step

    def asked(self, value: dict[str, Any], local: Local, is_resource: bool) -> Faults:
        """What is wrong with the members of an object, and with which of them there are: the latter is known
        of its names, which are remembered when they are right.
        """
        faults: list[Found] = []
        for name, item in value.items():
            test = self.tests.get(name)
            found = self.other(name, item, value, local) if test is None else test(item, local)
            if found is not None:
                faults += self.placed(name, found, value)
        wrong = self._wrongly_chosen(value)
        if len(value) <= 1 and not is_resource and (not value or "id" in value):
            wrong += fault("invariant", "ele-1: an element must have a value or members.")
        if not wrong and len(self.sound) < _REMEMBERED and value.keys() <= self.tests.keys():
            self.sound.add(tuple(value))
        return faults + wrong or None

    def _wrongly_chosen(self, value: dict[str, Any]) -> list[Found]:
        """Members that are missing, and choices made twice or not at all."""
        names = value.keys()
        found = [] if names >= self.required else self.missing(value)
        for choice in self.choices:
            written = len(names & choice.spellings)
            if written > 1 or (written == 0 and choice.element.min):
                found += choice.faults(value)
        return found

    def other(self, name: str, item: Any, value: dict[str, Any], local: Local) -> Faults:
        """A member that is not in the definition: `_name` of a primitive, or unknown."""
        member = self._members.get(name[1:]) if name.startswith("_") else None
        if member is None or member.type not in PRIMITIVES:
            return self._unknown(name)
        is_list = member.element.max != 1
        return check_sibling(item, value.get(member.name), is_list, self._shape(member.type), local)

    def _unknown(self, name: str) -> list[Found]:
        for choice in self.choices:
            if name == choice.element.name:
                return fault("structure", f'"{name}" is written with its type: {choice.listed}.')
        known = [*self.tests, *(f"_{n}" for n in self.tests)] if name.startswith("_") else list(self.tests)
        return fault("structure", f'There is no element "{name[:80]}" here.', written=name[:80], known=known)

    def placed(self, name: str, found: list[Found], value: dict[str, Any]) -> list[Found]:
        """The faults of a member, with its step; a null in a list is none where `_name` stands for it."""
        step = self._steps.get(name) or f".{name[:80]}"
        items = value[name]
        if type(items) is list and "_" + name in value:
            nulls = {f"[{index}]" for index, item in enumerate(items) if item is None}
            found = [each for each in found if each.path not in nulls]
        return below(step, found)

    def missing(self, value: dict[str, Any]) -> list[Found]:
        """Elements that must be there and are not, not even by an extension that says why."""
        return [
            found
            for name in sorted(self.required)
            if name not in value and "_" + name not in value
            for found in fault("required", f'"{name}" is required here.', f".{name}")
        ]


class _Choice:
    """An element that is written with one of several types."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.names = frozenset(name for name, _ in element.members)
        self.spellings = self.names | {f"_{name}" for name in self.names}
        names = [name for name, _ in element.members]
        self.listed = ", ".join(names) if len(names) <= 15 else f"{names[0]}, {names[1]} and so on"

    def faults(self, value: dict[str, Any]) -> list[Found]:
        """Two types at once, or none where one is required; a `_name` counts as its name."""
        written = sorted({name.removeprefix("_") for name in value} & self.names)
        if len(written) > 1:
            return fault(
                "structure", f"Only one of {', '.join(written)} may be written.", f".{self.element.name}"
            )
        if not written and self.element.min:
            return fault(
                "required", f"One of these is required here: {self.listed}.", f".{self.element.name}"
            )
        return []


def _sound(value: Any, local: Local) -> Faults:
    return None
