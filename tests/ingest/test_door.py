"""The door outward: what is tried again, what is refused, and that nothing secret is said."""

import gzip
import json
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from casemill.errors import UsageError
from casemill.ingest.address import is_public, pinned
from casemill.ingest.auth import Client, ClientCredentials, basic, bearer
from casemill.ingest.http import Door, Limits, Refused
from casemill.ingest.patience import Again, Pace, Patience
from casemill.ingest.spoken import covered, said_in, wait_from
from ingest.fakes.server import Asked, FakeServer, Fault, Reply, serving
from ingest.walking import HASTY

AUTH = bearer("tok-1234567", remedy="make a new token")


def vendor(asked: Asked) -> Reply:
    """Says what it was asked, moves `/moved` to `/here`, packs `/packed`."""
    if asked.path == "/moved":
        return Reply(b"", 301, {"Location": "/here"})
    if asked.path == "/around":
        return Reply(b"", 302, {"Location": "/around"})
    if asked.path == "/packed":
        return Reply(gzip.compress(b'{"packed": true}'), 200, {"Content-Encoding": "gzip"})
    if asked.path == "/brotli":
        return Reply(b"xxxx", 200, {"Content-Encoding": "br"})
    if asked.path == "/long":
        return Reply(b"x" * 2_000_000)
    if asked.path == "/no":
        return Reply({"error": {"title": "No", "message": f"not with {asked.headers['authorization']}"}}, 403)
    return Reply({"path": asked.path, "signed": asked.headers.get("authorization"), "params": asked.params})


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with serving(vendor) as fake:
        yield fake


@pytest.fixture
def door(fake: FakeServer) -> Iterator[Door]:
    with Door(fake.url, auth=AUTH, limits=HASTY) as door:
        yield door


def test_a_call_is_signed_and_goes_to_the_configured_host(door: Door) -> None:
    told = door.load("/a", {"x": 1}, kind=dict[str, Any])
    assert told == {"path": "/a", "signed": "Bearer tok-1234567", "params": {"x": "1"}}
    assert door.get("b").status == 200
    assert door.calls == 2


def test_a_packed_answer_is_unpacked(door: Door) -> None:
    assert door.get("/packed").body == b'{"packed": true}'


def test_a_redirect_on_the_same_host_is_followed_and_one_in_a_circle_is_not(door: Door) -> None:
    assert door.load("/moved", kind=dict[str, Any])["path"] == "/here"
    with pytest.raises(Refused, match="answered 302"):
        door.get("/around")


def test_a_redirect_to_another_host_is_refused_and_never_called(door: Door, fake: FakeServer) -> None:
    with serving(vendor) as other:
        fake.add(Fault("elsewhere", to=f"{other.url}/steal"))
        with pytest.raises(Refused, match="which is not followed"):
            door.get("/a")
        assert other.asked == []


def test_a_body_that_unpacks_without_end_is_refused(fake: FakeServer) -> None:
    fake.add(Fault("bomb"))
    patient = HASTY._replace(timeout=60, whole=60)
    with (
        Door(fake.url, auth=AUTH, limits=patient) as door,
        pytest.raises(Refused, match="unpacks to far more than it says"),
    ):
        door.get("/a")


def test_a_body_over_the_limit_and_one_packed_in_another_way_are_refused(fake: FakeServer) -> None:
    with Door(fake.url, auth=AUTH, limits=HASTY._replace(most_bytes=1_000_000)) as door:
        with pytest.raises(Refused, match="more than 1,000,000 bytes"):
            door.get("/long")
        with pytest.raises(Refused, match="packs its answer as 'br'"):
            door.get("/brotli")


def test_a_refusal_is_told_in_the_hosts_own_words_without_the_credentials(door: Door) -> None:
    with pytest.raises(Refused) as refused:
        door.get("/no")
    assert "answered 403 Forbidden: not with Bearer (covered) No" in f"{refused.value}"
    assert (refused.value.status, refused.value.hint) == (403, "make a new token")


def test_what_is_refused_is_not_tried_again(door: Door, fake: FakeServer) -> None:
    with pytest.raises(Refused):
        door.get("/no")
    assert fake.calls("/no") == 1


