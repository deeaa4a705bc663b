"""The packaged tickets read like a queue, and the bot's turns in them are what version 1 says."""

import json
import re
from collections import Counter

from demo import rewrite_answers
from demo.replay import SHOP, answers, rows, tickets

ATTACK = re.compile(r"ignore (all )?previous instructions|system prompt|SYSTEM:", re.IGNORECASE)
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)


def test_every_turn_of_the_bot_is_what_version_one_says_there() -> None:
    said = list(answers())
    assert len(said) > 100
    assert [one for one in said if one.now["text"] != one.text or one.now["calls"] != one.calls] == []


def test_rewriting_the_answers_changes_nothing_while_the_bot_is_the_same() -> None:
    assert [row["id"] for row in rows() if rewrite_answers.rewritten(row) != row] == []


def test_all_tickets_can_be_read() -> None:
    assert len(tickets()) == len(rows()) >= 150


def test_the_queue_speaks_three_languages() -> None:
    first = [next((turn.text for turn in ticket.turns if turn.role == "customer"), "") for ticket in tickets()]
    kazakh = sum(bool(KAZAKH.search(text)) for text in first)
    russian = sum(bool(re.search("[а-яё]", text, re.IGNORECASE)) for text in first) - kazakh
    assert kazakh >= 10
    assert russian >= 20


def test_several_tickets_attack_the_reader() -> None:
    hostile = [row for row in rows() if ATTACK.search(json.dumps(row))]
    assert len(hostile) >= 4


def test_ids_orders_and_people_are_not_used_twice_by_accident() -> None:
    assert max(Counter(row["id"] for row in rows()).values()) == 1
    names: dict[str, set[str]] = {}
    for row in rows():
        names.setdefault(row["requester"]["id"], set()).add(row["requester"]["name"])
    assert [who for who in names.values() if len(who) > 1] == []


def test_addresses_and_numbers_belong_to_nobody() -> None:
    text = (SHOP / "tickets.jsonl").read_text(encoding="utf-8")
    domains = {found.rsplit("@", 1)[1] for found in re.findall(r"[\w.]+@[\w.]+\w", text)}
    assert {domain for domain in domains if not domain.endswith((".test", "example.com", "example.org"))} == set()
    assert [
        number for number in re.findall(r"\+7 \d{3} (\d{3} \d{2}) \d{2}", text) if number not in ("555 01", "255 01")
    ] == []


def test_every_ticket_but_eight_was_decided_and_every_draft_but_three() -> None:
    decided = [json.loads(line) for line in (SHOP / "reviews.jsonl").read_text(encoding="utf-8").splitlines()]
    settled = [json.loads(line) for line in (SHOP / "admissions.jsonl").read_text(encoding="utf-8").splitlines()]
    failures = sum(len(one.get("failures", ())) for one in decided)
    assert len(rows()) - len({one["ticket"] for one in decided}) == 8
    assert failures - len(settled) == 3
