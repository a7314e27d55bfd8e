"""A citizen's record as it is built: resources in the order in which they are written."""

import msgspec

from fellesjournal.rollout.region.chart.coding import Json

_encode = msgspec.json.Encoder().encode


class Chart:
    """Collects resources as JSON. Ids are the citizen's, or begin as `ids` says, with a number: the same at
    every build.
    """

    __slots__ = ("_id", "_made", "bodies", "subject")

    def __init__(self, citizen: str, ids: str = "") -> None:
        self.bodies: list[bytes] = []
        self.subject: Json = {"reference": f"Patient/{citizen}"}
        self._id, self._made = ids or citizen, 0

    def add(self, kind: str, content: Json) -> str:
        """Write a resource of a type; returns the reference to it."""
        self._made += 1
        id = f"{self._id}-{self._made}"
        self.bodies.append(_encode({"resourceType": kind, "id": id} | content))
        return f"{kind}/{id}"
