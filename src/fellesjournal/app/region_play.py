"""`fellesjournal region play`: a day happens through the ordinary API, as the people who do it.

Each signs in where practice sites let anybody be anybody, and writes with that session: what a role may not
do, the door refuses here too.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import httpx
import msgspec

from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.rollout.region.day import PARTS, Act, Known, Part, day
from fellesjournal.rollout.region.scenes import Signs
from fellesjournal.signin import guard

FHIR = "application/fhir+json"
MOST_CITIZENS = 200
"""Of each one's citizens."""
_IDS = UUID("0b2d7c54-6a5e-5f0e-9d3c-2f6f1f8f5a10")
"""Namespace of the ids by which the parts of an act refer to one another."""
FEVER_LASTS = timedelta(days=3)
"""Temperatures from before are not gone on from."""
_SIGNS = {
    "8867-4": "pulse",
    "9279-1": "breaths",
    "2708-6": "saturation",
    "8310-5": "temperature",
    "8480-6": "systolic",
    "8462-4": "diastolic",
}
"""LOINC codes of what is measured again."""
_PATIENT = {"Encounter": "subject", "EpisodeOfCare": "patient"}


@dataclass(slots=True)
class Played:
    """What has happened so far: acts, resources written, and what was refused."""

    acts: int = 0
    written: int = 0
    refused: int = 0


class Stage:
    """The server at an address, and the people who are signed in there."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._browsers: dict[str, httpx.AsyncClient] = {}
        self._given: dict[str, str] = {}
        """What acts call a resource, and what the record does."""
        self.contacts: dict[str, dict[str, Any]] = {}
        """Contacts that went on when citizens were asked for, by citizen."""

    async def __aenter__(self) -> "Stage":
        return self

    async def __aexit__(self, *_: object) -> None:
        for browser in self._browsers.values():
            await browser.aclose()

    async def citizens(self, part: Part) -> list[str]:
        """The ids of someone's citizens, as the record has them now, in order."""
        answer = await self._ask(part.worker, "GET", f"{part.citizens}&_count={MOST_CITIZENS}")
        if answer.status_code != 200:
            raise Trouble(f"{part.worker} cannot see their citizens: {_said(answer)}")
        found = [entry["resource"] for entry in answer.json().get("entry", ())]
        for one in found:
            if one["resourceType"] == "Encounter":
                self.contacts[_patient(one)] = one
                self._given[f"Encounter/{one['id']}"] = f"Encounter/{one['id']}"
        return sorted({_patient(one) for one in found if one["resourceType"] != "OperationOutcome"})

    async def booked(self, part: Part, on: date) -> list[dict[str, Any]]:
        """The appointments of the day with someone, in the order of the clock."""
        answer = await self._ask(part.worker, "GET", f"{part.booked}&date={on}&_count={MOST_CITIZENS}")
        if answer.status_code != 200:
            raise Trouble(f"{part.worker} cannot see their appointments: {_said(answer)}")
        found = [entry["resource"] for entry in answer.json().get("entry", ())]
        booked = [one for one in found if one["resourceType"] == "Appointment"]
        self._given |= {_called(one): _called(one) for one in booked}
        return sorted(booked, key=lambda one: (one["start"], one["id"]))

    async def signs(self, worker: str, citizen: str, on: date) -> Signs:
        """The citizen's vital signs as last measured; what is usual where they are not. A temperature is of
        the last days: a fever of last month is over."""
        asked = f"Observation?patient={citizen}&category=vital-signs&_sort=-date&_count=20"
        answer = await self._ask(worker, "GET", asked)
        if answer.status_code != 200:
            return Signs()
        found = Signs()._asdict()
        entries = answer.json().get("entry", ())
        lately = (on - FEVER_LASTS).isoformat()
        for one in reversed([entry["resource"] for entry in entries]):
            for part in (one, *one.get("component", ())):
                name = _SIGNS.get(part.get("code", {}).get("coding", [{}])[0].get("code", ""))
                over = name == "temperature" and one.get("effectiveDateTime", "") < lately
                if name and not over and "valueQuantity" in part:
                    found[name] = part["valueQuantity"]["value"]
        return Signs(**found)

    async def perform(self, act: Act) -> str:
        """Do one act; "" when it went well, else why not."""
        resources = [msgspec.json.decode(body) for body in act.bodies]
        body = msgspec.json.encode(
            {
                "resourceType": "Bundle",
                "type": "transaction",
                "entry": list(_entries(act.bodies, resources, self._given)),
            }
        )
        answer = await self._ask(act.worker, "POST", "", body)
        if answer.status_code != 200:
            return _said(answer)
        for one, entry in zip(resources, answer.json()["entry"], strict=True):
            location = entry["response"]["location"].partition("/_history")[0]
            self._given[_called(one)] = "/".join(location.split("/")[-2:])
        return ""

    async def _ask(self, worker: str, method: str, path: str, body: bytes = b"") -> httpx.Response:
        """Ask as a worker; one whose session was locked or has ended signs in again."""
        for attempt in (1, 2):
            browser = self._browsers.get(worker) or await self._sign_in(worker)
            answer = await browser.request(
                method, f"/fhir/{path}".rstrip("/"), content=body, headers={"Content-Type": FHIR}
            )
            if answer.status_code != 401 or attempt == 2:
                return answer
            await self._browsers.pop(worker).aclose()
        raise AssertionError

    async def _sign_in(self, worker: str) -> httpx.AsyncClient:
        browser = httpx.AsyncClient(base_url=self._address, headers={"Origin": self._address}, timeout=30)
        try:
            answer = await browser.post("/logg-inn/ovelse", data={"person": f"Practitioner/{worker}"})
        except httpx.HTTPError as error:
            raise Trouble(
                f"Nobody answers at {self._address}: start `fellesjournal demo` first, or name the address."
            ) from error
        if answer.status_code != 303 or not (cookies := list(browser.cookies.jar)):
            raise Trouble(f"{worker} cannot sign in at {self._address}: is it a practice site with a region?")
        browser.headers[guard.HEADER] = guard.token(cookies[0].value or "")
        self._browsers[worker] = browser
        return browser


