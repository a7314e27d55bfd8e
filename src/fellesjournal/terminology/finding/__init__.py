"""Codes found as people type them in Norwegian: `index` makes a release findable, `find` asks."""

from fellesjournal.terminology.finding.indexing import index
from fellesjournal.terminology.finding.search import MOST, Found, find

__all__ = ["MOST", "Found", "find", "index"]
