"""Documents in the terminal: lanes under the words, in any script and at any width."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from newspan.browse.terminal_document import View, document_lines
from newspan.browse.terminal_lanes import lane_lines
from newspan.cli import main
from newspan.corpus.build import build
from newspan.errors import printable
from newspan.formats import write
from newspan.formats.marks import Annotator, decode
from newspan.schema.model import LAYERS, Article, Document, layer_of
from newspan.text import NORMALIZATION, fingerprint, paragraph_fingerprints
from strategies import documents
from trees import copy_tree


def document(text: str, marks: str) -> Document:
    article = Article(
        id="inv-9100", title="A title", text=text, text_sha256=fingerprint(text),
        paragraph_sha256=paragraph_fingerprints(text), n_chars=len(text),
        normalization=NORMALIZATION, language="en", published=datetime(2031, 5, 4, tzinfo=UTC),
        published_precision="day", author_kind="model", license="CC-BY-4.0", story="harbour",
        origin="invented",
    )  # fmt: skip
    return decode(marks, article, Annotator("tester", "model", "adjudicated"))


def lanes(made: Document, width: int, *, ascii_only: bool = False) -> list[str]:
    text = made.article.text or ""
    lines = lane_lines(text, 0, len(text), made.spans, width, ascii_only=ascii_only)
    return [line.plain for line in lines]


NESTED = document(
    "Ana Duval said “at least eight boats sank”, and went home.",
    "a1 actor `Ana Duval` type=person\n"
    "c1 cue `said`\n"
    "q1 quote `“at least eight boats sank”` form=direct speaker=named\n"
    "n1 number `at least eight` kind=count low=8 modifier=at_least counted_class=vessel\n"
    "k1 counted `boats`\n"
    "q1 said_by a1\nc1 cue_of q1\nn1 counts k1\n",
)


def test_what_is_nested_lies_nearer_to_the_words() -> None:
    assert lanes(NESTED, 80) == [
        "Ana Duval said “at least eight boats sank”, and went home.",
        "└a1─────┘ └c1┘  └n1──────────┘ └k1─┘",
        "               └q1───────────────────────┘",
    ]


def test_a_span_goes_on_in_the_next_line() -> None:
    assert lanes(NESTED, 26) == [
        "Ana Duval said “at least",
        "└a1─────┘ └c1┘  └n1─────",
        "               └q1──────",
        "eight boats sank”, and",
        "─n1─┘ └k1─┘",
        "─q1─────────────┘",
        "went home.",
    ]


def test_a_terminal_without_line_drawing_gets_ascii() -> None:
    assert lanes(NESTED, 80, ascii_only=True)[1] == "`a1-----' `c1'  `n1----------' `k1-'"


def test_a_broken_span_has_a_bar_under_each_part() -> None:
    made = document(
        "“We shall go,” said Ana, “and soon.”",
        "q1 quote `“We shall go,”` + `“and soon.”` form=direct speaker=named\n",
    )
    assert lanes(made, 80)[1] == "└q1──────────┘           └q1───────┘"


@pytest.mark.parametrize(
    ("words", "bar"),
    [
        ("東京", "└n1┘"),  # two cells a character
        ("e\u0323\u0301a\u0323\u0301ou\u0323", "└n1┘"),  # two and three marks on a letter
        ("👍🏽🔥", None),
        ("מלון ים", "└n1───┘"),  # right to left: a cell a letter, in the order of the text
        ("नमस्ते दिल्ली", None),
    ],
)
def test_bars_are_as_wide_as_their_words(words: str, bar: str | None) -> None:
    text = f"Next to {words} they met."
    made = document(text, f"n1 location `{words}` kind=city\n")
    line, lane = lanes(made, 80)
    assert lane.index("└") == 8 and line == text
    assert cell_len(lane) == cell_len(f"Next to {words}")
    assert bar is None or lane.strip() == bar


def test_escapes_of_hostile_characters_keep_the_bars_in_place() -> None:
    made = document("He \u202eran\u202c to Aske.", "l1 location `Aske` kind=city\n")
    line, lane = lanes(made, 80)
    assert line == "He \\u202eran\\u202c to Aske."
    assert lane.index("└") == line.index("Aske")


def test_a_very_long_word_is_broken_and_a_short_line_keeps_its_ids() -> None:
    made = document("x" * 50 + " a", "n1 counted `a`\n")
    assert lanes(made, 20) == ["x" * 20, "x" * 20, "x" * 10 + " a", " " * 11 + "n1"]
    made = document("x" * 18 + " a", "k1234567890123 counted `a`\n")
    assert lanes(made, 20)[1:] == [" " * 8 + "k1234567890…"]


@given(documents(discontinuous=False), st.integers(20, 60))
def test_cells_stand_where_the_terminal_puts_them(made: Document, width: int) -> None:
    """Each bar begins below the first of its words, counted by rich over the whole line."""
    text = made.article.text
    for span in made.spans if text else ():
        drawn = lane_lines(text or "", 0, len(text or ""), [span], width)
        lines = [line.plain for line in drawn]
        for words, lane in pairwise(lines):
            if "└" in lane:
                begun = cell_len(lane[: lane.index("└")])
                prefixes = [cell_len(words[:at]) for at in range(len(words) + 1)]
                assert begun in prefixes
                first = printable(text[span.start]) if text else ""
                # A mark without a cell of its own stands in that of the letter before it.
                at = prefixes.index(begun)
                last = len(prefixes) - prefixes[::-1].index(begun + (cell_len(first) == 0)) - 1
                assert words[at:].startswith(first) or (
                    cell_len(first) == 0 and first in words[at:last]
                )


@given(documents(), st.integers(20, 60))
def test_every_document_fits_any_width(made: Document, width: int) -> None:
    text = made.article.text
    if text is None:
        return
    lines = lanes(made, width)
    assert max(map(cell_len, lines), default=0) <= width


@given(documents(nested=False, discontinuous=False), st.integers(30, 70))
def test_lanes_lose_nothing(made: Document, width: int) -> None:
    text = made.article.text
    if text is None:
        return
    shown = "".join(
        line.plain for line in lane_lines(text, 0, len(text), (), width)
    )  # fmt: skip
    assert re.sub("[ \n]", "", shown) == re.sub("[ \n]", "", printable(text))


def test_only_the_layers_asked_for_with_the_words_at_the_other_end() -> None:
    shown = lines_of(NESTED, View(layers=("quote",)))
    assert "said_by a1 'Ana Duval'" in shown and "← cue_of c1 'said'" in shown
    assert "]q1" in shown and "]a1" not in shown and "counted" not in shown
    assert "→ said_by a1 'Ana" not in lines_of(NESTED, View())


def lines_of(made: Document, view: View) -> str:
    console = Console(width=200, highlight=False, color_system=None)
    with console.capture() as capture:
        for line in document_lines(made, view):
            console.print(line)
    return capture.get()


def test_attributes_stand_below_at_any_width() -> None:
    shown = lines_of(NESTED, View(width=60))
    row = next(line for line in shown.splitlines() if line.startswith("n1"))
    assert row.split()[:5] == ["n1", "number", "'at", "least", "eight'"]
    assert "low=8" in shown and "modifier=at_least" in shown and "→ counts k1" in shown
    assert "low=8" not in lines_of(NESTED, View(details=False, width=60))


def test_words_have_the_colour_of_the_innermost_span() -> None:
    text = NESTED.article.text or ""
    line = next(iter(lane_lines(text, 0, len(text), NESTED.spans, 80)))
    assert isinstance(line, Text)
    styles = {str(line.get_style_at_offset(Console(), text.index(w))) for w in ("eight", "sank")}
    assert styles == {"#d55e00", "#cc79a7"}


def run(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["newspan", "show", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
    captured = capsys.readouterr()
    assert caught.value.code == code, captured.err
    return captured.out if code == 0 else captured.err


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.jsonl"
    write([NESTED], path)
    return path


def test_show_takes_layers_and_a_width(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = run(capsys, "inv-9100", "--path", str(file), "--layer", "number", "--layer", "cue")
    assert "[at least eight]n1" in shown and "[said]c1" in shown and "]q1" not in shown
    narrow = run(capsys, "inv-9100", "--path", str(file), "--width", "40")
    assert "└n1──────────┘" in narrow and max(map(cell_len, narrow.splitlines())) <= 40
    assert "no layer 'quotes'" in run(
        capsys, "inv-9100", "--path", str(file), "--layer", "quotes", code=2
    )
    assert "20" in run(capsys, "inv-9100", "--path", str(file), "--width", "3", code=2)


@pytest.mark.parametrize("no_colour", [False, True])
def test_colour_is_for_terminals_that_want_it(file: Path, no_colour: bool) -> None:
    inner, outer = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "60"}
    environment |= {"NO_COLOR": "1"} if no_colour else {}
    command = [sys.executable, "-m", "newspan", "show", "inv-9100", "--path", str(file)]
    with subprocess.Popen(command, stdout=outer, env=environment) as process:
        os.close(outer)
        shown = b""
        while True:
            try:
                part = os.read(inner, 4096)
            except OSError:  # the other end is closed
                break
            shown += part
            if not part:
                break
    os.close(inner)
    assert process.returncode == 0
    assert "└n1──────────┘".encode() in re.sub(rb"\x1b\[[0-9;]*m", b"", shown)
    assert bool(re.search(rb"\x1b\[[0-9;]*38[;:]", shown)) is not no_colour


def test_every_layer_is_drawn_in_the_small_corpus(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_tree(tmp_path / "tree")
    build(root)
    capsys.readouterr()
    shown = run(capsys, "inv-9001", "--path", str(root), "--width", "72")
    for layer in LAYERS:
        assert re.search(rf"^ *\S+ {layer}\b", shown, re.MULTILINE), layer
    assert {layer_of(span) for span in NESTED.spans} <= set(LAYERS)
