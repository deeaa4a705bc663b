# ruff: noqa: E501, SIM905 - word lists are read many to a line
# fmt: off
"""Towns, countries, streets and addresses in Russian and Kazakh."""

from synthetic.cyrillic_declension import RUSSIAN_CASES, adjective, kazakh, noun
from synthetic.cyrillic_scribe import Scribe, marked

# In Russian spelling; a town in -ь with "*" is feminine, one with "=" is not declined.
RUSSIAN_TOWNS = tuple(
    """
Москва Казань* Самара Омск Томск Пермь* Тюмень* Уфа Екатеринбург Новосибирск Челябинск Красноярск Воронеж Саратов Краснодар Тольятти= Ижевск Барнаул Ульяновск
Иркутск Хабаровск Ярославль Владивосток Махачкала Оренбург Кемерово= Рязань* Астрахань* Пенза Киров Липецк Тула Курск Тверь* Магнитогорск Сочи= Иваново= Брянск
Белгород Сургут Владимир Архангельск Калуга Смоленск Мурманск Вологда Орёл Кострома Новороссийск Псков Химки= Подольск Мытищи= Люберцы= Балашиха Киев Минск Одесса Харьков Львов
Тбилиси= Ереван Баку= Ташкент Бишкек Душанбе= Рига Вильнюс Таллин Варшава Берлин Париж Лондон Мадрид Рим Прага Вена Стамбул Анкара Пекин Токио= Дубай Нью-Йорк Вашингтон Бостон
Чикаго= Торонто= Дели= Бангкок Каир Тегеран Багдад Иерусалим Женева Брюссель Мюнхен Милан Барселона Амстердам Стокгольм Хельсинки= Осло= Лиссабон Белград Афины= Кишинёв Цюрих
Алматы= Астана Шымкент Караганда Актобе= Тараз Павлодар Усть-Каменогорск Семей Костанай Уральск Петропавловск Атырау= Актау= Кокшетау= Талдыкорган Туркестан Кызылорда Жезказган
Экибастуз Темиртау= Рудный Риддер Балхаш Каскелен Талгар Конаев Степногорск Щучинск Сатпаев Жанаозен Алма-Ата Екибастуз Степняк Сарань* Шахтинск Есик Косшы=
""".split()
)
COUNTRIES = tuple(
    """Россия Казахстан Украина Грузия Армения Германия Франция Италия Испания Англия Америка Турция Япония Индия Египет Иран Ирак Израиль Китай Корея Молдавия Белоруссия Литва Латвия Эстония
    Польша Венгрия Румыния Болгария Греция Швеция Норвегия Финляндия Дания Голландия Бельгия Австрия Швейцария Канада Мексика Бразилия Аргентина Австралия Пакистан Таджикистан Киргизия
    Узбекистан Туркмения Азербайджан Сирия Ливия США= РФ= КНР= СССР= Евросоюз Сербия Хорватия Куба Вьетнам Таиланд Афганистан Чечня Крым Кавказ Сибирь* Урал Европа Азия Африка""".split()
)
WORLD_TOWNS = tuple(
    """Ливерпуль Манчестер Бристоль Бирмингем Лидс Шеффилд Глазго= Эдинбург Кардифф Белфаст Дублин Оксфорд Кембридж Лион Марсель Ницца Тулуза Бордо= Страсбург Лилль Гамбург Франкфурт Кёльн Дюссельдорф Штутгарт Дрезден Лейпциг Бонн Ганновер Нюрнберг
    Неаполь Турин Венеция Флоренция Болонья Палермо= Генуя Верона Валенсия Севилья Малага Бильбао= Порту= Роттердам Гаага Антверпен Гент Зальцбург Инсбрук Базель Берн Лозанна Копенгаген Гётеборг Мальмё= Берген Тампере= Краков Гданьск Вроцлав Лодзь* Познань*
    Брно= Братислава Будапешт Бухарест София Пловдив Варна Загреб Любляна Сараево= Скопье= Подгорица Приштина Салоники= Никосия Измир Анталья Бурса Тель-Авив Хайфа Бейрут Дамаск Амман Эр-Рияд Доха Кувейт Кабул Кандагар Исламабад Карачи= Лахор Мумбаи= Калькутта Дакка
    Катманду= Коломбо= Ханой Сайгон Сингапур Джакарта Манила Гонконг Шанхай Гуанчжоу= Тяньцзинь Ухань* Харбин Сеул Пусан Пхеньян Осака Киото= Нагоя Саппоро= Сидней Мельбурн Перт Окленд Лос-Анджелес Сан-Франциско= Сиэтл Хьюстон Даллас Майами= Филадельфия Детройт Денвер Атланта Лас-Вегас
    Монреаль Ванкувер Оттава Мехико= Гавана Каракас Богота Лима Сантьяго= Буэнос-Айрес Монтевидео= Рио= Сан-Паулу= Бразилиа= Алжир Тунис Триполи= Касабланка Дакар Лагос Найроби= Аддис-Абеба Кейптаун Йоханнесбург Бенгази= Могадишо= Цхинвал Сухуми= Батуми= Кутаиси= Гюмри= Степанакерт
    Шымкент Гомель Брест Гродно= Витебск Могилёв Днепр Донецк Луганск Запорожье= Николаев Херсон Симферополь Севастополь Полтава Сумы= Чернигов Житомир Грозный Назрань* Магас Нальчик Владикавказ Черкесск Элиста Улан-Удэ= Чита Якутск Магадан Анадырь Норильск Нижневартовск Череповец Выборг Гатчина""".split()
)
KAZAKH_TOWNS = tuple(
    """Алматы Астана Шымкент Қарағанды Ақтөбе Тараз Павлодар Өскемен Семей Қостанай Орал Петропавл Атырау Ақтау Көкшетау Талдықорған Түркістан Қызылорда Жезқазған Екібастұз Теміртау Рудный
    Балқаш Қаскелең Талғар Қонаев Щучинск Сәтбаев Жаңаөзен Есік Қосшы Степногорск Арқалық Зайсан Аягөз Мәскеу Бішкек Ташкент Лондон Пекин Ыстанбұл Анкара Париж Берлин Жаркент Арыс Кентау Сарыағаш""".split()
)
KAZAKH_COUNTRIES = tuple(
    "Қазақстан Ресей Қытай Түркия Өзбекстан Қырғызстан Тәжікстан Түрікменстан Грузия Германия Франция Жапония Үндістан Иран АҚШ Украина Корея Италия Еуропа Азия Әзірбайжан Моңғолия Польша Испания".split()
)
# Genitive as after "улица"; people that Kazakh and Russian towns name their streets after.
STREETS_OF = tuple(
    """
Абая Сатпаева Толе-би Жамбыла Гоголя Пушкина Ленина Мира Гагарина Кирова Чехова Толстого Горького Калинина Чапаева Победы Строителей Космонавтов Маяковского Лермонтова Фурманова Байзакова Жарокова Розыбакиева Тимирязева
Ауэзова Кабанбай-батыра Богенбай-батыра Наурызбай-батыра Райымбека Шевченко Сейфуллина Валиханова Желтоксан Достоевского Кунаева Тулебаева Карасай-батыра Айтеке-би Казыбек-би Макатаева Жибек-Жолы Момышулы Иманова Кенесары
Бейбитшилик Сыганак Кабдолова Утеген-батыра Навои Мустафина Брусиловского Шаляпина Рыскулова Сейфуллина Досмухамедова Масанчи Муканова Исаева Чайковского Жандосова Саина Момышулы Алтынсарина Кошкарбаева Сарыарка
Карла-Маркса Розы-Люксембург Льва-Толстого Куйбышева Свердлова Дзержинского Фрунзе Комарова Королёва Жукова Суворова Кутузова Некрасова Тургенева Островского Менделеева Ломоносова Павлова Мичурина Чкалова Матросова
8-Марта 1-Мая 9-Мая 50-лет-Октября Революции Труда Энтузиастов Дружбы Металлургов Шахтёров Нефтяников Учителей Ветеранов Водопьянова Баумана Тукая Вахитова Ямашева Декабристов Восстания Защитников-Отечества Республики
Назарбаева Абылай-хана Сатыбалдина Ермекова Нуркена-Абдирова Бухар-Жырау Гапеева Язева Ержанова Торайгырова Майлина Джангильдина Темирбекова Ташенова Петрова Кудайбердиева Янушкевича Дулатова Ауэзова Потанина
""".split()
)
STREETS_ADJECTIVE = tuple(
    """
Тверская Садовая Лесная Школьная Советская Молодёжная Центральная Новая Набережная Заводская Зелёная Полевая Речная Степная Вокзальная Комсомольская Октябрьская Первомайская Интернациональная Пролетарская Рабочая
Красноармейская Московская Ленинградская Невская Казанская Волжская Уральская Сибирская Северная Южная Восточная Западная Солнечная Весенняя Парковая Озёрная Сосновая Берёзовая Вишнёвая Тополиная Профсоюзная Большая-Ордынка
Студенческая Университетская Спортивная Магистральная Привокзальная Трудовая Железнодорожная Кирпичная Мельничная Огородная Каштановая Алматинская Акмолинская Карагандинская Аэродромная Почтовая Базарная Луговая
""".split()
)
AVENUES = ("Достык", "Республики", "Мангилик Ел", "Туран", "Кабанбай батыра", "Абылай хана", "Аль-Фараби", "Назарбаева", "Сарыарка", "Победы", "Ленина", "Мира", "Невский", "Московский", "Бухар жырау", "Райымбека", "Суюнбая", "Гагарина", "Вернадского", "Кутузовский", "Ленинградский", "Женис", "Улы Дала", "Сейфуллина", "Металлургов", "Строителей", "Комсомольский", "Богенбай батыра", "Тауелсиздик", "Рыскулова", "Испытателей")
DISTRICTS = ("Самал-2", "Самал", "Аксай-4", "Аксай", "Орбита-3", "Коктем-1", "Таугуль", "Жетысу-3", "Мамыр-4", "Айнабулак", "Калкаман", "Алмагуль", "Казахфильм", "Думан-2", "Шугыла", "Нуркент", "Карасу", "Юго-Восток", "Степной-2", "Голубые пруды", "Восток-5", "Гульдер-1", "12", "5", "11А", "3-й", "Алатау", "Кулагер", "Достык", "Жулдыз-1", "Саялы", "Дорожник", "Строитель", "Северный", "Солнечный", "Чиланзар")
KAZAKH_STREETS = ("Абай", "Сәтбаев", "Төле би", "Жамбыл", "Гоголь", "Пушкин", "Достық", "Бейбітшілік", "Кенесары", "Сейфуллин", "Уәлиханов", "Қабанбай батыр", "Бөгенбай батыр", "Наурызбай батыр", "Райымбек", "Жібек жолы", "Желтоқсан", "Тәуелсіздік", "Республика", "Сарыарқа", "Мәңгілік Ел", "Қажымұқан", "Момышұлы", "Розыбакиев", "Әуезов", "Жандосов", "Тоқтаров", "Иманов", "Мұқанов", "Қонаев", "Назарбаев", "Алтынсарин", "Байтұрсынов", "Дулатов", "Құнанбаев", "Қарасай батыр", "Әйтеке би", "Қазыбек би", "Мақатаев", "Тимирязев", "Жарокова", "Ғабит Мүсірепов", "Бұқар жырау", "Ермеков", "Жеңіс", "Астана", "Наурыз", "Достоевский", "Гагарин", "Әл-Фараби", "Тұран", "Сығанақ", "Ұлы Дала", "Байзақов", "Шевченко", "Жұлдыз", "Көктем", "Ақжол", "Бәйтерек")
KAZAKH_DISTRICTS = ("Самал-2", "Ақсай-4", "Орбита-3", "Көктем-1", "Таугүл", "Жетісу-3", "Мамыр-4", "Айнабұлақ", "Қалқаман", "Алмагүл", "Думан-2", "Шұғыла", "Қарасу", "Алатау", "Құлагер", "Жұлдыз-1", "Саялы", "Нұркент", "Гүлдер", "5", "12", "11А")


