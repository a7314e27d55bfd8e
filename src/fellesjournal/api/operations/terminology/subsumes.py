"""CodeSystem/$subsumes (FHIR R4 codesystem-operation-subsumes.html)."""

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.operations import parameters
from fellesjournal.api.operations.terminology import codes
from fellesjournal.api.operations.terminology.asked import Asked, Check, ask
from fellesjournal.api.operations.terminology.stored import Shelf
from fellesjournal.errors import Invalid
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.system import System
from fellesjournal.terminology.terminology import Terminology

_TAKES = {
    "codeA": "code",
    "codeB": "code",
    "system": "uri",
    "version": "string",
    "codingA": "Coding",
    "codingB": "Coding",
}


class Subsuming:
    """Answers GET and POST CodeSystem/$subsumes, and the same of CodeSystem/[id]."""

    def __init__(self, service: Terminology, check: Check, shelf: Shelf) -> None:
        self._service = service
        self._check = check
        self._shelf = shelf

    async def subsumes(self, call: Call) -> Answer:
        """Parameters with `outcome`: equivalent, subsumes, subsumed-by or not-subsumed."""
        asked = await ask(call, "$subsumes", _TAKES, self._check)
        a, b = _given(asked, "A"), _given(asked, "B")
        outcome = await self._service.subsumes(await self._system(call, a, b), a.code, b.code)
        return Answer(200, parameters.outgoing(outcome=("valueCode", outcome)))

    async def _system(self, call: Call, a: Coded, b: Coded) -> System:
        if call.id:
            return await self._service.system_of(await self._shelf.tree(call))
        urls = {await self._service.systems.url_of(one.system) for one in (a, b)}
        if len(urls) > 1:
            raise Invalid(f"Codes of one code system are compared, not of {a.system} and {b.system}.")
        return await self._service.system(codes.with_system(a).system, a.version or b.version)


def _given(asked: Asked, which: str) -> Coded:
    if f"coding{which}" in asked:
        return codes.of_coding(asked.get(f"coding{which}"))
    if f"code{which}" not in asked:
        raise Invalid(f"Give code{which} or coding{which}.")
    return Coded(asked.text(f"code{which}"), asked.text("system"), asked.text("version"))