@pytest.mark.parametrize("kind", ["failing", "busy", "cut", "truncated", "silent"])
def test_what_may_pass_is_tried_as_often_as_the_limits_say(door: Door, fake: FakeServer, kind: Any) -> None:
    fake.add(Fault(kind, times=100))
    with pytest.raises(Refused, match="4 tries"):
        door.get("/a")
    assert fake.calls() == HASTY.attempts


def test_an_answer_that_drips_is_given_up(door: Door, fake: FakeServer) -> None:
    fake.add(Fault("dripping", times=100))
    with pytest.raises(Refused, match=r"had not ended its answer after 0\.4 s"):
        door.get("/a" * 50)


def test_hosts_that_the_settings_do_not_allow_are_not_called(fake: FakeServer) -> None:
    with pytest.raises(UsageError, match=r"127\.0\.0\.1 may not be called"):
        Door(fake.url, auth=AUTH, allow=("shop.zendesk.com",))


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://127.0.0.1:1/x",
            "https://127.0.0.1/x",
            "https://localhost/x",
            "https://10.0.0.7/x",
            "https://[::1]/x",
        ),
        *("https://169.254.169.254/latest/meta-data", "https://[::ffff:127.0.0.1]/x", "https://[64:ff9b::7f00:1]/x"),
        *("https://2130706433/x", "https://0x7f.1/x", "https://0/x", "file:///etc/passwd", "https://me@1.1.1.1/x", "x"),
    ],
)
def test_an_attachment_at_a_private_address_is_refused(door: Door, fake: FakeServer, url: str) -> None:
    with pytest.raises(Refused, match=r"is not called|cannot be called"):
        door.fetch(url)
    assert fake.asked == []


@pytest.mark.parametrize("url", ["https://[", "https://shop.test:x/", "", "//", "https://[::1", "ftp://shop.test"])
def test_what_is_no_address_is_refused_as_an_attachment_and_as_a_redirect(
    door: Door, fake: FakeServer, url: str
) -> None:
    with pytest.raises(Refused, match="is not called"):
        door.fetch(url)
    fake.add(Fault("elsewhere", to=url, times=10))
    with pytest.raises(Refused, match=r"redirects|answered 302"):
        door.get("/x")


def test_an_address_in_the_settings_that_cannot_be_read_is_a_mistake_in_them() -> None:
    with pytest.raises(UsageError, match="is not an address to call"):
        Door("https://[", auth=AUTH)


def test_an_attachment_on_the_configured_host_is_fetched_with_the_credentials(door: Door, fake: FakeServer) -> None:
    assert b"Bearer" in door.fetch(f"{fake.url}/files/1").body


def test_an_attachment_that_leads_to_a_private_address_is_refused(door: Door, fake: FakeServer) -> None:
    with serving(vendor) as other:
        fake.add(Fault("elsewhere", to=other.url))
        with pytest.raises(Refused, match="fetched over https alone"):
            door.fetch(f"{fake.url}/files/1")
        assert other.asked == []


def test_an_attachment_over_its_limit_is_refused(door: Door, fake: FakeServer) -> None:
    with pytest.raises(Refused, match="more than 1,048,576 bytes"):
        door.fetch(f"{fake.url}/long")
    fake.add(Fault("bomb"))
    with pytest.raises(Refused, match="unpacks to far more"):
        door.fetch(f"{fake.url}/a")


def test_a_public_address_is_tied_to_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ({"both.test": "10.1.1.1"}.get(host, "1.1.1.1"), port))]

    monkeypatch.setattr("casemill.ingest.address.socket.getaddrinfo", look_up)
    assert pinned("https://cdn.test:8443/f?token=1") == ("https://1.1.1.1:8443/f?token=1", None)
    assert pinned("https://both.test/f").refused == "it is a private address"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *(("1.1.1.1", True), ("2606:4700::1", True), ("10.0.0.1", False), ("100.64.0.1", False), ("224.0.0.1", False)),
        *(
            ("fe80::1%eth0", False),
            ("fd00::1", False),
            ("2002:7f00:1::", False),
            ("0.0.0.0", False),
            ("nonsense", False),
        ),
    ],
)
def test_public_addresses_are_those_of_the_open_internet(address: str, public: bool) -> None:
    assert is_public(address) is public


NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DATE = {"date": format_datetime(NOW, usegmt=True)}


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (429, {"retry-after": "7"}, 7.0),
        (503, {"retry-after": "0.5"}, 0.5),
        (429, {"retry-after": format_datetime(NOW + timedelta(seconds=9), usegmt=True)}, 9.0),
        (429, {"x-ratelimit-retry-after": "11"}, 11.0),
        (429, {"x-ratelimit-reset": str(int(NOW.timestamp()) + 4)}, 4.0),
        (429, {"x-ratelimit-reset": "0"}, 0.0),
        (429, {"ratelimit-reset": "41"}, 41.0),
        (500, {"x-ratelimit-reset": "9999999999"}, None),
        (429, {"retry-after": "soon"}, None),
        (429, {"retry-after": "-5"}, None),
        (429, {"retry-after": "inf"}, None),
        (429, {}, None),
    ],
)
def test_the_wait_is_read_in_each_vendors_way(status: int, headers: dict[str, str], wait: float | None) -> None:
    assert wait_from(status, DATE | headers) == wait


def test_named_waits_cost_no_attempt_until_there_are_too_many_and_long_ones_are_cut() -> None:
    patience = Patience(Limits(attempts=2, named_waits=3, longest_wait=10), "shop.test")
    assert [patience.judge(Again("busy", wait=0.1)) for _ in range(3)] == [0.1, 0.1, 0.1]
    assert patience.judge(Again("busy", wait=600)) == 10
    assert patience.judge(Again("busy", wait=600)) is False
    assert Patience(Limits(), "shop.test").judge(ValueError()) is False


def test_the_pace_lets_so_many_calls_into_a_minute_and_then_waits() -> None:
    clock, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    pace = Pace(Limits(pace=(("/slow/", 2),)), "shop.test", clock=lambda: clock[0], sleep=sleep)
    for path in ("/slow/1", "/fast", "/slow/2", "/slow/3", "/fast", "/slow/4"):
        pace.keep(path)
        clock[0] += 1
    assert slept == [57.0]


def test_a_token_is_fetched_again_before_it_runs_out() -> None:
    def token(asked: Asked) -> Reply:
        told = asked.json if asked.headers["content-type"] == "application/json" else asked.body.decode()
        return Reply(
            {"access_token": f"t{len(server.asked)}-{'form' if isinstance(told, str) else 'json'}", "expires_in": 300}
        )

    clock = [0.0]
    with serving(token) as server, Door(server.url, auth=AUTH, limits=HASTY) as door:
        for form, name in ((False, "json"), (True, "form")):
            server.asked.clear()
            client = Client("/token", {"grant_type": "client_credentials", "client_secret": "s3cret"}, "s3cret", form)
            auth = ClientCredentials(client, remedy="", clock=lambda: clock[0])
            assert auth.headers(door) == {"Authorization": f"Bearer t1-{name}"}
            clock[0] += 200
            assert auth.headers(door) == {"Authorization": f"Bearer t1-{name}"}
            clock[0] += 50
            assert auth.headers(door) == {"Authorization": f"Bearer t2-{name}"}
            assert auth.secrets == ("s3cret", f"t1-{name}", f"t2-{name}")


def test_a_password_is_a_secret_plain_and_coded() -> None:
    auth = basic("me", "pass-word", remedy="")
    assert covered("a pass-word and bWU6cGFzcy13b3Jk", auth.secrets) == "a (covered) and (covered)"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": "RecordNotFound", "description": "Not found"}', ": Not found RecordNotFound"),
        (b'{"type": "error.list", "errors": [{"code": "unauthorized", "message": "Bad"}]}', ": Bad unauthorized"),
        (b"<html>down</html>", ""),
        (b'{"data": "a ticket\'s text"}', ""),
        (b"\xff", ""),
    ],
)
def test_only_an_errors_own_words_are_told(body: bytes, said: str) -> None:
    assert said_in(body) == said


@pytest.mark.parametrize("who", ["anna.petrova@shop.test", "+7 701 123 45 67", "4111 1111 1111 1111"])
def test_whom_an_error_names_is_not_told(who: str) -> None:
    told = said_in(json.dumps({"error": "RecordInvalid", "description": f"{who} is a contact already"}).encode())
    assert who not in told
    assert "is a contact already" in told
    long = said_in(json.dumps({"error": "x" * 195 + " " + who}).encode())
    assert who[:6] not in long


def test_of_a_secret_in_a_long_error_no_beginning_is_told() -> None:
    told = said_in(json.dumps({"error": "x" * 190 + "token-of-the-shop"}).encode(), ["token-of-the-shop"])
    assert "token" not in told
