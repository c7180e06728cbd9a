"""Owners' texts found, lined up and proved; what does not fit is named, never guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newspan.corpus.alignment import align
from newspan.corpus.carriers import read_carrier
from newspan.corpus.hydrate import HydrationReport, hydrate, hydrated_article
from newspan.corpus.sources import read_article, with_text
from newspan.corpus.standoff import dehydrate_task, record_json
from newspan.corpus.variants import slips, variants
from newspan.errors import NewspanError
from newspan.formats.label_studio import decode, encode
from newspan.schema.model import Article, Document
from newspan.text import fingerprint, normalize

PARAGRAPHS = (
    "Port Keel — The harbour was closed on Monday, Mayor Ana Duval said.",
    "“Twelve barges drifted into the lock,” she told reporters.",
    "Nobody was aboard, and the mayor’s office ruled out an attack.",
    "The lock is to open again on Thursday, said Bo Lind, the harbour master.",
    "It was the third such case in 2031.",
)
TEXT = "\n\n".join(PARAGRAPHS)
BYLINE = "March 4, 2031 By Cy Ott"
CREDIT = "Di Roe contributed reporting."


def article(**changes: Any) -> Article:
    meta = {
        "id": "press-0901", "language": "en", "published": "2031-03-04T00:00:00Z",
        "published_precision": "day", "author_kind": "human", "license": "LicenseRef-owner",
        "story": "port-keel", "origin": "press",
        "carrier": {"collection": "text", "record": "keel"},
    }  # fmt: skip
    return with_text(meta | changes, TEXT)


def spans(*words: str) -> list[dict[str, Any]]:
    """A span for each stretch of words; ` … ` parts fragments."""
    made = []
    for number, stretch in enumerate(words):
        parts = [(TEXT.index(w), TEXT.index(w) + len(w)) for w in stretch.split(" … ")]
        made.append(
            {
                "layer": "quote", "id": f"press-0901/adjudicated/q{number}", "fragments": parts,
                "start": parts[0][0], "end": parts[-1][1], "text": stretch, "form": "indirect",
                "speaker": "implicit", "annotator": "x", "annotator_kind": "human",
                "status": "adjudicated",
            }
        )  # fmt: skip
    return made


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A data root with one stand-off article and its annotation."""
    record = tmp_path / "root" / "corpus" / "standoff" / "press" / "press-0901.json"
    record.parent.mkdir(parents=True)
    record.write_bytes(record_json(article()))
    stretches = (
        "Port Keel", "Twelve barges", "Nobody … ruled out an attack", "Bo Lind", "2031",
        "she told reporters.\n\nNobody was aboard",
    )  # fmt: skip
    document = msgspec.convert(
        {"article": msgspec.to_builtins(article()), "spans": spans(*stretches)}, Document
    )
    (task,) = encode([document], metadata=False)
    folder = tmp_path / "root" / "annotations" / "adjudicated"
    folder.mkdir(parents=True)
    (folder / "press-0901.json").write_text(json.dumps(dehydrate_task(task, TEXT)))
    return tmp_path / "root"


Run = Callable[..., HydrationReport]


@pytest.fixture
def run(root: Path, tmp_path: Path) -> Run:
    """Hydrate from a copy with this content."""

    def hydrated(content: str, **options: Any) -> HydrationReport:
        source = tmp_path / "own" / "copy.txt"
        source.parent.mkdir(exist_ok=True)
        source.write_text(content, encoding="utf-8")
        return hydrate(root, "text", source, root / "hydrated", **options)

    return hydrated


