"""The words of the citizen's log in each language: what was done, to what, and why."""

from collections.abc import Mapping
from typing import NamedTuple

from fellesjournal.access.decision import Basis


class Verb(NamedTuple):
    """What was done, and what somebody tried to do."""

    did: str
    tried: str


class Texts(NamedTuple):
    """One language. `kinds` names the kinds of access/roles/kinds.toml as something that is opened."""

    you: str
    somebody: str
    at: str
    through: str
    attempt: str
    on_a_list: str
    everything: str
    record: str
    conjunction: str
    because: Mapping[Basis, str]
    of_another: Mapping[Basis, str]
    """What is said otherwise to a reader who is not the citizen."""
    on_a_list_of_another: str
    reason: str
    verbs: Mapping[str, Verb]
    kinds: Mapping[str, str]


TEXTS = {
    "nb": Texts(
        you="Du",
        somebody="Noen",
        at=" ved {unit}",
        through=" gjennom {app}",
        attempt="{who} prøvde å {what}, men fikk det ikke",
        on_a_list="{who} så {what} på en liste der du sto",
        everything="hele journalen",
        record="journalen",
        conjunction=" og ",
        because={
            Basis.ADMISSION: " fordi du er eller nylig var innlagt der",
            Basis.REFERRAL: " fordi du er henvist dit",
            Basis.VEDTAK: " fordi du har vedtak om tjenester derfra",
            Basis.APPOINTMENT: " fordi du har eller nylig hadde time eller kontakt der",
            Basis.LIST: " fordi du har oppfølging eller en oppgave der",
            Basis.GP: " fordi du har fastlegen din der",
            Basis.EMERGENCY: " med nødtilgang",
            Basis.SELF: "",
            Basis.PARENT: " som forelder",
            Basis.GUARDIAN: " som verge",
            Basis.POWER_OF_ATTORNEY: " med fullmakt fra deg",
            Basis.SHARED: "",
            Basis.OPENING: " fordi behandlingen din begynte der",
            Basis.OVERSIGHT: " for å følge opp hvem som har brukt journalen",
            Basis.SYSTEM: " som en del av driften av journalen",
            Basis.PRACTICE: " på en øvelsesbase",
            Basis.NO_RELATION: ": det var ikke registrert at du får hjelp der",
            Basis.BLOCKED: ": du har sperret det",
            Basis.ROLE: ": rollen gir ikke adgang til det",
            Basis.GRANT: ": appen har ikke fått adgang til det",
            Basis.WITHHELD: ": det er sperret, eller krever en egen rett",
            Basis.FAILED: ": det fantes ikke, eller lot seg ikke gjøre",
        },
        of_another={
            Basis.ADMISSION: " fordi innbyggeren er eller nylig var innlagt der",
            Basis.REFERRAL: " fordi innbyggeren er henvist dit",
            Basis.VEDTAK: " fordi innbyggeren har vedtak om tjenester derfra",
            Basis.APPOINTMENT: " fordi innbyggeren har eller nylig hadde time eller kontakt der",
            Basis.LIST: " fordi innbyggeren har oppfølging eller en oppgave der",
            Basis.GP: " fordi innbyggeren har fastlegen sin der",
            Basis.POWER_OF_ATTORNEY: " med fullmakt fra innbyggeren",
            Basis.OPENING: " fordi behandlingen av innbyggeren begynte der",
            Basis.NO_RELATION: ": det var ikke registrert at innbyggeren får hjelp der",
            Basis.BLOCKED: ": innbyggeren har sperret det",
        },
        on_a_list_of_another="{who} så {what} på en liste der innbyggeren sto",
        reason=". Begrunnelse: «{reason}»",
        verbs={
            "R": Verb("åpnet", "åpne"),
            "C": Verb("opprettet noe i", "opprette noe i"),
            "U": Verb("endret i", "endre i"),
            "D": Verb("slettet i", "slette i"),
            "E": Verb("brukte", "bruke"),
        },
        kinds={
            "core": "kjerneinformasjonen",
            "notes": "notater og dokumenter",
            "observations": "målinger og funn",
            "results": "prøvesvar og bilder",
            "prescriptions": "legemiddellisten",
            "medication": "utdelte legemidler",
            "treatment": "tiltak og planer",
            "orders": "henvisninger og oppgaver",
            "messages": "meldingene",
            "booking": "timeavtalene",
            "calendars": "timebøkene",
            "payment": "opplysninger om betaling",
            "blocks": "sperringer og samtykker",
            "origin": "opplysninger om hvem som har skrevet",
            "log": "innsynsloggen",
            "persons": "personregisteret",
            "research": "opplysninger til forskning og kvalitet",
            "directory": "adresseregisteret",
            "knowledge": "kodeverk og fagstoff",
            "templates": "skjema og maler",
            "conformance": "oppsettet",
            "subscriptions": "abonnementer på endringer",
        },
    ),
    "en": Texts(
        you="You",
        somebody="Somebody",
        at=" at {unit}",
        through=" through {app}",
        attempt="{who} tried to {what}, and was refused",
        on_a_list="{who} saw {what} on a list that you were on",
        everything="the whole record",
        record="the record",
        conjunction=" and ",
        because={
            Basis.ADMISSION: " because you are, or recently were, a patient there",
            Basis.REFERRAL: " because you are referred to them",
            Basis.VEDTAK: " because you have been granted services from them",
            Basis.APPOINTMENT: " because you have, or recently had, an appointment or contact there",
            Basis.LIST: " because you are followed up, or something is to be done for you, there",
            Basis.GP: " because your GP is there",
            Basis.EMERGENCY: " by emergency access",
            Basis.SELF: "",
            Basis.PARENT: " as a parent",
            Basis.GUARDIAN: " as a guardian",
            Basis.POWER_OF_ATTORNEY: " with a power of attorney from you",
            Basis.SHARED: "",
            Basis.OPENING: " because your care began there",
            Basis.OVERSIGHT: " to follow up who has used the record",
            Basis.SYSTEM: " as part of running the record",
            Basis.PRACTICE: " on a practice site",
            Basis.NO_RELATION: ": it was not registered that you receive care there",
            Basis.BLOCKED: ": you have blocked it",
            Basis.ROLE: ": the role does not give access to that",
            Basis.GRANT: ": the app has not been given access to that",
            Basis.WITHHELD: ": it is blocked, or needs a right of its own",
            Basis.FAILED: ": it was not there, or could not be done",
        },
        of_another={
            Basis.ADMISSION: " because the citizen is, or recently was, a patient there",
            Basis.REFERRAL: " because the citizen is referred to them",
            Basis.VEDTAK: " because the citizen has been granted services from them",
            Basis.APPOINTMENT: " because the citizen has, or recently had, an appointment or contact there",
            Basis.LIST: " because the citizen is followed up, or something is to be done for them, there",
            Basis.GP: " because the citizen's GP is there",
            Basis.POWER_OF_ATTORNEY: " with a power of attorney from the citizen",
            Basis.OPENING: " because the citizen's care began there",
            Basis.NO_RELATION: ": it was not registered that the citizen receives care there",
            Basis.BLOCKED: ": the citizen has blocked it",
        },
        on_a_list_of_another="{who} saw {what} on a list that the citizen was on",
        reason=". Reason: “{reason}”",
        verbs={
            "R": Verb("opened", "open"),
            "C": Verb("created something in", "create something in"),
            "U": Verb("changed", "change"),
            "D": Verb("deleted from", "delete from"),
            "E": Verb("used", "use"),
        },
        kinds={
            "core": "the core information",
            "notes": "notes and documents",
            "observations": "measurements and findings",
            "results": "results and images",
            "prescriptions": "the medication list",
            "medication": "medicines given",
            "treatment": "procedures and plans",
            "orders": "referrals and tasks",
            "messages": "the messages",
            "booking": "the appointments",
            "calendars": "the calendars",
            "payment": "payment information",
            "blocks": "blocks and consents",
            "origin": "information on who has written",
            "log": "the access log",
            "persons": "the register of persons",
            "research": "information for research and quality",
            "directory": "the directory",
            "knowledge": "code systems and knowledge",
            "templates": "forms and templates",
            "conformance": "the set-up",
            "subscriptions": "subscriptions to changes",
        },
    ),
}
