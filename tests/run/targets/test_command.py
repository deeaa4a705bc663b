import os
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from casemill.domain.reply import Reply
from casemill.errors import SettingsError, TargetError
from casemill.run.input import told
from run.targets.asking import TALK, ask


def run(script: str, root: Path, **around: Any) -> Reply:
    return ask({"kind": "command", "argv": [sys.executable, "-c", script]}, root=root, **around)[0]


def test_the_program_reads_the_case_and_writes_a_reply(tmp_path: Path) -> None:
    script = (
        "import json, sys, os; case = json.load(sys.stdin);"
        "told = {'text': case['input'], 'intent': os.getcwd(), 'citations': case['context']['articles']};"
        "json.dump(told, sys.stdout)"
    )
    reply = run(script, tmp_path)
    assert reply == Reply(text="and now?", intent=str(tmp_path), citations=("KB-1@2",), latency_ms=reply.latency_ms)


def test_plain_text_is_a_reply_and_expectations_are_never_told(tmp_path: Path) -> None:
    assert run("import sys; print('I read', sys.stdin.read()[:9])", tmp_path).text == 'I read {"case":{'
    assert run("print('Жақсы 🙂')", tmp_path).text == "Жақсы 🙂"
    assert "processed your refund" not in msgspec.json.encode(told(TALK)).decode()


def test_a_program_that_never_reads_may_answer(tmp_path: Path) -> None:
    assert run("import os; os.close(0); print('hi')", tmp_path).text == "hi"


def test_another_exit_code_is_an_error_with_the_last_line(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"python.* ended with 3: no key$"):
        run(
            "import sys; print('half'); print('Traceback', 'no key', sep='\\n', file=sys.stderr); sys.exit(3)", tmp_path
        )


def test_output_on_both_pipes_is_never_stuck(tmp_path: Path) -> None:
    script = "import sys; sys.stderr.write('e' * 500_000); sys.stdout.write('o' * 500_000)"
    assert len(run(script, tmp_path).text) == 500_000


def test_too_much_output_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casemill.run.targets.command.MOST_BYTES", 100_000)
    with pytest.raises(TargetError, match="answers with more than 100,000 bytes"):
        run("print('o' * 500_000)", tmp_path)


@pytest.mark.parametrize("pipe", ["stdout", "stderr"])
def test_a_program_that_never_stops_talking_is_stopped(tmp_path: Path, pipe: str) -> None:
    with pytest.raises(TargetError, match="with more than"):
        run(f"import sys\nwhile True: sys.{pipe}.write('o' * 1_000_000)", tmp_path, timeout=60.0)


def test_a_program_that_leaves_somebody_at_its_output_ends_in_time(tmp_path: Path) -> None:
    left = "import time, pathlib; pathlib.Path('left').touch(); time.sleep(20)"
    script = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {left!r}], start_new_session=True)"
    with pytest.raises(TargetError, match="gave no answer within 1 s"):
        run(script, tmp_path, timeout=1.0)


def test_a_program_that_hangs_dies_with_what_it_started(tmp_path: Path) -> None:
    script = (
        "import subprocess, sys, time;"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "open('child.pid', 'w').write(str(child.pid)); time.sleep(60)"
    )
    begun = time.monotonic()
    with pytest.raises(TargetError, match="gave no answer within 1 s"):
        run(script, tmp_path, timeout=1.0)
    assert time.monotonic() - begun < 60
    assert _is_gone(int((tmp_path / "child.pid").read_text()))


def _is_gone(pid: int) -> bool:
    for _ in range(100):
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.02)
    return False


def test_no_shell_reads_the_arguments(tmp_path: Path) -> None:
    table = {"kind": "command", "argv": [sys.executable, "-c", "import sys; print(sys.argv[1])", "$HOME; echo"]}
    assert ask(table, root=tmp_path)[0].text == "$HOME; echo"


def test_a_program_beside_the_settings_is_found_and_a_missing_one_is_told(tmp_path: Path) -> None:
    bot = tmp_path / "bot.sh"
    bot.write_text("#!/bin/sh\necho from here\n")
    bot.chmod(0o755)
    assert ask({"kind": "command", "argv": ["./bot.sh"]}, root=tmp_path)[0].text == "from here"
    with pytest.raises(SettingsError, match="no-such-bot is not found"):
        ask({"kind": "command", "argv": ["no-such-bot"]}, root=tmp_path)


@pytest.mark.parametrize("said", [r"b'\xff\xfe'", r"b'caf\xe9'", r"""b'{"text": "caf\xe9"}'"""])
def test_an_answer_that_is_not_utf_8_is_an_error(tmp_path: Path, said: str) -> None:
    with pytest.raises(TargetError, match="is not UTF-8 text"):
        run(f"import sys; sys.stdout.buffer.write({said})", tmp_path)
