"""Everything that can be asked over HTTP about a citizen whose address is protected, line by line.

Each line has a case: the requests that might tell where Kari is, guesses among them. A case is given a way to
read what the one who asks sees, for the writes that send it back.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from copy import deepcopy
from typing import Any, NamedTuple
from urllib.parse import quote

from access.test_protected_addresses import ADDRESS, PROTECTION, of_kari
from fellesjournal.norway.protection import EXTENSION

Tree = dict[str, Any]
See = Callable[[str], Awaitable[Tree]]
"""Reads a resource, "Patient/kari", as the one who asks sees it; {} when it is not there for them."""


class Request(NamedTuple):
    """One request; `headers` are given with underscores."""

    method: str
    address: str
    body: Any = None
    headers: dict[str, str] = {}  # noqa: RUF012 # never changed


Case = Callable[[See], AsyncIterator[Request]]

_KARI = {"reference": "Patient/kari"}
_WARD = {"reference": "Organization/qqward", "display": "qqward"}
_FURTHER: list[Tree] = [
    {
        "resourceType": "Task",
        "id": "errand",
        "status": "requested",
        "intent": "order",
        "for": _KARI,
        "owner": _WARD,
        "location": {"reference": "Location/qqroom"},
    },
    {
        "resourceType": "ServiceRequest",
        "id": "referral",
        "status": "active",
        "intent": "order",
        "subject": _KARI,
        "performer": [_WARD],
        "locationReference": [{"reference": "Location/qqroom"}],
    },
    {
        "resourceType": "Communication",
        "id": "letter",
        "status": "completed",
        "subject": _KARI,
        "recipient": [_WARD, {"display": "qqrecipient"}],
    },
    {
        "resourceType": "CareTeam",
        "id": "team",
        "subject": _KARI,
        "participant": [{"member": {"reference": "Practitioner/lege"}, "onBehalfOf": _WARD}],
        "managingOrganization": [_WARD],
        "telecom": [{"system": "phone", "value": "qq4711"}],
    },
    {
        "resourceType": "Coverage",
        "id": "cover",
        "status": "active",
        "beneficiary": _KARI,
        "payor": [_WARD],
    },
    {
        "resourceType": "Person",
        "id": "person",
        "extension": PROTECTION,
        "address": [ADDRESS],
        "telecom": [{"system": "email", "value": "qq@qq.no"}],
        "managingOrganization": _WARD,
        "link": [{"target": _KARI}],
    },
]
_WITH_OTHERS: list[Tree] = [
    {
        "resourceType": "Appointment",
        "id": "circle",
        "status": "booked",
        "start": "2026-11-23T10:00:00Z",
        "end": "2026-11-23T10:30:00Z",
        "participant": [
            {"actor": {"reference": "Patient/ola"}, "status": "accepted"},
            {"actor": _KARI, "status": "accepted"},
            {"actor": {"reference": "Location/qqroom"}, "status": "accepted"},
        ],
        "slot": [{"reference": "Slot/qqslot"}],
    },
    {
        "resourceType": "Communication",
        "id": "circular",
        "status": "completed",
        "subject": {"reference": "Patient/ola"},
        "recipient": [_KARI, {"reference": "RelatedPerson/mother"}],
        "sender": _WARD,
    },
    {
        "resourceType": "List",
        "id": "round",
        "status": "current",
        "mode": "working",
        "source": {"reference": "PractitionerRole/qqrole"},
        "entry": [{"item": {"reference": "Patient/ola"}}, {"item": _KARI}],
    },
    {
        "resourceType": "Account",
        "id": "bill",
        "status": "active",
        "subject": [{"reference": "Patient/ola"}, _KARI],
        "owner": _WARD,
    },
]
"""In the record of Ola, who is not protected."""
PLACES = ("Organization/qqward", "Organization/qqoffice", "Location/qqroom", "Location/qqhall")


def secret() -> list[Tree]:
    """All that tells where Kari is: of her own resources one of each kind, and those that name others too."""
    return [*of_kari(), *deepcopy(_FURTHER), *deepcopy(_WITH_OTHERS)]


_TYPES = sorted({one["resourceType"] for one in secret()})
_ONES = [f"{one['resourceType']}/{one['id']}" for one in secret()]
_CUTS = ("_elements=address,telecom,contact,serviceProvider,location,owner", "_summary=true", "_summary=text")
_SHOWN = ("", *_CUTS, "_summary=data", "_pretty=true")

_WORDS = {
    "Patient": (
        *(f"address{end}=Qqveien 1" for end in ("", ":exact", ":contains", "-use", ":not")),
        "address-city=Qqby",
        "address-postalcode=qq99",
        "phone=qq4711",
        "phone:not=qq4711",
        "telecom=phone|qq4711",
        "email=qq@qq.no",
        *(
            f"{name}:missing={is_so}"
            for name in ("address", "telecom", "phone")
            for is_so in ("true", "false")
        ),
        *(f"organization:missing={is_so}" for is_so in ("true", "false")),
        "organization=Organization/qqward",
        "organization:not=Organization/qqward",
        "organization.name=qqward",
        "general-practitioner=Organization/qqoffice",
        "general-practitioner:Organization.name=qqoffice",
        "_content=Qqveien",
        "_text=qqtext",
        "_source=urn:qqsource",
        "_has:Encounter:patient:service-provider=Organization/qqward",
        "_has:Encounter:patient:location.name=qqroom",
        "_has:RelatedPerson:patient:address=Qqveien",
        "_has:RelatedPerson:patient:phone=qq4711",
        "_has:Person:patient:address-city=Qqby",
        "address=Qqveien&_summary=count",
        "address=Qqveien&_total=accurate",
        *(f"_sort={order}{name}" for order in ("", "-") for name in ("address-city", "phone", "address")),
        "_sort=organization",
        "_include=Patient:organization&_include=Patient:general-practitioner",
        "_revinclude=Encounter:patient&_include:iterate=Encounter:service-provider",
        "_revinclude=*&_include:iterate=*",
        "address:wrong=Qqveien",
        "address-city:missing=Qqby",
    ),
    "Encounter": (
        "service-provider=Organization/qqward",
        "service-provider.name=qqward",
        "service-provider:missing=true",
        "location=Location/qqroom",
        "location.name:contains=qq",
        "location:missing=false",
        "patient.address=Qqveien",
        "subject:Patient.phone=qq4711",
        "patient.organization.name=qqward",
        "_include=*",
        "_sort=service-provider",
        "_sort=location",
    ),
    "Appointment": (
        "actor=HealthcareService/qqservice",
        "patient=Patient/ola&actor=Location/qqroom",
        "actor:missing=false",
        "location=Location/qqroom",
        "slot=Slot/qqslot",
        "slot.schedule.actor=Location/qqroom",
        "_include=Appointment:slot&_include:iterate=Slot:schedule",
        "_include=Appointment:actor",
    ),
    "RelatedPerson": ("address=Qqveien", "phone=qq4711", "address-city:exact=Qqby", "_sort=address-city"),
    "Observation": ("performer=Organization/qqward", "subject:Patient.address=Qqveien", "_include=*"),
    "DocumentReference": ("custodian=Organization/qqward", "location=https://qqhost.no/1", "_include=*"),
    "Task": ("owner=Organization/qqward", "owner:Organization.name=qqward", "_include=Task:owner"),
    "ServiceRequest": ("performer=Organization/qqward", "_include=*", "performer:missing=false"),
    "Communication": (
        "recipient=Organization/qqward",
        "sender.name=qqward",
        "_include=Communication:recipient&_include=Communication:sender",
    ),
    "List": ("source=PractitionerRole/qqrole", "source:missing=true", "_include=List:source"),
    "Account": ("owner=Organization/qqward", "owner.name=qqward", "_include=Account:owner"),
    "CareTeam": ("participant=Organization/qqward", "_include=*"),
    "Coverage": ("payor=Organization/qqward", "payor:missing=false", "_include=Coverage:payor"),
    "Consent": ("actor=Organization/qqclinic", "organization=Organization/qqward", "_include=*"),
    "Person": ("address=Qqveien", "organization=Organization/qqward", "_sort=address-city", "_include=*"),
    "Organization": (
        "_has:Encounter:service-provider:patient=Patient/kari",
        "_has:Patient:organization:_id=kari",
        "_has:Patient:general-practitioner:_id=kari",
        "_id=qqward&_revinclude=Encounter:service-provider&_revinclude=Patient:organization",
    ),
    "Location": ("_has:Encounter:location:patient=Patient/kari", "_id=qqroom&_revinclude=*"),
    "Slot": ("_has:Appointment:slot:patient=Patient/kari", "_id=qqslot&_revinclude=Appointment:slot"),
}
"""Searches by type; those with the marker are guesses, right in one world and wrong in the other."""


def _written(search: str) -> str:
    return quote(search, safe="=&:,.|@")


async def _metadata(see: See) -> AsyncIterator[Request]:
    yield Request("GET", "metadata")


async def _openapi(see: See) -> AsyncIterator[Request]:
    yield Request("GET", "openapi.json")


async def _read(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        for cut in _SHOWN:
            yield Request("GET", f"{one}?{cut}")
        yield Request("HEAD", one)
        yield Request("GET", one, headers={"accept_encoding": "gzip"})
        yield Request("GET", one, headers={"if_none_match": 'W/"1"'})
    yield Request("GET", "Patient/kari?address=x")


async def _vread(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        for version in (1, 2, 99):
            yield Request("GET", f"{one}/_history/{version}")


async def _history(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        for cut in ("", *_CUTS):
            yield Request("GET", f"{one}/_history?{cut}")


async def _type_history(see: See) -> AsyncIterator[Request]:
    for name in _TYPES:
        yield Request("GET", f"{name}/_history?_count=50")


async def _system_history(see: See) -> AsyncIterator[Request]:
    yield Request("GET", "_history?_count=200")


async def _search(see: See) -> AsyncIterator[Request]:
    for name in _TYPES:
        yield Request("GET", name)
        for cut in (*_CUTS, "_summary=count"):
            yield Request("GET", f"{name}?{cut}")
    for name, searches in _WORDS.items():
        for search in searches:
            yield Request("GET", f"{name}?{_written(search)}")


async def _search_by_form(see: See) -> AsyncIterator[Request]:
    form = {"content_type": "application/x-www-form-urlencoded"}
    for name in ("Patient", "Encounter"):
        for search in _WORDS[name]:
            yield Request("POST", f"{name}/_search", _written(search).encode(), form)


async def _search_system(see: See) -> AsyncIterator[Request]:
    for name in ("_content=Qqveien", "_has:Encounter:patient:service-provider=Organization/qqward"):
        yield Request("GET", f"?_type=Patient,Encounter&{_written(name)}")
    yield Request("GET", f"?_type={','.join(_TYPES)}&_summary=true")


async def _search_system_by_form(see: See) -> AsyncIterator[Request]:
    form = {"content_type": "application/x-www-form-urlencoded"}
    yield Request("POST", "_search", b"_type=Patient&_content=Qqveien", form)


async def _compartment(see: See) -> AsyncIterator[Request]:
    for name in _TYPES:
        yield Request("GET", f"Patient/kari/{name}?_include=*")
        for search in _WORDS.get(name, ()):
            yield Request("GET", f"Patient/kari/{name}?{_written(search)}")
    yield Request("GET", "RelatedPerson/mother/Patient")
    yield Request("GET", "Encounter/stay/Observation")


async def _compartment_by_form(see: See) -> AsyncIterator[Request]:
    form = {"content_type": "application/x-www-form-urlencoded"}
    yield Request("POST", "Patient/kari/Encounter/_search", b"location=Location/qqroom", form)


async def _everything(see: See) -> AsyncIterator[Request]:
    for cut in ("", "_count=100", f"_type={','.join(_TYPES)}", "_elements=address"):
        yield Request("GET", f"Patient/kari/$everything?{cut}")


async def _everything_posted(see: See) -> AsyncIterator[Request]:
    yield Request("POST", "Patient/kari/$everything", {"resourceType": "Parameters"})


async def _summary(see: See) -> AsyncIterator[Request]:
    for language in ("", "?language=en"):
        yield Request("GET", f"Patient/kari/$summary{language}")


async def _access_log(see: See) -> AsyncIterator[Request]:
    yield Request("GET", "Patient/kari/$access-log")
    yield Request("GET", "AuditEvent?patient=Patient/kari")


async def _diff(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        for versions in ("", "from=1", "from=1&to=1", "to=2"):
            yield Request("GET", f"{one}/$diff?{versions}")


async def _meta(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        yield Request("GET", f"{one}/$meta")


async def _meta_posted(see: See) -> AsyncIterator[Request]:
    yield Request("POST", "Patient/kari/$meta", {"resourceType": "Parameters"})


def _labels(code: str, system: str = "urn:x") -> Tree:
    meta = {"tag" if system == "urn:x" else "security": [{"system": system, "code": code}]}
    return {"resourceType": "Parameters", "parameter": [{"name": "meta", "valueMeta": meta}]}


async def _meta_add(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        yield Request("POST", f"{one}/$meta-add", _labels("a"))


async def _meta_delete(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        masked = _labels("MASKED", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
        for labels in (_labels("a"), masked):
            yield Request("POST", f"{one}/$meta-delete", labels)


async def _validate_one(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        profile = f"http://hl7.org/fhir/StructureDefinition/{one.partition('/')[0]}"
        asked = [{"name": "mode", "valueCode": "profile"}, {"name": "profile", "valueUri": profile}]
        yield Request("POST", f"{one}/$validate", {"resourceType": "Parameters", "parameter": asked})
        yield Request("POST", f"{one}/$validate?mode=delete", {"resourceType": "Parameters"})
        if seen := await see(one):
            yield Request("POST", f"{one}/$validate", seen)


async def _times(see: See) -> AsyncIterator[Request]:
    for asked in (
        "patient-reference=Patient/kari",
        "location-reference=Location/qqroom",
        "organization=qqward",
        "patient-reference=Patient/kari&location-reference=Location/qqroom&times=3&weeks=1",
        "patient-reference=Patient/kari&location-reference=Location/qqroom&window=08:00-10:00",
        "patient-reference=Patient/kari&programme=PlanDefinition/qqday",
        "patient-reference=Patient/kari&course=qqcourse",
    ):
        yield Request("GET", f"Appointment/$find?{asked}")


async def _times_posted(see: See) -> AsyncIterator[Request]:
    named = [{"name": "patient-reference", "valueReference": {"reference": "Patient/kari"}}]
    yield Request("POST", "Appointment/$find", {"resourceType": "Parameters", "parameter": named})


def _books(name: str) -> Case:
    """The appointments of Kari, as they are and sent along, with guesses at where she is."""

    async def asked(see: See) -> AsyncIterator[Request]:
        for one in (one for one in secret() if one["resourceType"] == "Appointment"):
            reference = {
                "name": "appointment-reference",
                "valueReference": {"reference": f"Appointment/{one['id']}"},
            }
            sent = {"name": "appointment-resource", "resource": one}
            new = {name: value for name, value in one.items() if name != "id"} | {"status": "proposed"}
            several = [sent | {"resource": new}, sent | {"resource": new}]
            common = {"name": "identifier", "valueString": "urn:qq|qq"}
            of_kari = {"name": "patient-reference", "valueReference": {"reference": "Patient/kari"}}
            for parameters in ([reference], [sent], several, [common], [common, of_kari]):
                body = {"resourceType": "Parameters", "parameter": parameters}
                yield Request("POST", f"Appointment/{name}", body)
                yield Request("POST", f"Appointment/{name}", body, {"idempotency_key": "qq"})

    return asked


async def _validate(see: See) -> AsyncIterator[Request]:
    for one in _ONES:
        if seen := await see(one):
            yield Request("POST", f"{one.partition('/')[0]}/$validate?mode=create", seen)


async def _update(see: See) -> AsyncIterator[Request]:
    """What was read is sent back: as it is, changed, with guesses, and without what is masked."""
    for one in _ONES:
        if not (seen := await see(one)):
            yield Request("PUT", one, next(full for full in secret() if one.endswith(f"/{full['id']}")))
            continue
        yield Request("PUT", one, seen, {"if_match": 'W/"99"'})
        yield Request("PUT", one, seen)
        yield Request("PUT", one, seen | {"language": "nn"}, {"prefer": "return=representation"})
        yield Request("PUT", one, seen | {"language": "nb"})
    seen = await see("Patient/kari")
    if seen:
        rest = [one for one in seen["extension"] if one["url"] != EXTENSION]
        yield Request("PUT", "Patient/kari", seen | {"extension": rest})
        for address in ([ADDRESS], [], [{"city": "elsewhere"}], seen["address"] * 2):
            yield Request("PUT", "Patient/kari", seen | {"address": address})
    mother = await see("RelatedPerson/mother")
    if mother:
        yield Request("PUT", "RelatedPerson/mother", mother | {"patient": {"reference": "Patient/ola"}})


async def _update_where(see: See) -> AsyncIterator[Request]:
    for search in ("address=Qqveien", "phone=qq4711", "organization=Organization/qqward"):
        made = {"resourceType": "Patient", "name": [{"text": "ny"}]}
        yield Request("PUT", f"Patient?{_written(search)}", made)


def _patches() -> list[Any]:
    return [
        [{"op": "test", "path": "/address/0/city", "value": "Qqby"}],
        [{"op": "move", "from": "/telecom/1", "path": "/identifier/-"}],
        [{"op": "copy", "from": "/address/0", "path": "/address/-"}],
        [{"op": "remove", "path": "/address"}],
        [{"op": "remove", "path": "/extension/0"}],
        [{"op": "replace", "path": "/address/0/city", "value": "Qqby"}],
        [
            {"op": "add", "path": "/extension/-", "value": {"valueString": "x"}},
            {"op": "move", "from": "/meta/_source", "path": "/extension/2/_url"},
        ],
        [{"op": "replace", "path": "/language", "value": "nn"}],
    ]


def _path_patch(path: str, value: str) -> Tree:
    parts = [
        {"name": "type", "valueCode": "replace"},
        {"name": "path", "valueString": path},
        {"name": "value", "valueString": value},
    ]
    return {"resourceType": "Parameters", "parameter": [{"name": "operation", "part": parts}]}


async def _patch(see: See) -> AsyncIterator[Request]:
    for body in _patches():
        yield Request("PATCH", "Patient/kari", body, {"prefer": "return=representation"})
    yield Request("PATCH", "Patient/kari", _patches()[-1], {"if_match": 'W/"99"'})
    for path in ("Patient.address.where(city='Qqby').city", "Patient.address[0].city", "Patient.birthDate"):
        yield Request("PATCH", "Patient/kari", _path_patch(path, "1981-01-01"))


async def _patch_where(see: See) -> AsyncIterator[Request]:
    for search in ("address=Qqveien", "email=qq@qq.no", "_has:Encounter:patient:location=Location/qqroom"):
        yield Request("PATCH", f"Patient?{_written(search)}", _patches()[-1])


async def _delete_where(see: See) -> AsyncIterator[Request]:
    for search in ("patient.address=Qqveien", "service-provider=Organization/qqward"):
        yield Request(
            "DELETE", f"Encounter?{_written(search)}", headers={"prefer": "return=OperationOutcome"}
        )


async def _delete(see: See) -> AsyncIterator[Request]:
    yield Request("DELETE", "DocumentReference/d", headers={"if_match": 'W/"99"'})
    yield Request("DELETE", "DocumentReference/d", headers={"prefer": "return=OperationOutcome"})
    yield Request("GET", "DocumentReference/d")
    yield Request("GET", "DocumentReference/d/_history")
    yield Request("GET", "DocumentReference/d/_history/1")


async def _create(see: See) -> AsyncIterator[Request]:
    made = {"resourceType": "Patient", "name": [{"text": "ny"}]}
    for search in ("address=Qqveien", "phone=qq4711", "general-practitioner=Organization/qqoffice"):
        yield Request("POST", "Patient", made, {"if_none_exist": _written(search)})
    wrong = {"resourceType": "RelatedPerson", "patient": _KARI, "address": [{"use": "nonsense"}]}
    yield Request("POST", "RelatedPerson", wrong)


async def _emergency(see: See) -> AsyncIterator[Request]:
    asked = {"name": "reason", "valueString": "Bevisstløs"}
    number = {"name": "identifier", "valueString": "urn:x|1"}
    yield Request(
        "POST", "Patient/$emergency-access", {"resourceType": "Parameters", "parameter": [asked, number]}
    )


async def _emergency_one(see: See) -> AsyncIterator[Request]:
    asked = [{"name": "reason", "valueString": "Bevisstløs"}]
    yield Request(
        "POST", "Patient/kari/$emergency-access", {"resourceType": "Parameters", "parameter": asked}
    )


async def _override(see: See) -> AsyncIterator[Request]:
    asked = [{"name": "reason", "valueString": "Livsfare"}]
    yield Request("POST", "Patient/kari/$override-block", {"resourceType": "Parameters", "parameter": asked})


async def _reindex(see: See) -> AsyncIterator[Request]:
    yield Request("POST", "$reindex", {"resourceType": "Parameters"})


async def _bundle(see: See) -> AsyncIterator[Request]:
    """All that reads, in a batch; guesses; and a write with a reference by criteria."""
    gets: list[Tree] = []
    for case in (_read, _vread, _history, _compartment, _everything, _diff, _meta):
        asked = [one async for one in case(see)]
        gets += [{"request": {"method": "GET", "url": one.address}} for one in asked if one.method == "GET"]
    yield Request("POST", "", {"resourceType": "Bundle", "type": "batch", "entry": gets})
    for search in _WORDS["Patient"]:
        found = [{"request": {"method": "GET", "url": f"Patient?{_written(search)}"}}]
        yield Request("POST", "", {"resourceType": "Bundle", "type": "batch", "entry": found})
    for criteria in ("address=Qqveien", "organization=Organization/qqward"):
        made = {"resourceType": "Flag", "status": "active", "code": {"text": "x"}}
        made["subject"] = {"reference": f"Patient?{_written(criteria)}"}
        entry = {"resource": made, "request": {"method": "POST", "url": "Flag"}}
        yield Request("POST", "", {"resourceType": "Bundle", "type": "transaction", "entry": [entry]})
    if seen := await see("Patient/kari"):
        for kind in ("batch", "transaction"):
            for sent in (seen | {"address": [ADDRESS]}, seen):
                entry = {"resource": sent, "request": {"method": "PUT", "url": "Patient/kari"}}
                got = {"request": {"method": "GET", "url": "Patient/kari"}}
                body = {"resourceType": "Bundle", "type": kind, "entry": [entry, got]}
                yield Request("POST", "", body, {"prefer": "return=representation"})


async def of_every_role(see: See) -> AsyncIterator[Request]:
    """What a role reads, in short: one batch of the ways there are."""
    found = [
        f"{one}{below}" for one in _ONES for below in ("", "/_history", "/_history/1", "/$meta", "/$diff")
    ]
    found += [f"{name}?_include=*&_total=accurate" for name in _TYPES]
    found += ["Patient/kari/$everything?_count=100", "Patient?_sort=address-city&_revinclude=*"]
    found += [f"Patient?{_written(guess)}" for guess in ("address=Qqveien", "organization.name=qqward")]
    gets = [{"request": {"method": "GET", "url": address}} for address in found]
    yield Request("POST", "", {"resourceType": "Bundle", "type": "batch", "entry": gets[:-2]})
    yield Request("POST", "", {"resourceType": "Bundle", "type": "batch", "entry": gets[-2:]})
    yield Request("PATCH", "Patient/kari", _patches()[4])


def _about_codes(method: str, name: str, kind: str, one: str = "") -> Case:
    """What is about no citizen: asked by a word that stands beside Kari's codes, if anywhere."""

    async def asked(see: See) -> AsyncIterator[Request]:
        word = "url=http://loinc.org&system=http://loinc.org&code=8480-6&filter=Qqby&display=Qqby"
        address = f"{kind}{one}/{name}"
        yield (
            Request("GET", f"{address}?{word}")
            if method == "GET"
            else Request("POST", address, {"resourceType": "Parameters"})
        )

    return asked


