"""What every source keeps to; the table of sources drives it, and each helpdesk brings its fake."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest

import make
from casemill.domain.ticket import Ticket
from casemill.errors import OutsideError, SettingsError
from casemill.ingest import read
from casemill.ingest.helpdesks import helpdesks
from casemill.ingest.http import USUAL
from casemill.ingest.source import HookRefused
from casemill.ingest.sources import SOURCES
from casemill.ingest.walk import WalkStopped, offered_fields
from casemill.settings import Ingest
from casemill.store import articles
from ingest.fakes.server import Fault, Kind
from ingest.inbox import Inbox
from ingest.walking import HASTY, Shop, fake_of, open_shop

COUNT = 12
PASSING: tuple[Kind, ...] = (
    *("limited", "busy", "failing", "cut", "truncated", "dripping", "silent", "malformed", "expired"),
)
HOOK_SECRET = "a-hook-secret-of-our-own"
ALL = {str(id) for id in range(1, COUNT + 1)}


@pytest.fixture(params=helpdesks())
def shop(request: pytest.FixtureRequest, inbox: Inbox) -> Iterator[Shop]:
    name = request.param
    with open_shop(inbox, fake_of(name).shop(COUNT), name=name, **fake_of(name).SMALL) as shop:
        yield shop


def once(shop: Shop) -> bool:
    """Whether every ticket of the shop is there, in one version."""
    return shop.versions == dict.fromkeys(ALL, 1)


def ticket_of(shop: Shop, id: str) -> Ticket:
    """A ticket as its newest payload is read."""
    arrival = shop.inbox.vault.arrival(shop.name, id)
    assert arrival is not None
    return read(arrival.payload, Ingest()).ticket


@pytest.mark.parametrize("name", SOURCES.names())
def test_a_source_has_a_name_for_its_tickets_and_reads_what_it_wrote(name: str) -> None:
    source = SOURCES.get(name)()
    assert source.default_name
    assert callable(source.read)
    assert hasattr(source, "pages") or hasattr(source, "walk") or hasattr(source, "hear")


@pytest.mark.parametrize("name", helpdesks())
def test_a_helpdesks_table_is_strict_and_names_no_secret(name: str) -> None:
    options = SOURCES.get(name).Options
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"no_such_setting": 1}, options)
    named = [field.name for field in msgspec.structs.fields(options)]
    assert not [one for one in named if ("secret" in one or "token" in one) and not one.endswith("_env")]


def test_every_ticket_comes_once_and_the_second_walk_brings_nothing(shop: Shop) -> None:
    done = shop.walk()
    assert (done.new, done.changed, done.rejected) == (COUNT, 0, 0)
    assert once(shop)
    again = shop.walk()
    assert (again.new, again.changed) == (0, 0)


def test_a_payload_is_a_container_that_its_own_source_reads(shop: Shop) -> None:
    shop.walk()
    for arrival in shop.inbox.vault.waiting(limit=COUNT):
        assert msgspec.json.decode(arrival.payload.content)["form"] in SOURCES.names()
        told = read(arrival.payload, Ingest()).ticket
        assert {"customer", "assistant", "agent", "note"} <= {turn.role for turn in told.turns}
        assert (told.source, told.external_id) == (shop.name, arrival.payload.external_id)


def test_the_structured_field_is_carried_into_the_ticket(shop: Shop) -> None:
    fake_of(shop.name).fill(shop.vendor, 3, "Says that no refund was started.")
    shop.walk()
    told = ticket_of(shop, "3")
    assert (told.ai_related, told.expected) == (True, "Says that no refund was started.")


def test_a_ticket_comes_with_the_macro_that_resolved_it(shop: Shop) -> None:
    fake_of(shop.name).apply_macro(shop.vendor, 3)
    shop.walk()
    macro = ticket_of(shop, "3").macro
    assert macro is not None
    assert macro.title.startswith("47")
    assert macro.revision
    with shop.inbox.desk.read() as db:
        kept = articles.revision(db, "macro", macro.id, macro.revision)
    assert kept is not None
    assert (kept.source, kept.text) == (shop.name, macro.text)
    assert macro.text


def test_resolved_per_macro_47_in_a_note_names_the_macro(shop: Shop) -> None:
    fake_of(shop.name).note(shop.vendor, 4, "Resolved per macro 47")
    shop.walk()
    macro = ticket_of(shop, "4").macro
    assert macro is not None
    assert macro.title.startswith("47")
    assert macro.text
    assert macro.revision
    assert ticket_of(shop, "5").macro is None


def test_the_knowledge_base_is_kept_by_revision(shop: Shop) -> None:
    if not fake_of(shop.name).HAS_KNOWLEDGE:
        pytest.skip("its knowledge base is not to be had by the same door")
    shop.walk()
    with shop.inbox.desk.read() as db:
        (only,) = articles.all_latest(db, "article")
    assert only.revision
    assert "free for 30 days" in only.text


def test_a_changed_ticket_is_a_new_version_and_a_touched_one_is_the_same(shop: Shop) -> None:
    shop.walk()
    fake_of(shop.name).change(shop.vendor, 3)
    fake_of(shop.name).touch(shop.vendor, 4)
    done = shop.walk(now=make.NOW + timedelta(hours=1))
    assert (done.new, done.changed) == (0, 1)
    assert shop.versions == dict.fromkeys(ALL, 1) | {"3": 2}


def test_a_deleted_ticket_does_not_stop_the_walk(shop: Shop) -> None:
    fake_of(shop.name).delete(shop.vendor, 5)
    shop.walk()
    assert set(shop.versions) == ALL - {"5"}


@pytest.mark.parametrize("kind", PASSING)
@pytest.mark.parametrize("place", ["STREAM", "ONE"])
def test_a_fault_that_passes_costs_no_ticket(shop: Shop, kind: Kind, place: str) -> None:
    fakes = fake_of(shop.name)
    if kind == "expired" and not fakes.RENEWS:
        pytest.skip("its token is not fetched")
    shop.fake.add(Fault(kind, at=2, path=getattr(fakes, place), wait="1"))
    done = shop.walk()
    assert shop.fake.struck == [kind]
    assert (done.new, done.changed, once(shop)) == (COUNT, 0, True)


@pytest.mark.parametrize("kind", ["busy", "cut", "malformed", "elsewhere", "bomb", "limited"])
def test_a_fault_that_stays_stops_with_place_and_remedy_and_the_next_walk_goes_on(shop: Shop, kind: Kind) -> None:
    shop.fake.add(Fault(kind, at=2, path=fake_of(shop.name).STREAM, times=10_000, wait="999"))
    with pytest.raises(WalkStopped) as stopped:
        shop.walk()
    assert stopped.value.exit_code == 3
    assert f"{stopped.value}".startswith(f"{shop.name} stopped ")
    assert "run the same command again to go on from there" in str(stopped.value.hint)
    kept = shop.versions
    assert 0 < len(kept) < COUNT
    shop.fake.faults.clear()
    done = shop.walk()
    assert done.new == COUNT - len(kept)
    assert once(shop)


def test_a_dead_helpdesk_is_told_by_its_host(shop: Shop) -> None:
    table: dict[str, Any] = shop.sources[shop.name] | {"url": "http://127.0.0.1:9"}
    with pytest.raises(WalkStopped, match=r"127\.0\.0\.1:9 cannot be reached: .*refused"):
        shop._replace(sources={shop.name: table}).walk()


def test_a_missing_secret_is_named_by_its_variable(shop: Shop) -> None:
    with pytest.raises(SettingsError, match=r"the variable [A-Z_]+ is not set"):
        shop._replace(environ={}).walk()


def test_what_is_missing_is_told_with_the_table_that_lacks_it(shop: Shop) -> None:
    table = shop.sources[shop.name] | {"kind": shop.name}
    named = shop._replace(name="support", sources={"support": table}, environ={})
    with pytest.raises(SettingsError, match=r"casemill\.toml: \[ingest\.sources\.support\]: the variable [A-Z_]+ is"):
        named.walk()


def test_a_missing_table_and_a_wrong_key_are_named(shop: Shop) -> None:
    with pytest.raises(SettingsError, match="is missing"):
        shop._replace(sources={}).walk()
    with pytest.raises(SettingsError, match="unknown field `urll`"):
        shop._replace(sources={shop.name: {"urll": "x"}}).walk()


def test_a_comment_of_ten_megabytes_is_kept_whole(shop: Shop) -> None:
    fake_of(shop.name).speak_long(shop.vendor, 2, "long " * 2_000_000)
    done = shop.walk(limits=USUAL._replace(first_wait=0.001))
    assert done.new == COUNT
    arrival = shop.inbox.vault.arrival(shop.name, "2")
    assert arrival is not None
    assert len(arrival.payload.content) > 10_000_000


@pytest.mark.parametrize("minutes", [-90, 90])
def test_a_clock_that_is_off_loses_nothing(shop: Shop, minutes: int) -> None:
    clock = make.NOW + timedelta(minutes=minutes)
    shop.vendor.clock = shop.fake.now = clock
    assert shop.walk(since=make.NOW - timedelta(minutes=1)).new == COUNT


def test_a_single_ticket_is_brought_and_moves_no_cursor(shop: Shop) -> None:
    done = shop.walk(only="7")
    assert (done.seen, done.new) == (1, 1)
    assert shop.walk().new == COUNT - 1
    assert once(shop)


def test_a_ticket_that_is_gone_is_no_error(shop: Shop) -> None:
    done = shop.walk(only="4711")
    assert (done.seen, done.gone) == (0, 1)


def test_the_fields_are_listed_and_the_settings_find_theirs(shop: Shop) -> None:
    from casemill.ingest.walk import Fetch, Outward

    fetch = Fetch(shop.name, shop.inbox.folder, outward=Outward(shop.environ, (), HASTY))
    found = offered_fields(fetch, settings=Ingest(sources=shop.sources), now=make.NOW)
    assert {"expected_field", "ai_field"} <= {offer.setting for offer in found}
    assert all(offer.id and offer.title for offer in found)


def test_a_webhook_that_is_signed_says_which_ticket_to_look_at_and_one_that_is_not_is_refused(shop: Shop) -> None:
    desk, fakes = SOURCES.get(shop.name)(), fake_of(shop.name)
    headers, body = fakes.hook("7", secret=HOOK_SECRET, now=make.NOW)
    hint = desk.hook(headers, body, secret=HOOK_SECRET, now=make.NOW)
    assert hint is not None
    assert hint.ticket == "7"
    about_nothing, other = fakes.hook(None, secret=HOOK_SECRET, now=make.NOW)
    assert desk.hook(about_nothing, other, secret=HOOK_SECRET, now=make.NOW) is None
    others: tuple[dict[str, str], ...] = ({}, fakes.hook("7", secret="another", now=make.NOW)[0])
    for wrong in others:
        with pytest.raises(HookRefused) as refused:
            desk.hook(wrong, body, secret=HOOK_SECRET, now=make.NOW)
        assert HOOK_SECRET not in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize("kind", ["expired", "failing", "malformed", "elsewhere", "cut"])
def test_credentials_are_in_no_log_and_no_error(shop: Shop, kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = _everything_said(shop, caplog)
    shop.fake.add(Fault(kind, at=1, times=10_000))
    said += _everything_said(shop, caplog)
    for secret in (*fake_of(shop.name).SECRETS, *shop.environ.values()):
        assert secret not in said


def test_a_host_that_echoes_the_secret_is_covered(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    wrong = {name: f"{value}-wrong-4711" for name, value in shop.environ.items()}
    caplog.set_level(logging.DEBUG)
    said = _everything_said(shop._replace(environ=wrong), caplog)
    assert "stopped" in said
    assert "wrong-4711" not in said


def _everything_said(shop: Shop, caplog: pytest.LogCaptureFixture) -> str:
    """Every log record and error of a walk, with what hangs on them."""
    said = []
    try:
        shop.walk()
    except OutsideError as error:
        seen: BaseException | None = error
        while seen is not None:
            said += [f"{seen!r} {seen} {getattr(seen, 'hint', '')} {vars(seen)}"]
            seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    said += [f"{record.getMessage()} {vars(record)}" for record in caplog.records]
    caplog.clear()
    return "\n".join(said)
