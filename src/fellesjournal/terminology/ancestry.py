"""Who stands above whom: cycles found, and everything below each concept, for any number of parents.

Concepts are numbers from 1. `children` holds, for each concept that has any, the concepts directly below it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

Children = Mapping[int, Sequence[int]]


def cycle(children: Children) -> list[int]:
    """The concepts of one cycle, each directly above the next and the last above the first; empty if none."""
    above = Counter(child for below in children.values() for child in below)
    free = [concept for concept in children if concept not in above]
    while free:
        for child in children.get(free.pop(), ()):
            above[child] -= 1
            if not above[child]:
                free.append(child)
    caught = {concept for concept, parents in above.items() if parents}
    return _loop(children, caught) if caught else []


def below(children: Children) -> Iterator[tuple[int, set[int]]]:
    """Each concept that has children, with everything below it, itself left out; in the order of the numbers.

    Only for a hierarchy without cycles. Memory: one concept's set at a time.
    """
    for concept in sorted(children):
        level = found = set(children[concept])
        while level:
            level = {child for parent in level if parent in children for child in children[parent]} - found
            found = found | level if level else found
        yield concept, found


def _loop(children: Children, caught: set[int]) -> list[int]:
    """One loop among concepts that stand on a loop or below one: upwards until a place comes again."""
    parents = {child: parent for parent in caught for child in children.get(parent, ()) if child in caught}
    path = {min(caught): None}
    while (above := parents[next(reversed(path))]) not in path:
        path[above] = None
    walked = list(path)
    return walked[walked.index(above) :][::-1]
