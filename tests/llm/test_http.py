import time
from email.utils import formatdate

import pytest

from casemill.errors import OutsideError, UsageError
from casemill.llm import http
from casemill.llm.http import Answer, Limits, Request, open_caller
from casemill.llm.together import together
from llm.loopback import Handler, Server, saying, serving

KEY = "sk-abcdef0123456789"
OK = saying({"ok": True})


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "FIRST_WAIT", 0.02)


def request(server: Server, path: str = "/v1/chat?token=secret") -> Request:
    return Request(server.url + path, b"{}", {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"})


def send(*requests: Request, limits: Limits = Limits()) -> list[Answer]:  # noqa: B008 - a frozen value
    import asyncio

    async def work() -> list[Answer]:
        async with open_caller(limits) as caller:
            return list(await asyncio.gather(*[caller.send(one) for one in requests]))

    return together(work())


def test_an_answer_comes_back_with_the_time_it_took() -> None:
    with serving(OK) as server:
        (answer,) = send(request(server))
    assert answer.body == b'{"ok": true}'
    assert answer.milliseconds > 0


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 529])
def test_what_may_pass_is_tried_again(status: int) -> None:
    with serving(saying(b"busy", status=status), OK) as server:
        assert send(request(server))[0].body == b'{"ok": true}'
        assert len(server.seen) == 2


@pytest.mark.parametrize("status", [400, 401, 404, 409, 422, 501])
def test_what_will_not_pass_is_not_tried_again(status: int) -> None:
    with serving(saying(b"no such model", status=status), OK) as server:
        with pytest.raises(OutsideError, match=rf"127.0.0.1:\d+ answered {status} .*: no such model$"):
            send(request(server))
        assert len(server.seen) == 1


def test_after_the_last_try_the_host_and_the_number_of_tries_are_told() -> None:
    with serving(saying(b"", status=503)) as server:
        with pytest.raises(OutsideError, match=r"answered 503 Service Unavailable \(3 tries\)"):
            send(request(server), limits=Limits(retries=2))
        assert len(server.seen) == 3


@pytest.mark.parametrize("named", ["0.3", formatdate(usegmt=True)], ids=["seconds", "date"])
def test_the_wait_a_server_names_is_honoured_for_every_call(named: str) -> None:
    with serving(saying(b"", status=429, Retry_After=named), OK) as server:
        begun = time.monotonic()
        send(request(server), limits=Limits(concurrency=1))
        waited = time.monotonic() - begun
    assert (0.3 if named == "0.3" else 0.0) <= waited < 1.5


def test_a_wait_that_is_named_costs_no_retry() -> None:
    busy = saying(b"", status=429, Retry_After="0.01")
    with serving(*[busy] * 6, OK) as server:
        assert send(request(server), limits=Limits(retries=1))[0].body == b'{"ok": true}'
    with serving(busy) as server, pytest.raises(OutsideError, match=r"answered 429 Too Many Requests \(12 tries\)"):
        send(request(server), limits=Limits(retries=1))
    with serving(busy) as server, pytest.raises(OutsideError, match=r"answered 429 Too Many Requests$"):
        send(request(server), limits=Limits(retries=0))


def test_a_date_is_held_against_the_servers_own_clock() -> None:
    headers = {"Retry-After": "Wed, 21 Oct 2026 07:28:07 GMT", "Date": "Wed, 21 Oct 2026 07:28:00 GMT"}
    assert http._named_wait(headers) == 7.0
    assert http._named_wait({"Retry-After": "soon"}) is None
    assert http._named_wait({"Retry-After": "1", "Retry-After-Ms": "250"}) == 0.25
    assert http._named_wait(headers | {"Retry-After-Ms": "soon"}) == 7.0
    assert http._named_wait({}) is None


def test_a_named_wait_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LONGEST_WAIT", 0.05)
    with serving(saying(b"", status=429, Retry_After="86400"), OK) as server:
        begun = time.monotonic()
        send(request(server))
        assert time.monotonic() - begun < 60


def test_a_wait_longer_than_anybody_waits_costs_a_retry_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LONGEST_WAIT", 0.01)
    with serving(saying(b"", status=429, Retry_After="99999")) as server:
        with pytest.raises(OutsideError, match=r"429 Too Many Requests and asks to wait 99999 s \(3 tries\)"):
            send(request(server), limits=Limits(retries=2))
        assert len(server.seen) == 3