def words_of(path: Path) -> list[str | None]:
    return [s.text for d in decode([json.loads(path.read_text())]) for s in d.spans]


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        f"{BYLINE}\n\n{TEXT}\n\n{CREDIT}\n",
        TEXT.replace("\n\n", "\r\n"),
        TEXT.replace(" on ", "  on\t ").replace("\n\n", "\n \n\n"),
        "\ufeff" + "\n\n".join(p.replace(" the ", "\nthe ") for p in PARAGRAPHS),
    ],
    ids=["same", "with byline and credit", "lines", "spaces", "wrapped"],
)
def test_the_annotated_text_is_found_and_proved(run: Run, root: Path, content: str) -> None:
    report = run(content)
    (outcome,) = report.outcomes
    assert (outcome.status, outcome.spans, report.ok) == ("exact", 6, True)
    text, task = outcome.written
    assert text.read_bytes() == TEXT.encode()
    assert words_of(task)[:2] == ["Port Keel", "Twelve barges"]
    record = read_article(root / "corpus/standoff/press/press-0901.json")
    assert hydrated_article(record, root / "hydrated").text == TEXT


@pytest.mark.parametrize(
    ("change", "paragraph", "place", "sides"),
    [
        (("“", '"'), 2, 0, ("“", '"')),
        (("—", "-"), 1, 10, ("—", "-")),
        (("mayor’s", "mayor's"), 3, 32, ("’", "'")),
        (("Bo Lind", "Bo Lint"), 4, 50, ("d", "t")),
        (("Monday", "Mondy"), 1, 42, ("a", "y")),
        (("third", "thirrd"), 5, 15, ("d", "r")),
        (("open again", "open open again"), 4, 20, ("a", "o")),
        (("2031.", "2031"), 5, 34, (".", "")),
        (("Keel —", "Keel\u00a0—"), 1, 9, (" ", "\u00a0")),
    ],
)
def test_a_small_difference_is_placed_and_the_annotated_text_recovered(
    run: Run, change: tuple[str, str], paragraph: int, place: int, sides: tuple[str, str]
) -> None:
    (outcome,) = run(TEXT.replace(*change)).outcomes
    assert outcome.status == "restored"
    assert outcome.spans == 6
    assert outcome.written[0].read_text() == TEXT
    (difference,) = [d for d in outcome.differences if d.paragraph == paragraph]
    assert (difference.place, difference.annotated, difference.copy) == (place, *sides)
    assert (f"U+{ord(sides[1]):04X}" if sides[1] else "nothing") in str(difference)


def test_a_changed_paragraph_keeps_the_spans_of_the_others(run: Run) -> None:
    content = TEXT.replace(PARAGRAPHS[1], "“Thirteen barges drifted in,” she wrote, “at night.”")
    report = run(f"{BYLINE}\n\n{content}\n\n{CREDIT}")
    (outcome,) = report.outcomes
    assert (outcome.status, report.ok, outcome.left_out) == ("near", False, (1, 7))
    text, task = outcome.written
    assert text.name == "press-0901.near.txt"
    assert text.read_text() == content
    assert words_of(task) == ["Port Keel", "Nobody … ruled out an attack", "Bo Lind", "2031"]
    assert {f.span_id for f in outcome.faults} == {
        "press-0901/adjudicated/q1", "press-0901/adjudicated/q5",
    }  # fmt: skip
    (difference,) = outcome.differences
    assert (difference.paragraph, difference.copy_paragraph) == (2, 3)
    assert difference.length == len(PARAGRAPHS[1])


def test_a_lost_paragraph_is_named(run: Run) -> None:
    (outcome,) = run("\n\n".join(PARAGRAPHS[:3] + PARAGRAPHS[4:])).outcomes
    assert outcome.status == "near"
    assert [str(d) for d in outcome.differences] == ["paragraph 4 is not in the copy"]
    assert words_of(outcome.written[1])[-1] == "2031"


def test_what_lies_between_two_unknown_paragraphs_is_not_placed(run: Run) -> None:
    changed = list(PARAGRAPHS)
    changed[1], changed[3] = "Quite another second paragraph.", "And another fourth one."
    (outcome,) = run("\n\n".join(changed)).outcomes
    assert outcome.status == "near"
    assert words_of(outcome.written[1]) == ["Port Keel", "2031"]


