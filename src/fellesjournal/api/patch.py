"""patch and conditional patch, as JSON Patch or FHIRPath Patch (FHIR R4 http.html#patch, fhirpatch.html)."""

from fellesjournal.api import negotiation, write
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Site
from fellesjournal.api.faults import UnsupportedMediaType


class Patching:
    """Answers PATCH [type]/[id] and PATCH [type]?criteria. The Content-Type says which kind of patch."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def patch(self, call: Call) -> Answer:
        """200; 422 when the patch does not fit the resource or what comes out is not valid."""
        write.no_parameters(call)
        version = call.if_match()
        check_patch_type(call)
        body = await call.body()
        async with self._site.open(call) as journal:
            written = await journal.patch(call.type, call.id, body, if_match=version)
        return await write.answer(self._site, call, written)

    async def patch_where(self, call: Call) -> Answer:
        """The same for the one resource that matches: none is 404, several 412."""
        criteria = write.criteria(call)
        version = call.if_match()
        check_patch_type(call)
        body = await call.body()
        async with self._site.open(call) as journal:
            written = await journal.patch_where(call.type, criteria, body, if_match=version)
        return await write.answer(self._site, call, written)


def check_patch_type(call: Call) -> None:
    """Raise UnsupportedMediaType unless the body is a patch that can be read here."""
    kind = negotiation.content_kind(call.header(b"content-type"))
    if kind == negotiation.JSON_PATCH or negotiation.is_json(kind):
        return
    raise UnsupportedMediaType(
        f"A patch of type '{kind}' cannot be read here: send a JSON Patch as application/json-patch+json, "
        "or Parameters with a FHIRPath Patch as application/fhir+json."
    )
