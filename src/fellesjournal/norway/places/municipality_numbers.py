"""Facts: the municipality numbers on 1 January 2016, and what became of them.

Sources: Statistics Norway's standard for municipalities (Klass 131), as carried by the public repositories
lauriejh/regtools (numbers of 2016 and what each is in 2024), statisticsnorway/kostra-kontrollprogram
(numbers of 2020) and mong/mongts (numbers of 2025); the numbers of Trøndelag in 2018 from Statistics
Norway's and the municipalities' own pages. Names are the Norwegian ones, without the county that other
lists add to tell namesakes apart; the parallel Sami and Kven names are not carried.
"""

AT_START = """
0101 Halden; 0104 Moss; 0105 Sarpsborg; 0106 Fredrikstad; 0111 Hvaler; 0118 Aremark; 0119 Marker;
0121 Rømskog; 0122 Trøgstad; 0123 Spydeberg; 0124 Askim; 0125 Eidsberg; 0127 Skiptvet; 0128 Rakkestad;
0135 Råde; 0136 Rygge; 0137 Våler; 0138 Hobøl; 0211 Vestby; 0213 Ski; 0214 Ås; 0215 Frogn; 0216 Nesodden;
0217 Oppegård; 0219 Bærum; 0220 Asker; 0221 Aurskog-Høland; 0226 Sørum; 0227 Fet; 0228 Rælingen;
0229 Enebakk; 0230 Lørenskog; 0231 Skedsmo; 0233 Nittedal; 0234 Gjerdrum; 0235 Ullensaker; 0236 Nes;
0237 Eidsvoll; 0238 Nannestad; 0239 Hurdal; 0301 Oslo; 0402 Kongsvinger; 0403 Hamar; 0412 Ringsaker;
0415 Løten; 0417 Stange; 0418 Nord-Odal; 0419 Sør-Odal; 0420 Eidskog; 0423 Grue; 0425 Åsnes; 0426 Våler;
0427 Elverum; 0428 Trysil; 0429 Åmot; 0430 Stor-Elvdal; 0432 Rendalen; 0434 Engerdal; 0436 Tolga;
0437 Tynset; 0438 Alvdal; 0439 Folldal; 0441 Os; 0501 Lillehammer; 0502 Gjøvik; 0511 Dovre; 0512 Lesja;
0513 Skjåk; 0514 Lom; 0515 Vågå; 0516 Nord-Fron; 0517 Sel; 0519 Sør-Fron; 0520 Ringebu; 0521 Øyer;
0522 Gausdal; 0528 Østre Toten; 0529 Vestre Toten; 0532 Jevnaker; 0533 Lunner; 0534 Gran;
0536 Søndre Land; 0538 Nordre Land; 0540 Sør-Aurdal; 0541 Etnedal; 0542 Nord-Aurdal; 0543 Vestre Slidre;
0544 Øystre Slidre; 0545 Vang; 0602 Drammen; 0604 Kongsberg; 0605 Ringerike; 0612 Hole; 0615 Flå;
0616 Nes; 0617 Gol; 0618 Hemsedal; 0619 Ål; 0620 Hol; 0621 Sigdal; 0622 Krødsherad; 0623 Modum;
0624 Øvre Eiker; 0625 Nedre Eiker; 0626 Lier; 0627 Røyken; 0628 Hurum; 0631 Flesberg; 0632 Rollag;
0633 Nore og Uvdal; 0701 Horten; 0702 Holmestrand; 0704 Tønsberg; 0706 Sandefjord; 0709 Larvik;
0711 Svelvik; 0713 Sande; 0714 Hof; 0716 Re; 0719 Andebu; 0720 Stokke; 0722 Nøtterøy; 0723 Tjøme;
0728 Lardal; 0805 Porsgrunn; 0806 Skien; 0807 Notodden; 0811 Siljan; 0814 Bamble; 0815 Kragerø;
0817 Drangedal; 0819 Nome; 0821 Bø; 0822 Sauherad; 0826 Tinn; 0827 Hjartdal; 0828 Seljord; 0829 Kviteseid;
0830 Nissedal; 0831 Fyresdal; 0833 Tokke; 0834 Vinje; 0901 Risør; 0904 Grimstad; 0906 Arendal;
0911 Gjerstad; 0912 Vegårshei; 0914 Tvedestrand; 0919 Froland; 0926 Lillesand; 0928 Birkenes; 0929 Åmli;
0935 Iveland; 0937 Evje og Hornnes; 0938 Bygland; 0940 Valle; 0941 Bykle; 1001 Kristiansand; 1002 Mandal;
1003 Farsund; 1004 Flekkefjord; 1014 Vennesla; 1017 Songdalen; 1018 Søgne; 1021 Marnardal; 1026 Åseral;
1027 Audnedal; 1029 Lindesnes; 1032 Lyngdal; 1034 Hægebostad; 1037 Kvinesdal; 1046 Sirdal; 1101 Eigersund;
1102 Sandnes; 1103 Stavanger; 1106 Haugesund; 1111 Sokndal; 1112 Lund; 1114 Bjerkreim; 1119 Hå;
1120 Klepp; 1121 Time; 1122 Gjesdal; 1124 Sola; 1127 Randaberg; 1129 Forsand; 1130 Strand;
1133 Hjelmeland; 1134 Suldal; 1135 Sauda; 1141 Finnøy; 1142 Rennesøy; 1144 Kvitsøy; 1145 Bokn;
1146 Tysvær; 1149 Karmøy; 1151 Utsira; 1160 Vindafjord; 1201 Bergen; 1211 Etne; 1216 Sveio; 1219 Bømlo;
1221 Stord; 1222 Fitjar; 1223 Tysnes; 1224 Kvinnherad; 1227 Jondal; 1228 Odda; 1231 Ullensvang;
1232 Eidfjord; 1233 Ulvik; 1234 Granvin; 1235 Voss; 1238 Kvam; 1241 Fusa; 1242 Samnanger; 1243 Os;
1244 Austevoll; 1245 Sund; 1246 Fjell; 1247 Askøy; 1251 Vaksdal; 1252 Modalen; 1253 Osterøy; 1256 Meland;
1259 Øygarden; 1260 Radøy; 1263 Lindås; 1264 Austrheim; 1265 Fedje; 1266 Masfjorden; 1401 Flora;
1411 Gulen; 1412 Solund; 1413 Hyllestad; 1416 Høyanger; 1417 Vik; 1418 Balestrand; 1419 Leikanger;
1420 Sogndal; 1421 Aurland; 1422 Lærdal; 1424 Årdal; 1426 Luster; 1428 Askvoll; 1429 Fjaler; 1430 Gaular;
1431 Jølster; 1432 Førde; 1433 Naustdal; 1438 Bremanger; 1439 Vågsøy; 1441 Selje; 1443 Eid;
1444 Hornindal; 1445 Gloppen; 1449 Stryn; 1502 Molde; 1504 Ålesund; 1505 Kristiansund; 1511 Vanylven;
1514 Sande; 1515 Herøy; 1516 Ulstein; 1517 Hareid; 1519 Volda; 1520 Ørsta; 1523 Ørskog; 1524 Norddal;
1525 Stranda; 1526 Stordal; 1528 Sykkylven; 1529 Skodje; 1531 Sula; 1532 Giske; 1534 Haram; 1535 Vestnes;
1539 Rauma; 1543 Nesset; 1545 Midsund; 1546 Sandøy; 1547 Aukra; 1548 Fræna; 1551 Eide; 1554 Averøy;
1557 Gjemnes; 1560 Tingvoll; 1563 Sunndal; 1566 Surnadal; 1567 Rindal; 1571 Halsa; 1573 Smøla; 1576 Aure;
1601 Trondheim; 1612 Hemne; 1613 Snillfjord; 1617 Hitra; 1620 Frøya; 1621 Ørland; 1622 Agdenes;
1624 Rissa; 1627 Bjugn; 1630 Åfjord; 1632 Roan; 1633 Osen; 1634 Oppdal; 1635 Rennebu; 1636 Meldal;
1638 Orkdal; 1640 Røros; 1644 Holtålen; 1648 Midtre Gauldal; 1653 Melhus; 1657 Skaun; 1662 Klæbu;
1663 Malvik; 1664 Selbu; 1665 Tydal; 1702 Steinkjer; 1703 Namsos; 1711 Meråker; 1714 Stjørdal;
1717 Frosta; 1718 Leksvik; 1719 Levanger; 1721 Verdal; 1724 Verran; 1725 Namdalseid; 1736 Snåsa;
1738 Lierne; 1739 Røyrvik; 1740 Namsskogan; 1742 Grong; 1743 Høylandet; 1744 Overhalla; 1748 Fosnes;
1749 Flatanger; 1750 Vikna; 1751 Nærøy; 1755 Leka; 1756 Inderøy; 1804 Bodø; 1805 Narvik; 1811 Bindal;
1812 Sømna; 1813 Brønnøy; 1815 Vega; 1816 Vevelstad; 1818 Herøy; 1820 Alstahaug; 1822 Leirfjord;
1824 Vefsn; 1825 Grane; 1826 Hattfjelldal; 1827 Dønna; 1828 Nesna; 1832 Hemnes; 1833 Rana; 1834 Lurøy;
1835 Træna; 1836 Rødøy; 1837 Meløy; 1838 Gildeskål; 1839 Beiarn; 1840 Saltdal; 1841 Fauske; 1845 Sørfold;
1848 Steigen; 1849 Hamarøy; 1850 Tysfjord; 1851 Lødingen; 1852 Tjeldsund; 1853 Evenes; 1854 Ballangen;
1856 Røst; 1857 Værøy; 1859 Flakstad; 1860 Vestvågøy; 1865 Vågan; 1866 Hadsel; 1867 Bø; 1868 Øksnes;
1870 Sortland; 1871 Andøy; 1874 Moskenes; 1902 Tromsø; 1903 Harstad; 1911 Kvæfjord; 1913 Skånland;
1917 Ibestad; 1919 Gratangen; 1920 Lavangen; 1922 Bardu; 1923 Salangen; 1924 Målselv; 1925 Sørreisa;
1926 Dyrøy; 1927 Tranøy; 1928 Torsken; 1929 Berg; 1931 Lenvik; 1933 Balsfjord; 1936 Karlsøy; 1938 Lyngen;
1939 Storfjord; 1940 Kåfjord; 1941 Skjervøy; 1942 Nordreisa; 1943 Kvænangen; 2002 Vardø; 2003 Vadsø;
2004 Hammerfest; 2011 Kautokeino; 2012 Alta; 2014 Loppa; 2015 Hasvik; 2017 Kvalsund; 2018 Måsøy;
2019 Nordkapp; 2020 Porsanger; 2021 Karasjok; 2022 Lebesby; 2023 Gamvik; 2024 Berlevåg; 2025 Tana;
2027 Nesseby; 2028 Båtsfjord; 2030 Sør-Varanger
"""
"""Number and name, one municipality to a semicolon."""

