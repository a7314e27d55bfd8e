"""One request to a page of sign-in, and how it is answered."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from fellesjournal.access.sessions import Session
from fellesjournal.errors import TooLarge
from fellesjournal.signin import cookies, guard, multipart, style
from fellesjournal.signin.multipart import File
from fellesjournal.signin.reception import Reception
from fellesjournal.signin.texts import LANGUAGES, TEXTS, Texts
from fellesjournal.ui.templates import environment

LARGEST_FORM = 64 * 1024
LANGUAGE_LASTS = 365 * 24 * 3600

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""On every page. The referrer stays within the site; without any, browsers would hide a form's origin."""

_PAGES = environment(Path(__file__).parent / "pages")


@dataclass(slots=True)
class Visit:
    """A request: whose session, which language, what the form says. `cookie` is the session's secret."""

    request: Request
    reception: Reception
    origin: str
    language: str
    cookies: dict[str, str]
    cookie: str = ""
    session: Session | None = None
    form: dict[str, str] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    chosen: str = ""
    """The language that this request, or one just before it, has asked for."""

    @property
    def texts(self) -> Texts:
        """The words of the visitor's language."""
        return TEXTS[self.language]

    @property
    def place(self) -> str:
        """Where the visitor wants to go once let in; "" when that is not said."""
        given = self.form.get("til") or self.request.query_params.get("til", "")
        return guard.own_place(given)

    def page(self, template: str, status: int = 200, /, **values: object) -> Response:
        """Answer with a page, in the visitor's language."""
        html = _PAGES.get_template(f"{template}.html").render(
            t=self.texts,
            language=self.language,
            languages=LANGUAGES,
            path=self.request.url.path,
            practice=self.reception.practice,
            practice_name=self.reception.practice_name,
            style=style.PATH,
            bevis=guard.token(self.cookie) if self.cookie else "",
            session=self.session,
            til=self.place,
            **values,
        )
        return self.finished(HTMLResponse(html, status))

    def onward(self, address: str, to: str = "") -> Response:
        """Answer with a page that leads on by itself.

        A redirect will not do: on the way out it would be held to this page's form-action, and on the way in
        the browser would count it as caused by the provider, and not send the session's strict cookie.
        """
        return self.page("onward", address=address, to=to)

    def redirect(self, path: str) -> Response:
        """Lead on to another page of ours."""
        return self.finished(RedirectResponse(path, 303))

    def finished(self, response: Response) -> Response:
        """Add what every answer has."""
        response.headers.update(HEADERS)
        if self.reception.secure:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if self.chosen:
            self._remember(response)
        return response

    def _remember(self, response: Response) -> None:
        """The browser keeps the language too, for pages that are shown before anybody signs in."""
        kept = {cookies.LANGUAGE: LANGUAGE_LASTS}
        if self.session is None:
            kept[cookies.CHOSEN_LANGUAGE] = cookies.CHOICE_LASTS
        elif cookies.CHOSEN_LANGUAGE in self.cookies:
            response.delete_cookie(cookies.CHOSEN_LANGUAGE, secure=self.reception.secure, httponly=True)
        for name, lasts in kept.items():
            response.set_cookie(
                name, self.chosen, lasts, secure=self.reception.secure, httponly=True, samesite="lax"
            )


async def arrive(reception: Reception, request: Request, largest: int = LARGEST_FORM) -> Visit:
    """Read a request, with a form of at most `largest` bytes. Raises Refused when it was sent to a name that
    is not ours, TooLarge for its form."""
    ours = guard.origin(reception.address, request.headers.get("host", ""))
    found = cookies.read(request.headers.get("cookie", ""))
    visit = Visit(request, reception, ours, _language(found.get(cookies.LANGUAGE, "")) or "nb", found)
    if request.method == "POST":
        content_type = request.headers.get("content-type", "")
        if content_type.startswith(multipart.KIND):
            visit.form, visit.files = multipart.read(content_type, await _body(request, largest))
        else:
            visit.form = await read_form(request, largest)
    cookie = found.get(cookies.session_name(secure=reception.secure), "")
    if cookie:
        used = not guard.is_unattended(request.headers)
        visit.session = await reception.sessions.find(cookie, used=used)
        visit.cookie = cookie if visit.session else ""
    await _settle_language(visit)
    return visit


async def _settle_language(visit: Visit) -> None:
    """What was asked for counts first, then what the person has chosen, then what the browser has kept."""
    asked = _language(visit.request.query_params.get(cookies.LANGUAGE, ""))
    before = _language(visit.cookies.get(cookies.CHOSEN_LANGUAGE, "")) if visit.session else ""
    visit.chosen = asked or before
    if visit.session and visit.chosen and visit.chosen != visit.session.language:
        visit.session = await visit.reception.sessions.speak(visit.session, visit.chosen)
    own = visit.session.language if visit.session else ""
    visit.language = visit.chosen or _language(own) or visit.language


def _language(text: str) -> str:
    """A language that there are texts in; "" for any other."""
    return text if text in TEXTS else ""


async def read_form(request: Request, largest: int = LARGEST_FORM) -> dict[str, str]:
    """The fields of a form. Raises TooLarge."""
    return dict(parse_qsl((await _body(request, largest)).decode("utf-8", "replace"), keep_blank_values=True))


async def _body(request: Request, largest: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise TooLarge(f"A form is at most {largest} bytes.")
    return body
