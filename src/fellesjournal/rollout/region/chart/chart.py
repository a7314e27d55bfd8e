"""A citizen's record as it is built: resources in the order in which they are written."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

import msgspec

from fellesjournal.norway.identity.kinds import OID, Sex
from fellesjournal.rollout.region.chart.coding import ACT, Json

_encode = msgspec.json.Encoder().encode


_SYSTEMS = {
    "praktisk-bistand": "https://fellesjournal.no/fhir/CodeSystem/del-av-journalen",
    "NORN_FOR": OID + "1.9603",
}
"""Of labels that are not HL7's (access/roles/labels.toml)."""


Noted = tuple[str, int, str, datetime, Sequence[tuple[str, str]]]
"""A note: its contact, its place among the bodies, who wrote it, when, and its sections."""


class Found(NamedTuple):
    """A problem that was found at a contact: where it stands among the bodies, its words and ICPC-2 code,
    from when until when it is, and the day on which it was written."""

    place: int
    text: str
    icpc: str
    since: date
    until: date | None
    seen: date
    contact: str


class Chart:
    """Collects resources as JSON. Ids are the citizen's, or begin as `ids` says, with a number: the same at
    every build.
    """

    __slots__ = (
        "_id",
        "_made",
        "adult_from",
        "bodies",
        "drawn",
        "flutters_since",
        "found",
        "interpreted",
        "interpreter",
        "label",
        "notes",
        "said",
        "sex",
        "subject",
        "tested",
        "until",
        "vaccinated",
    )

    def __init__(self, citizen: str, ids: str = "", until: datetime = datetime.max) -> None:
        self.bodies: list[bytes] = []
        self.subject: Json = {"reference": f"Patient/{citizen}"}
        self.until = until
        """What is answered later has not been answered."""
        self.sex: Sex | None = None
        self.adult_from = date.max
        """Whose blood it is, and from when it is an adult's: what is usual differs."""
        self.flutters_since = date.max
        """From when it is known that the heart flutters: no tracing shows another rhythm after it."""
        self.label = ""
        """The security label of what is written now, "" for none."""
        self.interpreter = ""
        """In which language there is an interpreter at talks, "" for none."""
        self.interpreted: set[str] = set()
        """Contacts of which it is written that there was one."""
        self.notes: list[Noted] = []
        """Those that are written of contacts."""
        self.tested: list[date] = []
        """The days on which tests were taken that a laboratory answers."""
        self.drawn: set[date] = set()
        """The days on which anything was tested."""
        self.found: list[Found] = []
        """The problems that were found at contacts."""
        self.vaccinated: list[tuple[date, str]] = []
        """When vaccines were given, and which, by what they protect against."""
        self.said: dict[str, int] = {}
        """How often the notes have said what has other words too (paraphrases.py)."""
        self._id, self._made = ids or citizen, 0

    def grown(self, on: date) -> Sex | None:
        """The sex of one who is grown on the day; None of a child, and where it is not known."""
        return self.sex if on >= self.adult_from else None

    def add(self, kind: str, content: Json) -> str:
        """Write a resource of a type; returns the reference to it."""
        self._made += 1
        id = f"{self._id}-{self._made}"
        if self.label:
            content = {
                "meta": {"security": [{"system": _SYSTEMS.get(self.label, ACT), "code": self.label}]}
            } | content
        self.bodies.append(_encode({"resourceType": kind, "id": id} | content))
        return f"{kind}/{id}"

    def rewrite(self, resource: Json) -> None:
        """Write a resource again, that has an id already."""
        self.bodies.append(_encode(resource))

    def change(self, place: int, members: Json) -> None:
        """Change members of what stands at a place among the bodies; None takes one out."""
        changed = msgspec.json.decode(self.bodies[place]) | members
        self.bodies[place] = _encode({name: value for name, value in changed.items() if value is not None})

    @contextmanager
    def labelled(self, label: str) -> Iterator[None]:
        """What is written meanwhile has a security label (HL7 v3-ActCode), such as PSY."""
        before, self.label = self.label, label
        try:
            yield
        finally:
            self.label = before
