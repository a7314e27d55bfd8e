"""The codes of an expansion shown below one another (ValueSet.expansion.contains.contains)."""

from collections.abc import Sequence
from typing import Any

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.terminology.release import Concept

Tree = dict[str, Any]


def nested(concepts: Sequence[tuple[Concept, Tree]]) -> list[Tree]:
    """The trees of the concepts, each in the first of its parents that is among them.

    Raises Unprocessable when some stand below one another in a circle.
    """
    trees = {concept.code: tree for concept, tree in concepts}
    roots, below = [], {}
    for concept, tree in concepts:
        parent = next((one for one in concept.parents if one in trees), None)
        if parent is None:
            roots.append(tree)
        else:
            trees[parent].setdefault("contains", []).append(tree)
            below[concept.code] = parent
    _refuse_circles(below)
    return roots


def _refuse_circles(parents: dict[str, str]) -> None:
    sound: set[str] = set()
    for start in parents:
        path: list[str] = []
        code = start
        while code in parents and code not in sound:
            if code in path:
                circle = " below ".join([*path[path.index(code) :], code])
                raise Unprocessable(Issue("business-rule", f"The hierarchy goes in a circle: {circle}."))
            path.append(code)
            code = parents[code]
        sound.update(path)