def test_a_wait_that_is_named_is_told_once_by_host_and_seconds_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(http, "LONGEST_WAIT", 0.01)
    busy = saying(b"come back, order 548921", status=429, Retry_After="99999")
    with serving(busy, busy, saying(b"", status=429, Retry_After="0.01"), OK) as server:
        send(request(server), limits=Limits(retries=3))
        told = [record.getMessage() for record in caplog.records]
        assert told == [f"waiting 0 s for {http.host_of(server.url)}, of 99999 s that it asked for"]


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def test_a_slow_drip_ends_at_the_limit_and_is_not_tried_again() -> None:
    with serving(drip) as server:
        begun = time.monotonic()
        with pytest.raises(OutsideError, match=r"gave no answer within 0\.3 s"):
            send(request(server), limits=Limits(timeout=0.3))
        assert time.monotonic() - begun < 60
        assert len(server.seen) == 1


def cut_off(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"half an ans")
    handler.close_connection = True


def hang_up(handler: Handler) -> None:
    handler.close_connection = True


@pytest.mark.parametrize("act", [cut_off, hang_up])
def test_a_connection_that_breaks_is_tried_again(act: object) -> None:
    with serving(act, OK) as server:  # type: ignore[arg-type]
        assert send(request(server))[0].body == b'{"ok": true}'


def test_a_connection_that_always_breaks_is_told() -> None:
    with serving(cut_off) as server, pytest.raises(OutsideError, match=r"broke the connection off \(2 tries\)"):
        send(request(server), limits=Limits(retries=1))


def test_a_huge_answer_is_refused() -> None:
    with serving(saying(b"x" * 200_000)) as server, pytest.raises(OutsideError, match="more than 100,000 bytes"):
        send(request(server), limits=Limits(most_bytes=100_000))


def test_a_redirect_is_never_followed_and_the_key_stays_here() -> None:
    with serving(OK) as other, serving(saying(b"", status=307, Location=f"{other.url}/take?it=1")) as server:
        with pytest.raises(OutsideError, match=r"redirects to 127.0.0.1:\d+, which is not followed"):
            send(request(server))
        assert other.seen == []


def test_a_server_without_tls_is_told_as_that() -> None:
    with serving(OK) as server, pytest.raises(OutsideError, match="does not speak TLS as it should"):
        send(request(server)._replace(url=server.url.replace("http:", "https:")))


def test_no_message_shows_the_key_or_the_path() -> None:
    act = saying(f"Incorrect API key provided: {KEY}. Bearer {KEY}".encode(), status=401)
    with serving(act) as server, pytest.raises(OutsideError) as raised:
        send(request(server))
    assert KEY not in str(raised.value)
    assert "secret" not in str(raised.value)
    assert "(covered)" in str(raised.value)


def test_nobody_at_home_is_told_and_soon_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(OK) as server:
        gone = request(server)
    with pytest.raises(OutsideError, match="cannot be reached"):
        send(gone, limits=Limits(retries=1))

    async def many() -> float:
        monkeypatch.setattr(http, "FIRST_WAIT", 0.2)
        begun = time.monotonic()
        async with open_caller(Limits(concurrency=1, retries=3)) as caller:
            for _ in range(30):
                with pytest.raises(OutsideError):
                    await caller.send(gone)
        return time.monotonic() - begun

    assert together(many()) < 6  # 30 calls with all their waits would take over 20 s


def test_only_hosts_on_the_list_are_called() -> None:
    with serving(OK) as server:
        send(request(server), limits=Limits(allow=("127.0.0.1",)))
        with pytest.raises(UsageError, match=r"127\.0\.0\.1 may not be called"):
            send(request(server), limits=Limits(allow=("api.shop.test",)))
        assert len(server.seen) == 1


@pytest.mark.parametrize("url", ["ftp://shop.test/x", "file:///etc/passwd", "shop.test", ""])
def test_only_http_is_spoken(url: str) -> None:
    with pytest.raises(UsageError, match="not an http or https address"):
        send(Request(url, b"", {}))


def test_no_more_calls_fly_than_allowed() -> None:
    def slowly(handler: Handler) -> None:
        time.sleep(0.05)
        handler.answer({})

    with serving(slowly) as server:
        send(*[request(server)] * 12, limits=Limits(concurrency=4))
        assert server.most_flying == 4


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


def test_the_environments_proxy_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with serving(OK) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        send(Request("http://bot.shop.test/answer", b"{}", {}))
        assert proxy.seen[0].path == "http://bot.shop.test/answer"


def test_calls_are_logged_by_host_bytes_and_digest_never_by_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="casemill.llm.http")
    with serving(OK) as server:
        send(request(server)._replace(body=b'{"input": "order 548921"}'))
    (record,) = caplog.records
    assert record.getMessage().startswith("127.0.0.1:")
    assert "25 bytes there (sha256:" in record.getMessage()
    assert "548921" not in record.getMessage()
