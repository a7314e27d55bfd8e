"""Static files: our own, and those of installed front-end packages. An address changes with its content."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fellesjournal.errors import Fault

PREFIX = "/ui"
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_VARIES = {"Vary": "Accept-Encoding"}
_PACKED = _VARIES | {"Content-Encoding": "gzip"}

PACKAGED = {
    "htmx.js": Path("htmx.org", "dist", "htmx.min.js"),
    "designsystemet.css": Path("@digdir", "designsystemet-css", "dist", "src", "index.css"),
    "theme.css": Path("@digdir", "designsystemet-theme", "src", "themes", "designsystemet.css"),
}
"""Files of packages (package.json), by the name that pages know them by."""


@cache
def files(packages: Path, *folders: Path, prefix: str = PREFIX) -> "Files":
    """Every file that pages ask for, read and packed once. `packages` is the folder node_modules, `prefix`
    how the addresses begin."""
    return Files(packages, folders, prefix)


class Files:
    """The files of a surface, each under an address that changes with its content."""

    def __init__(self, packages: Path, folders: tuple[Path, ...], prefix: str) -> None:
        self._prefix = prefix
        self._paths: dict[str, str] = {}
        self._contents: dict[str, bytes] = {}
        """By address, as is `_packed`."""
        self._packed: dict[str, bytes] = {}
        for name, path in PACKAGED.items():
            self._add(name, packages / path)
        for folder in folders:
            for file in sorted(folder.iterdir()):
                self._add(file.name, file)

    def path(self, name: str) -> str:
        """The address of a file. Raises KeyError for one that is not there."""
        return self._paths[name]

    def routes(self) -> list[BaseRoute]:
        """Where the files are served."""

        async def answer(request: Request) -> Response:
            content = self._contents.get(request.url.path)
            if content is None:
                return Response("There is no such file.", 404, media_type="text/plain")
            kind = mimetypes.guess_type(request.url.path)[0] or "application/octet-stream"
            if "gzip" in request.headers.get("accept-encoding", ""):
                return Response(self._packed[request.url.path], media_type=kind, headers=_FOREVER | _PACKED)
            return Response(content, media_type=kind, headers=_FOREVER | _VARIES)

        return [Route(f"{self._prefix}/{{name}}", answer)]

    def _add(self, name: str, file: Path) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise Fault(f"{file} cannot be read ({error.strerror}): run bin/demo or npm ci first.") from error
        path = f"{self._prefix}/{hashlib.sha256(content).hexdigest()[:10]}-{name}"
        self._paths[name] = path
        self._contents[path] = content
        self._packed[path] = gzip.compress(content, mtime=0)