def test_another_text_is_not_taken(run: Run, root: Path) -> None:
    (outcome,) = run("Nothing of the kind.\n\nReally not.").outcomes
    assert outcome.status == "missing"
    (other,) = run("\n\n".join([PARAGRAPHS[4], *(f"{n} times other." for n in range(6))])).outcomes
    assert (other.status, other.written) == ("differs", ())
    assert not list(root.glob("hydrated/*"))


def test_two_runs_write_the_same(run: Run, root: Path) -> None:
    run(TEXT)
    before = {p: p.read_bytes() for p in root.rglob("*") if p.is_file()}
    run(TEXT)
    assert {p: p.read_bytes() for p in root.rglob("*") if p.is_file()} == before


def test_edited_work_is_not_overwritten(run: Run, root: Path) -> None:
    run(TEXT)
    task = root / "hydrated" / "press-0901.json"
    task.write_text("{}")
    with pytest.raises(NewspanError, match="differs from what would be written"):
        run(TEXT)
    assert task.read_text() == "{}"
    assert run(TEXT, overwrite=True).ok


@pytest.mark.parametrize("place", [".", "corpus", "annotations/adjudicated", "corpus/../schema/x"])
def test_words_never_go_to_a_published_place(root: Path, tmp_path: Path, place: str) -> None:
    source = tmp_path / "copy.txt"
    source.write_text(TEXT)
    with pytest.raises(NewspanError, match="published place"):
        hydrate(root, "text", source, root / place)


def test_a_link_into_the_corpus_is_seen_through(root: Path, tmp_path: Path) -> None:
    source = tmp_path / "own.txt"
    source.write_text(TEXT)
    (tmp_path / "link").symlink_to(root / "corpus")
    with pytest.raises(NewspanError, match="published place"):
        hydrate(root, "text", source, tmp_path / "link" / "x")


def test_the_owners_folder_is_not_written_to(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "press-0901.txt").write_text(f"{BYLINE}\n\n{TEXT}")
    for source in (folder, folder / "press-0901.txt"):
        with pytest.raises(NewspanError, match="owner's files"):
            hydrate(root, "text", source, folder)


def test_an_unfinished_annotation_is_reported_and_the_text_written(run: Run, root: Path) -> None:
    path = root / "annotations" / "adjudicated" / "press-0901.json"
    task = json.loads(path.read_text())
    results = task["annotations"][0]["result"]
    task["annotations"][0]["result"] = [r for r in results if r.get("from_name") != "quote_form"]
    path.write_text(json.dumps(task))
    (outcome,) = run(TEXT).outcomes
    assert [p.suffix for p in outcome.written] == [".txt"]
    assert outcome.faults[0].span_id == "press-0901/adjudicated/q0"


def test_a_text_that_does_not_match_is_not_taken_for_the_articles(root: Path) -> None:
    record = read_article(root / "corpus/standoff/press/press-0901.json")
    assert hydrated_article(record, root / "hydrated") == record
    (root / "hydrated").mkdir()
    (root / "hydrated" / "press-0901.txt").write_text(TEXT + " More.")
    assert hydrated_article(record, root / "hydrated") == record


def test_the_right_text_is_found_among_many(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "a.txt").write_text("\n\n".join(PARAGRAPHS[:4]))
    (folder / "keel.txt").write_text("Another text.")
    (folder / "z.txt").write_text(TEXT)
    (outcome,) = hydrate(root, "text", folder, root / "hydrated").outcomes
    assert (outcome.status, outcome.source) == ("exact", folder / "z.txt")


