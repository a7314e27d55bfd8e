"""The project's own files, as the architecture tests read them."""

import ast
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "fellesjournal"
NOT_OURS = {".git", ".venv", "node_modules", ".data", "__pycache__", ".hypothesis", "results"}
PROGRAM_FOLDERS = ("src", "tests", "bench", "bin")


@cache
def ours() -> tuple[Path, ...]:
    """Every text file of the project, caches left out."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith("_cache")]
        found += [Path(folder) / name for name in names]
    return tuple(sorted(path for path in found if _is_text(path)))


def programs(suffix: str = ".py") -> list[Path]:
    """The source files with a suffix, tests included."""
    return [
        path
        for path in ours()
        if path.suffix == suffix and path.relative_to(ROOT).parts[0] in PROGRAM_FOLDERS
    ]


@cache
def tree(path: Path) -> ast.Module:
    """A Python file, parsed."""
    return ast.parse(path.read_text(), str(path))


def name(path: Path) -> str:
    """A file's path inside the project."""
    return str(path.relative_to(ROOT))


def _is_text(path: Path) -> bool:
    if not path.is_file() or path.name.startswith(".coverage"):
        return False
    return b"\0" not in path.read_bytes()[:4096]
