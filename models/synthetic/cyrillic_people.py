# ruff: noqa: E501, SIM905 - word lists are read many to a line
"""People as Russian and Kazakh texts name them: every form of a name, in every case."""

from synthetic.cyrillic_declension import VOWELS, feminine_surname, kazakh, noun, patronymic, surname
from synthetic.cyrillic_foreign import (
    FOREIGN_MEN,
    FOREIGN_SURNAMES,
    FOREIGN_WOMEN,
    faker_list,
    faker_russian,
    respelt_names,
)
from synthetic.cyrillic_names import (
    DIMINUTIVES,
    FEMININE_DIMINUTIVES,
    KAZAKH_MEN,
    KAZAKH_ROOTS,
    KAZAKH_WOMEN,
    RUSSIAN_MEN,
    RUSSIAN_SURNAMES,
    RUSSIAN_WOMEN,
    SPEAKING_MEN,
    SPEAKING_WOMEN,
    in_russian,
)
from synthetic.cyrillic_scribe import Scribe, marked

PARTICLES = (
    "де",
    "ван",
    "фон",
    "дер",
    "аль",
    "ибн",
    "бен",
    "ди",
    "да",
    "Аль",
    "Эль",
    "Ван",
    "Де",
    "О",
    "Мак",
    "Сан",
    "тер",
    "Тер",
)
SYLLABLES = "Ли Ван Чжан Лю Чэнь Ян Чжао Хуан Чжоу У Ху Цзинь Тао Цзя Бао Вэнь Си Пин Ким Чен Ир Ын Пак Кын Хе Мун Чжэ Ин Ро Му Хён Со Ён Нгуен Ван Тхань Хо Ши Мин Чан Лам Сун Мэй Лин Фэн Юй Мин Дун Шэн Хун Сяо Пэн Вэй".split()
JOINED = "Цзиньтао Цзябао Цзиньпин Кэцян Дэхуай Сяопин Цзэминь Вэйвэй Дэмин Чжэхо Мёнбак Гынхе Вансик Минчжу Цихун Лицюань Сянлун Дзедун Юньлай Фэнхэ Чжунсюнь Гуанъяо".split()


def given_name(scribe: Scribe, kind: str) -> str:
    """A given name in the nominative; `kind` is russian, kazakh (in Russian spelling) or foreign."""
    if kind == "kazakh":
        if scribe.often(0.12):
            return in_russian(scribe.one(SPEAKING_WOMEN if scribe.feminine else SPEAKING_MEN))
        if scribe.often(0.15):
            return in_russian(coined(scribe))
        return in_russian(scribe.one(KAZAKH_WOMEN if scribe.feminine else KAZAKH_MEN))
    if kind == "foreign":
        hand, listed = (FOREIGN_WOMEN, "women") if scribe.feminine else (FOREIGN_MEN, "men")
        return scribe.one(hand if scribe.often(0.3) else respelt_names(listed))
    if scribe.often(0.12):
        return scribe.one(faker_russian("first_names_female" if scribe.feminine else "first_names_male"))
    return scribe.one(RUSSIAN_WOMEN if scribe.feminine else RUSSIAN_MEN)


def family_name(scribe: Scribe, kind: str) -> str:
    """A surname of the sentence's sex in the nominative."""
    if kind == "kazakh":
        root = in_russian(scribe.one(KAZAKH_ROOTS if scribe.often(0.6) else KAZAKH_MEN))
        name = root if scribe.often(0.1) else _with_ending(root, scribe)
    elif kind == "foreign":
        name = scribe.one(FOREIGN_SURNAMES if scribe.often(0.25) else respelt_names("surnames"))
        return name if scribe.often(0.8) else _foreign_compound(scribe, name)
    else:
        drawn = scribe.chance.random()
        name = (
            scribe.one(RUSSIAN_SURNAMES if drawn < 0.6 else faker_russian("last_names_male"))
            if drawn < 0.9
            else invented(scribe)
        )
    return feminine_surname(name) if scribe.feminine else name


def _with_ending(root: str, scribe: Scribe) -> str:
    if root[-1] in VOWELS or root[-1] in "йь":
        return root.rstrip("аяиыйьуеё") + "ев" if len(root) > 4 else root + "ев"
    return root + scribe.pick("ов", "ов", "ов", "ев", "ин")


