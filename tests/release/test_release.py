"""A release: the folder loads, is what its digests say, and is the same bytes twice."""

from __future__ import annotations

import hashlib
import json
import shutil
import socket
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from newspan.corpus.build import build
from newspan.errors import NewspanError
from newspan.release import prove, release
from newspan.release.proof import offline
from newspan.release.responsible import QUESTIONS
from trees import REPOSITORY, copy_tree
from typed import Run

CARD = """---
pretty_name: Small Corpus
language: [en]
license: [cc-by-4.0]
annotations_creators: [machine-generated]
language_creators: [machine-generated]
size_categories: [n<1K]
task_categories: [token-classification]
---
# Small corpus

See [the sheet](DATASHEET.md), [the guide](notes/guide.md), [elsewhere](https://example.org),
[nowhere](missing.md), [outside](../secret.txt), [passwords](/etc/passwd) and ![a](notes/a.png).
"""
CITATION = """cff-version: 1.2.0
type: dataset
message: Cite it.
title: Small corpus
abstract: A corpus to test with.
authors:
  - family-names: Duval
    given-names: Ana
  - name: The desk
version: {version}
date-released: 2026-01-31
license: CC-BY-4.0
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = copy_tree(tmp_path / "tree")
    version = (made / "corpus" / "VERSION").read_text().strip()
    (made / "README.md").write_text(CARD)
    (made / "CITATION.cff").write_text(CITATION.format(version=version))
    sheet = "".join(f"**{q}** An answer to “{q}”, with `code`.\n\n" for q in QUESTIONS.values())
    (made / "DATASHEET.md").write_text(f"# Datasheet\n\n{sheet}")
    (made / "notes").mkdir()
    (made / "notes" / "guide.md").write_text("More [here](more.md).\n")
    (made / "notes" / "more.md").write_text("Enough.\n")
    (made / "notes" / "a.png").write_bytes(b"png")
    (tmp_path / "secret.txt").write_text("secret")
    (made / "notes" / "secret.md").symlink_to(tmp_path / "secret.txt")
    build(made)
    return made


def nothing(_: Path) -> tuple[str, ...]:
    return ()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_folder_is_proven_and_holds_what_its_card_refers_to(root: Path, tmp_path: Path) -> None:
    made = release(root, tmp_path / "out", prove)
    assert made.folder.name.startswith("small-corpus-")
    assert made.proofs[0] == "datasets loads 8 configs"
    assert "mlcroissant finds croissant.json valid" in made.proofs[1]
    names = set(contents(made.folder))
    assert {"README.md", "notes/guide.md", "notes/more.md", "notes/a.png", "croissant.json",
            "corpus/tables/index.json", "SHA256SUMS"} <= names  # fmt: skip
    assert not {n for n in names if "secret" in n or "passwd" in n or "missing" in n}


def test_digests_are_those_of_the_files(root: Path, tmp_path: Path) -> None:
    made = release(root, tmp_path / "out", nothing)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=made.folder, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    listed = (made.folder / "SHA256SUMS").read_text().splitlines()
    assert {x[66:] for x in listed} == set(contents(made.folder)) - {"SHA256SUMS"}
    assert hashlib.sha256(made.archive.read_bytes()).hexdigest() == made.sha256
    assert made.archive.with_name(f"{made.archive.name}.sha256").read_text().split() == [
        made.sha256, made.archive.name,
    ]  # fmt: skip


def test_two_releases_are_the_same_bytes_and_the_archive_is_the_folder(
    root: Path, tmp_path: Path
) -> None:
    one = release(root, tmp_path / "one", nothing)
    shutil.copytree(root, tmp_path / "elsewhere", symlinks=True)
    other = release(tmp_path / "elsewhere", tmp_path / "two", nothing)
    assert contents(one.folder) == contents(other.folder)
    assert one.sha256 == other.sha256
    with tarfile.open(one.archive) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
        assert {m.mtime for m in archive} == {0}
    assert contents(tmp_path / "unpacked" / one.folder.name) == contents(one.folder)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


FAULTS = {
    "an unknown key of the card": ("README.md", "pretty_name:", "pretty_nam:", "pretty_nam"),
    "a wrong size": ("README.md", "n<1K", "1K<n<10K", "it is n<1K"),
    "an unknown creator": ("README.md", "creators:\n- machine-generated", "creators:\n- me",
                           "Invalid enum value 'me'"),
    "another version": ("CITATION.cff", "\nversion: ", "\nversion: 9", "speaks of version"),
    "no date": ("CITATION.cff", "date-released", "date-relased", "date-released"),
    "a nameless author": ("CITATION.cff", "name: The desk", "affiliation: none", "author 2"),
    "an unanswered question": ("DATASHEET.md", "**Which biases does it have?**", "",
                               "does not answer “Which biases does it have"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_nothing_is_written(fault: str, root: Path, tmp_path: Path) -> None:
    name, old, new, message = FAULTS[fault]
    edit(root / name, old, new)
    with pytest.raises(NewspanError, match=message):
        release(root, tmp_path / "out", nothing)
    assert not (tmp_path / "out").exists()


def test_everything_that_is_missing_is_named_at_once(root: Path, tmp_path: Path) -> None:
    (root / "CITATION.cff").unlink()
    (root / "DATASHEET.md").unlink()
    with pytest.raises(NewspanError) as caught:
        release(root, tmp_path / "out", nothing)
    assert [f.path.name for f in caught.value.faults] == ["CITATION.cff", "DATASHEET.md"]


def test_a_folder_that_does_not_load_is_no_release(root: Path, tmp_path: Path) -> None:
    def spoil(folder: Path) -> tuple[str, ...]:
        (folder / "corpus" / "tables" / "spans" / "train.parquet").write_bytes(b"PAR1")
        return prove(folder)

    with pytest.raises(NewspanError, match="datasets does not load it"):
        release(root, tmp_path / "out", spoil)
    assert not list((tmp_path / "out").iterdir())


def test_croissant_that_is_wrong_is_no_release(root: Path, tmp_path: Path) -> None:
    def spoil(folder: Path) -> tuple[str, ...]:
        path = folder / "croissant.json"
        made = json.loads(path.read_text())
        made["recordSet"][0]["field"][0]["source"]["extract"]["column"] = "none"
        path.write_text(json.dumps(made))
        return prove(folder)

    with pytest.raises(NewspanError, match="mlcroissant refuses it"):
        release(root, tmp_path / "out", spoil)


def test_nothing_is_fetched_while_a_release_is_tried() -> None:
    with offline(), socket.socket() as one, pytest.raises(OSError, match="no network"):
        one.connect(("127.0.0.1", 9))
    with socket.socket() as one, pytest.raises(ConnectionRefusedError):
        one.connect(("127.0.0.1", 9))


def test_something_stale_stops_a_release(root: Path, tmp_path: Path, run: Run) -> None:
    path = root / "annotations" / "adjudicated" / "inv-9001.json"
    edit(path, '"medium"', '"group"')
    code, out, _ = run("release", tmp_path / "out", "--root", root)
    assert code == 1
    assert "stale: " in out and "Run `newspan build`" in out
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_our_own_release_is_made_and_its_citation_is_valid(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newspan", "release", str(tmp_path / "out")],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (folder,) = (p for p in (tmp_path / "out").iterdir() if p.is_dir())
    cff = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema",
         "vendor.citation-file-format", str(folder / "CITATION.cff")],
        capture_output=True, text=True,
    )  # fmt: skip
    assert cff.returncode == 0, cff.stdout
    made = json.loads((folder / "croissant.json").read_text())
    assert made["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert "machine annotation" in json.dumps(made["rai:dataLimitations"]) or made["rai:dataBiases"]
    held = (REPOSITORY / "CITATION.cff").read_bytes()
    assert (folder / "CITATION.cff").read_bytes() == held
