"""The words by which `survival` knows a fact, in English, Russian and Kazakh; its own lists, on purpose."""

from casemill.personal.words import listed

SIGNS = frozenset("$€£₸₽¥₴₹")
CURRENCIES = listed(
    "usd eur gbp kzt rub uah jpy cny chf inr cad aud dollars dollar bucks cents euros euro pounds tenge тенге тг "
    "тнг руб р рублей рубля рубль теңге евро доллар доллара долларов"
)
MONEY = ("рубл", "доллар", "теңге", "тенге", "dollar", "euro")
LARGE = listed("thousand million k тыс млн мың миллион")
QUALITIES = listed("business working calendar full рабочих рабочие рабочий календарных банковских жұмыс күнтізбелік")
PERCENT = ("percent", "процент", "пайыз")
DURATIONS = listed(
    "second seconds sec secs minute minutes min mins hour hours hr hrs h day days week weeks month months year "
    "years night nights секунд секунды секунду минут минуты минуту мин час часа часов день дня дней сутки суток "
    "недель недели неделю месяц месяца месяцев год года лет ночь ночи ночей минутқа сағат сағатта сағаттан күн "
    "күнде күнге күннен апта аптада аптадан ай айда айдан жыл жылда"
)
MONTHS = listed(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec январь января январе февраль февраля феврале март марта марте апрель апреля "
    "апреле май мая мае июнь июня июне июль июля июле август августа августе сентябрь сентября сентябре октябрь "
    "октября октябре ноябрь ноября ноябре декабрь декабря декабре қаңтар ақпан наурыз сәуір мамыр маусым шілде "
    "тамыз қыркүйек қазан қараша желтоқсан қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда "
    "қыркүйекте қазанда қарашада желтоқсанда"
)
ORDINALS = listed("st nd rd th е го ое ші шы")
STREETS = listed("street st road rd avenue ave lane drive boulevard square улица ул көшесі проспект")
YEAR_BEFORE = listed("in since by until before after from of year в с до за из года жылы")
YEAR_AFTER = ("год", "жыл", "г.")
DAYS = listed(
    "monday tuesday wednesday thursday friday saturday sunday today tonight tomorrow yesterday понедельник "
    "понедельника понедельнику вторник вторника вторнику среду среды четверг четверга четвергу пятница пятницу "
    "пятницы пятнице суббота субботу субботы воскресенье воскресенья воскресенью сегодня завтра послезавтра вчера "
    "дүйсенбі дүйсенбіге дүйсенбіде сейсенбі сейсенбіге сәрсенбі сәрсенбіге бейсенбі бейсенбіге жұмаға жұмада "
    "сенбіге сенбіде жексенбі жексенбіге бүгін ертең кеше"
)
STATUSES = listed(
    "delivered undelivered shipped unshipped dispatched pending processing processed cancelled canceled refunded "
    "declined approved rejected expired completed confirmed suspended escalated resolved доставлен доставлена "
    "доставлено отправлен отправлена отменен отменён отменена отменено возвращен возвращён оплачен оплачена "
    "отклонен отклонён просрочен подтвержден подтверждён жеткізілді жіберілді қайтарылды төленді расталды"
)
SAID_STATUS = listed("status state статус состояние күйі мәртебесі")
ERRORS = ("error", "errors", "exit", "http", "ошибк", "қате")
ARTICLES = listed("kb faq doc art rfc iso cve err http")
