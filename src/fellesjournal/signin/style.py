"""The style sheet of the pages: its address changes with its content, so browsers may keep it."""

import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_CONTENT = (Path(__file__).parent / "pages" / "signin.css").read_bytes()
PATH = f"/logg-inn/stil-{hashlib.sha256(_CONTENT).hexdigest()[:12]}.css"


async def answer(request: Request) -> Response:
    """The style sheet."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(_CONTENT, media_type="text/css", headers=headers)
