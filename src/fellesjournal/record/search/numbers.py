"""Numbers that stand in the text of a statement."""

from collections.abc import Sequence


def one_of(column: str, numbers: Sequence[int]) -> str:
    """`column` is one of `numbers` (types, paths).

    They stand in the text, not among the arguments: there are few of them, and what PostgreSQL knows of each
    decides the plan.
    """
    if len(numbers) == 1:
        return f"{column} = {int(numbers[0])}"
    return f"{column} in ({', '.join(str(int(number)) for number in numbers)})" if numbers else "false"