ROOTS = "Бел Черн Сух Мокр Дуб Берез Гор Лес Пол Реч Мор Ветр Снег Гром Град Жар Зим Лет Весн Крас Син Жёлт Зелен Рыж Сед Стар Мал Больш Тих Бойк Смел Храбр Добр Зл Мудр Хитр Кос Крив Прям Толст Тонк Голов Рук Ног Нос Ух Глаз Зуб Волос Бород Ус Кот Соб Лис Медв Волч Зай Бел Мыш Крыс Гус Ут Кур Петух Ворон Сорок Ком Мух Жук Паук Рак Рыб Щук Карас Окун Хлеб Сол Мёд Чай Вин Пив Мельн Кузн Гонч Плотн Ткач Пасту Пахом Сав Лук Фом Кузьм Прох Тит Архип Евдоким Терент Лавр".split()
ENDINGS = (
    "ов",
    "ев",
    "ин",
    "кин",
    "иков",
    "енко",
    "ский",
    "чук",
    "юк",
    "як",
    "ко",
    "ченко",
    "овский",
    "евич",
    "ович",
    "цев",
    "ников",
    "анов",
    "ышев",
    "ушкин",
    "ец",
    "ук",
    "ак",
    "ун",
    "ань",
    "идзе",
    "швили",
    "ян",
    "унов",
    "ейкин",
    "аев",
    "ых",
)


def invented(scribe: Scribe) -> str:
    """A surname nobody need have, of a Russian root and a Russian, Ukrainian, Georgian or Armenian ending."""
    return scribe.one(tuple(ROOTS)) + scribe.one(ENDINGS)


def _foreign_compound(scribe: Scribe, name: str) -> str:
    drawn = scribe.chance.random()
    if drawn < 0.45:
        return f"{scribe.one(PARTICLES[:9])} {name}"
    if drawn < 0.8:
        return f"{scribe.one(PARTICLES[9:])}{scribe.pick('-', '-', ' ')}{name}"
    return f"{name}-{scribe.one(respelt_names('surnames'))}"


def _bent(name: str, case: str, *, feminine: bool) -> str:
    head, glue, last = name.rpartition(" ")
    return head + glue + surname(last, case, feminine=feminine)


def _father(scribe: Scribe, kind: str) -> str:
    listed = KAZAKH_MEN if kind == "kazakh" else RUSSIAN_MEN
    return patronymic(
        in_russian(scribe.one(listed)) if kind == "kazakh" else scribe.one(listed), feminine=scribe.feminine
    )


def _letter(scribe: Scribe) -> str:
    return scribe.one(tuple("АБВГДЕЖЗИКЛМНОПРСТУФХЧШЭЮЯ")) + "."


def initials(scribe: Scribe, case: str, *, kind: str) -> str:
    """Иванов И. И., И. Иванов, А.Б. Каримова …"""
    family = _bent(family_name(scribe, kind), case, feminine=scribe.feminine)
    gap = scribe.pick("", " ", " ")
    letters = _letter(scribe) + (gap + _letter(scribe) if scribe.often(0.65) else "")
    if scribe.often(0.5):
        return f"{family} {letters}"
    return f"{letters}{scribe.pick(' ', ' ', '')}{family}"


def asian(scribe: Scribe, case: str) -> str:
    """Ху Цзиньтао, Ким Чен Ир, Ли Со Ён: only the last piece is bent."""
    pieces = [scribe.one(tuple(SYLLABLES)) for _ in range(scribe.chance.choice((2, 3, 3)))]
    if scribe.often(0.55):
        pieces = [pieces[0], scribe.one(tuple(JOINED))]
    return " ".join((*pieces[:-1], noun(pieces[-1], case) if scribe.often(0.6) else pieces[-1]))


def full_name(scribe: Scribe, case: str, *, kind: str) -> str:
    """Given name and surname, in either order, with a patronymic at times."""
    given = noun(given_name(scribe, kind), case, feminine=scribe.feminine)
    if kind == "foreign" and scribe.often(0.12):
        given += scribe.pick("-", " ") + noun(given_name(scribe, kind), case, feminine=scribe.feminine)
    family = _bent(family_name(scribe, kind), case, feminine=scribe.feminine)
    drawn = scribe.chance.random()
    if kind == "foreign":
        return f"{given} {scribe.pick('', '', '', '', '', _letter(scribe) + ' ')}{family}"
    father = noun(_father(scribe, kind), case, feminine=scribe.feminine)
    if drawn < 0.12:
        return f"{family} {given} {father}"
    if drawn < 0.2:
        return f"{given} {father} {family}"
    return f"{family} {given}" if drawn < 0.33 else f"{given} {family}"


def _kind(scribe: Scribe, shares: tuple[float, float]) -> str:
    drawn = scribe.chance.random()
    return "russian" if drawn < shares[0] else "kazakh" if drawn < sum(shares) else "foreign"


