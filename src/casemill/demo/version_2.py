"""Version 2: safety first, then every question of the message, with what was said before in mind."""

from collections.abc import Callable

from casemill.demo.chat import is_question, only_asks
from casemill.demo.talk import Talk

SAFETY = ("distress", "hazard", "legal")
# What one request already covers: a refund of a broken thing is a refund, leaving Plus cancels no order.
COVERS = {"refund": ("broken",), "cancel_plan": ("cancel",)}
SURE = 2


def answer(talk: Talk) -> str:
    """The whole reply; with distress nothing but the hand-over."""
    for intent in SAFETY:
        if intent in talk.intents_in(talk.chat.last):
            return _hand_over(talk, intent)
    said = _moves(talk) or _from_articles(talk, talk.chat.sentences) or [_nothing_found(talk)]
    sorry = talk.say("sorry") if talk.chat.angry else ""
    return sorry + " ".join(dict.fromkeys([*said, *_wishes(talk)]))


def _hand_over(talk: Talk, intent: str) -> str:
    talk.intents.append(intent)
    talk.draft_shown = intent != "distress"
    talk.shop.escalate(intent)
    said = talk.say(intent)
    wishes = [talk.say("no_calls")] if "no_calls" in talk.chat.wishes else []
    return " ".join([talk.article("KB-1012"), said, *wishes] if intent == "hazard" else [said, *wishes])


def _moves(talk: Talk) -> list[str]:
    """An answer to each request in the message, then to the questions that stand beside them."""
    found = {sentence: _requests(talk, sentence) for sentence in talk.chat.sentences}
    everything = [intent for intents in found.values() for intent in intents]
    covered = {intent for one in everything for intent in COVERS.get(one, ())}
    said: list[str] = []
    for sentence, intents in found.items():
        for intent in intents:
            if intent not in covered and intent not in talk.intents:
                talk.intents.append(intent)
                said.append(MOVES[intent](talk, sentence))
    beside = [sentence for sentence, intents in found.items() if not intents and is_question(sentence)]
    return said + _from_articles(talk, beside) if said else []


def _requests(talk: Talk, sentence: str) -> tuple[str, ...]:
    return tuple(intent for intent in talk.intents_in(sentence) if intent in MOVES)


def _from_articles(talk: Talk, sentences: tuple[str, ...] | list[str]) -> list[str]:
    answers = []
    for sentence in sentences:
        found = talk.look_up(sentence)
        if found and found.score >= SURE and found.article.name not in talk.citations:
            talk.intents.append("question")
            answers.append(talk.cite(found.article))
    return answers


def _nothing_found(talk: Talk) -> str:
    intents = talk.intents_in(talk.chat.last)
    if not is_question(talk.chat.last) and ("thanks" in intents or "greeting" in intents):
        return talk.say("thanks" if "thanks" in intents else "hello")
    talk.confidence = 0.3
    if not is_question(talk.chat.last):
        return talk.say("lost")
    talk.shop.escalate("no article")
    return talk.say("no_article")


def _wishes(talk: Talk) -> list[str]:
    """What the reply says to the wishes that its calls touch."""
    called = {call["name"] for call in talk.shop.calls}
    touched = {"no_calls": "escalate", "no_replacement": "open_claim", "evenings": "set_window"}
    return [talk.say(wish) for wish in talk.chat.wishes if touched[wish] in called]


def _status(talk: Talk, _: str) -> str:
    if talk.order is None:
        return talk.say("which_order")
    order = talk.shop.get_order(talk.order)
    if order is None:
        return talk.say("not_found")
    if order["status"] == "late":
        talk.shop.escalate("late order")
    if "evenings" in talk.chat.wishes and order["status"] in ("placed", "packed", "shipped"):
        talk.shop.set_window(talk.order, after="18:00")
        order["window"] = "18:00–22:00"
    return talk.say(order["status"], **order)


def _cancel(talk: Talk, sentence: str) -> str:
    if talk.order is None or only_asks(sentence):
        return f"{talk.article('KB-1004')} {talk.say('cancel_offer' if talk.order else 'which_order')}"
    return talk.say("cancel" if talk.shop.cancel_order(talk.order) else "cancel_refused")


def _change_address(talk: Talk, _: str) -> str:
    if talk.order is None or talk.chat.place is None:
        return f"{talk.article('KB-1005')} {talk.say('which_address' if talk.order else 'which_order')}"
    if talk.shop.change_address(talk.order, talk.chat.place):
        return talk.say("change_address")
    talk.shop.escalate("change of address on the way")
    return talk.say("change_refused")


def _refund(talk: Talk, sentence: str) -> str:
    if only_asks(sentence):
        return talk.article("KB-1002")
    if talk.order is None:
        return talk.say("refund_ask")
    talk.shop.open_refund_request(talk.order)
    return f"{talk.say('refund')} {talk.article('KB-1002')}"


def _broken(talk: Talk, _: str) -> str:
    if talk.order is None:
        return talk.say("broken_ask")
    talk.shop.open_claim(talk.order)
    return talk.say("broken")


def _cancel_plan(talk: Talk, sentence: str) -> str:
    if only_asks(sentence):
        return talk.article("KB-1008")
    talk.shop.cancel_plan()
    return talk.say("cancel_plan")


def _charged_twice(talk: Talk, _: str) -> str:
    return f"{talk.article('KB-1006')} {talk.say('charged_twice')}"


def _escalated(intent: str) -> "Move":
    def move(talk: Talk, _: str) -> str:
        talk.shop.escalate(intent)
        return talk.say(intent)

    return move


Move = Callable[[Talk, str], str]
MOVES: dict[str, Move] = {
    "person": _escalated("person"),
    "compensation": _escalated("compensation"),
    "contact_on_order": lambda talk, _: talk.say("contact_on_order"),
    "cancel_plan": _cancel_plan,
    "change_address": _change_address,
    "cancel": _cancel,
    "refund": _refund,
    "charged_twice": _charged_twice,
    "broken": _broken,
    "order_status": _status,
}
