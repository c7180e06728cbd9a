"""Checking what somebody has, with their settings, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newspan.cli import main
from newspan.corpus.build import build
from newspan.corpus.start import start_corpus
from newspan.formats import read, write


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """The export of a small corpus, in a folder of its own."""
    start_corpus(tmp_path / "corpus")
    build(tmp_path / "corpus")
    path = tmp_path / "work" / "export.json"
    path.parent.mkdir()
    write(read(tmp_path / "corpus" / "corpus" / "tables"), path)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
    captured = capsys.readouterr()
    assert isinstance(caught.value.code, int)
    return caught.value.code, captured.out, captured.err


def test_an_export_in_findings_out(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tasks = json.loads(export.read_text(encoding="utf-8"))
    for result in tasks[0]["annotations"][0]["result"]:
        if result.get("id") == "n2" and result["type"] == "labels":
            result["value"]["end"] = 9999
    export.write_text(json.dumps(tasks), encoding="utf-8")
    page = export.with_name("report.md")
    code, out, _ = run(capsys, "validate", export, "--markdown", page)
    assert code == 1
    assert "F11 critical" in out and "inv-0001/adjudicated/n2" in out
    assert "ends past the text" in " ".join(out.split())
    assert page.read_text(encoding="utf-8").startswith("### newspan: checks failed")


def test_settings_are_found_or_named(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    beside = export.with_name("newspan.toml")
    beside.write_text('[checks]\nskip = { A12 = "beside" }\n', encoding="utf-8")
    code, out, _ = run(capsys, "validate", export, "--only", "S14", "--only", "A12")
    assert code == 0 and "skipped: A12 " in out and "(beside)" in out
    other = export.with_name("other.toml")
    other.write_text('[checks]\nskip = { A12 = "named" }\n', encoding="utf-8")
    code, out, _ = run(capsys, "validate", export, "--config", other, "--only", "S14")
    assert code == 0 and "(named)" in out and "(beside)" not in out


def test_bad_settings_are_one_paragraph(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    beside = export.with_name("newspan.toml")
    beside.write_text("[thresholds]\nearliest_yaer = 1\n", encoding="utf-8")
    code, _, error = run(capsys, "validate", export)
    assert code == 2
    assert error.startswith(f"newspan: {beside}:2: there is no 'earliest_yaer' in [thresholds].")
    assert "Traceback" not in error
