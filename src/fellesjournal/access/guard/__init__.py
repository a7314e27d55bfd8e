"""What a resource says of who may come near: who takes part in care, and what is kept from whom. Pure."""

from collections.abc import Mapping
from typing import Any

from fellesjournal.access.guard.blocks import Kinds, blocks
from fellesjournal.access.guard.care import care
from fellesjournal.access.guard.withdrawn import EARLIER, WRONG_CITIZEN, is_withdrawn, require_error
from fellesjournal.fhir.dates import OPEN_END, OPEN_START
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.entries import Care, Restriction

Labels = Mapping[tuple[str, str], int]
"""Security labels (system, code) with the kind of restriction that each stands for;
0: a block of the resource itself, from everybody."""


class Guard:
    """Reads resources; see record.preparing.Guard. `labels` are those that keep a resource from most,
    `kinds` what a block by kind of information is of.
    """

    def __init__(self, definitions: Definitions, labels: Labels, kinds: Kinds) -> None:
        self._type_number = definitions.type_number
        self._labels = labels
        self._kinds = kinds

    def __call__(self, resource: dict[str, Any]) -> tuple[list[Care], list[Restriction]]:
        """The care and the restrictions that a valid resource tells of, each once."""
        restrictions = self._labelled(resource)
        if resource["resourceType"] == "Consent":
            restrictions += blocks(resource, self._type_number, self._kinds)
        return care(resource), list(dict.fromkeys(restrictions))

    def _labelled(self, resource: dict[str, Any]) -> list[Restriction]:
        found: list[Restriction] = []
        if labels := resource.get("meta", {}).get("security"):
            named = {(label.get("system", ""), label.get("code", "")) for label in labels}
            kinds = {self._labels.get(label) for label in named - {WRONG_CITIZEN}}
            found += [
                Restriction(kind, True, 0, 0, 0, OPEN_START, OPEN_END) for kind in kinds if kind is not None
            ]
        if is_withdrawn(resource):
            require_error(resource)
            kind = self._labels[WRONG_CITIZEN]
            found.append(Restriction(kind, True, EARLIER, 0, 0, OPEN_START, OPEN_END))
        return found
