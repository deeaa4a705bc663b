# ruff: noqa: E501 - word lists are read many to a line
# fmt: off
"""Sentences as Russian news writes them: people in every case among organizations, offices and places."""

from synthetic.cyrillic_declension import noun
from synthetic.cyrillic_foreign import FOREIGN_SURNAMES, respelt_names
from synthetic.cyrillic_people import PEOPLE, bare_surname
from synthetic.cyrillic_places import town
from synthetic.cyrillic_scribe import Grammar, Scribe, marked
from synthetic.cyrillic_support import role
from synthetic.cyrillic_words import ordinary, ordinary_sentence

OFFICES = {
    "nom": "президент премьер-министр вице-президент министр генерал губернатор мэр депутат сенатор посол директор тренер адвокат защитник прокурор следователь писатель режиссёр актёр певец музыкант журналист редактор учёный профессор академик доктор историк экономист аналитик космонавт астронавт спортсмен гроссмейстер чемпион нападающий полузащитник вратарь судья капитан полковник архиепископ патриарх король принц канцлер лидер глава председатель руководитель представитель пресс-секретарь бизнесмен миллиардер банкир активист правозащитник политолог эксперт блоггер художник поэт архитектор композитор хакер изобретатель программист инженер врач",
    "gen": "президента премьер-министра вице-президента министра генерала губернатора мэра депутата сенатора посла директора тренера адвоката защитника прокурора следователя писателя режиссёра актёра певца музыканта журналиста редактора учёного профессора академика доктора историка экономиста аналитика космонавта астронавта спортсмена гроссмейстера чемпиона нападающего полузащитника вратаря судьи капитана полковника архиепископа патриарха короля принца канцлера лидера главы председателя руководителя представителя пресс-секретаря бизнесмена миллиардера банкира активиста правозащитника политолога эксперта блоггера художника поэта архитектора композитора хакера изобретателя программиста инженера врача",
    "dat": "президенту премьер-министру вице-президенту министру генералу губернатору мэру депутату сенатору послу директору тренеру адвокату защитнику прокурору следователю писателю режиссёру актёру певцу музыканту журналисту редактору учёному профессору академику доктору историку экономисту аналитику космонавту астронавту спортсмену гроссмейстеру чемпиону нападающему полузащитнику вратарю судье капитану полковнику архиепископу патриарху королю принцу канцлеру лидеру главе председателю руководителю представителю пресс-секретарю бизнесмену миллиардеру банкиру активисту правозащитнику политологу эксперту блоггеру художнику поэту архитектору композитору хакеру изобретателю программисту инженеру врачу",
    "ins": "президентом премьер-министром вице-президентом министром генералом губернатором мэром депутатом сенатором послом директором тренером адвокатом защитником прокурором следователем писателем режиссёром актёром певцом музыкантом журналистом редактором учёным профессором академиком доктором историком экономистом аналитиком космонавтом астронавтом спортсменом гроссмейстером чемпионом нападающим полузащитником вратарём судьёй капитаном полковником архиепископом патриархом королём принцем канцлером лидером главой председателем руководителем представителем пресс-секретарём бизнесменом миллиардером банкиром активистом правозащитником политологом экспертом блоггером художником поэтом архитектором композитором хакером изобретателем программистом инженером врачом",
}
COMPANIES = ("Газпром", "Роснефть", "Лукойл", "Сбербанк", "ВТБ", "Аэрофлот", "Яндекс", "Мегафон", "Билайн", "Казахтелеком", "Казпочта", "КазМунайГаз", "Северсталь", "Норникель", "Алроса", "Ростелеком", "Магнит", "Русал", "Боинг", "Тойота", "Самсунг", "Сименс", "Филипс", "Нокиа", "Гугл", "Эппл", "Майкрософт", "Facebook", "Google", "Apple", "Microsoft", "Intel", "BBC", "CNN", "Reuters", "Siemens", "Boeing", "Samsung")
QUOTED = ("Спартак", "Зенит", "Динамо", "Локомотив", "Реал", "Ювентус", "Единая Россия", "Справедливая сила", "Новая газета", "Коммерсант", "Ведомости", "Известия", "Труд", "Эхо столицы", "Мемориал", "Яблоко", "Родина", "Время", "Мир", "Прогресс", "Рассвет", "Альянс", "Вымпел", "Заря", "Восток", "Витязь", "Орион", "Сириус", "Алтын", "Нур", "Союз", "Норд", "Техносила", "Авангард")
BODIES = ("Госдума", "МВД", "ФСБ", "МИД", "ООН", "НАТО", "ЕС", "ОБСЕ", "ФИФА", "МОК", "ЮНЕСКО", "МЧС", "Минобороны", "Минфин", "Центробанк", "Интерфакс", "ИТАР-ТАСС", "РИА Новости", "Конгресс", "Верховный суд", "Конституционный суд", "Следственный комитет", "Кремль", "Белый дом", "Пентагон", "Генпрокуратура", "Роспотребнадзор", "Европейский союз", "Совет Европы", "Красный Крест", "Еврокомиссия", "Хамас", "Аль-Джазира", "Академия наук", "Союз писателей", "Московский университет")


