"""Texts made articles: normalised, described, numbered; or refused, and nothing written."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newspan.corpus import ingest as module
from newspan.corpus.bylines import Surroundings, strip_surroundings
from newspan.corpus.ingest import Carriage, ingest
from newspan.corpus.sources import read_article
from newspan.errors import MissingExtra, NewspanError
from newspan.schema.model import Article

REPOSITORY = Path(__file__).resolve().parents[2]
SEED = REPOSITORY.parent / "shared" / "data" / "seed"
PAGE = """<html lang="en"><head><title>Harbour &amp; lock</title>
<meta name="author" content="Ana Duval; Bo Lind">
<meta property="article:published_time" content="2024-03-04T10:00:00Z">
<meta property="og:site_name" content="The Keel Courier"></head>
<body><nav>Home | About</nav><article><h1>Harbour &amp; lock</h1>
<p>The harbour of Port Keel was closed on Monday after twelve barges had drifted into it.</p>
<p>It is to open again on Thursday, the harbour master said, if the lock can be mended.</p>
</article></body></html>"""

Write = Callable[[str, str | bytes], Path]
OPTIONS: dict[str, Any] = {
    "license": "CC-BY-4.0", "story": "port-keel", "published": "2024-03-04", "origin": "invented",
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "corpus" / "texts"


def one(path: Path, folder: Path, **options: Any) -> Article:
    (made,) = ingest([path], folder, **(OPTIONS | options))
    return read_article(made)


def refusal(paths: list[Path], folder: Path, **options: Any) -> str:
    """The message of a refusal, after which nothing may have been written."""
    with pytest.raises(NewspanError) as caught:
        ingest(paths, folder, **(OPTIONS | options))
    assert not [p for p in folder.rglob("*") if p.is_file()]
    return str(caught.value)


def test_a_text_is_normalised_and_described(write: Write, folder: Path) -> None:
    path = write("a.txt", "\ufeffOne  two.\r\n\r\n\r\n\tThree.\r\n")
    made = one(path, folder, publisher="The Courier")
    assert made.text == "One two.\n\nThree."
    assert (made.id, made.publisher, made.origin) == ("inv-0001", "The Courier", "invented")
    assert (made.published.isoformat()[:10], made.published_precision) == ("2024-03-04", "day")
    assert (folder / "port-keel" / "inv-0001.md").is_file()


def test_date_byline_and_credit_go_to_the_metadata(write: Write, folder: Path) -> None:
    path = write(
        "a.txt",
        " date 2024-05-06 By Ana Duval, Bo Lind, and Di van Roe, KNN\n\nA text.\n\n"
        "KNN’s Cy Ott contributed reporting.",
    )
    made = one(path, folder, published=None)
    assert made.text == "A text."
    assert made.byline == ("Ana Duval", "Bo Lind", "Di van Roe", "Cy Ott")
    assert (made.publisher, made.published.date()) == ("KNN", date(2024, 5, 6))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("By Ana Duval", Surroundings(None, ("Ana Duval",))),
        ("By Ana Duval and Bo Lind, The Courier",
         Surroundings(None, ("Ana Duval", "Bo Lind"), "The Courier")),
        ("Thursday, April 24, 2025", Surroundings(date(2025, 4, 24))),
        ("Published on 24 April 2025", Surroundings(date(2025, 4, 24))),
        ("April 24, 2025 | By Ana Duval", Surroundings(date(2025, 4, 24), ("Ana Duval",))),
    ],
)  # fmt: skip
def test_leading_lines_are_recognised(line: str, found: Surroundings) -> None:
    assert strip_surroundings(f"{line}\n\nA text.") == ("A text.", found)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the harbour was shut.", "By the lock", "By 2031-02-30 it was over",
        "2031-02-30", "Date palms grow here.", "April was cold.", "By AFP", "Ana Duval", "",
    ],
)  # fmt: skip
def test_in_doubt_a_leading_line_is_text(line: str) -> None:
    text = f"{line}\n\nA text.".strip()
    assert strip_surroundings(text) == (text, Surroundings())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ana Duval and Bo Lind contributed to this report.", ("Ana Duval", "Bo Lind")),
        ("Reporting by Ana Duval; Editing by Bo Lind", ("Ana Duval",)),
        ("(Additional reporting by Ana Duval)", ("Ana Duval",)),
        ("The minister contributed reporting.", ()),
        ("Reporting by the ministry was late.", ()),
        ("Trade contributed to this report of growth, she said.", ()),
    ],
)
def test_closing_credits_are_recognised_or_left(line: str, names: tuple[str, ...]) -> None:
    text, found = strip_surroundings(f"A text.\n\n{line}")
    assert found.byline == names
    assert (text == "A text.") == bool(names)


def test_a_text_is_never_all_taken_away() -> None:
    assert strip_surroundings("By Ana Duval")[0] == "By Ana Duval"
    assert strip_surroundings("Ana Duval contributed reporting.")[0].startswith("Ana")


def test_front_matter_is_kept_and_goes_before_options(write: Write, folder: Path) -> None:
    path = write(
        "a.md",
        "---\nid: keel-7\nstory: lock\ntitle: A title\ndate: 2024-05-06\nbyline: By Ana Duval\n"
        "---\nA text.\n",
    )
    made = one(path, folder)
    assert (made.id, made.story, made.title) == ("keel-7", "lock", "A title")
    assert (made.published.day, made.byline, made.license) == (6, ("Ana Duval",), "CC-BY-4.0")
    assert (folder / "lock" / "keel-7.md").is_file()


def test_what_was_ingested_can_be_ingested_again(write: Write, folder: Path) -> None:
    (first,) = ingest([write("a.txt", "A text.")], folder, **OPTIONS)
    before = first.read_bytes()
    assert ingest([write("a.txt", "A  text.\n")], folder, **OPTIONS) == [first]
    assert ingest([first], folder, license=None, story=None) == [first]
    assert first.read_bytes() == before
    assert len(list(folder.rglob("*.md"))) == 1


def test_numbers_go_on(write: Write, folder: Path) -> None:
    paths = [write("a.txt", "A."), write("b.txt", "B."), write("c.txt", "C.")]
    ingest(paths[:2], folder, **OPTIONS)
    made = ingest(paths, folder, **OPTIONS)
    assert [p.stem for p in made] == ["inv-0001", "inv-0002", "inv-0003"]
    assert one(write("d.txt", "D."), folder, prefix="keel").id == "keel-0001"


def test_a_heading_of_markdown_is_its_title(write: Write, folder: Path) -> None:
    made = one(write("a.md", "# The title\n\nA text.\n"), folder)
    assert (made.title, made.text) == ("The title", "A text.")


def test_a_page_gives_text_and_metadata(write: Write, folder: Path) -> None:
    pytest.importorskip("trafilatura")
    made = one(write("a.html", PAGE), folder, published=None)
    assert made.title == "Harbour & lock"
    assert made.byline == ("Ana Duval", "Bo Lind")
    assert (made.publisher, made.published.date()) == ("The Keel Courier", date(2024, 3, 4))
    assert made.text is not None
    assert [p[:11] for p in made.text.split("\n\n")] == ["The harbour", "It is to op"]


def test_a_missing_extra_is_named(
    write: Write, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "trafilatura":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    message = refusal([write("a.html", PAGE)], folder)
    assert "pip install 'newspan[ingest]'" in message
    assert issubclass(MissingExtra, NewspanError)


def test_records_give_texts(write: Write, folder: Path) -> None:
    records = [
        {"text": "A.", "id": "keel-1", "date": "2024-05-06T10:00:00+02:00", "byline": "Ana Duval"},
        {"text": "B.", "title": "T", "publisher": "P", "license": "CC0-1.0", "else": 1},
    ]
    path = write("a.jsonl", "\n".join(map(json.dumps, records)) + "\n\n")
    first, second = map(read_article, ingest([path], folder, **OPTIONS))
    assert (first.id, first.published.hour, first.published_precision) == ("keel-1", 8, "minute")
    assert first.byline == ("Ana Duval",)
    assert (second.id, second.title, second.publisher) == ("inv-0001", "T", "P")
    assert second.license == "CC0-1.0"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"caf\xe9", "byte 3 (0xe9) is not UTF-8"),
        ("a.txt", b"\xff\xfeA\x00", "is not UTF-8"),
        ("a.txt", "", "the file is empty"),
        ("a.txt", " \n\t\n", "the file is empty"),
        ("a.txt", "\u00a0\u3000", "has no text"),
        ("a.txt", "a\x00b", "control character U+0000"),
        ("a.txt", b"\xed\xa0\x80", "is not UTF-8"),
        ("a.txt", "A." * 10_000_001, "at most 20,000,000 are read"),
        ("a.txt", "<!DOCTYPE html><p>A.", "is HTML"),
        ("a.txt", "A <b>bold</b> text.", "the text has HTML ('<b>' at character 2)"),
        ("a.pdf", "%PDF", "has the suffix '.pdf'"),
        ("a.md", "---\nid: a\nA.", "front matter has no end"),
        ("a.md", "---\nid: [a\n---\nA.", "a.md:3: is not YAML"),
        ("a.md", "---\n- a\n---\nA.", "front matter is no mapping"),
        ("a.md", "---\ntitel: a\n---\nA.", "front matter has titel"),
        ("a.md", "---\nn_chars: 3\n---\nA.", "front matter has n_chars"),
        ("a.md", "---\nid: ../../a\n---\nA.", "its id is '../../a'"),
        ("a.md", "---\nid: 12\n---\nA.", "its id is 12"),
        ("a.md", "---\nstory: ../a\n---\nA.", "its story is '../a'"),
        ("a.md", "---\ntitle: A <i>title</i>\n---\nA.", "its title has HTML ('<i>')"),
        ("a.md", "---\nbyline: [A &amp; B]\n---\nA.", "its byline has HTML ('&amp;')"),
        ("a.md", "---\ndate: yesterday\n---\nA.", "published is 'yesterday'"),
        ("a.md", "---\ndate: 2024-05-06T10:00\n---\nA.", "has no time zone"),
        ("a.md", "---\norigin: moon\n---\nA.", "moon"),
        ("a.jsonl", "", "the file is empty"),
        ("a.jsonl", '{"text": "A."}\n{"text": ', "a.jsonl:2: is not JSON"),
        ("a.jsonl", '{"text": "A\\ud800."}', "(a lone surrogate?)"),
        ("a.jsonl", '{"text": "A\\u0000."}', "a.jsonl:1: control character U+0000"),
        ("a.jsonl", '["text"]', "is no object with a text"),
        ("a.jsonl", '{"text": " "}', "a.jsonl:1: its text is empty"),
        ("a.jsonl", '{"text": "A.", "id": "A B"}', "a.jsonl:1: its id is 'A B'"),
        ("a.jsonl", '{"text": "A."}\n{"text": "A. "}', ""),
    ],
)
def test_bad_input_is_named_and_nothing_is_written(
    write: Write, folder: Path, name: str, content: str | bytes, message: str
) -> None:
    path = write(name, content)
    if message:
        good = write("good.txt", "A good text.")
        found = refusal([good, path], folder)
        assert message in found
        assert str(path) in found
    else:  # the same words twice are one text
        first, second = ingest([path], folder, **OPTIONS)
        assert first == second


def test_all_faults_are_reported_together(write: Write, folder: Path) -> None:
    lines = ['{"text": "A.", "id": "../a"}', "{", '{"text": "B.", "title": "<b>"}']
    paths = [write("a.jsonl", "\n".join(lines)), write("b.txt", ""), folder / "no.txt"]
    found = refusal(paths, folder)
    for place in ("a.jsonl:1", "a.jsonl:2", "a.jsonl:3", "b.txt", "no.txt"):
        assert place in found


@pytest.mark.parametrize("name", ["license", "story", "published"])
def test_missing_metadata_is_named_with_its_option(write: Write, folder: Path, name: str) -> None:
    assert f"Give --{name}" in refusal([write("a.txt", "A.")], folder, **{name: None})


def test_another_text_is_never_overwritten(write: Write, folder: Path) -> None:
    (first,) = ingest([write("a.md", "---\nid: a\n---\nOne.")], folder, **OPTIONS)
    before = first.read_bytes()
    for content, message in (
        ("---\nid: a\n---\nTwo.", "the id is that of another text"),
        ("---\nid: b\n---\nOne.", "its text is that of a"),
        ("---\nid: a\ntitle: T\n---\nOne.", "with another title"),
    ):
        with pytest.raises(NewspanError, match=message):
            ingest([write("b.md", content)], folder, **OPTIONS)
    assert first.read_bytes() == before


def test_a_failure_while_writing_takes_back_what_was_written(
    write: Write, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write("a.txt", "A."), write("b.txt", "B.")]
    real = module.write_atomically

    def failing(path: Path, data: bytes) -> None:
        if path.stem.endswith("2"):
            raise NewspanError("disk full")
        real(path, data)

    monkeypatch.setattr(module, "write_atomically", failing)
    assert "disk full" in refusal(paths, folder)


def test_stand_off_records_hold_no_words(write: Write, tmp_path: Path) -> None:
    folder, hydrated = tmp_path / "corpus" / "standoff", tmp_path / "hydrated"
    path = write("twelve-barges-drift.txt", "By Ana Duval\n\nTwelve barges drift.")
    options = OPTIONS | {"origin": "press"}
    (made,) = ingest([path], folder, **options, standoff=Carriage(hydrated))
    record = read_article(made)
    assert made == folder / "press" / "press-0001.json"
    assert (record.text, record.title, record.byline) == (None, None, ("Ana Duval",))
    assert record.carrier is not None
    assert "barges" not in made.read_text()
    assert (hydrated / "press-0001.txt").read_text() == "Twelve barges drift."
    assert ingest([path], folder, **options, standoff=Carriage(hydrated)) == [made]


def test_stand_off_words_never_go_into_the_corpus(write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "standoff"
    for place in (folder, tmp_path / "corpus", tmp_path / "annotations"):
        with pytest.raises(NewspanError, match="published place"):
            ingest([write("a.txt", "A.")], folder, **OPTIONS, standoff=Carriage(place))
    assert not folder.exists()


def test_a_carriers_record_becomes_a_stand_off_record(write: Write, tmp_path: Path) -> None:
    parts = [{"name": "dateline", "value": "May 6, 2024"}, {"name": "body_par_000", "value": "A."}]
    path = write("original.jsonl", json.dumps({"docId": 7, "document": parts}))
    carriage = Carriage(tmp_path / "hydrated", "sel", "v1", ("7",))
    options = OPTIONS | {"published": None, "origin": "wikinews"}
    (made,) = ingest([path], tmp_path / "corpus" / "standoff", **options, standoff=carriage)
    record = read_article(made)
    assert record.carrier is not None
    assert (record.id, record.carrier.record, record.published.day) == ("wn-0001", "7", 6)
    with pytest.raises(NewspanError, match="has no record 8"):
        missing = carriage._replace(records=("8",))
        ingest([path], tmp_path / "corpus" / "standoff", **options, standoff=missing)


@pytest.mark.skipif(not SEED.is_dir(), reason="the owner's text is not at hand")
def test_the_seed_gives_its_record(tmp_path: Path) -> None:
    (path,) = SEED.glob("*.txt")
    (made,) = ingest(
        [path], tmp_path / "corpus" / "standoff", license="LicenseRef-owner", story="event-0001",
        standoff=Carriage(tmp_path / "hydrated"),
    )  # fmt: skip
    recorded = REPOSITORY / "corpus" / "standoff" / "press" / "press-0001.json"
    assert made.read_bytes() == recorded.read_bytes()
