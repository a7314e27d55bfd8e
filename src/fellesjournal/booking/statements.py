"""The SQL of this room, by name (booking/sql)."""

from pathlib import Path

from fellesjournal.plumbing.statements import Statements

SQL = Statements(Path(__file__).parent / "sql")
