"""The words by which `survival` knows a fact, in English, Russian and Kazakh; its own lists, on purpose."""

from casemill.personal.words import listed

SIGNS = frozenset("$€£₸₽¥₴₹")
CURRENCIES = listed(
    "usd eur gbp kzt rub uah jpy cny chf inr cad aud dollars dollar bucks cents euros euro pounds tenge тенге тг "
    "тнг руб р рублей рубля рубль теңге евро доллар доллара долларов tg tng tl lira rubles rubley rublya rubl zl zł "
    "złotych rupees dirhams som сом сомов сум лари гривен гривны грн лир лиры "
    # The codes of ISO 4217, but for those that are words: all, cup, mad, mop, top.
    "aed afn amd ang aoa ars awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd btn bwp byn bzd cdf clp cop crc cve "
    "czk djf dkk dop dzd egp ern etb fjd fkp gel ghs gip gmd gnf gtq gyd hkd hnl htg huf idr ils iqd irr isk jmd jod "
    "kes kgs khr kmf krw kwd kyd lak lbp lkr lrd lsl lyd mdl mga mkd mmk mnt mru mur mvr mwk mxn myr mzn nad ngn nio "
    "nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rwf sar sbd scr sdg sek sgd shp sos srd ssp stn svc syp "
    "szl thb tjs tmt tnd try ttd twd tzs ugx uyu uzs ves vnd vuv wst xaf xcd xof xpf yer zar zmw zwl"
)
MONEY = ("рубл", "доллар", "теңге", "тенге", "dollar", "euro")
LARGE = listed("thousand million k тыс млн мың миллион")
QUALITIES = listed(
    "business working calendar full bank рабочих рабочие рабочий рабочего рабочую рабочим календарных календарные "
    "календарный календарного банковских банковский полных полные полный жұмыс күнтізбелік толық rabochih rabochikh "
    "zhumys jumys iş"
)
# Numbers in words, before a duration.
SPELLED = listed(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty "
    "sixty ninety half couple several few один одна одну одного одной два две двух двумя три трёх трех четыре четырёх "
    "четырех пять пяти шесть шести семь семи восемь восьми девять девяти десять десяти одиннадцать двенадцать "
    "тринадцать четырнадцать пятнадцать двадцать тридцать сорок пятьдесят шестьдесят девяносто пару пара несколько "
    "полтора полторы пол бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жүз бірнеше жарты"
)
BETWEEN = listed("a an of")
WHOLE_DURATIONS = listed("полгода полчаса полдня полутора fortnight полминуты")
PERCENT = ("percent", "процент", "пайыз")
DURATIONS = listed(
    "second seconds sec secs minute minutes min mins hour hours hr hrs h day days week weeks month months year years "
    "night nights секунд секунды секунду минут минуты минуту мин час часа часов день дня дней сутки суток недель "
    "недели неделю месяц месяца месяцев год года лет ночь ночи ночей минутқа сағат сағатта сағаттан күн күнде күнге "
    "күннен апта аптада аптадан ай айда айдан жыл жылда неделю неделе неделей днём днями часами месяцу суток сутками "
    "dney dnei dnya dnia dni nedeli nedel nedelyu chasov chasa chas mesyatsev mesyatsa minut goda kun kunnen apta "
    "sagat gün gun gündür hafta saat dakika yıl tage tagen stunden wochen monate monaten jahre días dias horas "
    "semanas meses años jours heures semaines mois ans giorni ore settimane mesi anni godzin godziny tygodnie "
    "miesiące miesięcy lat"
)
# Kazakh words take endings: күнінен, аптаның, маусымға.
KAZAKH_DURATIONS = listed("күн апта ай жыл сағат минут секунд тәулік")
KAZAKH_MONTHS = listed("қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан")
KAZAKH_ENDINGS = listed(
    "ға ге қа ке на не да де та те нда нде дан ден тан тен нан нен ның нің дың дің тың тің ны ні ды ді ты ті мен бен "
    "пен ы і сы сі ына іне сына сіне ында інде сында сінде ынан інен сынан сінен ының інің ын ін лық лік дық дік тық "
    "тік дай дей тай тей лар лер дар дер тар тер ғы гі дағы дегі"
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
# What the number of an article stands behind, and before: `статья 25`, `25-бап`.
LAWS = listed("article articles art статья статьи статье статью статьёй статьей статей ст бап statya")
LAWS_BEHIND = ("бап", "баб")
