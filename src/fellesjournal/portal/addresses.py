"""The addresses about one citizen, below /min and below /min/for/{citizen}, and what answers at each."""

from fellesjournal.portal import streams
from fellesjournal.portal.appointments import appointments
from fellesjournal.portal.booking import booking
from fellesjournal.portal.forms import addresses as forms
from fellesjournal.portal.growth import growth
from fellesjournal.portal.home import home
from fellesjournal.portal.log import asking, log
from fellesjournal.portal.messages import attached, messages
from fellesjournal.portal.mine import archive, contact, corrections, summary
from fellesjournal.portal.power import power
from fellesjournal.portal.record import files, record, results
from fellesjournal.portal.sharing import sharing

ADDRESSES = [
    ("", home.show, "GET"),
    ("/hendelser", streams.of_citizen, "GET"),
    ("/journal", record.overview, "GET"),
    ("/journal/prove", record.series, "GET"),
    ("/journal/notat/{id}", files.note, "GET"),
    ("/journal/dokument/{id}", files.document, "GET"),
    ("/journal/rapport/{id}", results.report, "GET"),
    ("/journal/rapport/{id}/fil/{place}", results.file, "GET"),
    ("/journal/vekst", growth.show, "GET"),
    ("/journal/{area}", record.area, "GET"),
    ("/meldinger", messages.show, "GET"),
    ("/meldinger", messages.send, "POST"),
    ("/meldinger/{id}/vedlegg/{place}", attached.show, "GET"),
    ("/innsyn", log.show, "GET"),
    *forms.ADDRESSES,
    ("/deling", sharing.show, "GET"),
    ("/deling/sperring", sharing.block, "POST"),
    ("/deling/sperring/{id}/opphev", sharing.lift, "POST"),
    ("/deling/fullmakt", power.who, "GET"),
    ("/deling/fullmakt/hva", power.what, "POST"),
    ("/deling/fullmakt/se", power.look, "POST"),
    ("/deling/fullmakt", power.give, "POST"),
    ("/deling/fullmakt/{id}/avslutt", power.end, "POST"),
    ("/mine", summary.mine, "GET"),
    ("/mine/sammendrag", summary.show, "GET"),
    ("/mine/sammendrag/fil", summary.file, "GET"),
    ("/mine/sammendrag/pdf", summary.paper, "GET"),
    ("/mine/arkiv", archive.send, "GET"),
    ("/mine/retting", corrections.show, "GET"),
    ("/mine/retting", corrections.ask, "POST"),
    ("/mine/kontakt", contact.show, "GET"),
    ("/mine/kontakt", contact.change, "POST"),
    ("/innsyn/sporsmal", asking.show, "GET"),
    ("/innsyn/sporsmal", asking.ask, "POST"),
    ("/bestill", booking.kinds, "GET"),
    ("/bestill/time/{id}", booking.look, "GET"),
    ("/bestill/time/{id}", booking.book, "POST"),
    ("/bestill/{service}/{kind}", booking.times, "GET"),
    ("/bestill/{service}/{kind}", booking.hold, "POST"),
    ("/timer/{id}/kalender", booking.file, "GET"),
    ("/timer/{id}", appointments.show, "GET"),
    ("/timer/{id}/svar", appointments.confirm, "POST"),
    ("/timer/{id}/avlysning", appointments.cancel, "POST"),
    ("/timer/{id}/forsinket", appointments.come_late, "POST"),
    ("/timer/{id}/tidligere", appointments.wait, "POST"),
]
