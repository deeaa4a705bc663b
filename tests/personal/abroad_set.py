"""Invented support lines of people who write Russian and Kazakh in Latin letters, or another language of Europe.

In braces a fact that must stay, in angles an address that must go.
"""

RUSSIAN = """\
zakaz ne prishel uzhe {5 dney}, verni dengi {3500 tg}
dengi spisali dva raza po {2990 tenge}, pochemu
vernite dengi, ya zhdu {3 nedeli}
tovar za {700 rub} prishel bitiy, garantiya {12 mesyatsev}
oplatil {15000 tg} kartoy, status {oplachen}, a zakaza net
skazali cherez {10 dney} vernut, proshlo {20 dney}
kurier opozdal na {2 chasa} i privez ne to
skidka {15 %} ne prishla, zaplatil {8400 rub}
podpiska za {1990 rub} v {mesyats}, otmenite pozhaluysta
kupil {3 futbolki} i {2 kepki}, prishla tolko odna
privezli {7 iyulya}, a obeshali {3 iyulya}
tarif stoit {4500 tenge} v mesyats, a spisali {5200 tenge}
vozvrat na {25000 tg} tak i ne prishel za {14 dney}
oshibka {503} pri oplate, dengi ushli {1200 rub}
u menya {2 zakaza} i oba ne doshli
ne rabotaet prilozhenie versiya {12}, telefon novyi
razmer {42} ne podoshel, hochu obmen na {43}
zdravstvuyte, posylka stoit na sklade {8 dney}
ya zaplatil za dostavku {990 tg}, a ona besplatnaya
budet li skidka {20 procentov} na vtoroy tovar
vy obeshali kompensaciyu {5000 rub}, gde ona
akkaunt zablokirovan na {30 dney}, za chto
mne prishlo {1 shtuka} vmesto {4 shtuk}
sdelayte vozvrat, srok {45 dney} eshe ne vyshel
operator skazal zhdat {48 chasov}, ya zhdu {72 chasa}
bonusov bylo {350 ballov}, stalo {0 ballov}
dostavka {2 raza} perenosilas, eto bezobrazie
cena na sayte {11990 tg}, a v cheke {12990 tg}
v korobke ne hvatalo {3 detaley} i {1 bolta}
zaberite svoy tovar i vernite {6700 tg} segodnya
paket {10 gb} konchilsya za {2 dnya}, pochemu tak
otmenil zakaz {15 minut} nazad, dengi ne vernuli
karta privyazana, snyali {1 rubl} i ne vernuli
holodilnik shumit, garantiya {3 goda}, kogda master
ya klient uzhe {6 let} i takogo ne bylo
"""
KAZAKH = """\
tapsyrysym {5 kun} boldy kelgen zhok, akshamdy kaitaryngyz
{4500 tenge} toledim, birak tauar zhok
{2 apta} kutip otyrmyn, kashan keledi
aksham {12000 tg} eki ret alyndy, kaitaryp beriniz
jetkizu {3 kunnen} keiin dep aittynyz
tarif {2990 tenge} bolatyn, nege {3490 tenge}
kurier {2 sagat} keshikti, tauar synyk eken
kepildik {12 ai} dep jazylgan, nege almaisyz
{7 zhumys kuni} otti, aksha kelmedi
zhenildik {10 paiyz} kosylmady, komektesiniz
salem, {2 dana} tapsyrys berdim, {1 dana} keldi
otinish {15 minut} buryn jiberdim, jauap jok
bonus {500 ball} joialdy, kaida ketti
jazylym {1990 tenge} aiyna, toktatynyz
olshemi {38} kelmedi, {39} kerek
"""
TURKISH = """\
siparişim {5 gündür} gelmedi, param nerede
{250 TL} ödedim ama ürün yok
kargo {3 gün} gecikti, iade istiyorum
iade {14 gün} içinde dediniz, {20 gün} oldu
hesabımdan iki kez {499 TL} çekildi
ürün kırık geldi, garanti {2 yıl}
indirim {10 %} uygulanmadı, yardım edin
kurye {2 saat} geç kaldı
aboneliğim {99 lira} idi, neden {129 lira}
siparis {7 gun} oldu gelmedi, {350 lira} odedim
paket {3 adet} olacaktı, {1 adet} geldi
para iadesi {15 iş günü} sürer mi
beden {42} olmadı, {44} istiyorum
şikayetim {48 saat} oldu cevap yok
uygulama hatası {503}, ödeme {1200 TL} gitti
"""
GERMAN = """\
meine bestellung ist seit {5 tagen} nicht da
ich habe {49,90 euro} bezahlt und nichts bekommen
die rückgabe dauert {14 tage}, jetzt sind es {3 wochen}
der gutschein über {20 euro} geht nicht
Ich warte seit {2 Wochen} auf mein Geld
Garantie {24 Monate}, Gerät nach {3 Monaten} defekt
bitte {2 stück} statt {3 stück} liefern
mir wurden zweimal {29,99 €} abgebucht
der kurier kam {4 stunden} zu spät
rabatt {15 prozent} fehlt auf der rechnung
größe {41} passt nicht, ich brauche {42}
Fehler {503} beim Bezahlen, Betrag {80 Euro} weg
"""
SPANISH = """\
mi pedido lleva {5 días} de retraso
pagué {45 euros} y no llegó nada
me cobraron dos veces {19,99 €}
la devolución tarda {14 días}, ya pasaron {3 semanas}
el repartidor llegó {2 horas} tarde
pedí {3 camisetas} y llegaron {2 camisetas}
el descuento del {15 %} no aparece
garantía de {24 meses} y no responden
talla {42} no me queda, quiero {43}
error {503} al pagar, perdí {800 pesos}
llevo {20 minutos} esperando, es una vergüenza
la suscripción cuesta {9 euros} al mes
"""
FRENCH = """\
ma commande a {5 jours} de retard
j'ai payé {45 euros} et rien reçu
on m'a prélevé deux fois {19,99 €}
le remboursement prend {14 jours}, ça fait {3 semaines}
le livreur est arrivé {2 heures} en retard
remise de {15 %} absente de la facture
garantie {24 mois}, appareil en panne après {3 mois}
taille {42} trop petite, je veux {43}
abonnement à {9 euros} par mois, à annuler
erreur {503} au paiement, {80 euros} perdus
il manque {2 articles} sur {5 articles}
j'attends depuis {20 minutes} une réponse
"""
ITALIAN = """\
il mio ordine è in ritardo di {5 giorni}
ho pagato {45 euro} e non è arrivato nulla
mi avete addebitato due volte {19,99 €}
il rimborso richiede {14 giorni}, sono passate {3 settimane}
il corriere è arrivato con {2 ore} di ritardo
sconto del {15 %} non applicato
garanzia {24 mesi}, rotto dopo {3 mesi}
taglia {42} piccola, vorrei {43}
mancano {2 pezzi} su {5 pezzi}
abbonamento a {9 euro} al mese, da disdire
"""
POLISH = """\
zamówienie nie dotarło od {5 dni}
zapłaciłem {150 zł} i nic nie przyszło
zwrot miał trwać {14 dni}, minęły {3 tygodnie}
kurier spóźnił się {2 godziny}
rabat {15 %} nie został naliczony
gwarancja {24 miesiące}, zepsuło się po {3 miesiącach}
pobrano dwa razy {49,99 zł} z karty
rozmiar {42} za mały, chcę {43}
brakuje {2 sztuk} z {5 sztuk}
abonament {29 zl} miesiecznie, prosze anulowac
"""
WITH_ADDRESSES = """\
dostavka na <ulitsa abaya 12> kv 5, srok {3 dnya}
privezite na <abaya 12>, ya doma posle {18:00}
moy adres <ul. Lenina 45>, zakaz za {3000 tg}
zhivu na <prospekt Nazarbaeva 120>
adres <mkr Samal-2 dom 33>
dostavka: <Lenina 45>, kvartira 7
meken-zhaiym <abai koshesi 12>
turamyn <satpaev koshesi 22>
adresim <Atatürk Caddesi 15>, {250 TL} ödedim
teslimat <Bağdat Cad. No: 12>, {3 gün} gecikti
Lieferung an <Hauptstraße 5, 10115 Berlin>
ich wohne <Lindenweg 12>, bestellung für {20 euro}
vivo en <calle Mayor 12>, pagué {45 euros}
envíen a <Avenida Diagonal 405>
j'habite <12 rue Victor Hugo>, {9 euros}
livrez au <25 avenue Foch, 75016 Paris>
abito in <via Garibaldi 12>, {45 euro}
spedire a <Corso Italia 7>
mieszkam <ul. Długa 12>, {150 zł}
wysyłka na <aleja Jana Pawła II 20>
deliver it to <abay 12> please, i paid {5000 tg}
i live at <dostyk 5>
доставьте на <абая 12>, заплатил {3000 тг}
живу <сатпаева 22>, жду {3 дня}
жеткізу <абай 12>, {2 күн} күттім
"""


def marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The line without its signs, and the place of each `fact` and `address`."""
    text, places = "", []
    begin = 0
    for sign in line:
        if sign in "{<":
            begin = len(text)
        elif sign in "}>":
            places.append((begin, len(text), "fact" if sign == "}" else "address"))
        else:
            text += sign
    return text, places


def _lines(*blocks: str) -> list[str]:
    return [line for block in blocks for line in block.splitlines()]


FACTS = _lines(RUSSIAN, KAZAKH, TURKISH, GERMAN, SPANISH, FRENCH, ITALIAN, POLISH)
ADDRESSES = _lines(WITH_ADDRESSES)