def town(scribe: Scribe, case: str) -> str:
    """A town or country in a Russian case, marked as PLACE; "in" draws "в Москве", "из Москвы" …"""
    name = scribe.one(scribe.chance.choice((RUSSIAN_TOWNS, RUSSIAN_TOWNS, WORLD_TOWNS, COUNTRIES)))
    bare = name.rstrip("*=")
    if case == "in":
        preposition, case = scribe.chance.choice((("в", "pre"), ("в", "pre"), ("из", "gen"), ("в", "acc"), ("до", "gen"), ("под", "ins")))
        return f"{preposition} {town_in(bare, case, name=name)}"
    return town_in(bare, case or "nom", name=name)


def town_in(bare: str, case: str, *, name: str) -> str:
    if case not in RUSSIAN_CASES:
        raise ValueError(f"no Russian case {case!r}")
    declined = bare if name.endswith("=") else adjective(bare, case) if bare in {"Рудный", "Грозный"} else noun(bare, case, feminine=name.endswith("*"))
    return marked("PLACE", "Алматы" if bare == "Алматы" else declined)


def kazakh_town(scribe: Scribe, case: str) -> str:
    """A town or country in a Kazakh case, marked as PLACE."""
    name = scribe.one(KAZAKH_TOWNS if scribe.often(0.75) else KAZAKH_COUNTRIES)
    return marked("PLACE", kazakh(name, case or "nom"))


