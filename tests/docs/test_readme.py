"""The README runs as written, and every command says how to use it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import datasets
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast
from typer.main import get_command

from newspan.cli import app
from trees import REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [body for kind, body in _BLOCK.findall(README) if kind == language]


def commands() -> list[str]:
    lines = [line for block in blocks("console") for line in block.splitlines()]
    return [line[2:].split("  #")[0].strip() for line in lines if line.startswith("$ newspan ")]


@pytest.fixture
def no_bars() -> Iterator[None]:
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


@pytest.fixture
def tokenizer() -> PreTrainedTokenizerFast:
    raw = Tokenizer(models.BPE(unk_token="[UNK]"))
    raw.pre_tokenizer = pre_tokenizers.ByteLevel()
    raw.train_from_iterator([README], trainers.BpeTrainer(special_tokens=["[UNK]"], vocab_size=500))
    return PreTrainedTokenizerFast(tokenizer_object=raw, unk_token="[UNK]")


@pytest.mark.slow
def test_the_python_of_the_readme_runs(
    no_bars: None, tokenizer: PreTrainedTokenizerFast, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path)
    names: dict[str, object] = {"tokenizer": tokenizer}
    assert len(blocks("python")) == 2
    for body in blocks("python"):
        exec(compile(body, "README.md", "exec"), names)
    assert names["names"] == ["O", "B-number", "I-number"]
    assert len(names["tagged"]) == len(names["documents"])  # type: ignore[arg-type]
    assert "at least seven" in capsys.readouterr().out.lower()


@pytest.mark.slow
@pytest.mark.parametrize("command", commands())
def test_the_commands_of_the_readme_run(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newspan", *shlex.split(command)[1:]],
        cwd=REPOSITORY, capture_output=True, text=True, env={**os.environ, "COLUMNS": "120"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def all_commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from all_commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


def test_every_command_has_help_with_an_example() -> None:
    for name, command in all_commands(get_command(app)):
        assert f"Example: newspan {name}" in (command.help or ""), name
        for parameter in command.params:
            assert getattr(parameter, "help", None), f"{name} {parameter.name}"


def test_help_needs_nothing_heavy() -> None:
    program = (
        "import sys\nsys.argv = ['newspan', '--help']\nfrom newspan.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'pyarrow', 'datasets', 'pandas', 'numpy', 'great_expectations', 'duckdb',"
        " 'polars', 'trafilatura', 'transformers'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_links_of_the_documents_lead_somewhere() -> None:
    for name in ("README.md", "DATASHEET.md", "CONTRIBUTING.md", "annotations/GUIDELINES.md"):
        path = REPOSITORY / name
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{name}: {target}"