READING: dict[tuple[str, str], Case] = {
    ("GET", "metadata"): _metadata,
    ("GET", "openapi.json"): _openapi,
    ("GET", "{type}/{id}"): _read,
    ("GET", "{type}/{id}/_history/{version}"): _vread,
    ("GET", "{type}/{id}/_history"): _history,
    ("GET", "{type}/_history"): _type_history,
    ("GET", "_history"): _system_history,
    ("GET", "{type}"): _search,
    ("POST", "{type}/_search"): _search_by_form,
    ("GET", ""): _search_system,
    ("POST", "_search"): _search_system_by_form,
    ("GET", "{type}/{id}/{inner}"): _compartment,
    ("POST", "{type}/{id}/{inner}/_search"): _compartment_by_form,
    ("GET", "{type}/{id}/$everything"): _everything,
    ("POST", "{type}/{id}/$everything"): _everything_posted,
    ("GET", "{type}/{id}/$summary"): _summary,
    ("GET", "{type}/{id}/$access-log"): _access_log,
    ("GET", "{type}/{id}/$diff"): _diff,
    ("GET", "{type}/{id}/$meta"): _meta,
    ("POST", "{type}/{id}/$meta"): _meta_posted,
    ("GET", "{type}/$find"): _times,
    ("POST", "{type}/$find"): _times_posted,
    ("POST", "{type}/{id}/$validate"): _validate_one,
    ("POST", "{type}/$validate"): _validate,
}
WRITING: dict[tuple[str, str], Case] = {
    ("POST", "{type}/$hold"): _books("$hold"),
    ("POST", "{type}/$book"): _books("$book"),
    ("POST", "{type}/$cancel"): _books("$cancel"),
    ("POST", "{type}/{id}/$meta-add"): _meta_add,
    ("POST", "{type}/{id}/$meta-delete"): _meta_delete,
    ("PUT", "{type}/{id}"): _update,
    ("PUT", "{type}"): _update_where,
    ("PATCH", "{type}/{id}"): _patch,
    ("PATCH", "{type}"): _patch_where,
    ("POST", "{type}"): _create,
    ("POST", "{type}/$emergency-access"): _emergency,
    ("POST", "{type}/{id}/$emergency-access"): _emergency_one,
    ("POST", "{type}/{id}/$override-block"): _override,
    ("POST", "$reindex"): _reindex,
    ("POST", ""): _bundle,
    ("DELETE", "{type}"): _delete_where,
    ("DELETE", "{type}/{id}"): _delete,
}
CODES: dict[tuple[str, str], Case] = {
    (method, f"{{type}}{below}/{name}"): _about_codes(method, name, kind, "/qq" if below else "")
    for method in ("GET", "POST")
    for name, kind in (
        ("$lookup", "CodeSystem"),
        ("$subsumes", "CodeSystem"),
        ("$validate-code", "ValueSet"),
        ("$expand", "ValueSet"),
        ("$translate", "ConceptMap"),
    )
    for below in ("", "/{id}")
}
