"""Words about names: titles, roles and particles that are nobody's name, and names that are also common words."""


def listed(words: str) -> frozenset[str]:
    """Words with spaces between them, as a set."""
    return frozenset(words.split())


TITLES = listed("mr mrs ms miss mx dr prof sir madam jr sr ii iii iv phd md esq г гн госпожа господин гжа мырза ханым")
NOT_PEOPLE = listed(
    "ai bot chatbot assistant agent support team help helpdesk desk service services customer care sales admin "
    "administrator operator system info contact office billing noreply reply no automation auto virtual robot shop "
    "store company llc inc ltd gmbh corp llp plc visitor guest anonymous unknown user client test demo end caller "
    "name mailto ии бот чатбот ассистент помощник поддержка поддержки служба отдел команда оператор менеджер админ "
    "администратор клиент гость аноним неизвестный пользователь магазин ооо тоо зао оао ао ип жшс қолдау көмекші"
)
PARTICLES = listed(
    "van von der den de del della di da dos du la le el al bin ibn abu st san ter ten y e оглы оглу кызы қызы "
    "улы ұлы угли қизи"
)
# A day is a fact, whoever is called so.
WEEKDAYS = listed(
    "monday tuesday wednesday thursday friday saturday sunday понедельник вторник среда четверг пятница суббота "
    "воскресенье дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі today tomorrow yesterday сегодня завтра вчера"
)
# Matched only when capitalised: a customer called Will, Вера or Арман must not cost every will, вера and арман.
COMMON = listed(
    "abby ace amber angel april art ash august autumn baker banks basil bass bell berry best bill bird bishop black "
    "blue bond bow brook brooks brown bush buck carol case cash chance charity charm chase christian clay cliff "
    "ben cole cook cooper coral crystal curt daisy dale dash dawn day dean dick dolly drew duke dusty earl eve faith "
    "fern field fields fisher flora ford forest foster fox frank free gale gay gene gift ginger glen golden good "
    "grace grant gray green grey guy hall happy hardy harmony harper haven hazel heath heaven holly hope house "
    "hunter iris ivory ivy jack jade jasmine jay jazz jean jewel john joy judge june junior justice kelvin king kit "
    "knight lake lance lane lark lily little long lord love lucky mark major marina mason max may melody mercy mike "
    "miles mill miller mills mint miracle misty moon moss nick noble norm north olive opal page paige paris park "
    "parker parks pat patience paul peace pearl penny pepper piper pierce pilot pleasant poppy porter potter power "
    "price prince princess promise queen rain ray red reed rich rice river rivers rob robin rock rocky rose rowan "
    "royal ruby rusty ryder sage sam sandy savannah scarlet scout serene shade shadow shepherd short silver sky "
    "skip smith snow song south sparks spring star stark stone storm strong sue summer sunny swan sweet tab taylor "
    "terry tiger tim trip true turner van vera victor viola violet wade walker wall ward waters way webb wells west "
    "white wild will winter wise wolf wood woods worth wren young zion an any as at be by can do go he hi if in is "
    "it me my no of ok on or so to up us we вера надежда любовь роза слава лев роман мир света светлана лилия "
    "виктория злата майя майи май марта яна ян рад дар добрыня милана лада рая воля победа заря звезда зима весна "
    "белый белая чёрный черный волк заяц король князь мороз кот жук орёл орел сокол соловей воробей гусь медведь "
    "лис лиса кузнец мельник ткач пушка гроза туча снег март арман бақыт бахыт жан асыл алтын күміс жұлдыз сәуле "
    "шолпан алма раушан қуаныш еркін мұрат мурат талап болат темір қайрат жігер дос нұр нур гүл гул ай күн арай таң "
    "самал бота ару айым сұлу мейірім бейбіт тілек үміт сенім ақыл дана данышпан арыстан барыс сұңқар қыран береке "
    "ырыс дәулет байлық мерей намыс рух серік ерік жеңіс"
)
# `Will you`, `May I`, `Mark the`: after these the capitalised common word only begins a sentence.
GOES_ON = listed("you i we it they he she there this that these those the my your our a an be not all any")
LONE_LETTERS = frozenset("aiouyeавикосуяэ")

# What stands behind a number that is an amount, a duration or a quantity.
UNITS = frozenset({"%", "$", "€", "£", "₸", "₽", "¥", "₴", "₹"}) | listed(
    "usd eur gbp kzt rub tenge тенге тг тнг р руб dollars dollar bucks cent cents euro euros евро тыс млн мың k "
    "percent business working calendar рабочих календарных second seconds sec secs minute minutes min mins hour "
    "hours hr hrs h day days week weeks month months year years yr yrs night nights мин минөт час часа часов часу ч "
    "день дня дней дни сутки суток мес год года году лет ай айда айдан айға pcs piece pieces item items unit units "
    "time times point points people guests passenger passengers mile miles шт товар товара товаров раз раза дана "
    "рет kb mb gb tb мб гб kg g кг гр ml l мл mm cal kcal calories oz lb lbs "
    "cm m km мм см м км inch inches px dpi w v mah hz mhz ghz pm am"
)
UNIT_STEMS = (
    *("рубл", "доллар", "теңге", "тысяч", "миллион", "процент", "пайыз", "bonus", "бонус", "балл", "секунд", "минут"),
    *("недел", "месяц", "күн", "апта", "сағат", "жыл", "штук"),
)
