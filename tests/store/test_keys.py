"""The vault's key and the pepper: made once, found in a variable or a file."""

import base64
import stat
from pathlib import Path

import pytest

from casemill.errors import StoreError, VaultKeyError
from casemill.store.keys import KEY_FILE, PEPPER_FILE, VAULT_FILE, create_keys, find_key

RAW = bytes(range(32))


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    create_keys(tmp_path)
    made = [(tmp_path / file).read_bytes() for file in (KEY_FILE, PEPPER_FILE)]
    create_keys(tmp_path)
    assert [(tmp_path / file).read_bytes() for file in (KEY_FILE, PEPPER_FILE)] == made
    assert made[0] != made[1]
    assert {stat.S_IMODE((tmp_path / file).stat().st_mode) for file in (KEY_FILE, PEPPER_FILE)} == {0o600}
    assert sorted(path.name for path in (tmp_path / ".casemill").iterdir()) == ["person.pepper", "vault.key"]
    assert len(find_key(tmp_path, "NONE", environ={})) == 32


@pytest.mark.parametrize(
    "written",
    [
        base64.b64encode(RAW).decode(),
        base64.urlsafe_b64encode(RAW).decode(),
        base64.b64encode(RAW).decode().rstrip("="),
        RAW.hex(),
        f"  {RAW.hex().upper()}\n",
    ],
)
def test_a_key_is_read_as_base64_or_hex(written: str, tmp_path: Path) -> None:
    assert find_key(tmp_path, "KEY", environ={"KEY": written}) == RAW


def test_the_variable_wins_over_the_file(tmp_path: Path) -> None:
    create_keys(tmp_path)
    assert find_key(tmp_path, "KEY", environ={"KEY": RAW.hex()}) == RAW
    assert find_key(tmp_path, "KEY", environ={"KEY": ""}) != RAW


@pytest.mark.parametrize("written", ["short", "zz" * 32, base64.b64encode(RAW + b"x").decode(), "пароль"])
def test_what_is_not_a_key_is_told_without_being_shown(written: str, tmp_path: Path) -> None:
    (tmp_path / ".casemill").mkdir()
    (tmp_path / KEY_FILE).write_text(written, encoding="utf-8")
    for environ in ({"KEY": written}, {}):
        with pytest.raises(VaultKeyError, match="is not a key") as caught:
            find_key(tmp_path, "KEY", environ=environ)
        assert written not in str(caught.value)


def test_a_missing_key_names_variable_and_file(tmp_path: Path) -> None:
    with pytest.raises(VaultKeyError, match=r"no \.casemill/vault\.key and KEY is not set"):
        find_key(tmp_path, "KEY", environ={})


def test_a_key_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).mkdir(parents=True)
    with pytest.raises(VaultKeyError, match="cannot be read"):
        find_key(tmp_path, "KEY", environ={})


def test_keys_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    (tmp_path / ".casemill").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        create_keys(tmp_path)


def test_no_new_key_is_made_beside_a_vault_that_has_lost_its_own(tmp_path: Path) -> None:
    create_keys(tmp_path)
    (tmp_path / KEY_FILE).unlink()
    (tmp_path / VAULT_FILE).touch()
    create_keys(tmp_path)
    assert not (tmp_path / KEY_FILE).exists()