CHANGES = {
    "2017-01-01": "0706 0719 0720 > 0710 Sandefjord",
    "2018-01-01": """
0702 0714 > 0715 Holmestrand; 0709 0728 > 0712 Larvik; 0722 0723 > 0729 Færder; 1601 > 5001 Trondheim;
1702 > 5004 Steinkjer; 1703 > 5005 Namsos; 1612 > 5011 Hemne; 1613 > 5012 Snillfjord; 1617 > 5013 Hitra;
1620 > 5014 Frøya; 1621 > 5015 Ørland; 1622 > 5016 Agdenes; 1627 > 5017 Bjugn; 1630 > 5018 Åfjord;
1632 > 5019 Roan; 1633 > 5020 Osen; 1634 > 5021 Oppdal; 1635 > 5022 Rennebu; 1636 > 5023 Meldal;
1638 > 5024 Orkdal; 1640 > 5025 Røros; 1644 > 5026 Holtålen; 1648 > 5027 Midtre Gauldal; 1653 > 5028 Melhus;
1657 > 5029 Skaun; 1662 > 5030 Klæbu; 1663 > 5031 Malvik; 1664 > 5032 Selbu; 1665 > 5033 Tydal;
1711 > 5034 Meråker; 1714 > 5035 Stjørdal; 1717 > 5036 Frosta; 1719 > 5037 Levanger; 1721 > 5038 Verdal;
1724 > 5039 Verran; 1725 > 5040 Namdalseid; 1736 > 5041 Snåsa; 1738 > 5042 Lierne; 1739 > 5043 Røyrvik;
1740 > 5044 Namsskogan; 1742 > 5045 Grong; 1743 > 5046 Høylandet; 1744 > 5047 Overhalla; 1748 > 5048 Fosnes;
1749 > 5049 Flatanger; 1750 > 5050 Vikna; 1751 > 5051 Nærøy; 1755 > 5052 Leka; 1756 > 5053 Inderøy;
1624 1718 > 5054 Indre Fosen
""",
    "2019-01-01": "1567 > 5061 Rindal",
    "2020-01-01": """
0101 > 3001 Halden; 0104 0136 > 3002 Moss; 0105 > 3003 Sarpsborg; 0106 > 3004 Fredrikstad;
0602 0625 0711 > 3005 Drammen; 0604 > 3006 Kongsberg; 0605 > 3007 Ringerike; 0111 > 3011 Hvaler;
0118 > 3012 Aremark; 0119 > 3013 Marker; 0122 0123 0124 0125 0138 > 3014 Indre Østfold;
0127 > 3015 Skiptvet; 0128 > 3016 Rakkestad; 0135 > 3017 Råde; 0137 > 3018 Våler; 0211 > 3019 Vestby;
0213 0217 > 3020 Nordre Follo; 0214 > 3021 Ås; 0215 > 3022 Frogn; 0216 > 3023 Nesodden;
0219 > 3024 Bærum; 0220 0627 0628 > 3025 Asker; 0121 0221 > 3026 Aurskog-Høland; 0228 > 3027 Rælingen;
0229 > 3028 Enebakk; 0230 > 3029 Lørenskog; 0226 0227 0231 > 3030 Lillestrøm; 0233 > 3031 Nittedal;
0234 > 3032 Gjerdrum; 0235 > 3033 Ullensaker; 0236 > 3034 Nes; 0237 > 3035 Eidsvoll;
0238 > 3036 Nannestad; 0239 > 3037 Hurdal; 0612 > 3038 Hole; 0615 > 3039 Flå; 0616 > 3040 Nesbyen;
0617 > 3041 Gol; 0618 > 3042 Hemsedal; 0619 > 3043 Ål; 0620 > 3044 Hol; 0621 > 3045 Sigdal;
0622 > 3046 Krødsherad; 0623 > 3047 Modum; 0624 > 3048 Øvre Eiker; 0626 > 3049 Lier;
0631 > 3050 Flesberg; 0632 > 3051 Rollag; 0633 > 3052 Nore og Uvdal; 0532 > 3053 Jevnaker;
0533 > 3054 Lunner; 0402 > 3401 Kongsvinger; 0403 > 3403 Hamar; 0501 > 3405 Lillehammer;
0502 > 3407 Gjøvik; 0412 > 3411 Ringsaker; 0415 > 3412 Løten; 0417 > 3413 Stange; 0418 > 3414 Nord-Odal;
0419 > 3415 Sør-Odal; 0420 > 3416 Eidskog; 0423 > 3417 Grue; 0425 > 3418 Åsnes; 0426 > 3419 Våler;
0427 > 3420 Elverum; 0428 > 3421 Trysil; 0429 > 3422 Åmot; 0430 > 3423 Stor-Elvdal; 0432 > 3424 Rendalen;
0434 > 3425 Engerdal; 0436 > 3426 Tolga; 0437 > 3427 Tynset; 0438 > 3428 Alvdal; 0439 > 3429 Folldal;
0441 > 3430 Os; 0511 > 3431 Dovre; 0512 > 3432 Lesja; 0513 > 3433 Skjåk; 0514 > 3434 Lom;
0515 > 3435 Vågå; 0516 > 3436 Nord-Fron; 0517 > 3437 Sel; 0519 > 3438 Sør-Fron; 0520 > 3439 Ringebu;
0521 > 3440 Øyer; 0522 > 3441 Gausdal; 0528 > 3442 Østre Toten; 0529 > 3443 Vestre Toten;
0534 > 3446 Gran; 0536 > 3447 Søndre Land; 0538 > 3448 Nordre Land; 0540 > 3449 Sør-Aurdal;
0541 > 3450 Etnedal; 0542 > 3451 Nord-Aurdal; 0543 > 3452 Vestre Slidre; 0544 > 3453 Øystre Slidre;
0545 > 3454 Vang; 0701 > 3801 Horten; 0713 0715 > 3802 Holmestrand; 0704 0716 > 3803 Tønsberg;
0710 > 3804 Sandefjord; 0712 > 3805 Larvik; 0805 > 3806 Porsgrunn; 0806 > 3807 Skien;
0807 > 3808 Notodden; 0729 > 3811 Færder; 0811 > 3812 Siljan; 0814 > 3813 Bamble; 0815 > 3814 Kragerø;
0817 > 3815 Drangedal; 0819 > 3816 Nome; 0821 0822 > 3817 Midt-Telemark; 0826 > 3818 Tinn;
0827 > 3819 Hjartdal; 0828 > 3820 Seljord; 0829 > 3821 Kviteseid; 0830 > 3822 Nissedal;
0831 > 3823 Fyresdal; 0833 > 3824 Tokke; 0834 > 3825 Vinje; 0901 > 4201 Risør; 0904 > 4202 Grimstad;
0906 > 4203 Arendal; 1001 1017 1018 > 4204 Kristiansand; 1002 1021 1029 > 4205 Lindesnes;
1003 > 4206 Farsund; 1004 > 4207 Flekkefjord; 0911 > 4211 Gjerstad; 0912 > 4212 Vegårshei;
0914 > 4213 Tvedestrand; 0919 > 4214 Froland; 0926 > 4215 Lillesand; 0928 > 4216 Birkenes;
0929 > 4217 Åmli; 0935 > 4218 Iveland; 0937 > 4219 Evje og Hornnes; 0938 > 4220 Bygland;
0940 > 4221 Valle; 0941 > 4222 Bykle; 1014 > 4223 Vennesla; 1026 > 4224 Åseral; 1027 1032 > 4225 Lyngdal;
1034 > 4226 Hægebostad; 1037 > 4227 Kvinesdal; 1046 > 4228 Sirdal; 1102 1129 > 1108 Sandnes;
1103 1141 1142 > 1103 Stavanger; 1201 > 4601 Bergen; 1401 1439 > 4602 Kinn; 1211 > 4611 Etne;
1216 > 4612 Sveio; 1219 > 4613 Bømlo; 1221 > 4614 Stord; 1222 > 4615 Fitjar; 1223 > 4616 Tysnes;
1224 > 4617 Kvinnherad; 1227 1228 1231 > 4618 Ullensvang; 1232 > 4619 Eidfjord; 1233 > 4620 Ulvik;
1234 1235 > 4621 Voss; 1238 > 4622 Kvam; 1242 > 4623 Samnanger; 1241 1243 > 4624 Bjørnafjorden;
1244 > 4625 Austevoll; 1245 1246 1259 > 4626 Øygarden; 1247 > 4627 Askøy; 1251 > 4628 Vaksdal;
1252 > 4629 Modalen; 1253 > 4630 Osterøy; 1256 1260 1263 > 4631 Alver; 1264 > 4632 Austrheim;
1265 > 4633 Fedje; 1266 > 4634 Masfjorden; 1411 > 4635 Gulen; 1412 > 4636 Solund; 1413 > 4637 Hyllestad;
1416 > 4638 Høyanger; 1417 > 4639 Vik; 1418 1419 1420 > 4640 Sogndal; 1421 > 4641 Aurland;
1422 > 4642 Lærdal; 1424 > 4643 Årdal; 1426 > 4644 Luster; 1428 > 4645 Askvoll; 1429 > 4646 Fjaler;
1430 1431 1432 1433 > 4647 Sunnfjord; 1438 > 4648 Bremanger; 1441 1443 > 4649 Stad; 1445 > 4650 Gloppen;
1449 > 4651 Stryn; 1502 1543 1545 > 1506 Molde; 1504 1523 1529 1534 1546 > 1507 Ålesund;
1444 1519 > 1577 Volda; 1524 1526 > 1578 Fjord; 1548 1551 > 1579 Hustadvika; 5001 5030 > 5001 Trondheim;
5004 5039 > 5006 Steinkjer; 5005 5040 5048 > 5007 Namsos; 1571 5011 5012 > 5055 Heim;
5012 5013 > 5056 Hitra; 5015 5017 > 5057 Ørland; 5018 5019 > 5058 Åfjord;
5012 5016 5023 5024 > 5059 Orkland; 5050 5051 > 5060 Nærøysund; 1805 1850 1854 > 1806 Narvik;
1849 1850 > 1875 Hamarøy; 1902 > 5401 Tromsø; 1903 > 5402 Harstad; 2012 > 5403 Alta; 2002 > 5404 Vardø;
2003 > 5405 Vadsø; 2004 2017 > 5406 Hammerfest; 1911 > 5411 Kvæfjord; 1852 1913 > 5412 Tjeldsund;
1917 > 5413 Ibestad; 1919 > 5414 Gratangen; 1920 > 5415 Lavangen; 1922 > 5416 Bardu;
1923 > 5417 Salangen; 1924 > 5418 Målselv; 1925 > 5419 Sørreisa; 1926 > 5420 Dyrøy;
1927 1928 1929 1931 > 5421 Senja; 1933 > 5422 Balsfjord; 1936 > 5423 Karlsøy; 1938 > 5424 Lyngen;
1939 > 5425 Storfjord; 1940 > 5426 Kåfjord; 1941 > 5427 Skjervøy; 1942 > 5428 Nordreisa;
1943 > 5429 Kvænangen; 2011 > 5430 Kautokeino; 2014 > 5432 Loppa; 2015 > 5433 Hasvik; 2018 > 5434 Måsøy;
2019 > 5435 Nordkapp; 2020 > 5436 Porsanger; 2021 > 5437 Karasjok; 2022 > 5438 Lebesby;
2023 > 5439 Gamvik; 2024 > 5440 Berlevåg; 2025 > 5441 Tana; 2027 > 5442 Nesseby; 2028 > 5443 Båtsfjord;
2030 > 5444 Sør-Varanger
""",
    "2024-01-01": """
3001 > 3101 Halden; 3002 > 3103 Moss; 3003 > 3105 Sarpsborg; 3004 > 3107 Fredrikstad; 3011 > 3110 Hvaler;
3017 > 3112 Råde; 3018 > 3114 Våler; 3015 > 3116 Skiptvet; 3014 > 3118 Indre Østfold; 3016 > 3120 Rakkestad;
3013 > 3122 Marker; 3012 > 3124 Aremark; 3024 > 3201 Bærum; 3025 > 3203 Asker; 3030 > 3205 Lillestrøm;
3020 > 3207 Nordre Follo; 3033 > 3209 Ullensaker; 3023 > 3212 Nesodden; 3022 > 3214 Frogn; 3019 > 3216 Vestby;
3021 > 3218 Ås; 3028 > 3220 Enebakk; 3029 > 3222 Lørenskog; 3027 > 3224 Rælingen; 3026 > 3226 Aurskog-Høland;
3034 > 3228 Nes; 3032 > 3230 Gjerdrum; 3031 > 3232 Nittedal; 3054 > 3234 Lunner; 3053 > 3236 Jevnaker;
3036 > 3238 Nannestad; 3035 > 3240 Eidsvoll; 3037 > 3242 Hurdal; 3005 > 3301 Drammen; 3006 > 3303 Kongsberg;
3007 > 3305 Ringerike; 3038 > 3310 Hole; 3049 > 3312 Lier; 3048 > 3314 Øvre Eiker; 3047 > 3316 Modum;
3046 > 3318 Krødsherad; 3039 > 3320 Flå; 3040 > 3322 Nesbyen; 3041 > 3324 Gol; 3042 > 3326 Hemsedal;
3043 > 3328 Ål; 3044 > 3330 Hol; 3045 > 3332 Sigdal; 3050 > 3334 Flesberg; 3051 > 3336 Rollag;
3052 > 3338 Nore og Uvdal; 3801 > 3901 Horten; 3802 > 3903 Holmestrand; 3803 > 3905 Tønsberg;
3804 > 3907 Sandefjord; 3805 > 3909 Larvik; 3811 > 3911 Færder; 3806 > 4001 Porsgrunn; 3807 > 4003 Skien;
3808 > 4005 Notodden; 3812 > 4010 Siljan; 3813 > 4012 Bamble; 3814 > 4014 Kragerø; 3815 > 4016 Drangedal;
3816 > 4018 Nome; 3817 > 4020 Midt-Telemark; 3820 > 4022 Seljord; 3819 > 4024 Hjartdal; 3818 > 4026 Tinn;
3821 > 4028 Kviteseid; 3822 > 4030 Nissedal; 3823 > 4032 Fyresdal; 3824 > 4034 Tokke; 3825 > 4036 Vinje;
1507 > 1508 Ålesund; 1507 > 1580 Haram; 5401 > 5501 Tromsø; 5402 > 5503 Harstad; 5411 > 5510 Kvæfjord;
5412 > 5512 Tjeldsund; 5413 > 5514 Ibestad; 5414 > 5516 Gratangen; 5415 > 5518 Lavangen; 5416 > 5520 Bardu;
5417 > 5522 Salangen; 5418 > 5524 Målselv; 5419 > 5526 Sørreisa; 5420 > 5528 Dyrøy; 5421 > 5530 Senja;
5422 > 5532 Balsfjord; 5423 > 5534 Karlsøy; 5424 > 5536 Lyngen; 5425 > 5538 Storfjord; 5426 > 5540 Kåfjord;
5427 > 5542 Skjervøy; 5428 > 5544 Nordreisa; 5429 > 5546 Kvænangen; 5403 > 5601 Alta; 5406 > 5603 Hammerfest;
5444 > 5605 Sør-Varanger; 5405 > 5607 Vadsø; 5437 > 5610 Karasjok; 5430 > 5612 Kautokeino; 5432 > 5614 Loppa;
5433 > 5616 Hasvik; 5434 > 5618 Måsøy; 5435 > 5620 Nordkapp; 5436 > 5622 Porsanger; 5438 > 5624 Lebesby;
5439 > 5626 Gamvik; 5441 > 5628 Tana; 5440 > 5630 Berlevåg; 5443 > 5632 Båtsfjord; 5404 > 5634 Vardø;
5442 > 5636 Nesseby
""",
}
"""From each day: the numbers that end, and the number (with its name) that takes their place.

A number that ends in several lines was divided. A number on both sides goes on, grown by the others.
"""
