"""Towns, countries and regions that are no names of people: facts wherever they stand alone."""

from functools import lru_cache

from casemill.personal.inflection import is_cyrillic, is_form
from casemill.personal.words import listed

_LATIN = listed(
    "almaty astana aktau aktobe atyrau karaganda karagandy kokshetau kostanay kyzylorda pavlodar petropavl "
    "petropavlovsk semey shymkent taldykorgan taraz turkestan turkistan ekibastuz temirtau rudny zhezkazgan balkhash "
    "konaev kapshagay talgar kaskelen oskemen moscow petersburg kazan novosibirsk yekaterinburg samara omsk ufa perm "
    "voronezh volgograd krasnodar saratov tyumen tashkent bishkek dushanbe baku tbilisi yerevan minsk kyiv kiev lviv "
    "london manchester liverpool birmingham edinburgh glasgow dublin berlin munich hamburg frankfurt cologne "
    "stuttgart vienna zurich geneva brussels amsterdam rotterdam copenhagen stockholm oslo helsinki warsaw krakow "
    "prague budapest bucharest athens rome naples turin venice madrid barcelona seville lisbon porto marseille lyon "
    "nice toulouse bordeaux lille istanbul ankara izmir dubai doha riyadh cairo nairobi lagos johannesburg mumbai "
    "delhi bangalore bengaluru chennai kolkata hyderabad pune kochi cochin goa karachi lahore dhaka bangkok singapore "
    "jakarta manila hanoi tokyo osaka kyoto seoul busan beijing shanghai shenzhen guangzhou taipei melbourne brisbane "
    "perth auckland toronto montreal vancouver ottawa calgary chicago boston seattle philadelphia detroit miami "
    "atlanta baltimore minneapolis pittsburgh cleveland cincinnati milwaukee sacramento honolulu tampa tucson "
    "albuquerque kazakhstan russia uzbekistan kyrgyzstan tajikistan turkmenistan ukraine belarus armenia azerbaijan "
    "germany france italy spain portugal poland china japan korea india pakistan england scotland ireland britain usa "
    "uk uae canada mexico brazil argentina australia europe asia africa america california texas florida ohio oregon "
    "colorado alaska hawaii arizona nevada utah michigan illinois pennsylvania massachusetts"
)
_TWO = frozenset(
    (
        *(
            "san diego",
            "san francisco",
            "san jose",
            "san antonio",
            "los angeles",
            "las vegas",
            "new york",
            "new orleans",
        ),
        *("new jersey", "new delhi", "santa fe", "santa monica", "salt lake", "fort worth", "el paso", "kansas city"),
        *("hong kong", "kuala lumpur", "ho chi minh", "buenos aires", "sao paulo", "rio de janeiro", "cape town"),
        *("abu dhabi", "tel aviv", "nizhny novgorod", "st petersburg", "saint petersburg", "st louis", "nur sultan"),
    )
)
_CYRILLIC = listed(
    "алматы астана актау ақтау актобе ақтөбе атырау караганда қарағанды кокшетау көкшетау костанай қостанай кызылорда "
    "қызылорда уральск орал павлодар петропавловск семей шымкент талдыкорган талдықорған тараз туркестан түркістан "
    "экибастуз темиртау жезказган балхаш конаев талгар каскелен өскемен москва петербург казань новосибирск "
    "екатеринбург самара омск уфа пермь воронеж волгоград краснодар саратов тюмень ташкент бишкек душанбе баку "
    "тбилиси ереван минск киев львов казахстан қазақстан россия ресей узбекистан кыргызстан киргизия таджикистан "
    "туркменистан украина беларусь грузия армения азербайджан германия франция италия испания турция китай япония "
    "корея индия америка сша европа азия"
)


@lru_cache(maxsize=4096)
def is_town(low: str) -> bool:
    """Whether words as `plain` gives them are a town or a country, in any ending: Казахстану, Астанада."""
    if low in _LATIN or low in _TWO or low in _CYRILLIC:
        return True
    return is_cyrillic(low) and any(town[:3] == low[:3] and is_form(town, low) for town in _CYRILLIC)
