"""How far a variable reaches that defineVariable() defines."""

from fellesjournal.fhir.path.parts import Part
from fellesjournal.fhir.path.syntax import Binary, Call, Expression, Index, Member, TypeTest, Unary


def forked(expression: Expression, part: Part) -> Part:
    """The part, evaluated in a scope of its own if it defines variables."""
    if not _defines(expression):
        return part
    return Part(
        lambda focus, scope: part.find(focus, scope.fork()),
        lambda focus, scope: part.holds(focus, scope.fork()),
        lambda focus, scope: part.some(focus, scope.fork()),
    )


def _defines(expression: Expression) -> bool:
    match expression:
        case Call(of=of, name=name, arguments=arguments):
            return name == "defineVariable" or any(_defines(part) for part in (of, *arguments) if part)
        case Member(of=of) if of is not None:
            return _defines(of)
        case Index(of=of, index=index):
            return _defines(of) or _defines(index)
        case Binary(left=left, right=right):
            return _defines(left) or _defines(right)
        case Unary(operand=operand) | TypeTest(operand=operand):
            return _defines(operand)
    return False