def house(scribe: Scribe) -> str:
    number = str(scribe.chance.randint(1, 250))
    if scribe.often(0.2):
        number += scribe.pick("а", "б", "А", "Б", "/1", "/2", "/7", "к2", " корпус 2", " к. 1", " стр. 3", "/45", "-а", " литера Б")
    return number


def russian_street(scribe: Scribe, *, case: str = "nom") -> str:
    """A street with its word, as "ул. Абая", "проспект Достык", "мкр Самал-2"; `case` other than nom bends the word."""
    drawn = scribe.chance.random()
    if drawn < 0.5:
        word = {"nom": "улица", "gen": "улицы", "dat": "улице", "pre": "улице", "acc": "улицу", "ins": "улицей"}[case]
        kind = scribe.pick("ул.", "ул.", "ул", word, word, "ул.")
        if scribe.often(0.68):
            name = street_of(scribe)
        else:
            name = adjective(scribe.one(STREETS_ADJECTIVE).replace("-", " "), case)
        return f"{name} {kind}" if scribe.often(0.05) else f"{kind} {name}" if kind != "ул." or scribe.often(0.8) else f"{kind}{name}"
    if drawn < 0.7:
        return f"{scribe.pick('пр.', 'проспект', 'пр-т', 'просп.', 'пр', 'пр-кт', 'проспект')} {scribe.one(AVENUES) if scribe.often(0.7) else street_of(scribe)}"
    if drawn < 0.88:
        return f"{scribe.pick('мкр', 'мкр.', 'микрорайон', 'мкрн', 'м-н', 'мкр-н', 'мкр')} {scribe.one(DISTRICTS)}"
    kind = scribe.pick("пер.", "переулок", "бульвар", "б-р", "шоссе", "наб.", "проезд", "тупик", "пл.", "площадь", "жк", "ЖК", "пос.", "село", "снт")
    return f"{kind} {street_of(scribe) if scribe.often(0.7) else scribe.one(STREETS_ADJECTIVE)}"