def person(scribe: Scribe, case: str) -> str:
    """A customer or an agent, as support texts name them, marked as NAME."""
    case, kind, drawn = case or "nom", _kind(scribe, (0.55, 0.38)), scribe.chance.random()
    if drawn < 0.36:
        name = full_name(scribe, case, kind=kind)
    elif drawn < 0.62:
        name = noun(given_name(scribe, kind), case, feminine=scribe.feminine)
    elif drawn < 0.74:
        name = f"{noun(given_name(scribe, kind), case, feminine=scribe.feminine)} {noun(_father(scribe, kind), case, feminine=scribe.feminine)}"
    elif drawn < 0.84:
        name = initials(scribe, case, kind=kind)
    elif drawn < 0.91:
        name = noun(diminutive(scribe), case, feminine=True)
    elif drawn < 0.95:
        name = _bent(family_name(scribe, kind), case, feminine=scribe.feminine)
    elif drawn < 0.98:
        name = f"{noun(given_name(scribe, kind), case, feminine=scribe.feminine)} {_letter(scribe)[: scribe.chance.choice((1, 2))]}"
    else:
        return kazakh_person(scribe, "nom")
    return marked("NAME", name)


def diminutive(scribe: Scribe) -> str:
    wanted = [name for name in DIMINUTIVES if (name in FEMININE_DIMINUTIVES) is scribe.feminine]
    return scribe.chance.choice(wanted)


def newsmaker(scribe: Scribe, case: str) -> str:
    """Somebody in the news, of any nation, marked as NAME; often by surname alone."""
    case, kind, drawn = case or "nom", _kind(scribe, (0.45, 0.1)), scribe.chance.random()
    if drawn < 0.05:
        name = asian(scribe, case)
    elif drawn < 0.58:
        name = full_name(scribe, case, kind=kind)
    elif drawn < 0.9:
        name = _bent(family_name(scribe, kind), case, feminine=scribe.feminine)
    elif drawn < 0.95:
        name = noun(given_name(scribe, kind), case, feminine=scribe.feminine)
    else:
        name = initials(scribe, case, kind=kind)
    return marked("NAME", name)


def other(scribe: Scribe, case: str, *, news: bool = False) -> str:
    """Somebody else than the sentence's person, of whichever sex."""
    sex, scribe.feminine = scribe.feminine, scribe.often(0.5)
    name = (newsmaker if news else person)(scribe, case)
    scribe.feminine = sex
    return name


def bare_surname(scribe: Scribe, case: str) -> str:
    """A man's surname without marks, for the names of streets."""
    sex, scribe.feminine = scribe.feminine, False
    name = surname(family_name(scribe, scribe.pick("russian", "kazakh")), case or "nom", feminine=False)
    scribe.feminine = sex
    return name


def bare_whole(scribe: Scribe, _: str) -> str:
    """A given name and a surname in the genitive without marks, for the names of streets."""
    sex, scribe.feminine = scribe.feminine, scribe.often(0.3)
    name = full_name(scribe, "gen", kind=scribe.pick("russian", "kazakh"))
    scribe.feminine = sex
    return name


def latin_name(scribe: Scribe, _: str) -> str:
    """A name in Latin letters, as papers put it behind the Russian one."""
    first = scribe.one(faker_list("en_US", "first_names_female" if scribe.feminine else "first_names_male"))
    return marked("NAME", f"{first} {scribe.one(faker_list('en_US', 'last_names'))}")


def given(scribe: Scribe, case: str) -> str:
    """A single given name or a diminutive, marked."""
    name = diminutive(scribe) if scribe.often(0.2) else given_name(scribe, _kind(scribe, (0.58, 0.38)))
    return marked("NAME", noun(name, case or "nom", feminine=scribe.feminine))


def kazakh_surname(scribe: Scribe) -> str:
    drawn, root = scribe.chance.random(), scribe.one(KAZAKH_ROOTS if scribe.often(0.6) else KAZAKH_MEN)
    if scribe.often(0.15):
        root = coined(scribe)
    if drawn < 0.68:
        ending = "ев" if root[-1] in VOWELS or root[-1] in "йь" else scribe.pick("ов", "ов", "ев", "ин")
        return root.rstrip("йь") + ending + ("а" if scribe.feminine else "")
    if drawn < 0.9:
        return root + ("қызы" if scribe.feminine else scribe.pick("ұлы", "ұлы", "тегі"))
    return root + scribe.pick("бай", "хан", "жан", "бек", "")


