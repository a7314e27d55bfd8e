"""Currencies (ISO 4217), which R4 requires of every amount of money: those in use, and those that were.

The codes and the months of withdrawal are facts of ISO 4217's tables A.1 and A.3, to amendment 180; the texts
are our own. A currency ends on the last day of the month that table A.3 gives: within it the code was still
met. Where the table has only years, the code is retired without a day.
"""

from fellesjournal.norway.codes.lists import OTHER, codes
from fellesjournal.terminology.release import Concept, Release

URL = "urn:iso:std:iso:4217"
VERSION = "2026-01"
"""The month of the last amendment that is in the list."""

_IN_USE = f"""
AED dirham, De forente arabiske emirater
AFN afghani, Afghanistan
ALL lek, Albania
AMD dram, Armenia
AOA kwanza, Angola
ARS peso, Argentina
AUD dollar, Australia
AWG florin, Aruba
AZN manat, Aserbajdsjan
BAM konvertibel mark, Bosnia-Hercegovina
BBD dollar, Barbados
BDT taka, Bangladesh
BHD dinar, Bahrain
BIF franc, Burundi
BMD dollar, Bermuda
BND dollar, Brunei
BOB boliviano, Bolivia
BOV mvdol, Bolivia
BRL real, Brasil
BSD dollar, Bahamas
BTN ngultrum, Bhutan
BWP pula, Botswana
BYN rubel, Belarus
BZD dollar, Belize
CAD dollar, Canada
CDF franc, Den demokratiske republikken Kongo
CHE WIR-euro, Sveits
CHF franc, Sveits
CHW WIR-franc, Sveits
CLF regneenhet (UF), Chile
CLP peso, Chile
CNY yuan renminbi, Kina
COP peso, Colombia
COU regneenhet (UVR), Colombia
CRC colón, Costa Rica
CUP peso, Cuba
CVE escudo, Kapp Verde
CZK koruna, Tsjekkia
DJF franc, Djibouti
DKK krone, Danmark
DOP peso, Den dominikanske republikk
DZD dinar, Algerie
EGP pund, Egypt
ERN nakfa, Eritrea
ETB birr, Etiopia
EUR euro
FJD dollar, Fiji
FKP pund, Falklandsøyene
GBP pund sterling, Storbritannia
GEL lari, Georgia
GHS cedi, Ghana
GIP pund, Gibraltar
GMD dalasi, Gambia
GNF franc, Guinea
GTQ quetzal, Guatemala
GYD dollar, Guyana
HKD dollar, Hongkong
HNL lempira, Honduras
HTG gourde, Haiti
HUF forint, Ungarn
IDR rupiah, Indonesia
ILS ny shekel, Israel
INR rupi, India
IQD dinar, Irak
IRR rial, Iran
ISK krone, Island
JMD dollar, Jamaica
JOD dinar, Jordan
JPY yen, Japan
KES shilling, Kenya
KGS som, Kirgisistan
KHR riel, Kambodsja
KMF franc, Komorene
KPW won, Nord-Korea
KRW won, Sør-Korea
KWD dinar, Kuwait
KYD dollar, Caymanøyene
KZT tenge, Kasakhstan
LAK kip, Laos
LBP pund, Libanon
LKR rupi, Sri Lanka
LRD dollar, Liberia
LSL loti, Lesotho
LYD dinar, Libya
MAD dirham, Marokko
MDL leu, Moldova
MGA ariary, Madagaskar
MKD denar, Nord-Makedonia
MMK kyat, Myanmar
MNT tugrik, Mongolia
MOP pataca, Macao
MRU ouguiya, Mauritania
MUR rupi, Mauritius
MVR rufiyaa, Maldivene
MWK kwacha, Malawi
MXN peso, Mexico
MXV regneenhet (UDI), Mexico
MYR ringgit, Malaysia
MZN metical, Mosambik
NAD dollar, Namibia
NGN naira, Nigeria
NIO córdoba, Nicaragua
NOK krone, Norge
NPR rupi, Nepal
NZD dollar, New Zealand
OMR rial, Oman
PAB balboa, Panama
PEN sol, Peru
PGK kina, Papua Ny-Guinea
PHP peso, Filippinene
PKR rupi, Pakistan
PLN zloty, Polen
PYG guaraní, Paraguay
QAR riyal, Qatar
RON leu, Romania
RSD dinar, Serbia
RUB rubel, Russland
RWF franc, Rwanda
SAR riyal, Saudi-Arabia
SBD dollar, Salomonøyene
SCR rupi, Seychellene
SDG pund, Sudan
SEK krona, Sverige
SGD dollar, Singapore
SHP pund, St. Helena
SLE leone, Sierra Leone
SOS shilling, Somalia
SRD dollar, Surinam
SSP pund, Sør-Sudan
STN dobra, São Tomé og Príncipe
SVC colón, El Salvador
SYP pund, Syria
SZL lilangeni, Eswatini
THB baht, Thailand
TJS somoni, Tadsjikistan
TMT ny manat, Turkmenistan
TND dinar, Tunisia
TOP paʻanga, Tonga
TRY lira, Tyrkia
TTD dollar, Trinidad og Tobago
TWD ny dollar, Taiwan
TZS shilling, Tanzania
UAH hryvnja, Ukraina
UGX shilling, Uganda
USD dollar, USA
USN dollar (neste dag), USA
UYI indeksenhet (UI), Uruguay
UYU peso, Uruguay
UYW regneenhet (UP), Uruguay
UZS sum, Usbekistan
VED digital bolívar, Venezuela
VES bolívar, Venezuela
VND dong, Vietnam
VUV vatu, Vanuatu
WST tala, Samoa
XAD regneenhet, Det arabiske pengefondet
XAF CFA-franc, Sentral-Afrika
XAG sølv
XAU gull
XBA europeisk sammensatt enhet (EURCO)
XBB europeisk pengeenhet (E.M.U.-6)
XBC europeisk regneenhet 9 (E.U.A.-9)
XBD europeisk regneenhet 17 (E.U.A.-17)
XCD dollar, Øst-Karibia
XCG gylden, Curaçao og Sint Maarten
XDR spesielle trekkrettigheter (SDR)
XOF CFA-franc, Vest-Afrika
XPD palladium
XPF CFP-franc
XPT platina
XSU sucre (regneenhet)
XTS til prøving
XUA regneenhet, Den afrikanske utviklingsbanken
{OTHER} ingen valuta
YER rial, Jemen
ZAR rand, Sør-Afrika
ZMW kwacha, Zambia
ZWG gull, Zimbabwe
"""

