"""Regions drawn with the mouse stand where they were drawn, to the character."""

from __future__ import annotations

import pytest

from browser.desk import Desk, bare, relations, seen
from browser.editor import Editor

pytestmark = pytest.mark.slow

ACTOR, LOCATION, NUMBER, QUOTE, CUE, COUNTED = "123456"

# Text, and what is marked in it: key and words.
CASES = {
    "emoji": (
        "🕯🇺🇦 Varn lit 👩‍👩‍👧 candles 🔥 for six 🚢 in 𝔙elk, she said.",
        [(CUE, "said"), (COUNTED, "👩‍👩‍👧 candles 🔥"), (COUNTED, "🚢")],
    ),
    "combining and right-to-left": (
        "x̂ met q̣́rn and n̈, and the क्षत्रिय of Velk hung שלום עולם over مرحبا بكم until noon.",
        [(COUNTED, "q̣́rn"), (COUNTED, "n̈"), (COUNTED, "क्षत्रिय"), (CUE, "hung"),
         (COUNTED, "שלום עולם"), (COUNTED, "مرحبا"), (COUNTED, "noon")],
    ),
    "line-breaks": (
        "“We wait,” said Varn.\n\nShe added: “Nobody\nsails\n\ntoday.” Then <b>silence</b> & rain.",
        [(CUE, "added"), (COUNTED, "Varn.\n\nShe"), (COUNTED, "Nobody\nsails\n\ntoday"),
         (COUNTED, "<b>silence</b> & rain")],
    ),
    "nested": (
        "Varn said that Krenn had asked to leave Velk, and to leave now.",
        [(CUE, "Varn said that Krenn had asked"), (COUNTED, "Krenn had asked to leave"),
         (CUE, "asked"), (COUNTED, "leave"), (CUE, "leave Velk")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_offsets_are_those_of_the_words_drawn_over(editor: Editor, desk: Desk, case: str) -> None:
    text, marks = CASES[case]
    (task,) = desk.put([bare("drawn", text)])
    editor.open(desk.project.id, task, text)
    layers = {CUE: "cue", COUNTED: "counted"}
    wanted = [(layers[key], [editor.mark(key, words)], {}) for key, words in marks]
    editor.submit()
    placed = [(v["start"], v["end"]) for v in (r["value"] for r in desk.results(task))]
    assert placed == [fragments[0] for _, fragments, _ in wanted]
    document = desk.document()
    assert sorted(map(seen, document.spans)) == sorted(wanted)
    assert [text[s.start : s.end] for s in document.spans] == [s.text for s in document.spans]


def test_deleted_undone_and_updated(editor: Editor, desk: Desk) -> None:
    text = "Varn said six tugs sank off Velk."
    (task,) = desk.put([bare("update", text)])
    editor.open(desk.project.id, task, text)
    place = {words: editor.mark(COUNTED, words) for words in ("said", "six", "tugs", "Velk")}
    editor.delete(place["six"])
    editor.undo()
    editor.until_regions(4)
    editor.delete(place["Velk"])
    editor.undo()
    editor.until_regions(4)
    editor.redo()
    editor.until_regions(3)
    editor.submit()
    assert [s.text for s in desk.document().spans] == ["said", "six", "tugs"]

    kept = {s.text: s.id for s in desk.document().spans}
    editor.open(desk.project.id, task, text, regions=3)
    editor.delete(place["six"])
    editor.mark(CUE, "off")
    editor.submit()
    after = {s.text: s.id for s in desk.document().spans}
    assert set(after) == {"said", "tugs", "off"}
    assert {words: after[words] for words in ("said", "tugs")} == {
        words: kept[words] for words in ("said", "tugs")
    }, "regions keep their ids"


def test_a_quote_in_pieces_and_two_labels_on_one_arrow(editor: Editor, desk: Desk) -> None:
    text = "“We wait,” said Varn of Radio Ummel. “Nobody sails.”"
    (task,) = desk.put([bare("pieces", text)])
    editor.open(desk.project.id, task, text)
    first = editor.mark(QUOTE, "“We wait,”")
    second = editor.mark(QUOTE, "“Nobody sails.”")
    medium = editor.mark(ACTOR, "Radio Ummel")
    editor.choose(first)
    editor.pick("quote_form", "direct")
    editor.pick("quote_speaker", "named")
    editor.choose(medium)
    editor.pick("actor_type", "medium")
    editor.leave()
    editor.relate(first, second, ["continues"])
    editor.relate(first, medium, ["said_by", "via"])
    editor.submit()
    document = desk.document()
    quote = next(s for s in document.spans if s.text and "wait" in s.text)
    assert seen(quote) == (
        "quote", [first, second], {"form": "direct", "speaker": "named"}
    )  # fmt: skip
    said = quote.text or ""
    assert relations(document) == {
        ("said_by", said, "Radio Ummel"), ("via", said, "Radio Ummel")
    }  # fmt: skip


def test_a_skipped_task_is_skipped(editor: Editor, desk: Desk) -> None:
    text = "Nothing to see in Velk."
    desk.put([bare("a-skipped", text), bare("b-next", "Then it rained.")])
    editor.open_stream(desk.project.id, text)
    editor.skip()
    editor.page.get_by_text("Then it rained.").wait_for()
    assert [reading.state for reading in desk.readings()] == ["skipped"]