def now_in_norway() -> datetime:
    """The hour in Norway, as the acts have it."""
    return datetime.now(ZoneInfo("Europe/Oslo")).replace(tzinfo=None)


async def play(
    address: str,
    seed: str,
    on: date,
    speed: float,
    first: datetime,
    tell: Callable[[Act, str], None],
    sleep: Callable[[float], Awaitable[Any]] = asyncio.sleep,
    clock: Callable[[], datetime] = now_in_norway,
) -> Played:
    """Let a day happen at the server of an address, from `first` on, `speed` times as fast as it would.

    The day never runs ahead of the wall's clock: once it has caught up, it goes on as fast as life. `tell` is
    given each act as it is done, and why it was refused ("" when it was not). Raises Trouble when nobody
    answers, or when this is no practice site with a region.
    """
    played = Played()
    async with Stage(address) as stage:
        citizens = {part: await stage.citizens(part) for part in PARTS}
        signs = {one: await stage.signs(part.worker, one, on) for part in PARTS for one in citizens[part]}
        booked = {part: await stage.booked(part, on) for part in PARTS if part.booked}
        acts = day(seed, on, citizens, Known(signs, stage.contacts, booked))
        start = time.monotonic()
        for act in _from(acts, first):
            played_at = (act.at - first).total_seconds() / speed - (time.monotonic() - start)
            await sleep(max(0.0, played_at, (act.at - clock()).total_seconds()))
            refused = await stage.perform(act)
            played.acts += 1
            played.refused += bool(refused)
            played.written += 0 if refused else len(act.bodies)
            tell(act, refused)
    return played


def _from(acts: Sequence[Act], first: datetime) -> list[Act]:
    return [act for act in acts if act.at >= first]


def _entries(
    bodies: Sequence[bytes], resources: Sequence[dict[str, Any]], given: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """What an act writes: something new, to which the record gives the id, for people do not choose them; or
    what is there already, written again."""
    known = {_called(one): given.get(_called(one), f"urn:uuid:{uuid5(_IDS, one['id'])}") for one in resources}
    for body, resource in zip(bodies, resources, strict=True):
        text = body.decode()
        for reference, new in (*given.items(), *known.items()):
            text = text.replace(f'"reference":"{reference}"', f'"reference":"{new}"')
        own = given.get(_called(resource))
        if own:
            text = text.replace(f'"id":"{resource["id"]}"', f'"id":"{own.partition("/")[2]}"', 1)
        request = {"method": "PUT" if own else "POST", "url": own or resource["resourceType"]}
        named = {} if own else {"fullUrl": known[_called(resource)]}
        yield {**named, "resource": msgspec.Raw(text.encode()), "request": request}


def _called(resource: dict[str, Any]) -> str:
    return f"{resource['resourceType']}/{resource['id']}"


def _patient(resource: dict[str, Any]) -> str:
    if resource["resourceType"] == "Patient":
        return str(resource["id"])
    reference = resource[_PATIENT[resource["resourceType"]]]["reference"]
    return str(reference).rpartition("/")[2]


def _said(answer: httpx.Response) -> str:
    try:
        return " ".join(issue["diagnostics"] for issue in answer.json()["issue"])
    except (ValueError, KeyError):
        return f"{answer.status_code} {answer.reason_phrase}"
