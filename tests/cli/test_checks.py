"""`newspan validate` as a user runs it: options, forms, files it writes, and exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from newspan.cli import main
from validation.small_corpus import Corpus
from validation.small_documents import FLOOD


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    Corpus().write(tmp_path / "sound")
    return tmp_path / "sound"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    corpus = Corpus()
    corpus.span("inv-0001/n4")["text"] = "15"
    corpus.write(tmp_path / "broken")
    return tmp_path / "broken"


def run(
    capsys: pytest.CaptureFixture[str], *arguments: str | Path, code: int = 0
) -> tuple[str, str]:
    """(what it prints, what it complains of)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", "validate", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            main()
    captured = capsys.readouterr()
    assert caught.value.code == code, captured
    return captured.out, captured.err


def test_a_finding_shows_where_it_is(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = run(capsys, broken, "--only", "S14", code=1)
    lines = out.splitlines()
    assert lines[0].split() == ["code", "level", "rows", "what", "it", "catches"]
    start = FLOOD.index("14, nine")
    at = lines.index(f"  inv-0001/adjudicated/n4  number {start}:{start + 2}  text=15")
    assert lines[at + 1][lines[at + 2].index("^") :].startswith("14, nine")
    assert lines[at + 2].count("^") == 2
    assert lines[-1].startswith(f"FAILED: {broken}: 1 check over ")
    assert all(len(line) <= 80 for line in lines[:-1])


def test_on_github_nothing_that_is_quoted_is_a_command(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    tokens = set()
    for _ in range(2):
        out, _ = run(capsys, broken, "--only", "S14", code=1)
        first, *_, last = out.splitlines()
        head, _, token = first.rpartition("::")
        assert (head, last) == ("::stop-commands", f"::{token}::")
        tokens.add(token)
    assert len(tokens) == 2


def test_skipped_checks_do_not_fail_but_are_told(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (broken, "--only", "S14", "--only", "S01", "--skip", "S14=will be mended in May")
    out, _ = run(capsys, *asked)
    assert "skipped: S14 " in out
    assert "(will be mended in May)" in out
    junit = ElementTree.fromstring(run(capsys, *asked, "--format", "junit")[0])
    assert [e.get("message") for e in junit.iter("skipped")][:1] == ["will be mended in May"]


def test_a_baseline_forgives_what_it_knows(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    only = ("--only", "S14", "--only", "S01")
    file = tmp_path / "report.json"
    file.write_text(run(capsys, broken, *only, "--format", "json", code=1)[0], encoding="utf-8")
    out, _ = run(capsys, broken, *only, "--baseline", file)
    assert "1 of 1 rows known" in out.splitlines()[-1]
    assert "inv-0001/adjudicated/n4" not in out
    report = json.loads(run(capsys, broken, *only, "--baseline", file, "--format", "json")[0])
    assert [c["new"] for c in report["checks"]] == [0, 0]
    assert (report["exit_code"], report["baseline"]) == (0, str(file))
    # What a run against a baseline writes is a baseline again.
    file.write_text(json.dumps(report), encoding="utf-8")
    run(capsys, broken, *only, "--baseline", file)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only", "S99"], "there is no check 'S99'"),
        (["--only", "s14"], "Did you mean S14?"),
        (["--skip", "S99=why"], "there is no check 'S99'"),
        (["--skip", "S14"], "gives no reason"),
        (["--skip", "S14="], "gives no reason"),
        (["--only", "S14", "--skip", "S14=why"], "no check is left to run"),
        (["--max-rows", "-1"], "'--max-rows'"),
        (["--max-rows", "many"], "'--max-rows'"),
        (["--baseline", "gone.json"], "gone.json: cannot be read"),
        (["--baseline", __file__], "is not JSON"),
        (["--format", "pdf"], "pdf"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    sound: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    out, err = run(capsys, sound, *arguments, code=2)
    assert message in err
    assert "Traceback" not in err
    assert out == ""


def test_a_report_of_another_tool_is_no_baseline(
    sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.json"
    file.write_text('{"results": [], "success": true}', encoding="utf-8")
    _, err = run(capsys, sound, "--baseline", file, code=2)
    assert "is no report of `newspan validate`" in err
    assert "newspan validate --format json" in err


def test_pages_are_written_beside_what_is_printed(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, docs = tmp_path / "new" / "page.html", tmp_path / "docs"
    out, _ = run(capsys, broken, "--only", "S14", "--html", page, "--docs", docs, code=1)
    assert out.splitlines()[-1].startswith("FAILED: ")
    assert "<mark>14</mark>" in page.read_text(encoding="utf-8")
    assert sorted(path.name for path in docs.iterdir()) == ["index.html", "spans.html"]
    assert run(capsys, broken, "--only", "S14", "--format", "html", code=1)[0] == page.read_text(
        encoding="utf-8"
    )


def test_a_page_that_cannot_be_written(
    sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, err = run(capsys, sound, "--only", "S14", "--html", tmp_path, code=2)
    assert "is no regular file" in err


def test_rows_asked_for_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = Corpus()
    for span in corpus.spans:
        span["text"] = "x"
    corpus.write(tmp_path)

    def shown(*arguments: str) -> int:
        out, _ = run(capsys, tmp_path, "--only", "S14", *arguments, code=1)
        return len(re.findall("text=x$", out, re.MULTILINE))

    assert [shown(), shown("--max-rows", "7"), shown("--max-rows", "0")] == [3, 7, 0]


@pytest.mark.slow
def test_a_terminal_gets_its_width_and_colour(broken: Path) -> None:
    (broken / "spans" / "train.parquet").write_bytes(b"is found without Great Expectations")

    def on_terminal(**more: str) -> str:
        parent, child = os.openpty()
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        environment |= {"COLUMNS": "60", "TERM": "xterm"} | more
        with subprocess.Popen(
            [sys.executable, "-m", "newspan", "validate", str(broken)],
            stdout=child, env=environment,
        ) as process:  # fmt: skip
            os.close(child)
            said = b""
            try:
                while part := os.read(parent, 65536):
                    said += part
            except OSError:  # how Linux says that the other end is closed
                pass
            finally:
                os.close(parent)
        assert process.returncode == 1
        return said.decode("utf-8").replace("\r\n", "\n")

    coloured = on_terminal()
    assert "\x1b[1;31mFAILED" in coloured
    lines = re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()
    assert 50 <= max(len(line.rstrip()) for line in lines[:-1]) <= 60
    assert "\x1b" not in on_terminal(NO_COLOR="1")
    assert "\x1b" not in on_terminal(TERM="dumb")
