"""Who acts: a person, a citizen or a system, in the one role that is active now, for a purpose."""

from dataclasses import dataclass

from fellesjournal.access.granted import Granted


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts, with the one role that is active, and what it is done for.

    `person` is a reference: "Practitioner/4" of a health worker, "Patient/9" of a citizen, "Device/2" of a
    system. `role` names the policy in access/roles. `practitioner_role` and `unit` ("PractitionerRole/5",
    "Organization/7") are a health worker's, empty for others. `purpose` is a code of
    http://terminology.hl7.org/CodeSystem/v3-ActReason (PurposeOfUse). `app` is the client that acts
    for them, `granted` what it has been granted; None: all that the role may do.
    """

    person: str
    role: str
    purpose: str
    display: str = ""
    practitioner_role: str = ""
    unit: str = ""
    unit_display: str = ""
    session: str = ""
    app: str = ""
    represents: str = ""
    represents_by: str = ""
    granted: Granted | None = None

    @classmethod
    def practice(cls) -> "Actor":
        """The one who acts on a practice site, where no real citizen has a record."""
        return cls(person="practice", role="practice", purpose="HTEST")
