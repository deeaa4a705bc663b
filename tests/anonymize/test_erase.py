"""A ticket is erased everywhere: nothing of it can be read, what stays is masked, it does not come back."""

from collections import Counter
from pathlib import Path

import pytest

import make
from anonymize.erasing import BY, CONTENT, MAIL, NAME, OTHER, PHONE, TALK, WHY, erase, filled, payload, people, places
from anonymize.marked import KEY, Project
from casemill.anonymize import Order, look_at
from casemill.anonymize.titles import titles_of
from casemill.anonymize.waiting import _mask_page
from casemill.domain.erasure import Keeps
from casemill.domain.word import changed
from casemill.errors import UsageError
from casemill.run.judging.human import add_verdicts
from casemill.settings import Settings
from casemill.store import Desk, Vault, asks, changes, desk_texts, drafts, proposals, reviews, tickets
from casemill.suite import parse_case, read_case
from casemill.sync import pull_changes


@pytest.fixture
def laid(vault: Vault, desk: Desk, tmp_path: Path) -> Project:
    return filled(vault, desk, tmp_path)


def test_the_vault_holds_nothing_of_it_and_what_others_hold_stays(laid: Project) -> None:
    [told] = erase(laid).tickets
    vault = laid.vault
    assert (told.versions, told.people, told.spans) == (2, 3, 1)
    assert vault.versions([TALK]) == ()
    assert vault.entities(*TALK) == ()
    assert [one.payload.external_id for one in vault.versions([OTHER])] == ["T-10"]
    assert [one.values for one in vault.entities(*OTHER)] == [(MAIL,)]
    assert vault.spans_of(["t1", "t2", "t3"]).keys() == {"t2", "t3"}
    assert vault.erased([TALK, OTHER]) == {TALK}


def test_digests_go_that_are_nobody_s_any_more(laid: Project) -> None:
    from casemill.store.known import Form

    before = laid.vault.known()
    assert before.is_confirmed(NAME)
    [told] = erase(laid).tickets
    known = laid.vault.known()
    assert not known.is_confirmed(NAME)
    assert known.label(Form("words", NAME.casefold())) is None
    assert known.label(Form("digits", "7011234567")) is None
    assert known.label(Form("token", MAIL)) == "EMAIL"
    assert told.known > 0


def test_the_desk_keeps_a_stub_and_the_decision_without_its_note(laid: Project) -> None:
    erase(laid)
    with laid.desk.read() as db:
        stub = tickets.get(db, KEY)
        assert stub is not None
        assert (stub.turns, stub.subject, stub.person, stub.digest) == ((), "", None, "erased:2")
        assert tickets.state_of(db, KEY) == "erased"
        assert (proposals.latest(db, KEY, 2), drafts.of_ticket(db, KEY), asks.of_ticket(db, KEY)) == (None, (), ())
        assert [one.note for one in reviews.of_ticket(db, KEY)] == [None]
    told = laid.bodies().casefold().replace("zubrowka@shop.test", "")
    assert not [word for word in ("zubrowka", "wanda", MAIL, PHONE) if word in told]


def test_the_cases_lose_their_lineage_by_a_change_and_say_what_they_said(laid: Project, tmp_path: Path) -> None:
    suite = laid.folders.suite
    before = {path: read_case(path) for path in suite.rglob("*.yaml")}
    assert sorted(erase(laid).changes) == sorted(path.relative_to(suite).as_posix() for path in before)
    assert all(case.lineage for case in before.values())
    with laid.desk.read() as db:
        assert {change.kind for change in changes.waiting(db)} == {"erase_lineage"}
    pull_changes(laid.desk, suite, now=make.NOW)
    for path, case in before.items():
        after = read_case(path)
        assert after.lineage is None
        assert "Zubrowka" not in path.read_text()
        assert after.expect.bad == case.expect.bad
    assert erase(laid).changes == ()


def test_a_case_that_still_waits_to_be_written_is_blanked_where_it_waits(laid: Project) -> None:
    new = make.case("brand-new-7q3k2d", lineage=read_case(next(laid.folders.suite.rglob("cases/**/*.yaml"))).lineage)
    from casemill.suite import case_path, case_text

    with laid.desk.write() as db:
        changes.add(db, make.change(case_path(new), text=case_text(new), case=new.id))
        drafts.put(db, make.draft(KEY, case=new, failure=2))
    erase(laid)
    with laid.desk.read() as db:
        [waiting] = [one for one in changes.waiting(db) if one.case == new.id]
    assert parse_case(waiting.text, waiting.path).lineage is None


def test_policy_may_keep_the_masked_ticket_or_nothing(laid: Project) -> None:
    erase(laid, keeps="tickets")
    with laid.desk.read() as db:
        kept = tickets.get(db, KEY)
        assert kept is not None
        assert len(kept.turns) == 4
        assert (kept.person, kept.link, kept.trace, kept.digest) == (None, None, None, "erased:2")
        assert tickets.state_of(db, KEY) == "masked"
        assert all(one.case.lineage is None for one in drafts.of_ticket(db, KEY))
    assert "zubrowka" not in laid.bodies().casefold().replace("zubrowka@shop.test", "")


