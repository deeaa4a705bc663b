"""Files are written whole and renamed: a reader sees the old file or the new one, never a half."""

import os
from pathlib import Path

from casemill.errors import OutsideError


def write_whole(path: Path, content: str | bytes, *, private: bool = False, new: bool = False) -> None:
    """Write beside the file, sync, rename; `private` makes it readable by its owner alone (0600), `new` refuses to
    replace a file that another process wrote meanwhile.

    A full disk or a forbidden folder is an OutsideError, and the old file stays as it was.
    """
    import tempfile  # costs a reader of settings 10 ms

    raw = content.encode() if isinstance(content, str) else content
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o600 if private else 0o644)
        if new:
            os.link(temporary, path)
            temporary.unlink()
        else:
            temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        why = error.strerror or type(error).__name__
        raise OutsideError(
            f"{path} cannot be written: {why}", hint="make room or give the right, then run again"
        ) from None
