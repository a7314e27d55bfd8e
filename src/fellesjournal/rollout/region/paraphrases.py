"""Other words for what is written again in one record: nobody writes the same line of the same person twice.

Each row is sentences that say the same. The first is what a course writes; the second time it would stand in
a citizen's notes the next is written, and so on around. Numbers stand outside of them, as does what others
look for.
"""

_SAME = (
    # messages
    (
        "Kan jeg få fornyet resept? Jeg har igjen for en uke",
        "Jeg trenger ny resept på det jeg bruker fast, har snart ikke igjen",
        "Hei, kan jeg få ny resept på det samme? Har nok til noen dager",
    ),
    ("Hei, jeg trenger en ny resept", "Jeg er tom for resept igjen", "Har brukt opp resepten min"),
    (
        "Resepten er fornyet og ligger klar i Reseptformidleren",
        "Resepten er fornyet, apoteket finner den",
        "Hei, resepten er fornyet i dag",
    ),
    (
        "Testet for covid-19 i går, negativ",
        "Negativ covid-19-test fra i går",
        "Covid-19-test i går: ikke påvist",
    ),
    (
        "Hei, prøvene dine er fine",
        "Hei, svarene er kommet, og alt er som det skal",
        "Hei, også disse prøvene er fine",
    ),
    (
        "Samme hjelp som før, vurderes hjemme",
        "Hjelpen kan være som før, dere ser an hjemme",
        "Ser ikke behov for mer hjelp enn før oppholdet",
    ),
    ("Utskrevet til hjemmet", "Reist hjem i dag", "Hjemme igjen fra i dag"),
    ("Til vanlig klar og orientert", "Til vanlig våken og klar", "Gir til vanlig god beskjed selv"),
    ("Kjent demens, trenger ro og enkle beskjeder", "Husker dårlig, er trygg når det er rolig rundt"),
    ("Spiser og er oppe med støtte", "Oppe til måltidene med støtte"),
    ("Medisinliste er vedlagt epikrisen", "Medisinene står i epikrisen"),
    ("Hei, jeg har hatt vondt i kneet i tre uker", "Hei, nå er det hoften som har vært vond i tre uker"),
    ("Ingen føling siden sist", "Kjenner seg som før"),
    (
        "Blodtrykket er høyt i dag, måles hjemme til neste time",
        "Høyt blodtrykk i dag, skriver opp målinger hjemme til neste time",
    ),
    # habits
    (
        "Røyker daglig, snakket om å slutte",
        "Røyker som før, fått tilbud om hjelp til å slutte",
        "Har prøvd å slutte å røyke siden sist, røyker igjen",
        "Fortsatt daglig røyk, vurderer nikotinplaster",
    ),
    (
        "Røykjer dagleg, snakka om å slutte",
        "Røykjer som før, fått tilbod om hjelp til å slutte",
        "Har prøvd å slutte å røykje sidan sist, røykjer igjen",
    ),
    (
        "Snakket om vekten",
        "Vekten er tatt opp igjen",
    ),
    ("Snakka om vekta", "Vekta er teken opp igjen"),
    # talks
    ("Færre anfall", "Sjelden anfall nå"),
    ("Bruker det som er lært", "Bruker pusteøvelsene når det kommer"),
    ("Mer uro igjen etter en rolig periode", "Urolige uker igjen"),
    ("Snakket om søvn og kaffe", "Snakket om søvn, mosjon og hva som utløser uroen"),
    ("Klarer hverdagen, unngår fortsatt store forsamlinger", "Får til dagene, men går ikke dit det er mange"),
    ("Mer overskudd, nesten som før", "Kreftene er på vei tilbake", "Har det bedre, ingen ny time"),
    ("Meir overskot, nesten som før", "Kreftene er på veg tilbake", "Har det betre, ingen ny time"),
    ("Fortsatt sliten, men litt lettere enn sist", "Mye å bære ennå, men har en plan"),
    ("Framleis sliten, men ser ei løysing", "Mykje å bere enno, men har ein plan"),
    ("Det samme igjen, litt mildere enn forrige gang", "Tilbake igjen, plager mindre enn sist"),
    ("Sover bedre, er mer sammen med andre", "Sover lettere, har tatt opp igjen det sosiale"),
    ("Søv betre, er meir saman med andre", "Søv lettare, har teke opp att det sosiale"),
    ("Sover bedre, går på tur hver dag", "Nettene er bedre, kommer seg ut på dagen"),
    ("Søv betre, går på tur kvar dag", "Nettene er betre, kjem seg ut på dagen"),
    ("Bruker, pårørende og tjenestene til stede", "Møtt: bruker, pårørende og alle tjenestene"),
    (
        "Tiltakene fortsetter, nytt møte om et år",
        "Ingen ønsker endringer. Neste møte om et år",
        "Planen er gått gjennom og gjelder videre, møte igjen om et år",
    ),
    # lungs, heart, metabolism, nose
    ("Teknikk gjennomgått", "Viser god teknikk", "Prøvd inhalatoren her, riktig brukt"),
    ("Samme inhalasjoner", "Inhalasjonene fortsetter", "Ingen endring i behandlingen"),
    ("Snakket om røykeslutt", "Tilbud om hjelp til å slutte å røyke", "Røykeslutt er tatt opp igjen"),
    ("Mosjon, årlig vaksine", "Råd om å holde seg i bevegelse og ta vaksine hvert år", "Vaksine og trening"),
    (
        "Ønsker ikke influensavaksine",
        "Vil fortsatt ikke ha influensavaksine",
        "Takker nei til vaksine i år også",
    ),
    ("Mer tungpust og farget oppspytt i tre dager", "Tettere siste døgn, hoster opp grønt"),
    ("Forlenget ekspirium og pipelyder", "Piper over begge lunger"),
    ("Kontroll etter innleggelse for KOLS-forverring", "Etter oppholdet for KOLS-forverring"),
    ("Nær vanlig form", "Omtrent som før oppholdet", "Puster som vanlig igjen"),
    ("Inhalasjonsteknikk sjekket", "Bruker inhalatoren riktig"),
    ("Etter anfallet: puster fritt, lette pipelyder", "Bedre etter anfallet, nesten uten piping"),
    (
        "Tiltagende tungpust etter forkjølelse, lite effekt av egen medisin",
        "Tett i brystet siden i går, egen medisin hjelper lite",
    ),
    ("Kontroll etter innleggelse for hjertesvikt", "Etter oppholdet for hjertesvikt"),
    ("Bedre, tørrvekt nådd", "Puster lettere, vekten er der den skal være"),
    ("Tåler medisinene godt, samme doser", "Ikke svimmel, dosene beholdes", "Ingen bivirkninger, som før"),
    ("Opplæring i vekt og væske", "Gjentatt når det skal ringes", "Veier seg hver morgen"),
    ("Velregulert hypotyreose", "Ingen plager fra stoffskiftet, prøvene er fine", "Stabilt stoffskifte"),
    ("Samme dose", "Dosen beholdes", "Fortsetter med dosen"),
    (
        "Plages med rennende nese og kløende øyne i pollensesongen",
        "Nyser og klør i øynene når det blomstrer",
        "Tett nese og såre øyne også denne våren",
    ),
    ("Fortsetter tablett, reseptfri nesespray i tillegg", "Tablett som før, nesespray fra apoteket"),
    ("Råd om start før sesongen", "Begynner tidligere neste år"),
    # wounds
    ("Rent, granulerer fint", "Ren bunn, rolige sårkanter", "Lite væske, ingen lukt"),
    ("Kompresjon lagt på", "Kompresjonen er skiftet", "Ny kompresjon"),
    ("Suturer fjernet, pent sår", "Stingene er tatt, kantene ligger fint", "Tørt sår, sting fjernet"),
    # pregnancies and births
    ("Positiv graviditetstest", "Testet positivt hjemme"),
    ("Litt kvalm, ellers i god form", "Trøtt og kvalm om morgenen, ellers bra"),
    ("Urin u.a", "Urin uten funn"),
    ("Ikke protein i urin", "Urinstix uten protein"),
    ("Fosterlyd fin", "God fosterlyd", "Barnet har fin hjertelyd"),
    ("Ett levende foster, normal utvikling", "Ett foster, utviklet som ventet"),
    ("Ett levende foster, alle mål som ventet", "Ett foster, målene stemmer med termin"),
    ("Normal anatomi, morkake på bakvegg, ikke lavtsittende", "Ingen avvik, morkake høyt på forvegg"),
    ("Regelmessige rier, klart fostervann", "Rier hvert fjerde minutt, vannet er ikke gått"),
    ("Mor og barn i fin form", "Begge har det bra"),
    ("Amming går seg til", "Barnet dier godt"),
    ("Livmor godt sammentrukket", "Livmoren trekker seg sammen som ventet"),
    ("Fin form, sover som ventet", "Har det bra, våkner med barnet om natten"),
    ("Underliv tilhelet", "Undersøkt uten anmerkning"),
    ("Snakket om prevensjon", "Prevensjon er drøftet"),
    ("Snakket om trening av bekkenbunnen", "Øvelser for bekkenbunnen er vist"),
    # training
    ("Gjør det hjemme også", "Trener hjemme mellom timene", "Viser øvelsene selv"),
    # the last weeks at home
    (
        "Smertene er under kontroll det meste av døgnet",
        "Ikke vondt i dag, verre en stund i natt",
        "Smertene kommer ved stell, ellers lite",
    ),
    ("Lite matlyst", "Spiser et par skjeer", "Drikker litt av glasset"),
    (
        "Kvalm om morgenen, bedre utover dagen",
        "Mindre kvalm etter små måltider",
        "Kastet opp en gang i natt, bedre nå",
    ),
    (
        "Orker å sitte oppe en halvtime",
        "Satt en stund i stolen ved vinduet",
        "Hviler mest, sitter oppe til maten",
    ),
    ("Spiser små måltider", "Matlysten er litt bedre"),
    (
        "Samtale med familien om det som kommer",
        "Snakket med familien om hvordan de har det",
        "Familien spør om natten, gått gjennom hva de kan gjøre",
    ),
    ("Telefonnummer for natten ligger på kjøkkenet", "De vet hvem de ringer"),
    ("Treg mage, bruker makrogol de fleste dager", "Magen går bedre med makrogol hver dag"),
    ("Smertene er under kontroll med fast morfin", "God lindring av morfin morgen og kveld"),
    ("Oppe det meste av dagen", "Oppe store deler av dagen"),
    ("Går korte turer med følge", "Var ute litt i går"),
    # at home, and in short stays
    (
        "Vasket bad og gulv, skiftet på sengen",
        "Støvsuget og vasket kjøkken og bad",
        "Gulv, bad og sengetøy tatt som avtalt",
    ),
    (
        "Vaska bad og golv, skifta på senga",
        "Støvsuga og vaska kjøken og bad",
        "Golv, bad og sengetøy tekne som avtalt",
    ),
    ("Kom fra sykehuset med taxi", "Kjørt hit fra sykehuset"),
    ("Ernæring og fallrisiko kartlagt", "Vekt, matlyst og fare for fall er sett på"),
    ("Klarer toalett og påkledning", "Klarer seg selv på badet og med klærne"),
    ("Mer urolig, svie og hyppig vannlating", "Mer urolig, oppe og på toalettet mange ganger i natt"),
    ("Mer urolig, grimaserer ved vannlating", "Mer urolig i natt, urinen er grumset"),
    # the legevakt
    ("Vondt i magen siden i går, kvalm", "Magesmerter siden i natt, uvel", "Kniper i magen, lite matlyst"),
    ("Myk mage uten slippømhet", "Magen er myk, litt øm midt på"),
    ("Ser an, ny vurdering ved forverring", "Reiser hjem, kommer igjen om det blir verre"),
    ("Sår hals og feber i to dager, vondt å svelge", "Feber siden forgårs og halsvondt, får i seg lite"),
    ("Røde tonsiller, hurtigtest negativ", "Rød i halsen uten belegg, hurtigtest negativ"),
    ("Kløende utslett over hele kroppen etter middag", "Vabler som klør, kom etter middag"),
    ("Antihistamin, observert en time", "Antihistamin med god effekt, hjem etter en time"),
    (
        "Stikkende smerter foran i brystet siden i ettermiddag",
        "Sting i brystet siden i ettermiddag, verst ved trykk",
    ),
    ("Trolig fra brystveggen", "Smerten kan trykkes fram i brystveggen"),
    (
        "Intense takvise smerter i flanken, klarer ikke å ligge i ro",
        "Nye takvise smerter i flanken, kastet opp",
    ),
    ("Bitt i hånden av kjent hund", "Nabohunden bet i hånden"),
    ("Skylt, ikke sydd", "Vasket og dekket til"),
    ("Ustø og svimmel siden morgenen", "Våknet svimmel i dag, holder seg i møblene"),
    ("Kom borti knappen ved et uhell", "Utløst ved et uhell", "Ville bare prøve knappen"),
    ("Kom borti knappen ved eit uhell", "Utløyst ved eit uhell"),
    ("P-staven er tatt ut, uten vansker", "P-staven er fjernet i lokalbedøvelse, ukomplisert"),
    ("Spiralen er tatt ut, uten vansker", "Spiralen er fjernet, ukomplisert"),
    # stays
    (
        "Svart avføring i to dager, svimmel når pasienten reiser seg",
        "Svart avføring igjen siden i går, slapp og svimmel",
    ),
    (
        "Overfladisk sår i magesekken ved gastroskopi, ikke pågående blødning",
        "Nytt overfladisk sår ved gastroskopi, prøve på Helicobacter er negativ",
    ),
    (
        "Rødt, varmt og vondt underbein siden i går, frostrier",
        "Kjenner igjen rosen fra sist: rødt og vondt bein fra i natt, frostrier",
    ),
    ("Rødmen går tilbake, feberfri", "Feberfri, rødmen blekner"),
    (
        "Feber, frysninger og flankesmerter i to døgn, svie ved vannlating",
        "Igjen feber og vondt i flanken, som ved forrige nyrebekkenbetennelse",
    ),
    (
        "Tiltakende smerter nede til venstre i magen i to dager",
        "Samme smerter nede til venstre som sist, siden i går",
    ),
    ("Gradvis bedre uten antibiotika", "Også denne gangen bedre uten antibiotika"),
    (
        "Ikke latt vannet siden i går kveld, sprengsmerter",
        "Får igjen ikke latt vannet, vondt nedentil siden i morges",
    ),
    (
        "Takvise magesmerter, oppkast, ikke luft siden i går",
        "Takvise smerter og oppkast som ved forrige ileus",
    ),
    (
        "Noe muskelstiv, trolig ikke av statinen",
        "Litt støl i lårene, ikke svak",
        "Stive muskler om morgenen, går over i løpet av dagen",
    ),
    (
        "Sjelden bruk av nitroglyserin",
        "Har brukt nitroglyserin to ganger siden sist",
        "Har ikke brukt nitroglyserin siden sist",
    ),
    (
        "Blir fort sliten, ikke brystsmerter",
        "Mindre krefter enn før, men ikke vondt i brystet",
        "Hviler etter middag, ingen brystsmerter",
    ),
    (
        "Rehabilitering er drøftet: ønsker å trene der hun bor",
        "Rehabilitering er tilbudt igjen, hun trener heller selv",
    ),
    (
        "Rehabilitering er drøftet: ønsker å trene der han bor",
        "Rehabilitering er tilbudt igjen, han trener heller selv",
    ),
    (
        "Takvise flankesmerter siden i natt, kaster opp av smertene",
        "Kjenner igjen nyresteinen fra sist: takvise smerter i flanken fra i morges, kvalm",
    ),
    (
        "Ventes å gå av seg selv",
        "Ventes å gå av seg selv også denne gangen",
    ),
    (
        "Trykkende ubehag i brystet de siste timene, går ikke over i ro",
        "Igjen ubehag i brystet, kom i hvile for noen timer siden",
    ),
    (
        "Smertefri, to negative troponiner, rolig telemetri",
        "Uten smerter etter få timer, to negative troponiner, telemetri uten funn",
    ),
    (
        "Falt om stående, borte i under et minutt, klar med en gang etterpå",
        "Besvimte igjen på vei opp av stolen, våken etter sekunder",
    ),
    ("Ingen rytmeforstyrrelse", "Telemetri uten funn"),
    (
        "Blodtrykket faller litt når pasienten reiser seg",
        "Fortsatt fall i blodtrykket når pasienten reiser seg",
    ),
    ("Oppkast og diaré i to døgn, beholder ikke drikke", "Kaster opp alt siden i går, tynn avføring"),
    ("Spiser og drikker", "Får i seg mat og drikke"),
    ("Norovirus i prøven", "Norovirus i avføringsprøven"),
    ("Kontroll etter innleggelsen", "Etter oppholdet på sykehuset"),
    ("Kommet seg", "Er seg selv igjen"),
    (
        "Bedring på forstøver, steroider og antibiotika",
        "Pustet lettere etter to døgn med forstøver, steroider og antibiotika",
    ),
    ("Uten oksygen siste døgn", "Klarte seg uten oksygen det siste døgnet"),
    ("Vanndrivende intravenøst med god effekt", "God virkning av vanndrivende intravenøst"),
    ("Puster lett uten oksygen", "Ikke tungpust ved utreise"),
    # talks at the clinic
    (
        "Kartlegging av stemningsleie, søvn og dagsrytme",
        "Kartlagt videre: søvn, døgnrytme og stemning gjennom uken",
    ),
    ("Laget aktivitetsplan for uken", "Planen for uken er tatt fram igjen"),
    ("Gått gjennom hendelser og tanker siden sist", "Sett på hva som gikk bra og mindre bra siden sist"),
    ("Arbeidet med selvkritiske tanker", "Tema: hvordan tanker om en selv påvirker dagen"),
    ("Grublingen tar mindre plass", "Klarer å legge grublingen til side"),
    ("Tilbakefall og tidlige tegn", "Snakket om tidlige tegn"),
    # yearly controls
    ("Gradvis dårligere gangfunksjon, bruker rullestol ute", "Går kortere enn i fjor, rullestol utendørs"),
    ("Stabil, ingen nye anfall", "Ingen anfall det siste året"),
    ("Syn, hørsel og oppmerksomhet vurdert", "Undersøkt: syn, hørsel, bevegelse og oppmerksomhet"),
    ("Gått gjennom medisinene", "Medisinlisten er lest opp og gått gjennom"),
)
_OF_SENTENCE = {sentence: ways for ways in _SAME for sentence in ways}


def otherwise(text: str, said: dict[str, int]) -> str:
    """The text, with what was said before in other words; `said` counts what a citizen's notes have said."""
    sentences = text.split(". ")
    for place, whole in enumerate(sentences):
        sentence = whole.removesuffix(".")
        ways = _OF_SENTENCE.get(sentence)
        if ways:
            times = said.get(ways[0], 0)
            said[ways[0]] = times + 1
            sentences[place] = ways[(ways.index(sentence) + times) % len(ways)] + whole[len(sentence) :]
    return ". ".join(sentences)
