"""Logic of three values (FHIRPath N1, section 6.5): each table in full, and the laws that follow."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fhir.path.conftest import PATIENT

Truth = bool | None
TRUTHS: tuple[Truth, ...] = (True, False, None)
WORDS = {True: "true", False: "false", None: "{}"}
# The same three as a resource and as conditions give them, whose answers are compiled another way.
FOUND = {True: "active", False: "deceased", None: "photo.title"}
ASKED = {True: "name.exists()", False: "photo.exists()", None: "(photo.size = 1)"}


def both(a: Truth, b: Truth) -> Truth:
    return False if a is False or b is False else None if a is None or b is None else True


def either(a: Truth, b: Truth) -> Truth:
    return True if a or b else None if a is None or b is None else False


def differ(a: Truth, b: Truth) -> Truth:
    return None if a is None or b is None else a is not b


def follows(a: Truth, b: Truth) -> Truth:
    if a is None:
        return True if b else None
    return b if a else True


TABLES = {"and": both, "or": either, "xor": differ, "implies": follows}


def answer(text: str, definitions: Definitions) -> Truth:
    found = [item.value for item in Path(text).evaluate(PATIENT, definitions)]
    assert found in ([True], [False], [])
    return bool(found[0]) if found else None


@pytest.mark.parametrize("operator", TABLES)
@pytest.mark.parametrize(("left", "right"), list(product((WORDS, FOUND, ASKED), repeat=2)))
def test_a_table(
    operator: str, left: dict[Truth, str], right: dict[Truth, str], definitions: Definitions
) -> None:
    for a, b in product(TRUTHS, repeat=2):
        text = f"{left[a]} {operator} {right[b]}"
        assert answer(text, definitions) is TABLES[operator](a, b), text


@pytest.mark.parametrize("words", [WORDS, FOUND, ASKED])
def test_not(words: dict[Truth, str], definitions: Definitions) -> None:
    for truth in TRUTHS:
        assert answer(f"({words[truth]}).not()", definitions) is (None if truth is None else not truth)


conditions = st.recursive(
    st.sampled_from([*WORDS.values(), *FOUND.values(), *ASKED.values()]),
    lambda inner: (
        st.builds(
            lambda a, operator, b: f"({a} {operator} {b})", inner, st.sampled_from(sorted(TABLES)), inner
        )
        | inner.map(lambda a: f"({a}).not()")
    ),
    max_leaves=6,
)


@given(conditions, conditions)
def test_the_laws_of_de_morgan(definitions: Definitions, a: str, b: str) -> None:
    assert answer(f"(({a}) and ({b})).not()", definitions) is answer(
        f"({a}).not() or ({b}).not()", definitions
    )
    assert answer(f"(({a}) or ({b})).not()", definitions) is answer(
        f"({a}).not() and ({b}).not()", definitions
    )


@given(conditions, conditions, conditions)
def test_order_and_grouping_do_not_matter(definitions: Definitions, a: str, b: str, c: str) -> None:
    for operator in ("and", "or", "xor"):
        assert answer(f"({a}) {operator} ({b})", definitions) is answer(
            f"({b}) {operator} ({a})", definitions
        )
        assert answer(f"(({a}) {operator} ({b})) {operator} ({c})", definitions) is answer(
            f"({a}) {operator} (({b}) {operator} ({c}))", definitions
        )


@given(conditions, conditions, conditions)
def test_and_is_spread_over_or(definitions: Definitions, a: str, b: str, c: str) -> None:
    assert answer(f"({a}) and (({b}) or ({c}))", definitions) is answer(
        f"(({a}) and ({b})) or (({a}) and ({c}))", definitions
    )


@given(conditions, conditions)
def test_implies_is_not_or(definitions: Definitions, a: str, b: str) -> None:
    assert answer(f"({a}) implies ({b})", definitions) is answer(f"({a}).not() or ({b})", definitions)
