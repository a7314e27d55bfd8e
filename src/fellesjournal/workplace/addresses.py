"""Every address of the workplace, below /arbeid, and what answers it."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from starlette.responses import Response

from fellesjournal.workplace import streams
from fellesjournal.workplace.answers import answers
from fellesjournal.workplace.blocks import blocks
from fellesjournal.workplace.booking import (
    appointment,
    asking,
    book,
    booked,
    caller,
    capacity,
    closing,
    course,
    exchange,
    free,
    guests,
    onto_list,
    programmes,
    reception,
    repeating,
    tentative,
    together,
    waiting,
)
from fellesjournal.workplace.booking import stream as bookings
from fellesjournal.workplace.chart import chart
from fellesjournal.workplace.complain import complain
from fellesjournal.workplace.core import core
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.diagnoses import courses, diagnoses, keeping
from fellesjournal.workplace.documents import documents
from fellesjournal.workplace.emergency import emergency
from fellesjournal.workplace.found import found
from fellesjournal.workplace.lifetime import lifetime
from fellesjournal.workplace.messages import messages, queue
from fellesjournal.workplace.notes import (
    cosigning,
    facts,
    files,
    moving,
    notes,
    phrases,
    references,
    signing,
    worklist,
)
from fellesjournal.workplace.oversight import follow_up, questions, unusual
from fellesjournal.workplace.palette import palette
from fellesjournal.workplace.results import results
from fellesjournal.workplace.start import roles, start
from fellesjournal.workplace.tasks import tasks
from fellesjournal.workplace.templates import deciding, editor, shelf
from fellesjournal.workplace.vitals import children, retracting, vitals

Handler = Callable[[Desk], Awaitable[Response]]


class Address(NamedTuple):
    """One address: GET or POST, the path, and what answers it."""

    method: str
    path: str
    answers: Handler


def page(path: str, answers: Handler) -> Address:
    """What is shown."""
    return Address("GET", path, answers)


def form(path: str, answers: Handler) -> Address:
    """What is sent."""
    return Address("POST", path, answers)


OF_THE_DESK = (
    page("", start.show),
    page("/lister", start.lists),
    page("/hendelser", start.stream),
    page("/finn", palette.find),
    page("/rolle", roles.show),
    page("/tilbakemeldinger", complain.show),
    form("/tilbakemelding", complain.send),
    page("/nodtilgang", emergency.show),
    form("/nodtilgang", emergency.take),
    form("/innbygger/{id}/sperring/overstyring", emergency.override),
    page("/signere", worklist.show),
    page("/fraser", phrases.show),
    form("/fraser", phrases.keep),
    form("/fraser/fjernet", phrases.drop),
    page("/maler", shelf.show),
    form("/maler", shelf.begin),
    page("/maler/{mal}", editor.show),
    form("/maler/{mal}", editor.save),
    form("/maler/{mal}/forhandsvisning", editor.preview),
    form("/maler/{mal}/godkjenning", deciding.approve),
    form("/maler/{mal}/retur", deciding.send_back),
    form("/maler/{mal}/avvikling", deciding.retire),
    page("/oppfolging", follow_up.show),
    page("/oppfolging/logg", follow_up.log),
    form("/oppfolging/{id}", follow_up.mark),
    form("/oppfolging/{id}/omgjoring", follow_up.undo),
    page("/meldinger", queue.show),
    form("/meldinger/{message}/ansvar", queue.take),
    form("/meldinger/{message}/ferdig", queue.done),
    page("/sporsmal", questions.show),
    form("/sporsmal/{id}", questions.answer),
    page("/uvanlig", unusual.show),
    form("/news2", vitals.live),
    form("/pevs", children.live),
    page("/timebok", book.own),
    page("/timebok/mottak", reception.show),
    page("/timebok/mottak/del", reception.part),
    page("/timebok/mottak/slutt", closing.show),
    form("/timebok/mottak/slutt", closing.close),
    form("/timebok/mottak/slutt/omgjoring", closing.undo),
    form("/timebok/mottak/{time}/omgjoring", reception.undo),
    form("/timebok/mottak/{time}/{tilstand}", reception.mark),
    page("/timebok/venteliste", waiting.show),
    page("/timebok/venteliste/del", waiting.part),
    form("/timebok/venteliste/{time}/avslutning", waiting.close),
    form("/timebok/venteliste/{time}/omgjoring", waiting.undo),
    page("/timebok/forelopige", tentative.show),
    form("/timebok/forelopige", tentative.settle),
    form("/timebok/forelopige/omgjoring", tentative.undo),
    page("/timebok/oversikt", capacity.show),
    page("/timebok/ledig", free.show),
    page("/timebok/innbyggere", free.find),
    form("/timebok/ledig/nummer", caller.find),
    form("/timebok/ledig/time", caller.book),
    form("/timebok/sperring", free.block),
    form("/timebok/kurs", course.begin),
    page("/timebok/kurs/{kurs}", course.show),
    page("/timebok/kurs/{kurs}/finn", course.find),
    form("/timebok/kurs/{kurs}/deltakere", course.put_in),
    form("/timebok/kurs/{kurs}/uttak", course.take_out),
    form("/timebok/kurs/{kurs}/omgjoring", course.undo),
    page("/timebok/sperring/{sperring}", free.blocked),
    form("/timebok/sperring/{sperring}/opphevelse", free.lift),
    form("/timebok/sperring/{sperring}/gjentakelse", free.restore),
    page("/timebok/samlet/{slag}/{samling}", together.show),
    form("/timebok/samlet/{slag}/{samling}/avlysning", together.cancel),
    form("/timebok/samlet/{slag}/{samling}/omgjoring", together.undo),
    page("/timebok/time/{time}", appointment.show),
    form("/timebok/time/{time}/flytting", appointment.move),
    form("/timebok/time/{time}/gjentakelse", repeating.repeat),
    form("/timebok/time/{time}/avlysning", appointment.cancel),
    form("/timebok/time/{time}/tidligere", onto_list.earlier_time),
    form("/timebok/time/{time}/innkalling", onto_list.recall),
    form("/timebok/time/{time}/omgjoring", appointment.undo),
    form("/timebok/time/{time}/{tilstand}", appointment.mark),
    page("/timebok/{bok}", book.show),
    page("/timebok/{bok}/del", book.part),
    page("/timebok/{bok}/hendelser", bookings.of_book),
    page("/timebok/{bok}/kalender", exchange.show),
    form("/timebok/{bok}/kalender/adresse", exchange.make),
    form("/timebok/{bok}/kalender/adresse/tilbaketrekking", exchange.withdraw),
    form("/timebok/{bok}/kalender/fravar", exchange.bring),
    form("/timebok/{bok}/kalender/fravar/opphevelse", exchange.lift),
)
"""About nobody, or about many."""

OF_A_CITIZEN = (
    page("", chart.show),
    page("/del/{part}", chart.part),
    page("/diagnose", diagnoses.show),
    page("/diagnose/finn", diagnoses.find),
    form("/diagnose", diagnoses.add),
    page("/forlop/{condition}", courses.show),
    form("/forlop/{condition}/{handling}", keeping.keep),
    page("/livslop", lifetime.show),
    page("/prove", results.series),
    page("/journalnotat/{document}", documents.note),
    page("/dokument/{document}", documents.document),
    page("/dokument/{document}/fil", documents.file),
    page("/funn/{type}/{document}", found.show),
    form("/lest", chart.mark_read),
    page("/hendelser", streams.of_citizen),
    page("/meldinger", messages.show),
    form("/meldinger", messages.send),
    page("/meldinger/{message}/vedlegg/{place}", messages.file),
    page("/oppgaver", tasks.show),
    form("/oppgaver/{task}", tasks.finish),
    form("/oppgaver/{task}/igjen", tasks.take_up),
    page("/svar", answers.show),
    form("/svar", answers.ask),
    page("/svar/{svar}", answers.read),
    form("/svar/{svar}", answers.decide),
    page("/notat", notes.choose),
    page("/notat/{template}", notes.show),
    page("/notat/{template}/felter", notes.fields),
    form("/notat/{template}", signing.sign),
    form("/notat/{template}/utkast", notes.keep),
    form("/notat/{template}/forkastet", notes.drop),
    page("/koder", notes.codes),
    page("/signert/{note}", notes.amend),
    form("/signert/{note}/feilforing", signing.take_back),
    page("/fakta", facts.offered),
    page("/henvis", references.find),
    form("/notat/{template}/fil", files.send),
    form("/notat/{template}/valg", notes.settle),
    page("/signert/{note}/flytt", moving.choose),
    form("/signert/{note}/flytt", moving.move),
    page("/medsignering/{note}", cosigning.show),
    form("/medsignering/{note}", cosigning.sign),
    form("/medsignering/{note}/retur", cosigning.send_back),
    page("/malinger", vitals.show),
    form("/malinger", vitals.save),
    form("/malinger/skala", vitals.choose_scale),
    page("/malinger/{observation}", retracting.show),
    form("/malinger/{observation}/feilforing", retracting.retract),
    page("/kjerne", core.show),
    page("/kjerne/finn", core.find),
    form("/kjerne/ingen-allergier", core.no_allergies),
    page("/kjerne/{slag}/{ting}", core.edit),
    form("/kjerne/{slag}/{ting}", core.save),
    form("/kjerne/{slag}/{ting}/slutt", core.end),
    page("/sperringer", blocks.show),
    form("/sperringer", blocks.block),
    page("/sperringer/finn", blocks.find),
    form("/sperringer/{sperring}/opphevelse", blocks.lift),
    page("/time", asking.show),
    page("/time/hva", asking.find),
    page("/time/forslag", asking.propose),
    page("/time/ogsa", guests.find),
    page("/time/program/{program}", programmes.show),
    form("/time/program/{program}", programmes.book),
    form("/time", booked.book),
    form("/venteliste", waiting.add),
)
"""Below /innbygger/{id}: only of a citizen within reach."""