_WITHDRAWN = """
ADP peseta, Andorra | until 2003-07-31
AFA afghani, Afghanistan | until 2003-01-31
ALK gammel lek, Albania | until 1989-12-31
ANG gylden, De nederlandske Antillene | until 2025-03-31
AOK kwanza, Angola | until 1991-03-31
AON ny kwanza, Angola | until 2000-02-29
AOR kwanza reajustado, Angola | until 2000-02-29
ARA austral, Argentina | until 1992-01-31
ARP peso argentino, Argentina | until 1985-07-31
ARY peso, Argentina | retired
ATS schilling, Østerrike | until 2002-03-31
AYM manat, Aserbajdsjan | until 2005-10-31
AZM manat, Aserbajdsjan | until 2005-12-31
BAD dinar, Bosnia-Hercegovina | until 1998-07-31
BEC konvertibel franc, Belgia | until 1990-03-31
BEF franc, Belgia | until 2002-03-31
BEL finansfranc, Belgia | until 1990-03-31
BGJ lev A/52, Bulgaria | retired
BGK lev A/62, Bulgaria | retired
BGL lev, Bulgaria | until 2003-11-30
BGN lev, Bulgaria | until 2026-01-31
BOP peso, Bolivia | until 1987-02-28
BRB cruzeiro, Brasil | until 1986-03-31
BRC cruzado, Brasil | until 1989-02-28
BRE cruzeiro, Brasil | until 1993-03-31
BRN ny cruzado, Brasil | until 1990-03-31
BRR cruzeiro real, Brasil | until 1994-07-31
BUK kyat, Burma | until 1990-02-28
BYB rubel, Belarus | until 2001-01-31
BYR rubel, Belarus | until 2017-01-31
CHC WIR-franc, Sveits | until 2004-11-30
CSD dinar, Serbia | until 2006-10-31
CSJ krona A/53, Tsjekkoslovakia | retired
CSK koruna, Tsjekkoslovakia | until 1993-03-31
CUC konvertibel peso, Cuba | until 2021-06-30
CYP pund, Kypros | until 2008-01-31
DDM mark, DDR | until 1990-09-30
DEM mark, Tyskland | until 2002-03-31
ECS sucre, Ecuador | until 2000-09-30
ECV regneenhet (UVC), Ecuador | until 2000-09-30
EEK kroon, Estland | until 2011-01-31
ESA peseta (A-konto), Spania | retired
ESB peseta (konvertibel), Spania | until 1994-12-31
ESP peseta, Spania | until 2002-03-31
FIM mark, Finland | until 2002-03-31
FRF franc, Frankrike | until 2002-03-31
GEK kupon, Georgia | until 1995-10-31
GHC cedi, Ghana | until 2008-01-31
GHP cedi, Ghana | until 2007-06-30
GNE syli, Guinea | until 1989-12-31
GNS syli, Guinea | until 1986-02-28
GQE ekwele, Ekvatorial-Guinea | until 1986-06-30
GRD drakme, Hellas | until 2002-03-31
GWE escudo, Guinea-Bissau | retired
GWP peso, Guinea-Bissau | until 1997-05-31
HRD dinar, Kroatia | until 1995-01-31
HRK kuna, Kroatia | until 2023-01-31
IEP pund, Irland | until 2002-03-31
ILP pund, Israel | retired
ILR gammel shekel, Israel | retired
ISJ gammel krone, Island | retired
ITL lire, Italia | until 2002-03-31
LAJ kip pot pol, Laos | until 1979-12-31
LSM loti, Lesotho | until 1985-05-31
LTL litas, Litauen | until 2014-12-31
LTT talonas, Litauen | until 1993-07-31
LUC konvertibel franc, Luxembourg | until 1990-03-31
LUF franc, Luxembourg | until 2002-03-31
LUL finansfranc, Luxembourg | until 1990-03-31
LVL lats, Latvia | until 2014-01-31
LVR rubel, Latvia | until 1994-12-31
MGF franc, Madagaskar | until 2004-12-31
MLF franc, Mali | until 1984-11-30
MRO ouguiya, Mauritania | until 2017-12-31
MTL lira, Malta | until 2008-01-31
MTP pund, Malta | until 1983-06-30
MVQ rupi, Maldivene | until 1989-12-31
MXP peso, Mexico | until 1993-01-31
MZE escudo, Mosambik | retired
MZM metical, Mosambik | until 2006-06-30
NIC córdoba, Nicaragua | until 1990-10-31
NLG gylden, Nederland | until 2002-03-31
PEH sol, Peru | retired
PEI inti, Peru | until 1991-07-31
PES sol, Peru | until 1986-02-28
PLZ zloty, Polen | until 1997-01-31
PTE escudo, Portugal | until 2002-03-31
RHD dollar, Rhodesia | retired
ROK leu A/52, Romania | retired
ROL gammel leu, Romania | until 2005-06-30
RUR rubel, Russland | until 2004-01-31
SDD dinar, Sudan | until 2007-07-31
SDP pund, Sudan | until 1998-06-30
SIT tolar, Slovenia | until 2007-01-31
SKK koruna, Slovakia | until 2009-01-31
SLL leone, Sierra Leone | until 2023-12-31
SRG gylden, Surinam | until 2003-12-31
STD dobra, São Tomé og Príncipe | until 2017-12-31
SUR rubel, Sovjetunionen | until 1990-12-31
TJR rubel, Tadsjikistan | until 2001-04-30
TMM manat, Turkmenistan | until 2009-01-31
TPE escudo, Øst-Timor | until 2002-11-30
TRL lira, Tyrkia | until 2005-12-31
UAK karbovanets, Ukraina | until 1996-09-30
UGS shilling, Uganda | until 1987-05-31
UGW gammel shilling, Uganda | retired
USS dollar (samme dag), USA | until 2014-03-31
UYN gammel peso, Uruguay | until 1989-12-31
UYP peso, Uruguay | until 1993-03-31
VEB bolívar, Venezuela | until 2008-01-31
VEF bolívar, Venezuela | until 2018-08-31
VNC gammel dong, Vietnam | retired
XEU europeisk valutaenhet (ECU) | until 1999-01-31
XFO gullfranc | until 2006-10-31
XFU UIC-franc | until 2013-11-30
XRE RINET-enhet | until 1999-11-30
YDD dinar, Sør-Jemen | until 1991-09-30
YUD dinar, Jugoslavia | until 1990-01-31
YUM dinar, Jugoslavia | until 2003-07-31
YUN dinar, Jugoslavia | until 1995-11-30
ZAL finansrand, Sør-Afrika | until 1995-03-31
ZMK kwacha, Zambia | until 2012-12-31
ZRN ny zaïre, Zaïre | until 1999-06-30
ZRZ zaïre, Zaïre | until 1994-02-28
ZWC dollar, Rhodesia | until 1989-12-31
ZWD dollar, Zimbabwe | until 2008-08-31
ZWL dollar, Zimbabwe | until 2024-09-30
ZWN dollar, Zimbabwe | until 2006-09-30
ZWR dollar, Zimbabwe | until 2009-06-30
"""


def release(source: str) -> Release:
    """The release of the list above; `source` says where it stands."""
    return Release(
        url=URL,
        version=VERSION,
        name="ISO4217",
        title="Valutaer (ISO 4217)",
        concepts=[
            Concept(one.code, one.display, active=one.active, valid_to=one.valid_to)
            for text in (_IN_USE, _WITHDRAWN)
            for one in codes(text)
        ],
        publisher="Fellesjournal",
        licence="codes of ISO 4217, free of charge to use",
        source=source,
    )
