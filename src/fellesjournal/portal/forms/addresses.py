"""The addresses of forms, below those of the citizen they are about."""

from collections.abc import Awaitable, Callable

from starlette.responses import Response

from fellesjournal.portal.folder import Folder
from fellesjournal.portal.forms import filling, forms, sending, sent

ADDRESSES: tuple[tuple[str, Callable[[Folder], Awaitable[Response]], str], ...] = (
    ("/skjema", forms.show, "GET"),
    ("/skjema/sendt/{id}", sent.show, "GET"),
    ("/skjema/{skjema}", forms.start, "GET"),
    ("/skjema/{skjema}", forms.begin, "POST"),
    ("/skjema/{skjema}/forkastet", forms.drop, "POST"),
    ("/skjema/{skjema}/svar", sending.check, "GET"),
    ("/skjema/{skjema}/svar", sending.send, "POST"),
    ("/skjema/{skjema}/{steg}", filling.show, "GET"),
    ("/skjema/{skjema}/{steg}", filling.save, "POST"),
)
