"""The GitHub Action and the pre-commit hook: what they run, run as they would run it."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from newspan.corpus.build import build
from newspan.corpus.start import start_corpus
from newspan.formats.convert import convert
from trees import REPOSITORY

pytestmark = pytest.mark.slow

ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, dict[str, Any]] = {
    step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step
}
(HOOK,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment after the action's own step has installed newspan from the checkout.

    What it depends on is there already, so pip is told to fetch nothing.
    """
    site = tmp_path_factory.mktemp("site")
    given = {
        **os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PIP_TARGET": str(site), "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0",
        "PIP_NO_INDEX": "1",
    }  # fmt: skip
    done = run_step("Install", given, {}, site)
    assert done.returncode == 0, done.stderr
    return {**given, "PATH": f"{site / 'bin'}:{given['PATH']}", "PYTHONPATH": str(site)}


def run_step(
    name: str, environment: dict[str, str], inputs: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run a step of the action as GitHub does: its script in bash, its inputs filled in."""
    values = {key: item.get("default", "") for key, item in ACTION["inputs"].items()} | inputs
    step = STEPS[name]
    assert step["shell"] == "bash" and "${{" not in step["run"]
    own = {
        key: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda match: values[match[1]], text)
        for key, text in step.get("env", {}).items()
    }
    script = folder.parent / f"{name}.sh"
    script.write_text(step["run"], encoding="utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=folder, capture_output=True, text=True,
        env={
            **environment, **own, "GITHUB_ACTION_PATH": str(REPOSITORY),
            "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md"),
        },
    )  # fmt: skip


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A checkout that passes, in a workspace of its own."""
    folder = tmp_path / "workspace"
    start_corpus(folder)
    build(folder)
    (tmp_path / "summary.md").touch()
    return folder


@pytest.fixture
def bad(good: Path) -> Path:
    """The same as an export in which a region was left unfinished."""
    path = good / "exports" / "export.json"
    path.parent.mkdir()
    convert(good / "corpus" / "tables", path)
    tasks = json.loads(path.read_text(encoding="utf-8"))
    results = tasks[0]["annotations"][0]["result"]
    tasks[0]["annotations"][0]["result"] = [
        r for r in results if r.get("from_name") != "number_kind" or r["id"] != "n1"
    ]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return good


def test_the_action_is_a_composite_one_that_uploads_nothing() -> None:
    assert ACTION["runs"]["using"] == "composite"
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert [name.partition("@")[0] for name in used] == ["actions/setup-python"]
    assert set(ACTION["inputs"]) == {"path", "strict", "config", "python-version"}
    assert all(item["description"] for item in ACTION["inputs"].values())


def test_it_installs_itself_and_passes_a_good_corpus(installed: dict[str, str], good: Path) -> None:
    where = subprocess.run(
        ["python", "-c", "import newspan; print(newspan.__file__)"],
        capture_output=True, text=True, check=True, env=installed,
    )  # fmt: skip
    assert where.stdout.startswith(installed["PIP_TARGET"])
    done = run_step("Check", installed, {}, good)
    assert done.returncode == 0, done.stderr
    assert "::error" not in done.stdout
    assert "### newspan: checks passed" in (good.parent / "summary.md").read_text()


def test_it_fails_a_bad_export_with_annotations_and_a_summary(
    installed: dict[str, str], bad: Path
) -> None:
    done = run_step("Check", installed, {"path": "exports/export.json"}, bad)
    assert done.returncode == 1, done.stderr
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert any(
        line.startswith("::error file=exports/export.json,title=F11 critical::")
        and "inv-0001/adjudicated/n1" in line
        and "the number has no kind" in line
        for line in errors
    )
    summary = (bad.parent / "summary.md").read_text(encoding="utf-8")
    assert "### newspan: checks failed" in summary
    assert "| F11 | critical | 1 of " in summary


def test_strict_and_config_are_handed_on(installed: dict[str, str], good: Path) -> None:
    (good / "other.toml").write_text(
        '[suites]\nextra = ["mine.json"]\n[levels]\nX01 = "warning"\n', encoding="utf-8"
    )
    check = {
        "type": "expect_no_violating_rows", "severity": "info",
        "notes": "An article is there at all.",
        "meta": {"code": "X01", "remedy": "Nothing need be done."},
        "kwargs": {"scope": "articles", "query": "select id from articles"},
    }  # fmt: skip
    (good / "mine.json").write_text(
        json.dumps({"name": "mine", "expectations": [check]}), encoding="utf-8"
    )
    given = {"config": "other.toml"}
    done = run_step("Check", installed, given, good)
    assert done.returncode == 0, done.stderr
    assert "::warning " in done.stdout and "X01" in done.stdout
    assert run_step("Check", installed, {**given, "strict": "true"}, good).returncode == 1


@pytest.mark.parametrize("path", ["nowhere", "--help", "$(touch owned); `touch owned`"])
def test_what_cannot_be_checked_is_an_error_too(
    installed: dict[str, str], good: Path, path: str
) -> None:
    done = run_step("Check", installed, {"path": path}, good)
    assert done.returncode == 2, done.stdout
    assert "::error title=newspan::The checks could not run" in done.stdout
    assert "is not there" in done.stderr
    assert "could not run" in (good.parent / "summary.md").read_text()
    assert not (good / "owned").exists()


# The pre-commit hook


def run_hook(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program, *rest = shlex.split(HOOK["entry"])
    assert program == "newspan"
    return subprocess.run(
        [sys.executable, "-m", program, *rest, *arguments], cwd=folder,
        capture_output=True, text=True,
    )  # fmt: skip


def changed(folder: Path) -> list[str]:
    """The files that pre-commit hands to the hook if all are changed."""
    names = (str(p.relative_to(folder)) for p in sorted(folder.rglob("*")) if p.is_file())
    return [name for name in names if re.search(HOOK["files"], name)]


def test_the_hook_says_how_it_is_installed() -> None:
    assert HOOK["language"] == "python" and HOOK["id"] == "newspan-validate"
    assert HOOK["additional_dependencies"] == [".[validate]"]


def test_the_hook_passes_a_good_corpus_once(good: Path) -> None:
    files = changed(good)
    assert len(files) == 7
    done = run_hook(good, *files)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("passed: corpus/tables: ") == 1


def test_the_hook_fails_a_bad_export_and_a_bad_table(bad: Path) -> None:
    table = bad / "corpus" / "tables" / "spans" / "train.parquet"
    table.write_bytes(table.read_bytes()[:-20])
    assert "exports/export.json" in changed(bad)
    done = run_hook(bad, *changed(bad))
    assert done.returncode == 1, done.stderr
    said = " ".join(done.stdout.split())
    assert "F11 critical" in said and "the number has no kind" in said
    assert "F01 critical" in said
    assert run_hook(bad, "exports/export.json").returncode == 1
    assert run_hook(bad, "--strict", "exports/none.json").returncode == 2


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("corpus/tables/spans/train.parquet", True),
        ("data/reports.jsonl", True),
        ("exports/project-1.json", True),
        ("export/project-1.json", True),
        ("package.json", False),
        ("annotations/adjudicated/inv-0001.json", False),
        ("README.md", False),
    ],
)
def test_the_hook_is_for_files_that_can_be_checked(name: str, wanted: bool) -> None:
    assert bool(re.search(HOOK["files"], name)) is wanted
