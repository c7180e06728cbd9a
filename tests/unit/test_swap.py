"""Folders that are replaced whole, also when the writer is killed."""

import os
import random
import signal
import subprocess
import sys

import pytest

from newspan.errors import NewspanError
from newspan.swap import locked, replace_folder

WRITER = """
import sys
from pathlib import Path
from newspan.swap import replace_folder

folder = Path(sys.argv[1])
files = [f"{part}/{n}.bin" for part in "abc" for n in range(4)]
version = int(sys.argv[2])
while True:
    version += 1
    replace_folder(folder, {name: str(version).encode() * 50 for name in files})
    print(version, flush=True)
"""


def tree(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def test_a_folder_is_made_with_its_parents(tmp_path):
    folder = tmp_path / "x" / "y"
    replace_folder(folder, {"a.txt": b"1", "b/c.txt": b"2"})
    assert tree(folder) == {"a.txt": b"1", "b/c.txt": b"2"}
    assert folder.stat().st_mode & 0o777 == 0o755


def test_a_folder_holds_only_the_new_files(tmp_path):
    folder = tmp_path / "x"
    replace_folder(folder, {"a": b"1", "b/c": b"2"})
    replace_folder(folder, {"b/c": b"3"})
    assert tree(folder) == {"b/c": b"3"}
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_no_files_make_an_empty_folder(tmp_path):
    replace_folder(tmp_path / "x", {"a": b"1"})
    replace_folder(tmp_path / "x", {})
    assert list((tmp_path / "x").iterdir()) == []


@pytest.mark.parametrize("name", ["plain", "a[b]*", "with space", ".hidden", "ünï"])
def test_what_a_killed_writer_left_is_cleared(name, tmp_path):
    folder = tmp_path / name
    replace_folder(folder, {"a": b"1"})
    script = WRITER.replace(
        "while True:",
        "import newspan.swap, os, signal\n"
        "newspan.swap._exchange = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "while True:",
    )
    subprocess.run([sys.executable, "-c", script, str(folder), "1"], check=False)
    assert len(list(tmp_path.iterdir())) == 2
    assert tree(folder) == {"a": b"1"}
    replace_folder(folder, {"a": b"2"})
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_kill_between_two_renames_is_mended_by_the_next_call(tmp_path):
    """Where names cannot be exchanged, the old folder is set aside for a moment."""
    folder = tmp_path / "x"
    replace_folder(folder, {"a": b"old"})
    script = """
import ctypes, os, signal, sys
from pathlib import Path
from newspan import swap
swap.ctypes = type("none", (), {"CDLL": lambda *a, **k: object()})
rename = Path.rename
def once(self, target):
    rename(self, target)
    os.kill(os.getpid(), signal.SIGKILL)
Path.rename = once
swap.replace_folder(Path(sys.argv[1]), {"a": b"new"})
"""
    subprocess.run([sys.executable, "-c", script, str(folder)], check=False)
    assert not folder.exists()
    with pytest.raises(NewspanError):
        replace_folder(folder, {"a": b"1", "a/b": b"2"})
    assert tree(folder) == {"a": b"old"}
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_names_are_changed_in_two_steps_where_they_cannot_be_exchanged(tmp_path, monkeypatch):
    monkeypatch.setattr("newspan.swap.ctypes.CDLL", lambda *_, **__: object())
    replace_folder(tmp_path / "x", {"a": b"1"})
    replace_folder(tmp_path / "x", {"b": b"2"})
    assert tree(tmp_path) == {"x/b": b"2"}


@pytest.mark.parametrize(
    "other", [".x-y-12345678", ".x-notes", ".x-12345678", ".x.newspan-swap-notes"]
)
def test_other_folders_beside_it_are_left_alone(other, tmp_path):
    (tmp_path / other).mkdir()
    (tmp_path / other / "mine").write_bytes(b"dear to me")
    replace_folder(tmp_path / "x", {"a": b"1"})
    replace_folder(tmp_path / "x", {"a": b"2"})
    assert tree(tmp_path) == {"x/a": b"2", f"{other}/mine": b"dear to me"}


def test_a_folder_is_replaced_where_a_link_points(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    replace_folder(tmp_path / "link", {"a": b"1"})
    assert (tmp_path / "link").is_symlink()
    assert tree(tmp_path / "real") == {"a": b"1"}


def test_the_current_folder_can_be_named_by_a_dot(tmp_path, monkeypatch):
    folder = tmp_path / "x"
    replace_folder(folder, {"a": b"1"})
    monkeypatch.chdir(folder)
    replace_folder(folder.relative_to(folder), {"a": b"2"})
    assert tree(tmp_path) == {"x/a": b"2"}


def test_a_file_is_not_replaced_by_a_folder(tmp_path):
    (tmp_path / "x").write_bytes(b"a file")
    with pytest.raises(NewspanError, match="is a file"):
        replace_folder(tmp_path / "x", {"a": b"1"})
    assert tree(tmp_path) == {"x": b"a file"}


def test_a_failed_write_leaves_the_old_folder_and_nothing_else(tmp_path):
    replace_folder(tmp_path / "x", {"a": b"1"})
    with pytest.raises(NewspanError, match="cannot be written"):
        replace_folder(tmp_path / "x", {"a": b"2", "a/b": b"in the way"})
    assert tree(tmp_path) == {"x/a": b"1"}
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_place_that_cannot_be_written_is_an_error(tmp_path):
    """Without rights; root has them all, so a child process gives them up."""
    parent = tmp_path / "locked"
    replace_folder(parent / "x", {"a": b"1"})
    for folder in (parent, *parent.parents):
        if folder.stat().st_uid == os.getuid() and folder != folder.parent:
            folder.chmod(folder.stat().st_mode | 0o555)
    parent.chmod(0o555)
    script = """
import os, sys
from pathlib import Path
from newspan.errors import NewspanError
from newspan.swap import replace_folder
if os.getuid() == 0:
    os.setuid(65534)
try:
    replace_folder(Path(sys.argv[1]), {"a": b"2"})
except NewspanError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(parent / "x")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    parent.chmod(0o755)
    assert "cannot be written: Permission denied" in done.stdout
    assert tree(parent) == {"x/a": b"1"}


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_one_whole_version(tmp_path):
    folder = tmp_path / "x"
    chance = random.Random(20)
    replace_folder(folder, {"a": b"0"})
    for moment in range(30):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), str(moment * 1000)],
            stdout=subprocess.PIPE,
        ) as writer:
            writer.stdout.readline()  # it is at work
            try:
                writer.wait(timeout=chance.uniform(0, 0.03))
            except subprocess.TimeoutExpired:
                writer.send_signal(signal.SIGKILL)
        found = tree(folder)
        assert len(found) == 12
        assert len(set(found.values())) == 1
    replace_folder(folder, {"a": b"end"})
    assert tree(tmp_path) == {"x/a": b"end"}
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_a_second_writer_is_refused_until_the_first_has_ended(tmp_path):
    with locked(tmp_path), pytest.raises(NewspanError, match="another"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_the_lock_of_another_process_counts_and_goes_with_it(tmp_path):
    script = (
        "import sys\nfrom pathlib import Path\nfrom newspan.swap import locked\n"
        "with locked(Path(sys.argv[1])):\n    print(flush=True)\n    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as other:  # fmt: skip
        other.stdout.readline()
        with pytest.raises(NewspanError, match="another"), locked(tmp_path):
            pass
        other.kill()
    with locked(tmp_path):
        pass


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path):
    with pytest.raises(NewspanError, match="cannot be opened"), locked(tmp_path / "none"):
        pass


def test_the_lock_is_given_back_when_the_work_fails(tmp_path):
    with pytest.raises(RuntimeError), locked(tmp_path):
        raise RuntimeError
    with locked(tmp_path):
        pass
