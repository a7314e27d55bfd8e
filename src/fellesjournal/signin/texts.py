"""The words of the pages of sign-in in each language. {} stands for a name or a number."""

from collections.abc import Mapping
from typing import NamedTuple

from fellesjournal.signin.openid.refusal import Reason


class Texts(NamedTuple):
    """One language."""

    languages: str
    practice_site: str
    front: str
    sign_in: str
    sign_in_lead: str
    as_worker: str
    as_worker_says: str
    as_citizen: str
    as_citizen_says: str
    with_provider: str
    no_provider: str
    as_practice: str
    as_practice_says: str
    onward: str
    onward_to: str
    go_on: str
    pick: str
    pick_lead: str
    workers: str
    citizens: str
    name: str
    name_says: str
    search: str
    none_found: str
    more: str
    born: str
    choose_role: str
    choose_role_lead: str
    role_ended: str
    no_roles: str
    at: str
    use_role: str
    signed_in: str
    person: str
    role: str
    unit: str
    citizen: str
    session: str
    session_says: str
    switch_role: str
    lock: str
    sign_out: str
    to_work: str
    to_record: str
    elsewhere: str
    elsewhere_says: str
    end_there: str
    end_all: str
    locked: str
    locked_says: str
    open_again: str
    not_you: str
    out: str
    out_says: str
    sign_in_again: str
    refused: str
    try_again: str
    reason: str
    refusals: Mapping[str, str]


LANGUAGES: Mapping[str, str] = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
"""Each by its own name."""

