"""The page at / (bokmål) and /en (English), its style sheet, and nothing else."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from fellesjournal import __version__
from fellesjournal.app.front.texts import TEXTS
from fellesjournal.ui.templates import environment

Counts = Callable[[], Awaitable[dict[str, int]]]
"""Gives the number of resources of each type that has any."""

HERE = Path(__file__).parent
FRESH_FOR = 5.0
"""Seconds for which the numbers are kept: counting a large record takes a while."""

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


_PAGES = environment(HERE)


class FrontPage:
    """The page, with numbers at most FRESH_FOR seconds old."""

    def __init__(self, counts: Counts, practice_name: str = "") -> None:
        self._counts = counts
        self._practice_name = practice_name
        self._numbers: dict[str, int] = {}
        self._counted = float("-inf")

    def routes(self) -> list[BaseRoute]:
        """What to serve beside the FHIR service."""
        return [
            Route("/", self._page("nb")),
            Route("/en", self._page("en")),
            Route("/front.css", _file("front.css", "text/css")),
            Route("/favicon.ico", _file("icon.svg", "image/svg+xml")),
            Route("/{path:path}", _file("missing.html", "text/html", 404)),
        ]

    def _page(self, language: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            numbers = await self.fresh_numbers()
            site = f"{request.url.scheme}://{request.url.netloc}"
            html = _PAGES.get_template("page.html").render(
                t=TEXTS[language],
                practice_name=self._practice_name,
                language=language,
                numbers=sorted(numbers.items(), key=lambda one: (-one[1], one[0])),
                total=sum(numbers.values()),
                site=site,
                base=f"{site}/fhir",
                version=__version__,
            )
            return HTMLResponse(html, headers=HEADERS | {"Cache-Control": "no-store"})

        return answer

    async def fresh_numbers(self) -> dict[str, int]:
        """The number of resources of each type, counted at most FRESH_FOR seconds ago."""
        if time.monotonic() > self._counted + FRESH_FOR:
            self._numbers, self._counted = await self._counts(), time.monotonic()
        return self._numbers


def _file(name: str, media_type: str, status: int = 200) -> Callable[[Request], Awaitable[Response]]:
    content = (HERE / name).read_bytes()

    async def answer(request: Request) -> Response:
        lasting = {"Cache-Control": "public, max-age=300"} if status == 200 else {}
        return Response(content, status, media_type=media_type, headers=HEADERS | lasting)

    return answer