def street_of(scribe: Scribe) -> str:
    """A street's name in the genitive, or a person's surname or whole name so used."""
    if scribe.often(0.12):
        return scribe.fill("{whole_bare}")
    return scribe.one(STREETS_OF).replace("-", " ") if scribe.often(0.75) else scribe.fill("{surname_bare.gen}")


def russian_address(scribe: Scribe, _: str = "") -> str:
    """A Russian address, one ADDRESS from the first piece to the last; a town before it and a postal code belong to it."""
    drawn = scribe.chance.random()
    if drawn < 0.22:
        # How people write in chats: "абая 12", "достык 97 кв 5".
        bare = scribe.pick(street_of(scribe), street_of(scribe), scribe.one(AVENUES), scribe.one(STREETS_ADJECTIVE), scribe.one(DISTRICTS[:10])).replace("-", " ")
        return marked("ADDRESS", f"{bare} {house(scribe)}{_flat(scribe) if scribe.often(0.4) else ''}")
    comma = "," if scribe.often(0.75) else ""
    home = scribe.pick("д. ", "д.", "дом ", "д ", "", "", "№ ")
    address = f"{russian_street(scribe)}{comma} {home}{house(scribe)}"
    if scribe.often(0.15):
        address += scribe.pick(", угол ", " угол ", ", уг. ") + street_of(scribe)
    if scribe.often(0.5):
        address += _flat(scribe)
    if scribe.often(0.3):
        address = f"{_town_before(scribe)}{scribe.pick(', ', ', ', ' ', chr(10))}{address}"
        if scribe.often(0.35):
            address = f"{scribe.chance.randint(10000, 699999):06d}, {address}"
    elif scribe.often(0.2):
        address += scribe.pick(", ", ",\n", "\n", " ") + _town_before(scribe) + (f", {scribe.chance.randint(10000, 699999):06d}" if scribe.often(0.5) else "")
    return marked("ADDRESS", address)


