"""What somebody is called before a name: `courier Ivan` and `another Ivan` are not one."""

import re

from casemill.personal.words import listed

ANOTHER = "another"
_SAID = {
    ANOTHER: listed("another different second другой другая другого другому другим другую второй вторая басқа екінші"),
    "courier": listed(
        "courier couriers driver deliveryman курьер курьера курьеру курьером водитель "
        "водителя водителю водителем жүргізуші"
    ),
    "doctor": listed("doctor dr dentist врач врача врачу врачом доктор доктора доктору доктором дәрігер"),
    "staff": listed(
        "agent operator representative advisor adviser specialist manager consultant supervisor colleague оператор "
        "оператора оператору оператором менеджер менеджера менеджеру менеджером консультант консультанта консультанту "
        "специалист специалиста сотрудник сотрудника"
    ),
    "technician": listed("technician plumber electrician мастер мастера мастеру мастером"),
    "wife": listed("wife жена жены жене жену женой әйелім"),
    "husband": listed("husband муж мужа мужу мужем күйеуім"),
    "son": listed("son сын сына сыну сыном ұлым"),
    "daughter": listed("daughter дочь дочери дочка дочку қызым"),
    "brother": listed("brother брат брата брату братом"),
    "sister": listed("sister сестра сестры сестре сестру сестрой"),
    "neighbour": listed("neighbour neighbor сосед соседа соседу соседка соседке көрші көршім"),
    "friend": listed("friend друг друга другу другом подруга подруге подругу досым"),
}
_ROLES = {word: role for role, words in _SAID.items() for word in words}
ROLE = re.compile(r"(?:^|(?<![^\W_]))([^\W\d_]{2,14})[ \u00a0]$")


def role_said(word: str) -> str:
    """The role that a lower-case word tells, or nothing."""
    return _ROLES.get(word, "")
