"""FHIR's definitions as expressions walk them: looked up once, then by one dictionary a step."""

from functools import lru_cache
from typing import NamedTuple

from fellesjournal.fhir.definitions import Definitions

REFLECTED = "System.TypeInfo"
"""The path of what type() gives (FHIRPath N1, section 10.2)."""


class Step(NamedTuple):
    """A JSON member that an element may be written as: `valueQuantity` for the name "value"."""

    key: str
    shadow: str
    """The member with id and extensions of a primitive, "_birthDate"; "" for what is no primitive."""
    type: str
    path: str
    """Where Definitions finds what stands below; "" for a primitive."""


Steps = dict[str, tuple[Step, ...]]
"""By the element's name, a choice without its type."""


class Model:
    """What stands below each path, and which type is a specialisation of which."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.steps = _StepsByPath(definitions)
        self.members = _MembersByPath(self.steps)
        self._kinship: dict[tuple[str, str], bool] = {}

    def is_a(self, name: str, ancestor: str) -> bool:
        """As Definitions.is_a, remembered."""
        if name == ancestor:
            return True
        found = self._kinship.get((name, ancestor))
        if found is None:
            found = self._kinship[name, ancestor] = self.definitions.is_a(name, ancestor)
        return found


@lru_cache(maxsize=4)
def model_of(definitions: Definitions) -> Model:
    """The model of some definitions; there is one set of them in a process, and a few in its tests."""
    return Model(definitions)


class _StepsByPath(dict[str, Steps]):
    def __init__(self, definitions: Definitions) -> None:
        names = ("namespace", "name", "baseType")
        reflected: Steps = {name: (Step(name, "", "System.String", ""),) for name in names}
        super().__init__({"": {}, REFLECTED: reflected})
        self._definitions = definitions

    def __missing__(self, path: str) -> Steps:
        found: dict[str, list[Step]] = {}
        if self._definitions.is_type(path.partition(".")[0]):
            for key, member in self._definitions.members(path).items():
                shadow = "" if member.children else "_" + key
                step = Step(key, shadow, member.type, member.children)
                found.setdefault(member.element.name, []).append(step)
        steps = self[path] = {name: tuple(choices) for name, choices in found.items()}
        return steps


class _MembersByPath(dict[str, dict[str, Step]]):
    """The steps below each path, by the JSON member."""

    def __init__(self, steps: "_StepsByPath") -> None:
        super().__init__()
        self._steps = steps

    def __missing__(self, path: str) -> dict[str, Step]:
        found = {step.key: step for choices in self._steps[path].values() for step in choices}
        self[path] = found
        return found
