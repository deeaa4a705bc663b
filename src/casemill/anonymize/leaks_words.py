"""Words that a name may share with ordinary speech, and words of accounts that are no person's."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Met without a capital letter, or first in a sentence, these are words; the list is this pass' own.
ORDINARY = _listed(
    "will mark grace hope faith joy may june april august rose lily dawn sky summer autumn art bill bob chase "
    "chance chip cliff dale dean drew earl frank gene grant guy hank jack jay cash rich sue pat pam ray rob rock "
    "rusty sandy sunny stone star victor violet wade ward west wood woods young long short brown black white "
    "green gray grey gold silver king price bush field fields hill lake rivers banks bell berry best bishop boss "
    "bond booth branch bright brook brooks burns butler carpenter carter case chambers church clay close cook "
    "cooper cross day duke english farmer fisher fish ford forest fox french gift glass golden good hand hardy "
    "hart hunt hunter judge knight lane law little love lucky major mason miles mills moon more new noble page "
    "park parker parks pearl pierce piper pleasant pope porter post potter power powers prince rain reader reed "
    "rice rivera road rush saint sharp shepherd singer small smart smith snow sparks spring steel stein storm "
    "strong sweet swift temple terry tiger trade turner vale wall walker walls waters way weaver web wells "
    "wheeler winter wise wolf worth wright yard angel christian paris sydney austin jordan florence madison "
    "charlotte virginia carolina georgia dakota chelsea brooklyn savannah victoria santiago diego houston dallas "
    "jackson denver phoenix lincoln hamilton washington the and for you your our his her was are not this that "
    "with from have has had but can all any one two out get got how why who what when where here there help "
    "please thanks thank вера надежда любовь роман лев мир слава света злата майя марта роза лилия виктория "
    "победа воля дар друг белый черный новый старый большой малый заяц волк медведь кузнец мельник швец гость "
    "арман нұр күн ай гүл дана ерлік бақыт қуаныш"
)
# Guessed to be a name, they are a date.
CALENDAR = _listed(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sep oct nov dec января февраля марта апреля мая июня "
    "июля августа сентября октября ноября декабря понедельник вторник среда четверг пятница суббота воскресенье "
    "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан"
)
# Words of two letters that a sentence may begin with.
SMALL_WORDS = _listed(
    "ah am an as at be by do go he hi if in is it me mr ms my no of oh ok on or so to uh um up us we yo ad ai pc tv eu "
    "uk да не но на по из он мы вы ты то та ту те ну за до от со об ко во уж эй ой ах их её ее ей им ни ок "
    "ал де ия иә ол уа"
)
ROLES = _listed(
    "support team bot manager менеджер "
    "assistant agent service services shop store desk help helpdesk customer client user admin "
    "system ai info sales office center centre care account robot automation virtual unknown none anonymous guest "
    "test поддержка бот ассистент агент служба магазин клиент команда система робот оператор покупатель қолдау "
    "қызмет дүкен"
)
