"""Everything that is served, line by line. What is not in this table is not answered, and not promised."""

from dataclasses import replace

from fellesjournal.api.capability import Capability
from fellesjournal.api.create import Creating
from fellesjournal.api.delete import Deleting
from fellesjournal.api.door import Site
from fellesjournal.api.history import Looking
from fellesjournal.api.openapi import Description
from fellesjournal.api.operations.access_log import AccessLog
from fellesjournal.api.operations.booking import Booking
from fellesjournal.api.operations.diff import Comparing
from fellesjournal.api.operations.emergency import Emergencies
from fellesjournal.api.operations.everything import Everything
from fellesjournal.api.operations.inside import Inside
from fellesjournal.api.operations.meta import Labelling
from fellesjournal.api.operations.reindex import Reindexing
from fellesjournal.api.operations.summary import Summarising
from fellesjournal.api.operations.terminology.capabilities import Capabilities
from fellesjournal.api.operations.terminology.expand import Expanding
from fellesjournal.api.operations.terminology.lookup import LookingUp
from fellesjournal.api.operations.terminology.stored import Shelf
from fellesjournal.api.operations.terminology.subsumes import Subsuming
from fellesjournal.api.operations.terminology.translate import Translating
from fellesjournal.api.operations.terminology.validate_code import ValidatingCodes
from fellesjournal.api.operations.times import Times
from fellesjournal.api.operations.validate import Validating
from fellesjournal.api.patch import Patching
from fellesjournal.api.read import Reading
from fellesjournal.api.routes import Handler, Route, Table
from fellesjournal.api.search import Searching
from fellesjournal.api.subset import Subset
from fellesjournal.api.transaction import Transacting
from fellesjournal.api.update import Updating

_ONE = "{type}/{id}"


def table(site: Site) -> Table:
    """The routes table of a site."""
    subset = Subset(site.definitions)
    searching, looking = Searching(site.open, subset), Looking(site.open, subset)
    served: Table
    inside = Inside(lambda: served, site.definitions.resource_types)
    transacting = Transacting(site.open, searching, looking, inside)
    service = site.terminology
    about_codes = Capabilities(service, site.definitions).statement if service else None
    capability = Capability(
        site.definitions, site.search_parameters, lambda: served, subset, about_codes, site.security
    )
    description = Description(site.definitions.resource_types, lambda: served)
    served = Table(
        [
            Route("GET", "metadata", "capabilities", "What this server can do", capability.metadata),
            Route("GET", "openapi.json", "", "What this server can do, as OpenAPI", description.describe),
            *_resources(site, subset, looking),
            *_searches(site, searching),
            *_operations(site, searching),
            *_booking(site),
            *_terminology(site),
            Route("POST", "", "transaction batch", "Many interactions in one", transacting.post),
        ]
    )
    return served


def _resources(site: Site, subset: Subset, looking: Looking) -> list[Route]:
    reading = Reading(site.open, subset)
    updating, patching, deleting = Updating(site), Patching(site), Deleting(site.open)
    history = looking.history
    return [
        Route("GET", _ONE, "read", "The resource as it is now", reading.read),
        Route("GET", f"{_ONE}/_history/{{version}}", "vread", "One version of the resource", reading.vread),
        Route("PUT", _ONE, "update", "Store a resource under its id", updating.update),
        Route("PUT", "{type}", "update", "Store the one resource that matches", updating.update_where),
        Route("PATCH", _ONE, "patch", "Change parts of a resource", patching.patch),
        Route("PATCH", "{type}", "patch", "Change the one resource that matches", patching.patch_where),
        Route("DELETE", _ONE, "delete", "Delete a resource; its history stays", deleting.delete),
        Route("DELETE", "{type}", "delete", "Delete the one resource that matches", deleting.delete_where),
        Route("GET", f"{_ONE}/_history", "history-instance", "All versions of a resource", history),
        Route("GET", "{type}/_history", "history-type", "All versions of a type's resources", history),
        Route("GET", "_history", "history-system", "All versions of all resources", history),
        Route("POST", "{type}", "create", "Store a new resource", Creating(site).create),
    ]


def _searches(site: Site, searching: Searching) -> list[Route]:
    inside, get, post = frozenset(site.definitions.compartments), searching.by_get, searching.by_post
    return [
        Route("GET", "{type}", "search-type", "Search among resources of a type", get),
        Route("POST", "{type}/_search", "search-type", "The same, by form", post),
        Route("GET", "", "search-system", "Search among all resources", get),
        Route("POST", "_search", "search-system", "The same, by form", post),
        Route("GET", f"{_ONE}/{{inner}}", "search-type", "Search in a compartment", get, inside),
        Route("POST", f"{_ONE}/{{inner}}/_search", "search-type", "The same, by form", post, inside),
    ]


