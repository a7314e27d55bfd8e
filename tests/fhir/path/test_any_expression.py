"""Whatever is asked of whatever: an answer or a refusal, and nothing else."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Collection, Environment, Path, registry, resolve_locally, root
from fellesjournal.fhir.path.operators import OPERATORS
from fhir.path.conftest import PATIENT

MOMENT = datetime(2026, 5, 17, 12, tzinfo=UTC)
TREE: dict[str, Any] = {
    **PATIENT,
    "gender": None,
    "_gender": {"extension": [{"url": "http://x/unknown", "valueCode": "masked"}]},
    "multipleBirthInteger": 2.0,
    "maritalStatus": {"coding": [{"system": "http://s", "code": "M"}, {"display": "no code"}]},
    "extension": [
        {"url": "http://x/weight", "valueQuantity": {"value": 72.5, "unit": "kg"}},
        {"url": "http://x/age", "valueAge": {"value": 3, "system": "http://unitsofmeasure.org", "code": "a"}},
        {"url": "http://x/none", "valueQuantity": {"unit": "kg"}},
        {"url": "http://x/time", "valueTime": "10:30:00"},
        {"url": "http://x/moment", "valueInstant": "2026-05-17T10:30:00.5+02:00"},
        {"url": "http://x/wrong", "valueDate": "2026-15-99"},
    ],
}
_WORDS = """
    name given family birthDate gender active multipleBirth extension value contained maritalStatus id
    managingOrganization extension.value name.first() children() descendants() now() today() timeOfDay()
    $this $index $total %resource %context {} true false 0 1 -1 2 1.50 '' 'a' '1' 'ab' 'mg' '2026-05-17' 'hex'
    'base64' 'html' 'json' @2020 @2020-02-29 @2020-02-29T10:30:00.5Z @T10:30
"""
_QUANTITIES = ("4 days", "1 year", "3 'mg'", "1.0 'kg'", "2 'a'", "20 'Cel'", "5 'wombat'")
_TYPE_NAMES = "Quantity string System.String FHIR.Patient Boolean dateTime Element Zork"
_ATOMS = st.sampled_from((*_WORDS.split(), *_QUANTITIES))
_TYPES = st.sampled_from(_TYPE_NAMES.split())
_FUNCTIONS = sorted(registry.known())


def _call(of: str, name: str, arguments: list[str], kind: str) -> str:
    known = registry.known()[name]
    given = [kind] if known.of_type else arguments[: max(known.least, min(known.most, len(arguments) - 1))]
    return f"({of}).{name}({', '.join(given)})"


def _more(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(
            _call,
            parts,
            st.sampled_from(sorted(registry.known())),
            st.lists(parts, min_size=3, max_size=3),
            _TYPES,
        ),
        st.builds(lambda a, name, b: f"({a}) {name} ({b})", parts, st.sampled_from(sorted(OPERATORS)), parts),
        st.builds(lambda a, name, kind: f"({a}) {name} {kind}", parts, st.sampled_from(("is", "as")), _TYPES),
        st.builds(lambda a, b: f"({a})[{b}]", parts, parts),
        st.builds(lambda sign, a: f"{sign}({a})", st.sampled_from("+-"), parts),
    )


@given(text=st.recursive(_ATOMS, _more, max_leaves=6))
def test_any_expression_is_answered_or_refused(text: str, definitions: Definitions) -> None:
    environment = Environment(definitions, root(TREE), resolve_locally, MOMENT)
    patient = environment.resource
    with suppress(Invalid):
        path = Path(text)
        found = path.find(patient, environment)
        assert all(item.type for item in found)
        if len(found) < 2:
            assert path.holds(patient, environment) is _truth(found)


def _truth(found: Collection) -> bool | None:
    if not found:
        return None
    return found[0].value if isinstance(found[0].value, bool) else True


@given(text=st.recursive(_ATOMS, _more, max_leaves=4))
def test_any_expression_can_be_checked(text: str, definitions: Definitions) -> None:
    for kind in ("Patient", "HumanName", "Questionnaire.item"):
        with suppress(Invalid):
            Path(text).check(kind, definitions)
