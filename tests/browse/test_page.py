"""The page as a file: whole, self-contained, and with nothing in it that a text could break."""

from __future__ import annotations

import base64
import json
import re
import zlib
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from browse.hostile import HARM, TEXT, hostile
from newspan.browse import page as page_module
from newspan.browse.page import write_page
from newspan.browse.shelf import Shelf, fill
from newspan.cli import app
from newspan.formats import write
from newspan.schema.model import Document
from trees import REPOSITORY
from validation.small_corpus import Corpus


def overview(html: str) -> dict:
    found = re.search(r'id="overview">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def bodies(packed: str) -> list[dict]:
    return json.loads(zlib.decompress(base64.b64decode(packed)))


@pytest.fixture(scope="module")
def corpus_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("page") / "corpus.html"
    write_page(fill(None, [], Path("nowhere")), file, "newspan")
    return file.read_text(encoding="utf-8")


def test_every_article_span_and_relation_is_there(corpus_page: str) -> None:
    import newspan

    corpus = newspan.load(REPOSITORY)
    found = overview(corpus_page)
    assert [a["id"] for a in found["articles"]] == corpus.articles["id"].to_pylist()
    packed = re.findall(r'id="chunk-\d+">(.*?)</script>', corpus_page)
    versions = [body["versions"][0] for chunk in packed for body in bodies(chunk)]
    assert sum(len(v["spans"]) for v in versions) == corpus.spans.num_rows
    assert sum(len(v["relations"]) for v in versions) == corpus.relations.num_rows


def test_words_of_owners_are_not_there(corpus_page: str) -> None:
    packed = re.findall(r'id="chunk-\d+">(.*?)</script>', corpus_page)
    held = [body["text"] for chunk in packed for body in bodies(chunk)]
    standoff = [
        a for a in overview(corpus_page)["articles"] if a["origin"] in ("wikinews", "press")
    ]
    assert held.count(None) == len(standoff) > 0
    assert not any("title" in article for article in standoff)


def test_nothing_is_loaded_from_elsewhere(corpus_page: str) -> None:
    code = re.sub(r"<script type=.*?</script>", "", corpus_page, flags=re.DOTALL)
    code = code.replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"https?://|@import|url\(", code)
    assert "default-src 'none'" in corpus_page


def test_the_page_is_small_and_the_same_every_time(corpus_page: str, tmp_path: Path) -> None:
    articles = len(overview(corpus_page)["articles"])
    assert len(corpus_page.encode()) < 1_500_000 + 6_000 * articles
    write_page(fill(None, [], Path("nowhere")), tmp_path / "again.html", "newspan")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == corpus_page


def test_no_text_ends_the_script_it_stands_in(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    write_page(Shelf({"inv-9001": [hostile()]}), file, HARM)
    html = file.read_text(encoding="utf-8")
    assert "<img" not in html
    assert overview(html)["articles"][0]["title"].startswith(HARM)
    scripts = re.findall(r"<script[ >]", html)
    assert len(scripts) == html.count("</script>") == 3


def test_offsets_are_code_points(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    write_page(Shelf({"inv-9001": [hostile()]}), file, "t")
    packed = re.findall(r'id="chunk-0">(.*?)</script>', file.read_text(encoding="utf-8"))
    body = bodies(packed[0])[0]
    cut = [TEXT[s[2][0] : s[2][1]] for s in body["versions"][0]["spans"]]
    assert cut == [HARM, "seven"]


def test_a_big_corpus_is_a_page_and_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "ONE_PAGE", 20)
    many = {f"inv-{n:04d}": [hostile(f"inv-{n:04d}")] for n in range(40)}
    written = write_page(Shelf(many), tmp_path / "index.html", "t")
    assert [p.relative_to(tmp_path).as_posix() for p in written] == [
        "index.html", *(f"index-data/{n:05d}.js" for n in range(3))
    ]  # fmt: skip
    chunk = written[3].read_text(encoding="utf-8")
    found = re.fullmatch(r'newspanChunk\(2,"([A-Za-z0-9+/=]+)"\)\n', chunk)
    assert found
    assert len(bodies(found[1])) == 8


def test_versions_of_two_texts_are_refused(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    write([hostile()], one)
    write([_longer(hostile())], other)
    made = CliRunner().invoke(app, ["browse", str(one), "--against", str(other), "--out", "x.html"])
    assert made.exit_code != 0
    assert "inv-9001" in str(made.exception)
    assert not Path("x.html").exists()


def _longer(document: Document) -> Document:
    from newspan.text import fingerprint, paragraph_fingerprints

    text = (document.article.text or "") + " More."
    article = msgspec.structs.replace(
        document.article, text=text, text_sha256=fingerprint(text), n_chars=len(text),
        paragraph_sha256=paragraph_fingerprints(text),
    )  # fmt: skip
    return msgspec.structs.replace(document, article=article)


def test_an_empty_file_has_no_page(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    made = CliRunner().invoke(app, ["browse", str(tmp_path / "empty.jsonl"), "--out", "x.html"])
    assert made.exit_code != 0
    assert not Path("x.html").exists()


def test_agreement_is_a_chart_of_its_own(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    document = hostile()
    write([document], one)
    write([msgspec.structs.replace(document, spans=document.spans[:1])], other)
    asked = ["browse", str(one), "--against", str(other), "--out", str(tmp_path / "page.html")]
    made = CliRunner().invoke(app, asked)
    assert made.exit_code == 0, made.output
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    figure = re.search(r'data-title="Spans of two annotations">.*?</template>', html, re.DOTALL)
    assert figure
    rows = re.findall(r"<tr><td>(\w+)</td><td>(\d+)</td><td>(\d+)</td><td>(\d+)", figure[0])
    assert {name: numbers for name, *numbers in rows if any(map(int, numbers))} == {
        "actor": ["1", "0", "0"], "number": ["0", "0", "1"]
    }  # fmt: skip


def test_what_the_checks_find_is_on_the_page(tmp_path: Path) -> None:
    corpus = Corpus()
    span = next(row for row in corpus.spans if row["layer"] == "cue")
    span["text"] = "other words"
    corpus.write(tmp_path / "corpus")
    asked = ["browse", str(tmp_path / "corpus"), "--check", "--out", str(tmp_path / "page.html")]
    made = CliRunner().invoke(app, asked)
    assert made.exit_code == 0, made.output
    found = overview((tmp_path / "page.html").read_text(encoding="utf-8"))["findings"]
    assert [span["article_id"], span["start"], span["end"]] in [row[:3] for row in found]
    assert any("text" in row[5] for row in found)
