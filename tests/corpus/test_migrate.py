"""Data of an older schema become data of this one by known steps, or are refused in plain words."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from newspan.annotations.diff import difference
from newspan.corpus.build import build
from newspan.corpus.load import load
from newspan.corpus.migrate import migrate
from newspan.errors import NewspanError
from newspan.formats import read, write
from newspan.schema import versions
from newspan.schema.model import SCHEMA_VERSION
from newspan.schema.versions import Migration, refuse_unreadable, route, version_problem
from strategies import corpora
from trees import copy_tree
from typed import Run


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = copy_tree(tmp_path / "tree")
    build(made)
    return made


def older(raw: dict) -> dict:
    """A document as two invented older schemas had it: an actor's type under another name, and
    places of which nothing is said."""
    return {**raw, "spans": [rename(s, "type", "sort") for s in raw["spans"]]}


def rename(value: dict, old: str, new: str) -> dict:
    return {new if k == old else k: v for k, v in value.items()}


STEPS = (
    Migration("0.1", "0.9", "nothing but a number", lambda d: d, lambda e: e),
    Migration(
        "0.9", SCHEMA_VERSION, "sort is called type",
        lambda d: {**d, "spans": [rename(s, "sort", "type") for s in d["spans"]]},
        lambda e: rename(e, "sort", "type"),
    ),
)  # fmt: skip


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MIGRATIONS", STEPS)


def older_tables(root: Path, folder: Path, version: str) -> Path:
    """The tables as an older schema wrote them: the column `type` of actors called `sort`."""
    for file in (root / "corpus" / "tables").glob("*/*.parquet"):
        table = pq.read_table(file, partitioning=None)
        name = file.parent.name
        if name == "spans":
            at = table.schema.get_field_index("actor")
            old = table["actor"].combine_chunks()
            names = ["sort" if f.name == "type" else f.name for f in old.type]
            made = pa.StructArray.from_arrays(old.flatten(), names, mask=old.is_null())
            table = table.set_column(at, "actor", made)
        if name == "entities":
            table = table.rename_columns(["sort" if n == "type" else n for n in table.schema.names])
        place = folder / name / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        table = table.replace_schema_metadata({"newspan.schema_version": version})
        pq.write_table(table, place)
    return folder


@pytest.mark.parametrize("version", ["0.1", "0.9"])
def test_tables_come_through_every_step(
    version: str, root: Path, tmp_path: Path, steps: None
) -> None:
    old = older_tables(root, tmp_path / "old", version)
    with pytest.raises(NewspanError, match=rf"schema {version}.*Run `newspan migrate`"):
        load(old)
    said = migrate(old, tmp_path / "new")
    assert "0.9 → 1.0: sort is called type" in said
    assert ("0.1 → 0.9" in said) == (version == "0.1")
    assert not difference(load(root), load(tmp_path / "new"))


@given(found=corpora())
def test_documents_come_through_every_step(found, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("lines")
    lines = [msgspec.json.encode(older(msgspec.to_builtins(d))) for d in found]
    (folder / "old.jsonl").write_bytes(b"\n".join(lines))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "MIGRATIONS", STEPS)
        migrate(folder / "old.jsonl", folder / "new.jsonl", "0.9")
    assert list(read(folder / "new.jsonl")) == found


def test_a_step_that_makes_something_invalid_writes_nothing(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = STEPS[1]._replace(document=lambda d: {**d, "spans": [{"layer": "mood"}]})
    monkeypatch.setattr(versions, "MIGRATIONS", (bad,))
    old = older_tables(root, tmp_path / "old", "0.9")
    with pytest.raises(NewspanError, match=r"article \S+: after the migration"):
        migrate(old, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_what_is_there_is_not_overwritten(root: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    with pytest.raises(NewspanError, match="is there already"):
        migrate(root, tmp_path / "new")


REFUSED = {
    "9.0": "Install a later newspan", "1.1": "Install a later newspan",
    "0.9": "Install the newspan that wrote it", "one": "Install the newspan that wrote it",
    "1.0.0": "Install the newspan that wrote it", "²": "Install the newspan that wrote it",
    "9" * 5000 + ".0": "Install the newspan that wrote it",
}  # fmt: skip


@pytest.mark.parametrize("version", REFUSED, ids=lambda v: v[:6])
def test_an_unreadable_version_says_what_to_install(version: str, tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match=REFUSED[version]):
        refuse_unreadable(version, tmp_path)
    assert version_problem(version) is not None
    write([], tmp_path / "a.jsonl")
    with pytest.raises(NewspanError, match=REFUSED[version]):
        migrate(tmp_path / "a.jsonl", tmp_path / "b.jsonl", version)


def test_an_older_newspan_says_of_newer_data_what_to_do(root: Path, run: Run) -> None:
    """The package is the older one here: the data say a schema that it does not know."""
    for file in (root / "corpus" / "tables").glob("*/*.parquet"):
        table = pq.read_table(file, partitioning=None)
        pq.write_table(table.replace_schema_metadata({"newspan.schema_version": "2.0"}), file)
    for command in (["info", root], ["show", "inv-9001", "--path", root], ["diff", root, root],
                    ["convert", root / "corpus" / "tables", root / "x.jsonl"]):  # fmt: skip
        code, _, err = run(*command)
        assert code == 2, command
        assert "schema 2.0" in err and "pip install --upgrade newspan" in err, command
    code, out, _ = run("validate", root)
    assert code == 1
    assert "schema 2.0; this package reads 1.0" in out


def test_a_way_is_found_over_several_steps_and_never_in_a_circle() -> None:
    assert route(SCHEMA_VERSION, STEPS) == []
    assert [m.source for m in route("0.1", STEPS) or []] == ["0.1", "0.9"]
    assert route("0.5", STEPS) is None
    circle = (STEPS[0], STEPS[0]._replace(source="0.9", target="0.1"))
    assert route("0.1", circle) is None
