"""Services over time: each leads to its vedtak, and the letter leads back."""

from base64 import b64encode
from typing import Any

from fellesjournal.norway.codes.services import MUNICIPAL_SERVICE
from portal.conftest import Home
from workplace.people import ADA

HOME_NURSING = {
    "coding": [{"system": MUNICIPAL_SERVICE.system, "code": "15", "display": "Helsetjenester i hjemmet"}],
    "text": "Helsetjenester i hjemmet",
}


def decided(extent: str, **until: str) -> list[dict[str, Any]]:
    """A service with what was applied for and decided, and the letter about it."""
    subject = {"reference": f"Patient/{ADA}"}
    applied: dict[str, Any] = {
        "resourceType": "ServiceRequest", "id": "soknad", "status": "completed", "intent": "order",
        "code": HOME_NURSING, "subject": subject, "authoredOn": "2026-09-01T10:00:00+02:00",
        "orderDetail": [{"text": extent}], "occurrencePeriod": {"start": "2024-10-01", **until},
    }  # fmt: skip
    service: dict[str, Any] = {
        "resourceType": "EpisodeOfCare", "id": "tjeneste", "status": "active", "type": [HOME_NURSING],
        "patient": subject, "period": {"start": "2026-10-01"},
        "referralRequest": [{"reference": "ServiceRequest/soknad"}],
    }  # fmt: skip
    letter: dict[str, Any] = {
        "resourceType": "DocumentReference", "id": "vedtak", "status": "current", "subject": subject,
        "date": "2026-09-20T15:00:00+02:00", "description": "Vedtak om helsetjenester i hjemmet",
        "context": {"related": [{"reference": "ServiceRequest/soknad"}]},
        "content": [{"attachment": {"contentType": "text/plain", "data": b64encode(b"Innvilget.").decode()}}],
    }  # fmt: skip
    return [applied, service, letter]


async def test_a_service_says_what_was_decided_and_leads_to_the_vedtak_and_back(home: Home) -> None:
    await home.office.put(*decided("Tre besøk i døgnet.", end="2026-03-31"))
    async with home.visitor(ADA) as visitor:
        services = (await visitor.get("/journal/tjenester")).text
        assert "Tre besøk i døgnet." in services
        assert "Vedtak fra 01.10.2024 til 31.03.2026" in services
        assert '<a href="/min/journal/dokument/vedtak">Les vedtaket</a>' in services
        assert "Innvilget." in (await visitor.get("/journal/dokument/vedtak")).text
        documents = (await visitor.get("/journal/dokumenter")).text
        assert '<a href="/min/journal/tjenester">Se tjenestene du har</a>' in documents


async def test_a_vedtak_without_a_last_day_goes_on(home: Home) -> None:
    await home.office.put(*decided("Ett besøk i uken."))
    async with home.visitor(ADA) as visitor:
        assert "og inntil videre" in (await visitor.get("/journal/tjenester")).text


async def test_a_vedtak_that_is_not_in_the_record_is_said_to_be_missing(home: Home) -> None:
    _, service, _ = decided("")
    await home.office.put({name: value for name, value in service.items() if name != "referralRequest"})
    async with home.visitor(ADA) as visitor:
        page = (await visitor.get("/journal/tjenester")).text
    assert "Vedtaket ligger ikke i journalen din." in page
    assert "Les vedtaket" not in page


async def test_a_letter_that_was_sent_by_mistake_is_not_led_to(home: Home) -> None:
    applied, service, letter = decided("Ett besøk i uken.")
    await home.office.put(applied, service, letter | {"status": "entered-in-error"})
    async with home.visitor(ADA) as visitor:
        assert "Les vedtaket" not in (await visitor.get("/journal/tjenester")).text