def office(scribe: Scribe, case: str) -> str:
    return scribe.one(tuple(OFFICES[{"acc": "gen", "pre": "nom"}.get(case, case or "nom")].split()))


def organization(scribe: Scribe, _: str) -> str:
    drawn = scribe.chance.random()
    if drawn < 0.3:
        return marked("ORG", scribe.one(COMPANIES))
    if drawn < 0.65:
        return marked("ORG", scribe.one(BODIES))
    name = scribe.one(QUOTED) if scribe.often(0.7) else scribe.one(respelt_names("surnames"))
    if drawn < 0.9:
        # The gold sets end an organization before its closing quote; the opening word belongs to it.
        return marked("ORG", f"{scribe.pick('компания', 'компании', 'партии', 'клуба', 'газеты', 'банка', 'движения', 'фонда')} «{name}") + "»"
    return "«" + marked("ORG", name) + "»"


def monument(scribe: Scribe, _: str) -> str:
    """A thing called after somebody is a place or an organization, and holds a person too."""
    return f"{scribe.pick('памятника', 'музея', 'театра имени', 'университета им.', 'дома-музея', 'парка имени')} {marked('NAME', bare_surname(scribe, 'gen'))}"


def prize(scribe: Scribe, _: str) -> str:
    return marked("NAME", noun(scribe.one(FOREIGN_SURNAMES), "gen"))