def _town_before(scribe: Scribe) -> str:
    name = scribe.one(RUSSIAN_TOWNS).rstrip("*=")
    region = scribe.pick("", "", "", "", f"{scribe.one(STREETS_ADJECTIVE)[:-2]}ая обл., ", "Алматинская область, ", "Московская обл., ", "Карагандинская обл., ")
    return f"{region}{scribe.pick('г. ', 'г.', 'г ', 'город ', '', '', '')}{name}"


def _flat(scribe: Scribe) -> str:
    glue = scribe.pick(", ", ", ", " ", "\n", ",\n") if scribe.often(0.9) else "-"
    if glue == "-":
        return f"-{scribe.chance.randint(1, 250)}"
    flat = f"{scribe.pick('кв. ', 'кв.', 'кв ', 'квартира ', 'офис ', 'оф. ', 'каб. ', 'ап. ')}{scribe.chance.randint(1, 400)}"
    if scribe.often(0.08):
        flat = f"{scribe.chance.randint(1, 400)}{scribe.pick(' квартира', ' кв.', ' офис', '-я квартира')}"
    more = scribe.pick("", "", "", f", подъезд {scribe.chance.randint(1, 9)}", f", {scribe.chance.randint(1, 9)} подъезд", f", этаж {scribe.chance.randint(1, 16)}", f", {scribe.chance.randint(2, 9)} этаж", f", домофон {scribe.chance.randint(1, 99)}")
    return f"{glue}{flat}{more}"


