"""Names, streets, towns and firms to draw from; written for this purpose, surnames rare or made up."""

from typing import NamedTuple

from casemill.personal.words import listed


def row_of(words: str) -> tuple[str, ...]:
    """Words with spaces between them, in order."""
    return tuple(words.split())


class Names(NamedTuple):
    """What people of a locale are called. Russian and Kazakh surnames stand in the form for men."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]


LATIN = Names(
    row_of(
        "Adele Beatrix Clarissa Delphine Edith Florence Georgina Harriet Ingrid Josephine Katrina Leonora "
        "Marianne Nadine Ottilie Philippa Quintina Rosalind Sylvia Thora Ursula Verena Winifred Yvonne Zelda "
        "Bridget Celeste Gwendolyn Isolde Mirabel"
    ),
    row_of(
        "Alistair Bertrand Conrad Desmond Edmund Frederick Gilbert Humphrey Ignatius Jasper Kenneth Lambert "
        "Montgomery Nathaniel Osbert Percival Quentin Roderick Sebastian Thaddeus Ulric Vaughan Wilfred Xander "
        "Yorick Zebedee Ambrose Benedict Cuthbert Leopold"
    ),
    row_of(
        "Ashcombe Barrowdale Carrowick Dunsworth Elverstone Farrowby Garrington Hartwick Inglemere Jessamore "
        "Kettleby Lorrimer Marchbank Netherby Oakhurst Penhallow Quillfeather Ravenscar Stanmoor Thornbury "
        "Underhay Valmere Wetherden Yarrowby Zellerman Averdale Bexfield Colverton Drayworth Easterby Fennimore "
        "Gatesworth Halvorsby Ivinghoe Kilworth Lindqvale Merriden Northam Ormsgill Pellworth Rotherby Selvaggi "
        "Tremaine Uttley Vandermeel Wolverby Aldermay Brockhurst Cressby Dorrington Ellingby Fothergay Greaveson "
        "Hollinby Jerningdale Kirkhaven Lovelock Maddersby Nunfield Pentworth"
    ),
)
# The same names in the same order, as they are written in Cyrillic letters.
LATIN_IN_CYRILLIC = Names(
    row_of(
        "Адель Беатрикс Кларисса Дельфина Эдит Флоренс Джорджина Харриет Ингрид Жозефина Катрина Леонора "
        "Марианна Надин Оттилия Филиппа Квинтина Розалинда Сильвия Тора Урсула Верена Уинифред Ивонна Зельда "
        "Бриджет Селеста Гвендолин Изольда Мирабель"
    ),
    row_of(
        "Алистер Бертран Конрад Десмонд Эдмунд Фредерик Гилберт Хамфри Игнатиус Джаспер Кеннет Ламберт "
        "Монтгомери Натаниэль Осберт Персиваль Квентин Родерик Себастьян Таддеус Ульрик Воган Уилфред Ксандер "
        "Йорик Зебеди Амброз Бенедикт Катберт Леопольд"
    ),
    row_of(
        "Эшкомб Барроудейл Карроуик Дансуорт Элверстоун Фарроуби Гаррингтон Хартуик Инглмир Джессамор "
        "Кеттлби Лорример Марчбанк Незерби Окхерст Пенхаллоу Квиллфезер Рейвенскар Станмур Торнбери "
        "Андерхей Валмир Уэзерден Ярроуби Зеллерман Авердейл Бексфилд Колвертон Дрейуорт Истерби Феннимор "
        "Гейтсуорт Халворсби Айвингхо Килуорт Линдквейл Мерриден Нортам Ормсгилл Пелуорт Розерби Сельваджи "
        "Тремейн Аттли Вандермил Вулверби Олдермей Брокхерст Крессби Доррингтон Эллингби Фозергей Гривсон "
        "Холлинби Джернингдейл Киркхейвен Лавлок Маддерсби Нанфилд Пентуорт"
    ),
)
RUSSIAN = Names(
    row_of(
        "Агата Аделина Алевтина Ангелина Антонина Варвара Василиса Галина Дарья Ева Есения Жанна Зинаида Зоя Инга "
        "Инна Капитолина Кира Клавдия Ксения Лариса Лидия Милена Нелли Нина Полина Раиса Рената Таисия Ульяна"
    ),
    row_of(
        "Адам Аркадий Богдан Борис Вадим Валерий Валентин Вениамин Геннадий Герман Глеб Григорий Денис Ефим Захар "
        "Игнат Климент Леонид Макар Матвей Назар Олег Платон Прохор Родион Савелий Степан Тарас Тихон Фёдор"
    ),
    row_of(
        "Авдонов Берестов Вересков Горшенин Дубравин Ельцов Жигарев Зарубин Истомин Калядин Лукошкин Малеев "
        "Невзгодов Осинцев Пряхин Ракитин Савостин Тетерин Ухватов Филимошин Хворостов Царёв Черемшин Шалфеев "
        "Щедрин Юдахин Ярошин Боровков Ветлугин Грибанов Долинин Еремеев Заречин Ивлев Крутилин Ледовский "
        "Мостовский Нагорский Оленин Полозов Рябинин Слободин Травкин Угаров Хмелевский Чащин Шиповский Ягодин "
        "Астахин Бочаров Верейский Гудилин Дымов Жаворонский Зимовский Кочетов Ладыгин Метелин Озеров Просеков"
    ),
)
KAZAKH = Names(
    row_of(
        "Айжан Айнагүл Ақмарал Алтынай Анар Арайлым Балжан Баян Венера Гауһар Гүлдана Гүлмира Дана Динара Еркежан "
        "Жанерке Жібек Зарина Индира Қарлығаш Ләззат Мадина Меруерт Назерке Перизат Салтанат Сымбат Томирис "
        "Ұлбосын Шынар"
    ),
    row_of(
        "Абылай Алмас Әділет Бауыржан Бекзат Ғалым Дархан Дәурен Ермек Жандос Жасұлан Зейнолла Ильяс Қанат Қуат "
        "Мақсат Мейрам Нұржан Олжас Оразалы Рауан Рүстем Сағынбек Саят Сұлтан Төлеген Шыңғыс Ұлан Шерхан Әлішер"
    ),
    row_of(
        "Абзалбеков Айтқожин Аманбаев Арқабаев Әділбеков Байтұрсов Басықараев Бекежанов Болатбаев Дүйсекеев "
        "Егізбаев Елтаев Ермұханов Жақиянов Жаңбырбаев Жаркешов Жетпісбаев Жиенбеков Қабылбеков Қайырбаев "
        "Қалдарбеков Қамысбаев Қарабалин Қаржаубаев Қожахметов Қойшыбаев Құлмағамбетов Құсайынбаев Майлыбаев "
        "Мәдібаев Молдашев Мырзабаев Найзабеков Нәдірбаев Нысанбаев Омарбаев Оңғарбаев Өтебаев Рысқалиев "
        "Сабырбаев Салқынбаев Сарманов Серғазин Сыдықбаев Тайкенов Таңатаров Телжанов Тілегенов Тоқтаболатов "
        "Төребаев Тұрлыбеков Ұзақбаев Үмбетбаев Шаймарданов Шалқарбаев Шотбаев Ыбыраев Ысқақбаев Ізбасаров "
        "Іргебаев"
    ),
)

# Only to see what somebody is called by: who they are, and in which case they stand.
WOMEN = row_of(
    "анна мария елена ольга наталья наталия татьяна ирина светлана екатерина юлия анастасия виктория марина "
    "людмила валентина надежда вера любовь александра софия софья алина яна кристина евгения валерия "
    "маргарита оксана диана карина эльвира дарина лилия вероника снежана айгерим асель айгуль гульнара алия "
    "жанар сауле айжан мадина динара дана камила аружан аяулым томирис назгуль шолпан "
    "айгүл гүлнар гүлнара гульнар айгерім әсел әсем асем жібек сәуле әлия назгүл гүлмира гульмира гүлжан меруерт "
    "салтанат ләззат лаззат балжан бибігүл бибигуль перизат зарина сабина айнұр айнур ақмарал акмарал индира "
    "жанерке назерке арайлым алтынай снежана жанна лариса галина полина ульяна варвара вероника ксения евдокия "
    "зинаида нина раиса инна инга тамара лидия зоя ева ангелина василиса таисия алла майя эмма рита света катя "
    "маша даша саша женя настя лена оля таня наташа ира юля аня лиза соня"
)
MEN = row_of(
    "александр сергей дмитрий андрей алексей иван максим михаил николай владимир павел артем виктор юрий "
    "игорь роман антон константин кирилл егор илья никита даниил данила тимур руслан анатолий вячеслав "
    "виталий станислав ярослав владислав ерлан нурлан айдос арман данияр азамат бекзат санжар алихан алишер "
    "ержан марат талгат кайрат бауржан аскар серик асхат дамир рустам нурсултан темирлан петр семен лев "
    "нұрлан ерболат серік қайрат бауыржан әділ адиль дәурен даурен олжас айбек тимофей ерасыл әлихан әлішер "
    "нұрсұлтан асқар мақсат максат қанат канат ғалым галым жандос жанболат болат ермек бекболат дархан мейрам "
    "әсет асет рауан саят сұлтан султан шыңғыс шынгыс аркадий борис богдан вадим валерий валентин геннадий герман "
    "глеб григорий денис евгений захар леонид макар матвей олег родион савелий степан тарас тихон федор филипп "
    "эдуард яков саша юлий арсений виктор ефим марк паша дима миша ваня коля петя вова леша сережа толя костя женя "
    "гриша федя"
)
WOMEN = tuple(dict.fromkeys((*WOMEN, *(name.lower() for name in (*RUSSIAN.women, *KAZAKH.women)))))
MEN = tuple(dict.fromkeys((*MEN, *(name.lower() for name in (*RUSSIAN.men, *KAZAKH.men)))))
LATIN_WOMEN = listed(
    "anna mary maria elena olga sarah emma emily olivia sophie sophia jane janet susan linda karen nancy lisa "
    "betty helen sandra donna carol ruth sharon michelle laura kimberly deborah jessica elizabeth margaret "
    "ashley amanda melissa stephanie rebecca catherine katherine rachel carolyn janice heather diane julie "
    "joyce kelly christine megan hannah chloe ava mia isabella fatima mei aigerim alice grace amy isabel "
    "ingrid yvonne nicole raquel"
)
LATIN_MEN = listed(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony "
    "mark donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey "
    "ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank "
    "alexander raymond patrick jack dennis jerry tyler aaron jose adam nathan henry peter omar ahmed mohamed "
    "yusuf ivan luca noah liam ethan mason lucas oliver hugo erlan nurlan aidos arman sergey dmitry"
)
PATRONYMICS = row_of(
    "Аркадьев Богданов Борисов Вадимов Валерьев Геннадьев Германов Григорьев Денисов Захаров Леонидов Макаров "
    "Олегов Платонов Родионов Савельев Степанов Тарасов Тихонов Фёдоров"
)

STREETS = {
    "latin": row_of(
        "Alderway Birchfield Copperbeech Dovecote Elmhurst Foxglove Gorsefield Hazelmere Ironbridge Juniper "
        "Kestrel Larkspur Millrace Nightingale Orchardleigh Partridge Quarrybank Rowanberry Silverbirch "
        "Thistledown Umberfield Vinegate Willowherb Yewtree Brambleside Cloverfield Meadowsweet Pebblebrook "
        "Stonecrop Wagtail"
    ),
    "russian": row_of(
        "Береговиков Вишнёвиков Гончаров Дубровников Зодчих Каменщиков Кружевниц Лесоводов Мелиораторов "
        "Мостовиков Овражников Плотников Паромщиков Родников Рябинников Садоводов Сплавщиков Стеклодувов "
        "Травников Часовщиков"
    ),
    "kazakh": row_of(
        "Ақбұлақ Алмалыбақ Аққайың Бәйтерек Бөктер Жазира Жайдарман Кеңжайлау Көктөбе Қайнарбұлақ Қарағайлы "
        "Қызғалдақ Мөлдірбұлақ Самалтау Сарыжайлау Тасбұлақ Тұнықбұлақ Шалғынды Шұғылалы Шырынды"
    ),
}
ADJECTIVES = row_of(
    "Берёзов Вишнёв Дубов Зеркальн Камышов Кленов Кольцев Луков Малинов Мельничн Овражн Озёрн Ольхов Песчан "
    "Полеводческ Рябинов Сиренев Снежн Тополев Ягодн"
)
FIRMS = {
    "latin": row_of(
        "Amberfold Brightmere Calderway Dunmarsh Everlane Fernhollow Glasswick Harrowgate Ivorydale Kestrelmark "
        "Lanternby Marlowfield Northfold Oakenshire Pinecroft Quillmark Redferry Silverhay Tidewick Umberley"
    ),
    "russian": row_of(
        "Альтавир Берегиня Вельмера Гранитель Дельвира Зорелюкс Искромир Каравия Лирамет Мираленд Норвита "
        "Орбимакс Полимира Ритмотех Северлайн Тавромед Ультрасвет Фортемир Хлебодар Эльбрусит"
    ),
    "kazakh": row_of(
        "Алтынқала Ақжелкен Байқоныс Дәнекер Жасылтау Игілікті Көкжиекті Қазыналы Мұнарлы Нұрбесік Ордалы Өрнекті "
        "Сапарлы Табысты Тұлпарлы Ұяластар Үміткер Шаңырақты Ырысбақ Ізгілікті"
    ),
}
