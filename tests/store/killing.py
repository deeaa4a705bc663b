"""A process that writes, killed in the midst of it."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

TIMES = 3


def killed(code: str, root: Path, *, url: str) -> Iterator[None]:
    """Runs code with the tests' folder, a root and a vault's URL as its arguments: killed at a random moment behind its
    first line, a few times over, each told; then once to its end."""
    command = [sys.executable, "-c", code, str(Path(__file__).parents[1]), str(root), url]
    chance = random.Random(7)
    for _ in range(TIMES):
        running = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert running.stdout
        running.stdout.readline()
        time.sleep(chance.uniform(0, 0.06))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        yield
    subprocess.run(command, check=True, capture_output=True)