GRAMMAR: Grammar = {
    **PEOPLE,
    "office": office,
    "ordinary": ordinary,
    "role": role,
    "chatter": ordinary_sentence,
    "org": organization,
    "town": town,
    "monument": monument,
    "prize": prize,
    "score": ("1:0", "0,5:0,5", "2:1", "6:4, 6:2", "3:3", "0:1 1:0"),
    "adj": ("российский", "американский", "бывший", "известный", "новый", "британский", "немецкий", "японский", "грузинский", "украинский", "знаменитый", "местный", "французский", "казахстанский", "первый", "экс-чемпион мира", "турецкий", "пакистанский", "израильский", "московский"),
    "adj_gen": ("российского", "американского", "бывшего", "известного", "нового", "британского", "немецкого", "японского", "грузинского", "украинского", "знаменитого", "местного", "казахстанского", "первого"),
    "adj_ins": ("российским", "американским", "бывшим", "известным", "новым", "британским", "немецким", "японским", "грузинским", "украинским", "первым"),
    "adj_dat": ("российскому", "американскому", "бывшему", "известному", "новому", "японскому", "первому"),
    "who": ("{newsmaker.nom}", "{newsmaker.nom}", "{office.nom} {newsmaker.nom}", "{adj} {office.nom} {newsmaker.nom}", "{office.nom} {org} {newsmaker.nom}", "глава {org} {newsmaker.nom}", "{office.nom} {town.gen} {newsmaker.nom}", "{newsmaker.nom}, {office.nom} {org},"),
    "whom_gen": ("{newsmaker.gen}", "{newsmaker.gen}", "{office.gen} {newsmaker.gen}", "{adj_gen} {office.gen} {newsmaker.gen}", "{office.gen} {town.gen} {newsmaker.gen}", "главы {org} {newsmaker.gen}"),
    "whom_dat": ("{newsmaker.dat}", "{newsmaker.dat}", "{office.dat} {newsmaker.dat}", "{adj_dat} {office.dat} {newsmaker.dat}"),
    "whom_acc": ("{newsmaker.acc}", "{newsmaker.acc}", "{office.acc} {newsmaker.acc}", "{adj_gen} {office.acc} {newsmaker.acc}"),
    "whom_ins": ("{newsmaker.ins}", "{newsmaker.ins}", "{office.ins} {newsmaker.ins}", "{adj_ins} {office.ins} {town.gen} {newsmaker.ins}"),
    "said": ("заявил<|а>", "сообщил<|а>", "отметил<|а>", "подчеркнул<|а>", "рассказал<|а>", "добавил<|а>", "напомнил<|а>", "пояснил<|а>", "считает", "полагает", "уверен<|а>", "утверждает", "признал<|а>", "объявил<|а>", "предположил<|а>", "сказал<|а>", "написал<|а> в своём блоге", "говорит"),
    "did": ("подал<|а> в отставку", "прибыл<|а> с визитом в {town.acc}", "посетил<|а> {town.acc}", "возглавил<|а> {org}", "отказал<ся|ась> от комментариев", "подписал<|а> указ", "выступил<|а> с докладом", "был<|а> задержан<|а> в {town.pre}", "умер<|ла> в возрасте 79 лет", "родил<ся|ась> в 1952 году в {town.pre}", "получил<|а> премию", "забил<|а> гол на 54-й минуте", "вышел из состава {org}", "встретил<ся|ась> с {witness.ins}", "обвинил<|а> {witness.acc} во лжи", "победил<|а> в первом туре", "занял<|а> второе место", "поздравил<|а> {witness.acc} с победой", "сменил<|а> {witness.acc} на посту", "проиграл<|а> {witness.dat}", "провёл переговоры с {witness.ins}", "направил<|а> письмо {witness.dat}", "приговорён<|а> к 9 годам тюрьмы", "окончил<|а> университет", "стал<|а> лауреатом", "примет участие в акции", "завершил<|а> карьеру", "улетел<|а> в {town.acc}", "попросил<|а> убежища", "уволил<|а> {witness.acc}", "назначил<|а> {witness.acc} своим заместителем"),
    "fact": ("переговоры пройдут в {town.pre}", "ситуация под контролем", "цены на нефть вырастут", "выборы состоятся в марте", "закон вступит в силу 1 января", "доказательств нет", "решение было принято правильно", "работы завершены в срок", "инцидент не повлияет на отношения с {town.ins}", "сделка оценивается в 120 млн долларов", "команда готова к матчу", "пострадавших нет", "{org} не при чём", "экспедиция вернётся в июне", "экономика растёт на 4,5 процента в год"),
    "tail": (".", ".", ".", ", сообщает {org}.", ", передаёт {org}.", " в понедельник.", " 21 мая 2011 года.", ", пишет газета.", " в интервью {org}."),
    "news": (
        "{who} {said}, что {fact}{tail}", "{who} {said}, что {fact}{tail}", "{who} {did}{tail}", "{who} {did}{tail}", "{who} {did}{tail}", "{who} {did}, {said} {witness.nom}{tail}",
        "«{fact}», — {said} {who}.", "По словам {whom_gen}, {fact}.", "По мнению {whom_gen}, {fact}{tail}", "Как {said} {who}, {fact}.", "Об этом {said} {who}{tail}", "Согласно {newsmaker.dat}, {fact}.", "Со ссылкой на {whom_acc} {org} сообщает, что {fact}.",
        "В ходе встречи с {whom_ins} {witness.nom} {said}, что {fact}.", "В {town.pre} прошла встреча {whom_gen} с {witness.ins}.", "{org} поддержал {whom_acc}.", "{org} обвинил {whom_acc} в коррупции.", "Дело {newsmaker.gen} передано в суд.", "Адвокат {newsmaker.gen} {witness.nom} подал жалобу.", "Защита {newsmaker.gen} обжалует приговор.",
        "Семья {newsmaker.gen} живёт в {town.pre}.", "Жена {newsmaker.gen} {witness.nom} не пришла в суд.", "Сын {newsmaker.gen} учится в {town.pre}.", "Отец {newsmaker.gen} работал инженером.", "Брат {newsmaker.gen} {witness.nom} {did}.", "Сторонники {newsmaker.gen} вышли на улицы {town.gen}.", "Администрация {newsmaker.gen} не комментирует слухи.", "Правительство {newsmaker.gen} ушло в отставку.",
        "Суд в {town.pre} вынес приговор {whom_dat}.", "Премию вручили {whom_dat}.", "Обвинение предъявлено {whom_dat}.", "Письмо адресовано {whom_dat}.", "Слово дали {whom_dat}.", "{org} выплатит {newsmaker.dat} компенсацию.", "Помощь {newsmaker.dat} оказали медики {town.gen}.",
        "Среди задержанных — {newsmaker.nom}, {witness.nom} и {other.nom}.", "В составе делегации: {newsmaker.nom}, {witness.nom}.", "На сцену вышли {newsmaker.nom} и {witness.nom}.", "Победили {newsmaker.nom}, {witness.nom} и {witness.nom}.", "{newsmaker.nom} ({town.nom}) обыграл<|а> {witness.acc} со счётом 6:4, 6:2.", "Голы: {newsmaker.nom}, 12, {witness.nom}, 45.", "Экипаж: {newsmaker.nom}, {witness.nom} и {witness.nom}.",
        "Следующим {office.ins} станет {newsmaker.nom}.", "Новым {office.ins} {town.gen} назначен<|а> {newsmaker.nom}.", "Пост {office.gen} займёт {newsmaker.nom}.", "Его сменит {newsmaker.nom}.", "Кандидатуру {newsmaker.gen} поддержали в {org}.", "За {newsmaker.acc} проголосовали 52 процента.", "Против {newsmaker.gen} возбуждено дело.", "С {newsmaker.ins} прекращён контракт.", "О {newsmaker.pre} пишут все газеты.", "Вместо {newsmaker.gen} приедет {witness.nom}.", "Кроме {newsmaker.gen}, приз получил {witness.nom}.", "Вместе с {newsmaker.ins} прибыл {witness.nom}.",
        "Книга {newsmaker.gen} вышла в {town.pre}.", "Фильм {newsmaker.gen} показали на фестивале.", "Роман {newsmaker.gen} переведён на 12 языков.", "По роману {newsmaker.gen} снимут сериал.", "Выставка {newsmaker.gen} открылась у {monument}.", "Теория {newsmaker.gen} не подтвердилась.", "Митинг у {monument} начался в 19 часов.", "Премия имени {prize} присуждена {witness.dat}.", "В роли {newsmaker.gen} снял<ся|ась> {witness.nom}.", "Режиссёр — {newsmaker.nom}, в главных ролях {witness.nom} и {other.nom}.",
        "{newsmaker.nom} — {witness.nom} {score}", "• {newsmaker.nom} — {witness.nom} {score}\n• {witness.nom} — {newsmaker.nom} {score}", "{newsmaker.nom} – {witness.nom}, {score}", "Матч {newsmaker.nom} — {witness.nom} состоится в {town.pre}.", "Бой {newsmaker.nom} - {witness.nom} отменён.", "{newsmaker.nom} ({latin_name}) {did}.", "{newsmaker.gen} ({latin_name}) {ordinary}.", "{newsmaker.nom} ({latin_name}), {office.nom}, {did}.",
        "Болельщики {newsmaker.gen} {ordinary}.", "Рейсы в {town.acc}, {town.acc} и {town.acc} отменены.", "Беспорядки в {town.pre}, {town.pre} и {town.pre}.", "{newsmaker.nom} не полетит в {town.acc}, а {witness.nom} вернётся.",
        "{newsmaker.nom}: {fact}.", "{newsmaker.nom} и {witness.nom} {said}, что {fact}.", "{newsmaker.nom}, которому исполнилось 43 года, {did}.", "{newsmaker.nom} (слева) и {witness.nom} в {town.pre}.", "{newsmaker.nom} — {office.nom}, {office.nom}, живёт в {town.pre}.", "{newsmaker.nom} ({newsmaker.nom}) {did}.", "Однако {newsmaker.nom} {did}.", "При этом {newsmaker.nom} {said}, что {fact}.", "Тем временем {newsmaker.nom} {did}.", "Ранее {newsmaker.nom} {did}.", "Сам<|а> {newsmaker.nom} {said}, что {fact}.", "Напомним, {newsmaker.nom} {did}.", "Тогда же {newsmaker.nom} {did}.", "{office.nom} {newsmaker.nom} {did}.",
        "Но {org} и {newsmaker.nom} договорились.", "Позднее {newsmaker.acc} освободили.", "{newsmaker.acc} арестовали в {town.pre}.", "{newsmaker.acc} выдвинули на пост {office.gen}.", "{newsmaker.dat} грозит до 10 лет.", "{newsmaker.dat} удалось бежать.", "{newsmaker.ins} заинтересовал<ся|ась> {org}.", "Интерес к {newsmaker.dat} растёт.", "{newsmaker.gen} нет в списке.", "У {newsmaker.gen} нашли документы.", "У {newsmaker.gen} двое детей.", "От имени {newsmaker.gen} выступил {witness.nom}.", "Для {newsmaker.gen} это первый титул.", "Памяти {newsmaker.gen} посвящён вечер.",
        "После смерти {newsmaker.gen} {org} возглавил {witness.nom}.", "Во времена {newsmaker.gen} {fact}.", "При {newsmaker.pre} такого не было.", "{org}, основанный {newsmaker.ins}, переехал в {town.acc}.", "Указ подписан {newsmaker.ins}.", "Рекорд установлен {newsmaker.ins} в 1998 году.", "Компания принадлежит {newsmaker.dat}.", "Решение {newsmaker.gen} раскритиковал {witness.nom}.", "В отношениях {newsmaker.gen} и {witness.gen} наступил кризис.", "Разговор {newsmaker.gen} с {witness.ins} длился час.",
        "Власти {town.gen} запретили акцию.", "{fact}.", "Жители {town.gen} требуют отставки.", "По данным {org}, {fact}.", "В {town.pre} прошли выборы.", "Переговоры между {town.ins} и {town.ins} зашли в тупик.", "{org} и {org} подписали соглашение.", "В воскресенье в {town.pre} открылся форум.", "Акции {org} упали на 3 процента.", "Рейс из {town.gen} в {town.acc} задержан.", "Сборная {town.gen} вышла в финал.",
    ),
    "next": ("По его словам, {fact}.", "Он{} добавил, что {fact}.".replace("{}", "<|а>"), "{newsmaker.nom} {did}.", "{witness.nom} {said}, что {fact}.", "Ранее {org} {fact}.", "Позже {newsmaker.nom} {said}, что {fact}.", "{fact}."),
}  # fmt: skip
FRAMES = ("{ordinary} {role.CASE} {newsmaker.CASE} {ordinary}.", "{role.CASE} {newsmaker.CASE} {ordinary}.", "{ordinary} {newsmaker.CASE} {ordinary}.", "{ordinary} {newsmaker.CASE}.", "{newsmaker.CASE} {ordinary}.", "{ordinary} {office.nom} {newsmaker.CASE} {ordinary}.", "{ordinary}, {newsmaker.CASE} {ordinary}.", "{ordinary} {newsmaker.CASE} и {witness.CASE} {ordinary}.", "{ordinary} {newsmaker.CASE} ({town.nom}) {ordinary}.", "{ordinary} «{ordinary}» {newsmaker.CASE} {ordinary}.")
CASES = ("nom", "gen", "dat", "acc", "ins", "pre")
NOBODY = ("{chatter}", "{chatter}", "{ordinary} {town.CASE} {ordinary}.", "{ordinary} в {town.pre} и {town.pre} {ordinary}.", "{ordinary} {town.gen}, {town.gen} и {town.gen}.", "{ordinary} {org} {ordinary}.", "{ordinary} {org}.", "{ordinary} в {town.CASE}.", "{office.CASE} {town.gen} {ordinary}.", "{ordinary} {office.CASE} {ordinary}.", "{ordinary} {adj} {ordinary}.", "{org} {ordinary}.", "{town.nom} {ordinary}.")
TEMPLATES = ("{news}",) * 24 + ("{news} {next}", "{news} {news}", "{news}\n\n{news}") * 6 + tuple(frame.replace("CASE", case) for frame in FRAMES for case in CASES)[::3] + tuple(frame.replace("CASE", case) for frame in NOBODY for case in ("nom", "gen", "ins"))
