"""The file and line of a checkout that an annotation on GitHub stands beside."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from newspan.validation import RENDERERS, Outcome, Report
from newspan.validation.places import Place
from newspan.validation.report.sources import Sources
from newspan.validation.suites import Check

TASK = {
    "data": {"article_id": "inv-0001", "text": "\"id\": \"q1\" is no region here.\nNine men."},
    "annotations": [{"result": [
        {"id": "n1", "type": "labels"},
        {"id": "q1", "type": "labels"},
        {"id": "é", "type": "labels"},
        {"type": "relation", "from_id": "q1", "to_id": "n1"},
    ]}],
}  # fmt: skip
MARKDOWN = "---\nid: inv-0001\ntitle: x\n---\nFirst paragraph.\n\nSecond.\n"
ENTITIES = '# Keys\nabc: {"kind": "actor"}\nab: {"name": "abc:"}\n"o.k+": {}\n'


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one article in each form; the current directory."""
    files = {
        "annotations/adjudicated/inv-0001.json": json.dumps(TASK, indent=1),
        "annotations/adjudicated/broken.json": "\udcff",
        "annotations/entities.yaml": ENTITIES,
        "corpus/texts/invented/story/inv-0001.md": MARKDOWN,
        "corpus/texts/invented/story/inv-0002.md": MARKDOWN,
        "corpus/standoff/wikinews/wn-0001.json": "{}",
        "corpus/tables/index.json": "{}",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", errors="surrogateescape")
    for table in ("articles", "spans", "relations", "entities"):
        (tmp_path / "corpus/tables" / table).mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def span(region: str, article: str = "inv-0001", line: int = 0) -> Place:
    key = f"{article}/adjudicated/{region}"
    return Place("id", "span", key, "train", article, "quote", ((0, 4),), (), line)


def relation(key: str) -> Place:
    return Place("id", "relation", key, "train", None, "said_by")


def line_of(folder: Path, words: str) -> int:
    lines = (folder / "annotations/adjudicated/inv-0001.json").read_text(encoding="utf-8")
    return next(n for n, line in enumerate(lines.splitlines(), 1) if words in line)


def found(place: Place, folder: Path = Path("corpus/tables")) -> tuple[str, int | None]:
    path, line = Sources(folder).of(place)
    return path.relative_to(Path.cwd()).as_posix(), line


@pytest.mark.parametrize(
    ("region", "line"), [("n1", '"id": "n1"'), ("q1", '   "id": "q1"'), ("é", r'"id": "\u00e9"')]
)
def test_a_span_is_where_its_region_is(checkout: Path, region: str, line: str) -> None:
    assert found(span(region)) == ("annotations/adjudicated/inv-0001.json", line_of(checkout, line))


def test_a_region_that_stands_as_it_is_spelt(checkout: Path) -> None:
    path = checkout / "annotations/adjudicated/inv-0001.json"
    path.write_text(json.dumps(TASK, indent=1, ensure_ascii=False), encoding="utf-8")
    assert found(span("é"))[1] == line_of(checkout, '"id": "é"')


def test_a_relation_is_where_it_is_drawn(checkout: Path) -> None:
    drawn = relation("inv-0001/adjudicated/q1.said_by.n1")
    assert found(drawn)[1] == line_of(checkout, '"from_id": "q1"')
    # Where it is not drawn (any more), its head is next.
    assert found(relation("inv-0001/adjudicated/n1.said_by.q1"))[1] == line_of(
        checkout, '"id": "n1"'
    )


@pytest.mark.parametrize(
    ("place", "path", "line"),
    [
        (span("gone", line=2), "corpus/texts/invented/story/inv-0001.md", 7),
        (span("n1", "inv-0002", 0), "corpus/texts/invented/story/inv-0002.md", 5),
        (span("n1", "wn-0001", 9), "corpus/standoff/wikinews/wn-0001.json", 1),
        (span("n1", "broken"), "corpus/tables/spans/train.parquet", None),
        (span("n1", "gone"), "corpus/tables/spans/train.parquet", None),
        (relation("odd"), "corpus/tables/relations/train.parquet", None),
        (Place("id", "article", "inv-0001", "train"), "corpus/texts/invented/story/inv-0001.md", 1),
        (Place("id", "article", "gone", "test"), "corpus/tables/articles/test.parquet", None),
        (Place("id", "entity", "abc", "full"), "annotations/entities.yaml", 2),
        (Place("id", "entity", "ab", "full"), "annotations/entities.yaml", 3),
        (Place("id", "entity", "o.k+", "full"), "annotations/entities.yaml", 4),
        (Place("id", "entity", "a", "full"), "corpus/tables/entities/full.parquet", None),
        (Place("id", "entity", "gone", None), "corpus/tables/entities", None),
        (Place("id", "article", "../../../etc/passwd", "test"),
         "corpus/tables/articles/test.parquet", None),
    ],
)  # fmt: skip
def test_each_record_has_its_source(
    checkout: Path, place: Place, path: str, line: int | None
) -> None:
    assert found(place) == (path, line)


def test_tables_by_themselves_are_their_own_source(checkout: Path) -> None:
    (checkout / "corpus/tables").rename(checkout / "elsewhere")
    assert found(span("n1"), Path("elsewhere")) == ("elsewhere/spans/train.parquet", None)


def report(path: Path) -> str:
    check = Check("S14", "critical", "It is wrong.", "Mend it.", "spans", "spans", "sql", {})
    row = {"id": "inv-0001/adjudicated/q1"}
    outcome = Outcome(check, 1, 9, (row,), places=((span("q1"),),))
    return RENDERERS["github"](Report(path, (outcome,))).splitlines()[0]


def test_annotations_name_paths_from_the_current_directory(checkout: Path) -> None:
    line = line_of(checkout, '   "id": "q1"')
    said = f"::error file=annotations/adjudicated/inv-0001.json,line={line},title=S14 critical::"
    assert report(Path("corpus/tables")).startswith(said)
    assert report(checkout / "corpus/tables").startswith(said)


def test_a_row_of_another_folder_is_named_in_full(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("here"))
    assert f"file={checkout}/annotations/adjudicated/inv-0001.json,line=" in report(
        checkout / "corpus/tables"
    )


def test_without_a_place_the_table_is_named(checkout: Path) -> None:
    check = Check("S14", "critical", "It is wrong.", "Mend it.", "spans", "spans", "sql", {})
    outcome = Outcome(check, 1, 9, ({"n": 1},))
    made = RENDERERS["github"](Report(checkout / "corpus/tables", (outcome,)))
    assert made.startswith("::error file=corpus/tables/spans,title=S14 critical::")
    named = replace(outcome, rows=({"path": "../x\x00"},))
    made = RENDERERS["github"](Report(checkout / "corpus/tables", (named,)))
    assert r"file=corpus/tables/../x\u0000," in made
