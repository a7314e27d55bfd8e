"""Files for imports, and what it takes to import them."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec

from fellesjournal.app.transfer import ImportReport

Import = Callable[..., Coroutine[Any, Any, ImportReport]]


def write_lines(path: Path, *resources: dict[str, Any] | bytes) -> Path:
    """An NDJSON file."""
    lines = [one if isinstance(one, bytes) else msgspec.json.encode(one) for one in resources]
    path.write_bytes(b"\n".join([*lines, b""]))
    return path


def write_bundle(path: Path, *entries: dict[str, Any], type: str = "transaction") -> Path:
    """A Bundle, pretty-printed."""
    bundle = {"resourceType": "Bundle", "type": type, "entry": list(entries)}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(bundle)))
    return path