SEL = {
    "docId": 7,
    "document": [
        {"name": "headline", "value": "A headline"},
        {"name": "dateline", "value": "March 4, 2031"},
        {"name": "body_par_000", "value": "First  paragraph."},
        {"name": "body_par_001", "value": "Second."},
    ],
}
GUM = """\
# newdoc id = GUM_news_keel
# meta::dateCreated = 2031-03-04
# newpar
# newpar_block = head (1 s)
# text = A headline
1\tA\ta\tDET\tDT\t_\t0\troot\t_\t_
# newpar
# newpar_block = p (1 s)
# text = Tuesday, March 4, 2031
# newpar
# newpar_block = p (2 s)
# text = First sentence.
# text = Second sentence.
# newpar
# newpar_block = p (1 s)
# text = Last.
# newdoc id = GUM_news_other
# text = No paragraph.
"""


def test_the_sel_carrier_is_read(tmp_path: Path) -> None:
    (tmp_path / "original.jsonl").write_text(json.dumps(SEL) + "\n")
    (text,) = read_carrier("sel", tmp_path)
    assert (text.record, text.readings) == ("7", (("First paragraph.", "Second."),))


def test_the_gum_carrier_is_read(tmp_path: Path) -> None:
    (tmp_path / "dep").mkdir()
    (tmp_path / "dep" / "x.conllu").write_text(GUM)
    for source in (tmp_path, tmp_path / "dep", tmp_path / "dep" / "x.conllu"):
        first, second = read_carrier("gum", source)
        assert first.record == "GUM_news_keel"
        assert first.readings == (("First sentence. Second sentence.", "Last."),)
        assert (second.record, second.readings) == ("GUM_news_other", (("No paragraph.",),))


@pytest.mark.parametrize(
    ("carrier", "name", "content", "message"),
    [
        ("sel", "original.jsonl", "{", "original.jsonl:1: is no record of this carrier"),
        ("sel", "original.jsonl", '{"docId": 1}', "is no record of this carrier"),
        ("gum", "x.conllu", "", "the file is empty"),
        ("text", "x.txt", "a\x00b", "x.txt: control character"),
        ("text", "x.pdf", "a", "holds no text of carrier text"),
        ("gum", "x.txt", "a", "holds no text of carrier gum"),
        ("other", "x.txt", "a", "unknown carrier"),
    ],
)
def test_a_carrier_that_cannot_be_read_is_named(
    tmp_path: Path, carrier: str, name: str, content: str, message: str
) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(NewspanError, match=message):
        read_carrier(carrier, tmp_path)


def test_a_source_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NewspanError, match="is not there"):
        read_carrier("text", tmp_path / "no")


SENTENCES = st.sampled_from([*PARAGRAPHS, BYLINE, CREDIT, "Other words.", "A b."])


@settings(deadline=None, max_examples=60)
@given(st.lists(SENTENCES, max_size=9))
def test_an_alignment_claims_only_what_holds(copy: list[str]) -> None:
    found = align(article(), copy)
    if found.status in ("exact", "restored"):
        assert found.text == TEXT
    if found.status == "near":
        for anchor in found.anchors:
            mine = TEXT[anchor.start : anchor.start + anchor.length]
            assert (found.text or "")[anchor.copy_start :].startswith(mine)
    if any(copy[i : i + 5] == list(PARAGRAPHS) for i in range(len(copy))):
        assert found.status == "exact"


@given(st.text("abc ", min_size=1, max_size=12).map(normalize), st.data())
def test_one_slip_is_always_found(paragraph: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(paragraph)))
    kind = data.draw(st.sampled_from(["less", "more", "other"]))
    char = data.draw(st.sampled_from("xyz’"))
    rest = paragraph[at:] if kind == "more" else paragraph[at + 1 :]
    copy = paragraph[:at] + ("" if kind == "less" else char) + rest
    if copy != paragraph:
        assert slips(copy, {fingerprint(paragraph): 0}) == paragraph


def test_nothing_is_found_for_an_unknown_digest() -> None:
    assert slips("A short one.", {"0" * 64: 0}) is None


def test_variants_leave_the_paragraph_itself_out() -> None:
    assert list(variants("Plain words.")) == []
    assert "He said “no”." in set(variants('He said "no".'))
