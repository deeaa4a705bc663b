"""Where settings stand: casemill.toml, the folder that holds it, and the line of a table or key."""

from pathlib import Path

from casemill.disk import write_whole
from casemill.errors import SettingsError

FILE_NAME = "casemill.toml"


def write_starter(root: Path) -> list[Path]:
    """casemill.toml with every common setting as a comment, and Git told to ignore `.casemill/`; never overwrites."""
    written = []
    if not (path := root / FILE_NAME).exists():
        write_whole(path, Path(__file__).with_name("starter.toml").read_text(encoding="utf-8"))
        written.append(path)
    ignore = root / ".gitignore"
    lines = ignore.read_text(encoding="utf-8").splitlines() if ignore.exists() else []
    if ".casemill/" not in lines:
        write_whole(ignore, "\n".join([*lines, ".casemill/", ""]))
        written.append(ignore)
    return written


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds casemill.toml."""
    return next((folder for folder in (start, *start.parents) if (folder / FILE_NAME).is_file()), None)


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise SettingsError(f"{path.name} is not UTF-8 text", hint="save it as UTF-8") from None


def line_of(text: str, section: str, *, key: str | None = None) -> int | None:
    """Where a key stands, by a plain scan; tomllib tells no lines."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.partition("#")[0].strip() if line.lstrip().startswith("[") else line.strip()
        if bare.startswith("["):
            inside = bare.strip("[] ") == section or bare.strip("[] ").startswith(f"{section}.{key}")
            if inside and (key is None or bare.strip("[] ") != section):
                return number
        elif inside and key is not None and bare.split("=")[0].strip().strip('"') == key:
            return number
    return None


def place_in_file(root: Path, section: str, *, key: str | None = None) -> str:
    """`casemill.toml:7`, where a table or one of its keys is written; the file alone when it does not say."""
    text = read_text(root / FILE_NAME)
    line = line_of(text, section, key=key) or line_of(text, section)
    return f"{FILE_NAME}:{line}" if line else FILE_NAME
