"""The page at / (bokmål) and /en (English), its style sheet, and nothing else."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from fellesjournal import __version__
from fellesjournal.app.front.texts import TEXTS
from fellesjournal.app.settings import Settings
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
    """The page. On a practice site it says so, tells what is in the record, with numbers at most FRESH_FOR
    seconds old, and how to try it; elsewhere it is the way in, and tells nobody how much there is."""

    def __init__(self, counts: Counts, settings: Settings) -> None:
        self._counts = counts
        self._practice = settings.practice_site
        self._practice_name = settings.practice_name
        self._numbers: dict[str, int] = {}
        self._counted = float("-inf")

    def routes(self) -> list[BaseRoute]:
        """What to serve beside the FHIR service."""
        return [
            Route("/", self._page("nb")),
            Route("/en", self._page("en")),
            Route("/front.css", _file("front.css", "text/css")),
            Route("/favicon.ico", _file("icon.svg", "image/svg+xml")),
            Route("/{path:path}", self._missing),
        ]

    def _page(self, language: str) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            numbers = await self.fresh_numbers() if self._practice else {}
            site = f"{request.url.scheme}://{request.url.netloc}"
            return self._shown(
                "page.html",
                language,
                numbers=sorted(numbers.items(), key=lambda one: (-one[1], one[0])),
                total=sum(numbers.values()),
                site=site,
                base=f"{site}/fhir",
            )

        return answer

    async def _missing(self, _request: Request) -> Response:
        return self._shown("missing.html", "nb", 404)

    def _shown(self, name: str, language: str, status: int = 200, **content: Any) -> Response:
        html = _PAGES.get_template(name).render(
            t=TEXTS[language],
            practice=self._practice,
            practice_name=self._practice_name,
            language=language,
            version=__version__,
            **content,
        )
        return HTMLResponse(html, status, headers=HEADERS | {"Cache-Control": "no-store"})

    async def fresh_numbers(self) -> dict[str, int]:
        """The number of resources of each type, counted at most FRESH_FOR seconds ago."""
        if time.monotonic() > self._counted + FRESH_FOR:
            self._numbers, self._counted = await self._counts(), time.monotonic()
        return self._numbers


def _file(name: str, media_type: str) -> Callable[[Request], Awaitable[Response]]:
    content = (HERE / name).read_bytes()

    async def answer(request: Request) -> Response:
        return Response(
            content, media_type=media_type, headers=HEADERS | {"Cache-Control": "public, max-age=300"}
        )

    return answer
