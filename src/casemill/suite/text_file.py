"""Files as text: strict UTF-8, with the line of what is not."""

from pathlib import Path

from casemill.errors import FileError


def read_text(path: Path) -> str:
    """The UTF-8 text of a file, a byte-order mark dropped; a FileError when there is none."""
    try:
        return as_text(path.read_bytes(), path)
    except FileNotFoundError:
        raise FileError(path, "there is no such file") from None
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from None


def as_text(content: bytes, path: Path) -> str:
    """Bytes as UTF-8; a FileError with the line of the first byte that is not."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileError(path, "is not UTF-8 text", line=line, hint="save it as UTF-8") from None
