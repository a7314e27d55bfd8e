"""The five cancers that are met most: how each is found, seen, operated on and treated.

New cases by age and five-year survival from the Cancer Registry of Norway (Cancer in Norway, yearly),
rounded.
"""

from typing import NamedTuple

from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.life import Risk


class Cancer(NamedTuple):
    """A cancer as it is usually met here."""

    problem: Problem
    women: Risk
    men: Risk
    fatal: tuple[float, float]
    """Its share of deaths of cancer, in women and in men."""
    suspected: Problem
    """What one comes with, before anything is known."""
    found: str
    modality: Modality
    picture: str
    seen: str
    spread: str
    operation: Operation | None
    nights: int
    courses: int
    """Courses of chemotherapy or weeks of radiation, written as visits; 0 for none."""
    medicine: Medicine | None = None
    years: int = 5
    advanced: str = ""
    """What the first pictures show when it cannot be operated on, where they do not show the spread."""


NEVER: Risk = ((0, 0),)

BREAST = Cancer(
    Problem("Brystkreft", "X76", "C509"),
    ((35, 0.6), (45, 1.7), (50, 2.6), (60, 3.4), (75, 2.8)),
    NEVER,
    (0.14, 0),
    Problem("Kul i bryst", "X19", "N63"),
    "Kul i brystet, kjent siste to uker.",
    Modality.MAMMOGRAPHY,
    "Mammografi og ultralyd",
    "BI-RADS 5: 18 mm uregelmessig svulst. Biopsi tatt.",
    "Nytilkomne skjelettmetastaser og leverlesjoner.",
    Operation("HAB40", "Reseksjon av bryst"),
    1,
    4,
    Medicine("L02BG04", "Letrozol 2,5 mg tablett", "1 tablett daglig"),
    advanced="Innvekst i hud og brystvegg, pakker av lymfeknuter i armhulen.",
)
PROSTATE = Cancer(
    Problem("Prostatakreft", "Y77", "C61"),
    NEVER,
    ((50, 1.2), (60, 5.5), (70, 8), (80, 7)),
    (0, 0.17),
    Problem("Hyppig vannlating", "U02", "R35"),
    "Hyppig vannlating, PSA klart over grensen for alderen.",
    Modality.MRI,
    "MR prostata",
    "PI-RADS 5 i perifer sone, ingen kapselgjennombrudd. Biopsi tatt.",
    "Utbredte skjelettmetastaser i bekken og ryggsøyle.",
    Operation("KEC01", "Perkutan endoskopisk radikal prostatektomi"),
    2,
    0,
)
COLON = Cancer(
    Problem("Tykktarmskreft", "D75", "C189"),
    ((40, 0.2), (55, 0.8), (65, 1.9), (75, 3.2)),
    ((40, 0.2), (55, 0.9), (65, 2.2), (75, 3.8)),
    (0.16, 0.15),
    Problem("Endret avføring", "D18", "R194"),
    "Endret avføring i seks uker, positiv prøve for blod og fallende blodprosent.",
    Modality.CT,
    "CT thorax, abdomen og bekken",
    "Tumor i høyre kolon, 4 cm. Ingen sikre metastaser.",
    "Multiple levermetastaser og peritoneal karsinomatose.",
    Operation("JFB31", "Laparoskopisk høyresidig hemikolektomi"),
    5,
    4,
)
LUNG = Cancer(
    Problem("Lungekreft", "R84", "C349"),
    ((45, 0.25), (60, 1.3), (70, 1.9)),
    ((45, 0.25), (60, 1.4), (70, 2.4)),
    (0.22, 0.22),
    Problem("Blodig oppspytt", "R24", "R042"),
    "Hoste i to måneder, blodstripet oppspytt og vekttap.",
    Modality.CT,
    "CT thorax og øvre abdomen",
    "Tumor 38 mm i høyre overlapp, forstørrede lymfeknuter i mediastinum.",
    "Metastaser til skjelett og lever, pleuravæske på høyre side.",
    None,
    0,
    6,
    years=5,
)
PANCREAS = Cancer(
    Problem("Bukspyttkjertelkreft", "D76", "C259"),
    NEVER,
    NEVER,
    (0.13, 0.12),
    Problem("Vekttap", "T08", "R634"),
    "Magesmerter mot ryggen, dårlig matlyst og rask vektnedgang.",
    Modality.CT,
    "CT abdomen",
    "Tumor i pancreashodet, 35 mm, med innvekst mot kar.",
    "Levermetastaser og ascites.",
    None,
    0,
    4,
)
KINDS = (BREAST, PROSTATE, COLON, LUNG, PANCREAS)
