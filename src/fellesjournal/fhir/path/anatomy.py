"""What an expression holds: how many parts, and variables that defineVariable() defines."""

from fellesjournal.fhir.path.parts import Part
from fellesjournal.fhir.path.syntax import Binary, Call, Expression, Index, Member, Ordered, TypeTest, Unary


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The parts directly below one."""
    match expression:
        case Call(of=of, arguments=arguments):
            return (of, *arguments) if of else arguments
        case Member(of=of) if of is not None:
            return (of,)
        case Index(of=of, index=index):
            return (of, index)
        case Binary(left=left, right=right):
            return (left, right)
        case Unary(operand=operand) | TypeTest(operand=operand) | Ordered(operand=operand):
            return (operand,)
    return ()


def size(expression: Expression) -> int:
    """How many parts the expression has."""
    return 1 + sum(map(size, parts_of(expression)))


def forked(expression: Expression, part: Part) -> Part:
    """The part, evaluated in a scope of its own if it defines variables: they are not seen outside it."""
    if not _defines(expression):
        return part
    return part._replace(
        find=lambda focus, scope: part.find(focus, scope.fork()),
        holds=lambda focus, scope: part.holds(focus, scope.fork()),
        some=lambda focus, scope: part.some(focus, scope.fork()),
    )


def _defines(expression: Expression) -> bool:
    if isinstance(expression, Call) and expression.name == "defineVariable":
        return True
    return any(map(_defines, parts_of(expression)))
