"""How the citizen is reached: telephone, e-mail, language, next of kin, and notices without health."""

from starlette.responses import Response

from fellesjournal.access.own_details import LANGUAGES, WAYS, Details, details
from fellesjournal.errors import Invalid
from fellesjournal.portal.folder import Folder


async def show(folder: Folder) -> Response:
    """What is registered, in a form."""
    return await _page(folder, details(await folder.read("Patient", folder.citizen)))


async def change(folder: Folder) -> Response:
    """Change it; what cannot be right is told, and what was typed stays."""
    said = _said(folder)
    try:
        await folder.journal.change_details(said)
    except Invalid as fault:
        words = folder.t.details_wrong
        return await _page(folder, said, 400, words.get(str(fault), words["other"]))
    return folder.redirect("/mine/kontakt?lagret=ja")


async def _page(folder: Folder, said: Details, status: int = 200, fault: str = "") -> Response:
    patient = await folder.read("Patient", folder.citizen)
    homes = [one for one in patient.get("address", ()) if one.get("use", "home") == "home"]
    address = [*homes[0].get("line", ()), _town(homes[0])] if homes else []
    return folder.page(
        "kontakt.html",
        status,
        said=said,
        address=", ".join(filter(None, address)),
        languages=LANGUAGES,
        ways=WAYS,
        saved=folder.asked("lagret") == "ja",
        fault=fault,
        may=not folder.actor.represents,
    )


def _town(address: dict[str, str]) -> str:
    return " ".join(filter(None, (address.get("postalCode"), address.get("city"))))


def _said(folder: Folder) -> Details:
    form = {name: value.strip() for name, value in folder.form.items()}
    return Details(
        phone=form.get("telefon", ""),
        email=form.get("epost", ""),
        language=form.get("sprak", ""),
        kin_name=form.get("parorende", ""),
        kin_phone=form.get("parorende-telefon", ""),
        ways=frozenset(way for way in WAYS if form.get(way) == "ja"),
    )