def address_on(scribe: Scribe, _: str = "") -> str:
    """An address as it is said in a sentence after "на" or "по": "на Абая 12", "по Достыку 5", "на улице Тверской, 7"."""
    way = scribe.pick("на", "на", "по", "с", "на")
    case = {"на": "pre", "по": "dat", "с": "gen"}[way]
    drawn = scribe.chance.random()
    if drawn < 0.45:
        street = street_of(scribe)
    elif drawn < 0.57:
        street = adjective(scribe.one(STREETS_ADJECTIVE).replace("-", " "), case)
    elif drawn < 0.7:
        street = noun(scribe.pick("Достык", "Туран", "Желтоксан", "Сыганак", "Женис", "Арбат", "Самал", "Аксай", "Юго-Восток", "Шугыла", "Сарыарка"), case)
    else:
        street = russian_street(scribe, case=case)
    comma = scribe.pick("", "", ",", ",", ",", ", дом", " дом", " д.", ", д.")
    return f"{way} {marked('ADDRESS', f'{street}{comma} {house(scribe)}{_flat(scribe) if scribe.often(0.25) else str()}')}"


def street_alone(scribe: Scribe, _: str = "") -> str:
    """A street without a house, still an address: "на улице Абая", "с Тверской"."""
    return f"{scribe.pick('на', 'по', 'на')} {marked('ADDRESS', russian_street(scribe, case='pre'))}"


def _house_of(scribe: Scribe) -> str:
    """A house by its street in the genitive: "Абайдың 12-үйінде", "Абай көшесінің 12 үйі"."""
    street = scribe.one(KAZAKH_STREETS) + scribe.pick("", "", "", " көшесі", " даңғылы")
    house_word = kazakh("үйі", scribe.pick("loc", "loc", "dat", "abl", "nom", "gen"), possessed=True)
    return f"{kazakh(street, 'gen')} {house(scribe)}{scribe.pick('-', '-', ' ')}{house_word}"


def _kazakh_place(scribe: Scribe, street: str, *, district: bool) -> str:
    if district:
        return f"{scribe.one(KAZAKH_DISTRICTS)}{scribe.pick(' ықшамауданы', ' ықш.', ' мкр', ' шағын ауданы', ' мөлтек ауданы')}"
    return f"{street} {scribe.pick('көшесі', 'көшесі', 'көш.', 'к-сі', 'даңғылы', 'даңғ.', 'көшесі', 'тұйық көшесі', 'бульвары')}"


def kazakh_address(scribe: Scribe, case: str = "") -> str:
    """A Kazakh address, one ADDRESS: "Абай көшесі 12-үй, 45-пәтер"; with a case the last word is bent."""
    if scribe.often(0.06):
        return marked("ADDRESS", _house_of(scribe))
    number, flat = house(scribe), scribe.chance.randint(1, 300)
    street = scribe.one(KAZAKH_STREETS) if scribe.often(0.75) else scribe.fill("{kk_surname_bare}")
    drawn = scribe.chance.random()
    if drawn < 0.2:
        bent = f"{street} {number}" + scribe.pick("", "", "-үй", " үй", f"/{flat}", f"-{flat}")
        return marked("ADDRESS", bent)
    place = _kazakh_place(scribe, street, district=drawn < 0.42)
    if case and scribe.often(0.4):
        return marked("ADDRESS", f"{kazakh(place, case, possessed=place.endswith(('і', 'ы')))} {number}")
    if drawn > 0.85:
        place = f"{scribe.pick('көшесі', 'даңғылы', 'ықшамаудан', 'мкр')} {street}"
    address = f"{place}{scribe.pick(', ', ' ', ', ', ',')}{number}{scribe.pick('-үй', ' үй', '', '-үй', ' үйі')}"
    if scribe.often(0.55):
        address += scribe.pick(", ", " ", ",\n", "\n") + scribe.pick(f"{flat}-пәтер", f"{flat} пәтер", f"пәтер {flat}", f"{flat}-кеңсе", f"п. {flat}")
    if scribe.often(0.25):
        address = f"{scribe.one(KAZAKH_TOWNS)}{scribe.pick(' қаласы', ' қ.', '')}{scribe.pick(', ', ' ', chr(10))}{address}"
    if scribe.often(0.08):
        address = f"{scribe.chance.randint(10000, 169999):06d}, {address}"
    return marked("ADDRESS", address)
