"""Every verb, used as a user would."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from newspan.cli import main
from newspan.demo import PAGE
from newspan.formats import read
from trees import OWNER_TEXT, REPOSITORY, copy_tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_tree(tmp_path / "tree")


@pytest.fixture
def built(root: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert "Built 15 tables, 68 spans." in run(capsys, "build", "--root", str(root))
    return root


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
    captured = capsys.readouterr()
    assert caught.value.code == code, captured.err
    return captured.out


def test_build_check_says_what_is_stale(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "build", "--check", "--root", str(root), code=1)
    assert "stale: corpus/tables/spans/train.parquet" in out
    assert "stale: annotations/splits.csv" in out
    assert not (root / "corpus" / "tables").exists()
    run(capsys, "build", "--root", str(root))
    assert "Up to date." in run(capsys, "build", "--check", "--root", str(root))
    (root / "corpus" / "VERSION").write_text("0.0.2\n")
    assert run(capsys, "build", "--check", "--root", str(root), code=1).splitlines() == [
        "stale: corpus/tables/index.json",
        "Run `newspan build` and commit what it writes.",
    ]


def test_derive_check_says_what_is_stale(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = built / "DATASHEET.md"
    sheet.write_text("# Sheet\n<!-- derived: counts -->\nold\n<!-- end derived -->\n")
    out = run(capsys, "derive", "--check", "--root", str(built), code=1)
    assert "stale: DATASHEET.md" in out and "stale: schema/layers.json" in out
    run(capsys, "derive", "--root", str(built))
    assert "Up to date." in run(capsys, "derive", "--check", "--root", str(built))
    assert "| articles | 2 | 1 | 1 | 4 |" in sheet.read_text()
    config = built / "annotations" / "label_config.xml"
    config.write_text(config.read_text().replace("#0072B2", "red"))
    out = run(capsys, "derive", "--check", "--root", str(built), code=1)
    assert out.splitlines()[0] == "stale: annotations/label_config.xml"


def test_an_unknown_derived_block_is_refused(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / "DATASHEET.md").write_text("<!-- derived: figures -->\n<!-- end derived -->\n")
    run(capsys, "derive", "--root", str(built), code=2)


def test_the_repository_itself_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "build", "--check", "--root", str(REPOSITORY))
    run(capsys, "derive", "--check", "--root", str(REPOSITORY))


def test_validate_in_four_forms(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "validate", str(built)).startswith("passed: ")
    checks = json.loads(run(capsys, "validate", str(built), "--format", "json"))
    assert checks["exit_code"] == 0 and len(checks["checks"]) >= 40
    suites = ElementTree.fromstring(run(capsys, "validate", str(built), "--format", "junit"))
    assert suites.get("failures") == "0" and int(suites.get("tests", "0")) >= 40
    run(capsys, "validate", str(built), "--format", "github")


def test_validate_fails_on_a_critical_finding(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = built / "corpus" / "tables" / "spans" / "train.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    out = run(capsys, "validate", str(built), code=1)
    assert out.splitlines()[-1].startswith("FAILED") and "train.parquet" in out
    github = run(capsys, "validate", str(built), "--format", "github", code=1)
    assert github.startswith("::error")


def test_validate_where_nothing_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "validate", str(tmp_path), code=2)


def test_ingest_then_build(root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The ferry was late\tagain.\r\n\r\nNobody was hurt.\r\n", encoding="utf-8")
    out = run(
        capsys, "ingest", str(page), "--license", "CC-BY-4.0", "--story", "ferry-late",
        "--published", "2031-06-01", "--language", "en", "--publisher", "Norrgard Post",
        "--origin", "invented", "--author-kind", "model", "--root", str(root),
    )  # fmt: skip
    made = Path(out.strip())
    assert made.parent == root / "corpus" / "texts" / "invented" / "ferry-late"
    assert made.read_text(encoding="utf-8").endswith(
        "---\nThe ferry was late again.\n\nNobody was hurt.\n"
    )
    assert "New story ferry-late" in run(capsys, "build", "--root", str(root))
    shown = run(capsys, "show", made.stem, "--path", str(root))
    assert "The ferry was late again." in shown


def test_hydrate_show_and_dehydrate(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hydrated = built / "hydrated"
    bare = run(capsys, "show", "press-9001", "--path", str(built), "--hydrated", str(hydrated))
    assert "No text" in bare and "[lorries]" not in bare
    report = run(capsys, "hydrate", str(OWNER_TEXT), "--carrier", "text", "--root", str(built))
    assert "press-9001: the annotated text; 15 spans attached" in report
    shown = run(capsys, "show", "press-9001", "--path", str(built), "--hydrated", str(hydrated))
    assert "[Two]n1 [lorries]k1" in shown and "n1 number" in shown
    before = (built / "annotations/adjudicated/press-9001.json").read_text(encoding="utf-8")
    run(capsys, "dehydrate", str(hydrated), "--out", str(built / "annotations/adjudicated"),
        "--root", str(built))  # fmt: skip
    after = (built / "annotations/adjudicated/press-9001.json").read_text(encoding="utf-8")
    assert json.loads(after) == json.loads(before)
    assert "Up to date." in run(capsys, "build", "--check", "--root", str(built))


@pytest.mark.slow
def test_a_reader_that_goes_early_is_no_failure(built: Path) -> None:
    for verb in ("info", "claims"):
        place = [str(built)] if verb == "info" else ["--root", str(built)]
        command = shlex.join([sys.executable, "-m", "newspan", verb, *place])
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"{command} | head -1"], capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_build_names_what_has_no_annotation(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / "annotations/adjudicated/inv-9002.json").unlink()
    assert "Without annotation: inv-9002." in run(capsys, "build", "--root", str(built))


def test_info_counts(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "info", str(built)).splitlines()
    assert ["articles", "2", "1", "1"] in [line.split() for line in lines]


def test_show_marks_nested_and_broken_spans(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = run(capsys, "show", "inv-9001", "--path", str(built))
    assert "[“We heard the siren,”]q2 [said]c2 [Jónas Ödegaard]a3" in out
    assert "[“They [told]c5" not in out  # nesting follows the text
    assert "q6 quote" in out and "→ said_by a6" in out and "note: the managers" in out


def test_claims_and_conflicts(
    built: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = run(capsys, "claims", "quarry-vote", "--root", str(built))
    assert "quarry-killed" in out and "figures exclude each other" in out
    only = run(capsys, "claims", "--conflicts", "--root", str(built))
    assert "quarry-killed" in only and "quarry-missing" not in only
    table = tmp_path / "claims.csv"
    run(capsys, "claims", "--export", str(table), "--root", str(built))
    assert table.read_text(encoding="utf-8").count("\n") == 14
    run(capsys, "claims", "--conflicts", "--export", str(table), "--root", str(built))
    assert table.read_text(encoding="utf-8").count("\n") == 8


@pytest.mark.parametrize("name", ["corpus.jsonl", "tasks.json", "folder"])
def test_convert_there_and_back(
    built: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    tables = built / "corpus" / "tables"
    target = tmp_path / name
    to = ["--to", "parquet"] if name == "folder" else []
    out = run(capsys, "convert", str(tables), str(target), *to)
    assert out.startswith("4 documents, 68 spans, 44 relations → ")
    assert list(read(target)) == list(read(tables))
    back = tmp_path / "back"
    run(capsys, "convert", str(target), str(back), "--to", "parquet")
    assert list(read(back)) == list(read(tables))


def test_mark_compiles_and_shows(
    root: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = next((root / "corpus/texts").glob("**/inv-9002.md"))
    marks = tmp_path / "x.marks"
    marks.write_text("a1 actor `ministry` type=government_body mention=nominal\n")
    out = run(capsys, "mark", str(text), str(marks), "--out", str(tmp_path / "x.json"), "--show")
    assert "inv-9002: 1 spans, 0 relations" in out and "[ministry]a1" in out
    marks.write_text("a1 actor `minister` type=government_body\na2 actr `x`\n")
    run(capsys, "mark", str(text), str(marks), "--out", str(tmp_path / "y.json"), code=2)
    assert not (tmp_path / "y.json").exists()


@pytest.mark.slow
def test_demo_tells_the_whole_story(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (built / "README.md").write_text("# A corpus\n", encoding="utf-8")
    run(capsys, "build", "--root", str(built))
    out = run(capsys, "demo", "--root", str(built))
    for words in ("nothing to build", "passed:", "train: 2 documents, 26 spans", "articles",
                  "figures exclude each other", "index.html#/story/",
                  "Where to go next"):  # fmt: skip
        assert words in out
    assert "</html>" in (tmp_path / PAGE).read_text(encoding="utf-8")
