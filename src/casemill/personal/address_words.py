"""Words of addresses: kinds of streets, parts of houses, and what only looks like one."""

from casemill.personal.words import listed

# A word before one of these and a number make an address in any case; `way` and `place` only behind a capital letter.
SURE = listed(
    "street streets avenue ave aven road rd boulevard blvd lane ln drive parkway pkwy expressway crescent turnpike "
    "terrace causeway hwy highway cres str"
)
DOUBTED = listed(
    "st dr ct court pl place way sq square circle cir row close alley aly trail trl plaza plz loop hill hills park "
    "gardens mews quay walk ridge run pike path point bend grove glen heights view green broadway pass wharf junction "
    "route mall springs village crossing landing manor mission meadow meadows estate estates harbor "
    "harbour isle island "
    "key knoll knolls lake lodge shore shores summit valley vista common extension ferry forge fork fort garden mount "
    "mountain orchard oval parade port prairie rapid river shoal skyway spur stream track tunnel underpass union well "
    "wells ways center centre"
)
NOT_NAMES = listed(
    "the a an of on in at to for from and or with by is was are my your our their his her its this that these those "
    "items item orders order pieces people guests days hours minutes weeks months years times dollars percent miles "
    "km kg of more less about over under after before between until not no all any some each every other both few "
    "i you we they he she it me us them who which what when where how why be been has have had do does did will would "
    "can could should may might must need want get got go going went see say said tell told send sent call called "
    "please sorry thanks thank ok okay yes yeah hello hi digits numbers passengers tickets bags rooms "
    "star am pm"
)
UNIT = (
    r"(?:apartments?|apt|suite|ste|unit|flat|room|rm|floor|fl|building|bldg|block|dept|#"
    r"|кв(?:артира)?|оф(?:ис)?|подъезд|этаж|корп(?:ус)?|стр(?:оение)?|пом|үй|пәтер|подьезд)"
)
# European streets: the kind is the end of the word, or stands before the name.
ENDINGS = tuple(
    sorted(
        listed(
            "strasse straße str. gasse allee platz damm weg ufer gata gatan gate gaten gade vej vejen veien vegen vei "
            "väg vägen katu kuja intie entie untie äntie öntie polku straat laan plein gracht kade dijk dreef "
            "steenweg stræde torv torget allé utca köz stræti braut gränd stigen backen bakken"
        )
    )
)
BEFORE = listed(
    "rue avenue av. boulevard bd chemin impasse allée quai via viale piazza corso vicolo largo calle c/ carrer "
    "avenida avda avda. paseo plaza camino ronda travesía rúa rua praça travessa estrada ulica ul. aleja "
    "al. osiedle os. "
    "plac ulitsa prospekt pr. mkr mkr. mikrorayon per. náměstí trg cesta calea şos. jalan jl. utca"
)
# These are no words of anything else, so that they need no capital letter.
LOWER_TOO = listed("rue calle ul. ulica ulitsa prospekt mkr mkr. mikrorayon paseo avenida viale piazza jalan")
BEHIND = listed("u. út útja utca tér ul. ulica sokak sok. caddesi cad. koshesi köşesi dangyly prospekt prospect avenue")
# These are streets before a name only: `en camino`, `in corso`, `por largo tiempo`.
IN_PROGRESS = listed("via corso camino largo plac cesta chemin trg")
# Small words of other languages; a line that has one of them is none of ours.
SMALL_ABROAD = listed(
    "ne prishel prishla prishlo gde moy moya moi mne menya vy ya uzhe eshe eto chto kak pochemu dlya pri posle esli "
    "net nas vas ili dengi zakaz dostavka spasibo pozhaluysta zdravstvuyte men meni sizder siz bar zhok jok emes "
    "kerek kashan nege qashan ve bir bu için neden ama oldu var yok değil und nicht ist ich mein meine der die das "
    "ein eine mit von bei auf seit noch wurde habe el los las por para con una que está pero mi les des est pas pour "
    "dans avec sur une vous nous il gli che non per con una sono della nie jest się na od po dla czy już"
)
# The states of America, as before a postal code.
STATES = listed(
    "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA "
    "RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP AE AP AA"
)
RUSSIAN = (
    r"(?:ул(?:\.|иц[аыеу]й?)|просп(?:\.|ект[аеу]?)|пр-?т[а-я]{0,2}\.?|пр\.|пер(?:\.|еул[а-я]{1,4})"
    r"|бульвар[аеу]?|бул\.|б-р"
    r"|наб(?:\.|ережн[а-я]{2,3})|шоссе|площад[ьи]|пл\.|проезд[аеу]?|тупик[аеу]?|алле[яие]|тракт[аеу]?"
    r"|мкрн?\.?|м-н|микрорайон[аеу]?|жк|ж/к|пос(?:\.|ёлок|елок)|кварта[а-я]{1,3})"
)
KAZAKH = (
    r"(?:көше(?:сі|сінде|сіне|сінің|сіндегі)?|даңғыл(?:ы|ында|ына|ының)?|ықшам\s?аудан(?:ы|ында|ына)?"
    r"|шағын\s?аудан(?:ы|ында|ына)?|мөлтек\s?аудан(?:ы|ында|ына)?|тұйығы|бульвары|қалашығы)"
)

# What stands behind a cue and before a number without being a street.
NOT_STREETS = listed(
    "item items order orders store shop branch terminal gate zone version level step room number no table section line "
    "platform locker page row seat bay warehouse station chapter day week month year class group team "
    "agent account card "
    "flight ticket case product model size plan tier stage phase option the my your a an another his her "
    "this that these "
    "all both about over only just around within under after before until by at on in to for from with of is was "
    "день дня дней час часа часов товар товара заказ заказа заказу магазин магазина отделение отделения "
    "филиал пункт пвз "
    "склад склада этап шаг версия номер сумму дату адрес почту карту счёт счет счета терминал выход место рейс тариф "
    "сайт телефон все всё два три мой моя моё мою наш ваш около через после до с по на в за от под этаж подъезд "
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov "
    "november dec december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
)
