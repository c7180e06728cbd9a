"""Loading: with the real `datasets`, and without."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import newspan
from newspan.corpus.build import build
from newspan.corpus.card import CONFIGS
from newspan.corpus.load import Corpus
from newspan.errors import DocumentError, NewspanError
from newspan.schema.arrow import span_schema
from trees import copy_tree


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("load") / "tree")


def built(target: Path) -> Path:
    root = copy_tree(target)
    (root / "README.md").write_text("---\nlanguage: [en]\n---\n# A corpus\n", encoding="utf-8")
    build(root)
    return root


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


def test_the_card_keeps_what_was_written_by_hand(root: Path) -> None:
    card = (root / "README.md").read_text(encoding="utf-8")
    assert card.startswith("---\nlanguage:\n- en\nconfigs:")
    assert card.endswith("---\n# A corpus\n")


@pytest.mark.parametrize("config", CONFIGS)
def test_every_config_loads_with_typed_features_and_equal_rows(
    root: Path, config: str, tmp_path: Path
) -> None:
    real = datasets.load_dataset(str(root), config, cache_dir=str(tmp_path))
    ours = newspan.load_dataset(config, folder=root)
    assert set(real) == set(ours)
    for split in real:
        assert real[split].features == ours[split].features
        assert real[split].to_list() == ours[split].to_list()


@pytest.mark.parametrize("config", CONFIGS)
def test_every_config_streams(root: Path, config: str) -> None:
    ours = newspan.load_dataset(config, folder=root)
    for split, rows in datasets.load_dataset(str(root), config, streaming=True).items():
        assert list(rows) == ours[split].to_list()


def test_features_are_typed(root: Path) -> None:
    documents = newspan.load_dataset("documents", "train", folder=root)
    features = documents.features
    assert features["published"].dtype == "timestamp[us, tz=UTC]"
    assert features["origin"].names == ["invented", "retold", "wikinews", "press"]
    span = features["spans"].feature
    assert span["layer"].names == ["actor", "location", "number", "quote", "cue", "counted"]
    assert "armed_force" in span["actor"]["type"].names
    assert features["relations"].feature["type"].names[0] == "said_by"


def test_labels_mean_the_same_as_in_the_table(root: Path) -> None:
    spans = newspan.load_dataset("spans", folder=root)
    for split in spans:
        table = pq.read_table(root / f"corpus/tables/spans/{split}.parquet")
        names = spans[split].features["layer"].names
        assert [names[n] for n in spans[split]["layer"]] == table["layer"].to_pylist()


def test_stand_off_rows_have_null_text_and_every_other_field(root: Path) -> None:
    rows = {r["id"]: r for r in newspan.load_dataset("documents", "train", folder=root)}
    row = rows["press-9001"]
    assert row["text"] is None and row["title"] is None and row["sentences"] is None
    assert row["n_chars"] > 0 and len(row["text_sha256"]) == 64 and row["carrier"]
    assert all(s["text"] is None and s["start"] < s["end"] for s in row["spans"])
    assert len(row["relations"]) == 11


def test_a_warm_cache_shows_a_changed_row(tmp_path: Path) -> None:
    root = built(tmp_path / "tree")
    program = (
        "import sys, datasets; datasets.disable_progress_bars()\n"
        "rows = datasets.load_dataset(\n"
        "    sys.argv[1], 'articles', split='test', cache_dir=sys.argv[2]\n"
        ")\n"
        "print(rows['title'])"
    )

    def titles() -> str:
        return subprocess.run(
            [sys.executable, "-c", program, str(root), str(tmp_path / "cache")],
            check=True, capture_output=True, text=True,
            env={**os.environ, "HF_HUB_OFFLINE": "1"},
        ).stdout  # fmt: skip

    assert "Toll at quarry put at five" in titles()
    path = next((root / "corpus" / "texts").glob("**/inv-9002.md"))
    path.write_text(path.read_text().replace("put at five", "now five"), encoding="utf-8")
    build(root)
    os.utime(root / "corpus/tables/articles/test.parquet", (time.time(), time.time()))
    assert "Toll at quarry now five" in titles()


def test_load_gives_tables_and_documents_that_are_inverse(root: Path) -> None:
    corpus = newspan.load(root)
    documents = list(corpus.documents())
    assert [d.article.id for d in documents] == ["inv-9001", "inv-9002", "press-9001", "ret-9001"]
    again = Corpus.from_documents(documents)
    assert again.spans.equals(corpus.spans)
    assert again.relations.equals(corpus.relations)
    assert again.articles.equals(corpus.articles)
    assert newspan.load(root / "corpus" / "tables").spans.equals(corpus.spans)


def test_load_dataset_writes_nothing_to_a_cache(root: Path, tmp_path: Path) -> None:
    program = (
        "import sys, newspan\n"
        "for config in ('documents', 'spans'): newspan.load_dataset(config, folder=sys.argv[1])"
    )
    home = tmp_path / "home"
    subprocess.run(
        [sys.executable, "-c", program, str(root)], check=True,
        env={**os.environ, "HF_HOME": str(home), "HF_DATASETS_CACHE": str(home / "datasets")},
    )  # fmt: skip
    assert not list(home.glob("**/*.arrow"))


def test_unknown_configs_splits_and_folders_say_what_there_is(root: Path, tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match=r"no config 'span'.*There are: documents"):
        newspan.load_dataset("span", folder=root)
    with pytest.raises(NewspanError, match=r"no split 'dev'.*There are: train, test"):
        newspan.load_dataset("spans", "dev", folder=root)
    with pytest.raises(DocumentError, match="holds no articles"):
        newspan.load(tmp_path)


@pytest.mark.parametrize("damage", ["cut", "flip", "pointer", "gone"])
def test_a_broken_file_is_named(tmp_path: Path, damage: str) -> None:
    root = built(tmp_path / "tree")
    path = root / "corpus/tables/spans/train.parquet"
    data = bytearray(path.read_bytes())
    if damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif damage == "flip":
        data[len(data) // 3] ^= 0xFF
        path.write_bytes(data)
    elif damage == "pointer":
        path.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
    else:
        path.write_bytes(b"")
    with pytest.raises(DocumentError) as caught:
        newspan.load(root)
    assert caught.value.faults[0].path == path


def test_a_table_of_another_schema_is_refused(tmp_path: Path) -> None:
    root = built(tmp_path / "tree")
    path = root / "corpus/tables/spans/train.parquet"
    table = pq.read_table(path)
    fewer = span_schema().remove(span_schema().get_field_index("note"))
    pq.write_table(table.select(fewer.names), path)
    with pytest.raises(DocumentError, match=r"has other columns than schema 1\.0"):
        newspan.load(root)


def test_an_unknown_label_is_refused_not_mapped(tmp_path: Path) -> None:
    root = built(tmp_path / "tree")
    path = root / "corpus/tables/spans/train.parquet"
    table = pq.read_table(path)
    index = table.schema.get_field_index("layer")
    wrong = pa.array(["locaton", *table["layer"].to_pylist()[1:]])
    pq.write_table(table.set_column(index, table.schema.field(index), wrong), path)
    with pytest.raises(DocumentError, match=r"layer holds the unknown labels \['locaton'\]"):
        newspan.load_dataset("spans", folder=root)


def test_the_data_root_can_be_named(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSPAN_DATA", str(root))
    assert newspan.path() == root
    assert newspan.load().articles.num_rows == 4
    monkeypatch.setenv("NEWSPAN_DATA", str(root / "nowhere"))
    with pytest.raises(NewspanError, match="Correct or unset it"):
        newspan.path()


def test_the_package_names_what_it_offers() -> None:
    for name in newspan.__all__:
        assert getattr(newspan, name) is not None
    with pytest.raises(AttributeError):
        _ = newspan.nothing
