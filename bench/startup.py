"""Start-up: `casemill --version` and `--help` against a bare interpreter, in one run; medians of 15."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

CASEMILL = str(Path(sys.executable).with_name("casemill"))


def median_ms(*command: str) -> float:
    times = []
    for _ in range(15):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def main() -> None:
    bare = median_ms(sys.executable, "-c", "pass")
    for name, command in {
        "casemill --version": (CASEMILL, "--version"),
        "casemill --help": (CASEMILL, "--help"),
        "casemill gate --help": (CASEMILL, "gate", "--help"),
        "casemill run --help": (CASEMILL, "run", "--help"),
    }.items():
        taken = median_ms(*command)
        print(f"{name:<24}{taken:7.0f} ms   {taken / bare:4.1f} x a bare interpreter ({bare:.0f} ms)")


if __name__ == "__main__":
    main()
