"""About the specialist health service: what kinds of service a unit gives, and in which areas.

The codes are hierarchical by their own letters and digits: S0306 (hjertesykdommer) stands below S03
(indremedisin). The lists hold what document sharing uses; the registers of the state may have more.
"""

from fellesjournal.norway.codes.lists import CodeList, code_list

_XCA = "Norsk helsenett: XcaXds, the constants of document sharing (practice settings)"
_DIPS = "DIPS: an organisation among the examples of its FHIR guide"

LEVEL = code_list(
    8628,
    "Organisatorisk nivå",
    _DIPS,
    """
2 Helseforetak
""",
    complete=False,
)

EMERGENCY_AND_CARE = code_list(
    8653,
    "Akuttjenester, pleie og mottak",
    _XCA,
    """
1 Pleietjenester
2 Pasienthotell
3 Pasientmottak, elektiv
4 Legevakt
5 Vurdering av henvisning
6 Akuttmottak
7 Ambulansetjeneste, ordinær
8 Luftambulanse
9 AMK-sentral
""",
    complete=False,
)

CLINICAL_SERVICE = code_list(
    8654,
    "Klinisk/medisinsk service",
    _XCA,
    """
B Bildediagnostikk
B01 Røntgen
B02 Ultralyd
B03 Angiografi
B04 Tomografi MR
B05 Tomografi CT
B06 Nukleærmedisin
B07 Nevroradiologi
B08 Intervensjonsradiologi
L Laboratoriefag
L01 Klinisk farmakologi
L02 Immunologi, allergologi og transfusjonsmedisin
L0201 Immunologi og allergologi
L0202 Transfusjonsmedisin
L03 Medisinsk biokjemi
L04 Medisinsk mikrobiologi
L06 Patologi
L07 Klinisk nevrofysiologi
L08 Nevrovaskulært laboratorium
L09 Nevroimmunologisk laboratorium
L10 Cytogenetikk og molekylærgenetikk
""",
    complete=False,
)

AREA = code_list(
    8655,
    "Helsehjelpsområde",
    _XCA,
    """
A Andre helsehjelpsområder
A01 Sosionomtjenester
A02 Ergoterapi
A03 Fysioterapi
A04 Kiropraktikk
A05 Ernæringsfysiologi
A06 Tannhelse
A07 Audiografi
A08 Spesialpedagogikk
A09 Logopedi
A10 Farmasi
A11 Yrkes- og arbeidsmedisin
A12 Psykologtjeneste
H Helsehjelp knyttet til habilitering og rehabilitering
H07 Barnehabilitering
H08 Voksenhabilitering
H09 Rehabilitering
P Psykisk helsevern
PB Psykisk helsevern for barn og unge (BUP)
PB01 Familieterapi
PB02 Spiseforstyrrelser hos barn
PV Psykisk helsevern for voksne
PV01 Spiseforstyrrelser hos voksne
PV02 Psykiatrisk helsehjelp til døve
PV03 Unge schizofrene
PV04 Alderspsykiatrisk behandling
PV05 Psykiatrisk helsehjelp til asylsøkere og flyktninger
PV06 Tidlig intervensjon
PV07 Pasienter med langvarig funksjonssvikt
PV08 Førstegangspsykose
PV09 Habilitering/Rehabilitering (psykisk helsevern for voksne)
PV10 Familieterapi/behandling
PV11 Sikkerhetspsykiatri
R Helsehjelp knyttet til rusmiddelavhengighet og annen avhengighet
R01 Spilleavhengighet og annen avhengighet
R02 Rusmiddelavhengighet med alvorlig psykiatrisk sykdom (dobbeldiagnose)
R03 Rusmiddelavhengighet med langvarig funksjonssvikt
R04 Førstegangspsykose knyttet til rusmiddelavhengighet
R05 Utredning av rusmiddelavhengighet eller annen avhengighet
R06 Avrusning/ avgiftning/ stabilisering
R07 Familieterapi, parterapi og pårørendeterapi
R08 Legemiddelassistert rehabilitering (LAR)
R09 Terapeutisk samfunn, kollektiv osv.
R10 Innsatte under paragraf 12-soning
R11 Tverrfaglig spesialisert behandling av rusmiddelmisbruk
S Helsehjelp knyttet til somatisk sykdom
S01 Allmennmedisin
S02 Kirurgi
S0201 Generell kirurgi
S0202 Barnekirurgi
S0203 Bryst og endokrin kirurgi
S0204 Gastroenterologisk kirurgi
S0205 Karkirurgi
S0206 Kjeve- og ansiktskirurgi
S0207 Nevrokirurgi
S0208 Ortopedisk kirurgi
S0209 Plastikkirurgi
S0210 Thoraxkirurgi
S0211 Urologi
S03 Indremedisin
S0301 Endokrinologi
S0302 Fordøyelsessykdommer
S0303 Geriatri
S0304 Blodsykdommer
S0305 Infeksjonsmedisin
S0306 Hjertesykdommer
S030601 Hjerterytmeforstyrrelser
S030602 Ekkokardiografi og bildediagnostikk
S030603 Klinisk kardiologi
S030604 Forebyggende kardiologi
S030605 Invasiv kardiologi
S0307 Lungesykdommer
S0308 Nyresykdommer
S0309 Dialyse
S04 Fødselshjelp og kvinnesykdommer
S0401 Generell gynekologi
S0402 Gynekologisk onkologi
S0403 Obstetrikk
S0404 Assistert befruktning
S0405 Fostermedisin
S05 Hud- og veneriske sykdommer
S0501 Hudsykdommer
S0502 Veneriske sykdommer
S06 Barnesykdommer
S0601 Nyfødtmedisin
S0602 Intensivbehandling av barn
S07 Nevrologi
S0701 Generell nevrologi
S0702 Cerebrovaskulære sykdommer
S0703 Epilepsi
S0704 Nevrofysiologi
S08 Anestesiologi/smertebehandling
S09 Øre-nese-halssykdommer
S0901 Audiologi
S0902 Laryngologi/Foniatri
S0903 Balansemedisin
S0904 Søvnrelaterte sykdommer
S0905 Nese- og bihulesykdommer
S0906 Otologi
S0907 Hode- og halskirurgi
S0908 Allergologi
S0909 Pediatriske øre-nese-halssykdommer
S10 Øyesykdommer
S11 Onkologi
S1101 Sarkomer
S12 Revmatologi
S13 Tverrfaglig ryggbehandling
S14 Palliativ medisin
S15 Medisinsk genetikk
S16 Fysikalsk medisin og rehabilitering
""",
    complete=False,
)

LISTS: tuple[CodeList, ...] = (LEVEL, EMERGENCY_AND_CARE, CLINICAL_SERVICE, AREA)