TEXTS = {
    "nb": Texts(
        languages="Språk",
        practice_site="Øvelsesbase. Alle personer her er oppdiktede.",
        front="Til forsiden",
        sign_in="Logg inn",
        sign_in_lead="Velg hvordan du vil logge inn.",
        as_worker="Helsepersonell",
        as_worker_says="For deg som arbeider i sykehus, kommune eller på legekontor.",
        as_citizen="Innbygger",
        as_citizen_says="For deg som vil se din egen journal.",
        with_provider="Logg inn med {}",
        no_provider="Innlogging er ikke satt opp på dette nettstedet ennå. Kontakt den som drifter det.",
        as_practice="Øvelse",
        as_practice_says="Velg en oppdiktet person fra en liste. Finnes bare i øvelsesbaser.",
        onward="Et øyeblikk",
        onward_to="Du sendes videre til {}.",
        go_on="Gå videre",
        pick="Hvem vil du være?",
        pick_lead="Alle er oppdiktede, så du kan være hvem du vil.",
        workers="Helsepersonell",
        citizens="Innbyggere",
        name="Navn",
        name_says="Begynnelsen av navnene, i hvilken rekkefølge du vil.",
        search="Søk",
        none_found="Ingen har et navn som begynner slik.",
        more="Det er flere enn disse. Skriv begynnelsen av et navn for å finne dem.",
        born="født {}",
        choose_role="Velg rolle",
        choose_role_lead="Rollen avgjør hva du har tilgang til. Du kan bytte senere uten å logge ut.",
        role_ended="Rollen du brukte, gjelder ikke lenger. Velg en annen for å fortsette.",
        no_roles="Du har ingen rolle som gjelder i dag. Lederen din kan gi deg en.",
        at="ved",
        use_role="Bruk denne rollen",
        signed_in="Du er logget inn",
        person="Navn",
        role="Rolle",
        unit="Enhet",
        citizen="Innbygger",
        session="Økten",
        session_says="Skjermen låses etter {} minutter uten bruk. Du logges ut senest klokken {}.",
        switch_role="Bytt rolle",
        lock="Lås skjermen",
        sign_out="Logg ut",
        to_work="Til arbeidslisten",
        to_record="Til journalen",
        elsewhere="Andre steder du er logget inn",
        elsewhere_says="Logget inn {}, sist brukt {}.",
        end_there="Logg ut der",
        end_all="Logg ut alle andre steder",
        locked="Skjermen er låst",
        locked_says="Det du holdt på med, er der når du åpner igjen.",
        open_again="Åpne igjen som {}",
        not_you="Logg ut {}",
        out="Du er logget ut",
        out_says="Lukk nettleseren hvis andre også bruker denne maskinen.",
        sign_in_again="Logg inn igjen",
        refused="Det gikk ikke",
        try_again="Begynn på nytt",
        reason="Feilkode",
        refusals={
            Reason.DOWN: "Innloggingstjenesten svarer ikke akkurat nå. Feilen er ikke hos deg. Prøv igjen om "
            "noen minutter. Er det fare for liv og helse, følg enhetens rutine for når journalen er nede.",
            Reason.DENIED: "Innloggingen ble avbrutt hos innloggingstjenesten.",
            Reason.LEVEL: "Du logget inn på et nivå som ikke er sikkert nok her. Logg inn på nytt med "
            "BankID, Buypass eller Commfides.",
            Reason.STALE_SIGN_IN: "Innloggingen tok for lang tid, eller ble begynt i en annen nettleser.",
            Reason.UNKNOWN_PERSON: "Vi fant deg ikke i journalen, eller du er registrert to ganger. Kontakt "
            "den som administrerer brukere hos dere.",
            Reason.NO_ROLE: "Du har ingen rolle som gjelder i dag. Lederen din kan gi deg en.",
            Reason.ROLE_ENDED: "Rollen gjelder ikke i dag. Velg en annen.",
            Reason.SUBJECT: "Den som logget inn, er en annen enn den som låste skjermen. Logg ut først.",
            Reason.SESSION: "Økten er avsluttet. Logg inn på nytt.",
            Reason.CROSS_SITE: "Siden var for gammel, eller skjemaet kom ikke herfra. Last siden på nytt.",
            Reason.MALFORMED: "Innloggingen kunne ikke godtas. Begynn på nytt. Skjer det igjen, si fra til "
            "den som drifter journalen, og oppgi feilkoden.",
        },
    ),
    "nn": Texts(
        languages="Språk",
        practice_site="Øvingsbase. Alle personar her er oppdikta.",
        front="Til framsida",
        sign_in="Logg inn",
        sign_in_lead="Vel korleis du vil logge inn.",
        as_worker="Helsepersonell",
        as_worker_says="For deg som arbeider i sjukehus, kommune eller på legekontor.",
        as_citizen="Innbyggjar",
        as_citizen_says="For deg som vil sjå din eigen journal.",
        with_provider="Logg inn med {}",
        no_provider="Innlogging er ikkje sett opp på denne nettstaden enno. Kontakt den som driftar han.",
        as_practice="Øving",
        as_practice_says="Vel ein oppdikta person frå ei liste. Finst berre i øvingsbasar.",
        onward="Ein augneblink",
        onward_to="Du vert send vidare til {}.",
        go_on="Gå vidare",
        pick="Kven vil du vere?",
        pick_lead="Alle er oppdikta, så du kan vere kven du vil.",
        workers="Helsepersonell",
        citizens="Innbyggjarar",
        name="Namn",
        name_says="Byrjinga av namna, i den rekkjefølgja du vil.",
        search="Søk",
        none_found="Ingen har eit namn som byrjar slik.",
        more="Det er fleire enn desse. Skriv byrjinga av eit namn for å finne dei.",
        born="fødd {}",
        choose_role="Vel rolle",
        choose_role_lead="Rolla avgjer kva du har tilgang til. Du kan byte seinare utan å logge ut.",
        role_ended="Rolla du brukte, gjeld ikkje lenger. Vel ei anna for å halde fram.",
        no_roles="Du har inga rolle som gjeld i dag. Leiaren din kan gje deg ei.",
        at="ved",
        use_role="Bruk denne rolla",
        signed_in="Du er logga inn",
        person="Namn",
        role="Rolle",
        unit="Eining",
        citizen="Innbyggjar",
        session="Økta",
        session_says="Skjermen vert låst etter {} minutt utan bruk. Du vert logga ut seinast klokka {}.",
        switch_role="Byt rolle",
        lock="Lås skjermen",
        sign_out="Logg ut",
        to_work="Til arbeidslista",
        to_record="Til journalen",
        elsewhere="Andre stader du er logga inn",
        elsewhere_says="Logga inn {}, sist brukt {}.",
        end_there="Logg ut der",
        end_all="Logg ut alle andre stader",
        locked="Skjermen er låst",
        locked_says="Det du heldt på med, er der når du opnar igjen.",
        open_again="Opne igjen som {}",
        not_you="Logg ut {}",
        out="Du er logga ut",
        out_says="Lukk nettlesaren om andre òg bruker denne maskina.",
        sign_in_again="Logg inn igjen",
        refused="Det gjekk ikkje",
        try_again="Start på nytt",
        reason="Feilkode",
        refusals={
            Reason.DOWN: "Innloggingstenesta svarar ikkje akkurat no. Feilen er ikkje hos deg. Prøv igjen om "
            "nokre minutt. Er det fare for liv og helse, følg rutinen i eininga for når journalen er nede.",
            Reason.DENIED: "Innlogginga vart avbroten hos innloggingstenesta.",
            Reason.LEVEL: "Du logga inn på eit nivå som ikkje er sikkert nok her. Logg inn på nytt med "
            "BankID, Buypass eller Commfides.",
            Reason.STALE_SIGN_IN: "Innlogginga tok for lang tid, eller vart byrja i ein annan nettlesar.",
            Reason.UNKNOWN_PERSON: "Vi fann deg ikkje i journalen, eller du er registrert to gonger. Kontakt "
            "den som administrerer brukarar hos dykk.",
            Reason.NO_ROLE: "Du har inga rolle som gjeld i dag. Leiaren din kan gje deg ei.",
            Reason.ROLE_ENDED: "Rolla gjeld ikkje i dag. Vel ei anna.",
            Reason.SUBJECT: "Den som logga inn, er ein annan enn den som låste skjermen. Logg ut først.",
            Reason.SESSION: "Økta er avslutta. Logg inn på nytt.",
            Reason.CROSS_SITE: "Sida var for gammal, eller skjemaet kom ikkje herifrå. Last sida på nytt.",
            Reason.MALFORMED: "Innlogginga kunne ikkje godtakast. Start på nytt. Skjer det igjen, sei frå "
            "til den som driftar journalen, og oppgje feilkoden.",
        },
    ),
    "en": Texts(
        languages="Language",
        practice_site="Practice site. All persons here are invented.",
        front="To the front page",
        sign_in="Sign in",
        sign_in_lead="Choose how to sign in.",
        as_worker="Health worker",
        as_worker_says="For those who work in a hospital, a municipality or a surgery.",
        as_citizen="Citizen",
        as_citizen_says="For those who want to see their own record.",
        with_provider="Sign in with {}",
        no_provider="Sign-in has not been set up on this site yet. Contact whoever runs it.",
        as_practice="Practice",
        as_practice_says="Pick an invented person from a list. On practice sites only.",
        onward="One moment",
        onward_to="You are sent on to {}.",
        go_on="Go on",
        pick="Who do you want to be?",
        pick_lead="Everyone is invented, so you may be whoever you like.",
        workers="Health workers",
        citizens="Citizens",
        name="Name",
        name_says="The beginnings of names, in any order.",
        search="Search",
        none_found="Nobody has a name that begins so.",
        more="There are more than these. Write the beginning of a name to find them.",
        born="born {}",
        choose_role="Choose a role",
        choose_role_lead="The role decides what you may open. You can switch later without signing out.",
        role_ended="The role you used is no longer in force. Choose another to go on.",
        no_roles="You have no role in force today. Your manager can give you one.",
        at="at",
        use_role="Use this role",
        signed_in="You are signed in",
        person="Name",
        role="Role",
        unit="Unit",
        citizen="Citizen",
        session="Session",
        session_says="The screen locks after {} minutes without use. You are signed out at {} at the latest.",
        switch_role="Switch role",
        lock="Lock the screen",
        sign_out="Sign out",
        to_work="To the worklist",
        to_record="To the record",
        elsewhere="Other places where you are signed in",
        elsewhere_says="Signed in {}, last used {}.",
        end_there="Sign out there",
        end_all="Sign out everywhere else",
        locked="The screen is locked",
        locked_says="What you were doing is there when you open it again.",
        open_again="Open again as {}",
        not_you="Sign {} out",
        out="You are signed out",
        out_says="Close the browser if others use this machine too.",
        sign_in_again="Sign in again",
        refused="That did not work",
        try_again="Begin again",
        reason="Error code",
        refusals={
            Reason.DOWN: "The sign-in service does not answer right now. The fault is not yours. Try again "
            "in a few minutes. If life or health is in danger, follow your unit's routine for when the "
            "record is down.",
            Reason.DENIED: "The sign-in was cancelled at the sign-in service.",
            Reason.LEVEL: "You signed in at a level that is not secure enough here. Sign in again with "
            "BankID, Buypass or Commfides.",
            Reason.STALE_SIGN_IN: "The sign-in took too long, or was begun in another browser.",
            Reason.UNKNOWN_PERSON: "We did not find you in the record, or you are registered twice. Contact "
            "whoever administers users where you work.",
            Reason.NO_ROLE: "You have no role in force today. Your manager can give you one.",
            Reason.ROLE_ENDED: "The role is not in force today. Choose another.",
            Reason.SUBJECT: "Who signed in is not the one who locked the screen. Sign out first.",
            Reason.SESSION: "The session has ended. Sign in again.",
            Reason.CROSS_SITE: "The page was too old, or the form did not come from here. Load it again.",
            Reason.MALFORMED: "The sign-in could not be accepted. Begin again. If it happens again, tell "
            "whoever runs the record, with the error code.",
        },
    ),
}
