"""PINs, check values and codes, by the word before them."""

import re

from casemill.personal.numbered.reading import Numbered


def _believe(text: str, _: bool) -> bool:
    return text.isdigit() and 3 <= len(text) <= 8


KINDS = (
    Numbered(
        "SECRET",
        (
            *(
                "pin",
                "cvv",
                "cvc",
                "otp",
                "one-time",
                "verification",
                "security",
                "access",
                "clearance",
                "sms",
                "entry",
            ),
            *("passcode", "password", "пин", "код", "пароль", "құпия"),
            *("reset", "login", "log-in", "sign-in", "auth", "activation", "unlock", "recovery", "temporary", "mfa"),
            *("door", "gate", "intercom", "lockbox", "alarm", "safe", "растау", "кіру", "есік", "домофон"),
        ),
        re.compile(
            r"pin(?:-?code|s)?(?![^\W_])|cv[vc]2?(?![^\W_])|otp(?![^\W_])|one-time (?:code|password|pin)|sms code"
            r"|(?:verification|security|access|clearance|entry|reset|log-?in|sign-in|auth(?:entication)?|activation|unlock"
            r"|recovery|temporary|mfa|door|gate|intercom|lockbox|alarm|safe) (?:code|pin)|pass(?:code|word)(?![^\W_])"
            r"|пин(?:-?код)?\w{0,2}(?![^\W_])|парол(?:ь|я|ем)(?![^\W_])|құпия\s?(?:сөз|код)\w{0,4}"
            r"|код\w{0,2} (?:из смс|подтверждения|безопасности|доступа|активации|восстановления|сброса|входа|для входа"
            r"|(?:от )?(?:двери|домофона|подъезда|калитки|ворот|замка|сейфа))"
            r"|(?:растау|кіру|есік|домофон)(?:тің|ның)? коды?\w{0,4}"
        ),
        _believe,
        re.compile(r"(?P<id>[0-9]{3}[ -][0-9]{3}|[0-9]{3,8})(?![\w-])"),
    ),
)
