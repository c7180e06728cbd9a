"""Token labels of others, scored: BIO, IOBES, BILOU; one label column or a column a layer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bare import article
from newspan.annotations.compare import score
from newspan.annotations.compare.bio import read_labelled
from newspan.annotations.compare.comparison import Asked
from newspan.annotations.compare.figures import Resampling
from newspan.annotations.compare.passes import merged, read_passes
from newspan.annotations.propose.pipeline import propose
from newspan.errors import DocumentError, NewspanError
from newspan.formats import write
from newspan.schema.model import Document
from newspan.schema.tables import documents

TEXT = "“Nine boats sank,” Tessa Varn said in Saltmere (Karvonia)."
QUICK = Asked(count_missing=True, resampling=Resampling(times=1))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    write(propose([Document(article=article(TEXT))]), path)
    return path


def found(gold: Path, lines: str, name: str = "model.bio") -> list[tuple[str, str, str | None]]:
    """(layer, words, type) of each stretch that a file labels."""
    path = gold.with_name(name)
    path.write_text(lines, encoding="utf-8")
    (document,) = documents(read_labelled(path, merged(read_passes(gold))).side.tables)
    return [
        (type(s).__name__.lower(), str(s.text), getattr(s, "type", getattr(s, "kind", None)))
        for s in document.spans
    ]


BIO = """\
# newdoc id = inv-9901
`` O
Nine B-number
boats I-number
sank O
, O
'' O
Tessa B-PER
Varn I-PER
said O
in O
Saltmere B-GPE
-LRB- O
Karvonia B-location:region
-RRB- O
. O
"""


def test_tokens_are_found_in_the_text(gold: Path) -> None:
    assert found(gold, BIO) == [
        ("number", "Nine boats", "ratio"),
        ("actor", "Tessa Varn", "person"),
        ("location", "Saltmere", "country"),
        ("location", "Karvonia", "region"),
    ]


@pytest.mark.parametrize(
    "labels",
    [["B-PER", "I-PER"], ["I-PER", "I-PER"], ["B-PER", "E-PER"], ["B-PER", "L-PER"]],
)
def test_every_scheme_gives_the_same_stretch(gold: Path, labels: list[str]) -> None:
    lines = BIO.replace("Tessa B-PER", f"Tessa {labels[0]}")
    lines = lines.replace("Varn I-PER", f"Varn {labels[1]}")
    assert ("actor", "Tessa Varn", "person") in found(gold, lines)


def test_adjacent_stretches_stay_apart(gold: Path) -> None:
    lines = BIO.replace("Varn I-PER", "Varn S-PER").replace("Tessa B-PER", "Tessa U-PER")
    assert [words for layer, words, _ in found(gold, lines) if layer == "actor"] == [
        "Tessa", "Varn",
    ]  # fmt: skip


def test_a_column_a_layer(gold: Path) -> None:
    lines = "# global.columns = ID FORM newspan:actor newspan:number\n# newdoc id = inv-9901\n"
    rows = ["“\tO\tO", "Nine\tO\tB", "boats\tO\tI", "sank\tO\tO", ",”\tO\tO",
            "Tessa\tB-person\tO", "Varn\tI-person\tO"]  # fmt: skip
    lines += "".join(f"{n}\t{row}\n" for n, row in enumerate(rows, start=1))
    assert [x[:2] for x in found(gold, lines, "model.conllup")] == [
        ("number", "Nine boats"), ("actor", "Tessa Varn"),
    ]  # fmt: skip


def test_a_header_without_a_layer_is_told(gold: Path) -> None:
    lines = "# global.columns = ID FORM UPOS\n# newdoc id = inv-9901\n1\t“\tPUNCT\n"
    with pytest.raises(DocumentError, match="no column is of a layer"):
        found(gold, lines, "model.conllup")


def test_only_what_is_labelled_is_scored(gold: Path) -> None:
    path = gold.with_name("model.bio")
    path.write_text(BIO, encoding="utf-8")
    (block,) = score(gold, path, QUICK).comparisons[0].blocks
    assert {row.key[0] for row in block.spans} == {"actor", "location", "number"}
    by_layer = {row.key[0]: row for row in block.spans}
    assert by_layer["actor"].figures["exact f1"].value == 1.0
    assert "type f1" in by_layer["actor"].figures
    assert "type f1" not in by_layer["number"].figures
    assert block.relations == []
    assert ("number", "kind") not in {row.key for row in block.attributes}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("boats I", "ships I", "line 4|:4.*'ships' does not stand at 6"),
        ("B-GPE", "B-EVENT", "'B-EVENT' is of no layer"),
        ("B-GPE", "B-location:king", "'B-location:king' is of no layer"),
        ("inv-9901", "inv-9999", "not in the gold"),
        ("# newdoc id = inv-9901\n", "", "no article is named above"),
        ("said O", "said", "a column is missing"),
    ],
)
def test_what_does_not_fit_is_told(gold: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        found(gold, BIO.replace(old, new))


def test_an_empty_file_is_told(gold: Path) -> None:
    with pytest.raises(NewspanError, match="labels no article"):
        found(gold, "# nothing\n")


@given(st.lists(st.sampled_from(["O", "B-actor", "I-actor", "B-number", "E-number", "S-quote"]),
                min_size=10, max_size=10))  # fmt: skip
def test_any_labels_give_stretches_of_whole_tokens(
    tmp_path_factory: pytest.TempPathFactory, labels: list[str]
) -> None:
    words = ["At", "least", "nine", "boats", "sank", "off", "Saltmere", "on", "Friday", ","]
    folder = tmp_path_factory.mktemp("bio")
    write([Document(article=article(" ".join(words)))], folder / "gold.jsonl")
    lines = ["# newdoc id = inv-9901", *map(" ".join, zip(words, labels, strict=True))]
    stretches = found(folder / "gold.jsonl", "\n".join(lines))
    assert sum(len(text.split()) for _, text, _ in stretches) == sum(x != "O" for x in labels)
