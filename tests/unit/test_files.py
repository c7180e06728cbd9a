"""Reading hostile files, and writing whole ones."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newspan import files
from newspan.errors import DocumentError, NewspanError, TextError
from newspan.files import read_json, read_text, write_atomically
from newspan.plain_yaml import parse_yaml


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file"


READERS = (read_text, read_json)


@pytest.mark.parametrize("reader", READERS)
def test_a_missing_file_is_named(reader, path):
    with pytest.raises(NewspanError, match="No such file") as caught:
        reader(path)
    assert caught.value.faults[0].path == path


@pytest.mark.parametrize("reader", READERS)
def test_a_folder_is_no_file(reader, tmp_path):
    with pytest.raises(NewspanError, match="directory"):
        reader(tmp_path)


@pytest.mark.parametrize("reader", READERS)
def test_a_path_that_no_system_takes_is_an_error(reader, tmp_path):
    with pytest.raises(NewspanError, match="cannot be read"):
        reader(tmp_path / "a\0b")


@pytest.mark.parametrize("reader", READERS)
def test_a_byte_order_mark_is_skipped(reader, path):
    path.write_bytes(b"\xef\xbb\xbf[]")
    assert reader(path) in ("[]", [])


def test_bytes_that_are_not_utf8_are_named_by_byte_and_line(path):
    path.write_bytes(b"one\ntwo\nth\xe9e\n")
    with pytest.raises(TextError, match=r"byte 10 \(0xe9\) is not UTF-8") as caught:
        read_text(path)
    assert caught.value.faults[0].line == 3


def test_utf16_is_not_taken_for_utf8(path):
    path.write_text("one", encoding="utf-16")
    with pytest.raises(TextError, match="byte 0"):
        read_text(path)


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_an_empty_file_is_refused(content, path):
    path.write_bytes(content)
    with pytest.raises(TextError, match="empty"):
        read_text(path)


def test_a_text_beyond_the_limit_is_refused(path):
    path.write_bytes(b"x" * 11)
    with pytest.raises(TextError, match="at most 10 are read"):
        read_text(path, limit=10)
    assert read_text(path, limit=11) == "x" * 11
    assert files.MAX_TEXT_BYTES > 1_000_000


def test_a_device_without_a_size_is_not_read_without_end():
    with pytest.raises(TextError, match="at most 10 are read"):
        read_text(files.Path("/dev/zero"), limit=10)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": [1, 2', "truncated"),
        (b"", "truncated"),
        (b'{"a": 1} x', "trailing"),
        (b'"\xff"', "utf-8"),
        (b"NaN", "invalid"),
        (b"[" * 200_000, "nested"),
        (b'{"a":' * 200_000, "nested"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00", "git lfs pull"),
    ],
)
def test_broken_json_is_explained(content, message, path):
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=message) as caught:
        read_json(path)
    assert caught.value.faults[0].path == path


def test_faults_of_yaml_name_the_line(path):
    path.write_text("a: 1\nb: [1, 2\nc: 3\n", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        parse_yaml(path.read_text(encoding="utf-8"), path)
    assert caught.value.faults[0].line == 3
    with pytest.raises(DocumentError) as caught:
        parse_yaml("a: 1\nb: [1, 2\nc: 3\n", path, first_line=10)
    assert caught.value.faults[0].line == 12


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system ['true']",
        "!!python/name:os.system",
        "!!python/object/new:tuple [[1]]",
        "!Custom x",
        "!!timestamp x",
        "!!bool x",
        "!!int ''",
        "!!int 0b",
        "!!float x",
        "a: 2024-13-45",
        "? {a: b}\n: c",
        "\x00",
        "[" * 5000,
        "- " * 5000,
        "a: " + "1" * 5000,
    ],
)
def test_yaml_that_is_no_plain_value_is_refused(text, path):
    with pytest.raises(DocumentError, match="is not YAML"):
        parse_yaml(text, path)


def test_a_yaml_bomb_of_aliases_is_refused(path):
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    with pytest.raises(DocumentError, match="alias") as caught:
        parse_yaml("\n".join(lines), path)
    assert caught.value.faults[0].line == 2


def test_a_yaml_alias_to_itself_is_refused(path):
    with pytest.raises(DocumentError, match="alias"):
        parse_yaml("a: &a [*a]", path)


def test_a_key_given_twice_is_refused_with_its_line(path):
    with pytest.raises(DocumentError, match="'ana' is given twice") as caught:
        parse_yaml("ana: {type: person}\nbob: {}\nana: {type: group}\n", path)
    assert caught.value.faults[0].line == 3


def test_plain_yaml_is_read_as_before(path):
    text = "a: 1\nb: [x, 'y', \"z\"]\nc: {d: null, e: true}\nf: 2024-02-29\ng: |\n  h\n  i\n"
    found = parse_yaml(text, path)
    assert found == {
        "a": 1, "b": ["x", "y", "z"], "c": {"d": None, "e": True},
        "f": yaml.safe_load("2024-02-29"), "g": "h\ni\n",
    }  # fmt: skip


@given(st.text(st.sampled_from("!&*{}[]|>%@`'\"?:-,# \n\tab01=~<.x_é\0\ud800"), max_size=30))
def test_any_text_is_yaml_or_a_fault(text):
    try:
        parse_yaml(text, files.Path("a.yaml"))
    except DocumentError as error:
        assert error.faults[0].line >= 1


@given(st.binary(max_size=40))
def test_any_bytes_are_json_or_a_fault(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "bytes.json"
    path.write_bytes(content)
    try:
        read_json(path)
    except DocumentError as error:
        assert error.faults[0].path == path


def test_a_file_is_written_with_its_folders(tmp_path):
    path = tmp_path / "new" / "folder" / "a.txt"
    write_atomically(path, "é\n")
    assert path.read_bytes() == "é\n".encode()
    write_atomically(path, b"other")
    assert path.read_bytes() == b"other"
    assert [p.name for p in path.parent.iterdir()] == ["a.txt"]
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_file_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "a").write_text("in the way", encoding="utf-8")
    with pytest.raises(NewspanError, match="cannot be written"):
        write_atomically(tmp_path / "a" / "b.txt", "x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(NewspanError, match="is no regular file"):
        write_atomically(tmp_path / "folder", "x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "folder"]


def test_a_text_that_utf8_cannot_hold_is_not_written(tmp_path):
    with pytest.raises(TextError, match="surrogate"):
        write_atomically(tmp_path / "a.txt", "x\ud800")
    assert list(tmp_path.iterdir()) == []
