"""No stretch of an owner's text is in the repository, in its tables or in what is built.

The texts that the stand-off annotation is about, and those it was developed with, lie beside
the checkout in `../shared/data`. Every run of eight words of theirs, and every headline of
five words or more, is looked for in every file that git tracks or would add, in the strings
of Parquet files, and in built artefacts. Case and punctuation are no difference, `_` is a
space, and addresses are decoded.
"""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY.parent / "shared" / "data"
RUN = 8
HEADLINE = 5

REVIEWED = frozenset(
    {
        "secretary general ban ki moon",
        "foreign minister miguel angel moratinos",
        "in muara angke north jakarta",
    }
)
"""Names and fixed phrases, as `words` gives them, that are nobody's and may stand."""

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^<>]*>")


def words(text: str) -> list[str]:
    return WORD.findall(unquote_plus(text).casefold())


def runs(text: str, length: int = RUN) -> Iterator[str]:
    found = words(text)
    for i in range(len(found) - length + 1):
        yield " ".join(found[i : i + length])


class Held:
    """The runs of words that belong to somebody."""

    def __init__(self, folder: Path) -> None:
        self.lengths = {RUN}
        self.runs: set[int] = set()
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            for text in owned(path):
                self.add(text)
        self.runs -= {hash(phrase) for phrase in REVIEWED}

    def add(self, text: str) -> None:
        self.runs.update(map(hash, runs(text)))
        length = len(words(text))
        if HEADLINE <= length < RUN:
            self.lengths.add(length)
            self.runs.update(map(hash, runs(text, length)))

    def in_(self, text: str) -> set[str]:
        """The owned runs of words in a text."""
        return {run for n in self.lengths for run in runs(text, n) if hash(run) in self.runs}


def owned(path: Path) -> Iterator[str]:
    """The texts and headlines of a data file."""
    if path.name.startswith("LICENSE"):
        return
    if path.suffix == ".jsonl":
        for line in path.read_text("utf-8").splitlines():
            yield from owned_of(json.loads(line))
    elif path.suffix == ".conllu":
        block: list[str] = []
        for line in path.read_text("utf-8").splitlines():
            key, _, value = line.removeprefix("# ").partition(" = ")
            if key in ("text", "meta::title"):
                block.append(value)
        yield " ".join(block)
    elif path.suffix == ".txt":
        yield path.read_text("utf-8")


def owned_of(record: dict[str, Any]) -> Iterator[str]:
    for key in ("text", "title", "wikiTitle"):
        if isinstance(record.get(key), str):
            yield record[key]
    for part in record.get("document", ()):
        yield part["value"]


def strings(name: str, data: bytes) -> Iterator[str]:
    """Everything that a file holds as text."""
    if name.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(data))
        yield str(table.schema.metadata)
        for column in table.columns:
            yield from arrow_strings(column.combine_chunks())
        return
    if name.endswith((".whl", ".zip")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield member
                yield from strings(member, archive.read(member))
        return
    if name.endswith((".tar.gz", ".tgz")):
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            for entry in archive.getmembers():
                yield entry.name
                if (file := archive.extractfile(entry)) is not None:
                    yield from strings(entry.name, file.read())
        return
    text = data.decode("utf-8", "replace")
    yield text
    if name.endswith((".html", ".xml", ".svg")):
        yield html.unescape(TAG.sub("", text))
        yield html.unescape(TAG.sub(" ", text))
    elif "\\u" in text and name.endswith((".json", ".jsonl", ".ipynb")):
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)


def arrow_strings(array: pa.Array) -> Iterator[str]:
    kind = array.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        yield from (v for v in array.unique().to_pylist() if v)
    elif pa.types.is_dictionary(kind):
        yield from arrow_strings(array.dictionary)
    elif pa.types.is_struct(kind):
        for child in array.flatten():
            yield from arrow_strings(child)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        yield from arrow_strings(array.flatten())


def leaks(held: Held, root: Path, paths: Iterable[Path]) -> list[str]:
    """The files that hold owned words, each with one run of them as evidence."""
    found = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        hits = held.in_(name)
        for text in strings(name, path.read_bytes()):
            hits |= held.in_(text)
        if hits:
            found.append(f"{name}: {len(hits)} runs, such as {min(hits)!r}")
    return found


def published_files() -> list[Path]:
    """What git tracks or would add, and what was built."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    built = [p for name in ("build", "dist") for p in (REPOSITORY / name).rglob("*")]
    return sorted({p for p in [*(REPOSITORY / n for n in listed if n), *built] if p.is_file()})


@pytest.mark.skipif(not DATA.is_dir(), reason="the owners' texts are not at hand")
def test_no_owners_words_are_published() -> None:
    held = Held(DATA)
    assert len(held.runs) > 100_000
    assert leaks(held, REPOSITORY, published_files()) == []


SENTENCE = (
    "The invented harbour of Port Keel was closed on Monday, the mayor’s office said, "
    "after twelve barges had drifted into the northern lock."
)
TITLE = "Twelve barges drift into lock"


@pytest.fixture
def held(tmp_path: Path) -> Held:
    folder = tmp_path / "owners"
    folder.mkdir()
    (folder / "a.jsonl").write_text(json.dumps({"text": SENTENCE, "title": TITLE}))
    return Held(folder)


def planted(tmp_path: Path, held: Held, name: str, data: bytes | str) -> list[str]:
    path = tmp_path / "repository" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return leaks(held, tmp_path / "repository", [path])


def parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink)
    return sink.getvalue()


def wheel(name: str, data: bytes | str) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(name, data)
    return sink.getvalue()


ADDRESS = "https://example.org/wiki/" + quote(TITLE.replace(" ", "_"))
MARKED = SENTENCE.replace("twelve", "<b>tw</b>elve").replace("’", "&rsquo;")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.md", f"# Notes\n\n> {SENTENCE[20:90].upper()}\n"),
        ("wrapped.md", "\n> ".join(SENTENCE.split())),
        ("table.parquet", parquet([{"text": SENTENCE}])),
        ("nested.parquet", parquet([{"spans": [{"note": {"text": SENTENCE}}]}])),
        ("task.json", json.dumps({"data": {"text": SENTENCE}})),
        ("escaped.json", json.dumps(["“" + w + "”" for w in SENTENCE.split()])),
        ("links.csv", f"wn-1,{ADDRESS}\n"),
        ("encoded.csv", "https://example.org/?q=" + quote(SENTENCE, safe="")),
        ("twelve-barges-drift-into-lock.json", "{}"),
        ("page.html", f"<p>{MARKED}</p>"),
        ("code.py", f'"""{SENTENCE[:50]}"\n    "{SENTENCE[50:]}"""'),
        ("newspan.whl", wheel("newspan/_data/x.md", SENTENCE)),
        ("data.whl", wheel("newspan/_data/x.parquet", parquet([{"text": SENTENCE}]))),
    ],
)
def test_planted_words_are_caught(tmp_path: Path, held: Held, name: str, data: bytes | str) -> None:
    assert planted(tmp_path, held, name, data) != []


def test_words_that_are_nobodys_are_not_reported(tmp_path: Path, held: Held) -> None:
    retold = "Port Keel shut its harbour on Monday: twelve barges had drifted, officials said."
    assert planted(tmp_path, held, "retold.md", retold) == []


@pytest.mark.skipif(not DATA.is_dir(), reason="the owners' texts are not at hand")
@pytest.mark.parametrize("path", sorted(DATA.glob("*/")), ids=lambda p: p.name)
def test_every_folder_of_texts_is_held(path: Path) -> None:
    assert Held(path).runs
