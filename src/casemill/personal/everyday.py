"""Everyday words and brands of English, Russian and Kazakh support talk: never looked for as somebody's name."""

from functools import lru_cache

from casemill.personal import everyday_things as things
from casemill.personal.words import COMMON, NOT_PEOPLE, TITLES, WEEKDAYS, listed

_ENGLISH = listed(
    "a able about above absolutely accept access accident account across act action actually add added address adult "
    "advance advice afraid after afternoon again against age ago agree ahead airline airport all allow almost alone "
    "along already alright also although always am amount an and angry annual another answer any anybody anymore "
    "anyone anything anyway apart apologies apologize apology app apparently appear apple application apply appoint "
    "appointment appreciate approve approximately are area around arrange arrival arrive arrived article as ask asked "
    "asking assist assistance assume at attach attached attempt attention author auto available average avoid await "
    "aware away awesome awful baby back bad bag baggage balance bank bar base based basic be became because become bed "
    "been before began begin behind being believe below benefit beside best better between beyond big bill billing bit "
    "block blocked board body book booked booking both bottle bottom bought box brand break brief bring broke broken "
    "brother brought browser budget build business busy but button buy by bye cabin call called caller came can cancel "
    "canceled cancellation cancelled cannot car card cards care carefully carrier carry case cash catch cause center "
    "certain certainly chair challenge chance change changed charge charged charger chat cheap check checked checking "
    "checkout cheers child children choice choose chosen city claim class clean clear clearly click "
    "client close closed "
    "code coffee cold color colour come comes comfortable coming comment common community company compare compensation "
    "complain complaint complete completed completely complicated concern concerned concerning confirm confirmation "
    "confirmed confused connect connected connection consider contact continue contract control conversation cool copy "
    "correct correctly cost could country couple coupon courier course cover covered create created credit currency "
    "current currently custom customer customers cut daily damage damaged data date daughter day days deal dear debit "
    "decide decided declined deep default defective definitely delay delayed delete deliver delivered delivery demand "
    "department departure deposit description deserve desk detail details device did didn die difference different "
    "difficult dinner direct directly disappointed discount discuss dispatch display dispute do doctor document does "
    "doesn dog doing dollar dollars don done door double doubt down download draft dress drive driver drop due during "
    "each earlier early easily east easy economy either electronic else email emails emergency employee empty enable "
    "end ended enjoy enough ensure enter entire entirely equipment error especially even evening event eventually ever "
    "every everybody everyone everything exact exactly example excellent except exchange excited excuse exist expect "
    "expected expensive experience expired explain express extra extremely eye face fact fail failed failure fair fall "
    "false family far fast faster father fault favor favorite feature fee feedback feel feeling fees few figure file "
    "fill final finally find fine finish finished first fit five fix fixed flight flights follow following food for "
    "force forget forgot form former forward forwarded found four frame free friday friend friendly friends from front "
    "frustrated frustrating full fully fund funds further future game garden gave general get gets getting gift girl "
    "give given giving glad go goes going gone good goods got great green greetings ground group guarantee guess guest "
    "guide had hair half hand handle hang happen happened happy hard has hate have haven having he head health hear "
    "heard heavy hello help helped helpful helping her here hers hey hi high him his history hit hold holiday home "
    "honestly hope hopefully hospital hotel hour hours house how however huge human husband i idea identify if ignore "
    "image imagine immediate immediately important impossible in inbox include included including incorrect increase "
    "indeed info inform information initial inquiry inside install instead instruction instructions insurance interest "
    "interested international internet into invalid invoice is issue issued issues it item items its itself job join "
    "joke just keep kept key kids kind kindly kitchen knew know known lamp language laptop large last "
    "late later latest "
    "law leave leaving left legal less let letter level life light like likely limit limited line link list listed "
    "listen little live loan local locate located location lock locked log logged login logistics long longer look "
    "looked looking lose loss lost lot love low lower loyalty luck luggage lunch machine made madam mail main make "
    "making man manage manager many mark market master matter matters may maybe me mean means medical medicine meet "
    "meeting member membership mention mentioned menu mess message messages method middle might mile mind mine minimum "
    "minute minutes miss missed missing mistake mobile mode model mom moment monday money month monthly months more "
    "morning most mother move moved much multiple must my myself name named names near nearly necessary need needed "
    "needs neither network never new news next nice night no nobody none nor normal normally north not note nothing "
    "notice notification now number numbers obviously october of off offer office official often oh ok okay old on "
    "once one online only open opened operator opinion opportunity option options or order ordered orders ordinary "
    "original other others otherwise our ours out outside over overall overnight own owner pack package page paid pain "
    "pair paper parcel pardon parent park part partial particular partner party pass passenger password past patient "
    "pay payment payments pending people per percent perfect perhaps period permanent person personal phone photo pick "
    "picked picture piece pin place plan plans platform play please pleased pleasure plus pm pocket "
    "point points policy "
    "poor popular portal possible possibly post postal posted power practice prefer premium present press pretty "
    "previous previously price prices print printer priority private probably problem problems process processed "
    "processing product products profile program promise promised promo promotion proof proper properly protect prove "
    "provide provided provider public purchase purchased purpose put quality quantity question questions quick quickly "
    "quiet quite quote rate rather reach read ready real really reason receipt receive received recent recently "
    "recommend record red reduce reference refund refunded refunds refuse regard regarding regards region register "
    "registered regular related relation release remain remaining remember remind reminder remote remove removed rent "
    "repair repeat replace replaced replacement reply report reported representative request requested require "
    "required reschedule reservation reset resolve resolved respond response rest restaurant result return returned "
    "returning returns review ride right ring room round route rude rule run running sad safe said sale same "
    "sandwich satisfied saturday save saved saw say saying says scam schedule scheduled school screen screenshot sea "
    "search season seat second seconds secret section secure security see seem seems seen select self sell seller send "
    "sending senior sense sent separate serious seriously serve server service services session set setting settings "
    "seven several shall share she ship shipment shipped shipping shoes shop shopping short should show showed shower "
    "shown side sign signature signed silver similar simple simply since sincerely single sir sister sit "
    "site situation "
    "six size sleep slow small smart so sofa software sold solution solve solved some somebody someone something "
    "sometimes somewhere son soon sorry sort sound source south space speak special specific specifically spend spent "
    "spoke staff stand standard start started state statement station status stay step steps still stolen stop store "
    "story straight strange street strong stuck student stuff stupid subject submit submitted subscribe subscription "
    "success successfully such suddenly suggest suit summary sunday super supervisor supply support supposed sure "
    "surely surprise sweet switch system table tablet take taken takes taking talk talked tax team tech technical tell "
    "temporary ten term terms terrible test text than thank thanks that the their them themselves then there therefore "
    "these they thing things think third this those though thought thousand three through throughout thursday ticket "
    "tickets time times tired title to today together told tomorrow tonight too took top total totally touch toward "
    "town track tracking trade train transaction transfer transferred transport travel treat trip trouble true trust "
    "try trying tuesday turn twice two type unable under understand understood unfortunately unhappy unit unless "
    "unlock until up update updated upgrade upload upon upset urgent urgently us usage use used useful user username "
    "using usual usually valid valuable value various verified verify version very via view visit voice volume voucher "
    "wait waited waiting wallet want wanted wants warm warning warranty was wash wasn waste watch water way we wear "
    "iban iin imei ssn "
    "weather web website wednesday week weekend weekly weeks weight weird welcome well went were west what whatever "
    "when where wherever whether which while white who whole whom whose why wide wife wifi will window "
    "winter wish with "
    "within without woman won wonder wonderful wooden word words work worked working works world worried worry worse "
    "worst worth would write writing written wrong wrote yeah year yearly years yellow yep yes yesterday yet you young "
    "your yours yourself zero zip zone passport scan visa copy upload attachment pdf png jpg jpeg docx "
    "csv tool tools won't can't don't marine martini marked martian"
)
_RUSSIAN = listed(
    "тупой тупая тупые тупо глупый глупая глупые глупо дурак дура дураки дурацкий идиот идиоты бесполезный наглый "
    "а абонемент автоответ адрес адреса аккаунт акция алло анкета аптека банк баланс без благодарю блин более больше "
    "большое брат бронь будет будете будут будьте бумага бы был была были было быстро быть в вам вами ваш ваша ваше "
    "ваши вашу вдруг ведь везде вернуть вернули верните верно вечер вечера вещь взять видимо видно виноват вместо вниз "
    "вновь во вода возврат возврата возможно возможность вообще вопрос вопросы вот время все всегда всего всем всех "
    "всю вся второй вход вчера вы выбрать выше где главное говорит говорят год гость город готов да давайте давно даже "
    "дай дайте далее данные дата два две дверь делать дело денег день деньги дети для дня до добавить добрый доброе "
    "доброго договор документ долго должен должна должно дом дома дорого доставка доставки доставку доставили достали "
    "другой друг ее ей ему если есть еще ещё же жалоба жалобу ждать жду жена жены за заберите забрал заказ заказа "
    "заказал заказала заказе заказов заказы закрыть замена замену заменить запрос заранее зарядка заявка заявку "
    "здравствуйте здесь зачем звонил звонила звоните звонок значит знать знаете знаю и из извините или им имя иначе "
    "иногда информация использовать их к каждый кажется как какая какие какой карта карте карту карты касса квартира "
    "квитанция клиент когда код кого количество коллеги компания кому конечно конец контакт который которая которые "
    "кроме кстати кто куда купил купила курьер курьера курьеру ладно лет ли лишь личный лучше любой магазин мало "
    "мастер между меня менеджер меньше месяц место мне много могли могу можем может можете можно мой моё мои мою моя "
    "муж мужа мы на над надо назад название наконец нам написал написала написать напишите наш наша не него неделя "
    "неделю недавно нельзя немного неправильно несколько нет неужели ни никак никто ничего но новый номер ночь ну "
    "нужен нужна нужно о об обещали обмен обратно обращение обращения обслуживание общий один одна одну ожидание "
    "ожидаю оказалось около он она они оплата оплатил оплатила оплату оплаты опять оператор операция оставить остаток "
    "от ответ ответа ответить ответьте отдел отзыв откройте отказ отлично отменить отмена отмените отправил отправили "
    "отправить очень ошибка ошибку пакет пароль первый перевод переведите перезвоните письмо письма письмо плохо по "
    "повторно под подарок поддержка подождите подписка подписку подскажите пожалуйста позвоните пока показывает "
    "покупка покупку покупатель половина получается получил получила получить получатель поменять помогите помочь "
    "помощь понимаю понятно пора послать после посмотрите посылка посылку почему почта почту правда правильно право "
    "предложение представьте прежде претензия при привезли привет привезите приехал приложение приложении примите "
    "принято пришел пришла пришло пришлите про проблема проблему проблемы проверить проверьте проверка продавец "
    "продукт произошло просит просто прошло прошу прямо пусть работа работает рада раз разве размер разобраться раньше "
    "рассрочка ребенок регистрация рекламация решение решить рубль рядом с сам сайт сама сведения свой сделал сделали "
    "сделать сделайте себе себя сегодня сейчас сервис сестра сила система скажите скажу скидка скидку сколько скоро "
    "слишком случай смогу снова со сообщение сообщите сообщили состояние спасибо списали списание спросите сразу срок "
    "срочно ссылка стало старый статус стоимость стоит страница сумма сумму счет считаю сын так такая также такой там "
    "телефон телефона теперь терпение тест техподдержка тип то тоже только товар товара товары тогда того той том тот "
    "точно требую три ту тут ты у уберите уважаемый уважаемая уважаемые уважением увы удалите удалить ужас ужасно уже "
    "узнать укажите указан улица упаковка услуга услуги условия успел утро утра уточните ушел файл форма хватит хорошо "
    "хотел хотела хотите хотя хочу цвет целый цена цену центр час часто часть чек человек чем через что чтобы чуть "
    "чье экран эта эти это этого этой этом этот эту я является "
    "бик бин иин инн кпп огрн снилс"
)
_KAZAKH = listed(
    "адам ай айтыңыз айтыңызшы ал алдым алды алды алу алғыс аптада арқылы ата-ана ақша ақшамды ақшаны аға апа ағай "
    "банк бар барлық бас басқа баға беру бердім берді беріңіз беріңізші болады болды болмайды болып болса бос бойынша "
    "бірақ бір біз бізге бәрі бүгін бұл бұрын да дайын дегенмен деген дейін деп до дүкен дұрыс ең ертең енді егер еді "
    "екі емес есеп есептік жаңа жазыңыз жазыңызшы жақсы жауап жеткізу жеткізді жеткізілім жеткізілмеді жоқ жұмыс жүйе "
    "жібердім жіберіңіз жіберді зат және иә карта картам картама кейін келді келмеді кеш кешіріңіз керек кім кеше "
    "кепілдік көмек көмектесіңіз көмектесіңізші көп курьер күн күні күтіп қазір қайда қайтару қайтарыңыз қалай қала "
    "қандай қате қашан қосымша қоңырау құрметті құжат құпиясөз қызмет қыз мама мен менің маған мәселе "
    "мекенжай мемлекет "
    "мүмкін на не неге немесе нөмір нөмірі нөмірім ол олар осы өз өзім өте өтініш өтінемін павлодар пайдаланушы пошта "
    "рахмет рақмет сайт сайтта саған сатып сондықтан сол сонда сіз сізге сіздер сіздің сәлем сәлеметсіз "
    "сәлеметсіздер ма сұрақ сұраймын сұрау табыс тағы тауар тез тексеріңіз телефон телефоным төледім төлем толық "
    "тапсырыс тапсырысым тапсырыстың тапсырыс туралы түскен ұлым үй үшін үлкен хабарласыңыз хабарлама хат шығарма "
    "шот шығын әйел әйелім әке әлі әрине ісі жсн бсн"
)
_BRANDS = listed(
    "adidas airbnb alexa aliexpress alipay amazon amex android apple asus bluetooth booking chrome dell dhl discord "
    "disney dyson ebay edge etsy excel facebook fedex firefox fitbit freshdesk galaxy gmail google gopro halyk hbo "
    "hotmail hp huawei hulu ikea imac instagram intel intercom ios ipad iphone jira jusan kaspi kindle lenovo lg "
    "linkedin linux lyft macbook macos maestro mastercard messenger microsoft mir motorola netflix netgear nike "
    "nintendo nokia notion nvidia okta opera oracle outlook ozon panasonic paypal philips pinterest pixel playstation "
    "prime qiwi roku safari salesforce samsung sberbank shopify siemens siri skype slack snapchat sony spotify "
    "starbucks steam stripe swift target telegram tesla tiktok toyota twitter uber ups usps venmo verizon viber visa "
    "walmart whatsapp wifi wildberries windows wordpress xbox xiaomi yahoo yandex youtube zendesk zoom "
    "айфон алиэкспресс "
    "андроид билайн виндовс ватсап вайбер вайлдберриз виза гугл инстаграм инстаграмм каспи мегафон мтс озон самсунг "
    "сбер сбербанк теле2 телеграм телеграмм халык халық хром яндекс"
)
_EVERYDAY = (
    _ENGLISH
    | _RUSSIAN
    | _KAZAKH
    | _BRANDS
    | things.ENGLISH
    | things.RUSSIAN
    | things.KAZAKH
    | things.ABROAD
    | NOT_PEOPLE
    | TITLES
    | WEEKDAYS
)
_MONTHS = listed(
    "january february march april june july august september october november december jan feb mar apr jun jul aug sep "
    "sept oct nov dec январь января февраль февраля марта апрель апреля мая июнь июня июль июля август "
    "августа сентябрь "
    "сентября октябрь октября ноябрь ноября декабрь декабря қаңтар ақпан наурыз сәуір мамыр маусым шілде "
    "тамыз қыркүйек "
    "қазан қараша желтоқсан"
)
_WORDS = _EVERYDAY | _MONTHS


# Names for all that: where one stands beside a name, or capitalised by itself where a name is expected.
_NAMES_TOO = COMMON | listed(
    "banks best bill case day don downs ford good green house key little long love marks mays may miles "
    "mark page parks "
    "powers price sellers short small strong waters weeks wells west white winters young adam alexa august summer "
    "beer burger corona curtain ham mayo қымбат тамаша"
)
_ENGLISH_STEMS = _ENGLISH | things.ENGLISH
_ENDINGS = (("'s", 3), ("s", 3), ("es", 4), ("ed", 4), ("d", 4), ("ing", 4), ("ly", 4))


# Most words of a text were met before.
@lru_cache(maxsize=32768)
def is_everyday(word: str) -> bool:
    """Whether a word as `plain` gives it, or without a plural or past ending, says nothing about who is meant."""
    if word in _WORDS:
        return True
    return any(
        word.endswith(ending) and len(word) - len(ending) >= least and word[: -len(ending)] in _ENGLISH_STEMS
        for ending, least in _ENDINGS
    )


def is_name_too(word: str) -> bool:
    """Whether people are called so, although it is an everyday word: Mark, White, Надежда."""
    return word in _NAMES_TOO
