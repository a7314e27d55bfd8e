"""What brings people to the wards, and is not told elsewhere."""

from typing import NamedTuple

from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.formulary import (
    APIXABAN,
    ASPIRIN,
    OXYCODONE,
    PARACETAMOL,
    PARACETAMOL_FIXED,
    PENICILLIN_HIGH,
    PIVMECILLINAM_HIGH,
)
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Story

INTO_A_VEIN = (
    Medicine("N02BE01", "Paracetamol 10 mg/mL infusjonsvæske", "1 g i blodåre 4 ganger daglig"),
    Medicine("A02BC02", "Pantoprazol 40 mg pulver til injeksjonsvæske", "40 mg i blodåre 2 ganger daglig"),
)
"""What those get who fast."""


class Stay(NamedTuple):
    """What brings somebody to the ward, and is not told elsewhere."""

    problem: Problem
    story: Story
    ill: Ill
    crp: tuple[float, float]
    """From, to; mg/L."""
    medicine: Medicine | None = None
    """What is begun at the ward."""
    ages: tuple[int, int] = (18, 110)
    service: Service = Service.MEDICAL_WARD
    operation: Operation | None = None
    """Done on the second day."""
    pictures: tuple[Modality, str, str] | None = None
    """What the note on arrival speaks of."""