def test_policy_may_keep_nothing_then_the_cases_are_emptied_in_the_archive(laid: Project) -> None:
    suite = laid.folders.suite
    erase(laid, keeps="nothing")
    pull_changes(laid.desk, suite, now=make.NOW)
    assert not list(suite.glob("cases/**/*.yaml"))
    for path in suite.glob("archive/**/*.yaml"):
        case = read_case(path)
        assert (case.status, case.lineage, case.input.turns[0].text) == ("retired", None, "[erased]")
        assert "order" not in path.read_text()


def test_what_another_ticket_says_of_the_person_unmasked_is_masked(laid: Project) -> None:
    with laid.desk.write() as db:
        tickets.put(db, make.ticket("T-10", source="file", subject=f"as {MAIL} says, or {NAME.upper()}"))
    erase(laid)
    with laid.desk.read() as db:
        other = tickets.get(db, "file:T-10")
    assert other is not None
    assert other.subject == "as [ERASED_1] says, or [ERASED_1]"


def test_caches_and_rejects_are_cleaned_and_other_copies_named(laid: Project) -> None:
    done = erase(laid)
    private = laid.folders.private
    assert done.files == ("private/cache/suite.msgpack", "private/rejects/file-1.jsonl")
    assert not (private / "cache/suite.msgpack").exists()
    assert MAIL not in (private / "rejects/file-1.jsonl").read_text()
    assert [told.split(": ")[0] for told in done.left] == ["evals/releases/1.md:3", "private/runs/1.jsonl:2"]
    assert any("private/runs/1.jsonl" in told for told in done.still)
    assert not any("judges" in told for told in done.still)


def test_replies_that_people_graded_are_named(laid: Project) -> None:
    [path] = (laid.folders.suite / "cases").rglob("*.yaml")
    add_verdicts(laid.folders.suite, [make.human_verdict(path.stem)])
    assert any("evals/judges/verdicts.jsonl" in told for told in erase(laid).still)


def test_it_is_not_taken_in_again_and_a_late_worker_does_not_bring_it_back(laid: Project) -> None:
    erase(laid)
    vault = laid.vault
    stored = vault.put_page([payload(content=CONTENT + b"\n"), payload("T-11")], now=make.NOW)
    assert (stored.new, stored.changed, stored.same, stored.erased) == (1, 0, 0, 1)
    vault.save_entities(*TALK, people())
    assert vault.entities(*TALK) == ()
    assert vault.versions([TALK]) == ()


def test_a_worker_that_read_the_payload_before_lays_nothing_on_the_desk(laid: Project) -> None:
    page = laid.vault.waiting()
    erase(laid, "file:T-10")
    done: Counter[str] = Counter()
    _mask_page((laid.vault, laid.desk), page, settings=Settings(), titles=titles_of(laid.desk), done=done)
    with laid.desk.read() as db:
        assert tickets.get(db, "file:T-10") is None
    assert laid.vault.entities(*OTHER) == ()


def test_a_second_time_the_same_certificate_and_one_line_in_the_audit(laid: Project) -> None:
    first = erase(laid)
    again = erase(laid, why="A second request that says the same")
    assert again.tickets == first.tickets
    lines = laid.vault.audit().lines
    assert [(line.ticket, line.placeholder, line.by, line.reason) for line in lines] == [(KEY, "erased", BY, WHY)]
    assert laid.vault.audit().broken is None
    assert first.whole
    assert first.seal == again.seal == laid.vault.audit().seal


def test_the_reason_is_kept_without_the_person(laid: Project) -> None:
    [told] = erase(laid, why=f"{NAME} asked for it").tickets
    assert told.why == "[NAME_1] asked for it"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Order((KEY,), "lead@shop.test", WHY), "does not have the vault role"),
        (Order((KEY,), BY, "  because "), "a reason of at least 10"),
        (Order((KEY, "file:T-404"), BY, WHY), "nothing is known of a ticket file:T-404"),
        (Order(("48213",), BY, WHY), "nothing is known of a ticket 48213"),
    ],
    ids=["role", "reason", "unknown", "no source"],
)
def test_otherwise_nothing_is_erased_and_nothing_written(asked: Order, told: str, laid: Project) -> None:
    with pytest.raises(UsageError, match=told):
        look_at(places(laid), asked, now=make.NOW)
    with pytest.raises(UsageError, match=told):
        erase(laid, *asked.tickets, by=asked.by, why=asked.why)
    assert len(laid.vault.versions([TALK])) == 2
    assert laid.vault.audit().lines == ()


@pytest.mark.parametrize("keeps", ["nothing", "cases", "tickets"])
def test_looking_counts_and_changes_nothing(keeps: Keeps, laid: Project) -> None:
    before = laid.bodies()
    [seen] = look_at(places(laid, keeps=keeps), Order((KEY,), BY, WHY), now=make.NOW)
    assert laid.bodies() == before
    assert laid.vault.erasures() == ()
    [done] = erase(laid, keeps=keeps).tickets
    assert changed(done, spans=0, known=0) == seen


def test_a_ticket_that_is_not_masked_yet_can_be_erased(laid: Project) -> None:
    [told] = erase(laid, "file:T-10").tickets
    assert (told.versions, told.rows, told.cases) == (1, 0, ())
    assert laid.vault.counts().get("arrived") == 2
    with laid.desk.read() as db:
        assert "file:T-10" not in [key for page in desk_texts.ticket_keys(db) for key in page]
