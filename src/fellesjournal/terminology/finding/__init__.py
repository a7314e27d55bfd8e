"""Codes found as people type them in Norwegian: `index` makes a release findable, `find` asks."""

from fellesjournal.terminology.finding.indexing import index
from fellesjournal.terminology.finding.search import MOST, Found, find, looked_in

__all__ = ["MOST", "Found", "find", "index", "looked_in"]