def _operations(site: Site, searching: Searching) -> list[Route]:
    labelling, validating, reindexing = Labelling(site), Validating(site), Reindexing(site.open)
    everything = Everything(site.open, searching).everything
    patient = frozenset({"Patient"})
    emergencies = Emergencies(site.open)
    urgent, override = emergencies.access, emergencies.override
    log = AccessLog(site.open).access_log
    summary = Summarising(site).summary
    meta, diff = labelling.meta, Comparing(site).diff
    return [
        _operation("GET", _ONE, "$everything", "All there is about a patient", everything, patient),
        _operation("POST", _ONE, "$everything", "All there is about a patient", everything, patient),
        replace(
            _operation("GET", _ONE, "$summary", "The International Patient Summary", summary, patient),
            has_pdf=True,
        ),
        _operation("GET", _ONE, "$access-log", "Who has opened a record, in plain words", log, patient),
        _operation("POST", "{type}", "$validate", "What is wrong with a resource", validating.validate),
        _operation("POST", _ONE, "$validate", "What would be wrong as an update", validating.validate),
        _operation("GET", _ONE, "$meta", "Profiles, tags and labels of a resource", meta),
        _operation("POST", _ONE, "$meta", "Profiles, tags and labels of a resource", meta),
        _operation("POST", _ONE, "$meta-add", "Add profiles, tags and labels", labelling.add),
        _operation("POST", _ONE, "$meta-delete", "Take profiles, tags and labels away", labelling.delete),
        _operation("POST", "{type}", "$emergency-access", "Open a record in an emergency", urgent, patient),
        _operation("POST", _ONE, "$emergency-access", "Open a record in an emergency", urgent, patient),
        _operation("POST", _ONE, "$override-block", "Open what is blocked, with a reason", override, patient),
        Route("POST", "$reindex", "$reindex", "Index by posted search parameters", reindexing.reindex),
        _operation("GET", _ONE, "$diff", "From one version to another, as a FHIRPath Patch", diff),
    ]


def _booking(site: Site) -> list[Route]:
    """None where the site has no calendars."""
    if site.calendars is None:
        return []
    find, only = Times(site.open, site.calendars).find, frozenset({"Appointment"})
    summary = "The first times that suit all who are needed"
    booking = Booking(site.open)
    return [
        *(_operation(method, "{type}", "$find", summary, find, only) for method in ("GET", "POST")),
        _operation("POST", "{type}", "$hold", "Keep a time for some minutes", booking.hold, only),
        _operation("POST", "{type}", "$book", "Book, change or cancel an appointment", booking.book, only),
        _operation("POST", "{type}", "$cancel", "Cancel an appointment, with a reason", booking.cancel, only),
    ]


def _terminology(site: Site) -> list[Route]:
    """None where the site has no terminology service."""
    service, check, shelf = site.terminology, site.require, Shelf(site.open)
    if service is None:
        return []
    looking_up = LookingUp(service, check, shelf).lookup
    subsuming = Subsuming(service, check, shelf).subsumes
    validating = ValidatingCodes(service, check, shelf).validate_code
    expanding = Expanding(service, check, shelf).expand
    translating = Translating(service, check, shelf).translate
    return [
        route
        for method in ("GET", "POST")
        for route in (
            *_at_both(method, "$lookup", "All there is about a code", looking_up, "CodeSystem"),
            *_at_both(method, "$subsumes", "How two codes stand to one another", subsuming, "CodeSystem"),
            *_at_both(method, "$validate-code", "Is a code valid?", validating, "CodeSystem", "ValueSet"),
            *_at_both(method, "$expand", "The codes of a value set", expanding, "ValueSet"),
            *_at_both(method, "$translate", "A code in another code system", translating, "ConceptMap"),
        )
    ]


def _at_both(method: str, name: str, summary: str, handler: Handler, *kinds: str) -> list[Route]:
    """An operation of a type, and of one of its resources."""
    return [_operation(method, below, name, summary, handler, frozenset(kinds)) for below in ("{type}", _ONE)]


def _operation(
    method: str, below: str, name: str, summary: str, handler: Handler, only: frozenset[str] = frozenset()
) -> Route:
    return Route(method, f"{below}/{name}", name, summary, handler, only)
