"""The words of the administrator's page for apps, in each language. {} stands for a name."""

from collections.abc import Mapping
from typing import NamedTuple


class RegistryTexts(NamedTuple):
    """One language; `unfit` says what is missing or wrong with an app."""

    title: str
    lead: str
    none: str
    kinds: Mapping[str, str]
    state_on: str
    state_off: str
    suspend: str
    resume: str
    scopes: str
    add: str
    name: str
    responsible: str
    kind: str
    addresses: str
    addresses_says: str
    launch: str
    scopes_says: str
    keys: str
    keys_says: str
    register: str
    done: str
    refused: str
    unfit: Mapping[str, str]


TEXTS = {
    "nb": RegistryTexts(
        title="Registrerte apper",
        lead="Apper som kan be folk om tilgang, eller handler for seg selv. Det du gjør her, blir logget.",
        none="Ingen apper er registrert.",
        kinds={
            "public": "App i nettleser eller på telefon, uten egen nøkkel",
            "confidential": "App med egen tjener og nøkkel",
            "service": "Tjeneste som handler for seg selv, med nøkkel",
        },
        state_on="I bruk",
        state_off="Stanset",
        suspend="Stans {}",
        resume="Slipp til {} igjen",
        scopes="Tilganger",
        add="Registrer en app",
        name="Navn, slik folk ser det",
        responsible="Hvem som svarer for appen",
        kind="Hva slags app",
        addresses="Adresser nettleseren kan sendes tilbake til",
        addresses_says="Én på hver linje. Tom for tjenester.",
        launch="Adresse der appen åpnes fra journalen",
        scopes_says="Alt appen noen gang kan få, med mellomrom, slik: openid launch/patient patient/*.rs",
        keys="Offentlige nøkler",
        keys_says="Et JWK-sett, eller https-adressen til et. Tom for apper uten nøkkel.",
        register="Registrer",
        done="{} er registrert. Klient-id-en er {}",
        refused="Appen ble ikke registrert",
        unfit={
            "id": "Klient-id-en har 3 til 64 bokstaver, sifre, punktum, bindestreker og understreker.",
            "name": "Appen trenger et navn og en som svarer for den: folk ser begge før de gir tilgang.",
            "address": "{} må være en hel https-adresse (eller på denne maskinen), uten * og #.",
            "nowhere": "{}: dit kan ikke nettlesere sendes.",
            "address-of-service": "En tjeneste har ingen adresser: den handler uten en person.",
            "no-address": "En app som folk bruker, trenger en adresse som nettleseren sendes tilbake til.",
            "keys-of-public": "En app uten egen nøkkel har ingen nøkler å registrere.",
            "no-keys": "Appen trenger offentlige nøkler: et JWK-sett, eller https-adressen til et.",
            "keys-address": "{} må begynne med https://.",
            "keys-unread": "Nøklene lar seg ikke lese som et JWK-sett.",
            "keys-unfit": "Det er ingen offentlig RSA- eller EC-nøkkel der som underskrifter kan prøves med.",
            "scopes-unknown": "Dette er ingen tilganger her: {}. Se docs/smart.md.",
            "no-scopes": "Appen trenger minst én tilgang til opplysninger, for eksempel patient/Patient.rs.",
            "scopes-of-kind": "system/ er for tjenester, patient/ og user/ for apper som folk bruker.",
        },
    ),
    "nn": RegistryTexts(
        title="Registrerte appar",
        lead="Appar som kan be folk om tilgang, eller handlar for seg sjølve. Det du gjer her, vert logga.",
        none="Ingen appar er registrerte.",
        kinds={
            "public": "App i nettlesar eller på telefon, utan eigen nøkkel",
            "confidential": "App med eigen tenar og nøkkel",
            "service": "Teneste som handlar for seg sjølv, med nøkkel",
        },
        state_on="I bruk",
        state_off="Stansa",
        suspend="Stans {}",
        resume="Slepp til {} att",
        scopes="Tilgangar",
        add="Registrer ein app",
        name="Namn, slik folk ser det",
        responsible="Kven som svarar for appen",
        kind="Kva slags app",
        addresses="Adresser nettlesaren kan sendast tilbake til",
        addresses_says="Éi på kvar linje. Tom for tenester.",
        launch="Adresse der appen vert opna frå journalen",
        scopes_says="Alt appen nokon gong kan få, med mellomrom, slik: openid launch/patient patient/*.rs",
        keys="Offentlege nøklar",
        keys_says="Eit JWK-sett, eller https-adressa til eit. Tom for appar utan nøkkel.",
        register="Registrer",
        done="{} er registrert. Klient-id-en er {}",
        refused="Appen vart ikkje registrert",
        unfit={
            "id": "Klient-id-en har 3 til 64 bokstavar, siffer, punktum, bindestrekar og understrekar.",
            "name": "Appen treng eit namn og ein som svarar for han: folk ser begge før dei gir tilgang.",
            "address": "{} må vere ei heil https-adresse (eller på denne maskina), utan * og #.",
            "nowhere": "{}: dit kan ikkje nettlesarar sendast.",
            "address-of-service": "Ei teneste har ingen adresser: ho handlar utan ein person.",
            "no-address": "Ein app som folk bruker, treng ei adresse som nettlesaren vert send tilbake til.",
            "keys-of-public": "Ein app utan eigen nøkkel har ingen nøklar å registrere.",
            "no-keys": "Appen treng offentlege nøklar: eit JWK-sett, eller https-adressa til eit.",
            "keys-address": "{} må byrje med https://.",
            "keys-unread": "Nøklane lèt seg ikkje lese som eit JWK-sett.",
            "keys-unfit": "Det er ingen offentleg RSA- eller EC-nøkkel der å prøve underskrifter med.",
            "scopes-unknown": "Dette er ingen tilgangar her: {}. Sjå docs/smart.md.",
            "no-scopes": "Appen treng minst éin tilgang til opplysningar, til dømes patient/Patient.rs.",
            "scopes-of-kind": "system/ er for tenester, patient/ og user/ for appar som folk bruker.",
        },
    ),
    "en": RegistryTexts(
        title="Registered apps",
        lead="Apps that may ask people for access, or act for themselves. All that you do here is logged.",
        none="No app is registered.",
        kinds={
            "public": "App in a browser or on a phone, without a key of its own",
            "confidential": "App with a server and a key of its own",
            "service": "Service that acts for itself, with a key",
        },
        state_on="In use",
        state_off="Suspended",
        suspend="Suspend {}",
        resume="Let {} in again",
        scopes="Scopes",
        add="Register an app",
        name="Name, as people see it",
        responsible="Who answers for the app",
        kind="Kind of app",
        addresses="Addresses that browsers may be sent back to",
        addresses_says="One on each line. Empty for services.",
        launch="Address where the app is opened from the journal",
        scopes_says="All that the app may ever get, with spaces, such as: openid launch/patient patient/*.rs",
        keys="Public keys",
        keys_says="A JWK set, or the https address of one. Empty for apps without a key.",
        register="Register",
        done="{} is registered. Its client id is {}",
        refused="The app was not registered",
        unfit={
            "id": "A client id has 3 to 64 letters, digits, dots, dashes and underscores.",
            "name": "An app needs a name and someone responsible: people are shown both before they grant.",
            "address": "{} must be a whole https address (or on this machine), without * and #.",
            "nowhere": "{}: browsers must not be sent there.",
            "address-of-service": "A service has no addresses to be sent back to: it acts without a person.",
            "no-address": "An app that people use needs an address where their browser goes back to.",
            "keys-of-public": "A public app has no keys.",
            "no-keys": "The app needs its public keys: a JWK set, or the https address of one.",
            "keys-address": "{} must begin with https://.",
            "keys-unread": "The keys cannot be read as a JWK set.",
            "keys-unfit": "There is no public RSA or EC key there that signatures can be checked with.",
            "scopes-unknown": "These are no scopes here: {}. See docs/smart.md.",
            "no-scopes": "An app needs at least one scope about resources, such as patient/Patient.rs.",
            "scopes-of-kind": "system/ is for services, patient/ and user/ for apps that people use.",
        },
    ),
}
