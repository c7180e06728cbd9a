"""The report in its forms, with strings that mean harm, and its exit codes."""

from __future__ import annotations

import html
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from newspan.validation import RENDERERS, Outcome, Report, render_text
from newspan.validation.alterations import Alteration
from newspan.validation.excerpt import excerpt
from newspan.validation.places import Place
from newspan.validation.suites import Check, Level

HOSTILE = "\x1b[2J\x00]]><b>&\"'\ud800 %0A::error::\r\n\N{RIGHT-TO-LEFT OVERRIDE}x"
TEXT = "The harbour office counted\n14 guards <b>hurt</b>, and 平和 nine\u0301 men near the quay."


def check(code: str, level: Level, suite: str = "spans") -> Check:
    return Check(code, level, f"What {code} catches.", "Mend it.", suite, "spans", "sql", {})


def report(*outcomes: Outcome) -> Report:
    return Report(Path("corpus/tables"), outcomes, (("corpus", "files first"),), {"spans": 1200})


def span(key: str, words: str, role: str = "id", layer: str = "number") -> Place:
    start = TEXT.index(words)
    fragments = ((start, start + len(words)),)
    return Place(role, "span", key, "train", "a", layer, fragments, excerpt(TEXT, fragments), 1)


FOUND = {
    "clean": Outcome(check("S01", "critical"), 0, 1200),
    "critical": Outcome(check("S02", "critical"), 25, 1200, ({"id": "a/b/c", "n": 1, "x": None},)),
    "warning": Outcome(check("S03", "warning"), 1, 1200, ({"id": HOSTILE},)),
    "info": Outcome(check("S04", "info"), 1, 1200, ({"id": "a/b/d"},)),
    "error": Outcome(check("S05", "info"), 0, 0, error=f"no such column {HOSTILE}"),
}
LOCATED = Outcome(
    check("S06", "critical"), 3, 1200,
    ({"id": "a/p/n1", "text": "14", "low": 3}, {"id": "a/p/n2", "other": "a/p/n3"},
     {"id": "a/p/x", "start": 5, "end": 9}),
    places=(
        (span("a/p/n1", "14"),),
        (span("a/p/n2", "平和"), span("a/p/n3", "nine\u0301 men", "other")),
        (Place("id", "span", "a/p/x", "test", "a", "quote", ((5, 9),)),),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("names", "plain", "strict"),
    [
        ("clean", 0, 0),
        ("clean info", 0, 0),
        ("clean warning", 0, 1),
        ("clean critical", 1, 1),
        ("clean error", 1, 1),
        ("warning critical", 1, 1),
    ],
)
def test_exit_codes(names: str, plain: int, strict: int) -> None:
    found = report(*(FOUND[name] for name in names.split()))
    assert found.exit_code() == plain
    assert found.exit_code(strict=True) == strict


def test_what_is_known_does_not_fail_the_run() -> None:
    known = [replace(FOUND[name], new=0) for name in ("critical", "warning", "info")]
    assert report(*known).exit_code(strict=True) == 0
    assert report(*known, replace(FOUND["critical"], new=1)).exit_code() == 1
    assert report(replace(FOUND["error"], new=0)).exit_code() == 1  # nobody knows what it hides


def test_the_text_is_a_table_then_each_finding_then_one_line() -> None:
    lines = render_text(report(*FOUND.values())).splitlines()
    assert lines[0].split() == ["code", "level", "rows", "what", "it", "catches"]
    assert [line.split()[0] for line in lines[1:5]] == ["S05", "S02", "S03", "S04"]
    assert lines[2] == "S02   critical   25 of 1,200  What S02 catches."
    assert lines[1].index("What") == lines[2].index("What") == lines[4].index("What")
    text = "\n".join(lines)
    assert "S02 critical  25 of 1,200  What S02 catches.\n  id=a/b/c, n=1\n" in text
    assert "… and 24 more" in text
    assert "→ Mend it." in text
    assert "not run: corpus (files first)" in text
    assert lines[-1] == (
        "FAILED: corpus/tables: 5 checks over 1,200 spans: 1 error, 1 critical, 1 warning, 1 info"
    )


def test_a_clean_report_is_one_line() -> None:
    clean = Report(Path("x"), (FOUND["clean"],), (), {"spans": 1200})
    assert render_text(clean, strict=True) == "passed: x: 1 check over 1,200 spans: all clean\n"


def test_the_text_shows_the_words_of_a_span_and_points_at_them() -> None:
    lines = render_text(report(LOCATED), width=100).splitlines()
    at = lines.index("  a/p/n1  number 27:29  low=3")
    line, carets = lines[at + 1 : at + 3]
    assert line == "      14 guards <b>hurt</b>, and 平和 nine\u0301 men…"
    assert carets == "      ^^"
    at = lines.index("  a/p/n2  number 54:56")
    assert cell_len(lines[at + 1].partition("平")[0]) == lines[at + 2].index("^")
    assert lines[at + 2].count("^") == 4
    assert lines[at + 3] == "    other: a/p/n3  number 57:66"
    assert cell_len(lines[at + 4].partition("nine")[0]) == lines[at + 5].index("^")
    assert lines[at + 5].count("^") == len("nine men")
    # Without a text there is nothing to point at.
    assert lines[lines.index("  a/p/x  quote 5:9") + 1] == "  → Mend it."


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_text_fits_its_width_but_for_the_last_line(width: int) -> None:
    for line in render_text(report(*FOUND.values(), LOCATED), width=width).splitlines()[:-1]:
        assert cell_len(line) <= width


def test_colour_changes_no_word() -> None:
    plain = render_text(report(*FOUND.values(), LOCATED))
    coloured = render_text(report(*FOUND.values(), LOCATED), colour=True)
    assert "\x1b[1;31m" in coloured
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_only_the_rows_asked_for_are_shown() -> None:
    rows = tuple({"id": f"a/b/{n}"} for n in range(9))
    found = report(Outcome(check("S02", "critical"), 9, 9, rows))
    assert render_text(found).count("id=a/b") == 3
    assert render_text(found, shown=9).count("id=a/b") == 9
    assert "more" not in render_text(found, shown=9)


@pytest.mark.parametrize("name", sorted(RENDERERS))
@pytest.mark.parametrize("strict", [False, True])
def test_no_form_lets_a_row_act(name: str, strict: bool) -> None:
    place = Place(HOSTILE, "span", HOSTILE, HOSTILE, HOSTILE, HOSTILE, ((0, 5),),
                  excerpt(HOSTILE * 9, [(60, 90)]))  # fmt: skip
    bad = Outcome(check("S06", "critical")._replace(meaning=HOSTILE, remedy=HOSTILE), 1, 1,
                  ({"id": HOSTILE, HOSTILE: HOSTILE},), places=((place,),))  # fmt: skip
    found = replace(report(*FOUND.values(), bad), path=Path(HOSTILE.replace("\x00", "")),
                    skipped=((check("S07", "info"), HOSTILE),),
                    not_run=((HOSTILE, HOSTILE),))  # fmt: skip
    text = RENDERERS[name](found, strict=strict)
    assert text.encode("utf-8")
    assert not set(text) & set("\x1b\x00\r\u202e")


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_every_form_says_what_was_skipped_and_why(name: str) -> None:
    found = replace(report(*FOUND.values()),
                    skipped=((check("S77", "critical"), "until the split is done"),))  # fmt: skip
    text = RENDERERS[name](found)
    assert "S77" in text
    assert "until the split is done" in text


ALTERED = (
    Alteration("level", "S02", "critical", "info", Path("some/newspan.toml")),
    Alteration("threshold", "near_duplicate", "0.5", "1.0", Path("some/newspan.toml")),
    Alteration("vocabulary", "languages", "", f"de, {HOSTILE}", Path("some/newspan.toml")),
)


@pytest.mark.parametrize("name", sorted(set(RENDERERS) - {"json", "junit"}))
def test_no_form_is_silent_about_settings(name: str) -> None:
    green = replace(report(FOUND["clean"]), altered=ALTERED)
    text = html.unescape(RENDERERS[name](green))
    assert "newspan.toml sets level of S02: info, not critical" in text
    assert "newspan.toml sets threshold near_duplicate: 1.0, not 0.5" in text
    assert "newspan.toml sets vocabulary languages: also de, " in text
    assert "3 set otherwise" in text
    assert not set(text) & set("\x1b\x00\r\u202e")


def test_data_name_what_settings_change() -> None:
    green = replace(report(FOUND["clean"], FOUND["error"]), altered=ALTERED)
    found = json.loads(RENDERERS["json"](green))
    assert found["altered"][:2] == [
        {"kind": "level", "name": "S02", "before": "critical", "now": "info",
         "path": "some/newspan.toml"},
        {"kind": "threshold", "name": "near_duplicate", "before": "0.5", "now": "1.0",
         "path": "some/newspan.toml"},
    ]  # fmt: skip
    root = ET.fromstring(RENDERERS["junit"](green))  # our own
    for suite in root.findall("testsuite"):
        assert suite[0].tag == "properties"  # before all cases, as the form wants it
        values = {e.get("name"): e.get("value") for e in suite[0]}
        assert values["newspan.level.S02"] == "info, not critical"
        assert values["newspan.threshold.near_duplicate"] == "1.0, not 0.5"
        assert (values["newspan.vocabulary.languages"] or "").startswith("also de, ")
    assert not ET.fromstring(RENDERERS["junit"](report())).findall(".//properties")


@pytest.mark.parametrize("name", sorted(set(RENDERERS) - {"junit"}))
def test_every_form_says_how_much_is_known(name: str) -> None:
    found = replace(report(replace(FOUND["critical"], new=20)), baseline=Path("old.json"))
    said = {"json": '"new": 20'}.get(name, "5 of 25 rows")
    assert said in RENDERERS[name](found)


def test_json_has_every_check_and_row() -> None:
    found = json.loads(RENDERERS["json"](report(*FOUND.values(), LOCATED)))
    assert [c["code"] for c in found["checks"]] == ["S01", "S02", "S03", "S04", "S05", "S06"]
    assert found["checks"][1]["rows"] == [{"id": "a/b/c", "n": 1, "x": None}]
    assert (found["exit_code"], found["not_run"][0]["suite"]) == (1, "corpus")
    first, second, third = found["checks"][5]["rows"]
    (place,) = first["context"]
    assert (place["article"], place["layer"], place["fragments"]) == (
        "a", "number", [{"start": 27, "end": 29}],
    )  # fmt: skip
    assert [w["text"] for w in place["words"] if w["marked"]] == ["14"]
    assert [p["role"] for p in second["context"]] == ["id", "other"]
    assert "words" not in third["context"][0]


def test_a_column_named_context_is_not_overwritten() -> None:
    row = {"id": "a/p/n1", "context": "mine"}
    found = Outcome(check("S06", "info"), 1, 1, (row,), places=((span("a/p/n1", "14"),),))
    assert json.loads(RENDERERS["json"](report(found)))["checks"][0]["rows"] == [row]


@pytest.mark.parametrize(("strict", "failures"), [(False, 1), (True, 2)])
def test_junit_counts_what_makes_the_run_fail(strict: bool, failures: int) -> None:
    skipped = ((check("S09", "info"), "not now"),)
    found = replace(report(*FOUND.values()), skipped=skipped)
    root = ET.fromstring(RENDERERS["junit"](found, strict=strict))  # our own
    counts = {"tests": "7", "failures": str(failures), "errors": "1", "skipped": "2"}
    assert {name: root.get(name) for name in counts} == counts
    (spans,) = root.findall(".//testsuite[@name='spans']")
    assert (spans.get("tests"), spans.get("skipped")) == ("6", "1")
    assert len(root.findall(".//failure")) == failures
    assert len(root.findall(".//error")) == 1
    assert [s.get("message") for s in root.findall(".//skipped")] == ["not now", "files first"]
    shown = root.findall(".//system-out")
    assert len(shown) == (1 if strict else 2)


def test_junit_shows_the_words() -> None:
    (failure,) = ET.fromstring(RENDERERS["junit"](report(LOCATED))).findall(".//failure")
    assert failure.text is not None
    assert "14 guards <b>hurt</b>, and 平和 nine" in failure.text
    assert "\n      ^^\n" in failure.text


def test_github_annotations_are_one_line_each() -> None:
    lines = RENDERERS["github"](report(*FOUND.values())).splitlines()
    commands = [line.partition(" ")[0] for line in lines]
    assert commands[:4] == ["::error", "::error", "::warning", "::notice"]
    assert lines[1].startswith(
        "::error file=corpus/tables/spans,title=S02 critical::What S02 catches. (25 of 1,200)"
    )
    assert "%0A" in lines[1]
    assert len(lines) == 6


def test_github_names_the_file_of_a_finding_and_escapes_it() -> None:
    found = Outcome(check("F01", "critical", "files"), 1, 9, ({"path": "spans/a,b:100%.parquet"},))
    line = RENDERERS["github"](report(found)).splitlines()[0]
    assert "file=corpus/tables/spans/a%2Cb%3A100%25.parquet,title=F01 critical::" in line


def test_github_shows_first_rows_first_and_no_more_than_it_can() -> None:
    def found(code: str, level: Level) -> Outcome:
        rows = tuple({"id": f"{code}-{n}"} for n in range(20))
        return Outcome(check(code, level), 20, 20, rows)

    lines = RENDERERS["github"](report(found("S02", "critical"), found("S03", "critical"),
                                       found("S04", "warning"))).splitlines()  # fmt: skip
    errors = [line for line in lines if line.startswith("::error")]
    assert len(errors) == 10
    assert [line.count("id=S02-0") for line in errors[:3]] == [1, 0, 0]
    assert "id=S03-0" in errors[1]
    assert "id=S02-1" in errors[2]
    assert sum(line.startswith("::warning") for line in lines) == 10


def test_github_is_silent_on_what_is_known() -> None:
    rows = ({"id": "fresh"}, {"id": "old"})
    half = Outcome(check("S02", "critical"), 2, 9, rows, new=1)
    lines = RENDERERS["github"](report(half, replace(FOUND["warning"], new=0))).splitlines()
    assert sum(line.startswith("::error") for line in lines) == 1
    assert not any("::warning" in line or "id=old" in line for line in lines)
