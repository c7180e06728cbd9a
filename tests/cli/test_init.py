"""A corpus made by `newspan init` builds, passes every check, and does what its README says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from newspan.cli import main
from newspan.corpus.start import start_corpus
from newspan.errors import NewspanError
from newspan.formats.label_studio.config import check_config
from newspan.validation import validate
from trees import REPOSITORY


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
    captured = capsys.readouterr()
    assert caught.value.code == code, captured.err
    return captured.out + captured.err


def test_a_new_corpus_builds_and_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "mine"
    out = run(capsys, "init", str(folder))
    made = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert {str(folder / name) for name in made} <= set(out.splitlines())
    assert f"newspan build --root {folder}" in out
    run(capsys, "build", "--root", str(folder))
    assert "harbour-closure,train" in (folder / "annotations" / "splits.csv").read_text()
    assert "Up to date." in run(capsys, "build", "--check", "--root", str(folder))
    report = validate(folder)
    assert report.findings == ()
    assert report.exit_code(strict=True) == 0
    # The example has what there is to see.
    assert report.rows is not None
    assert report.rows["spans"] >= 8 and report.rows["relations"] >= 5
    check_config(folder / "annotations" / "label_config.xml")


def test_all_that_a_corpus_needs_is_made(tmp_path: Path) -> None:
    assert start_corpus(tmp_path / "mine") == sorted(
        [
            ".github/workflows/corpus.yml", ".gitignore", ".pre-commit-config.yaml", "README.md",
            "annotations/adjudicated/inv-0001.json", "annotations/entities.yaml",
            "annotations/label_config.xml", "annotations/splits.csv", "corpus/VERSION",
            "corpus/standoff/.gitkeep", "corpus/texts/invented/harbour-closure/inv-0001.md",
            "newspan.toml",
        ]
    )  # fmt: skip


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path: Path) -> None:
    before = tmp_path.stat().st_ino
    start_corpus(tmp_path)
    assert tmp_path.stat().st_ino == before
    assert (tmp_path / "newspan.toml").is_file()


def test_a_folder_that_holds_anything_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".hidden").write_text("mine")
    assert "is not empty" in run(capsys, "init", str(tmp_path), code=2)
    assert [p.name for p in tmp_path.iterdir()] == [".hidden"]
    with pytest.raises(NewspanError, match="is no folder"):
        start_corpus(tmp_path / ".hidden")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(NewspanError, match="is no folder"):
        start_corpus(tmp_path / "link")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.slow
def test_the_commands_of_its_readme_and_its_workflow_run(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    start_corpus(folder)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^\$ (newspan .*?)(?:  #.*)?$", readme)
    workflow = yaml.safe_load((folder / ".github" / "workflows" / "corpus.yml").read_text())
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert len(commands) == 5 and len(steps) == 3
    hooks = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    summary = tmp_path / "summary.md"
    for command in [*commands, *steps[1:], *(hook["entry"] for hook in hooks)]:
        said = shlex.split(command.replace("$GITHUB_STEP_SUMMARY", str(summary)))
        done = subprocess.run(
            [sys.executable, "-m", "newspan", *said[1:]], cwd=folder, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
    assert "checks passed" in summary.read_text()


def test_its_workflow_installs_what_there_is() -> None:
    folder = REPOSITORY / "src" / "newspan" / "_templates" / "corpus"
    named = set()
    for path in (folder / "dot-github" / "workflows" / "corpus.yml",
                 folder / "dot-pre-commit-config.yaml"):  # fmt: skip
        named |= set(re.findall(r'"(newspan\[.*?\])"', path.read_text(encoding="utf-8")))
    assert named == {"newspan[validate]"}


def test_nothing_of_a_corpus_is_kept_from_the_wheel() -> None:
    """A name that begins with a dot, or that git ignores, might not be packed."""
    folder = REPOSITORY / "src" / "newspan" / "_templates"
    assert not [p for p in folder.rglob("*") if p.name.startswith(".")]
