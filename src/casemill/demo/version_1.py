"""Version 1: takes the first thing it recognises in the last message and answers that."""

from casemill.demo.talk import Talk


def answer(talk: Talk) -> str:
    """The whole reply."""
    return talk.say("opener") + _answer(talk)


def _answer(talk: Talk) -> str:
    intents = talk.intents_in(talk.chat.last)
    wanted = [name for name in intents if name not in ("thanks", "greeting")]
    if wanted:
        talk.intents.append(wanted[0])
        return _move(talk, wanted[0])
    if found := talk.look_up(talk.chat.last):
        talk.intents.append("question")
        return talk.cite(found.article)
    return talk.say("thanks" if "thanks" in intents else "hello" if "greeting" in intents else "lost")


def _move(talk: Talk, intent: str) -> str:
    if intent in ("order_status", "contact_on_order", "cancel"):
        return _about_order(talk, intent)
    if intent == "change_address":
        return talk.article("KB-1005")
    if intent == "broken" and talk.order:
        talk.shop.order_replacement(talk.order)
    if intent == "person_loosely":
        talk.shop.escalate("asked for a person", contact="phone")
    return talk.say(intent)


def _about_order(talk: Talk, intent: str) -> str:
    if talk.order is None:
        return talk.say("which_order")
    if intent == "cancel":
        talk.shop.cancel_order(talk.order)
        return talk.say("cancel")
    order = talk.shop.get_contact(talk.order) if intent == "contact_on_order" else talk.shop.get_order(talk.order)
    if order is None:
        return talk.say("not_found")
    return talk.say(order["status"] if intent == "order_status" else intent, **order)
