"""A version may be a folder, a file, a wheel or a commit; anything else is said to be nothing."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from newspan.annotations.diff import difference, opened
from newspan.corpus.build import build
from newspan.corpus.load import load
from newspan.errors import NewspanError
from newspan.formats import write
from trees import copy_tree
from typed import Run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = copy_tree(tmp_path / "tree")
    build(made)
    return made


def git(root: Path, *arguments: str) -> str:
    whose = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", "-C", str(root), *whose, *arguments], check=True, capture_output=True, text=True
    )
    return done.stdout


@pytest.fixture
def committed(root: Path) -> Path:
    """The tree as two commits, the second without the last article's annotation."""
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "first")
    change(root)
    git(root, "commit", "-qam", "second")
    return root


def change(root: Path) -> None:
    path = sorted((root / "annotations" / "adjudicated").glob("*.json"))[0]
    text = path.read_text("utf-8")
    assert '"medium"' in text
    path.write_text(text.replace('"medium"', '"group"', 1), "utf-8")
    build(root)


def wheel_of(root: Path, path: Path, **others: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as wheel:
        for file in (root / "corpus" / "tables").rglob("*.parquet"):
            wheel.write(file, f"newspan/_data/{file.relative_to(root)}")
        for name, content in others.items():
            wheel.writestr(name, content)
    return path


def kinds(found: object) -> list[tuple[str, ...]]:
    return [s.kinds for a in found.articles for s in a.spans]


def test_two_commits_a_folder_and_a_commit(committed: Path, run: Run) -> None:
    with opened("HEAD~1", committed) as old, opened("HEAD", committed) as new:
        assert kinds(difference(old, new)) == [("attributes",)]
    code, out, _ = run("diff", "HEAD~1", committed, "--root", committed)
    assert code == 1
    assert "type medium → group" in out
    assert run("diff", "HEAD", committed, "--root", committed)[:2] == (0, "They are the same.\n")


def test_a_checkout_below_the_top_of_its_repository(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "first")
    change(root)
    with opened("HEAD", root) as old, opened(str(root), root) as new:
        assert kinds(difference(old, new)) == [("attributes",)]


def test_two_wheels_and_a_file_of_any_format(root: Path, tmp_path: Path) -> None:
    wheel = wheel_of(root, tmp_path / "newspan-1.whl")
    write(load(root).documents(), tmp_path / "now.jsonl")
    change(root)
    other = wheel_of(root, tmp_path / "newspan-2.whl")
    with opened(str(wheel), root) as old, opened(str(other), root) as new:
        assert kinds(difference(old, new)) == [("attributes",)]
    with opened(str(wheel), root) as old, opened(str(tmp_path / "now.jsonl"), root) as new:
        assert not difference(old, new).articles


def test_a_wheel_cannot_write_outside_its_folder(root: Path, tmp_path: Path) -> None:
    bad = {
        "../outside.parquet": b"x",
        "newspan/_data/corpus/tables/articles/../../outside.parquet": b"x",
        "/outside.parquet": b"x",
    }
    with zipfile.ZipFile(tmp_path / "bad.whl", "w") as wheel:
        for name, content in bad.items():
            wheel.writestr(name, content)
    with (
        pytest.raises(NewspanError, match=r"bad\.whl: holds no tables"),
        opened(str(tmp_path / "bad.whl"), root),
    ):
        pass
    assert not list(tmp_path.rglob("outside*"))


@pytest.mark.parametrize(
    "version", ["--output=x", "HEAD", "no-such-branch", "HEAD; touch x", "../missing"]
)
def test_what_is_neither_path_nor_commit_is_said_to_be_so(
    version: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    with pytest.raises(NewspanError), opened(version, root):
        pass
    assert not (root / "x").exists()


def test_a_wheel_that_is_none(tmp_path: Path, root: Path) -> None:
    (tmp_path / "cut.whl").write_bytes(b"PK\x03\x04cut")
    with (
        pytest.raises(NewspanError, match=r"cut\.whl: is no wheel"),
        opened(str(tmp_path / "cut.whl"), root),
    ):
        pass


def test_git_shows_the_rows_that_changed(committed: Path) -> None:
    """The two lines of `newspan textconv --help`, as a user sets them."""
    (committed / ".gitattributes").write_text("*.parquet diff=newspan\n")
    git(committed, "config", "diff.newspan.textconv", f"{sys.executable} -m newspan textconv")
    shown = git(committed, "diff", "HEAD~1", "HEAD", "--", "corpus/tables/spans")
    lines = [x for x in shown.splitlines() if x[:1] in "+-" and x[:3] not in ("+++", "---")]
    assert len(lines) == 2
    assert '"type":"medium"' in lines[0]
    assert '"type":"group"' in lines[1]


def test_rows_of_a_pointer_and_of_what_is_no_parquet(tmp_path: Path, run: Run) -> None:
    pointer = tmp_path / "a.parquet"
    pointer.write_bytes(b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n")
    code, out, _ = run("textconv", pointer)
    assert (code, out.splitlines()[1:]) == (0, ["oid sha256:1", "size 5"])
    pointer.write_bytes(b"PAR1 cut off")
    code, _, err = run("textconv", pointer)
    assert code == 2
    assert "a.parquet" in err
