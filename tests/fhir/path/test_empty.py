"""Nothing in, nothing out; and one where one is asked for (FHIRPath N1, sections 4.4 and 4.5)."""

from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fhir.path.conftest import Values

MANY = "(1 | 2)"
WORDS = "('a' | 'b')"

EMPTY_FOCUS = [
    *(
        f"{{}}.{name}()"
        for name in ("first", "last", "tail", "single", "distinct", "children", "descendants")
    ),
    *(f"{{}}.{name}()" for name in ("length", "upper", "lower", "toChars", "trim")),
    *(f"{{}}.{name}()" for name in ("abs", "ceiling", "floor", "round", "truncate", "sqrt", "exp", "ln")),
    *(
        f"{{}}.to{name}()"
        for name in ("Boolean", "Integer", "Decimal", "String", "Date", "DateTime", "Time", "Quantity")
    ),
    *(
        f"{{}}.convertsTo{name}()"
        for name in ("Boolean", "Integer", "Decimal", "String", "Date", "Time", "Quantity")
    ),
    *(f"{{}}.{name}('a')" for name in ("startsWith", "endsWith", "contains", "indexOf", "matches")),
    "{}.not()",
    "{}.where(true)",
    "{}.select(1)",
    "{}.repeat(item)",
    "{}.ofType(string)",
    "{}.as(string)",
    "{}.is(string)",
    "{}.skip(1)",
    "{}.take(1)",
    "{}[0]",
    "{}.intersect(1)",
    "{}.exclude(1)",
    "{}.replace('a', 'b')",
    "{}.replaceMatches('a', 'b')",
    "{}.substring(1)",
    "{}.log(10)",
    "{}.power(2)",
    "{}.extension('urn:x')",
    "{}.resolve()",
    "{}.getValue()",
    "{}.aggregate($this + $total)",
    "name.nothing.first()",
]
EMPTY_ARGUMENT = [
    *(
        f"'abc'.{name}({{}})"
        for name in ("startsWith", "endsWith", "contains", "indexOf", "matches", "substring")
    ),
    "'abc'.replace({}, 'x')",
    "'abc'.replaceMatches({}, 'x')",
    "'abc'.replaceMatches('a', {})",
    "2.power({})",
    "100.log({})",
    "name.extension({})",
]
OPERATORS = ("+", "-", "*", "/", "div", "mod", "=", "!=", "<", ">", "<=", ">=")


@pytest.mark.parametrize("expression", [*EMPTY_FOCUS, *EMPTY_ARGUMENT])
def test_nothing_comes_of_nothing(expression: str, values: Values) -> None:
    assert values(expression) == []


@pytest.mark.parametrize("operator", OPERATORS)
def test_an_operator_with_nothing_on_one_side_finds_nothing(operator: str, values: Values) -> None:
    assert values(f"{{}} {operator} 1") == values(f"1 {operator} {{}}") == []
    assert values(f"{{}} {operator} {{}}") == []


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("{}.exists()", False),
        ("{}.empty()", True),
        ("{}.count()", 0),
        ("{}.all(false)", True),
        ("{}.allTrue()", True),
        ("{}.allFalse()", True),
        ("{}.anyTrue()", False),
        ("{}.anyFalse()", False),
        ("{}.isDistinct()", True),
        ("{}.hasValue()", False),
        ("{}.subsetOf(1)", True),
        ("{}.supersetOf(1)", False),
        ("{}.supersetOf({})", True),
        ("{} ~ {}", True),
        ("{} !~ {}", False),
        ("1 ~ {}", False),
        ("{} & {}", ""),
        ("'a' & {}", "a"),
        ("{} is string", None),
        ("1 in {}", False),
        ("{} in 1", None),
        ("{} contains 1", False),
        ("1 contains {}", None),
        ("{}.aggregate($this + $total, 7)", 7),
        ("{}.iif(true, 1, 2)", 1),
        ("iif({}, 1, 2)", 2),
        ("iif({}, 1)", None),
        ("iif(true, {}, 2)", None),
    ],
)
def test_what_nothing_has_an_answer_to(expression: str, answer: Any, values: Values) -> None:
    assert values(expression) == ([] if answer is None else [answer])


@pytest.mark.parametrize(
    "expression",
    [
        *(f"{MANY} {operator} 1" for operator in OPERATORS if operator not in ("=", "!=")),
        *(f"1 {operator} {MANY}" for operator in OPERATORS if operator not in ("=", "!=")),
        f"{WORDS} & 'c'",
        f"{WORDS}.length()",
        f"{WORDS}.upper()",
        f"{WORDS}.startsWith('a')",
        f"'abc'.contains({WORDS})",
        f"{WORDS}.replace('a', 'b')",
        f"{MANY}.abs()",
        f"{MANY}.sqrt()",
        f"2.power({MANY})",
        f"{MANY}.single()",
        f"{MANY} in 1",
        f"1 contains {MANY}",
        f"{MANY} is Integer",
        f"-{MANY}",
        f"name[{MANY}]",
        f"name.take({MANY})",
        "(true | false) and true",
        "false or (true | false)",
        "(true | false).not()",
        "birthDate.extension('a' | 'b')",
    ],
)
def test_several_where_one_is_asked_for_are_refused(expression: str, values: Values) -> None:
    with pytest.raises(Invalid):
        values(expression)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("Patient.name.first().given.first() and true", [True]),
        ("'x' and true", [True]),
        ("name.first() implies false", [False]),
        ("0 or false", [True]),
        ("active and 1", [True]),
        ("name.where('x').count()", [2]),
        ("name.where(given).count()", None),
        ("iif(name.first(), 1, 2)", [1]),
        ("name.first().all('x')", [True]),
    ],
)
def test_one_item_is_true_where_a_boolean_is_asked_for(
    expression: str, found: list[Any] | None, values: Values
) -> None:
    """Singleton evaluation: whatever is one, and no boolean, is true; several are an error."""
    if found is None:
        with pytest.raises(Invalid):
            values(expression)
    else:
        assert values(expression) == found
