"""`python -m fellesjournal` is the command `fellesjournal`."""

from fellesjournal.app.cli import main

main()
