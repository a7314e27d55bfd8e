"""Pages about apps, in the frame that sign-in has for its own."""

from pathlib import Path

from starlette.responses import HTMLResponse, Response

from fellesjournal import signin
from fellesjournal.signin import guard, style
from fellesjournal.signin.admission import ME
from fellesjournal.signin.texts import LANGUAGES
from fellesjournal.signin.visit import Visit
from fellesjournal.smart.texts import TEXTS
from fellesjournal.ui.templates import environment

_FOLDERS = [Path(__file__).parent / "pages", Path(signin.__file__ or "").parent / "pages"]
_PAGES = environment(*_FOLDERS)


def page(visit: Visit, template: str, status: int = 200, /, **values: object) -> Response:
    """Answer with a page, in the visitor's language; `s` in a template are the words about apps."""
    html = _PAGES.get_template(f"{template}.html").render(
        t=visit.texts,
        s=TEXTS[visit.language],
        language=visit.language,
        languages=LANGUAGES,
        path=visit.request.url.path,
        practice=visit.reception.practice,
        practice_name=visit.reception.practice_name,
        style=style.PATH,
        bevis=guard.token(visit.cookie) if visit.cookie else "",
        til=visit.place,
        **values,
    )
    return visit.finished(HTMLResponse(html, status))


def absent(visit: Visit) -> Response:
    """Answer that there is no such thing, or none for this person: no fault of any app."""
    return page(visit, "absent", 404, me=ME)


def wrong(visit: Visit, sentence: str, said: str = "") -> Response:
    """Answer that the app asked wrongly; `sentence` is for its maker, `said` for the person."""
    said = said or TEXTS[visit.language].wrong_app
    return page(visit, "wrong", 400, said=said, sentence=sentence)
