"""From a constraint to a test of a JSON value: the quickest of three ways that gives the same answer."""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Constraint, Definitions
from fellesjournal.fhir.faults import Faults, Found, Local, notice
from fellesjournal.fhir.invariants.errata import ERRATA
from fellesjournal.fhir.invariants.means import Asking, Means, asks
from fellesjournal.fhir.invariants.native import NATIVE
from fellesjournal.fhir.invariants.plain import plain
from fellesjournal.fhir.path import Collection, Item, Path
from fellesjournal.fhir.path.items import root

_NOBODY = Means()


class Failed(NamedTuple):
    """An evaluation that came to an end without an answer: no breach, and not kept either."""

    reason: str

    def __bool__(self) -> bool:
        """Whether the rule is kept."""
        return False


Test = Callable[[Any, Local], bool | Failed | None]
"""Does the value keep the rule? None: what it asks for is not known here."""

# Tells a programmer what passes by; the value is the same without it, and so is the time.
_TRACE = re.compile(r"\.trace\('[^']*'\)")


class Invariant(NamedTuple):
    """A constraint with its test. `test` is None when the expression is no FHIRPath, for the `reason`."""

    key: str
    severity: str
    human: str
    test: Test | None
    reason: str = ""

    def breach(self, value: Any, local: Local) -> list[Found]:
        """What to say of a value that breaks the rule; [] for one that keeps it.

        Whether a rule that cannot be evaluated is kept is unknown: of one that must be kept, a warning.
        """
        holds = self.test(value, local) if self.test else Failed(self.reason)
        if holds:
            return []
        message = _sentence(f"{self.key} cannot be evaluated here: {self.human}")
        if holds is None:
            return notice("information", "not-supported", message)
        if isinstance(holds, Failed):
            severity = "warning" if self.severity == "error" else "information"
            return notice(severity, "processing", f"{message} {holds.reason}")
        return notice(self.severity, "invariant", _sentence(f"{self.key}: {self.human}"))


class Invariants:
    """Makes the tests of constraints; `severities` are those wanted, the others are passed over."""

    def __init__(
        self,
        definitions: Definitions,
        severities: Iterable[str] = ("error", "warning"),
        means: Means = _NOBODY,
    ) -> None:
        self._definitions = definitions
        self._severities = frozenset(severities)
        self._means = means

    def on(self, path: str, kind: str = "") -> tuple[Invariant, ...]:
        """Those that R4 puts on a type or element; `kind` is the type of its values, where it is another."""
        return self.of(self._definitions.constraints(path), kind or path)

    def of(self, constraints: Iterable[Constraint], kind: str) -> tuple[Invariant, ...]:
        """The constraints of an element whose values are of the type, or stand at the path, `kind`."""
        return tuple(
            Invariant(each.key, each.severity, each.human, *self._tested(expression, kind))
            for each in constraints
            for expression in _asked(each.expression)
            if each.severity in self._severities
        )

    def _tested(self, expression: str, kind: str) -> tuple[Test | None, str]:
        try:
            return self._test(expression, kind), ""
        except Invalid as error:
            return None, error.issues[0].diagnostics

    def _test(self, expression: str, kind: str) -> Test:
        native = NATIVE.get(expression)
        if native is not None:
            return native
        written = _TRACE.sub("", expression)
        quick = plain(written, kind, self._definitions)
        return quick or by_path(written, kind, self._definitions, self._means)


def _asked(expression: str) -> tuple[str, ...]:
    """The expression, what is asked instead of it, or nothing."""
    erratum = ERRATA.get(expression)
    if erratum is None:
        return (expression,)
    return (erratum.instead,) if erratum.instead else ()


def flaw(expression: str) -> str:
    """Why an expression cannot be compiled, "" when it can."""
    try:
        for asked in () if expression in NATIVE else _asked(expression):
            Path(_TRACE.sub("", asked))
    except Invalid as error:
        return error.issues[0].diagnostics
    return ""


def by_path(expression: str, kind: str, definitions: Definitions, means: Means = _NOBODY) -> Test:
    """The test that FHIRPath itself makes. Raises Invalid when the expression cannot be compiled."""
    path = Path(expression)
    asks_others = asks(expression)
    is_primitive = "." not in kind and definitions.is_primitive(kind)
    type_name = "BackboneElement" if "." in kind else kind
    below = "" if is_primitive else kind

    def test(value: Any, local: Local) -> bool | Failed | None:
        focus = Item(value, type_name, below)
        variables = {"context": [focus], "rootResource": [root(local.root)]}
        try:
            if not asks_others:
                return _is_true(path.evaluate(local.resource, definitions, focus=focus, variables=variables))
            asking = Asking(expression, means, local)
            found = path.evaluate(
                local.resource,
                definitions,
                focus=focus,
                variables=variables,
                moment=means.moment() if means.moment else None,
                codes=asking,
                conforms=asking.conforms,
                slices=asking.slices,
            )
        except Invalid as error:
            # Without a clock the rule may have failed for that alone.
            unknown = asks_others and means.moment is None
            return None if unknown else Failed(error.issues[0].diagnostics)
        return _is_true(found) or (False if asking.is_sure else None)

    return test


def _is_true(found: Collection) -> bool:
    """Nothing found is not true: a rule is kept when its expression says so (conformance-rules.html)."""
    return len(found) == 1 and (found[0].value is True or type(found[0].value) is not bool)


def breaches(invariants: tuple[Invariant, ...], value: Any, local: Local) -> Faults:
    """What a sound value breaks, None when it is nothing."""
    found: list[Found] = []
    for invariant in invariants:
        if invariant.test is None or not invariant.test(value, local):
            found += invariant.breach(value, local)
    return found or None


def breaches_of_faulty(invariants: tuple[Invariant, ...], value: Any, local: Local) -> list[Found]:
    """What a value with other faults breaks besides, as far as its form lets the rules be asked."""
    found: list[Found] = []
    for invariant in invariants:
        try:
            if invariant.test is not None and invariant.test(value, local) is False:
                found += invariant.breach(value, local)
        except Exception:  # noqa: S112 - tests meet any JSON here, and its faults are told
            continue
    return found


def _sentence(text: str) -> str:
    text = text.rstrip(" ;")
    return text if text.endswith((".", "?", "!")) else f"{text}."