MALE_PARTS = (
    "Нұр Бек Бай Ер Жан Тем Қара Ақ Сұлтан Мырза Дос Құл Ай Күн Ел Арын Мұса Шәріп Тоғыз Әл Ман Жол Ора Қазы Өте Бек Сәкен Тұр Жәң".split(),
    "бек бай жан лан хан ғали тай мұрат бол дос дәулет ғазы пейіс мұқан тас берген кен асыл сұлтан сын жігіт қали еке мыр ас".split(),
)
FEMALE_PARTS = (
    "Ай Гүл Нұр Ақ Бибі Жан Күн Ұл Қара Мәр Зия Қыз Сым Бал Шәр Әй Дана Кәу Бәт Рай Аз Мей Инж Зейн Сара Таң Ару".split(),
    "гүл нұр жан сұлу ай бану бүбі шат сәуле наз дана мира барша баршын шаш мекен ипа рима герім жамал бике пана қыз зада ен иям".split(),
)


def coined(scribe: Scribe) -> str:
    """A Kazakh given name that somebody might have, of two parts."""
    head, tail = FEMALE_PARTS if scribe.feminine else MALE_PARTS
    return scribe.chance.choice(head) + scribe.chance.choice(tail)


def kazakh_given(scribe: Scribe) -> str:
    if scribe.often(0.12):
        return scribe.one(SPEAKING_WOMEN if scribe.feminine else SPEAKING_MEN)
    if scribe.often(0.22):
        return coined(scribe)
    if scribe.often(0.15):
        return scribe.one(RUSSIAN_WOMEN if scribe.feminine else RUSSIAN_MEN)
    return scribe.one(KAZAKH_WOMEN if scribe.feminine else KAZAKH_MEN)


def kazakh_bent(name: str, case: str) -> str:
    """The name in a Kazakh case; -ұлы and -қызы are possessed."""
    return kazakh(name, case, possessed=name.endswith(("ұлы", "қызы")))


def _kazakh_initials(scribe: Scribe, names: tuple[str, str, str], *, case: str) -> str:
    first, father, family = names
    if scribe.often(0.25):
        return f"{family} {first[0]}.{scribe.pick('', father[0] + '.', ' ' + father[0] + '.')}"
    letters = scribe.pick(f"{first[0]}. ", f"{first[0]}.", f"{first[0]}. {father[0]}. ")
    return kazakh_bent(letters + family, case)


def kazakh_person(scribe: Scribe, case: str) -> str:
    """Somebody in a Kazakh text, marked as NAME."""
    case, drawn = case or "nom", scribe.chance.random()
    first, family = kazakh_given(scribe), kazakh_surname(scribe)
    father = scribe.one(KAZAKH_MEN) + ("қызы" if scribe.feminine else "ұлы")
    if scribe.often(0.12):
        first, family = given_name(scribe, "russian"), family_name(scribe, "russian")
    if drawn < 0.38:
        name = kazakh_bent(f"{first} {family}", case)
    elif drawn < 0.7:
        name = kazakh_bent(first, case)
    elif drawn < 0.8:
        name = kazakh_bent(f"{first} {father}", case)
    elif drawn < 0.87:
        name = kazakh_bent(f"{family} {first}" + (f" {father}" if scribe.often(0.5) else ""), case)
    elif drawn < 0.94:
        name = _kazakh_initials(scribe, (first, father, family), case=case)
    else:
        name = kazakh_bent(family, case)
    if case == "nom" and drawn > 0.6 and scribe.often(0.15):
        name = first + scribe.pick(" аға", " апай", " ханым", "жан", " мырза")
        return marked("NAME", name.split(" ")[0]) + name[len(name.split(" ")[0]) :]
    return marked("NAME", name)


def kazakh_given_alone(scribe: Scribe, case: str) -> str:
    """A given name of a Kazakh text, marked as NAME."""
    return marked("NAME", kazakh_bent(kazakh_given(scribe), case or "nom"))


def kazakh_news(scribe: Scribe, case: str) -> str:
    """Somebody in Kazakh news: Kazakh mostly, else Russian or foreign, marked as NAME."""
    if scribe.often(0.72):
        return kazakh_person(scribe, case)
    kind = scribe.pick("russian", "foreign", "foreign")
    family = family_name(scribe, kind)
    name = family if scribe.often(0.3) else f"{given_name(scribe, kind)} {family}"
    return marked("NAME", kazakh_bent(name, case or "nom"))


PEOPLE = {
    "person": person,
    "other": other,
    "given": given,
    "newsmaker": newsmaker,
    "witness": lambda scribe, case: other(scribe, case, news=True),
    "surname_bare": bare_surname,
    "whole_bare": bare_whole,
    "latin_name": latin_name,
    "kk_person": kazakh_person,
    "kk_news": kazakh_news,
    "kk_given": kazakh_given_alone,
    "kk_family": lambda scribe, _: marked("NAME", kazakh_surname(scribe)),
    "kk_surname_bare": lambda scribe, _: kazakh_surname(scribe),
}
