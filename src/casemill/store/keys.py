"""The vault's key and the person pepper: where they are, how they are made."""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from casemill.errors import StoreError, VaultKeyError

VAULT_FILE = Path(".casemill/vault.db")
KEY_FILE = Path(".casemill/vault.key")
PEPPER_FILE = Path(".casemill/person.pepper")
KEY_BYTES = 32


def create_keys(root: Path) -> None:
    """Writes a new key and a new pepper, readable by the owner alone; one that is there stays.

    None beside a vault that exists: what is lost has to be brought back, a new one would only hide that.
    """
    if (root / VAULT_FILE).exists():
        return
    for file in (root / KEY_FILE, root / PEPPER_FILE):
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_new(file, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        except OSError as error:
            hint = "look at the folder's permissions"
            raise StoreError(f"{file} cannot be written: {error.strerror}", hint=hint) from None


def _write_new(file: Path, content: bytes) -> None:
    """Whole or not at all: a key cut short by a kill would shut the vault for good."""
    if file.exists():
        return
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        # link, not rename: it refuses to replace a key that another process wrote meanwhile.
        os.link(part, file)
    except FileExistsError:
        return
    finally:
        part.unlink(missing_ok=True)


def find_key(root: Path, variable: str, *, file: Path = KEY_FILE, environ: Mapping[str, str] = os.environ) -> bytes:
    """32 bytes from the variable, else from the file, as base64 or hex; VaultKeyError when there are none."""
    if text := environ.get(variable, "").strip():
        return _parse(text, variable)
    path = root / file
    try:
        return _parse(path.read_text(encoding="ascii").strip(), str(file))
    except FileNotFoundError:
        raise VaultKeyError(
            f"there is no {file} and {variable} is not set",
            hint="casemill init makes one; for a vault that exists, bring the key it was written with",
        ) from None
    except OSError as error:
        raise VaultKeyError(f"{file} cannot be read: {error.strerror}", hint="look at its permissions") from None
    except UnicodeDecodeError:
        raise _not_a_key(str(file)) from None


def _parse(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text) if len(text) == 2 * KEY_BYTES else base64.b64decode(_standard(text), validate=True)
    except (ValueError, binascii.Error):
        raise _not_a_key(where) from None
    if len(key) != KEY_BYTES:
        raise _not_a_key(where)
    return key


def _standard(text: str) -> str:
    """URL-safe base64 and base64 without its padding are keys too."""
    return text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)


def _not_a_key(where: str) -> VaultKeyError:
    return VaultKeyError(f"{where} is not a key: 32 bytes as base64 or hex are", hint="openssl rand -base64 32")
