"""What cannot be read is withheld, and a text in another encoding is read when it is named."""

import io

import pytest

from casemill.errors import UsageError
from casemill.personal.lines import is_read, readable, recoded, without_mark

TEXT = "Меня зовут Анна\nпривет\n"


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r"])
def test_lines_in_another_encoding_are_withheld_and_their_ends_are_left(encoding: str) -> None:
    lines = io.BytesIO(TEXT.encode(encoding)).readlines()
    text, unread = readable(lines)
    assert text.strip("\n\0") == ""
    assert text.count("\n") >= 2
    assert unread[:2] == (0, 1)


def test_lines_of_utf_8_are_read_between_others() -> None:
    lines = [b"Anna\r\n", "Анна\n".encode("cp1251"), "Анна\t\x1b[1m".encode()]
    assert readable(lines) == ("Anna\r\n\nАнна\t\x1b[1m", (1,))


@pytest.mark.parametrize("line", [b"", b"\n", b"\r\n", "Анна".encode(), b"\tAnna\x0b\x0c\n"])
def test_blanks_and_text_are_read(line: bytes) -> None:
    assert is_read(line)


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-16", "utf-8", "utf-8-sig"])
def test_a_text_in_a_named_encoding_is_read_as_utf_8(encoding: str) -> None:
    source = recoded(io.BytesIO(TEXT.encode(encoding)), encoding)
    assert b"".join(source.readlines(1_000)).decode() == TEXT


def test_what_is_not_in_the_named_encoding_is_withheld() -> None:
    source = recoded(io.BytesIO(b"Anna\n\x98\x98 \xc0\n"), "windows-1251")
    text, unread = readable(source.readlines())
    assert (text, unread) == ("Anna\n\n", (1,))


@pytest.mark.parametrize("encoding", ["nonsense", "hex", "rot13"])
def test_an_encoding_that_nobody_knows_is_a_mistake(encoding: str) -> None:
    with pytest.raises(UsageError, match="is no encoding"):
        recoded(io.BytesIO(b""), encoding)


def test_a_mark_before_the_first_line_is_no_part_of_it() -> None:
    assert without_mark(b"\xef\xbb\xbf{}") == b"{}"
