"""What the authorization server is made for: apps, grants, the key, and the entrance where people sign in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import httpx

from fellesjournal.access.actor import Actor
from fellesjournal.access.app_grants import AppGrants, Grant
from fellesjournal.access.apps import Apps
from fellesjournal.access.granted import granted
from fellesjournal.access.journal import Journal
from fellesjournal.access.people import Person, citizen_actor, health_worker_actor
from fellesjournal.access.policies import Policies
from fellesjournal.access.signing import Signing
from fellesjournal.errors import Conflict, Gone, NotFound
from fellesjournal.signin.reception import Event, Reception
from fellesjournal.smart.refusal import Refusal

AUTHORIZE = "/smart/authorize"
TOKEN = "/smart/token"  # noqa: S105 -- an address, not a secret
INTROSPECT = "/smart/introspect"
REVOKE = "/smart/revoke"
KEYS = "/smart/jwks"
CONSENT = "/smart/samtykke"
APPS = "/smart/apper"
REGISTRY = "/smart/administrasjon"


@dataclass(frozen=True, slots=True)
class Server:
    """The authorization server of a site. `base_url` is the FHIR base, "" when each request names it."""

    reception: Reception
    apps: Apps
    grants: AppGrants
    signing: Signing
    journal: Journal
    policies: Policies
    http: httpx.AsyncClient
    base_url: str = ""
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def base(self, origin: str) -> str:
        """The address of the FHIR service, for which tokens are."""
        return self.base_url or f"{origin}/fhir"

    async def actor(self, grant: Grant) -> Actor:
        """The one who acts by a grant, now. Raises Refusal: the role has ended, the system is unknown."""
        allowed = granted(grant.scope, grant.patient)
        if grant.kind == "citizen":
            found = citizen_actor(Person(grant.person, "citizen", grant.display), app=grant.app)
        elif grant.kind == "service":
            found = await self.system(grant.app)
        else:
            role = await self.reception.people.role(grant.person, grant.practitioner_role)
            if role is None:
                raise Refusal("invalid_grant", f"{grant.practitioner_role} is no longer in force.")
            person = Person(grant.person, "health-worker", grant.display)
            found = health_worker_actor(person, role, app=grant.app)
        return replace(found, granted=allowed)

    async def system(self, app: str) -> Actor:
        """The actor of a service. Raises Refusal."""
        try:
            return await self.reception.people.system(app)
        except (NotFound, Gone, Conflict) as unknown:
            raise Refusal("invalid_client", f"The service is no system of this record: {unknown}") from None

    async def tell(self, what: str, who: str, app: str, detail: str = "") -> None:
        """Have an event logged, durably, as the entrance does."""
        await self.reception.tell(Event(what, who, "", f"{app} {detail}".strip()))
