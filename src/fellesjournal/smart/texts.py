"""The words of the pages about apps, in each language. {} stands for a name or a number."""

from collections.abc import Mapping
from typing import NamedTuple


class Texts(NamedTuple):
    """One language."""

    consent: str
    consent_lead: str
    you: str
    about: str
    about_all: str
    about_own: str
    reads: str
    writes: str
    deletes: str
    identity: str
    identity_says: str
    lasts: str
    lasts_minutes: str
    lasts_days: str
    never_more: str
    never_more_own: str
    left_out: str
    give: str
    refuse: str
    everything: str
    only: str
    categories: Mapping[str, str]
    patient: str
    patient_lead: str
    name: str
    name_says: str
    search: str
    none_found: str
    more_found: str
    apps: str
    apps_lead: str
    launch: str
    no_launch: str
    launch_about: str
    launch_about_says: str
    launch_number: str
    granted: str
    granted_says: str
    until: str
    withdraw: str
    no_granted: str
    consents: str
    consents_says: str
    consented: str
    no_consents: str
    nothing: str
    wrong: str
    wrong_app: str
    stale: str
    another: str
    absent: str
    absent_says: str
    back: str


TEXTS = {
    "nb": Texts(
        consent="Vil du gi {} tilgang?",
        consent_lead="{} står bak appen og svarer for hvordan den bruker opplysningene.",
        you="Du er",
        about="Gjelder",
        about_all="Alle pasienter som du selv har tilgang til",
        about_own="Bare din egen journal",
        reads="Appen kan lese",
        writes="Appen kan registrere og endre",
        deletes="Appen kan slette",
        identity="Appen får vite",
        identity_says="hvem du er",
        lasts="Hvor lenge",
        lasts_minutes="{} minutter. Etterpå må appen spørre på nytt.",
        lasts_days="Til du trekker tilgangen tilbake, og ikke lenger enn {} dager.",
        never_more="Appen får aldri mer enn du selv har tilgang til i rollen {}. "
        "Alt den gjør, står i innsynsloggen.",
        never_more_own="Appen får aldri mer enn du selv kan se. Alt den gjør, står i innsynsloggen.",
        left_out="Appen spurte også om dette, men rollen din kan ikke gi det: {}.",
        give="Gi tilgang",
        refuse="Nei, ikke gi tilgang",
        everything="alt som rollen din har tilgang til",
        only="bare",
        categories={
            "laboratory": "laboratoriesvar",
            "vital-signs": "vitale tegn som puls og blodtrykk",
            "social-history": "levevaner",
            "imaging": "bildeundersøkelser",
            "exam": "funn ved undersøkelse",
            "survey": "skjema og kartlegging",
            "activity": "fysisk aktivitet",
            "therapy": "funn ved behandling",
            "procedure": "målinger under inngrep",
            "problem-list-item": "problemlisten",
            "encounter-diagnosis": "diagnoser fra kontakter",
        },
        patient="Hvilken pasient gjelder det?",
        patient_lead="{} arbeider med én pasient om gangen.",
        name="Navn",
        name_says="Begynnelsen av navnene, i hvilken rekkefølge du vil.",
        search="Søk",
        none_found="Ingen som du har tilgang til, har et navn som begynner slik.",
        more_found="Det er flere. Skriv mer av navnet.",
        apps="Apper",
        apps_lead="Apper som kan åpnes herfra, og apper som du har gitt tilgang.",
        launch="Åpne {}",
        no_launch="Ingen apper er satt opp til å åpnes herfra.",
        launch_about="Pasientens fødselsnummer eller D-nummer",
        launch_about_says="Appen åpnes med denne pasienten. Tomt felt: appen spør selv.",
        launch_number="Ingen som du har tilgang til, har dette nummeret. Se over alle elleve sifrene.",
        granted="Apper med tilgang",
        granted_says="Gitt {}. Gjelder til {}.",
        until="til",
        withdraw="Trekk tilbake tilgangen for {}",
        no_granted="Ingen apper har varig tilgang fra deg.",
        consents="Det du har sagt ja til",
        consents_says="Du blir ikke spurt på nytt når en app ber om det samme. Trekker du tilbake, mister "
        "appen tilgangen med en gang, og du blir spurt neste gang.",
        consented="{}, siden {}.",
        no_consents="Du har ikke sagt ja til noen app.",
        nothing="Rollen din kan ikke gi appen noe av det den spør om.",
        wrong="Appen spurte på feil måte",
        wrong_app="Dette er en feil i appen eller i oppsettet av den. Si fra til den som svarer for appen.",
        stale="Forespørselen fra appen er besvart eller for gammel. Åpne appen på nytt.",
        another="Appen ble åpnet av en annen enn deg. Åpne den på nytt.",
        absent="Finnes ikke her",
        absent_says="Det du ba om, finnes ikke, eller det er ikke for deg i den rollen du har nå.",
        back="Til siden din",
    ),
    "nn": Texts(
        consent="Vil du gi {} tilgang?",
        consent_lead="{} står bak appen og svarar for korleis han bruker opplysningane.",
        you="Du er",
        about="Gjeld",
        about_all="Alle pasientar som du sjølv har tilgang til",
        about_own="Berre din eigen journal",
        reads="Appen kan lese",
        writes="Appen kan registrere og endre",
        deletes="Appen kan slette",
        identity="Appen får vite",
        identity_says="kven du er",
        lasts="Kor lenge",
        lasts_minutes="{} minutt. Etterpå må appen spørje på nytt.",
        lasts_days="Til du trekkjer tilgangen tilbake, og ikkje lenger enn {} dagar.",
        never_more="Appen får aldri meir enn du sjølv har tilgang til i rolla {}. "
        "Alt han gjer, står i innsynsloggen.",
        never_more_own="Appen får aldri meir enn du sjølv kan sjå. Alt han gjer, står i innsynsloggen.",
        left_out="Appen spurde òg om dette, men rolla di kan ikkje gi det: {}.",
        give="Gi tilgang",
        refuse="Nei, ikkje gi tilgang",
        everything="alt som rolla di har tilgang til",
        only="berre",
        categories={
            "laboratory": "laboratoriesvar",
            "vital-signs": "vitale teikn som puls og blodtrykk",
            "social-history": "levevanar",
            "imaging": "biletundersøkingar",
            "exam": "funn ved undersøking",
            "survey": "skjema og kartlegging",
            "activity": "fysisk aktivitet",
            "therapy": "funn ved behandling",
            "procedure": "målingar under inngrep",
            "problem-list-item": "problemlista",
            "encounter-diagnosis": "diagnosar frå kontaktar",
        },
        patient="Kva pasient gjeld det?",
        patient_lead="{} arbeider med éin pasient om gongen.",
        name="Namn",
        name_says="Byrjinga av namna, i kva rekkjefølgje du vil.",
        search="Søk",
        none_found="Ingen som du har tilgang til, har eit namn som byrjar slik.",
        more_found="Det er fleire. Skriv meir av namnet.",
        apps="Appar",
        apps_lead="Appar som kan opnast herifrå, og appar som du har gitt tilgang.",
        launch="Opne {}",
        no_launch="Ingen appar er sette opp til å opnast herifrå.",
        launch_about="Fødselsnummeret eller D-nummeret til pasienten",
        launch_about_says="Appen vert opna med denne pasienten. Tomt felt: appen spør sjølv.",
        launch_number="Ingen som du har tilgang til, har dette nummeret. Sjå over alle elleve siffera.",
        granted="Appar med tilgang",
        granted_says="Gitt {}. Gjeld til {}.",
        until="til",
        withdraw="Trekk tilbake tilgangen for {}",
        no_granted="Ingen appar har varig tilgang frå deg.",
        consents="Det du har sagt ja til",
        consents_says="Du vert ikkje spurd på nytt når ein app ber om det same. Trekkjer du tilbake, mistar "
        "appen tilgangen med ein gong, og du vert spurd neste gong.",
        consented="{}, sidan {}.",
        no_consents="Du har ikkje sagt ja til nokon app.",
        nothing="Rolla di kan ikkje gi appen noko av det han spør om.",
        wrong="Appen spurde på feil måte",
        wrong_app="Dette er ein feil i appen eller i oppsettet av han. Sei frå til den som svarar for appen.",
        stale="Førespurnaden frå appen er svart på eller for gammal. Opne appen på nytt.",
        another="Appen vart opna av ein annan enn deg. Opne han på nytt.",
        absent="Finst ikkje her",
        absent_says="Det du bad om, finst ikkje, eller det er ikkje for deg i den rolla du har no.",
        back="Til sida di",
    ),
    "en": Texts(
        consent="Give {} access?",
        consent_lead="{} is behind the app and answers for how it uses the information.",
        you="You are",
        about="About",
        about_all="All patients whom you yourself have access to",
        about_own="Your own record only",
        reads="The app may read",
        writes="The app may record and change",
        deletes="The app may delete",
        identity="The app is told",
        identity_says="who you are",
        lasts="How long",
        lasts_minutes="{} minutes. After that the app has to ask again.",
        lasts_days="Until you withdraw the access, and for {} days at most.",
        never_more="The app never gets more than you yourself have access to in the role {}. "
        "All that it does is logged.",
        never_more_own="The app never gets more than you yourself can see. All that it does is logged.",
        left_out="The app asked for this too, but your role cannot give it: {}.",
        give="Give access",
        refuse="No, give no access",
        everything="all that your role has access to",
        only="only",
        categories={
            "laboratory": "laboratory results",
            "vital-signs": "vital signs such as pulse and blood pressure",
            "social-history": "way of living",
            "imaging": "imaging",
            "exam": "findings of examinations",
            "survey": "forms and surveys",
            "activity": "physical activity",
            "therapy": "findings of treatment",
            "procedure": "measurements during procedures",
            "problem-list-item": "the problem list",
            "encounter-diagnosis": "diagnoses of encounters",
        },
        patient="Which patient is it about?",
        patient_lead="{} works with one patient at a time.",
        name="Name",
        name_says="The beginnings of names, in any order.",
        search="Search",
        none_found="Nobody whom you have access to has a name that begins like this.",
        more_found="There are more. Write more of the name.",
        apps="Apps",
        apps_lead="Apps that can be opened from here, and apps that you have given access.",
        launch="Open {}",
        no_launch="No apps are set up to be opened from here.",
        launch_about="The patient's identity number or D-number",
        launch_about_says="The app is opened with this patient. Left empty, the app asks for itself.",
        launch_number="Nobody whom you have access to has this number. See that all eleven digits are right.",
        granted="Apps with access",
        granted_says="Given {}. In force until {}.",
        until="until",
        withdraw="Withdraw the access of {}",
        no_granted="No app has lasting access from you.",
        consents="What you have said yes to",
        consents_says="You are not asked again when an app asks for the same. If you withdraw, the app loses "
        "its access at once, and you are asked the next time.",
        consented="{}, since {}.",
        no_consents="You have not said yes to any app.",
        nothing="Your role cannot give the app any of what it asks for.",
        wrong="The app asked in a wrong way",
        wrong_app="This is a fault of the app or of how it was set up. Tell whoever answers for the app.",
        stale="The app's request has been answered or is too old. Open the app again.",
        another="The app was opened by someone else than you. Open it again.",
        absent="Not here",
        absent_says="What you asked for does not exist, or is not for you in the role that you have now.",
        back="To your page",
    ),
}
