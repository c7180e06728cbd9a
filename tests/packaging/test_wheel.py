"""The built wheel in an environment of its own, with the checkout out of sight."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

import newspan
from trees import REPOSITORY

pytestmark = pytest.mark.slow


def build_wheel(target: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), "."],
        check=True, capture_output=True, cwd=REPOSITORY,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )  # fmt: skip
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that holds the wheel and nothing else of ours."""
    place = tmp_path_factory.mktemp("env")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    site = next(place.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return place / "bin" / "python"


def run(python: Path, program: str, cwd: Path) -> str:
    """Run a program there. What newspan needs comes from this environment's folder, named in
    PYTHONPATH so that its .pth files, and with them the checkout, are not followed."""
    done = subprocess.run(
        [str(python), "-c", program], cwd=cwd, capture_output=True, text=True,
        env={
            "PATH": os.environ["PATH"], "HOME": str(cwd), "HF_HUB_OFFLINE": "1",
            "PYTHONPATH": sysconfig.get_paths()["purelib"],
        },
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_comes_from_the_wheel(python: Path, tmp_path: Path) -> None:
    out = run(python, "import newspan; print(newspan.__file__); print(newspan.path())", tmp_path)
    module, data = out.split()
    assert Path(module).is_relative_to(python.parents[1])
    assert Path(data).is_relative_to(python.parents[1])
    assert not Path(data).is_relative_to(REPOSITORY)


def test_every_config_loads(python: Path, tmp_path: Path) -> None:
    program = """
import datasets, newspan
from newspan.corpus.card import CONFIGS
datasets.disable_progress_bars()
for config in CONFIGS:
    real = datasets.load_dataset(str(newspan.path()), config, cache_dir="cache")
    ours = newspan.load_dataset(config)
    assert {s: r.to_list() for s, r in real.items()} == {s: r.to_list() for s, r in ours.items()}
    assert all(real[s].features == ours[s].features for s in real)
print(newspan.load().articles.num_rows, sum(len(d.spans) for d in newspan.load().documents()))
"""
    corpus = newspan.load(REPOSITORY)
    expected = f"{corpus.articles.num_rows} {corpus.spans.num_rows}\n"
    assert run(python, program, tmp_path) == expected


def test_the_command_line_works(python: Path, tmp_path: Path) -> None:
    program = "import sys; sys.argv[1:] = {}; from newspan.cli import main; main()"
    assert "articles" in run(python, program.format(["info"]), tmp_path)
    assert "inv-0201" in run(python, program.format(["show", "inv-0201"]), tmp_path)
    run(python, program.format(["validate"]), tmp_path)
    run(python, program.format(["browse"]), tmp_path)
    assert "</html>" in (tmp_path / "newspan.html").read_text(encoding="utf-8")


def test_two_builds_are_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert build_wheel(tmp_path).read_bytes() == wheel.read_bytes()


def test_it_holds_what_is_needed_and_nothing_private(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "newspan/py.typed",
        "newspan/_data/README.md",
        "newspan/_data/corpus/tables/index.json",
        "newspan/_data/schema/span.schema.json",
        "newspan/_data/annotations/label_config.xml",
        "newspan/_data/validation/suites/spans.json",
        "newspan/_data/validation/defaults.toml",
        "newspan/_templates/corpus/newspan.toml",
        "newspan/_templates/corpus/dot-github/workflows/corpus.yml",
        "newspan/annotations/studio/launcher.py",
        "newspan/annotations/studio/server.lock",
    ):
        assert needed in names
    assert not [n for n in names if "hydrated" in n or "/." in n or n.startswith("tests")]
    tops = {n.split("/")[0] for n in names}
    assert tops == {"newspan", f"newspan-{version()}.dist-info"}


def version() -> str:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])
