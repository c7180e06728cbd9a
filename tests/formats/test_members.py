"""Archives, folders and single files of documents."""

import zipfile

import pytest

from newspan.errors import NewspanError
from newspan.formats import members
from newspan.formats.members import article_name, read_members, write_members


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("inv-0201.xmi", "inv-0201"),
        ("Folder/My Report (2).txt.xmi", "my-report-2"),
        ("https://example.org/news/Flood.html", "flood-html"),
        ("urn:newspan:article:inv-0201", "inv-0201"),
        ("a.xmi.xmi", "a"),
        ("…", ""),
    ],
)
def test_an_article_is_named_by_the_last_part_of_its_name(name, made):
    assert article_name(name, (".xmi", ".txt")) == made


def test_members_come_in_the_order_of_the_suffixes(tmp_path):
    path = tmp_path / "a.zip"
    write_members([("b.xmi", b"1"), ("a.xmi", b"2"), ("sub/T.XML", b"3"), ("x.png", b"")], path)
    found = list(read_members(path, (".xml", ".xmi")))
    assert found == [("sub/T.XML", b"3"), ("b.xmi", b"1"), ("a.xmi", b"2")]


def test_a_folder_is_read_by_name(tmp_path):
    for name in ("b.xmi", "a.xmi", "note.txt"):
        (tmp_path / name).write_text(name)
    assert [name for name, _ in read_members(tmp_path, (".xmi",))] == ["a.xmi", "b.xmi"]


def test_a_member_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xmi", bytes(2_000_000))
    monkeypatch.setattr(members, "MEMBER_BYTES", 1_000_000)
    with pytest.raises(NewspanError, match=r"bomb\.zip: its a\.xmi unpacks to more than"):
        list(read_members(path, (".xmi",)))


@pytest.mark.parametrize("at", [20, 60, -30])
def test_a_broken_archive_is_named(tmp_path, at):
    path = tmp_path / "cut.zip"
    write_members([("a.xmi", b"words " * 50)], path)
    data = bytearray(path.read_bytes())
    path.write_bytes(bytes(data[:at]))
    with pytest.raises(NewspanError, match=r"cut\.zip: is no zip archive"):
        list(read_members(path, (".xmi",)))


def test_bytes_changed_in_an_archive_are_found(tmp_path):
    path = tmp_path / "bad.zip"
    write_members([("a.xmi", bytes(range(256)) * 8)], path)
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(NewspanError, match=r"bad\.zip: is no zip archive"):
        list(read_members(path, (".xmi",)))


def test_an_archive_of_other_files_says_so(tmp_path):
    write_members([("a.png", b"")], tmp_path / "a.zip")
    with pytest.raises(NewspanError, match=r"holds no file ending in \.xmi"):
        list(read_members(tmp_path / "a.zip", (".xml", ".xmi")))


def test_a_name_that_is_no_archive_is_not_written(tmp_path):
    with pytest.raises(NewspanError, match=r"corpus\.xmi\.zip"):
        write_members([], tmp_path / "corpus.xmi")
    assert list(tmp_path.iterdir()) == []


def test_no_member_is_ever_used_as_a_path(tmp_path):
    path = tmp_path / "in" / "slip.zip"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.xmi", b"x")
    assert list(read_members(path, (".xmi",))) == [("../../evil.xmi", b"x")]
    assert [p.name for p in tmp_path.rglob("*")] == ["in", "slip.zip"]
