"""What stands behind a number in other languages, and in Russian and Kazakh written in Latin letters: money, time,
pieces. Such a number is a fact, never the number of a house."""

from casemill.personal.words import listed

# Codes of currencies, in capitals; in small letters some are words: `12 all`, `3 try`.
CODES = listed(
    "AED AFN ALL AMD ANG AOA ARS AUD AZN BDT BGN BHD BND BOB BRL BYN CAD CHF CLP CNY COP CRC CUP CZK DKK DOP DZD "
    "EGP ETB EUR GBP GEL GHS HKD HRK HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KRW KWD KZT LBP LKR MAD "
    "MDL MKD MMK MNT MXN MYR NGN NOK NPR NZD OMR PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TJS TMT TND "
    "TRY TWD TZS UAH UGX USD UYU UZS VES VND XAF XOF ZAR "
)
UNITS_ABROAD = listed(
    # Money.
    "tg tng tl tenge tenga rub rubl rublya rubley rublei rublej rubli lira liraya lirası zl zł zloty złoty złote "
    "złotych zlotych euro euros eur dolar dolary dolarów dolares dólares dollari franken francs kronen kronor "
    "kroner forint сум сом сомов грн гривен гривны гривень лари манат aed dirham dirhams rupees rupee rs inr uah "
    "pln usdt pesos reais cny jpy chf cad aud kzt gel byn uzs kgs sek nok dkk czk huf "
    # Russian in Latin letters.
    "chas chasa chasov chasy dnya dnia dney dnei dnej dni sutok sutki minut minuty minutu sekund sekundy nedelya "
    "nedelia nedeli nedel nedelyu nedeliu mesyats mesyatsa mesyatsev mesiats mesiatsa mesiatsev mesyac mesyaca "
    "mesyacev mesyasev mes goda godov raz raza sht shtuk shtuka shtuki shtuku procent procenta procentov protsent "
    "protsenta protsentov tys tysyach tysyachi tysyacha kop kopeek ballov "
    # Kazakh in Latin letters.
    "kun kunnen kunde kunge kuni künnen kün apta aptada aptadan aiga aidan saghat sagat saghatta sagatta sagattan "
    "zhyl jyl zhylda jylda paiyz payız zhumys jumys "
    # Turkish.
    "gün günü günde gündür gundur güne günlük hafta haftadır haftada ay aydır ayda saat saattir saatte dakika "
    "dakikadır yıl yil yıldır yılda adet kuruş "
    # German, Dutch.
    "tage tagen stunde stunden minuten woche wochen monat monate monaten jahr jahre jahren prozent stück stücke "
    "werktage werktagen cent dagen weken maanden uur stuks "
    # Spanish, Portuguese.
    "día días dia hora horas minuto minutos semana semanas mes meses año años anos veces vez céntimos unidades "
    "piezas mês "
    # French.
    "jour jours heure heures minutes semaine semaines mois ans année années fois centimes pièces "
    # Italian.
    "giorno giorni ora ore minuti settimana settimane mese mesi anni volte volta pezzi pezzo centesimi "
    # Polish, Ukrainian.
    "dzień dnia godzin godziny godzinę tygodnie tygodni tydzień miesiąc miesiące miesięcy miesiącach lata szt sztuk "
    "sztuki sztuka procent groszy хвилин годин години днів дні тижні тижнів місяць місяці місяців "
)
# The articles of a law, `25-бап`, `112-бабы`; working days: `5 жұмыс күні`.
STEMS_ABROAD = ("бап", "баб", "жұмыс", "күнтізбелік", "банковск", "миллиард", "дирхам", "рупи", "лир", "злот")
