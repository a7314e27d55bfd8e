"""What the workers of an import are forked with; nobody imports it but the process they are forked from.

FHIR's definitions are read here once, while the database starts, where they have been compiled before.
"""

from contextlib import suppress

from fellesjournal.app import rooms, settings
from fellesjournal.app.definitions import are_compiled
from fellesjournal.errors import Fault
from fellesjournal.plumbing.trouble import Trouble

with suppress(Fault, Trouble):  # whoever needs them tells what is missing
    _read = settings.read()
    if are_compiled(_read.definitions, _read.cache):
        rooms.knowledge(_read.definitions, _read.cache)
