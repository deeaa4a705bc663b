from pathlib import Path

import pytest

from casemill.errors import SettingsError
from casemill.settings import Price, find_root, load, safe_value, show_value, write_starter


def written(folder: Path, text: str) -> Path:
    (folder / "casemill.toml").write_text(text)
    return folder


def test_every_value_knows_where_it_came_from(tmp_path: Path) -> None:
    written(tmp_path, "[triage]\n# how sure\nsure = 0.9\n\n[targets.bot]\nkind = 'python'\n")
    loaded = load(tmp_path, environ={"CASEMILL_REVIEW_LEASE_MINUTES": "5"})
    sources = {origin.name: origin.source for origin in loaded.origins}
    assert loaded.settings.triage.sure == 0.9
    assert loaded.settings.review.lease_minutes == 5
    assert sources["triage.sure"] == "casemill.toml:3"
    assert sources["review.lease_minutes"] == "CASEMILL_REVIEW_LEASE_MINUTES"
    assert sources["triage.read_first"] == "default"
    assert sources["targets.bot.kind"] == "casemill.toml:6"


def test_a_variable_wins_over_the_file(tmp_path: Path) -> None:
    written(tmp_path, "[triage]\nsure = 0.9\n")
    assert load(tmp_path, environ={"CASEMILL_TRIAGE_SURE": "0.5"}).settings.triage.sure == 0.5


def test_a_list_in_a_variable_is_parted_by_commas(tmp_path: Path) -> None:
    assert load(tmp_path, environ={"CASEMILL_ANONYMIZE_KEEP": "Acme, Acme Plus"}).settings.anonymize.keep == (
        "Acme",
        "Acme Plus",
    )


@pytest.mark.parametrize(
    ("text", "says", "hint"),
    [
        ("[triage]\nsur = 0.9\n", "casemill.toml:2: [triage] has no setting 'sur'", "did you mean 'sure'?"),
        ("[tirage]\nsure = 0.9\n", "casemill.toml:1: there is no section [tirage]", "did you mean 'triage'?"),
        ("[triage]\n\nsure = 'very'\n", "casemill.toml:3: [triage] sure: Expected `float`, got `str`", None),
        ("triage = 3\n", "triage must be a table", None),
        ("[triage\n", "casemill.toml:", "docs/reference/settings.md"),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(tmp_path: Path, text: str, says: str, hint: str | None) -> None:
    with pytest.raises(SettingsError) as caught:
        load(written(tmp_path, text), environ={})
    assert says in str(caught.value)
    assert hint is None or hint in (caught.value.hint or "")


def test_a_wrong_variable_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="CASEMILL_TRIAGE_SURE"):
        load(tmp_path, environ={"CASEMILL_TRIAGE_SURE": "very"})


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "casemill.toml").write_bytes("[people]\nme = 'Аня'\n".encode("windows-1251"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        load(tmp_path, environ={})


def test_the_project_is_found_from_a_folder_below_it(tmp_path: Path) -> None:
    written(tmp_path, "")
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert find_root(tmp_path / "a" / "b") == tmp_path


def test_the_starter_is_valid_and_overwrites_nothing(tmp_path: Path) -> None:
    assert {path.name for path in write_starter(tmp_path)} == {"casemill.toml", ".gitignore"}
    (tmp_path / "casemill.toml").write_text("[triage]\nsure = 0.5\n")
    assert write_starter(tmp_path) == []
    assert load(tmp_path, environ={}).settings.triage.sure == 0.5
    assert ".casemill/" in (tmp_path / ".gitignore").read_text()


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("store.desk", "postgresql://me:secret@db/desk", "postgresql://(covered)@db/desk"),
        ("store.desk", "sqlite:///.casemill/desk.db", "sqlite:///.casemill/desk.db"),
        ("targets.bot.api_key", "sk-123", "(covered)"),
        ("store.key_variable", "CASEMILL_VAULT_KEY", "CASEMILL_VAULT_KEY"),
    ],
)
def test_what_may_hold_a_secret_is_covered(name: str, value: str, shown: str) -> None:
    assert show_value(name, value) == shown


@pytest.mark.parametrize(
    "text",
    ["[triage]\nsure = 7", "[triage]\naudit_share = -0.1", "[review]\nlease_minutes = 0", "\nx = = 1"],
)
def test_a_number_out_of_range_and_broken_toml_are_told_with_their_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match=r"^casemill\.toml:2: "):
        load(written(tmp_path, text), {})


def test_a_value_for_a_program_keeps_its_kind_and_covers_what_is_secret() -> None:
    assert safe_value("triage.sure", 0.95) == 0.95
    assert safe_value("anonymize.keep", ("Acme",)) == ("Acme",)
    assert safe_value("targets.bot.api_key", "sk-1") == "(covered)"
    assert safe_value("store.desk", "postgresql://me:hunter2@db/desk") == "postgresql://(covered)@db/desk"


def test_a_model_has_a_table_of_its_own_and_its_values_their_place(tmp_path: Path) -> None:
    text = '[model.judge]\nbase_url = "http://judge.test/v1"\nmodel = "j"\nprice = {input = 0.4, output = 1.6}\n'
    loaded = load(written(tmp_path, text), {})
    assert loaded.settings.model["judge"].price == Price(input=0.4, output=1.6)
    sources = {origin.name: origin.source for origin in loaded.origins}
    assert sources["model.judge.base_url"] == "casemill.toml:2"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[model.judge]\nmodel = 'j'", r"casemill.toml:1: \[model.judge\] .*missing required field `base_url`"),
        (
            "\n[model.b]\nbase_url = 'x'\nmodel = 'j'\nprise = 1",
            r"casemill.toml:2: \[model.b\] .*unknown field `prise`",
        ),
        ("[model]\njudge = 3", r"\[model.judge\] Expected `object`"),
    ],
)
def test_a_wrong_model_is_told_with_its_table(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        load(written(tmp_path, text), {})
    assert "base_url, model, api_key_env" in (caught.value.hint or "")