STAYS = (
    Stay(
        Problem("Rosen", "S76", "A46"),
        Story(
            "Frysninger og feber siden i går. Rød og varm legg fra ankel til kne.",
            "Skarpt avgrenset rødme på leggen, opptegnet med tusj. Ikke sår.",
            "Erysipelas.",
            "Penicillin i høye doser som tabletter, leggen høyt, rødmen følges.",
        ),
        Ill(pulse=18, breaths=2, temperature=1.9),
        (90, 240),
        PENICILLIN_HIGH,
    ),
    Stay(
        Problem("Nyrebekkenbetennelse", "U70", "N10"),
        Story(
            "Svie ved vannlating i fire dager, siden i natt feber og vondt i ryggen.",
            "Bankeøm over venstre nyrelosje. Urinstix positiv på leukocytter og nitritt.",
            "Pyelonefritt.",
            "Urin- og blodkultur, pivmecillinam som tabletter, væske.",
        ),
        Ill(pulse=22, breaths=3, temperature=2.0, systolic=-6),
        (80, 260),
        PIVMECILLINAM_HIGH,
    ),
    Stay(
        Problem("Synkope", "A06", "R55"),
        Story(
            "Falt om på kjøkkenet etter frokost, borte i under et minutt. Ingen skade.",
            "Klar og orientert. EKG uten blokk. Blodtrykket faller 18 mmHg stående.",
            "Synkope, trolig ortostatisk. Arytmi må utelukkes.",
            "Telemetri, legemiddelgjennomgang, blodtrykk liggende og stående.",
        ),
        Ill(systolic=-12),
        (1, 8),
        ages=(50, 110),
    ),
    Stay(
        Problem("Brystsmerter", "A11", "R074"),
        Story(
            "Klemmende ubehag i brystet i en time i dag, gav seg i ambulansen.",
            "Upåvirket. EKG uten nye forandringer.",
            "Brystsmerter til observasjon.",
            "Troponin i serie, telemetri, ASA. Arbeids-EKG før utreise om prøvene er normale.",
        ),
        Ill(pulse=6, systolic=8),
        (1, 6),
        ASPIRIN,
        ages=(40, 110),
    ),
    Stay(
        Problem("Lungeemboli", "K93", "I269"),
        Story(
            "Tungpust ved gange i tre dager, stikk i siden ved dype innpust.",
            "Slank legg, rene lunger. CT: embolier i to segmentarterier på høyre side.",
            "Lungeemboli uten belastning av høyre hjertehalvdel.",
            "Apiksaban, telemetri det første døgnet, ekkokardiografi.",
        ),
        Ill(pulse=24, breaths=7, saturation=-4),
        (10, 45),
        APIXABAN,
        ages=(35, 110),
        pictures=(Modality.CT, "CT lungearterier", "Embolier i to segmentarterier på høyre side."),
    ),
    Stay(
        Problem("Blødning fra magesår", "D86", "K254"),
        Story(
            "Svart avføring i to dager, svimmel ved oppreising i dag.",
            "Blek. Ikke øm i magen. Svart avføring på hansken.",
            "Blødning fra øvre del av tarmen.",
            "Gastroskopi, pantoprazol, blodprosent hver sjette time, fastende.",
        ),
        Ill(pulse=22, systolic=-18),
        (1, 8),
        INTO_A_VEIN[1],
        ages=(45, 110),
    ),
    Stay(
        Problem("Tarmslyng", "D99", "K566"),
        Story(
            "Takvise magesmerter og oppkast siden i går, ikke avføring på to dager.",
            "Oppblåst mage, klingende tarmlyder. CT: utvidet tynntarm.",
            "Tynntarmsileus, trolig sammenvoksninger.",
            "Sonde, væske, fastende. Operasjon hvis det ikke løsner.",
        ),
        Ill(pulse=16, temperature=0.3, systolic=-6),
        (4, 40),
        INTO_A_VEIN[0],
        (40, 110),
        Service.SURGICAL_WARD,
        pictures=(Modality.CT, "CT abdomen", "Utvidet tynntarm, trolig sammenvoksninger."),
    ),
    Stay(
        Problem("Divertikulitt", "D92", "K572"),
        Story(
            "Vondt nede til venstre i magen i tre dager, feber siden i går.",
            "Øm i venstre fossa med slippømhet. CT: divertikulitt med liten abscess.",
            "Komplisert divertikulitt.",
            "Antibiotika intravenøst, flytende kost, ny CRP i morgen.",
        ),
        Ill(pulse=16, breaths=2, temperature=1.4),
        (110, 260),
        PARACETAMOL,
        (40, 110),
        Service.SURGICAL_WARD,
        pictures=(Modality.CT, "CT abdomen", "Divertikulitt med liten abscess."),
    ),
    Stay(
        Problem("Bukspyttkjertelbetennelse", "D99", "K859"),
        Story(
            "Sterke smerter øverst i magen ut i ryggen siden i natt, kastet opp flere ganger.",
            "Øm i epigastriet.",
            "Trolig akutt pankreatitt, mild.",
            "Væske, smertelindring, lipase, ultralyd av galleveiene.",
        ),
        Ill(pulse=22, breaths=3, temperature=0.8),
        (60, 180),
        OXYCODONE,
        (30, 90),
        Service.SURGICAL_WARD,
        pictures=(Modality.ULTRASOUND, "UL galleveier", "Små steiner i galleblæren. Slanke galleganger."),
    ),
    Stay(
        Problem("Ankelbrudd", "L76", "S828"),
        Story(
            "Vred foten i trappen utenfor huset, klarte ikke å støtte på den.",
            "Hovent over ytre ankelknoke, god sirkulasjon. Røntgen: forskjøvet brudd.",
            "Ustabilt ankelbrudd.",
            "Fiksering med plate og skruer, høyt leie, smertelindring.",
        ),
        Ill(pulse=8, systolic=8),
        (2, 30),
        PARACETAMOL_FIXED,
        (18, 80),
        Service.ORTHOPAEDIC_WARD,
        Operation("NHJ62", "Osteosyntese av ankelbrudd med plate og skruer"),
        pictures=(Modality.XRAY, "RTG ankel", "Forskjøvet brudd i begge malleoler."),
    ),
    Stay(
        Problem("Leggbrudd", "L73", "S822"),
        Story(
            "Falt i en bratt trapp, vondt og skjevt midt på leggen.",
            "Feilstilling, hel hud. Myke muskellosjer. Røntgen: brudd i skinnebeinet.",
            "Lukket tibiabrudd.",
            "Margnagle, overvåking for losjesyndrom, opptrening med fysioterapeut.",
        ),
        Ill(pulse=12, systolic=10),
        (4, 40),
        PARACETAMOL_FIXED,
        (18, 75),
        Service.ORTHOPAEDIC_WARD,
        Operation("NGJ51", "Osteosyntese av leggbrudd med margnagle"),
        pictures=(Modality.XRAY, "RTG legg", "Brudd midt i skinnebeinet."),
    ),
    Stay(
        Problem("Bekkenbrudd", "L76", "S325"),
        Story(
            "Falt på badegulvet, vondt i lysken og klarte ikke å gå.",
            "Øm over symfysen. Røntgen: brudd i øvre og nedre skamben på venstre side.",
            "Stabilt bekkenbrudd.",
            "Ikke operasjon. Smertelindring, mobilisering etter smerte.",
        ),
        Ill(pulse=8, systolic=6),
        (5, 45),
        PARACETAMOL_FIXED,
        (65, 110),
        Service.ORTHOPAEDIC_WARD,
        pictures=(Modality.XRAY, "RTG bekken", "Brudd i øvre og nedre skamben på venstre side."),
    ),
)
