"""The page for annotators, done as it says; with NEWSPAN_PICTURES=DIR its pictures are made."""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from browser.desk import Desk, relations, seen
from browser.editor import Editor, Place
from browser.scripts import TEXT
from live_server import LiveServer
from newspan.corpus.load import load
from trees import REPOSITORY

PAGE = REPOSITORY / "annotations" / "README.md"
PICTURES = REPOSITORY / "annotations" / "images"
SIZE = {"width": 1366, "height": 820}


def picture(editor: Editor, name: str) -> None:
    """Keep what the page shows, where pictures are wanted: few colours, few bytes."""
    folder = os.environ.get("NEWSPAN_PICTURES")
    if folder:
        editor.page.wait_for_timeout(600)
        shot = Image.open(BytesIO(editor.page.screenshot())).convert("RGB")
        small = shot.quantize(224, kmeans=2, dither=Image.Dither.NONE)
        small.save(Path(folder) / f"{name}.png", optimize=True)


QUOTE = (
    "“They aimed at the cranes and they hit the bread line,”",
    "“There is nothing military here.”",
)


def mark_and_answer(editor: Editor) -> dict[str, Place]:
    """First regions, and what is said of them."""
    places = {
        "quote": editor.mark("4", QUOTE[0]),
        "more": editor.mark("4", QUOTE[1]),
        "cue": editor.mark("5", "said", 1),
        "speaker": editor.mark("1", "Brandès", 1),
        "number": editor.mark("3", "At least seven"),
        "people": editor.mark("6", "people"),
        "place": editor.mark("2", "PORTO VELSÀ"),
    }
    for name, keys in {"quote": "7k", "speaker": "q", "place": "d0", "number": "z"}.items():
        editor.choose(places[name])
        editor.press(keys)
    editor.type("number_low", "7")
    editor.type("number_figure", "velsa-dead")
    for name, value in {
        "modifier": "at least", "counted_class": "person", "property": "killed", "scope": "total",
    }.items():  # fmt: skip
        editor.pick(f"number_{name}", value)
    editor.field("number_kind").scroll_into_view_if_needed()
    picture(editor, "form")
    editor.leave()
    return places


@pytest.mark.slow
def test_the_first_hour(editor: Editor, server: LiveServer, tmp_path: Path) -> None:
    with Desk.at(server, "First hour", tmp_path) as desk:
        first_hour(editor, desk)


def first_hour(editor: Editor, desk: Desk) -> None:
    texts = [d for d in load().documents() if d.article.origin == "invented"]
    desk.put([msgspec.structs.replace(d, spans=(), relations=()) for d in texts])
    editor.page.set_viewport_size(SIZE)
    editor.open_list(desk.project.id)
    picture(editor, "tasks")
    editor.open_stream(desk.project.id, texts[0].article.text or "")
    at = mark_and_answer(editor)
    editor.relate(at["number"], at["people"], ["counts"], lambda: picture(editor, "relation"))
    editor.relate(at["quote"], at["more"], ["continues"])
    editor.relate(at["quote"], at["speaker"], ["said_by"])
    editor.relate(at["cue"], at["quote"], ["cue_of"])
    editor.note(at["place"], "town or port?")
    picture(editor, "whole")
    editor.submit()
    editor.page.get_by_text(re.compile("Nine people are now known")).wait_for()
    editor.skip()

    assert sorted(reading.state for reading in desk.readings()) == ["annotation", "skipped"]
    document = desk.document()
    quote = " … ".join(QUOTE)
    assert relations(document) == {
        ("counts", "At least seven", "people"),
        ("said_by", quote, "Brandès"),
        ("cue_of", "said", quote),
    }
    figure = next(span for span in document.spans if span.text == "At least seven")
    assert seen(figure)[2] == {
        "kind": "count", "low": "7", "modifier": "at_least", "counted_class": "person",
        "property": "killed", "figure": "velsa-dead", "scope": "total",
    }  # fmt: skip

    editor.open_list(desk.project.id)
    editor.page.get_by_text(re.compile("At least seven people were")).click()
    editor.page.wait_for_selector(TEXT)
    editor.until_regions(7)
    editor.delete(at["place"])
    editor.submit()
    assert len(desk.document().spans) == len(document.spans) - 1


def test_every_picture_is_shown_and_small() -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(images/([a-z-]+\.png)\)", page)
    assert {name for _, name in shown} == {path.name for path in PICTURES.iterdir()}
    assert all(len(words) > 20 for words, _ in shown), "words for who does not see it"
    for path in PICTURES.iterdir():
        assert path.stat().st_size < 150_000, path
        with Image.open(path) as image:
            assert image.mode == "P"
