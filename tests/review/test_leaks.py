"""The sample that is read before a release: how many, which, and what keeps a release from being frozen."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import make
from casemill.domain.case import Lineage
from casemill.domain.ticket import Masking, texts_digest
from casemill.domain.word import changed
from casemill.errors import UsageError
from casemill.review import Sample, draw_sample, look_at_sample, record_verdict, refuse_unread
from casemill.store import Desk, asks, changes, leaks, tickets
from casemill.suite import case_path, case_text, freeze, write_starter

LATER = make.NOW + timedelta(hours=1)
Enter = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_starter(tmp_path / "evals")
    return tmp_path / "evals"


@pytest.fixture
def enter(desk: Desk, folder: Path) -> Enter:
    """Tickets on the desk, each with an active case in the suite; `doubt` of their masking."""

    def put(*names: int, doubt: float = 0.0, here: bool = True) -> None:
        for name in names:
            key = f"{name}"
            case = make.case(f"case-{name}-aaaaaa", lineage=Lineage(source="zendesk", ticket=key))
            path = folder / case_path(case)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(case_text(case))
            if here:
                with desk.write() as db:
                    tickets.put(db, make.ticket(key, masking=Masking(doubt=doubt)))

    return put


def asked(desk: Desk) -> set[str]:
    with desk.read() as db:
        return set(leaks.asked_about(db))


def answer(desk: Desk, *keys: str, **said: object) -> None:
    for key in keys:
        record_verdict(desk, make.leak_review(key, **({"version": 0} | said)), now=make.NOW)


def test_an_eighth_is_drawn_and_at_least_twenty(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(*range(40))
    assert draw_sample(desk, folder, now=make.NOW).asked == 20


def test_of_many_an_eighth_is_drawn(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(*range(200))
    sample = draw_sample(desk, folder, now=make.NOW)
    assert (sample.tickets, sample.wanted, sample.asked, sample.open) == (200, 25, 25, 25)


def test_tickets_that_come_after_a_draw_can_be_drawn_too(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(*range(30))
    draw_sample(desk, folder, now=make.NOW)
    first = asked(desk)
    answer(desk, *first)
    enter(*range(30, 100))
    sample = draw_sample(desk, folder, now=LATER)
    later = {int(key.partition(":")[2]) for key in asked(desk)}
    assert 5 <= len([name for name in later if name >= 30]) == sample.asked, (
        "most of the twenty luckiest of the hundred"
    )
    assert (sample.read, sample.wanted) == (20, 20 + sample.asked)
    with desk.read() as db:
        assert {ask.chance for key in asked(desk) for ask in asks.of_ticket(db, key)} == {0.2}


def test_where_there_are_fewer_than_twenty_all_are_read_and_each_is_certain(
    desk: Desk, folder: Path, enter: Enter
) -> None:
    enter(*range(7))
    assert draw_sample(desk, folder, now=make.NOW).asked == 7
    with desk.read() as db:
        assert {ask.chance for key in asked(desk) for ask in asks.of_ticket(db, key)} == {1.0}


def test_drawing_twice_asks_about_nobody_twice(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(*range(60))
    draw_sample(desk, folder, now=make.NOW)
    first = asked(desk)
    assert draw_sample(desk, folder, now=LATER).asked == 0
    answer(desk, *first)
    done = draw_sample(desk, folder, now=LATER)
    assert (done.asked, done.open, done.read, done.undrawn) == (0, 0, 20, 0)


def test_looking_asks_about_nobody_and_tells_what_a_draw_would(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(*range(30))
    assert (look_at_sample(desk, folder).undrawn, asked(desk)) == (20, set())


def test_the_draw_leans_to_doubt_and_is_the_same_for_the_same_release(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(*range(100), doubt=0.0)
    enter(*range(100, 120), doubt=0.9)
    draw_sample(desk, folder, now=make.NOW)
    first = asked(desk)
    doubtful = sum(int(key.partition(":")[2]) >= 100 for key in first)
    assert doubtful >= 8, "a sixth of the tickets, two thirds of the weight"
    with desk.write() as db:
        for key in first:
            asks.withdraw(db, ticket=key)
    draw_sample(desk, folder, now=LATER)
    assert asked(desk) == first


def test_what_the_last_release_holds_is_not_read_again(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(1, 2)
    freeze(folder, by="lead@shop.test", now=make.NOW)
    assert look_at_sample(desk, folder).cases == 0
    enter(3)
    draw_sample(desk, folder, now=make.NOW)
    assert asked(desk) == {"zendesk:3"}


def test_a_changed_case_enters_anew(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(1, 2)
    freeze(folder, by="lead@shop.test", now=make.NOW)
    case = make.case("case-2-aaaaaa", severity="P1", lineage=Lineage(source="zendesk", ticket="2"))
    (folder / case_path(case)).write_text(case_text(case))
    draw_sample(desk, folder, now=make.NOW)
    assert asked(desk) == {"zendesk:2"}


def test_a_case_whose_ticket_is_on_another_desk_is_counted_and_keeps_nobody(
    desk: Desk, folder: Path, enter: Enter
) -> None:
    enter(1, here=False)
    sample = draw_sample(desk, folder, now=make.NOW)
    assert (sample.elsewhere, sample.tickets, sample.asked) == (1, 0, 0)
    refuse_unread(sample)


def test_what_was_read_out_of_turn_counts_only_where_it_is_drawn_afterwards(
    desk: Desk, folder: Path, enter: Enter
) -> None:
    enter(*range(40))
    answer(desk, *(f"zendesk:{name}" for name in range(25)))
    sample = draw_sample(desk, folder, now=make.NOW)
    assert (sample.wanted, sample.read + sample.asked) == (20, 20)
    with desk.read() as db:
        chances = [one.chance for one in leaks.standing(db)]
    assert (chances.count(0.5), chances.count(None)) == (sample.read, 25 - sample.read)
    assert {key for key in asked(desk) if int(key.partition(":")[2]) < 25} == set()
    assert draw_sample(desk, folder, now=LATER).asked == 0


def test_where_everybody_is_to_be_read_a_reading_out_of_turn_counts(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(1, 2)
    answer(desk, "zendesk:1")
    sample = draw_sample(desk, folder, now=make.NOW)
    assert (sample.read, asked(desk)) == (1, {"zendesk:2"})


def test_a_ticket_masked_anew_after_a_leak_is_read_once_more(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(*range(3))
    draw_sample(desk, folder, now=make.NOW)
    answer(desk, "zendesk:0", "zendesk:1")
    answer(desk, "zendesk:2", verdict="leak", marks=(make.mark(),))
    mask_anew(desk, "2")
    sample = draw_sample(desk, folder, now=make.NOW)
    assert (sample.again, asked(desk)) == (1, {"zendesk:2"})
    answer(desk, "zendesk:2")
    done = draw_sample(desk, folder, now=make.NOW)
    assert (done.again, done.open, done.read, done.undrawn) == (0, 0, 3, 0)


def mask_anew(desk: Desk, name: str) -> None:
    """As `anonymize` leaves a ticket when it has acted on a mark."""
    new = make.ticket(name, version=2, digest="sha256:anew", subject="[NAME_9]")
    with desk.write() as db:
        tickets.put(db, new)
        for waiting in leaks.waiting_marks(db):
            leaks.done_mark(db, waiting.id, now=make.NOW)


def test_a_ticket_told_anew_counts_no_more_as_read(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(1)
    draw_sample(desk, folder, now=make.NOW)
    answer(desk, "zendesk:1")
    mask_anew(desk, "1")
    assert look_at_sample(desk, folder).undrawn == 1


def sample(**fields: int) -> Sample:
    told = dict.fromkeys(Sample.__struct_fields__, 0) | {"cases": 30, "tickets": 30, "wanted": 20} | fields
    return Sample(**told)


@pytest.mark.parametrize(
    ("stands", "told", "hint"),
    [
        ({"undrawn": 20}, "no ticket of this release has been read for leaks", "casemill leaks"),
        ({"undrawn": 5, "read": 15}, "15 of 20 tickets of this release were read for leaks, 5 more", "casemill leaks"),
        ({"open": 2, "read": 18}, "2 tickets wait to be read for leaks", "casemill review --leaks"),
        ({"open": 1}, "1 ticket waits to be read", "casemill review --leaks"),
        ({"marks": 1, "read": 20}, "1 leak that a reader marked is not masked", "casemill anonymize"),
        ({"pulls": 2, "read": 20}, "2 cases changed on the desk and not here", "casemill suite pull"),
    ],
    ids=["none", "some", "open", "one-open", "marks", "pulls"],
)
def test_a_release_is_refused_with_what_to_do(stands: dict[str, int], told: str, hint: str) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        refuse_unread(sample(**stands))
    assert hint in (refused.value.hint or "")


def test_unread_spares_the_draw_but_nobody_who_was_asked() -> None:
    refuse_unread(sample(undrawn=20), unread=True)
    refuse_unread(sample(read=20))
    for stands in ({"open": 1}, {"marks": 1}):
        with pytest.raises(UsageError):
            refuse_unread(sample(**stands), unread=True)


def test_a_change_that_waits_for_the_checkout_is_counted(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(1)
    with desk.write() as db:
        changes.add(db, make.change("cases/a.yaml", kind="supersede"))
        changes.add(db, make.change("cases/b.yaml"))
    assert look_at_sample(desk, folder).pulls == 1


def test_the_sample_is_told_in_one_line(desk: Desk, folder: Path, enter: Enter) -> None:
    assert draw_sample(desk, folder, now=make.NOW).told == "No ticket on this desk enters the next release."
    enter(*range(30))
    told = draw_sample(desk, folder, now=make.NOW).told
    assert told == "To be read for leaks before the next release: 20 of 30 tickets; 0 read, 20 waiting."


def test_what_was_read_is_known_by_its_texts_alone(desk: Desk, folder: Path, enter: Enter) -> None:
    enter(1)
    draw_sample(desk, folder, now=make.NOW)
    answer(desk, "zendesk:1")
    with desk.write() as db:
        before = tickets.get(db, "zendesk:1")
        assert before
        tickets.put(db, changed(before, version=2, digest="sha256:2"))
        after = tickets.get(db, "zendesk:1")
        assert after
        assert (after.version, texts_digest(after)) == (2, texts_digest(before))
    assert look_at_sample(desk, folder).undrawn == 0
