"""`casemill settings --json`: values as a program wants them."""

import json
from pathlib import Path

from click.testing import CliRunner

from casemill.cli.main import casemill


def test_a_value_is_a_json_value_and_not_its_text(tmp_path: Path) -> None:
    (tmp_path / "casemill.toml").write_text('[anonymize]\nkeep = ["Acme"]\n[targets.bot]\nargv = ["./bot"]\n')
    shown = CliRunner().invoke(casemill, ["--project", str(tmp_path), "settings", "--json"])
    values = {row["name"]: row["value"] for row in json.loads(shown.output)}
    assert values["anonymize.keep"] == ["Acme"]
    assert values["targets.bot.argv"] == ["./bot"]
    assert (values["run.retries"], values["triage.sure"], values["suite.commit"]) == (3, 0.95, False)
    assert values["people.owner"] is None
