"""JSON Lines, one document a line."""

import msgspec
import pytest
from hypothesis import given

import newspan
from newspan.errors import DocumentError, NewspanError
from newspan.formats.jsonl import decode, encode
from strategies import documents


@given(documents())
def test_each_document_is_one_line(found):
    (line,) = encode([found])
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")


@given(documents())
def test_blank_lines_and_text_lines_are_read(found):
    (line,) = encode([found])
    assert list(decode([b"\n", line, "  \n", line.decode()])) == [found, found]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "truncated"),
        (b'{"article": 5}', "article"),
        (b'{"article": {}, "extra": 1}', "extra|missing"),
        (b"\xff\xfe", "JSON|utf-8|invalid"),
        (b'{"article": "\xff"}', "utf-8|article"),
        (b"[" * 100_000, "nested|array"),
        (b'{"article":' * 100_000, "nested|article"),
        (b'"\\ud800"', "truncated|surrogate|Expected"),
    ],
)
def test_a_bad_line_is_named_by_its_number(line, message):
    with pytest.raises(DocumentError, match=message) as caught:
        list(decode([b"\n", line]))
    assert caught.value.faults[0].line == 2


def test_a_bad_line_of_a_file_is_named_by_path_and_number(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n{\n")
    with pytest.raises(DocumentError) as caught:
        list(newspan.read(path))
    assert f"{path}:2" in str(caught.value)


@given(documents(standoff=False).filter(lambda d: d.spans))
def test_a_broken_invariant_is_named_by_line(found):
    (line,) = encode([found])
    record = msgspec.json.decode(line)
    record["spans"][0]["text"] = "other words"
    with pytest.raises(DocumentError, match="other words") as caught:
        list(decode([msgspec.json.encode(record)]))
    assert caught.value.faults[0].line == 1


def test_a_byte_order_mark_is_skipped(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf\n")
    assert list(newspan.read(path)) == []


def test_a_git_lfs_pointer_is_named(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(NewspanError, match="git lfs pull"):
        list(newspan.read(path))


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("old", encoding="utf-8")

    def broken():
        raise DocumentError("stop")
        yield

    with pytest.raises(DocumentError, match="stop"):
        newspan.write(broken(), path)
    assert [(p.name, p.read_text(encoding="utf-8")) for p in tmp_path.iterdir()] == [
        ("a.jsonl", "old")
    ]
