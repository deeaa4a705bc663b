"""A page as a browser lays it out: Chromium without a window, spoken to over its own debugging port."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp

CHROMIUM = os.environ.get("CASEMILL_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
SECONDS = 60


class Seen(NamedTuple):
    """What a page was at one width: what a script gave, and what a screen reader would be told (role and name)."""

    value: Any
    told: list[tuple[str, str]]


async def look_at(page: Path, *, widths: Sequence[int], script: str, profile: Path) -> dict[int, Seen]:
    """Opens a page at each width, in CSS pixels, and runs a script in it."""
    async with _session(profile) as tab:
        seen = {}
        for width in widths:
            size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
            await tab.call("Emulation.setDeviceMetricsOverride", **size)
            await tab.call("Page.navigate", url=page.as_uri())
            ready = "new Promise(done => document.readyState == 'complete' ? done() : onload = done)"
            await tab.call("Runtime.evaluate", expression=ready, awaitPromise=True)
            answer = await tab.call("Runtime.evaluate", expression=script, returnByValue=True)
            nodes = (await tab.call("Accessibility.getFullAXTree"))["nodes"]
            told = [
                (node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]
            ]
            seen[width] = Seen(answer["result"]["value"], told)
        return seen


class Tab:
    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.asked = 0

    async def call(self, method: str, **parameters: Any) -> Any:
        self.asked += 1
        await self.socket.send_json({"id": self.asked, "method": method, "params": parameters})
        while (answer := await self.socket.receive_json(timeout=SECONDS)).get("id") != self.asked:
            pass
        return answer["result"]


@asynccontextmanager
async def _session(profile: Path) -> AsyncIterator[Tab]:
    assert CHROMIUM
    command = [CHROMIUM, *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            port = await asyncio.wait_for(_port(profile / "DevToolsActivePort"), SECONDS)
            async with (
                aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
                session.put("/json/new?about:blank") as opened,
                session.ws_connect((await opened.json())["webSocketDebuggerUrl"], max_msg_size=0) as socket,
            ):
                yield Tab(socket)
        finally:
            process.terminate()


async def _port(file: Path) -> int:
    while not (file.is_file() and file.read_text().strip()):
        await asyncio.sleep(0.02)
    return int(file.read_text().split()[0])
