"""Bytes of any origin become lines."""

import gzip
from pathlib import Path

import pytest

from casemill.errors import UsageError
from casemill.ingest.encoding import CutShort, Lines, clean, decode, read_chunks

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8_r")
RUSSIAN = "Здравствуйте, бот обещал возврат"


def lines_of(path: Path) -> list[tuple[int, str]]:
    return [(line.number, line.data.decode()) for line in Lines(path)]


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_line_is_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "f", f"one {RUSSIAN}\r\ntwo {RUSSIAN}\n".encode(encoding))
    assert lines_of(path) == [(1, f"one {RUSSIAN}"), (2, f"two {RUSSIAN}")]


def test_the_encoding_found_is_told(tmp_path: Path) -> None:
    lines = Lines(written(tmp_path / "f", f"{RUSSIAN}\n".encode("cp1251")))
    list(lines)
    assert lines.encoding == "cp1251"


def test_western_europe_is_not_taken_for_russian(tmp_path: Path) -> None:
    assert lines_of(written(tmp_path / "f", "Müller hätte gern Grüße".encode("cp1252"))) == [
        (1, "Müller hätte gern Grüße")
    ]


def test_a_broken_line_in_a_utf8_file_stays_broken_and_alone(tmp_path: Path) -> None:
    path = written(tmp_path / "f", "один\n".encode() + b"\xff\xfe\xf0\n" + "три\n".encode())
    assert [line.data for line in Lines(path)] == ["один".encode(), b"\xff\xfe\xf0", "три".encode()]


def test_gzip_is_told_by_its_bytes_not_by_its_name(tmp_path: Path) -> None:
    assert lines_of(written(tmp_path / "rows.txt", gzip.compress(b"one\ntwo"))) == [(1, "one"), (2, "two")]


def test_gzip_members_one_after_another_are_one_file(tmp_path: Path) -> None:
    content = gzip.compress(b"one\n") + gzip.compress(b"two\n") + b"\0" * 512
    assert lines_of(written(tmp_path / "f", content)) == [(1, "one"), (2, "two")]


@pytest.mark.parametrize("keep", [20, 200, 2000, -1])
def test_of_a_cut_gzip_file_everything_before_the_cut_is_read(tmp_path: Path, keep: int) -> None:
    whole = b"".join(b"line %d %d\n" % (number, number**5) for number in range(2000))
    path = written(tmp_path / "f", gzip.compress(whole)[:keep])
    found: list[bytes] = []

    def read() -> None:
        found.extend(line.data for line in Lines(path))

    with pytest.raises(CutShort) as told:
        read()
    assert found == whole.splitlines()[: len(found)]
    assert told.value.line == len(found) + 1
    if keep == -1:
        assert len(found) >= 1999


def test_damaged_gzip_data_is_told_as_such(tmp_path: Path) -> None:
    content = bytearray(gzip.compress(bytes(range(256)) * 400))
    content[40:60] = b"\xff" * 20
    with pytest.raises(CutShort, match=r"damaged|cut short"):
        list(read_chunks(written(tmp_path / "f", bytes(content))))


def test_a_gzip_bomb_is_unpacked_in_small_pieces(tmp_path: Path) -> None:
    path = written(tmp_path / "f", gzip.compress(b"\0" * 50_000_000))
    assert max(map(len, read_chunks(path))) <= 1 << 20


def test_what_was_read_from_disk_is_heard(tmp_path: Path) -> None:
    heard: list[int] = []
    path = written(tmp_path / "f", b"some words\n" * 80_000)
    list(Lines(path, seen=heard.append))
    assert sum(heard) == path.stat().st_size


def test_a_missing_file_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        list(read_chunks(tmp_path / "none"))


def test_clean_text_has_one_newline_and_nothing_unseen() -> None:
    assert clean("a\r\nb\rc\u2028d\x00e\x07f\u200bg\ufeffh\u202ei\u00adj\x85k\tl") == "a\nb\nc\ndefghij\nk\tl"
    assert clean("половина \ud83d пары") == "половина \ufffd пары"
    assert clean("👍🏽 naïve 中文") == "👍🏽 naïve 中文"


def test_a_whole_file_is_decoded_whatever_it_is_in() -> None:
    for encoding in ("utf-8", "utf-16", "cp1251"):
        assert decode(RUSSIAN.encode(encoding)) == RUSSIAN
