"""Adding an attribute to a layer is one edit in schema/model.py, seen everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from trees import REPOSITORY, copy_tree

MODEL = "src/newspan/schema/model.py"
ANCHOR = (
    '    entity: Annotated[Key | None, Meta(description="key of the actor\'s entity")] = None\n'
)
ADDED = """\
    manner: Annotated[
        Literal["calm", "angry"] | None, Meta(description="how it acts")
    ] = None
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the small corpus whose model has one line more."""
    root = copy_tree(tmp_path_factory.mktemp("edit") / "checkout")
    shutil.copytree(REPOSITORY / "src", root / "src")
    shutil.copytree(REPOSITORY / "validation", root / "validation")
    (root / "README.md").write_text("# A corpus\n", encoding="utf-8")
    (root / "DATASHEET.md").write_text(
        "# Sheet\n<!-- derived: dictionary -->\n<!-- end derived -->\n", encoding="utf-8"
    )
    model = root / MODEL
    text = model.read_text(encoding="utf-8")
    assert text.count(ANCHOR) == 1
    model.write_text(text.replace(ANCHOR, ANCHOR + ADDED), encoding="utf-8")
    path = root / "annotations/adjudicated/inv-9001.json"
    task = json.loads(path.read_text(encoding="utf-8"))
    results = task["annotations"][0]["result"]
    region = next(r for r in results if r["type"] == "labels" and r["id"] == "a3")
    results.append(
        {
            "id": "a3", "from_name": "actor_manner", "to_name": "text", "type": "choices",
            "value": {**region["value"], "labels": None, "choices": ["calm"]},
        }
    )  # fmt: skip
    path.write_text(json.dumps(task), encoding="utf-8")
    newspan(root, "build")
    newspan(root, "derive")
    return root


def newspan(root: Path, *arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "newspan", *arguments], cwd=root, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == code, done.stderr + done.stdout
    return done.stdout


@pytest.mark.slow
def test_it_is_in_every_derived_file(root: Path) -> None:
    span = json.loads((root / "schema/span.schema.json").read_text())
    rules = {rule["if"]["properties"]["layer"]["const"]: rule["then"] for rule in span["allOf"]}
    assert "enum" in json.dumps(rules["actor"]["properties"]["manner"])
    assert rules["number"]["properties"]["manner"] is False
    layers = json.loads((root / "schema/layers.json").read_text())["layers"]
    attributes = next(r for r in layers if r["layer"] == "actor")["attributes"]
    assert {"attribute": "manner", "definition": "how it acts", "required": False,
            "values": ["calm", "angry"]} in attributes  # fmt: skip
    config = (root / "annotations/label_config.xml").read_text()
    assert '<Choices name="actor_manner"' in config and '<Choice value="angry"' in config
    columns = json.loads((root / "schema/tables.json").read_text())["spans"]
    assert "manner: string" in next(c["type"] for c in columns if c["name"] == "actor")
    assert "| actor | `manner` | calm, angry | how it acts |" in (root / "DATASHEET.md").read_text()
    assert "name: manner" in (root / "README.md").read_text()


@pytest.mark.slow
def test_a_value_of_it_goes_from_label_studio_to_datasets(root: Path) -> None:
    program = (
        "import newspan\n"
        "rows = newspan.load_dataset('spans', 'test')\n"
        "label = rows.features['actor']['manner']\n"
        "print([label.int2str(r['actor']['manner']) for r in rows"
        " if r['actor'] and r['actor']['manner'] is not None])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(root / "src"), "NEWSPAN_DATA": str(root)},
    )  # fmt: skip
    assert done.stdout == "['calm']\n"


@pytest.mark.slow
def test_the_checks_know_its_values(root: Path) -> None:
    newspan(root, "validate")
    path = root / "annotations/adjudicated/inv-9001.json"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"calm"', '"loud"'), encoding="utf-8")
    try:
        newspan(root, "build", code=2)
    finally:
        path.write_text(whole, encoding="utf-8")
