"""A practice site holds nobody real: which numbers it must not take."""

from fellesjournal.norway.identity.kinds import Form, Identity, Kind
from fellesjournal.norway.identity.personal import shown

_OF_PERSONS = {Kind.BIRTH_NUMBER, Kind.D_NUMBER, Kind.COMMON_HELP_NUMBER, Kind.DUF_NUMBER}


def refused_on_practice_site(identity: Identity, *, practice: bool) -> str | None:
    """Why the site refuses the number, or None when it takes it. `practice` is the site's mark.

    A real person may bear a number of ordinary form, and any common help number and DUF number: nothing in
    those shows that they are made up. Numbers of health workers and organisations are public, and are taken.
    """
    if not practice or identity.kind not in _OF_PERSONS or identity.form is not Form.ORDINARY:
        return None
    if identity.kind in (Kind.BIRTH_NUMBER, Kind.D_NUMBER):
        remedy = "use a synthetic one, with 80 (or 65, or 40) added to the month"
    else:
        remedy = "use a local help number, with 40 added to the month and the assigner named"
    number = f"{identity.kind.title} {shown(identity.value)}"
    return f"A real person may have the {number}, and this is a practice site: {remedy}."
