"""From text to syntax: the whole grammar of FHIRPath N1 (hl7.org/fhirpath/N1, section 12.1)."""

from functools import lru_cache

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.lexer import Token, tokens
from fellesjournal.fhir.path.syntax import (
    Binary,
    Call,
    Constant,
    Expression,
    Index,
    Literal,
    Member,
    Ordered,
    Special,
    TypeTest,
    Unary,
)

_TIGHTNESS = {
    **dict.fromkeys(("*", "/", "div", "mod"), 9),
    **dict.fromkeys(("+", "-", "&"), 8),
    **dict.fromkeys(("is", "as"), 7),
    "|": 6,
    **dict.fromkeys(("<=", "<", ">", ">="), 5),
    **dict.fromkeys(("=", "~", "!=", "!~"), 4),
    **dict.fromkeys(("in", "contains"), 3),
    "and": 2,
    **dict.fromkeys(("or", "xor"), 1),
    "implies": 0,
}
_SIGN_TIGHTNESS = 10
_DEEPEST = 200
_LONGEST = 20_000
_RESERVED = frozenset(("div", "mod", "and", "or", "xor", "implies", "true", "false"))
_PERIODS = ("year", "month", "week", "day", "hour", "minute", "second", "millisecond")
_PERIOD_NAMES = frozenset((*_PERIODS, *(f"{period}s" for period in _PERIODS)))


@lru_cache(maxsize=4_000)
def parse(text: str) -> Expression:
    """The syntax of an expression. Raises Invalid that says where it stops being FHIRPath."""
    if len(text) > _LONGEST:
        raise Invalid(f"FHIRPath: an expression has at most {_LONGEST} characters, not {len(text)}.")
    parser = _Parser(text)
    try:
        found = parser.expression(0)
    except RecursionError:
        raise parser.too_deep() from None
    parser.expect("end")
    return found


def type_name(expression: Expression) -> str:
    """A type written as a function's argument: Patient, FHIR.Patient. Raises Invalid for anything else."""
    match expression:
        case Member(of=None, name=name):
            return name
        case Member(of=Member(of=None, name=space), name=name):
            return f"{space}.{name}"
    raise Invalid(
        f"FHIRPath: a type is written Quantity or FHIR.Quantity (character {expression.position + 1})."
    )


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._depths: dict[int, int] = {}
        self._tokens = tokens(text)
        self._next = next(self._tokens)

    def expression(self, tightness: int) -> Expression:
        left = self._signed()
        while True:
            operator = self._next
            found = _TIGHTNESS.get(operator.text) if operator.kind in ("symbol", "name") else None
            if found is None or found < tightness:
                return left
            self._take()
            if operator.text in ("is", "as"):
                left = self._over(TypeTest(operator.text, left, self._type(), operator.position), left)
            else:
                right = self.expression(found + 1)
                left = self._over(Binary(operator.text, left, right, operator.position), left, right)

    def expect(self, text: str) -> Token:
        kind = "end" if text == "end" else "symbol"
        if self._next.kind != kind or (kind == "symbol" and self._next.text != text):
            raise self._unexpected(f"'{text}'" if kind == "symbol" else "the end")
        return self._take()

    def too_deep(self) -> Invalid:
        return Invalid(f"FHIRPath: the expression '{self._text[:60]}...' is nested too deeply.")

    def _signed(self) -> Expression:
        sign = self._next
        if self._is("+", "-"):
            self._take()
            operand = self.expression(_SIGN_TIGHTNESS)
            return self._over(Unary(sign.text, operand, sign.position), operand)
        found = self._term()
        while True:
            here = self._next.position
            if self._is("."):
                self._take()
                found = self._invocation(found)
            elif self._is("["):
                self._take()
                index = self.expression(0)
                found = self._over(Index(found, index, here), found, index)
                self.expect("]")
            else:
                return found

    def _term(self) -> Expression:
        token = self._next
        match token.kind, token.text:
            case "symbol", "(":
                self._take()
                found = self.expression(0)
                self.expect(")")
                return found
            case "symbol", "{":
                self._take()
                self.expect("}")
                return Literal("empty", "", position=token.position)
            case "symbol", "%":
                self._take()
                return Constant(self._constant_name(), token.position)
            case "name", "true" | "false":
                self._take()
                return Literal("boolean", token.text, position=token.position)
            case "string" | "date" | "time" | "number", _:
                return self._literal()
        return self._invocation(None)

    def _literal(self) -> Expression:
        token = self._take()
        match token.kind:
            case "string":
                return Literal("string", token.text, position=token.position)
            case "date":
                kind = "datetime" if "T" in token.text else "date"
                return Literal(kind, token.text[1:].removesuffix("T"), position=token.position)
            case "time":
                return Literal("time", token.text[2:], position=token.position)
        unit = self._next
        if unit.kind == "string" or (unit.kind == "name" and unit.text in _PERIOD_NAMES):
            self._take()
            return Literal("quantity", token.text, unit.text, token.position, calendar=unit.kind == "name")
        return Literal("decimal" if "." in token.text else "integer", token.text, position=token.position)

    def _invocation(self, of: Expression | None) -> Expression:
        token = self._next
        if token.kind == "name" and token.text.startswith("$"):
            if of is not None:
                raise self._unexpected("a name")
            self._take()
            return Special(token.text, token.position)
        name = self._identifier()
        if not self._is("("):
            return self._over(Member(of, name, token.position), of)
        self._take()
        arguments: list[Expression] = []
        while not self._is(")"):
            if arguments:
                self.expect(",")
            arguments.append(self._argument(name))
        self._take()
        return self._over(Call(of, name, tuple(arguments), token.position), of, *arguments)

    def _argument(self, function: str) -> Expression:
        found = self.expression(0)
        direction = self._next
        if function != "sort":
            return found
        if direction.kind != "name" or direction.text not in ("asc", "desc"):
            return self._descending(found)
        self._take()
        return self._over(Ordered(found, direction.text == "desc", direction.position), found)

    def _descending(self, key: Expression) -> Expression:
        """sort(-family): before there were asc and desc, a minus put the largest first, words too."""
        if isinstance(key, Unary) and key.operator == "-":
            return self._over(Ordered(key.operand, True, key.position), key.operand)
        return key

    def _over(self, made: Expression, *parts: Expression | None) -> Expression:
        """What was made over its parts, unless it is too deep to be evaluated one function within another."""
        depth = 1 + max((self._depths.get(id(part), 1) for part in parts), default=0)
        if depth > _DEEPEST:
            raise self.too_deep()
        self._depths[id(made)] = depth
        return made

    def _type(self) -> str:
        name = self._identifier()
        if self._is("."):
            self._take()
            name = f"{name}.{self._identifier()}"
        return name

    def _constant_name(self) -> str:
        return self._take().text if self._next.kind == "string" else self._identifier()

    def _identifier(self) -> str:
        token = self._next
        if token.kind == "quoted" or (token.kind == "name" and token.text not in _RESERVED):
            return self._take().text
        raise self._unexpected("a name")

    def _is(self, *symbols: str) -> bool:
        return self._next.kind == "symbol" and self._next.text in symbols

    def _take(self) -> Token:
        taken = self._next
        if taken.kind != "end":
            self._next = next(self._tokens)
        return taken

    def _unexpected(self, wanted: str) -> Invalid:
        found = f"'{self._next.text}'" if self._next.kind != "end" else "the end"
        where = f"at character {self._next.position + 1} of '{self._text}'"
        return Invalid(f"FHIRPath: {wanted} is missing {where}, where {found} stands.")
